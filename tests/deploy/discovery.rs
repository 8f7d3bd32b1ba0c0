//! Any NATS client lists, pings and reads the statistics of our services (ADR-32): shown with `nats-py`, as the user
//! `monitor` of a deployment, who may do that and nothing else.

use std::{collections::BTreeSet, path::Path, process::Command, time::Duration};

use office::deploy::{
    certificates::ROOT,
    keys::NKEY,
    rights::{GATEWAY, MONITOR},
};
use schema_identity::{Hidden, SignIn};
use serde_json::Value;
use service::{Service, builtin};
use wire::{Kind, call_subject};

use crate::{
    deployment::Deployment,
    roles,
    running::{ask, start},
};

/// How often somebody tries to sign in.
const ATTEMPTS: u64 = 3;

#[tokio::test(flavor = "multi_thread")]
async fn a_python_client_lists_pings_and_reads_statistics() {
    let deployment = Deployment::make();
    let (broker, books) = tokio::join!(deployment.broker(), roles::server(&deployment));
    deployment.prepare(&broker).await;
    let mut running = Vec::new();
    for service in office::services() {
        running.push(start(&deployment, &broker, &books, service).await);
    }
    let door = deployment.bus(&broker, GATEWAY).await;
    for _ in 0..ATTEMPTS {
        let wrong = SignIn { username: "khong.ai".to_owned(), password: Hidden("không đúng đâu".to_owned()) };
        assert_eq!(ask(&door, None, &wrong).await.unwrap_err().kind, Kind::Unauthenticated);
    }

    let (server, folder) = (broker.url(), deployment.path(MONITOR));
    let told = tokio::task::spawn_blocking(move || python(&server, &folder)).await.unwrap();
    for service in office::services() {
        let name = service.name();
        let ping = of(&told["ping"], name);
        assert_eq!(ping["type"], "io.nats.micro.v1.ping_response");
        for answer in [of(&told["info"], name), of(&told["stats"], name)] {
            assert_eq!((&answer["id"], &answer["version"]), (&ping["id"], &ping["version"]), "{name}");
            assert_eq!(subjects(answer), promised(&service), "{name}");
        }
    }
    assert_eq!(told["one"]["name"], "identity");
    let statistics = of(&told["stats"], "identity");
    let signing_in = endpoint(statistics, "call.identity.sign_in.v1");
    assert_eq!((&signing_in["num_requests"], &signing_in["num_errors"]), (&ATTEMPTS.into(), &ATTEMPTS.into()));
    assert!(signing_in["processing_time"].as_u64() > Some(0), "{signing_in}");
    assert_eq!(endpoint(statistics, "call.identity.sign_out.v1")["num_requests"], 0);

    // It may watch, and it may call nothing.
    assert_eq!(told["complaints_before"], serde_json::json!([]));
    assert!(told["complaints_after"].to_string().to_lowercase().contains("permissions violation"), "{told}");
    for (one, life) in running {
        one.stop().await;
        assert!(life.stop_and_wait(Duration::from_secs(60)).await.is_empty());
    }
}

/// Runs the client, and reads what it prints.
fn python(server: &str, folder: &Path) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new("python3")
        .arg(root.join("deploy/discovery.py"))
        .arg(server)
        .args([folder.join(ROOT), folder.join(NKEY)])
        .arg(office::services().len().to_string())
        .env("PYTHONPATH", root.join("../target/servers/nats-py"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .expect("python3");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "if `nats` is missing run `./test servers`: {complaint}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What one service answered, among all.
fn of<'a>(answers: &'a Value, service: &str) -> &'a Value {
    let found = answers.as_array().unwrap().iter().find(|answer| answer["name"] == service);
    found.unwrap_or_else(|| panic!("{service} does not answer: {answers}"))
}

fn endpoint<'a>(answer: &'a Value, subject: &str) -> &'a Value {
    let found = answer["endpoints"].as_array().unwrap().iter().find(|endpoint| endpoint["subject"] == subject);
    found.unwrap_or_else(|| panic!("{subject} is not told: {answer}"))
}

fn subjects(answer: &Value) -> BTreeSet<String> {
    let endpoints = answer["endpoints"].as_array().unwrap();
    endpoints.iter().map(|endpoint| endpoint["subject"].as_str().unwrap().to_owned()).collect()
}

/// What a service promises in its contract, and what every service answers.
fn promised(service: &Service) -> BTreeSet<String> {
    let own = service.contract().calls.iter().map(|row| row.name.as_str());
    own.chain(builtin::ALL).map(|name| call_subject(service.name(), name)).collect()
}
