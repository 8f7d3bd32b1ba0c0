//! Lineage: offices and units merge and split by acts, and whoever succeeds them reaches what they leave.

use schema_identity::{
    ChangePerson, ChangeUnit, CreatePerson, CreateUnit, EndOffice, EndPosition, EndUnit, FormerKind, FormerUnit,
    GetOfficeSuccessors, GetUnitActs, GetUnitSuccessors, ListFormerUnits, ListOffices, ListPeople, MergeOffices,
    MergeUnits, OfficeSuccessors, Person, Reach, Share, SplitOffice, SplitUnit, UnitActKind,
};
use testbed::Pair;
use wire::{
    Day,
    id::{OfficeId, UnitId},
};

use crate::world::{Someone, World, code, day, row};

const ACT: &str = "15/NQ-UBTVQH16";

fn merge(predecessors: &[OfficeId], id: OfficeId, day: Day) -> MergeOffices {
    MergeOffices { id, predecessors: predecessors.to_vec(), day, instrument: ACT.into() }
}

fn split(id: OfficeId, successors: &[OfficeId], day: Day) -> SplitOffice {
    SplitOffice { id, successors: successors.to_vec(), main: successors[0], day, instrument: ACT.into() }
}

async fn after(world: &World, who: &Someone, id: OfficeId, day: Day) -> OfficeSuccessors {
    world.call(who, &GetOfficeSuccessors { id, as_of: Some(day) }).await.unwrap()
}

fn ends(found: &OfficeSuccessors) -> Vec<(OfficeId, Share)> {
    found.successors.iter().map(|one| (one.office.id, one.share)).collect()
}

/// Five communes below the first province: two of the world, three more.
async fn five(world: &World) -> (Someone, [OfficeId; 5]) {
    let more = [("99003", "Xã Ngọc Sơn"), ("99004", "Xã Cát Vàng"), ("99005", "Xã Sông Trăng")];
    let rows = more.iter().zip(7..).map(|((code, name), line)| row(line, code, name, "commune", "95"));
    world.load(rows.collect()).await.unwrap();
    let high = world.administrator("95", Reach::Below).await;
    let mut found = [high.office(); 5];
    for (place, words) in found.iter_mut().zip(["binh minh", "hung dao", "ngoc son", "cat vang", "song trang"]) {
        *place = world.office(words).await;
    }
    (high, found)
}

fn everyone(office: OfficeId) -> ListPeople {
    ListPeople { office, q: None, as_of: None, limit: None, cursor: None }
}

fn note(person: &Person) -> ChangePerson {
    ChangePerson { id: person.id, full_name: None, contact: Some("máy lẻ 105".into()) }
}

