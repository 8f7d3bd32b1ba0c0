//! Positions and appointments: what the dates and the head of a unit allow.

use schema_identity::{
    CreateAppointment, CreatePosition, EndAppointment, EndPosition, ListAppointments, ListPositions, ListRoles, Reach,
};

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
