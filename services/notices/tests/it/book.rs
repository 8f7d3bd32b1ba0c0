//! What the tables refuse whoever writes to them, and what never stands in them.

use schema_programme::AssignmentState as State;
use sea_orm::ConnectionTrait as _;
use serde_json::json;
use testbed::Pair;

use crate::office::{CANARY, Office, work};

async fn the_book_stands(pair: Pair) {
    let mut office = Office::open(pair, json!({})).await;
    office.tell(&work(&office, 1, 1, State::Assigned, json!({}))).await;
    office.settled().await;
    let table = [
        ("UPDATE notice SET person_id = office_id", "never changes"),
        ("UPDATE notice SET kind = 'overdue'", "never changes"),
        ("UPDATE notice SET source_version = 9", "never changes"),
        ("UPDATE notice SET read_at = 1; UPDATE notice SET read_at = NULL", "stays read"),
        (
            "INSERT INTO notice SELECT person_id, office_id, person_id, kind, source_kind, source_id, source_version, \
             due, at, read_at, settled_at, unread, to_mail FROM notice",
            "unique",
        ),
    ];
    for (statement, why) in table {
        let tx = office.db().begin().await.unwrap();
        let failed = tx.execute_unprepared(statement).await.err().map(|error| error.to_string());
        tx.rollback().await.unwrap();
        let failed = failed.unwrap_or_else(|| panic!("the book took `{statement}`"));
        assert!(failed.to_lowercase().contains(why), "`{statement}`: {failed}");
    }
    office.finish().await;
}

#[tokio::test]
async fn sqlite_keeps_the_book() {
    the_book_stands(Pair::LocalSqlite).await;
}

#[tokio::test]
async fn postgresql_keeps_the_book() {
    the_book_stands(Pair::LocalPostgres).await;
}

#[tokio::test]
async fn no_title_and_no_name_is_ever_written_here() {
    let mut office = Office::plain().await;
    office.tell(&work(&office, 1, 1, State::Assigned, json!({}))).await;
    office.settled().await;
    let mut looked_at = 0;
    for entry in std::fs::read_dir(office.folder()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !name.starts_with("notices.db") {
            continue;
        }
        looked_at += 1;
        let bytes = std::fs::read(&path).unwrap();
        assert!(!bytes.windows(CANARY.len()).any(|part| part == CANARY.as_bytes()), "{name} holds a title");
    }
    assert!(looked_at > 0);
    office.finish().await;
}
