//! What lies between the portal and the services: every call goes on to whom it is for, and is
//! remembered; what the services tell is told on.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
    time::Duration,
};

use bus::{Answer, Bus, CallError, Endpoint, Request, ServiceInfo, Serving};
use runtime::Clock;
use serde_json::Value;
use tokio::task::JoinSet;
use wire::{Contract, call_subject};

/// How long a call that says nothing about it may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// A call as it passed, with its idempotency key and the token of whoever asked.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) name: String,
    pub(crate) key: Option<String>,
    pub(crate) token: Option<String>,
    pub(crate) body: Value,
}

/// A wire that remembers what passed, and loses what a test wants lost.
pub(crate) struct Tap {
    /// The end that the portal has.
    pub(crate) bus: Bus,
    log: Arc<Mutex<Vec<Asked>>>,
    lost: Arc<Mutex<BTreeSet<String>>>,
    _serving: Vec<Serving>,
    _telling: JoinSet<()>,
}

impl Tap {
    /// A tap before the bus of the services with these contracts.
    pub(crate) async fn before(services: &Bus, contracts: Vec<Contract>) -> Self {
        let (bus, log, lost) = (Bus::local(), Arc::default(), Arc::default());
        let (mut serving, mut telling) = (Vec::new(), JoinSet::new());
        for contract in contracts {
            let info = ServiceInfo {
                name: contract.service.clone(),
                version: "0.0.0".to_owned(),
                description: "passes calls on".to_owned(),
                instance: runtime::fresh_id(),
                started: Clock::system().now(),
            };
            let endpoint = |row: &wire::CallRow| passing(services, &contract.service, &row.name, &log, &lost);
            serving.push(bus.serve(&info, contract.calls.iter().map(endpoint).collect()).await.unwrap());
            let (mut watch, bus) = (services.watch(&contract.service).await.unwrap(), Bus::clone(&bus));
            telling.spawn(async move {
                while let Some(told) = watch.next().await {
                    let id = runtime::fresh_id().to_string();
                    bus.publish(&contract.service, &id, told).await.unwrap();
                }
            });
        }
        Self { bus, log, lost, _serving: serving, _telling: telling }
    }

    /// Every time a call passed.
    pub(crate) fn asked(&self, name: &str) -> Vec<Asked> {
        self.log.lock().unwrap().iter().filter(|asked| asked.name == name).cloned().collect()
    }

    /// The answers to a call are lost from now on: whoever asked runs out of time.
    pub(crate) fn lose(&self, name: &str) {
        self.lost.lock().unwrap().insert(name.to_owned());
    }

    /// Forgets what passed; every answer comes again.
    pub(crate) fn anew(&self) {
        self.log.lock().unwrap().clear();
        self.lost.lock().unwrap().clear();
    }
}

fn passing(
    services: &Bus,
    service: &str,
    name: &str,
    log: &Arc<Mutex<Vec<Asked>>>,
    lost: &Arc<Mutex<BTreeSet<String>>>,
) -> Endpoint {
    let (services, called, log, lost) = (services.clone(), name.to_owned(), Arc::clone(log), Arc::clone(lost));
    let handler = move |request: Request| -> futures_util::future::BoxFuture<'static, Answer> {
        let Request { subject, meta, body } = request;
        let said = serde_json::from_slice(&body).unwrap_or_default();
        let asked = Asked { name: called.clone(), key: meta.key.clone(), token: meta.token.clone(), body: said };
        log.lock().unwrap().push(asked);
        let loses = lost.lock().unwrap().contains(&called);
        let (services, wait) = (services.clone(), meta.deadline_ms.map_or(PATIENCE, Duration::from_millis));
        Box::pin(async move {
            match services.call(&subject, &meta, body, wait).await {
                Ok(_) if loses => Answer::fault(&CallError::OutOfTime.into()),
                Ok(answer) => answer,
                Err(error) => Answer::fault(&error.into()),
            }
        })
    };
    Endpoint { name: name.to_owned(), subject: call_subject(service, name), handler: Arc::new(handler) }
}
