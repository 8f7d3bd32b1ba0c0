//! A transport with its broker, and what the cases share.

use std::{future::Future, sync::Arc, time::Duration};

use bus::{Answer, Bus, Endpoint, NatsSettings, Request, ServiceInfo, Topology};
use testbed::nats::Server;
use uuid::Uuid;
use wire::{Instant, MESSAGE_LIMIT, call_subject};

/// The publisher of the cases, and its two consumers.
pub(crate) const PUBLISHER: &str = "documents";
pub(crate) const READER: &str = "programme";
pub(crate) const OTHER_READER: &str = "search";

/// Long enough for a busy machine, short enough to fail in sight.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);
/// Less than the time after which the world delivers again.
pub(crate) const BRIEFLY: Duration = Duration::from_millis(300);
const REDELIVER_AFTER: Duration = Duration::from_secs(1);

/// One transport with its broker.
pub(crate) enum World {
    Local(Bus),
    Nats(Box<Server>),
}

impl World {
    pub(crate) fn local() -> Self {
        Self::Local(Bus::local())
    }

    pub(crate) async fn nats() -> Self {
        Self::Nats(Box::new(Server::start().await.unwrap()))
    }

    /// A connection of its own for a service.
    pub(crate) async fn bus(&self, service: &str) -> Bus {
        match self {
            Self::Local(bus) => bus.clone(),
            Self::Nats(server) => Bus::nats(&settings(server), service).await.unwrap(),
        }
    }

    /// The same, with the streams and consumers of the cases made.
    pub(crate) async fn prepared(&self, service: &str) -> Bus {
        let bus = self.bus(service).await;
        bus.prepare(&topology()).await.unwrap();
        bus
    }

    /// The broker goes, as in a power cut, and `bus` has noticed.
    pub(crate) async fn away(&mut self, bus: &Bus) {
        match self {
            Self::Local(bus) => bus.local_away(true),
            Self::Nats(server) => server.stop(),
        }
        until("the bus to notice the outage", || !bus.is_up()).await;
    }

    /// The broker comes back, and `bus` has noticed.
    pub(crate) async fn back(&mut self, bus: &Bus) {
        match self {
            Self::Local(bus) => bus.local_away(false),
            Self::Nats(server) => server.start_again().await.unwrap(),
        }
        until("the bus to be connected again", || bus.is_up()).await;
    }
}

pub(crate) fn settings(server: &Server) -> NatsSettings {
    NatsSettings { urls: vec![server.url()], monitor: server.monitor_url(), ..NatsSettings::default() }
}

pub(crate) fn topology() -> Topology {
    let consumers = [READER.to_owned(), OTHER_READER.to_owned()].into();
    Topology {
        publishers: [(PUBLISHER.to_owned(), consumers)].into(),
        redeliver_after: REDELIVER_AFTER,
        ..Topology::default()
    }
}

pub(crate) fn service(name: &str, replica: u128) -> ServiceInfo {
    ServiceInfo {
        name: name.to_owned(),
        version: "1.2.3".to_owned(),
        description: "serves tests".to_owned(),
        instance: Uuid::from_u128(replica),
        started: Instant::from_micros(1_750_000_000_000_000),
    }
}

/// An endpoint `call.finance.<name>` around an async function.
pub(crate) fn endpoint<F, Fut>(name: &str, handler: F) -> Endpoint
where
    F: Fn(Request) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Answer> + Send + 'static,
{
    Endpoint {
        name: name.to_owned(),
        subject: subject(name),
        handler: Arc::new(move |request| Box::pin(handler(request))),
    }
}

pub(crate) fn subject(name: &str) -> String {
    call_subject("finance", name)
}

/// A body one byte too large, and one that just fits.
pub(crate) fn too_large() -> Vec<u8> {
    vec![b'x'; MESSAGE_LIMIT + 1]
}

/// See [`too_large`].
pub(crate) fn just_fits() -> Vec<u8> {
    vec![b'x'; MESSAGE_LIMIT]
}

/// What must come, and soon.
pub(crate) async fn soon<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, what).await.expect("it should have come by now")
}

/// What must not come, at least not for a while.
pub(crate) async fn not_yet<T>(what: impl Future<Output = T>) {
    assert!(tokio::time::timeout(BRIEFLY, what).await.is_err(), "it should not have come yet");
}

pub(crate) async fn until(what: &str, ready: impl Fn() -> bool) {
    testbed::process::until(what, PATIENCE, async || ready().then_some(())).await.unwrap();
}
