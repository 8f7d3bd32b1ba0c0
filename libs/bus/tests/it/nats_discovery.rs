//! What any NATS client may ask of a service, and what it may send.

use bus::{Answer, Bus, CallError};
use serde_json::{Value, json};
use wire::Meta;

use crate::world::{PATIENCE, World, endpoint, service, settings, soon, subject, too_large};

#[tokio::test]
async fn a_service_can_be_listed_pinged_and_measured() {
    let world = World::nats().await;
    let bus = world.bus("finance").await;
    let fault = wire::Fault::new(wire::Kind::Missing, "finance.missing", "no such account", "không có tài khoản này");
    let endpoints = vec![
        endpoint("get_account.v1", async |_| Answer::ok("{}")),
        endpoint("open_account.v1", move |_| {
            let answer = Answer::fault(&fault);
            async { answer }
        }),
    ];
    let serving = bus.serve(&service("finance", 7), endpoints).await.unwrap();
    for name in ["get_account.v1", "get_account.v1", "open_account.v1"] {
        bus.call(&subject(name), &Meta::default(), "{}".into(), PATIENCE).await.unwrap();
    }

    let told = async |about: &str| -> Value {
        let answer = bus.call(about, &Meta::default(), "".into(), PATIENCE).await.unwrap();
        serde_json::from_slice(&answer.body).unwrap()
    };
    let id = "00000000-0000-0000-0000-000000000007";
    for about in ["$SRV.PING".to_owned(), "$SRV.PING.finance".to_owned(), format!("$SRV.PING.finance.{id}")] {
        let ping = told(&about).await;
        let kind = "io.nats.micro.v1.ping_response";
        assert_eq!(ping, json!({ "type": kind, "name": "finance", "id": id, "version": "1.2.3", "metadata": {} }));
    }
    let info = told("$SRV.INFO.finance").await;
    assert_eq!(info["type"], "io.nats.micro.v1.info_response");
    assert_eq!(info["description"], "serves tests");
    let first = json!({
        "name": "get_account-v1", "subject": "call.finance.get_account.v1", "queue_group": "finance", "metadata": {}
    });
    assert_eq!(info["endpoints"][0], first);
    assert_eq!(info["endpoints"].as_array().unwrap().len(), 2);
    let stats = told("$SRV.STATS.finance").await;
    assert_eq!(stats["type"], "io.nats.micro.v1.stats_response");
    assert_eq!(stats["started"], "2025-06-15T15:06:40Z");
    let counted = |place: usize| {
        (stats["endpoints"][place]["num_requests"].clone(), stats["endpoints"][place]["num_errors"].clone())
    };
    assert_eq!(counted(0), (json!(2), json!(0)));
    assert_eq!(counted(1), (json!(1), json!(1)));
    assert!(stats["endpoints"][0]["processing_time"].as_u64().unwrap() > 0);

    soon(serving.stop()).await;
    let gone = bus.call("$SRV.PING.finance", &Meta::default(), "".into(), PATIENCE).await;
    assert_eq!(gone, Err(CallError::NobodyListens));
}

#[tokio::test]
async fn what_other_clients_send_is_answered_or_ignored() {
    let World::Nats(server) = World::nats().await else { unreachable!() };
    let bus = Bus::nats(&settings(&server), "finance").await.unwrap();
    let size = endpoint("size.v1", async |request| Answer::ok(request.body.len().to_string()));
    let serving = bus.serve(&service("finance", 1), vec![size]).await.unwrap();
    let other = async_nats::connect(server.url()).await.unwrap();

    other.publish(subject("size.v1"), "no reply wanted".into()).await.unwrap();
    let ask = async |body: Vec<u8>| other.request(subject("size.v1"), body.into()).await;
    let mut answer = ask(too_large()).await;
    while answer.is_err() {
        answer = ask(too_large()).await;
    }
    let answer = answer.unwrap();
    assert_eq!(answer.headers.unwrap().get("Outcome").unwrap().as_str(), "fault");
    let fault: wire::Fault = serde_json::from_slice(&answer.payload).unwrap();
    assert_eq!(fault.code, "wire.too_large");
    assert_eq!(ask(b"1234".to_vec()).await.unwrap().payload, "4");

    let stats = other.request("$SRV.STATS.finance", "".into()).await.unwrap();
    let stats: async_nats::service::Stats = serde_json::from_slice(&stats.payload).unwrap();
    assert_eq!(stats.endpoints.iter().map(|endpoint| endpoint.requests).collect::<Vec<_>>(), [2]);
    soon(serving.stop()).await;
}

#[tokio::test]
async fn two_replicas_of_different_versions_are_told_apart() {
    let world = World::nats().await;
    let bus = world.bus("finance").await;
    let mut serving = Vec::new();
    for (replica, version) in [(7, "1.2.3"), (8, "1.3.0")] {
        let service = bus::ServiceInfo { version: version.to_owned(), ..service("finance", replica) };
        let endpoints = vec![endpoint("get_account.v1", async |_| Answer::ok("{}"))];
        serving.push(bus.serve(&service, endpoints).await.unwrap());
    }
    for (replica, version) in [(7, "1.2.3"), (8, "1.3.0")] {
        let about = format!("$SRV.INFO.finance.00000000-0000-0000-0000-00000000000{replica}");
        let answer = bus.call(&about, &Meta::default(), "".into(), PATIENCE).await.unwrap();
        let info: Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!((&info["version"], &info["endpoints"][0]["queue_group"]), (&json!(version), &json!("finance")));
    }
}
