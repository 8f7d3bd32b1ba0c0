//! Opening databases: what could lose acknowledged work is refused, with the remedy in the message.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod outbox;
mod seen;

use db::{Db, DbSettings, OpenError};
use sea_orm::ConnectionTrait;
use testbed::{dir, postgres};

fn none() -> Vec<Box<dyn sea_orm_migration::MigrationTrait>> {
    Vec::new()
}

#[tokio::test]
async fn sqlite_opens_with_full_durability_and_migrates_twice() {
    let folder = dir::temp().unwrap();
    let db = Db::open(&Db::file(&folder.path().join("a.db"))).await.unwrap();
    assert!(db.pending_migrations(none).await.unwrap() > 0);
    db.migrate(none).await.unwrap();
    db.migrate(none).await.unwrap();
    assert_eq!(db.pending_migrations(none).await.unwrap(), 0);
    assert_eq!(db.head().await.unwrap().last.seq, 0);
    let written = db.reader().execute_unprepared("DELETE FROM publisher").await;
    assert!(written.is_err(), "the readers cannot write");
    db.close().await;
}

#[tokio::test]
async fn an_address_of_no_database_is_refused() {
    for url in ["", "mysql://here/there", "/var/lib/file.db"] {
        let refused = Db::open(&DbSettings { url: url.into(), ..DbSettings::default() }).await;
        assert!(matches!(refused, Err(OpenError::Address(_))), "{url}");
    }
}

/// A server of one's own, because these settings concern the whole of it.
async fn refused_with(setting: &str) -> String {
    let server = postgres::Server::start().await.unwrap();
    let database = server.database().await.unwrap();
    let settings = DbSettings { url: database.url().to_owned(), ..DbSettings::default() };
    let safe = Db::open(&settings).await.unwrap();
    safe.reader().execute_unprepared(&format!("ALTER SYSTEM SET {setting} = off")).await.unwrap();
    safe.reader().execute_unprepared("SELECT pg_reload_conf()").await.unwrap();
    safe.close().await;
    let refused = testbed::process::until("the refusal", std::time::Duration::from_secs(20), || async {
        match Db::open(&settings).await {
            Ok(db) => {
                db.close().await;
                None
            }
            Err(error) => Some(error),
        }
    });
    match refused.await.unwrap() {
        OpenError::Unsafe(why) => why,
        other => panic!("expected a refusal of the settings, got {other}"),
    }
}

#[tokio::test]
async fn postgres_without_fsync_is_refused_and_the_remedy_named() {
    let why = refused_with("fsync").await;
    assert!(why.contains("fsync") && why.contains("postgresql.conf"), "{why}");
}

#[tokio::test]
async fn postgres_that_acknowledges_before_it_syncs_is_refused() {
    let why = refused_with("synchronous_commit").await;
    assert!(why.contains("synchronous_commit = on"), "{why}");
}

#[tokio::test]
async fn a_schema_name_cannot_carry_sql() {
    let database = postgres::database().await.unwrap();
    let settings = DbSettings { url: database.url().to_owned(), schema: "x; drop".into(), ..DbSettings::default() };
    assert!(matches!(Db::open(&settings).await, Err(OpenError::Address(_))));
}

#[tokio::test]
async fn a_full_disk_is_known_for_what_it_is_and_nothing_is_half_written() {
    let folder = dir::temp().unwrap();
    let db = Db::open(&Db::file(&folder.path().join("full.db"))).await.unwrap();
    db.migrate(none).await.unwrap();
    let tx = db.begin().await.unwrap();
    tx.execute_unprepared("PRAGMA max_page_count = 60").await.unwrap();
    tx.commit().await.unwrap();
    let tx = db.begin().await.unwrap();
    let record = format!("\"{}\"", "x".repeat(600_000));
    let entry = db::audit::Entry { record, salt: String::new(), at: wire::Instant::from_micros(0) };
    let refused = db::audit::append(&tx, &entry).await.unwrap_err();
    assert!(db::is_storage_full(&refused), "{refused}");
    assert!(!db::is_storage_failure(&refused) && !db::is_retryable(&refused));
    drop(tx);
    assert_eq!(db.oldest_unsealed().await.unwrap(), None, "reading goes on, and nothing was kept");
}

#[tokio::test]
async fn a_damaged_file_stops_the_process_rather_than_the_request() {
    let folder = dir::temp().unwrap();
    let file = folder.path().join("damaged.db");
    let db = Db::open(&Db::file(&file)).await.unwrap();
    db.migrate(none).await.unwrap();
    db.close().await;
    // Every page but the first is overwritten, as a failing disk might leave them.
    let mut bytes = std::fs::read(&file).unwrap();
    bytes.iter_mut().skip(4_096).for_each(|byte| *byte = 0xA5);
    std::fs::write(&file, bytes).unwrap();
    let failed = match Db::open(&Db::file(&file)).await {
        Ok(db) => db.head().await.unwrap_err(),
        Err(OpenError::Failed(failed)) => failed,
        Err(other) => panic!("expected a failure of storage, got {other}"),
    };
    assert!(db::is_storage_failure(&failed), "{failed}");
}
