//! How the database goes about the lists: each by an index and in the order of that index, so that a page costs what is
//! on it and not what there is.

use std::sync::{Arc, Mutex};

use auth::{Authority, Caller, Grant, PersonCaller, Scope, decide};
use db::Db;
use schema_identity::Reach;
use sea_orm::{ConnectionTrait as _, DatabaseConnection, Statement};
use uuid::Uuid;
use wire::{Day, Instant, Need, id::OfficeId};

use super::{
    accounts, appointments, authority, committees, lent,
    lineage::{self, Noun},
    members, migrations, offices, organisations, people, positions, units,
};
use crate::domain::{authority::Held, interval::Interval};

fn id<T: From<Uuid>>(number: u128) -> T {
    Uuid::from_u128(number).into()
}

fn today() -> Day {
    Day::new(2026, 11, 22).unwrap()
}

/// A position that heads its unit, as somebody holds it.
fn held(number: u128) -> Held {
    let ever = Interval { from: today(), to: None };
    Held {
        appointment: id(number),
        position: id(number),
        office: id(1),
        unit: id(number),
        title: "Trưởng phòng".to_owned(),
        roles: Vec::new(),
        head: true,
        reach: Reach::Own,
        appointed: ever,
        stands: ever,
    }
}

/// The scope of someone who looks below an office with two offices below.
fn scope() -> Scope {
    let grant = Grant {
        office: id(1),
        offices_below: vec![id(2), id(3)],
        offices_inherited: Vec::new(),
        unit: id(4),
        position: id(5),
        appointment: id(6),
        permissions: Default::default(),
        head: false,
        direct_reports: Vec::new(),
        on_behalf_of: None,
    };
    let authority = Authority { account: id(7), person: id(8), grants: vec![grant], fresh_proof: Default::default() };
    let authenticated_at = Instant::from_micros(1_800_000_000_000_000);
    let caller = PersonCaller { account: id(7), person: id(8), session: id(9), authenticated_at };
    decide(&Caller::Person(caller), Some(&authority), &Need::SignedIn).unwrap()
}

/// A database that writes down what it is asked.
struct Watched {
    db: DatabaseConnection,
    asked: Arc<Mutex<Vec<Statement>>>,
}

impl Watched {
    fn over(db: &Db) -> Self {
        let (mut watched, asked) = (db.reader().clone(), Arc::new(Mutex::new(Vec::new())));
        let note = Arc::clone(&asked);
        watched.set_metric_callback(move |info| note.lock().unwrap().push(info.statement.clone()));
        Self { db: watched, asked }
    }

    /// The plan of the first thing asked since the last time.
    async fn plan(&self, db: &Db) -> String {
        self.plan_of(db, 0).await
    }

    /// The plan of one of the things asked since the last time, in their order.
    async fn plan_of(&self, db: &Db, place: usize) -> String {
        let asked = std::mem::take(&mut *self.asked.lock().unwrap());
        let mut explained = asked.into_iter().nth(place).unwrap();
        explained.sql = format!("EXPLAIN QUERY PLAN {}", explained.sql);
        let lines = db.reader().query_all_raw(explained).await.unwrap();
        lines.iter().map(|line| line.try_get::<String>("", "detail").unwrap()).collect::<Vec<_>>().join("; ")
    }
}

fn office_filter(parent: Option<OfficeId>, words: &[&str]) -> offices::Filter {
    let words = words.iter().map(|word| (*word).to_owned()).collect();
    offices::Filter { parent, kind: None, words, day: today(), after: None, limit: 51 }
}

fn unit_filter(office: Option<OfficeId>, words: &[&str]) -> units::Filter {
    let words = words.iter().map(|word| (*word).to_owned()).collect();
    units::Filter { words, begins: None, office, among: None, day: today(), after: None, limit: 51 }
}

