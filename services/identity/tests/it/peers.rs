//! An administrator of a subtree administers that subtree and nothing else. The administrators of two provinces stand
//! beside each other: for each, what is the other's looks like what there is not.

use std::collections::BTreeSet;

use schema_identity::*;
use serde_json::Value;
use testbed::Pair;
use uuid::Uuid;
use wire::{Call, Fault, Need, id::OfficeId};

use crate::{
    directory_imports,
    party_peers::PARTY,
    world::{Someone, World, appointment, day, row},
};

/// Calls that administrators make about what everyone may see or about themselves, or that have a test of their own.
const ELSEWHERE: [&str; 3] = ["import_units.v1", "list_role_versions.v1", "save_role_version.v1"];

/// A subtree, and one of everything that is kept in it.
struct Subtree {
    who: Someone,
    office: OfficeId,
    commune: OfficeId,
    unit: wire::id::UnitId,
    person: Person,
    position: Position,
    appointment: Appointment,
    account: Account,
}

/// Someone with everything, in an office, made by the operator.
async fn staffed(world: &World, office: OfficeId, name: &str, post: CreatePosition) -> Subtree {
    let create = CreatePerson { office, full_name: name.into(), contact: Some("máy lẻ 105".into()) };
    let person = world.as_service(&create).await.unwrap();
    let position = world.as_service(&post).await.unwrap();
    let appointment = world.as_service(&appointment(&person, &position)).await.unwrap();
    let account = world.as_service(&OpenAccount { office, person: person.id }).await.unwrap();
    let enrolment = world.as_service(&IssueEnrolment { id: account.id }).await.unwrap();
    let who = world.enrol(&enrolment.code, &name.replace(' ', ".")).await;
    let (unit, commune) = (position.unit, office);
    Subtree { who, office, commune, unit, person, position, appointment, account }
}

/// The administrator of a province, and someone in a commune below who is administered.
async fn subtree(world: &World, province: &str, commune: &str, names: [&str; 2]) -> Subtree {
    let (office, commune) = (world.office(province).await, world.office(commune).await);
    let head = CreatePosition { reach: Reach::Below, ..world.post(office, &["administrator"]).await };
    let head = staffed(world, office, names[0], head).await;
    // In a commune one person holds several roles.
    let post = world.post(commune, &["document_clerk", "archivist", "reception_officer", "accountant"]).await;
    Subtree { who: head.who, office, ..staffed(world, commune, names[1], post).await }
}

/// Asks about what is another's and about what there is not: the answers must not differ, and hold nothing.
pub(crate) async fn alike<C: Call>(world: &World, who: &Someone, theirs: C, nobodys: C) -> &'static str {
    let shown = |answer: Result<C::Reply, Fault>| match answer {
        Ok(reply) => {
            let reply = serde_json::to_value(reply).unwrap();
            assert_eq!(reply["items"], Value::Array(Vec::new()), "`{}` answered {reply}", C::NAME);
            reply
        }
        Err(fault) => serde_json::to_value(fault).unwrap(),
    };
    let (theirs, nobodys) = (world.call(who, &theirs).await, world.call(who, &nobodys).await);
    assert_eq!(shown(theirs), shown(nobodys), "`{}` tells the two apart", C::NAME);
    C::NAME
}

fn people(office: OfficeId) -> ListPeople {
    ListPeople { office, q: None, as_of: None, limit: None, cursor: None }
}

fn positions(office: OfficeId) -> ListPositions {
    ListPositions { office, unit: None, as_of: None, limit: None, cursor: None }
}

fn appointments(office: OfficeId) -> ListAppointments {
    ListAppointments { office, person: None, position: None, as_of: None, limit: None, cursor: None }
}

fn accounts(office: OfficeId) -> ListAccounts {
    ListAccounts { office, person: None, limit: None, cursor: None }
}

