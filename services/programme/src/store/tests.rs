//! The tables against scratch databases: what an earlier version wrote is still there after the migrations that came
//! since, and of a document the later telling counts.

use db::{Db, DbSettings};
use sea_orm::{ConnectionTrait as _, entity::prelude::*};
use sea_orm_migration::MigrationTrait;
use serde_json::json;
use wire::{
    Instant, Version,
    id::{IncomingId, OfficeId, PersonId, PositionId},
};

use super::{
    calendar::sheets,
    m0001_assignments::Assignments,
    migrations,
    rows::{Column, Entity},
    sources,
};
use crate::domain::petition;

/// A database of either kind, and what it lives in.
struct Scratch {
    db: Db,
    postgres: bool,
    _place: Box<dyn std::any::Any>,
}

impl Scratch {
    async fn open(postgres: bool) -> Self {
        let (settings, place): (DbSettings, Box<dyn std::any::Any>) = if postgres {
            let database = testbed::postgres::database().await.unwrap();
            let (url, schema) = (database.url().to_owned(), "programme".to_owned());
            (DbSettings { url, schema, ..DbSettings::default() }, Box::new(database))
        } else {
            let folder = testbed::dir::temp().unwrap();
            (Db::file(&folder.path().join("programme.db")), Box::new(folder))
        };
        Self { db: Db::open(&settings).await.unwrap(), postgres, _place: place }
    }

    /// Runs statements; `{1}` is the id of that number.
    async fn run(&self, statements: &str) -> Result<(), DbErr> {
        let mut text = statements.to_owned();
        for number in 0..100_u128 {
            let id = Uuid::from_u128(number);
            let literal = if self.postgres { format!("'{id}'") } else { format!("X'{}'", id.simple()) };
            text = text.replace(&format!("{{{number}}}"), &literal);
        }
        let tx = self.db.begin().await?;
        tx.execute_unprepared(&text).await?;
        tx.commit().await
    }
}

fn first() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(Assignments)]
}

/// What stands in the column `parts` of work of the first version.
fn parts(kind: &str) -> String {
    let actor = json!({ "person": Uuid::from_u128(33), "position": Uuid::from_u128(34) });
    json!({
        "source": { "kind": kind, "id": Uuid::from_u128(9), "label": "Đơn của ông Ví Dụ" }, "urgency": "normal",
        "coordinators": [], "earlier_leads": [], "assigned_by": actor, "waits": [], "extensions": [], "pauses": [],
        "due_reason": { "basis": "day", "vi": "v", "en": "e" }, "reason": "ông Ví Dụ", "evidence": [],
    })
    .to_string()
}

/// Work 1 from a petition, accepted twice, and work 2 by word of mouth that nobody accepted.
fn rows_of_the_first_version() -> String {
    let work = |id: u8, handler: &str, version: u8, state: &str, kind: &str| {
        format!(
            "INSERT INTO assignment (id, office_id, version, title, title_folded, expected_product, lead_unit_id, \
             handler_id, assigned_at, due, original_due, state, owed, waiting, parts) VALUES ({{{id}}}, {{10}}, \
             {version}, 'ông Ví Dụ', '', 'Báo cáo', {{21}}, {handler}, 0, '2026-12-03', '2026-12-03', '{state}', true, \
             false, '{}');",
            parts(kind)
        )
    };
    let entry = |id: u8, version: u8, act: &str, position: u8, state: &str| {
        format!(
            "INSERT INTO assignment_entry (assignment_id, version, office_id, act, by_person_id, by_position_id, at, \
             note, state, lead_unit_id, due) VALUES ({{{id}}}, {version}, {{10}}, '{act}', {{31}}, {{{position}}}, 0, \
             'ông Ví Dụ', '{state}', {{21}}, '2026-12-03');"
        )
    };
    [
        work(1, "{31}", 4, "accepted", "petition"),
        entry(1, 1, "assign", 34, "assigned"),
        entry(1, 2, "accept", 41, "accepted"),
        entry(1, 3, "hand_over", 34, "assigned"),
        entry(1, 4, "accept", 42, "accepted"),
        work(2, "NULL", 1, "assigned", "spoken_order"),
        entry(2, 1, "assign", 34, "assigned"),
    ]
    .concat()
}

