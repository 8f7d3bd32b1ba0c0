//! The one type that everybody holds: calls, events and their two transports.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use tokio::time::Instant;
use wire::{MESSAGE_LIMIT, Meta};

use crate::{
    Answer, CallError, ConnectError, Endpoint, NatsSettings, Observer, PublishError, Seen, ServiceInfo, Serving,
    Subscription, Topology, Watch,
    call::{ServingOver, check, check_name},
    event::{SubscriptionOver, WatchOver},
    local::Local,
    local_events::{LocalSubscription, LocalWatch},
    nats::Nats,
    nats_events::{self, NatsSubscription},
    nats_serve, topology,
};

/// The bus. Clones share one connection; it closes when the last of them and of what they gave out is dropped.
#[derive(Clone)]
pub struct Bus {
    over: Over,
    observer: Option<Observer>,
}

#[derive(Clone)]
enum Over {
    Local(Arc<Local>),
    Nats(Arc<Nats>),
}

impl Bus {
    /// A bus within this process. Nothing of it outlives the process, and its queues are bounded: the oldest messages
    /// make room for new ones, which a consumer notices by their numbers.
    #[must_use]
    pub fn local() -> Self {
        Self { over: Over::Local(Arc::default()), observer: None }
    }

    /// Connects to NATS as `service`, whose inboxes are `_INBOX_<service>.>`. Once connected it reconnects for ever.
    ///
    /// # Errors
    /// When the server cannot be reached or refuses us, and when it is not safe to entrust anything to it: the
    /// message then says what to change.
    pub async fn nats(settings: &NatsSettings, service: &str) -> Result<Self, ConnectError> {
        Ok(Self { over: Over::Nats(Arc::new(Nats::connect(settings, service).await?)), observer: None })
    }

    /// This bus, telling `observer` what calls and publications came to.
    #[must_use]
    pub fn observed(&self, observer: Observer) -> Self {
        Self { over: self.over.clone(), observer: Some(observer) }
    }