/// Every call about people, with what is theirs and with what there is not.
async fn about_people(world: &World, a: &Subtree, b: &Subtree) -> Vec<&'static str> {
    let (who, none) = (&a.who, Uuid::nil());
    let named = |office, text: &str| ListPeople { q: Some(text.into()), ..people(office) };
    let today = |office| ListPeople { as_of: Some(world.now().day()), ..people(office) };
    let create = |office| CreatePerson { office, full_name: "Người Mới".into(), contact: None };
    let change = |id| ChangePerson { id, full_name: Some("Người Khác".into()), contact: None };
    let get = |id| GetPerson { id, as_of: None };
    vec![
        alike(world, who, people(b.commune), people(none.into())).await,
        alike(world, who, today(b.commune), today(none.into())).await,
        alike(world, who, named(a.commune, &b.person.full_name), named(a.commune, "khong co ai")).await,
        alike(world, who, get(b.person.id), get(none.into())).await,
        alike(world, who, create(b.commune), create(none.into())).await,
        alike(world, who, change(b.person.id), change(none.into())).await,
        alike(world, who, DisablePerson { id: b.person.id }, DisablePerson { id: none.into() }).await,
        alike(world, who, EnablePerson { id: b.person.id }, EnablePerson { id: none.into() }).await,
    ]
}

async fn about_positions(world: &World, a: &Subtree, b: &Subtree) -> Vec<&'static str> {
    let (who, none, from) = (&a.who, Uuid::nil(), day("2026-01-01"));
    let post = world.post(a.commune, &["specialist"]).await;
    let of = |unit| ListPositions { unit: Some(unit), ..positions(a.commune) };
    let at = |office| CreatePosition { office, ..post.clone() };
    let within = |unit| CreatePosition { unit, ..post.clone() };
    let below = |head| CreatePosition { reports_to: Some(head), ..post.clone() };
    let head = |id, reports_to| ChangeDirectHead { id, from, reports_to: Some(reports_to) };
    let (ours, theirs) = (a.position.id, b.position.id);
    let get = |id| GetPosition { id, as_of: None };
    vec![
        alike(world, who, positions(b.commune), positions(none.into())).await,
        alike(world, who, of(b.unit), of(none.into())).await,
        alike(world, who, get(theirs), get(none.into())).await,
        alike(world, who, at(b.commune), at(none.into())).await,
        alike(world, who, within(b.unit), within(none.into())).await,
        alike(world, who, below(theirs), below(none.into())).await,
        alike(world, who, head(theirs, ours), head(none.into(), ours)).await,
        alike(world, who, head(ours, theirs), head(ours, none.into())).await,
        alike(world, who, EndPosition { id: theirs, to: from }, EndPosition { id: none.into(), to: from }).await,
    ]
}

async fn about_appointments(world: &World, a: &Subtree, b: &Subtree) -> Vec<&'static str> {
    let (who, none) = (&a.who, Uuid::nil());
    let of = |person| ListAppointments { person: Some(person), ..appointments(a.commune) };
    let to = |position| ListAppointments { position: Some(position), ..appointments(a.commune) };
    let create = appointment(&a.person, &a.position);
    let person = |person| CreateAppointment { person, ..create.clone() };
    let position = |position| CreateAppointment { position, ..create.clone() };
    let office = |office| CreateAppointment { office, ..create.clone() };
    let end = |id| EndAppointment { id, to: day("2026-01-01") };
    vec![
        alike(world, who, appointments(b.commune), appointments(none.into())).await,
        alike(world, who, of(b.person.id), of(none.into())).await,
        alike(world, who, to(b.position.id), to(none.into())).await,
        alike(world, who, person(b.person.id), person(none.into())).await,
        alike(world, who, position(b.position.id), position(none.into())).await,
        alike(world, who, office(b.commune), office(none.into())).await,
        alike(world, who, end(b.appointment.id), end(none.into())).await,
    ]
}

async fn about_accounts(world: &World, a: &Subtree, b: &Subtree) -> Vec<&'static str> {
    let (who, none, theirs) = (&a.who, Uuid::nil(), b.account.id);
    let of = |person| ListAccounts { person: Some(person), ..accounts(a.commune) };
    let open = |office, person| OpenAccount { office, person };
    vec![
        alike(world, who, accounts(b.commune), accounts(none.into())).await,
        alike(world, who, of(b.person.id), of(none.into())).await,
        alike(world, who, open(b.commune, b.person.id), open(none.into(), b.person.id)).await,
        alike(world, who, open(a.commune, b.person.id), open(a.commune, none.into())).await,
        alike(world, who, DisableAccount { id: theirs }, DisableAccount { id: none.into() }).await,
        alike(world, who, EnableAccount { id: theirs }, EnableAccount { id: none.into() }).await,
        alike(world, who, EndAccountSessions { id: theirs }, EndAccountSessions { id: none.into() }).await,
        alike(world, who, IssueEnrolment { id: theirs }, IssueEnrolment { id: none.into() }).await,
    ]
}