async fn rows_are_reached(pair: Pair) {
    let world = World::start(pair).await;
    let (high, [old, other, heir, later, _]) = five(&world).await;
    let (today, tomorrow) = (world.now().day(), world.now().day().plus(1).unwrap());
    let clerk = world.someone(&high, heir, "tran binh", &["document_clerk"]).await;
    let admin = world.someone(&high, heir, "do cuong", &["administrator"]).await;
    let stranger = world.someone(&high, other, "le hoa", &["administrator"]).await;
    let (kept, waiting) = (world.person(&high, old, "Nguyễn Thị Lan").await, world.person(&high, later, "Vũ An").await);
    let post = world.position(&high, old, &["document_clerk"]).await;
    // An office does not end while a position stands in it, and nobody shapes their own office.
    assert_eq!(code(world.call(&high, &merge(&[old], heir, today)).await), "identity.office_in_use");
    world.call(&high, &EndPosition { id: post.id, to: today }).await.unwrap();
    assert_eq!(code(world.call(&admin, &merge(&[old], heir, today)).await), "identity.office_missing");
    assert_eq!(code(world.call(&admin, &everyone(old)).await), "wire.missing");
    world.call(&high, &merge(&[old], heir, today)).await.unwrap();
    world.call(&high, &merge(&[later], heir, tomorrow)).await.unwrap();
    // A fresh session, since an answer about authority is believed for three seconds.
    let (clerk, admin) = (world.sign_in(&name(&clerk)).await, world.sign_in(&name(&admin)).await);
    let grant = world.as_service(&clerk.session()).await.unwrap().grants.remove(0);
    assert_eq!((grant.office, grant.offices_inherited.as_slice()), (heir, &[old][..]));
    assert!(grant.offices().any(|office| office == old) && !grant.offices().any(|office| office == later));
    // What is there goes on; nothing new begins there. What ends tomorrow is not theirs today.
    assert_eq!(world.call(&admin, &everyone(old)).await.unwrap().items, std::slice::from_ref(&kept));
    let changed = world.call(&admin, &note(&kept)).await.unwrap();
    assert_eq!((changed.office, changed.version.0), (old, 2));
    let fresh = CreatePerson { office: old, full_name: "Người Mới".into(), contact: None };
    assert_eq!(code(world.call(&admin, &fresh).await), "identity.office_ended");
    let below = CreateUnit { office: old, parent: post.unit, name: "Tổ mới".into(), body: None, from: today };
    assert_eq!(code(world.call(&admin, &below).await), "identity.interval_outside");
    assert_eq!(code(world.call(&admin, &everyone(later)).await), "wire.missing");
    assert_eq!(code(world.call(&admin, &note(&waiting)).await), "identity.person_missing");
    let stranger = world.sign_in(&name(&stranger)).await;
    assert_eq!(code(world.call(&stranger, &everyone(old)).await), "wire.missing");
    assert_eq!(code(world.call(&stranger, &note(&kept)).await), "identity.person_missing");
    let high = world.sign_in("quan.tri").await;
    assert_eq!(world.call(&high, &everyone(old)).await.unwrap().items.len(), 1);
    world.finish().await;
}

