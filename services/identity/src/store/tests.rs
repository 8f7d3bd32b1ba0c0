//! Stores against a scratch database: what is swept, and what the database itself refuses.

use std::time::Duration;

use db::{Db, DbSettings};
use schema_identity::{Account, AccountState, OfficeKind, OfficeSpan, Person, ReportingSpan};
use sea_orm::{ConnectionTrait as _, DatabaseTransaction};
use sea_orm_migration::MigrationTrait;
use uuid::Uuid;
use wire::{Day, Instant, Version, id::PositionId};

use super::{accounts, attempts, migrations, offices, people, reporting, sessions};
use crate::domain::{backoff::Failures, session::Session};

fn at(seconds: u64) -> Instant {
    Instant::from_micros(1_800_000_000_000_000).plus(Duration::from_secs(seconds))
}

fn id<T: From<Uuid>>(number: u128) -> T {
    Uuid::from_u128(number).into()
}

async fn scratch() -> (impl Drop, Db) {
    let folder = testbed::dir::temp().unwrap();
    let db = Db::open(&Db::file(&folder.path().join("identity.db"))).await.unwrap();
    db.migrate(migrations::all).await.unwrap();
    (folder, db)
}

async fn session(tx: &DatabaseTransaction, number: u128, expires: u64) {
    let session = Session {
        id: id(number),
        account: id(1),
        person: id(2),
        office: id(3),
        began: at(0),
        expires: at(expires),
        ended: None,
    };
    sessions::insert(tx, &session).await.unwrap();
    sessions::insert_token(tx, format!("token {number}"), session.id, at(expires)).await.unwrap();
}

#[tokio::test]
async fn what_is_over_is_swept_and_nothing_else() {
    let (_folder, db) = scratch().await;
    let tx = db.begin().await.unwrap();
    session(&tx, 10, 100).await;
    session(&tx, 11, 200).await;
    accounts::put_code(&tx, id(20), id(1), "code".into(), at(150)).await.unwrap();
    for (key, last) in [("account:a", 100), ("network:b", 200)] {
        attempts::count(&tx, key, at(0), at(last)).await.unwrap();
    }
    sessions::sweep(&tx, at(150)).await.unwrap();
    accounts::sweep_codes(&tx, at(149)).await.unwrap();
    attempts::sweep(&tx, at(150)).await.unwrap();
    assert_eq!(sessions::lock(&tx, id(10)).await.unwrap(), None);
    assert_eq!(sessions::token(&tx, "token 10").await.unwrap(), None);
    assert!(sessions::lock(&tx, id(11)).await.unwrap().is_some());
    assert!(sessions::token(&tx, "token 11").await.unwrap().is_some());
    assert_eq!(accounts::of_code(&tx, "code", at(149)).await.unwrap(), Some(id(1)));
    assert_eq!(accounts::of_code(&tx, "code", at(150)).await.unwrap(), None);
    assert_eq!(attempts::get(&tx, "account:a").await.unwrap(), None);
    assert!(attempts::get(&tx, "network:b").await.unwrap().is_some());
    tx.rollback().await.unwrap();
    db.close().await;
}