/// Accounts whose owners have lost their factors.
async fn about_recoveries(world: &World, a: &Subtree, b: &Subtree) -> Vec<&'static str> {
    let (who, none) = (&a.who, Uuid::nil());
    let reason = || "Mất điện thoại; đã gặp trực tiếp.".to_owned();
    let request = |account| RequestRecovery { account, reason: reason() };
    let theirs = world.call(&b.who, &request(b.account.id)).await.unwrap().id;
    let confirm = |id| ConfirmRecovery { id, reason: reason() };
    vec![
        alike(world, who, ListRecoveries { office: b.commune }, ListRecoveries { office: none.into() }).await,
        alike(world, who, request(b.account.id), request(none.into())).await,
        alike(world, who, confirm(theirs), confirm(none.into())).await,
        alike(world, who, RefuseRecovery { id: theirs }, RefuseRecovery { id: none.into() }).await,
    ]
}

/// Who stands in for whom, and why somebody could do something.
async fn about_standing_in(world: &World, a: &Subtree, b: &Subtree) -> Vec<&'static str> {
    let (who, none, today) = (&a.who, Uuid::nil(), world.now().day());
    let lent =
        |office, deputy| ListDelegations { office, deputy, position: None, as_of: None, limit: None, cursor: None };
    let away = |office| ListAbsences { office, as_of: None, limit: None, cursor: None };
    let handed = |office, position| ListHandovers { office, position, limit: None, cursor: None };
    let why = |person| GetAuthorityHistory { person, permission: "identity.people.read".into(), day: today };
    vec![
        alike(world, who, lent(b.commune, None), lent(none.into(), None)).await,
        alike(world, who, lent(a.commune, Some(b.person.id)), lent(a.commune, Some(none.into()))).await,
        alike(world, who, away(b.commune), away(none.into())).await,
        alike(world, who, handed(b.commune, None), handed(none.into(), None)).await,
        alike(world, who, handed(a.commune, Some(b.position.id)), handed(a.commune, Some(none.into()))).await,
        unexplained(world, who, why(b.person.id), why(none.into())).await,
    ]
}

/// Why somebody could do something is told of one's own people alone; of others there is nothing to tell.
async fn unexplained(
    world: &World,
    who: &Someone,
    theirs: GetAuthorityHistory,
    nobodys: GetAuthorityHistory,
) -> &'static str {
    for call in [theirs, nobodys] {
        assert!(world.call(who, &call).await.unwrap().ways.is_empty(), "{call:?}");
    }
    GetAuthorityHistory::NAME
}

/// Lists of units and people, those begun in an office that is not one's own.
async fn about_imports(world: &World, a: &Subtree, b: &Subtree) -> Vec<&'static str> {
    let (who, none, reason) = (&a.who, Uuid::nil(), || "Nhập nhầm".to_owned());
    let list = "Họ và tên;Đơn vị;Chức vụ\nLê Thị Thử;Văn phòng;Văn thư\n";
    let kind = DirectoryImportKind::People;
    let theirs = directory_imports::begun(world, &b.who, b.commune, kind, list).await.id;
    let ticket = directory_imports::upload(world, who, a.commune, list).await;
    let begin = |office| BeginDirectoryImport { office, kind, ticket: ticket.clone(), columns: Vec::new(), from: None };
    let of = |office| ListDirectoryImports { office, limit: None, cursor: None };
    let rows = |id| ListDirectoryImportRows { id, limit: None, cursor: None };
    let map = |id| MapDirectoryImport { id, columns: Vec::new() };
    let undo = |id| UndoDirectoryImport { id, reason: reason() };
    vec![
        alike(world, who, begin(b.commune), begin(none.into())).await,
        alike(world, who, of(b.commune), of(none.into())).await,
        alike(world, who, GetDirectoryImport { id: theirs }, GetDirectoryImport { id: none.into() }).await,
        alike(world, who, rows(theirs), rows(none.into())).await,
        alike(world, who, map(theirs), map(none.into())).await,
        alike(world, who, CheckDirectoryImport { id: theirs }, CheckDirectoryImport { id: none.into() }).await,
        alike(world, who, ApplyDirectoryImport { id: theirs }, ApplyDirectoryImport { id: none.into() }).await,
        alike(world, who, undo(theirs), undo(none.into())).await,
    ]
}

