//! What whoever measures is told: statements, beginnings, connections, and what stands in the book.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use db::{Db, DbSettings, Pool, Seen, inbox, jobs};
use sea_orm::ConnectionTrait as _;
use testbed::{dir, postgres};
use uuid::Uuid;
use wire::{Envelope, Instant, Position};

fn now() -> Instant {
    "2026-11-22T08:00:00Z".parse().unwrap()
}

/// Keeps the words of what is seen: of statements theirs, `!` before those that failed, and `begun`.
fn listening(db: Db) -> (Db, Arc<Mutex<Vec<String>>>) {
    let heard = Arc::<Mutex<Vec<String>>>::default();
    let ear = Arc::clone(&heard);
    let db = db.observed(Arc::new(move |seen| {
        let word = match seen {
            Seen::Statement { operation, failed, .. } => format!("{}{operation}", if failed { "!" } else { "" }),
            Seen::Begun { .. } => "begun".to_owned(),
        };
        ear.lock().unwrap().push(word);
    }));
    (db, heard)
}

async fn every_statement_is_told(db: Db) {
    let (db, heard) = listening(db);
    let tx = db.begin().await.unwrap();
    jobs::enqueue(&tx, Uuid::from_u128(9), "sweep", None, "null", now()).await.unwrap();
    tx.commit().await.unwrap();
    assert!(db.reader().query_one_raw(statement(&db, "SELECT consumer FROM subscriber")).await.unwrap().is_none());
    assert!(db.reader().query_one_raw(statement(&db, "SELECT id FROM nothing_of_this_name")).await.is_err());
    assert_eq!(*heard.lock().unwrap(), ["begun", "INSERT", "SELECT", "!SELECT"]);
}

fn statement(db: &Db, sql: &str) -> sea_orm::Statement {
    sea_orm::Statement::from_string(db.reader().get_database_backend(), sql)
}

fn event(id: u128) -> Envelope {
    Envelope {
        id: Uuid::from_u128(id),
        kind: "thing_changed.v1".into(),
        position: Position { epoch: 1, seq: 1 },
        aggregate: Uuid::nil(),
        office: Uuid::nil().into(),
        at: now(),
        trace: None,
        body: serde_json::Value::Null,
    }
}

async fn what_stands_is_counted(db: &Db) {
    let nothing = db.standing(now()).await.unwrap();
    assert_eq!((nothing.dead_letters, nothing.jobs_due, nothing.jobs_parked, nothing.unsealed), (0, 0, 0, 0));
    assert_eq!((nothing.jobs_due_since, nothing.unsealed_since), (None, None));

    let (hour, earlier) = (Duration::from_secs(3_600), now().minus(Duration::from_secs(3_600)));
    let tx = db.begin().await.unwrap();
    inbox::park(&tx, "desk", &event(1), "why", now()).await.unwrap();
    for (id, due) in [(1, earlier), (2, now()), (3, now().plus(hour))] {
        jobs::enqueue(&tx, Uuid::from_u128(id), "sweep", None, "null", due).await.unwrap();
    }
    for at in [earlier, now()] {
        let entry = db::audit::Entry { record: "{}".into(), salt: "00".into(), at };
        db::audit::append(&tx, &entry).await.unwrap();
    }
    tx.commit().await.unwrap();
    let found = db.standing(now()).await.unwrap();
    assert_eq!((found.dead_letters, found.jobs_due, found.jobs_parked, found.unsealed), (1, 2, 0, 2));
    assert_eq!((found.jobs_due_since, found.unsealed_since), (Some(earlier), Some(earlier)));

    let job = db.lease_job(now(), now().plus(hour)).await.unwrap().unwrap();
    db.fail_job(&job, "why", None, now()).await.unwrap();
    db.seal("vanphong/desk", now(), str::to_owned).await.unwrap();
    let found = db.standing(now()).await.unwrap();
    assert_eq!((found.jobs_due, found.jobs_due_since, found.jobs_parked), (1, Some(now()), 1));
    assert_eq!((found.unsealed, found.unsealed_since), (0, None));
}

fn pool(db: &Db, name: &str) -> Pool {
    db.pools().into_iter().find(|pool| pool.name == name).unwrap()
}

#[tokio::test]
async fn on_sqlite() {
    let folder = dir::temp().unwrap();
    let file = folder.path().join("a.db");
    let db = Db::open(&Db::file(&file)).await.unwrap();
    db.migrate(Vec::new).await.unwrap();
    what_stands_is_counted(&db).await;
    assert_eq!(db.path().unwrap(), file);
    assert!(std::fs::metadata(db::wal_of(&file)).unwrap().len() > 0);

    // There is one writer: whoever wants to write meanwhile waits, and is counted for as long as it waits.
    let tx = db.begin().await.unwrap();
    assert_eq!(pool(&db, "writer"), Pool { name: "writer", used: 1, idle: 0, most: 1, pending: 0 });
    assert_eq!((pool(&db, "reader").most, pool(&db, "reader").pending), (2, 0));
    let mut waiting = Box::pin(db.begin());
    assert!(tokio::time::timeout(Duration::from_millis(50), &mut waiting).await.is_err());
    assert_eq!(pool(&db, "writer").pending, 1);
    tx.rollback().await.unwrap();
    waiting.await.unwrap().rollback().await.unwrap();
    assert_eq!(pool(&db, "writer").pending, 0);
    let tx = db.begin().await.unwrap();
    let given_up = tokio::time::timeout(Duration::from_millis(50), db.begin()).await;
    assert!(given_up.is_err() && pool(&db, "writer").pending == 0, "who has given up does not wait");
    tx.rollback().await.unwrap();
    every_statement_is_told(db).await;
}

#[tokio::test]
async fn on_postgres() {
    let database = postgres::database().await.unwrap();
    let settings = DbSettings { url: database.url().to_owned(), ..DbSettings::default() };
    let db = Db::open(&settings).await.unwrap();
    db.migrate(Vec::new).await.unwrap();
    what_stands_is_counted(&db).await;
    assert_eq!(db.path(), None);
    let tx = db.begin().await.unwrap();
    let pool = pool(&db, "both");
    assert!(pool.used >= 1 && pool.used + pool.idle <= pool.most && pool.pending == 0, "{pool:?}");
    tx.rollback().await.unwrap();
    every_statement_is_told(db).await;
}
