//! Offices through time: renamed, moved and ended by acts, and shown as of a day.

use schema_identity::{
    ChangeOffice, CreateUnit, EndOffice, EndPosition, FindUnits, GetOffice, GetOfficeHistory, ImportReport,
    ListOffices, Office, OfficeKind, Reach,
};
use testbed::Pair;
use wire::id::OfficeId;

use crate::world::{Someone, World, code, day, rows};

fn act(id: OfficeId, from: &str) -> ChangeOffice {
    ChangeOffice { id, from: day(from), name: None, kind: None, parent: None, instrument: "12/NQ-UBTVQH16".into() }
}

fn rename(id: OfficeId, from: &str, name: &str) -> ChangeOffice {
    ChangeOffice { name: Some(name.into()), ..act(id, from) }
}

async fn on(world: &World, who: &Someone, id: OfficeId, text: &str) -> Office {
    world.call(who, &GetOffice { id, as_of: Some(day(text)) }).await.unwrap()
}

async fn below(world: &World, who: &Someone, parent: OfficeId, text: &str) -> Vec<String> {
    let call = ListOffices { parent: Some(parent), as_of: Some(day(text)), ..ListOffices::default() };
    world.call(who, &call).await.unwrap().items.into_iter().map(|office| office.name).collect()
}

