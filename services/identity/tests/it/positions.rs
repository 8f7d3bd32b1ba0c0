//! Positions and appointments: what the dates and the head of a unit allow.

use schema_identity::{
    ChangeDirectHead, CreateAppointment, CreatePosition, EndAppointment, EndPosition, GetPosition, ListAppointments,
    ListPositions, ListRoles, Reach,
};
use testbed::Pair;

use crate::world::{World, appointment, code, day};

#[tokio::test(flavor = "multi_thread")]
async fn positions_are_refused_by_code() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    let good = world.post(admin.office(), &["specialist"]).await;
    let head = CreatePosition { head: true, ..good.clone() };
    world.call(&admin, &CreatePosition { to: Some(day("2026-01-01")), ..head.clone() }).await.unwrap();
    let nobody = uuid::Uuid::nil();
    let table = [
        (CreatePosition { to: Some(good.from), ..good.clone() }, "identity.interval_empty"),
        (CreatePosition { from: day("2025-06-30"), ..good.clone() }, "identity.interval_outside"),
        (CreatePosition { roles: vec!["king".into()], ..good.clone() }, "identity.role_unknown"),
        (CreatePosition { reach: Reach::Below, ..good.clone() }, "identity.reach_mixed"),
        (CreatePosition { unit: nobody.into(), ..good.clone() }, "identity.unit_missing"),
        (CreatePosition { reports_to: Some(nobody.into()), ..good.clone() }, "identity.reports_to_bad"),
        (CreatePosition { title: String::new(), ..good.clone() }, "identity.text_length"),
        (head.clone(), "identity.head_taken"),
    ];
    for (call, expected) in table {
        assert_eq!(code(world.call(&admin, &call).await), expected);
    }
    // Half-open: the next head begins on the day on which the first is no more.
    world.call(&admin, &CreatePosition { from: day("2026-01-01"), ..head }).await.unwrap();
    let roles = world.call(&admin, &ListRoles {}).await.unwrap().items;
    assert!(roles.iter().any(|role| role.name == "document_clerk" && role.title == "Văn thư"));
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn appointments_are_refused_by_code() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    let office = admin.office();
    let head = CreatePosition { head: true, to: Some(day("2030-01-01")), ..world.post(office, &["specialist"]).await };
    let head = world.call(&admin, &head).await.unwrap();
    let (one, two) = (world.person(&admin, office, "Lê Hoa").await, world.person(&admin, office, "Lê Huệ").await);
    let term = |from: &str, to: Option<&str>| CreateAppointment {
        from: day(from),
        to: to.map(day),
        ..appointment(&one, &head)
    };
    let held = world.call(&admin, &term("2026-01-01", Some("2027-01-01"))).await.unwrap();
    let by_two = CreateAppointment { person: two.id, ..term("2026-06-01", Some("2028-01-01")) };
    let nobody = uuid::Uuid::nil();
    let table = [
        (term("2026-12-31", Some("2028-01-01")), "identity.already_appointed"),
        (by_two, "identity.position_held"),
        (term("2027-01-01", None), "identity.interval_outside"),
        (term("2027-01-01", Some("2027-01-01")), "identity.interval_empty"),
        (
            CreateAppointment { person: nobody.into(), ..term("2027-01-01", Some("2028-01-01")) },
            "identity.person_missing",
        ),
        (
            CreateAppointment { person: admin.me.person.id, ..term("2027-01-01", Some("2028-01-01")) },
            "identity.own_appointment",
        ),
        (CreateAppointment { position: nobody.into(), ..term("2027-01-01", None) }, "identity.position_missing"),
    ];
    for (call, expected) in table {
        assert_eq!(code(world.call(&admin, &call).await), expected);
    }
    let after = CreateAppointment { person: two.id, ..term("2027-01-01", Some("2028-01-01")) };
    world.call(&admin, &after).await.unwrap();
    let end = |to: &str| EndAppointment { id: held.id, to: day(to) };
    assert_eq!(world.expecting(&admin, 1, &end("2026-07-01")).await.unwrap().version.0, 2);
    assert_eq!(code(world.call(&admin, &end("2026-08-01")).await), "identity.already_ended");
    assert_eq!(code(world.call(&admin, &end("2025-12-31")).await), "identity.interval_empty");
    let position = EndPosition { id: head.id, to: day("2027-06-01") };
    assert_eq!(code(world.call(&admin, &position).await), "identity.position_in_use");
    let ended = world.call(&admin, &EndPosition { id: head.id, to: day("2028-01-01") }).await.unwrap();
    assert_eq!(ended.to, Some(day("2028-01-01")));
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_of_a_day() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    let office = admin.office();
    let early = CreatePosition { to: Some(day("2026-01-01")), ..world.post(office, &["specialist"]).await };
    let early = world.call(&admin, &early).await.unwrap();
    let person = world.person(&admin, office, "Lê Hoa").await;
    let held = CreateAppointment { to: early.to, ..appointment(&person, &early) };
    let held = world.call(&admin, &held).await.unwrap();
    let positions = |text: &str| ListPositions {
        office,
        unit: Some(early.unit),
        as_of: Some(day(text)),
        limit: None,
        cursor: None,
    };
    let on = world.call(&admin, &positions("2025-12-31")).await.unwrap().items;
    assert_eq!(on, std::slice::from_ref(&early));
    let after = world.call(&admin, &positions("2026-01-01")).await.unwrap().items;
    assert!(!after.contains(&early));
    let appointments = |as_of: Option<&str>| ListAppointments {
        office,
        person: Some(person.id),
        position: None,
        as_of: as_of.map(day),
        limit: None,
        cursor: None,
    };
    assert_eq!(world.call(&admin, &appointments(None)).await.unwrap().items, [held]);
    assert!(world.call(&admin, &appointments(Some("2026-01-01"))).await.unwrap().items.is_empty());
    world.finish().await;
}