#[tokio::test]
async fn failures_add_up_are_halved_and_begin_anew_when_forgotten() {
    let (_folder, db) = scratch().await;
    let tx = db.begin().await.unwrap();
    for last in 1..=7 {
        attempts::count(&tx, "network:b", at(0), at(last)).await.unwrap();
    }
    assert_eq!(attempts::get(&tx, "network:b").await.unwrap(), Some(Failures { count: 7, last: at(7) }));
    attempts::halve(&tx, "network:b").await.unwrap();
    assert_eq!(attempts::get(&tx, "network:b").await.unwrap(), Some(Failures { count: 3, last: at(7) }));
    attempts::count(&tx, "network:b", at(7), at(90)).await.unwrap();
    assert_eq!(attempts::get(&tx, "network:b").await.unwrap(), Some(Failures { count: 1, last: at(90) }));
    tx.rollback().await.unwrap();
    db.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn first_failures_at_once_all_count_on_postgresql() {
    let database = testbed::postgres::database().await.unwrap();
    let settings = DbSettings { url: database.url().to_owned(), ..DbSettings::default() };
    let db = Db::open(&settings).await.unwrap();
    db.migrate(migrations::all).await.unwrap();
    let (one, two) = (db.begin().await.unwrap(), db.begin().await.unwrap());
    for tx in [&one, &two] {
        assert_eq!(attempts::lock(tx, "account:a").await.unwrap(), None);
    }
    for (tx, last) in [(one, 1), (two, 2)] {
        attempts::count(&tx, "account:a", at(0), at(last)).await.unwrap();
        tx.commit().await.unwrap();
    }
    let counted = attempts::get(db.reader(), "account:a").await.unwrap();
    assert_eq!(counted, Some(Failures { count: 2, last: at(2) }));
    db.close().await;
}

#[tokio::test]
async fn the_database_itself_keeps_offices_and_names() {
    let (_folder, db) = scratch().await;
    let tx = db.begin().await.unwrap();
    let person = Person {
        id: id(2),
        office: id(3),
        full_name: "Lê Thị Hoa".into(),
        contact: None,
        active: true,
        version: Version::FIRST,
    };
    people::insert(&tx, &person).await.unwrap();
    let moved = people::save(&tx, &Person { office: id(4), ..person.clone() }).await;
    assert!(moved.unwrap_err().to_string().contains("the office of a row of person never changes"));
    people::save(&tx, &Person { active: false, ..person }).await.unwrap();
    let account = |number: u128| Account {
        id: id(number),
        office: id(3),
        person: id(number),
        username: Some("le.hoa".into()),
        state: AccountState::Locked,
        version: Version::FIRST,
    };
    accounts::insert(&tx, &account(30)).await.unwrap();
    let taken = accounts::insert(&tx, &account(31)).await.unwrap_err();
    assert!(accounts::is_taken(&taken), "{taken}");
    let bare = tx.execute_unprepared("UPDATE account SET office_id = NULL").await;
    assert!(bare.is_err());
    tx.rollback().await.unwrap();
    db.close().await;
}

/// The migrations of before offices and direct heads were dated.
fn undated() -> Vec<Box<dyn MigrationTrait>> {
    migrations::all().into_iter().take(3).collect()
}

async fn dated(db: Db) {
    db.migrate(undated).await.unwrap();
    let tx = db.begin().await.unwrap();
    let uuid = |number: u128| match tx.get_database_backend() {
        sea_orm::DatabaseBackend::Postgres => format!("'{}'", Uuid::from_u128(number)),
        _ => format!("X'{}'", Uuid::from_u128(number).simple()),
    };
    let position = |number: u128, days: &str, head: Option<u128>| {
        let (id, office) = (uuid(number), uuid(2));
        let head = head.map_or("NULL".to_owned(), uuid);
        format!(
            "INSERT INTO position (id, office_id, unit_id, title, roles, head, below, from_day, to_day, reports_to, version)
             VALUES ({id}, {office}, {office}, 'Chuyên viên', '[]', FALSE, FALSE, {days}, {head}, 1)"
        )
    };
    let statements = [
        format!(
            "INSERT INTO office VALUES ({}, 'TW', 'Trung ương', 'trung uong', 'centre', NULL, '2025-07-01', NULL, 1)",
            uuid(1)
        ),
        format!(
            "INSERT INTO office VALUES ({}, '95', 'Tỉnh ủy', 'tinh uy', 'province', {}, '2025-07-01', '2030-01-01', 3)",
            uuid(2),
            uuid(1)
        ),
        position(10, "'2025-07-01', '2027-01-01'", None),
        position(11, "'2025-07-01', NULL", Some(10)),
        position(12, "'2026-01-01', '2026-06-01'", Some(11)),
        position(13, "'2026-01-01', '2026-06-01'", Some(10)),
    ];
    for statement in statements {
        tx.execute_unprepared(&statement).await.unwrap();
    }
    tx.commit().await.unwrap();
    db.migrate(migrations::all).await.unwrap();
    let day = |text: &str| text.parse::<Day>().unwrap();
    let office = offices::get(db.reader(), id(2)).await.unwrap().unwrap();
    let span = OfficeSpan {
        from: day("2025-07-01"),
        to: Some(day("2030-01-01")),
        name: "Tỉnh ủy".into(),
        kind: OfficeKind::Province,
        parent: Some(id(1)),
        instrument: None,
    };
    assert_eq!((office.code.as_str(), office.spans.as_slice(), office.version), ("95", &[span][..], Version(3)));
    for (position, from, to, head) in [
        (11, "2025-07-01", Some("2027-01-01"), 10),
        (12, "2026-01-01", Some("2026-06-01"), 11),
        (13, "2026-01-01", Some("2026-06-01"), 10),
    ] {
        let position: PositionId = id(position);
        let spans = reporting::chain(db.reader(), position).await.unwrap().remove(&position).unwrap();
        assert_eq!(spans, [ReportingSpan { from: day(from), to: to.map(day), reports_to: id(head) }]);
    }
    db.close().await;
}

#[tokio::test]
async fn offices_and_direct_heads_of_before_get_their_spans_on_sqlite() {
    let folder = testbed::dir::temp().unwrap();
    dated(Db::open(&Db::file(&folder.path().join("identity.db"))).await.unwrap()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn offices_and_direct_heads_of_before_get_their_spans_on_postgresql() {
    let database = testbed::postgres::database().await.unwrap();
    let settings = DbSettings { url: database.url().to_owned(), ..DbSettings::default() };
    dated(Db::open(&settings).await.unwrap()).await;
}
