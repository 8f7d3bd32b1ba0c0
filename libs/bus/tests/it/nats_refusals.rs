//! Servers and settings that are refused, each with its remedy.

use std::fs;

use bus::{Bus, ConnectError, NatsSettings};
use testbed::nats::{Options, Server};

use crate::{
    events::publish,
    world::{settings, topology},
};

async fn refusal(settings: &NatsSettings) -> String {
    match Bus::nats(settings, "documents").await {
        Err(ConnectError::Unsafe(text)) => text,
        Err(other) => panic!("refused for another reason: {other}"),
        Ok(_) => panic!("not refused"),
    }
}

#[tokio::test]
async fn a_server_that_syncs_lazily_is_refused() {
    let server = Server::start_with(Options { sync_always: false, ..Options::default() }).await.unwrap();
    let refusal = refusal(&settings(&server)).await;
    assert!(refusal.contains("sync_interval: always"), "{refusal}");
}

#[tokio::test]
async fn a_server_that_cannot_be_looked_at_is_refused() {
    let server = Server::start().await.unwrap();
    let other = Server::start().await.unwrap();
    let nothing_there = "http://127.0.0.1:1".to_owned();
    let not_http = server.url();
    let client_port = server.url().replace("nats://", "http://");
    for monitor in [String::new(), nothing_there, not_http, client_port, other.monitor_url()] {
        let refusal = refusal(&NatsSettings { monitor: monitor.clone(), ..settings(&server) }).await;
        assert!(refusal.contains("set `monitor`"), "`{monitor}`: {refusal}");
    }
    Bus::nats(&settings(&server), "documents").await.unwrap();
}

#[tokio::test]
async fn a_server_for_small_messages_only_is_refused() {
    let more = "max_payload: 64KB".to_owned();
    let server = Server::start_with(Options { more, ..Options::default() }).await.unwrap();
    let refusal = refusal(&settings(&server)).await;
    assert!(refusal.contains("max_payload"), "{refusal}");
}

#[tokio::test]
async fn settings_that_cannot_be_used_are_refused() {
    let with = |url: &str| NatsSettings { urls: vec![url.to_owned()], ..NatsSettings::default() };
    let half = NatsSettings { cert_file: Some("cert.pem".into()), ..NatsSettings::default() };
    let missing = NatsSettings { nkey_seed_file: Some("/nowhere/seed".into()), ..NatsSettings::default() };
    let none = NatsSettings { urls: Vec::new(), ..NatsSettings::default() };
    for settings in [with("nats://admin:secret@127.0.0.1"), with("nats://two words"), half, missing, none] {
        let refused = Bus::nats(&settings, "documents").await.err();
        let Some(ConnectError::Settings(text)) = refused else { panic!("{settings:?} gave {refused:?}") };
        assert!(!text.contains("secret"), "{text}");
    }
}

#[tokio::test]
async fn a_server_with_a_certificate_is_reached_by_its_authority_only() {
    let folder = testbed::dir::temp().unwrap();
    let place = |name: &str| folder.path().join(name);
    let authority = rcgen::KeyPair::generate().unwrap();
    let certificate = rcgen::CertificateParams::new(["127.0.0.1".to_owned()]).unwrap().self_signed(&authority).unwrap();
    fs::write(place("cert.pem"), certificate.pem()).unwrap();
    fs::write(place("key.pem"), authority.serialize_pem()).unwrap();
    let more = format!("tls {{ cert_file: {:?}, key_file: {:?} }}", place("cert.pem"), place("key.pem"));
    let server = Server::start_with(Options { more, ..Options::default() }).await.unwrap();

    let refused = Bus::nats(&settings(&server), "documents").await.err();
    assert!(matches!(refused, Some(ConnectError::Away(_))), "{refused:?}");
    let trusting = NatsSettings { ca_file: Some(place("cert.pem")), ..settings(&server) };
    let bus = Bus::nats(&trusting, "documents").await.unwrap();
    bus.prepare(&topology()).await.unwrap();
    publish(&bus, "sealed").await;
}

#[tokio::test]
async fn a_server_that_is_not_there_is_away() {
    let mut server = Server::start().await.unwrap();
    server.stop();
    let refused = Bus::nats(&settings(&server), "documents").await.err();
    assert!(matches!(refused, Some(ConnectError::Away(_))), "{refused:?}");
}