async fn direct_heads(pair: Pair) {
    let world = World::start(pair).await;
    let admin = world.administrator("99001", Reach::Own).await;
    let office = admin.office();
    let post = world.post(office, &["specialist"]).await;
    let one = CreatePosition { to: Some(day("2028-01-01")), ..post.clone() };
    let (one, two) = (world.call(&admin, &one).await.unwrap(), world.call(&admin, &post).await.unwrap());
    let three = CreatePosition { reports_to: Some(one.id), from: day("2026-02-01"), ..post };
    let three = world.call(&admin, &three).await.unwrap();
    assert_eq!(three.reports_to, Some(one.id));
    let change = |id, from: &str, reports_to| ChangeDirectHead { id, from: day(from), reports_to };
    let changed = world.expecting(&admin, 1, &change(three.id, "2026-07-01", Some(two.id))).await.unwrap();
    assert_eq!((changed.reports_to, changed.version.0), (Some(two.id), 2));
    assert_eq!(code(world.expecting(&admin, 1, &change(three.id, "2026-07-01", None)).await), "wire.stale");
    world.call(&admin, &change(three.id, "2026-10-01", Some(one.id))).await.unwrap();
    let on = async |text: &str| {
        let as_of = Some(day(text));
        let shown = world.call(&admin, &GetPosition { id: three.id, as_of }).await.unwrap();
        let list = ListPositions { office, unit: None, as_of, limit: None, cursor: None };
        assert!(world.call(&admin, &list).await.unwrap().items.contains(&shown), "{text}");
        shown.reports_to
    };
    assert_eq!((on("2026-06-30").await, on("2026-07-01").await), (Some(one.id), Some(two.id)));
    // A head that ends is named no longer.
    assert_eq!((on("2027-12-31").await, on("2028-01-01").await), (Some(one.id), None));
    world.call(&admin, &EndPosition { id: one.id, to: day("2027-06-01") }).await.unwrap();
    assert_eq!((on("2027-05-31").await, on("2027-06-01").await), (Some(one.id), None));
    let early = GetPosition { id: three.id, as_of: Some(day("2026-01-31")) };
    assert_eq!(code(world.call(&admin, &early).await), "identity.position_missing");
    let told = world.bench.events("identity").await.unwrap();
    let told: Vec<_> = told.iter().filter(|event| event.aggregate == three.id.0).collect();
    assert_eq!(told.len(), 4, "made, changed twice, and once more when its head ended");
    let spans = told[3].body["reporting"].as_array().unwrap();
    assert_eq!((spans.len(), spans[2]["to"].as_str()), (3, Some("2027-06-01")));
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn direct_heads_are_those_of_the_day_on_sqlite() {
    direct_heads(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn direct_heads_are_those_of_the_day_on_postgresql() {
    direct_heads(Pair::LocalPostgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn direct_heads_are_refused_by_code() {
    let world = World::local().await;
    let high = world.administrator("95", Reach::Below).await;
    let (here, there) = (world.office("binh minh").await, world.office("hung dao").await);
    let admin = world.someone(&high, here, "tran binh", &["administrator"]).await;
    let mut posts = Vec::new();
    for office in [here, here, here, there] {
        posts.push(world.position(&high, office, &["specialist"]).await.id);
    }
    let change = |id, from: &str, reports_to| ChangeDirectHead { id, from: day(from), reports_to };
    world.call(&admin, &change(posts[1], "2026-01-01", Some(posts[0]))).await.unwrap();
    world.call(&admin, &change(posts[2], "2026-03-01", Some(posts[1]))).await.unwrap();
    let nobody = uuid::Uuid::nil();
    let table = [
        (change(posts[0], "2026-01-01", Some(posts[0])), "identity.reports_to_cycle"),
        (change(posts[0], "2026-01-01", Some(posts[2])), "identity.reports_to_cycle"),
        (change(posts[0], "2025-06-30", None), "identity.interval_outside"),
        (change(posts[0], "2026-01-01", Some(posts[3])), "identity.reports_to_bad"),
        (change(posts[0], "2026-01-01", Some(nobody.into())), "identity.reports_to_bad"),
        (change(posts[3], "2026-01-01", None), "identity.position_missing"),
    ];
    for (call, expected) in table {
        assert_eq!(code(world.call(&admin, &call).await), expected);
    }
    let fault = world.call(&admin, &change(posts[0], "2026-01-01", Some(posts[2]))).await.unwrap_err();
    assert_eq!(fault.detail.unwrap()["day"], "2026-03-01");
    // Whoever reaches both offices may name a head across them.
    world.call(&high, &change(posts[3], "2026-01-01", Some(posts[0]))).await.unwrap();
    assert_eq!(
        code(world.call(&high, &change(posts[0], "2026-01-01", Some(posts[3]))).await),
        "identity.reports_to_cycle"
    );
    world.finish().await;
}
