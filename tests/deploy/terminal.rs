//! One service from its own terminal against the running rest, by `deploy/terminal`, under nothing but what
//! `vanphong deploy init` made for it.

use std::{path::Path, process::Command, time::Duration};

use db::Db;
use office::deploy::rights::GATEWAY;
use schema_documents::ListGenres;
use testbed::{nats, postgres, process::Child};
use wire::Kind;

use crate::{
    deployment::Deployment,
    roles,
    running::{ask, start},
};

const UP: Duration = Duration::from_secs(120);

/// The command of the README, with the addresses of the test's servers and a program that is built already.
fn terminal(deployment: &Deployment, broker: &nats::Server, books: &postgres::Server, service: &str) -> Command {
    let (_, place) = books.url().rsplit_once('@').unwrap();
    let test = std::env::current_exe().unwrap();
    let program = test.ancestors().nth(2).unwrap().join(service);
    assert!(program.is_file(), "`{}` is not built: run `cargo build --workspace` first", program.display());
    let mut command = Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy/terminal"));
    command.arg(service);
    command.env("VANPHONG_STATE", deployment.path("")).env("VANPHONG_DATA", deployment.path("../data"));
    command.env("VANPHONG_NATS", broker.url()).env("VANPHONG_MONITOR", broker.monitor_url());
    command.env("VANPHONG_DATABASE", format!("{place}?sslmode=disable")).env("VANPHONG_PROGRAM", program);
    command
}

/// A question to documents in which nothing need be said.
fn genres() -> ListGenres {
    serde_json::from_str("{}").unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_service_runs_from_a_terminal_against_the_rest() {
    let deployment = Deployment::make();
    let (broker, books) = tokio::join!(deployment.broker(), roles::server(&deployment));
    deployment.prepare(&broker).await;
    let mut rest = Vec::new();
    for service in office::services().into_iter().filter(|service| service.name() != "documents") {
        rest.push(start(&deployment, &broker, &books, service).await);
    }
    let owner = Db::open(&roles::settings(&deployment, &books, "documents-migrate", "documents")).await.unwrap();
    service::migrate(&documents::service(), &owner).await.unwrap();
    owner.close().await;
    let door = deployment.bus(&broker, GATEWAY).await;
    let away = ask(&door, None, &genres()).await.unwrap_err();
    assert_eq!(away.kind, Kind::Busy, "{away:?}");

    let log = deployment.path("../documents.log");
    let mut child = Child::spawn(&mut terminal(&deployment, &broker, &books, "documents"), &log, None).unwrap();
    child.line("\"serving\"", UP).await.unwrap();
    // It answers at the door, as one of the house: it has asked identity who that might be.
    let refused = ask(&door, None, &genres()).await.unwrap_err();
    assert_eq!(refused.kind, Kind::Unauthenticated, "{refused:?}");
    let health = terminal(&deployment, &broker, &books, "documents").arg("health").output().unwrap();
    assert!(health.status.success(), "{health:?}\n{}", child.printed());
    assert!(child.end("TERM", UP).await.unwrap().success(), "{}", child.printed());

    for (one, life) in rest {
        one.stop().await;
        assert!(life.stop_and_wait(UP).await.is_empty());
    }
}

#[test]
fn a_terminal_without_keys_is_told_what_to_do() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = testbed::dir::temp().unwrap();
    let mut command = Command::new(root.join("deploy/terminal"));
    command.arg("documents").env("VANPHONG_STATE", folder.path()).env("VANPHONG_DATA", folder.path());
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("vanphong deploy init"), "{said}");
}