async fn positions_are_filled_in(postgres: bool) {
    let scratch = Scratch::open(postgres).await;
    scratch.db.migrate(first).await.unwrap();
    scratch.run(&rows_of_the_first_version()).await.unwrap();
    scratch.db.migrate(migrations::all).await.unwrap();
    let conn = scratch.db.reader();
    let noun = async |number: u128| {
        let row = Entity::find_by_id(Uuid::from_u128(number)).one(conn).await.unwrap();
        row.unwrap().noun(None).unwrap()
    };
    let (petition, spoken) = (noun(1).await, noun(2).await);
    assert_eq!(petition.handler, Some(PersonId(Uuid::from_u128(31))));
    assert_eq!(petition.handler_position, Some(PositionId(Uuid::from_u128(42))), "where it was accepted last");
    assert_eq!((spoken.handler_position, spoken.term_unit), (None, None));
    let given = Entity::find().filter(Column::GiverPositionId.eq(Uuid::from_u128(34))).all(conn).await.unwrap();
    assert_eq!(given.len(), 2);
    assert_eq!((petition.title.as_str(), spoken.title.as_str()), (petition::TITLE, "ông Ví Dụ"));
    assert!(!serde_json::to_string(&petition).unwrap().contains("Ví Dụ"), "{petition:?}");
    let notes = super::entries::Entity::find().filter(super::entries::Column::Note.is_not_null());
    assert_eq!(notes.all(conn).await.unwrap().len(), 1, "only of the other work");
    for attack in ["UPDATE assignment SET due = '2099-01-01'", "UPDATE assignment_entry SET note = 'x'"] {
        assert!(scratch.run(attack).await.is_err(), "unguarded: {attack}");
    }
}

#[tokio::test]
async fn positions_of_older_work_are_filled_in_from_its_history() {
    positions_are_filled_in(false).await;
    positions_are_filled_in(true).await;
}

async fn the_later_telling_counts(postgres: bool) {
    let scratch = Scratch::open(postgres).await;
    scratch.db.migrate(migrations::all).await.unwrap();
    let tx = scratch.db.begin().await.unwrap();
    let office = OfficeId(Uuid::from_u128(10));
    let (document, other) = (IncomingId(Uuid::from_u128(1)), IncomingId(Uuid::from_u128(2)));
    let told =
        async |version, gone, again| sources::keep(&tx, office, document, Version(version), gone, again).await.unwrap();
    let is_gone = async |seen| sources::is_gone(&tx, office, document, Version(seen)).await.unwrap();
    assert!(!is_gone(2).await, "nobody said so");
    assert!(told(3, true, false).await);
    assert!(!told(3, true, false).await, "no news");
    assert!(!told(2, false, false).await, "an older telling");
    assert!(is_gone(2).await, "what was told later counts");
    assert!(!is_gone(4).await, "what was seen later counts");
    assert!(!told(4, false, false).await, "known");
    assert!(told(5, true, false).await);
    assert!(told(1, false, true).await, "reconciled with a publisher that was restored");
    assert!(!is_gone(1).await);
    let strange = sources::keep(&tx, office, other, Version(1), false, false).await.unwrap();
    assert!(!strange && sources::Entity::find_by_id(other.0).one(&tx).await.unwrap().is_none(), "no row for nothing");
    tx.rollback().await.unwrap();
}

#[tokio::test]
async fn of_a_document_the_later_telling_counts() {
    the_later_telling_counts(false).await;
    the_later_telling_counts(true).await;
}

async fn identity_is_read_afresh(postgres: bool) {
    let scratch = Scratch::open(postgres).await;
    scratch.db.migrate(first).await.unwrap();
    let stood = "INSERT INTO consumed (publisher, epoch, seq) VALUES ('identity', 1, 5), ('documents', 1, 6)";
    scratch.run(stood).await.unwrap();
    scratch.db.migrate(migrations::all).await.unwrap();
    let stands = async |publisher| db::inbox::position(scratch.db.reader(), publisher).await.unwrap();
    assert_eq!(stands("identity").await, None, "positions were told before anybody kept them");
    assert_eq!(stands("documents").await.map(|at| at.seq), Some(6));
}

#[tokio::test]
async fn positions_that_were_told_before_they_were_kept_are_read_from_the_snapshot() {
    identity_is_read_afresh(false).await;
    identity_is_read_afresh(true).await;
}

async fn a_sheet_is_old_since_it_was_first_seen(postgres: bool) {
    let scratch = Scratch::open(postgres).await;
    scratch.db.migrate(migrations::all).await.unwrap();
    let tx = scratch.db.begin().await.unwrap();
    let office = OfficeId(Uuid::from_u128(10));
    let seen = async |at: i64, sheets: &[&str]| {
        let contents = sheets.iter().map(|sheet| (*sheet).to_owned()).collect();
        sheets::note(&tx, office, contents, Instant::from_micros(at)).await.unwrap();
    };
    let before = async |at| sheets::seen_before(&tx, office, Instant::from_micros(at)).await.unwrap();
    seen(10, &["one"]).await;
    seen(20, &["one", "two"]).await;
    seen(30, &[]).await;
    assert_eq!(before(10).await.len(), 0);
    assert_eq!(before(20).await.into_iter().collect::<Vec<_>>(), ["one"], "seen again is not seen anew");
    sheets::forget(&tx, office, before(20).await).await.unwrap();
    assert_eq!(before(21).await.into_iter().collect::<Vec<_>>(), ["two"]);
    tx.rollback().await.unwrap();
}

#[tokio::test]
async fn a_printed_week_is_old_since_it_was_first_seen() {
    a_sheet_is_old_since_it_was_first_seen(false).await;
    a_sheet_is_old_since_it_was_first_seen(true).await;
}