fn name(who: &Someone) -> String {
    who.me.account.username.clone().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rows_of_an_ended_office_are_reached_by_its_successor_on_sqlite() {
    rows_are_reached(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rows_of_an_ended_office_are_reached_by_its_successor_on_postgresql() {
    rows_are_reached(Pair::LocalPostgres).await;
}

async fn chains(pair: Pair) {
    let world = World::start(pair).await;
    let (high, [one, two, three, four, five]) = five(&world).await;
    let on = |text: &str| day(text);
    // The later act is told first: what it inherits is brought up to date by the earlier one.
    world.call(&high, &merge(&[two], three, on("2025-09-01"))).await.unwrap();
    let told = world.call(&high, &split(one, &[two, four], on("2025-08-01"))).await.unwrap();
    assert_eq!(told.steps.iter().map(|step| step.share).collect::<Vec<_>>(), [Share::MainPart, Share::Part]);
    let table = [
        ("2025-07-31", vec![(one, Share::Whole)], 0),
        ("2025-08-01", vec![(two, Share::MainPart), (four, Share::Part)], 2),
        ("2025-09-01", vec![(three, Share::MainPart), (four, Share::Part)], 3),
        ("2025-10-01", vec![(five, Share::Whole)], 5),
    ];
    world.call(&high, &merge(&[three, four], five, on("2025-10-01"))).await.unwrap();
    for (text, expected, steps) in table {
        let found = after(&world, &high, one, on(text)).await;
        assert_eq!((ends(&found), found.steps.len()), (expected, steps), "{text}");
        assert!(found.steps.is_sorted_by_key(|step| step.day));
    }
    let early = GetOfficeSuccessors { id: one, as_of: Some(on("2025-06-30")) };
    assert_eq!(code(world.call(&high, &early).await), "identity.office_missing");
    let admin = world.someone(&high, five, "do cuong", &["administrator"]).await;
    let mut reached = world.as_service(&admin.session()).await.unwrap().grants.remove(0).offices_inherited;
    reached.sort_unstable();
    let mut all = vec![one, two, three, four];
    all.sort_unstable();
    assert_eq!(reached, all);
    // It cannot be undone by ending a link of the chain before its time.
    let early = |id, text: &str| EndOffice { id, to: on(text), instrument: ACT.into() };
    assert_eq!(code(world.call(&high, &early(two, "2025-08-15")).await), "identity.lineage_later");
    assert_eq!(code(world.call(&high, &early(five, "2025-10-01")).await), "identity.office_in_use");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn successors_are_found_through_many_acts_on_sqlite() {
    chains(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn successors_are_found_through_many_acts_on_postgresql() {
    chains(Pair::LocalPostgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lineage_does_not_allow_is_refused_by_code() {
    let world = World::local().await;
    let (high, [one, two, three, four, five]) = five(&world).await;
    let (then, later) = (day("2027-01-01"), day("2027-06-01"));
    world.call(&high, &merge(&[one], two, then)).await.unwrap();
    let (home, elsewhere, nobody) = (high.office(), world.office("bien xanh").await, OfficeId(uuid::Uuid::nil()));
    let mergers = [
        (merge(&[], two, then), "identity.lineage_bad"),
        (merge(&[three, three], two, then), "identity.lineage_bad"),
        (merge(&[two], two, then), "identity.lineage_bad"),
        (merge(&[one], three, then), "identity.lineage_named"),
        (merge(&[one], three, later), "identity.lineage_named"),
        // It has ended by then, or must stand until then.
        (merge(&[three], one, then), "identity.office_missing"),
        (merge(&[two], three, then), "identity.lineage_later"),
        (merge(&[three], two, day("2025-07-01")), "identity.interval_empty"),
        (merge(&[nobody], two, then), "identity.office_missing"),
        (merge(&[three], elsewhere, then), "identity.office_missing"),
        (merge(&[elsewhere], two, then), "identity.office_missing"),
        (merge(&[home], two, then), "identity.office_missing"),
        (MergeOffices { instrument: " ".into(), ..merge(&[three], two, then) }, "identity.text_length"),
    ];
    for (call, expected) in mergers {
        assert_eq!(code(world.call(&high, &call).await), expected, "{call:?}");
    }
    let splits = [
        (split(three, &[four], then), "identity.lineage_bad"),
        (SplitOffice { main: two, ..split(three, &[four, five], then) }, "identity.lineage_bad"),
        (split(three, &[four, one], then), "identity.office_missing"),
    ];
    for (call, expected) in splits {
        assert_eq!(code(world.call(&high, &call).await), expected, "{call:?}");
    }
    assert_eq!(code(world.expecting(&high, 7, &split(three, &[four, five], then)).await), "wire.stale");
    // Nothing of what was refused was kept.
    assert_eq!(ends(&after(&world, &high, three, later).await), [(three, Share::Whole)]);
    // One that has ended already is given its successor, on that very day only.
    world.call(&high, &EndOffice { id: three, to: then, instrument: ACT.into() }).await.unwrap();
    assert!(after(&world, &high, three, later).await.successors.is_empty());
    assert_eq!(code(world.call(&high, &merge(&[three], four, later)).await), "identity.already_ended");
    world.call(&high, &merge(&[three], four, then)).await.unwrap();
    assert_eq!(ends(&after(&world, &high, three, later).await), [(four, Share::Whole)]);
    world.finish().await;
}

fn unite(predecessors: &[UnitId], id: UnitId, text: &str) -> MergeUnits {
    MergeUnits { id, predecessors: predecessors.to_vec(), day: day(text), instrument: "12-QĐ/ĐU".into() }
}

/// The instruments of acts upon two units are kept: of a split, and of a renaming.
async fn instruments(world: &World, high: &Someone, split: UnitId, renamed: UnitId) {
    let acts = async |id| world.call(high, &GetUnitActs { id }).await.unwrap().acts;
    let told = acts(split).await.remove(0);
    assert_eq!((told.kind, told.instrument.as_str(), told.day), (UnitActKind::Split, "13-QĐ/ĐU", day("2027-03-01")));
    let told: Vec<_> = acts(renamed).await.into_iter().map(|act| (act.kind, act.instrument)).collect();
    assert_eq!(told, [(UnitActKind::Changed, "14-QĐ/ĐU".to_owned())]);
}

async fn units(pair: Pair) {
    let world = World::start(pair).await;
    let (high, [one, two, ..]) = five(&world).await;
    let from = day("2026-01-01");
    let make = async |office, name: &str| {
        let parent = world.unit(office, "van phong").await;
        world.call(&high, &CreateUnit { office, parent, name: name.into(), body: None, from }).await.unwrap().id
    };
    let (clerks, archive) = (make(one, "Tổ Văn thư").await, make(one, "Tổ Lưu trữ").await);
    let (there, other) = (make(two, "Tổ Văn thư - Lưu trữ").await, make(two, "Tổ Tiếp dân").await);
    let split = SplitUnit {
        id: archive,
        successors: vec![there, other],
        main: there,
        day: day("2027-03-01"),
        instrument: "13-QĐ/ĐU".into(),
    };
    let told = world.expecting(&high, 1, &unite(&[clerks], archive, "2027-01-01")).await.unwrap();
    assert_eq!(told.steps[0].share, Share::Whole);
    world.call(&high, &split).await.unwrap();
    let rename = ChangeUnit {
        id: there,
        from: day("2027-04-01"),
        name: Some("Tổ Hành chính".into()),
        parent: None,
        instrument: Some("14-QĐ/ĐU".into()),
    };
    world.call(&high, &rename).await.unwrap();
    let successors = async |id, text: &str| {
        let found = world.call(&high, &GetUnitSuccessors { id, as_of: Some(day(text)) }).await.unwrap();
        let names = found.successors.into_iter().map(|one| (one.unit.name, one.share)).collect::<Vec<_>>();
        (names, found.offices.into_iter().map(|one| one.office.id).collect::<Vec<_>>())
    };
    let named =
        |names: &[(&str, Share)]| names.iter().map(|(name, share)| ((*name).to_owned(), *share)).collect::<Vec<_>>();
    let table = [
        ("2026-12-31", named(&[("Tổ Văn thư", Share::Whole)])),
        ("2027-01-01", named(&[("Tổ Lưu trữ", Share::Whole)])),
        ("2027-03-01", named(&[("Tổ Văn thư - Lưu trữ", Share::MainPart), ("Tổ Tiếp dân", Share::Part)])),
        ("2027-04-01", named(&[("Tổ Hành chính", Share::MainPart), ("Tổ Tiếp dân", Share::Part)])),
    ];
    for (text, expected) in table {
        assert_eq!(successors(clerks, text).await, (expected, vec![]), "{text}");
    }
    instruments(&world, &high, archive, there).await;
    let refused = [
        (unite(&[clerks], other, "2027-01-01"), "identity.lineage_named"),
        (unite(&[there], other, "2027-02-01"), "identity.lineage_later"),
        (unite(&[other], clerks, "2027-02-01"), "identity.unit_missing"),
        (unite(&[other, other], there, "2027-05-01"), "identity.lineage_bad"),
    ];
    for (call, expected) in refused {
        assert_eq!(code(world.call(&high, &call).await), expected, "{call:?}");
    }
    let end = EndUnit { id: there, to: day("2027-02-01"), instrument: None };
    assert_eq!(code(world.call(&high, &end).await), "identity.lineage_later");
    let early = MergeOffices { id: one, predecessors: vec![two], day: day("2027-02-01"), instrument: ACT.into() };
    assert_eq!(code(world.call(&high, &early).await), "identity.lineage_later");
    // A unit that ends with its office leads to the office that succeeds.
    let late = MergeOffices { day: day("2028-01-01"), ..early };
    world.call(&high, &late).await.unwrap();
    assert_eq!(successors(clerks, "2028-01-01").await, (vec![], vec![one]));
    // Units of another province are nobody's here.
    let foreign = world.unit(world.office("bien xanh").await, "van phong").await;
    assert_eq!(code(world.call(&high, &unite(&[foreign], archive, "2026-06-01")).await), "identity.unit_missing");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn units_merge_and_split_on_sqlite() {
    units(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn units_merge_and_split_on_postgresql() {
    units(Pair::LocalPostgres).await;
}

/// Every unit of before the reform, page by page.
async fn all_former(world: &World, who: &Someone, call: ListFormerUnits) -> Vec<FormerUnit> {
    let (mut seen, mut cursor) = (Vec::new(), None);
    loop {
        let page = world.call(who, &ListFormerUnits { cursor, limit: Some(200), ..call.clone() }).await.unwrap();
        seen.extend(page.items);
        cursor = page.next;
        if cursor.is_none() {
            return seen;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_unit_of_before_the_reform_leads_to_an_office_of_today() {
    use identity::listing::{OFFICIAL, OFFICIAL_SINCE, calls, read};
    let world = World { bench: testbed::Bench::start(Pair::LocalSqlite, vec![identity::service()]).await };
    for call in calls(&read(OFFICIAL).unwrap(), OFFICIAL_SINCE) {
        world.as_service(&call).await.unwrap();
    }
    let admin = world.administrator("79", Reach::Below).await;
    let every = all_former(&world, &admin, ListFormerUnits::default()).await;
    assert_eq!(every.len(), 10_035 + 696 + 63);
    for unit in &every {
        assert!(!unit.successors.is_empty(), "{unit:?}");
        assert!(unit.successors.iter().all(|one| one.office.is_some() && one.name.is_some()), "{unit:?}");
        let main = unit.successors.iter().filter(|one| one.share != Share::Part).count();
        let heirs = usize::from(unit.kind != FormerKind::District || unit.successors.len() == 1);
        assert_eq!(main, heirs, "{unit:?}");
    }
    let named = |q: &str, kind| ListFormerUnits { q: Some(q.into()), kind: Some(kind), ..ListFormerUnits::default() };
    let con_dao = world.call(&admin, &named("huyen con dao", FormerKind::District)).await.unwrap().items.remove(0);
    assert_eq!((con_dao.code.as_str(), con_dao.successors[0].share), ("755", Share::Whole));
    assert_eq!(con_dao.successors[0].name.as_deref(), Some("Đảng ủy đặc khu Côn Đảo"));
    // The other way round: what became of a unit of today, and nothing else.
    let of_heir = |code: &str| ListFormerUnits { heir: Some(code.into()), ..ListFormerUnits::default() };
    let merged = world.call(&admin, &of_heir("26732")).await.unwrap().items;
    assert!(merged.iter().any(|unit| unit.code == "755") && merged.len() < 5, "{merged:?}");
    assert!(merged.iter().all(|unit| unit.successors.iter().any(|one| one.code == "26732")), "{merged:?}");
    assert!(world.call(&admin, &of_heir("2673")).await.unwrap().items.is_empty());
    // Before the reform it stood itself; a later act leads on.
    let before = ListFormerUnits { as_of: Some(day("2025-06-30")), ..named("con dao", FormerKind::District) };
    assert!(world.call(&admin, &before).await.unwrap().items[0].successors.is_empty());
    let vung_tau = ListOffices { q: Some("phuong vung tau".into()), ..ListOffices::default() };
    let heir = world.call(&admin, &vung_tau).await.unwrap().items.remove(0);
    world.call(&admin, &merge(&[con_dao.successors[0].office.unwrap()], heir.id, day("2027-01-01"))).await.unwrap();
    let later = ListFormerUnits { as_of: Some(day("2027-01-01")), ..named("con dao", FormerKind::District) };
    let found = world.call(&admin, &later).await.unwrap().items.remove(0).successors;
    assert_eq!(found.iter().map(|one| (one.office, one.share)).collect::<Vec<_>>(), [(Some(heir.id), Share::Whole)]);
    let bad = ListFormerUnits { cursor: Some(wire::Cursor("7".into())), ..ListFormerUnits::default() };
    assert_eq!(code(world.call(&admin, &bad).await), "identity.cursor_bad");
    world.finish().await;
}