/// When another's office is shut.
async fn about_closures(world: &World, a: &Subtree, b: &Subtree) -> Vec<&'static str> {
    let (who, none, first) = (&a.who, Uuid::nil(), day("2027-03-02"));
    let shut = |office| {
        let (reason, instrument) = ("bão".to_owned(), "45-TB".to_owned());
        RecordOfficeClosure { office, first, last: first, reason, instrument }
    };
    let theirs = world.call(&b.who, &shut(b.commune)).await.unwrap().id;
    let cancel = |id| CancelOfficeClosure { id, instrument: "46-TB".into() };
    let year = |office| GetWorkingYear { office, year: 2027 };
    let asked = vec![
        alike(world, who, year(b.commune), year(none.into())).await,
        alike(world, who, shut(b.commune), shut(none.into())).await,
        alike(world, who, cancel(theirs), cancel(none.into())).await,
    ];
    world.call(&b.who, &cancel(theirs)).await.unwrap();
    asked
}

/// What another's office says of itself is read by everyone; how it came to say it, and changing it, are its own.
async fn about_profiles(world: &World, a: &Subtree, b: &Subtree) -> Vec<&'static str> {
    let (who, none) = (&a.who, Uuid::nil());
    let say = |id| SetOfficeProfile { id, address: None, telephone: None, email: None, hours: Vec::new() };
    let versions = |id| ListOfficeProfileVersions { id };
    let bare = |id| SetOfficeEmblem { id, ticket: None };
    vec![
        alike(world, who, versions(b.commune), versions(none.into())).await,
        alike(world, who, say(b.commune), say(none.into())).await,
        alike(world, who, bare(b.commune), bare(none.into())).await,
    ]
}

/// The directory may be read by everyone; its acts are refused alike.
async fn about_the_tree(world: &World, a: &Subtree, b: &Subtree) -> Vec<&'static str> {
    let (who, none, from) = (&a.who, Uuid::nil(), day("2027-01-01"));
    let act = || "15/NQ-UBTVQH16".to_owned();
    let rename =
        |id| ChangeOffice { id, from, name: Some("Khác".into()), kind: None, parent: None, instrument: act() };
    let end = |id| EndOffice { id, to: from, instrument: act() };
    let merge = |predecessor, id| MergeOffices { id, predecessors: vec![predecessor], day: from, instrument: act() };
    let split = |id, main| SplitOffice { id, successors: vec![a.office, main], main, day: from, instrument: act() };
    let create = |office| CreateUnit { office, parent: b.unit, name: "Tổ".into(), body: None, from };
    let change = |id| ChangeUnit { id, from, name: Some("Tổ".into()), parent: None, instrument: None };
    let unite = |predecessor, id| MergeUnits { id, predecessors: vec![predecessor], day: from, instrument: act() };
    let divide = |id, main| SplitUnit { id, successors: vec![a.unit, main], main, day: from, instrument: act() };
    vec![
        alike(world, who, rename(b.commune), rename(none.into())).await,
        alike(world, who, end(b.commune), end(none.into())).await,
        alike(world, who, merge(b.commune, a.commune), merge(none.into(), a.commune)).await,
        alike(world, who, merge(a.commune, b.commune), merge(a.commune, none.into())).await,
        alike(world, who, split(b.commune, a.commune), split(none.into(), a.commune)).await,
        alike(world, who, GetUnitHistory { id: b.unit }, GetUnitHistory { id: none.into() }).await,
        alike(world, who, GetUnitActs { id: b.unit }, GetUnitActs { id: none.into() }).await,
        alike(world, who, create(b.commune), create(none.into())).await,
        alike(world, who, change(b.unit), change(none.into())).await,
        alike(
            world,
            who,
            EndUnit { id: b.unit, to: from, instrument: None },
            EndUnit { id: none.into(), to: from, instrument: None },
        )
        .await,
        alike(world, who, unite(b.unit, a.unit), unite(none.into(), a.unit)).await,
        alike(world, who, unite(a.unit, b.unit), unite(a.unit, none.into())).await,
        alike(world, who, divide(a.unit, b.unit), divide(a.unit, none.into())).await,
    ]
}

