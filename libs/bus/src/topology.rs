//! The streams and durable consumers of an installation. Making them is an administrator's act.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use anyhow::Context as _;
use async_nats::jetstream::{
    consumer::{self, pull},
    stream,
};
use futures_util::TryStreamExt as _;
use wire::event_subject;

use crate::nats::Nats;

/// How long the courier keeps a message for a consumer that does not come; what is older is had from the publisher.
const KEEP: Duration = Duration::from_secs(30 * 24 * 3600);
/// How long the courier recognises a message sent twice.
const DUPLICATE_WINDOW: Duration = Duration::from_secs(10 * 60);

/// What the courier must hold for an installation: the whole of it, since consumers that are not named are removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topology {
    /// Every publisher with the services that listen to it.
    pub publishers: BTreeMap<String, BTreeSet<String>>,
    /// How many bytes of a publisher may wait for its slowest consumer; when they do, publications are refused and
    /// wait in the outbox.
    pub max_bytes: u64,
    /// How many servers keep each message.
    pub replicas: u8,
    /// After how long a message that is neither acknowledged nor in progress comes again.
    pub redeliver_after: Duration,
}

impl Default for Topology {
    /// Nobody publishes; 1 GiB for each stream, on one server, redelivery after half a minute.
    fn default() -> Self {
        Self { publishers: BTreeMap::new(), max_bytes: 1 << 30, replicas: 1, redeliver_after: Duration::from_secs(30) }
    }
}

/// The stream of a publisher.
pub(crate) fn stream_name(publisher: &str) -> String {
    format!("EV_{publisher}")
}

/// Makes what is missing, brings up to date what differs, and removes the consumers of services that are no more.
pub(crate) async fn prepare(nats: &Nats, topology: &Topology) -> anyhow::Result<()> {
    for (publisher, consumers) in &topology.publishers {
        let wanted = stream_config(publisher, topology);
        let refused = || format!("the broker refuses the stream `{}`", wanted.name);
        // A new stream takes no events until its consumers are there: it keeps only what somebody still waits for.
        let closed = stream::Config { subjects: vec![format!("unprepared.{publisher}")], ..wanted.clone() };
        let stream = nats.jetstream.get_or_create_stream(closed).await.with_context(refused)?;
        for consumer in consumers {
            prepare_consumer(&stream, consumer, topology).await?;
        }
        let names: Vec<String> = stream.consumer_names().try_collect().await.with_context(refused)?;
        for name in names.iter().filter(|name| !consumers.contains(*name)) {
            stream.delete_consumer(name).await.with_context(|| format!("consumer `{name}` cannot be removed"))?;
        }
        let kept = nats.jetstream.update_stream(wanted.clone()).await.with_context(refused)?;
        same(&wanted.name, &stream_facts(&wanted), &stream_facts(&kept.config))?;
    }
    Ok(())
}

async fn prepare_consumer(stream: &stream::Stream, name: &str, topology: &Topology) -> anyhow::Result<()> {
    let wanted = consumer_config(name, topology);
    let what = format!("{}/{name}", stream.cached_info().config.name);
    let kept = stream
        .create_consumer(wanted.clone())
        .await
        .with_context(|| format!("the broker refuses the consumer `{what}`"))?;
    let wanted = consumer::IntoConsumerConfig::into_consumer_config(wanted);
    same(&what, &consumer_facts(&wanted), &consumer_facts(&kept.cached_info().config))
}

fn stream_config(publisher: &str, topology: &Topology) -> stream::Config {
    stream::Config {
        name: stream_name(publisher),
        subjects: vec![event_subject(publisher)],
        // A courier keeps what somebody still waits for. Kept for its age alone, a stream would fill up and refuse for
        // weeks although everybody has read everything.
        retention: stream::RetentionPolicy::Interest,
        storage: stream::StorageType::File,
        // A full stream refuses, so that messages wait in the outbox rather than vanish here.
        discard: stream::DiscardPolicy::New,
        max_bytes: i64::try_from(topology.max_bytes).unwrap_or(i64::MAX),
        max_age: KEEP,
        duplicate_window: DUPLICATE_WINDOW,
        num_replicas: usize::from(topology.replicas),
        allow_direct: true,
        deny_delete: true,
        deny_purge: true,
        ..stream::Config::default()
    }
}

fn consumer_config(consumer: &str, topology: &Topology) -> pull::Config {
    pull::Config {
        durable_name: Some(consumer.to_owned()),
        deliver_policy: consumer::DeliverPolicy::All,
        ack_policy: consumer::AckPolicy::Explicit,
        ack_wait: topology.redeliver_after,
        // For ever: what cannot be applied is parked by the reader, never by the courier.
        max_deliver: -1,
        max_ack_pending: 1,
        ..pull::Config::default()
    }
}

fn stream_facts(config: &stream::Config) -> Vec<(&'static str, String)> {
    vec![
        ("subjects", format!("{:?}", config.subjects)),
        ("retention", format!("{:?}", config.retention)),
        ("storage", format!("{:?}", config.storage)),
        ("discard", format!("{:?}", config.discard)),
        ("max_bytes", config.max_bytes.to_string()),
        ("max_age", format!("{:?}", config.max_age)),
        ("duplicate_window", format!("{:?}", config.duplicate_window)),
        ("num_replicas", config.num_replicas.to_string()),
        ("allow_direct", config.allow_direct.to_string()),
        ("deny_delete", config.deny_delete.to_string()),
        ("deny_purge", config.deny_purge.to_string()),
    ]
}

fn consumer_facts(config: &consumer::Config) -> Vec<(&'static str, String)> {
    vec![
        ("durable_name", format!("{:?}", config.durable_name)),
        ("deliver_policy", format!("{:?}", config.deliver_policy)),
        ("ack_policy", format!("{:?}", config.ack_policy)),
        ("ack_wait", format!("{:?}", config.ack_wait)),
        ("max_deliver", config.max_deliver.to_string()),
        ("max_ack_pending", config.max_ack_pending.to_string()),
    ]
}

/// A server drops options it does not know and answers that all is well, so its echo is compared with our wish.
fn same(what: &str, wanted: &[(&str, String)], kept: &[(&str, String)]) -> anyhow::Result<()> {
    for ((name, wanted), (_, kept)) in wanted.iter().zip(kept) {
        anyhow::ensure!(wanted == kept, "the broker keeps `{what}` with {name} = {kept} where {wanted} was asked for");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_that_the_broker_dropped_is_noticed() {
        let wanted = stream_config("documents", &Topology::default());
        let kept = stream::Config { deny_purge: false, ..wanted.clone() };
        assert!(same("EV_documents", &stream_facts(&wanted), &stream_facts(&wanted)).is_ok());
        let error = same("EV_documents", &stream_facts(&wanted), &stream_facts(&kept)).unwrap_err();
        assert!(error.to_string().contains("deny_purge = false"), "{error}");
    }
}