    /// What carries the messages, as measures name it: `nats`, or `in_process`.
    #[must_use]
    pub fn courier(&self) -> &'static str {
        match &self.over {
            Over::Local(_) => "in_process",
            Over::Nats(_) => "nats",
        }
    }

    /// Sends one request and waits for its answer, at most `timeout`; the handler learns how long that is as
    /// `meta.deadline_ms`. Giving up the waiting does not stop the handler.
    ///
    /// # Errors
    /// When there is no answer; what a service refuses is an [`Answer`] with `fault` set.
    pub async fn call(&self, subject: &str, meta: &Meta, body: Bytes, timeout: Duration) -> Result<Answer, CallError> {
        let begun = Instant::now();
        let answered = self.answered(subject, meta, body, timeout).await;
        if let Some(observer) = &self.observer {
            let error = match &answered {
                Ok(answer) => answer.fault.then_some("fault"),
                Err(error) => Some(error.word()),
            };
            observer(Seen::Called { subject, error, took: begun.elapsed() });
        }
        answered
    }

    async fn answered(&self, subject: &str, meta: &Meta, body: Bytes, timeout: Duration) -> Result<Answer, CallError> {
        check(subject, meta, &body)?;
        let deadline_ms = u64::try_from(timeout.as_millis()).unwrap_or(u64::MAX);
        let meta = Meta { deadline_ms: Some(deadline_ms), ..meta.clone() };
        let answered = async {
            match &self.over {
                Over::Local(local) => local.call(subject, meta, body).await,
                Over::Nats(nats) => nats.call(subject, &meta, body).await,
            }
        };
        tokio::time::timeout(timeout, answered).await.unwrap_or(Err(CallError::OutOfTime))
    }

    /// Serves endpoints in the queue group of the service: each request goes to one of its replicas. On NATS the
    /// service can be listed, pinged and measured as the micro-service protocol (ADR-32) says. Every request runs on a
    /// task of its own; how many may work at once is for the handlers to bound.
    ///
    /// # Errors
    /// When the name of the service or a subject is malformed, or the connection has ended.
    pub async fn serve(&self, service: &ServiceInfo, endpoints: Vec<Endpoint>) -> anyhow::Result<Serving> {
        check_name(&service.name)?;
        for endpoint in &endpoints {
            check(&endpoint.subject, &Meta::default(), &Bytes::new())?;
        }
        Ok(Serving(match &self.over {
            Over::Local(local) => ServingOver::Local(local.serve(endpoints)),
            Over::Nats(nats) => ServingOver::Nats(nats_serve::serve(nats, service, endpoints).await?),
        }))
    }

    /// Hands one message of a publisher to the courier: over NATS it is on the broker's disk when this returns. A
    /// message sent twice with the same id within ten minutes is kept once over NATS; readers must not rely on that.
    ///
    /// # Errors
    /// When the message is too large, or was not taken.
    pub async fn publish(&self, publisher: &str, message_id: &str, body: Bytes) -> Result<(), PublishError> {
        if body.len() > MESSAGE_LIMIT {
            return Err(PublishError::TooLarge { size: body.len(), limit: MESSAGE_LIMIT });
        }
        let begun = Instant::now();
        let taken = match &self.over {
            Over::Local(local) => local.publish(publisher, body),
            Over::Nats(nats) => nats_events::publish(nats, publisher, message_id, body).await,
        };
        if let Some(observer) = &self.observer {
            let error = taken.as_ref().err().map(PublishError::word);
            observer(Seen::Published { publisher, error, took: begun.elapsed() });
        }
        taken
    }

    /// The durable consumer `consumer` of a publisher's events. Over NATS it must have been made by
    /// [`prepare`](Self::prepare); until then, and whenever the broker's store is lost, the subscription waits.
    ///
    /// # Errors
    /// When a name is malformed.
    pub async fn subscribe(&self, publisher: &str, consumer: &str) -> anyhow::Result<Subscription> {
        check_name(publisher)?;
        check_name(consumer)?;
        Ok(Subscription(match &self.over {
            Over::Local(local) => SubscriptionOver::Local(LocalSubscription::new(local, publisher, consumer)),
            Over::Nats(nats) => SubscriptionOver::Nats(NatsSubscription::new(nats, publisher, consumer)),
        }))
    }

    /// Hints: every message of a publisher from now on, unacknowledged; a slow reader misses some.
    ///
    /// # Errors
    /// When the name is malformed, or the connection has ended.
    pub async fn watch(&self, publisher: &str) -> anyhow::Result<Watch> {
        check_name(publisher)?;
        Ok(Watch(match &self.over {
            Over::Local(local) => WatchOver::Local(LocalWatch::new(local, publisher)),
            Over::Nats(nats) => WatchOver::Nats(nats_events::watch(nats, publisher).await?),
        }))
    }

    /// Whether the broker can be reached just now.
    #[must_use]
    pub fn is_up(&self) -> bool {
        match &self.over {
            Over::Local(local) => local.is_up(),
            Over::Nats(nats) => nats.is_up(),
        }
    }

    /// Makes the streams and durable consumers of an installation, or brings them up to date. It may be repeated,
    /// and needs the broker's administrator's key; services hold no such right. Within a process it opens the queues.
    ///
    /// # Errors
    /// When the broker refuses, or keeps another configuration than it was given.
    pub async fn prepare(&self, topology: &Topology) -> anyhow::Result<()> {
        for name in topology.publishers.iter().flat_map(|(name, consumers)| std::iter::once(name).chain(consumers)) {
            check_name(name)?;
        }
        match &self.over {
            Over::Local(local) => local.prepare(topology),
            Over::Nats(nats) => topology::prepare(nats, topology).await?,
        }
        Ok(())
    }

    /// A fault for drills: takes the broker of a process away, or brings it back. Calls and publications fail and
    /// deliveries cease, as when a NATS server stops. Over NATS this does nothing: stop the server instead.
    pub fn local_away(&self, away: bool) {
        if let Over::Local(local) = &self.over {
            local.set_away(away);
        }
    }
}