async fn acts(pair: Pair) {
    let world = World::start(pair).await;
    let high = world.administrator("95", Reach::Below).await;
    let (home, id) = (high.office(), world.office("binh minh").await);
    let renamed = world.expecting(&high, 1, &rename(id, "2027-01-01", "Đảng ủy phường Bình Minh")).await.unwrap();
    assert_eq!(
        (renamed.name.as_str(), renamed.from, renamed.version.0),
        ("Đảng ủy phường Bình Minh", day("2027-01-01"), 2)
    );
    assert_eq!(code(world.expecting(&high, 1, &rename(id, "2027-01-01", "Khác")).await), "wire.stale");
    let before = on(&world, &high, id, "2026-12-31").await;
    assert_eq!((before.name.as_str(), before.to), ("Đảng ủy xã Bình Minh", Some(day("2027-01-01"))));
    let now = world.call(&high, &GetOffice { id, as_of: None }).await.unwrap();
    assert_eq!(now, before);
    let named =
        |q: &str, text: &str| ListOffices { q: Some(q.into()), as_of: Some(day(text)), ..ListOffices::default() };
    for (q, text, found) in
        [("phuong binh", "2026-12-31", 0), ("phuong binh", "2027-01-01", 1), ("xa binh", "2027-01-01", 0)]
    {
        assert_eq!(world.call(&high, &named(q, text)).await.unwrap().items.len(), found, "{q} {text}");
    }
    // The operator moves it below the other province; the reach of the first ends with that day.
    let there = world.office("bien xanh").await;
    let moved = ChangeOffice { parent: Some(there), ..act(id, "2027-07-01") };
    assert_eq!(code(world.call(&high, &moved).await), "identity.office_missing");
    world.as_service(&moved).await.unwrap();
    assert_eq!(below(&world, &high, home, "2027-06-30").await.len(), 2);
    assert_eq!(below(&world, &high, home, "2027-07-01").await, ["Đảng ủy phường Hưng Đạo"]);
    assert_eq!(below(&world, &high, there, "2027-07-01").await, ["Đảng ủy phường Bình Minh"]);
    // What is loaded stays as it is, whatever became of it since.
    assert_eq!(world.load(rows()).await.unwrap(), ImportReport { offices: 0, units: 0, unchanged: 4 });
    let end = EndOffice { id, to: day("2028-01-01"), instrument: "15/NQ-UBTVQH16".into() };
    let ended = world.as_service(&end).await.unwrap();
    assert_eq!((ended.to, ended.version.0), (Some(day("2028-01-01")), 4));
    assert_eq!(code(world.call(&high, &GetOffice { id, as_of: Some(end.to) }).await), "identity.office_missing");
    let units = |text: &str| FindUnits { office: Some(id), as_of: Some(day(text)), ..FindUnits::default() };
    assert_eq!(world.call(&high, &units("2027-12-31")).await.unwrap().items.len(), 4);
    assert!(world.call(&high, &units("2028-01-01")).await.unwrap().items.is_empty());
    let history = world.call(&high, &GetOfficeHistory { id }).await.unwrap();
    let shown: Vec<_> = history.spans.iter().map(|span| (span.parent, span.instrument.as_deref())).collect();
    let by = Some("12/NQ-UBTVQH16");
    assert_eq!(shown, [(Some(home), None), (Some(home), by), (Some(there), by)]);
    assert_eq!(history.ended_by.as_deref(), Some("15/NQ-UBTVQH16"));
    let told = world.bench.events("identity").await.unwrap();
    let told: Vec<_> = told.iter().filter(|event| event.aggregate == id.0).collect();
    assert_eq!(told.len(), 4);
    assert_eq!(told[3].body["spans"], serde_json::to_value(&history.spans).unwrap());
    assert_eq!(told[3].body["office"]["name"], "Đảng ủy xã Bình Minh", "the event tells it as of today");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_office_is_renamed_moved_and_ended_by_the_day_on_sqlite() {
    acts(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_office_is_renamed_moved_and_ended_by_the_day_on_postgresql() {
    acts(Pair::LocalPostgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_looks_below_reaches_the_offices_of_the_day() {
    let world = World::local().await;
    let high = world.administrator("95", Reach::Below).await;
    let (id, there) = (world.office("binh minh").await, world.office("bien xanh").await);
    let reached = async || world.as_service(&high.session()).await.unwrap().grants.remove(0).offices_below;
    assert_eq!(reached().await.len(), 2);
    let today = world.now().day();
    let moved = |from| ChangeOffice { from, parent: Some(there), ..act(id, "2026-01-01") };
    world.as_service(&moved(today.plus(1).unwrap())).await.unwrap();
    assert_eq!(reached().await.len(), 2);
    world.as_service(&moved(today)).await.unwrap();
    assert_eq!(reached().await, [world.office("hung dao").await]);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_acts_do_not_allow_is_refused_by_code() {
    let world = World::local().await;
    let high = world.administrator("95", Reach::Below).await;
    let (centre, home, id) = (world.office("trung uong").await, high.office(), world.office("binh minh").await);
    let admin = world.someone(&high, id, "tran binh", &["administrator"]).await;
    let end = |id, to: &str| EndOffice { id, to: day(to), instrument: "15/NQ-UBTVQH16".into() };
    // Nobody shapes their own office, or what is none of theirs.
    for (who, office) in [(&admin, id), (&high, home), (&high, centre), (&admin, home)] {
        let call = rename(office, "2027-01-01", "Của tôi");
        assert_eq!(code(world.call(who, &call).await), "identity.office_missing");
        assert_eq!(code(world.call(who, &end(office, "2027-01-01")).await), "identity.office_missing");
    }
    let nobody: OfficeId = uuid::Uuid::nil().into();
    let table = [
        (rename(nobody, "2027-01-01", "Không có"), "identity.office_missing"),
        (rename(id, "2025-06-30", "Trước đó"), "identity.office_missing"),
        (rename(id, "2027-01-01", " "), "identity.text_length"),
        (ChangeOffice { instrument: " ".into(), ..rename(id, "2027-01-01", "Khác") }, "identity.text_length"),
        (ChangeOffice { parent: Some(home), ..act(centre, "2027-01-01") }, "identity.office_is_centre"),
        (ChangeOffice { parent: Some(nobody), ..act(id, "2027-01-01") }, "identity.office_missing"),
        (ChangeOffice { parent: Some(centre), ..act(id, "2027-01-01") }, "identity.office_tier"),
        (ChangeOffice { kind: Some(OfficeKind::Commune), ..act(home, "2027-01-01") }, "identity.office_tier"),
    ];
    for (call, expected) in table {
        assert_eq!(code(world.as_service(&call).await), expected, "{call:?}");
    }
    // A province that became a commune has no communes, nor has one that ended.
    let ends = [
        (end(centre, "2027-01-01"), "identity.office_is_centre"),
        (end(home, "2027-01-01"), "identity.office_in_use"),
        (end(id, "2027-01-01"), "identity.office_in_use"),
        (end(world.office("hung dao").await, "2025-07-01"), "identity.interval_empty"),
    ];
    for (call, expected) in ends {
        assert_eq!(code(world.as_service(&call).await), expected, "{call:?}");
    }
    // Once its position is over it may end; what is planned for later forbids it.
    let empty = world.office("hung dao").await;
    let parent = world.unit(empty, "van phong").await;
    let post = world.position(&high, empty, &["specialist"]).await;
    assert_eq!(code(world.call(&high, &end(empty, "2027-01-01")).await), "identity.office_in_use");
    world.call(&high, &EndPosition { id: post.id, to: day("2026-10-01") }).await.unwrap();
    let later = CreateUnit { office: empty, parent, name: "Tổ mới".into(), body: None, from: day("2027-02-01") };
    world.call(&high, &later).await.unwrap();
    assert_eq!(code(world.call(&high, &end(empty, "2027-01-01")).await), "identity.office_in_use");
    world.call(&high, &end(empty, "2027-03-01")).await.unwrap();
    assert_eq!(code(world.call(&high, &end(empty, "2027-04-01")).await), "identity.already_ended");
    world.finish().await;
}