#[tokio::test]
async fn lists_go_by_an_index_and_in_its_order() {
    let folder = testbed::dir::temp().unwrap();
    let db = Db::open(&Db::file(&folder.path().join("identity.db"))).await.unwrap();
    db.migrate(migrations::all).await.unwrap();
    let watched = Watched::over(&db);
    let (w, one) = (&watched.db, scope().narrow(id(1)).unwrap());
    let mut wrong = Vec::new();
    let mut judge = |what: &str, index: &str, plan: String| {
        let bare = plan.split("; ").any(|step| step.starts_with("SCAN") && !step.contains("INDEX"));
        if bare || plan.contains("TEMP B-TREE") || !plan.contains(index) {
            wrong.push(format!("{what} should go by `{index}`: {plan}"));
        }
    };
    people::list(w, &one, &[], None, None, 51).await.unwrap();
    judge("people of an office", "person_office", watched.plan(&db).await);
    people::list(w, &one, &["le".to_owned()], None, Some(("le".into(), id(9))), 51).await.unwrap();
    judge("people by name", "person_office", watched.plan(&db).await);
    positions::list(w, &one, None, today(), None, 51).await.unwrap();
    judge("positions of an office", "position_office", watched.plan(&db).await);
    let filter = appointments::Filter { limit: Some(51), ..Default::default() };
    appointments::list(w, &one, filter).await.unwrap();
    judge("appointments of an office", "appointment_office", watched.plan(&db).await);
    accounts::list(w, &one, None, None, 51).await.unwrap();
    judge("accounts of an office", "account_office", watched.plan(&db).await);
    offices::list(w, office_filter(None, &[])).await.unwrap();
    judge("offices", "office_version_code", watched.plan(&db).await);
    offices::list(w, office_filter(Some(id(1)), &[])).await.unwrap();
    judge("offices below one", "office_version_parent", watched.plan(&db).await);
    units::find(w, unit_filter(None, &[])).await.unwrap();
    judge("units", "unit_version_name", watched.plan(&db).await);
    units::find(w, unit_filter(Some(id(1)), &["van"])).await.unwrap();
    judge("units of an office", "unit_version_office", watched.plan(&db).await);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn what_is_looked_up_is_looked_up_by_an_index() {
    let folder = testbed::dir::temp().unwrap();
    let db = Db::open(&Db::file(&folder.path().join("identity.db"))).await.unwrap();
    db.migrate(migrations::all).await.unwrap();
    let watched = Watched::over(&db);
    let (w, all, one) = (&watched.db, scope(), scope().narrow(id(1)).unwrap());
    let mut wrong = Vec::new();
    let mut judge = |what: &str, index: &str, plan: String| {
        let scans = plan.split("; ").any(|step| step.starts_with("SCAN") && !step.contains("CONSTANT ROW"));
        if scans || !plan.contains(index) {
            wrong.push(format!("{what} should go by `{index}`: {plan}"));
        }
    };
    people::list(w, &all, &[], Some((id(1), today())), None, 51).await.unwrap();
    judge("who held a position on a day", "appointment_office", watched.plan(&db).await);
    positions::list(w, &one, Some(id(4)), today(), None, 51).await.unwrap();
    judge("positions of a unit", "position_", watched.plan(&db).await);
    let of = |person, position| appointments::Filter { person, position, limit: Some(51), ..Default::default() };
    appointments::list(w, &one, of(Some(id(2)), None)).await.unwrap();
    judge("appointments of a person", "appointment_", watched.plan(&db).await);
    appointments::list(w, &one, of(None, Some(id(2)))).await.unwrap();
    judge("appointments to a position", "appointment_", watched.plan(&db).await);
    units::find(w, unit_filter(None, &["hiem", "gap"])).await.unwrap();
    judge("how rare a word is", "unit_word", watched.plan(&db).await);
    units::find(w, unit_filter(None, &["hiem", "gap"])).await.unwrap();
    judge("units by a rare word", "unit_id=?", watched.plan_of(&db, 2).await);
    units::of_office(w, id(1)).await.unwrap();
    judge("the tree of an office", "unit_office", watched.plan(&db).await);
    offices::below(w, [id(1)], today()).await.unwrap();
    judge("what stands below an office", "office_version_parent", watched.plan(&db).await);
    authority::held(w, id(2), today()).await.unwrap();
    judge("what a person holds", "appointment_person", watched.plan(&db).await);
    lineage::inherited(w, [id(1), id(2)], today()).await.unwrap();
    judge("whose rows are reached", "ancestor_id=?", watched.plan(&db).await);
    lineage::onward::<OfficeId>(w, Noun::Office, [id(1)]).await.unwrap();
    judge("who succeeds", "noun=? AND predecessor_id=?", watched.plan(&db).await);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is looked up whenever somebody's authority is asked for: by an index each, and without sorting what a large unit
/// or a much lent position has.
#[tokio::test]
async fn authority_is_looked_up_by_indexes_and_in_their_order() {
    let folder = testbed::dir::temp().unwrap();
    let db = Db::open(&Db::file(&folder.path().join("identity.db"))).await.unwrap();
    db.migrate(migrations::all).await.unwrap();
    let watched = Watched::over(&db);
    let w = &watched.db;
    let judge = |what: &str, indexes: &[&str], plan: String| {
        let scans = plan.split("; ").any(|step| step.starts_with("SCAN") && !step.contains("part_"));
        assert!(!scans && !plan.contains("TEMP B-TREE"), "{what}: {plan}");
        assert!(indexes.iter().all(|index| plan.contains(index)), "{what} should go by {indexes:?}: {plan}");
    };
    authority::person_of(w, id(1), id(2), Instant::from_micros(1)).await.unwrap();
    judge("whose session it is", &["session", "account", "person"], watched.plan(&db).await);
    let (one, other) = (held(4), held(5));
    authority::reports(w, &[&one, &other], today()).await.unwrap();
    let indexes =
        ["reporting_head (head_id=?)", "position_of_unit (office_id=? AND unit_id=?)", "position_id=? AND from_day<?"];
    judge("who reports to the head of a unit", &indexes, watched.plan(&db).await);
    let one = scope().narrow(id(1)).unwrap();
    positions::list(w, &one, Some(id(4)), today(), None, 51).await.unwrap();
    judge("positions of a unit", &["position_of_unit (office_id=? AND unit_id=?)"], watched.plan(&db).await);
    lent::to(w, id(2), today()).await.unwrap();
    let plan = watched.plan(&db).await;
    assert!(!plan.contains("SCAN") && plan.contains("delegation_deputy (deputy_id=? AND from_day<?)"), "{plan}");
}

fn roll_filter(cell: bool, words: &[&str]) -> members::Filter {
    let words = words.iter().map(|word| (*word).to_owned()).collect();
    let organisation = cell.then(|| id(5));
    members::Filter { organisation, words, day: today(), after: Some(("le".into(), id(9))), limit: 51 }
}

#[tokio::test]
async fn the_roll_and_the_tree_of_the_party_go_by_an_index() {
    let folder = testbed::dir::temp().unwrap();
    let db = Db::open(&Db::file(&folder.path().join("identity.db"))).await.unwrap();
    db.migrate(migrations::all).await.unwrap();
    let watched = Watched::over(&db);
    let (w, one) = (&watched.db, scope().narrow(id(1)).unwrap());
    let mut wrong = Vec::new();
    let mut judge = |what: &str, index: &str, plan: String| {
        let bare = plan.split("; ").any(|step| step.starts_with("SCAN"));
        if bare || plan.contains("TEMP B-TREE") || !plan.contains(index) {
            wrong.push(format!("{what} should go by `{index}`: {plan}"));
        }
    };
    members::list(w, &one, roll_filter(false, &["hoa"])).await.unwrap();
    judge("the members of an office", "party_membership_office", watched.plan(&db).await);
    members::list(w, &one, roll_filter(true, &[])).await.unwrap();
    judge("the members of a cell", "party_membership_", watched.plan(&db).await);
    members::introduced(w, &one, None, 51).await.unwrap();
    judge("who was introduced", "party_member_introduced", watched.plan(&db).await);
    let tree = |parent| organisations::Filter { parent, words: Vec::new(), day: today(), after: None, limit: 51 };
    organisations::list(w, &one, tree(None)).await.unwrap();
    judge("the organisations of an office", "party_organisation_office", watched.plan(&db).await);
    organisations::list(w, &one, tree(Some(id(5)))).await.unwrap();
    judge("the organisations below one", "party_organisation_", watched.plan(&db).await);
    organisations::ever_below(w, id(5)).await.unwrap();
    judge("what ever stood below one", "party_organisation_parent", watched.plan(&db).await);
    committees::of_organisation(w, id(5)).await.unwrap();
    judge("the terms of an organisation", "party_committee_organisation", watched.plan(&db).await);
    committees::seats(w, [id(5)]).await.unwrap();
    judge("who sits in a committee", "party_seat_committee", watched.plan(&db).await);
    committees::seats_of(w, id(5)).await.unwrap();
    judge("the posts of a member", "party_seat_member", watched.plan(&db).await);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
