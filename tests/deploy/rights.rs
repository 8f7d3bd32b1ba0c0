//! The rights of every user of the broker: a golden file to be read by people, and a real server that holds to it.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
    time::Duration,
};

use bus::{Answer, Bus, CallError, ConnectError, Endpoint, NatsSettings, PublishError, ServiceInfo, Serving};
use futures_util::future::join_all;
use office::deploy::{
    broker,
    rights::{self, ADMINISTRATOR, GATEWAY, OPERATOR, Rights},
};
use service::builtin;
use wire::{Meta, call_subject};

use crate::deployment::{Deployment, now};

/// How long something permitted may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long something forbidden is waited for: it is never answered.
const SILENCE: Duration = Duration::from_secs(2);

#[test]
fn the_rights_are_those_that_were_agreed() {
    let users: BTreeMap<String, (String, Rights)> =
        rights::all(&office::services()).into_iter().map(|(name, rights)| (name, ("U…".to_owned(), rights))).collect();
    let made = broker::authorization(&users);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/nats-rights.conf");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&file, &made).unwrap();
    }
    let agreed = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(made, agreed, "look whether each new right is wanted, then run again with BLESS=1");
}

/// Every call there is, of every service.
fn calls() -> BTreeSet<String> {
    let services = office::services();
    let of = |service: &service::Service| {
        let own = service.contract().calls.iter().map(|row| row.name.clone());
        let all = own.chain(builtin::ALL.map(str::to_owned));
        all.map(|name| call_subject(service.name(), &name)).collect::<Vec<_>>()
    };
    services.iter().flat_map(of).collect()
}

/// Answers every call of one service with its name.
async fn serve(bus: &Bus, service: &str) -> Serving {
    let info = ServiceInfo {
        name: service.to_owned(),
        version: "0.0.0".to_owned(),
        description: "answers a test".to_owned(),
        instance: runtime::fresh_id(),
        started: now(),
    };
    let subjects = calls().into_iter().filter(|subject| subject.starts_with(&format!("call.{service}.")));
    let endpoints = subjects.map(|subject| Endpoint {
        name: subject.rsplitn(3, '.').take(2).collect::<Vec<_>>().join("-"),
        subject,
        handler: Arc::new(|_| Box::pin(async { Answer::ok("heard") })),
    });
    bus.serve(&info, endpoints.collect()).await.unwrap()
}

