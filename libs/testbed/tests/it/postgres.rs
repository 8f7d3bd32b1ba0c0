//! PostgreSQL: version, settings, and databases that come and go.

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use testbed::postgres::{self, Server};

use crate::runs;

async fn ask(url: &str, question: &str) -> String {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let answer = sqlx::query_scalar(AssertSqlSafe(question.to_owned())).fetch_one(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    answer
}

#[tokio::test]
async fn it_is_as_durable_as_in_production() {
    let database = postgres::database().await.unwrap();
    for (setting, value) in [
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        ("data_checksums", "on"),
        ("max_connections", "200"),
        ("server_encoding", "UTF8"),
        ("listen_addresses", "127.0.0.1"),
    ] {
        assert_eq!(ask(database.url(), &format!("SHOW {setting}")).await, value, "{setting}");
    }
    assert!(ask(database.url(), "SHOW server_version_num").await.parse::<u32>().unwrap() >= 150_000);
}

#[tokio::test]
async fn databases_are_fresh_and_separate_and_gone_when_dropped() {
    let (first, second) = (postgres::database().await.unwrap(), postgres::database().await.unwrap());
    assert_ne!(first.name(), second.name());
    assert_eq!(ask(first.url(), "SELECT current_database()::text").await, first.name());
    let mut held_open = PgConnection::connect(first.url()).await.unwrap();
    sqlx::raw_sql("CREATE TABLE act (id int)").execute(&mut held_open).await.unwrap();
    let tables = "SELECT count(*)::text FROM pg_tables WHERE tablename = 'act'";
    assert_eq!(ask(second.url(), tables).await, "0");

    let name = first.name().to_owned();
    drop(first);
    let left = format!("SELECT count(*)::text FROM pg_database WHERE datname = '{name}'");
    assert_eq!(ask(second.url(), &left).await, "0", "the database outlived its test");
}

#[tokio::test]
async fn a_server_of_ones_own_leaves_nothing() {
    let server = Server::start().await.unwrap();
    let database = server.database().await.unwrap();
    let backend: u32 = ask(database.url(), "SELECT pg_backend_pid()::text").await.parse().unwrap();
    let checkpointer = "SELECT pid::text FROM pg_stat_activity WHERE backend_type = 'checkpointer'";
    let checkpointer: u32 = ask(database.url(), checkpointer).await.parse().unwrap();
    let (process, folder) = (server.id(), server.folder().to_owned());
    assert!(runs(process) && runs(checkpointer) && folder.exists());
    drop((database, server));
    assert!(!runs(process) && !runs(checkpointer) && !runs(backend), "the server outlived its test");
    assert!(!folder.exists(), "the server's folder outlived its test");
}

#[tokio::test]
async fn a_stranger_on_the_same_machine_is_not_let_in() {
    let server = Server::start().await.unwrap();
    let (_, address) = server.url().split_once('@').unwrap();
    for who in ["postgres", "postgres:postgres", "root"] {
        let refused = PgConnection::connect(&format!("postgres://{who}@{address}")).await;
        assert!(refused.is_err(), "`{who}` was let in");
    }
}