async fn peers(pair: Pair) {
    let world = World::start(pair).await;
    world.load(vec![row(7, "99801", "Xã Cát Vàng", "commune", "98")]).await.unwrap();
    // Units and offices are found through a session of the first administrator.
    world.administrator("TW", Reach::Own).await;
    let a = subtree(&world, "song lam", "binh minh", ["do cuong", "tran binh"]).await;
    let b = subtree(&world, "bien xanh", "cat vang", ["ho dung", "le hue"]).await;
    let before = everything(&world, &b).await;
    for (one, other) in [(&a, &b), (&b, &a)] {
        let mut asked: BTreeSet<&str> = BTreeSet::new();
        asked.extend(about_people(&world, one, other).await);
        asked.extend(about_positions(&world, one, other).await);
        asked.extend(about_appointments(&world, one, other).await);
        asked.extend(about_accounts(&world, one, other).await);
        asked.extend(about_recoveries(&world, one, other).await);
        asked.extend(about_standing_in(&world, one, other).await);
        asked.extend(about_imports(&world, one, other).await);
        asked.extend(about_closures(&world, one, other).await);
        asked.extend(about_profiles(&world, one, other).await);
        asked.extend(about_the_tree(&world, one, other).await);
        let calls = schema_identity::contract().calls;
        let ruled = calls.iter().filter(|row| {
            // What is the Party's is kept by others than administrators: see `party_peers`.
            matches!(&row.need, Need::Permission(permission)
                if permission.starts_with("identity.") && !permission.starts_with(PARTY))
                && !ELSEWHERE.contains(&row.name.as_str())
        });
        let left: Vec<&str> = ruled.map(|row| row.name.as_str()).filter(|name| !asked.contains(name)).collect();
        assert!(left.is_empty(), "ask these as the administrator of another subtree as well: {left:?}");
    }
    assert_eq!(everything(&world, &b).await, before, "what was refused changed something");
    // A place in the other's list leads on in one's own list, and tells nothing of the other's.
    let first = world.call(&b.who, &ListPeople { limit: Some(1), ..people(b.commune) }).await.unwrap();
    let cursor = first.next.or_else(|| Some(wire::Cursor(format!("le hue|{}", b.person.id))));
    let own = world.call(&a.who, &ListPeople { cursor, ..people(a.commune) }).await.unwrap().items;
    assert!(own.iter().all(|person| person.office == a.commune));
    // Nor does a person who works in both: each side sees the posts on its own side.
    let lent = world.as_service(&appointment(&a.person, &b.position)).await.unwrap();
    let seen = world.call(&a.who, &GetPerson { id: a.person.id, as_of: None }).await.unwrap();
    assert!(seen.posts.iter().all(|post| post.office == a.commune) && seen.posts.len() == 1);
    let of = ListAppointments { person: Some(a.person.id), ..appointments(a.commune) };
    assert!(world.call(&a.who, &of).await.unwrap().items.iter().all(|held| held.id != lent.id));
    let today = ListPeople { as_of: Some(world.now().day()), ..people(b.commune) };
    let there = world.call(&b.who, &today).await.unwrap().items;
    assert_eq!(there.iter().map(|person| person.id).collect::<Vec<_>>(), [b.person.id]);
    world.finish().await;
}

/// All that the administrator of a subtree sees of the commune in it.
async fn everything(world: &World, of: &Subtree) -> Value {
    let (people, positions) = (people(of.commune), positions(of.commune));
    let (appointments, accounts) = (appointments(of.commune), accounts(of.commune));
    serde_json::json!([
        world.call(&of.who, &people).await.unwrap(),
        world.call(&of.who, &positions).await.unwrap(),
        world.call(&of.who, &appointments).await.unwrap(),
        world.call(&of.who, &accounts).await.unwrap(),
    ])
}

#[tokio::test(flavor = "multi_thread")]
async fn the_administrator_of_a_subtree_sees_and_does_nothing_in_another_on_sqlite() {
    peers(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_administrator_of_a_subtree_sees_and_does_nothing_in_another_on_postgresql() {
    peers(Pair::LocalPostgres).await;
}