async fn ask(bus: &Bus, subject: &str, patience: Duration) -> Result<Answer, CallError> {
    bus.call(subject, &Meta::default(), "{}".into(), patience).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_user_may_make_the_calls_it_declares_and_no_other() {
    let deployment = Deployment::make();
    let server = deployment.broker().await;
    let mut buses = BTreeMap::new();
    for user in rights::all(&office::services()).into_keys() {
        buses.insert(user.clone(), deployment.bus(&server, &user).await);
    }
    let mut serving = Vec::new();
    for service in office::services() {
        serving.push(serve(&buses[service.name()], service.name()).await);
    }
    // A subscription may arrive at the server after a first question.
    for (subject, user) in [("describe.v1", GATEWAY), ("position.v1", OPERATOR)] {
        for service in office::services() {
            let subject = call_subject(service.name(), subject);
            while ask(&buses[user], &subject, PATIENCE).await == Err(CallError::NobodyListens) {}
        }
    }
    let all = rights::all(&office::services());
    let questions = all.iter().flat_map(|(user, rights)| calls().into_iter().map(move |call| (user, rights, call)));
    let answers = join_all(questions.map(|(user, rights, call)| {
        let (bus, may) = (&buses[user], rights.says.contains(&call));
        async move { (user, may, ask(bus, &call, if may { PATIENCE } else { SILENCE }).await, call) }
    }));
    let (mut permitted, mut refused) = (0, 0);
    for (user, may, answer, call) in answers.await {
        let expected = if may { Ok(Answer::ok("heard")) } else { Err(CallError::OutOfTime) };
        assert_eq!(answer, expected, "{user}: {call}");
        if may { permitted += 1 } else { refused += 1 }
    }
    assert!(permitted > 60 && refused > 200, "{permitted} permitted, {refused} refused");

    // A few by hand, so that a mistake in the rules is not held against itself.
    let may = |user: &str, call: &str| all[user].says.contains(call);
    assert!(may("programme", "call.documents.get_incoming.v1"), "declared");
    assert!(!may("programme", "call.documents.list_genres.v1"), "not declared");
    assert!(!may("documents", "call.programme.assign.v1"), "not declared");
    assert!(may(GATEWAY, "call.identity.sign_in.v1") && !may(GATEWAY, "call.identity.bootstrap.v1"));
    assert!(may(OPERATOR, "call.identity.bootstrap.v1") && !may(OPERATOR, "call.identity.sign_in.v1"));
    assert!(!may(ADMINISTRATOR, "call.identity.describe.v1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_tells_its_own_events_hears_those_it_listens_to_and_administers_nothing() {
    let deployment = Deployment::make();
    let server = deployment.broker().await;
    deployment.prepare(&server).await;
    let (identity, programme) = (deployment.bus(&server, "identity").await, deployment.bus(&server, "programme").await);
    let gateway = deployment.bus(&server, GATEWAY).await;
    let mut hints = gateway.watch("identity").await.unwrap();
    let mut listening = programme.subscribe("identity", "programme").await.unwrap();
    // The broker forbids this watch, which looks like silence.
    let mut forbidden = programme.watch("documents").await.unwrap();
    // A watch stands before whatever its own connection asks next, not before what another connection tells.
    assert_eq!(ask(&gateway, "call.identity.describe.v1", PATIENCE).await, Err(CallError::NobodyListens));

    identity.publish("identity", "1", "moved".into()).await.unwrap();
    let heard = tokio::time::timeout(PATIENCE, listening.next()).await.unwrap().unwrap();
    assert_eq!(heard.body, "moved");
    heard.ack().await;
    assert_eq!(tokio::time::timeout(PATIENCE, hints.next()).await.unwrap().unwrap(), "moved");

    let services = office::services();
    let mut attempts = Vec::new();
    for user in rights::all(&services).into_keys() {
        let bus = deployment.bus(&server, &user).await;
        let others = services.iter().map(|service| service.name().to_owned()).filter(|publisher| *publisher != user);
        attempts.extend(others.map(|publisher| (user.clone(), publisher, bus.clone())));
    }
    let forged = attempts.iter().map(|(user, publisher, bus)| async move {
        let told = bus.publish(publisher, &format!("forged by {user}"), "forged".into()).await;
        assert!(matches!(told, Err(PublishError::Away(_))), "{user} told an event of {publisher}: {told:?}");
    });
    let topology = rights::topology(&services);
    let (refused, _) = tokio::join!(programme.prepare(&topology), join_all(forged));
    assert!(refused.is_err(), "a service made streams");
    assert!(tokio::time::timeout(SILENCE, forbidden.next()).await.is_err(), "heard what it does not watch");
}

#[tokio::test]
async fn nobody_answers_for_another_service() {
    let deployment = Deployment::make();
    let server = deployment.broker().await;
    let programme = deployment.bus(&server, "programme").await;
    let _impostor = serve(&programme, "identity").await;
    let _own = serve(&programme, "programme").await;
    let gateway = deployment.bus(&server, GATEWAY).await;
    while ask(&gateway, "call.programme.describe.v1", PATIENCE).await.is_err() {}
    assert_eq!(ask(&gateway, "call.identity.sign_in.v1", PATIENCE).await, Err(CallError::NobodyListens));
}

#[tokio::test]
async fn without_a_key_of_this_installation_nobody_gets_in() {
    let (deployment, stranger) = (Deployment::make(), Deployment::make());
    let server = deployment.broker().await;
    let known = deployment.settings(&server, "identity");
    let cases = [
        ("no key", NatsSettings { nkey_seed_file: None, ..known.clone() }),
        ("another's key", NatsSettings { nkey_seed_file: Some(stranger.path("identity/nats.nk")), ..known.clone() }),
        ("another's authority", NatsSettings { ca_file: Some(stranger.path("office-ca.pem")), ..known.clone() }),
    ];
    for (what, settings) in cases {
        let outcome = Bus::nats(&settings, "identity").await.err();
        assert!(matches!(outcome, Some(ConnectError::Away(_))), "{what}: {outcome:?}");
    }
    deployment.init(now(), true);
    let rotated = Bus::nats(&deployment.settings(&server, "identity"), "identity").await.err();
    assert!(matches!(rotated, Some(ConnectError::Away(_))), "the broker has not read the new keys: {rotated:?}");
}
