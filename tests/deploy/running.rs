//! Services at work under nothing but what was generated for them: their own users of the broker and roles of the
//! database.

use std::{sync::Arc, time::Duration};

use bus::Bus;
use db::{Db, inbox};
use office::deploy::rights::{self, GATEWAY, OPERATOR};
use runtime::{clock::Clock, health::Health, life::Life};
use schema_identity::{Bootstrap, Enrol, GetMe, Hidden, ImportUnits, Reach, SignIn};
use schema_programme::ListMyAssignments;
use service::{
    Keys, Platform, Running, Service, ServiceKeys,
    builtin::{POSITION, StandsAt},
};
use testbed::{nats, postgres, process::until};
use wire::{Call, Fault, Kind, Meta, call_subject};

use crate::{
    deployment::{Deployment, now},
    roles,
};

const PATIENCE: Duration = Duration::from_secs(60);

/// One service as its process would run it: migrated by its owner, running under its own role and user.
pub(crate) async fn start(
    deployment: &Deployment,
    broker: &nats::Server,
    books: &postgres::Server,
    service: Service,
) -> (Running, Life) {
    let name = service.name().to_owned();
    let owner = roles::settings(deployment, books, &format!("{name}-migrate"), &name);
    let owning = Db::open(&owner).await.unwrap();
    service::migrate(&service, &owning).await.unwrap();
    owning.close().await;

    let keys = deployment.path(&name);
    let life = Life::new();
    let platform = Platform {
        bus: deployment.bus(broker, &name).await,
        clock: Clock::system(),
        life: life.clone(),
        health: Health::new(),
        blobs: blob::Store::folder(deployment.path("blobs")).unwrap(),
        keys: Arc::new(Keys::from_file(&keys.join("services.json")).unwrap()),
        key_folder: keys.clone(),
        restored: false,
    };
    let db = Db::open(&roles::settings(deployment, books, &name, &name)).await.unwrap();
    let running = service::start(service, &platform, &ServiceKeys::in_folder(keys), db, None).await.unwrap();
    (running, life)
}

/// Asks as a user of the broker does; a service signs for itself.
pub(crate) async fn ask<C: Call>(bus: &Bus, token: Option<String>, call: &C) -> Result<C::Reply, Fault> {
    let meta = Meta { token, key: Some(runtime::fresh_id().to_string()), ..Meta::default() };
    bus.ask(&meta, call, PATIENCE).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_generated_rights_suffice_for_the_work() {
    let deployment = Deployment::make();
    let (broker, books) = tokio::join!(deployment.broker(), roles::server(&deployment));
    deployment.prepare(&broker).await;
    let mut running = Vec::new();
    for service in office::services() {
        running.push(start(&deployment, &broker, &books, service).await);
    }
    let (operator, door) = (deployment.bus(&broker, OPERATOR).await, deployment.bus(&broker, GATEWAY).await);

    // The operator begins the office.
    let signed = |user: &str| {
        let signer = ServiceKeys::in_folder(deployment.path(user)).signer(user).unwrap();
        Some(signer.sign_service(now(), Duration::from_secs(60)))
    };
    let rows = identity::listing::read(identity::listing::OFFICIAL).unwrap().into_iter().take(3).collect();
    let units = ImportUnits { from: identity::listing::OFFICIAL_SINCE, rows };
    ask(&operator, signed(OPERATOR), &units).await.unwrap();
    let first =
        Bootstrap { office: "TW".to_owned(), full_name: "Trần Thử Nghiệm".to_owned(), reach: Reach::Below };
    let made = ask(&operator, signed(OPERATOR), &first).await.unwrap();

    // The administrator signs in at the door, which passes on what a client asks.
    let (username, password) = ("thu.nghiem".to_owned(), Hidden("mật khẩu dài để thử".to_owned()));
    let enrol = Enrol { code: made.enrolment.code, username: username.clone(), password: password.clone() };
    ask(&door, None, &enrol).await.unwrap();
    let token = ask(&door, None, &SignIn { username, password }).await.unwrap().access_token.0;
    ask(&door, Some(token.clone()), &GetMe {}).await.unwrap();
    // Programme asks identity for its keys and for this person's authority, and finds that it does not suffice.
    let refused = ask(&door, Some(token), &ListMyAssignments { limit: None, cursor: None }).await.unwrap_err();
    assert_eq!(refused.kind, Kind::Denied, "{refused:?}");

    // What identity told has arrived with those who listen, and each finds itself healthy.
    let head = running.iter().find(|(one, _)| one.name() == "identity").unwrap().0.db().head().await.unwrap().last;
    assert!(head.seq > 0);
    let listening = rights::topology(&office::services()).publishers.remove("identity").unwrap();
    assert!(!listening.is_empty());
    for (one, _) in running.iter().filter(|(one, _)| listening.contains(one.name())) {
        until("identity's events to arrive", PATIENCE, || async {
            (inbox::position(one.db().reader(), "identity").await.ok()?? >= head).then_some(())
        })
        .await
        .unwrap();
    }
    for (one, _) in &running {
        let bus = deployment.bus(&broker, one.name()).await;
        let meta = Meta { token: signed(one.name()), ..Meta::default() };
        let answer =
            bus.call(&call_subject(one.name(), POSITION), &meta, r#"{"at":null}"#.into(), PATIENCE).await.unwrap();
        assert!(!answer.fault, "{answer:?}");
        let _: StandsAt = serde_json::from_slice(&answer.body).unwrap();
    }
    for (one, life) in running {
        one.stop().await;
        assert!(life.stop_and_wait(PATIENCE).await.is_empty());
    }
}
