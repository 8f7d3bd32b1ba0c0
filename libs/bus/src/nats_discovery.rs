//! The listing, ping and statistics that every NATS client may ask of a service (micro-service protocol, ADR-32).
//!
//! The client library brings a service of its own, but when that stops it forgets its subscriptions at once, with the
//! requests that were on their way, and it counts an error only when the answer has no body; our faults have one. Its
//! message types are used as they are.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use async_nats::{
    Client, Message, Subscriber, datetime,
    service::{Info, PingResponse, Stats, endpoint},
};
use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use tokio_util::sync::CancellationToken;

use crate::{Endpoint, ServiceInfo};

/// What one service tells about itself.
pub(crate) struct Discovery {
    info: Info,
    started: datetime::DateTime,
    statistics: Vec<Arc<Statistics>>,
}

/// What one endpoint has done so far.
#[derive(Default)]
pub(crate) struct Statistics {
    requests: AtomicU64,
    faults: AtomicU64,
    nanoseconds: AtomicU64,
}

impl Statistics {
    pub(crate) fn count(&self, took: Duration, fault: bool) {
        self.requests.fetch_add(1, Ordering::Relaxed);
        self.faults.fetch_add(u64::from(fault), Ordering::Relaxed);
        self.nanoseconds.fetch_add(u64::try_from(took.as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    fn told(&self, endpoint: &endpoint::Info) -> endpoint::Stats {
        let requests = self.requests.load(Ordering::Relaxed);
        let nanoseconds = self.nanoseconds.load(Ordering::Relaxed);
        endpoint::Stats {
            name: endpoint.name.clone(),
            subject: endpoint.subject.clone(),
            queue_group: endpoint.queue_group.clone(),
            requests: usize::try_from(requests).unwrap_or(usize::MAX),
            errors: usize::try_from(self.faults.load(Ordering::Relaxed)).unwrap_or(usize::MAX),
            processing_time: Duration::from_nanos(nanoseconds),
            average_processing_time: Duration::from_nanos(nanoseconds.checked_div(requests).unwrap_or(0)),
            last_error: None,
            data: None,
        }
    }
}

#[derive(Clone, Copy)]
pub(crate) enum Verb {
    Ping,
    Info,
    Stats,
}

impl Discovery {
    pub(crate) fn new(service: &ServiceInfo) -> anyhow::Result<Self> {
        let started =
            datetime::from_nanos(i128::from(service.started.micros()) * 1_000).map_err(anyhow::Error::from_boxed)?;
        let info = Info {
            kind: "io.nats.micro.v1.info_response".to_owned(),
            name: service.name.clone(),
            id: service.instance.to_string(),
            description: service.description.clone(),
            version: service.version.clone(),
            metadata: HashMap::new(),
            endpoints: Vec::new(),
        };
        Ok(Self { info, started, statistics: Vec::new() })
    }

    /// Lists an endpoint, and returns where its work is counted.
    pub(crate) fn add(&mut self, endpoint: &Endpoint) -> Arc<Statistics> {
        let statistics = Arc::<Statistics>::default();
        self.statistics.push(statistics.clone());
        self.info.endpoints.push(endpoint::Info {
            // The protocol allows no dot in a name; the subject beside it is exact.
            name: endpoint.name.replace('.', "-"),
            subject: endpoint.subject.clone(),
            queue_group: self.info.name.clone(),
            metadata: HashMap::new(),
        });
        statistics
    }

    /// Subscribes to each verb for all services, for this service, and for this replica.
    pub(crate) async fn subscribe(&self, client: &Client) -> anyhow::Result<Vec<(Verb, Subscriber)>> {
        let Info { name, id, .. } = &self.info;
        let mut subscribers = Vec::new();
        for (verb, word) in [(Verb::Ping, "PING"), (Verb::Info, "INFO"), (Verb::Stats, "STATS")] {
            for subject in [format!("$SRV.{word}"), format!("$SRV.{word}.{name}"), format!("$SRV.{word}.{name}.{id}")] {
                subscribers.push((verb, client.subscribe(subject).await?));
            }
        }
        Ok(subscribers)
    }

    pub(crate) async fn run(self, client: Client, asked: Vec<(Verb, Subscriber)>, leave: CancellationToken) {
        let asked = asked.into_iter().map(|(verb, messages)| messages.map(move |message| (verb, message)));
        let mut asked = stream::select_all(asked);
        loop {
            let (verb, message) = tokio::select! {
                next = asked.next() => match next {
                    Some(next) => next,
                    None => return,
                },
                () = leave.cancelled() => return,
            };
            self.tell(&client, verb, message).await;
        }
    }

    async fn tell(&self, client: &Client, verb: Verb, message: Message) {
        let Some(reply) = message.reply else { return };
        let told = match verb {
            Verb::Ping => serde_json::to_vec(&self.ping()),
            Verb::Info => serde_json::to_vec(&self.info),
            Verb::Stats => serde_json::to_vec(&self.stats()),
        };
        match told {
            Ok(told) => {
                let _ = client.publish(reply, Bytes::from(told)).await;
            }
            Err(error) => tracing::error!(%error, "a service cannot describe itself"),
        }
    }

    fn ping(&self) -> PingResponse {
        let Info { name, id, version, .. } = self.info.clone();
        let kind = "io.nats.micro.v1.ping_response".to_owned();
        PingResponse { kind, name, id, version, metadata: HashMap::new() }
    }

    fn stats(&self) -> Stats {
        let Info { name, id, version, .. } = self.info.clone();
        let endpoints = self.info.endpoints.iter().zip(&self.statistics);
        Stats {
            kind: "io.nats.micro.v1.stats_response".to_owned(),
            name,
            id,
            version,
            started: self.started,
            endpoints: endpoints.map(|(endpoint, statistics)| statistics.told(endpoint)).collect(),
        }
    }
}
