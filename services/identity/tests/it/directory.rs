//! Offices and units: loading, finding without accents, changing the dated tree.

use schema_identity::{
    ChangeUnit, CreateUnit, EndUnit, FindUnits, GetOffice, GetUnit, GetUnitHistory, ImportReport, ImportUnits,
    ListOffices, OfficeKind, Reach, Unit,
};
use testbed::Pair;
use wire::Fault;

use crate::world::{Someone, World, code, day, row, rows};

async fn names(world: &World, who: &Someone, call: FindUnits) -> Vec<String> {
    world.call(who, &call).await.unwrap().items.into_iter().map(|unit| unit.name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn loading_again_changes_nothing_and_a_wrong_row_keeps_nothing() {
    let world = World::local().await;
    let again = world.load(rows()).await.unwrap();
    assert_eq!(again, ImportReport { offices: 0, units: 0, unchanged: 4 });
    let good_and_bad = vec![
        row(7, "99003", "Xã Ngọc Sơn", "commune", "95"),
        row(8, "99004", "Ngọc Hà", "commune", "95"),
        row(9, "99005", "Xã Ngọc Lâm", "commune", "77"),
    ];
    let fault = world.load(good_and_bad).await.unwrap_err();
    assert_eq!(fault.code, "identity.rows_wrong");
    let errors = &fault.detail.unwrap()["errors"];
    assert_eq!([&errors[0]["line"], &errors[1]["line"]], [8, 9]);
    assert!(errors[0]["remedy"].as_str().unwrap().contains("Xã"));
    let admin = world.administrator("99001", Reach::Own).await;
    let found = world.call(&admin, &ListOffices { q: Some("ngoc".into()), ..ListOffices::default() }).await.unwrap();
    assert!(found.items.is_empty());
    let many = (0..201).map(|line| row(line, "99003", "Xã Ngọc Sơn", "commune", "95")).collect();
    assert_eq!(code(world.load(many).await), "identity.rows_too_many");
    let early = ImportUnits { from: day("2025-06-30"), rows: vec![row(2, "97", "Tỉnh Núi Cao", "province", "")] };
    assert_eq!(code(world.as_service(&early).await), "identity.template_missing");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_loads_below_their_own_office_only() {
    let world = World::local().await;
    let admin = world.administrator("95", Reach::Own).await;
    let load = |rows| ImportUnits { from: day("2025-07-01"), rows };
    let own = load(vec![row(2, "99003", "Xã Ngọc Sơn", "commune", "95")]);
    assert_eq!(world.call(&admin, &own).await.unwrap().offices, 1);
    let others = load(vec![row(2, "99006", "Xã Cát Vàng", "commune", "98")]);
    assert_eq!(code(world.call(&admin, &others).await), "identity.rows_wrong");
    world.finish().await;
}

/// Everything a search finds, page by page.
async fn paged(world: &World, who: &Someone, call: FindUnits) -> Vec<Unit> {
    let (mut seen, mut cursor) = (Vec::new(), None);
    loop {
        let page = world.call(who, &FindUnits { cursor, ..call.clone() }).await.unwrap();
        seen.extend(page.items);
        cursor = page.next;
        if cursor.is_none() {
            return seen;
        }
    }
}

async fn finding(pair: Pair) {
    let world = World::start(pair).await;
    let admin = world.administrator("99001", Reach::Own).await;
    let q = |words: &str| FindUnits { q: Some(words.into()), ..FindUnits::default() };
    // Names that begin with the words come first, then those that hold them somewhere; so it is page by page too.
    let offices = [
        "Văn phòng Đảng ủy phường Hưng Đạo",
        "Văn phòng Đảng ủy xã Bình Minh",
        "Phòng Tài chính Đảng, Văn phòng Thành ủy Biển Xanh",
        "Phòng Tài chính Đảng, Văn phòng Tỉnh ủy Sông Lam",
    ];
    assert_eq!(names(&world, &admin, q("van phong dang uy")).await, offices);
    assert_eq!(paged(&world, &admin, FindUnits { limit: Some(1), ..q("van phong dang uy") }).await.len(), 4);
    assert_eq!(names(&world, &admin, q("MINH binh PHÒNG")).await, [offices[1]]);
    assert!(names(&world, &admin, q("%")).await.len() >= 30, "a sign that is no word limits nothing");
    let office = world.office("song lam").await;
    let under = Some(world.unit(office, "van phong tinh uy song lam").await);
    let below = names(&world, &admin, FindUnits { under, ..FindUnits::default() }).await;
    assert_eq!(below.len(), 1 + 4, "{below:?}");
    let seen = paged(&world, &admin, FindUnits { limit: Some(7), ..FindUnits::default() }).await;
    assert_eq!(seen.len(), 39);
    let mut ids: Vec<_> = seen.iter().map(|unit| unit.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 39);
    let before = FindUnits { as_of: Some(day("2025-06-30")), ..FindUnits::default() };
    assert!(names(&world, &admin, before).await.is_empty());
    let bad = FindUnits { cursor: Some(wire::Cursor("7".into())), ..FindUnits::default() };
    assert_eq!(code(world.call(&admin, &bad).await), "identity.cursor_bad");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn units_are_found_without_accents_on_sqlite() {
    finding(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn units_are_found_without_accents_on_postgresql() {
    finding(Pair::LocalPostgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn offices_are_listed_by_tier_and_by_the_one_above() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    let province = world.office("song lam").await;
    let call = ListOffices { parent: Some(province), ..ListOffices::default() };
    let below = world.call(&admin, &call).await.unwrap().items;
    assert_eq!(below.iter().map(|office| office.code.as_str()).collect::<Vec<_>>(), ["99001", "99002"]);
    let call = ListOffices { kind: Some(OfficeKind::Province), limit: Some(1), ..ListOffices::default() };
    let first = world.call(&admin, &call).await.unwrap();
    assert_eq!(first.items[0].name, "Tỉnh ủy Sông Lam");
    let rest = world.call(&admin, &ListOffices { cursor: first.next, ..call }).await.unwrap();
    assert_eq!(rest.items[0].name, "Thành ủy Biển Xanh");
    let missing = GetOffice { id: uuid::Uuid::nil().into(), as_of: None };
    assert_eq!(code(world.call(&admin, &missing).await), "identity.office_missing");
    world.finish().await;
}

async fn dated_tree(pair: Pair) {
    let world = World::start(pair).await;
    let admin = world.administrator("99001", Reach::Own).await;
    let office = admin.office();
    let parent = world.unit(office, "van phong").await;
    let create = CreateUnit { office, parent, name: " Tổ  Văn thư ".into(), body: None, from: day("2026-01-01") };
    let made = world.call(&admin, &create).await.unwrap();
    assert_eq!((made.name.as_str(), made.parent, made.version.0), ("Tổ  Văn thư", Some(parent), 1));
    let rename = ChangeUnit {
        id: made.id,
        from: day("2026-07-01"),
        name: Some("Tổ Văn thư - Lưu trữ".into()),
        parent: None,
        instrument: None,
    };
    let renamed = world.expecting(&admin, 1, &rename).await.unwrap();
    assert_eq!(renamed.version.0, 2);
    assert_eq!(code(world.expecting(&admin, 1, &rename).await), "wire.stale");
    let at = |text| GetUnit { id: made.id, as_of: Some(day(text)) };
    assert_eq!(world.call(&admin, &at("2026-06-30")).await.unwrap().name, "Tổ  Văn thư");
    assert_eq!(world.call(&admin, &at("2026-07-01")).await.unwrap().name, "Tổ Văn thư - Lưu trữ");
    assert_eq!(code(world.call(&admin, &at("2025-12-31")).await), "identity.unit_missing");
    let committee = world.unit(office, "dang uy xa binh minh").await;
    let ended = world.call(&admin, &EndUnit { id: made.id, to: day("2027-01-01"), instrument: None }).await.unwrap();
    assert_eq!(ended.to, Some(day("2027-01-01")));
    assert_eq!(code(world.call(&admin, &at("2027-01-01")).await), "identity.unit_missing");
    let history = world.call(&admin, &GetUnitHistory { id: made.id }).await.unwrap();
    assert_eq!((history.spans.len(), history.version.0), (2, 3));
    let told = world.bench.events("identity").await.unwrap();
    let told: Vec<_> = told.iter().filter(|event| event.aggregate == made.id.0).collect();
    assert_eq!(told.iter().map(|event| event.kind.as_str()).collect::<Vec<_>>(), ["unit_changed.v1"; 3]);
    assert_eq!(told[2].body["unit"], serde_json::to_value(&history).unwrap());
    assert_ne!(committee, made.id);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_is_made_renamed_and_ended_by_the_day_on_sqlite() {
    dated_tree(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_is_made_renamed_and_ended_by_the_day_on_postgresql() {
    dated_tree(Pair::LocalPostgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_tree_does_not_allow_is_refused_by_code() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    let office = admin.office();
    let (above, from) = (world.unit(office, "van phong").await, day("2026-01-01"));
    let root = world.call(&admin, &GetUnit { id: above, as_of: None }).await.unwrap().parent.unwrap();
    let create = |parent, from| CreateUnit { office, parent, name: "Tổ Văn thư".into(), body: None, from };
    let below = world.call(&admin, &create(above, from)).await.unwrap().id;
    let change = |id, parent| ChangeUnit { id, from, name: None, parent: Some(parent), instrument: None };
    let refused = |result: Result<Unit, Fault>| code(result);
    let table = [
        (world.call(&admin, &change(above, below)).await, "identity.unit_cycle"),
        (world.call(&admin, &change(root, below)).await, "identity.unit_is_root"),
        (world.call(&admin, &EndUnit { id: root, to: from, instrument: None }).await, "identity.unit_is_root"),
        (world.call(&admin, &EndUnit { id: above, to: from, instrument: None }).await, "identity.unit_in_use"),
        (world.call(&admin, &EndUnit { id: below, to: from, instrument: None }).await, "identity.interval_empty"),
        (world.call(&admin, &create(above, day("2025-06-30"))).await, "identity.interval_outside"),
        (world.call(&admin, &CreateUnit { name: " ".into(), ..create(above, from) }).await, "identity.text_length"),
        (
            world.call(&admin, &CreateUnit { name: "a\u{7}".into(), ..create(above, from) }).await,
            "identity.text_unclean",
        ),
    ];
    for (result, expected) in table {
        assert_eq!(refused(result), expected);
    }
    world.call(&admin, &EndUnit { id: below, to: day("2026-02-01"), instrument: None }).await.unwrap();
    let again = world.call(&admin, &EndUnit { id: below, to: day("2026-03-01"), instrument: None }).await;
    assert_eq!(code(again), "identity.already_ended");
    // The position of the administrator stands in the office proper.
    assert_eq!(
        code(world.call(&admin, &EndUnit { id: above, to: day("2030-01-01"), instrument: None }).await),
        "identity.unit_in_use"
    );
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_units_of_another_office_can_be_found_and_not_changed() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    let other = world.office("hung dao").await;
    let unit = world.unit(other, "van phong").await;
    assert!(world.call(&admin, &GetUnit { id: unit, as_of: None }).await.is_ok());
    let change =
        ChangeUnit {
            id: unit, from: day("2026-01-01"), name: Some("Của tôi".into()), parent: None, instrument: None
        };
    assert_eq!(code(world.call(&admin, &change).await), "identity.unit_missing");
    assert_eq!(
        code(world.call(&admin, &EndUnit { id: unit, to: day("2026-01-01"), instrument: None }).await),
        "identity.unit_missing"
    );
    assert_eq!(code(world.call(&admin, &GetUnitHistory { id: unit }).await), "identity.unit_missing");
    let create = CreateUnit { office: other, parent: unit, name: "Tổ".into(), body: None, from: day("2026-01-01") };
    assert_eq!(code(world.call(&admin, &create).await), "wire.missing");
    assert_eq!(code(world.send(wire::Meta::default(), &FindUnits::default()).await), "wire.unauthenticated");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_official_list_is_loaded_whole_and_its_addressees_are_found() {
    use identity::listing::{OFFICIAL, OFFICIAL_SINCE, calls, read};
    let world = World { bench: testbed::Bench::start(Pair::LocalSqlite, vec![identity::service()]).await };
    let rows = read(OFFICIAL).unwrap();
    let mut loaded = ImportReport::default();
    for call in calls(&rows, OFFICIAL_SINCE) {
        let report = world.as_service(&call).await.unwrap();
        loaded.offices += report.offices;
        loaded.units += report.units;
    }
    assert_eq!(loaded, ImportReport { offices: 3356, units: 13_667, unchanged: 0 });
    let mut unchanged = 0;
    for call in calls(&rows, OFFICIAL_SINCE) {
        unchanged += world.as_service(&call).await.unwrap().unchanged;
    }
    assert_eq!(unchanged, 3355);
    let admin = world.administrator("79", Reach::Below).await;
    let below = ListOffices { parent: Some(admin.office()), limit: Some(200), ..ListOffices::default() };
    assert_eq!(world.call(&admin, &below).await.unwrap().items.len(), 168);
    let q = |words: &str| FindUnits { q: Some(words.into()), ..FindUnits::default() };
    let found = names(&world, &admin, q("ban to chuc thanh uy hue")).await;
    assert_eq!(found, ["Ban Tổ chức Thành ủy Huế"]);
    assert_eq!(names(&world, &admin, q("van phong trung uong")).await, ["Văn phòng Trung ương Đảng"]);
    assert_eq!(names(&world, &admin, q("dac khu hoang sa")).await.len(), 4);
    world.finish().await;
}
