//! Draining a backlog of 100,000 events through the relay, against one synced message for each event on the bare broker.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, ensure};
use async_nats::jetstream::{self, stream};
use bus::{Bus, Subscription};
use db::Db;
use runtime::{Clock, Health, Life};
use service::{Keys, Platform, ServiceKeys};
use tests::installation::topology;

use crate::{
    house::{House, Profile},
    raw::Base,
    round::{Figure, Goal, Report, interleaved},
    servers::Books,
};

/// Events in the backlog.
const EVENTS: i64 = 100_000;
/// Messages of the sample that goes one by one.
const SAMPLE: usize = 2_000;
/// A consumer of ours: the broker keeps what somebody waits for.
const CONSUMER: &str = "bench";
const PATIENCE: Duration = Duration::from_secs(600);

pub(crate) async fn run(folder: &Path, report: &mut Report) -> Result<()> {
    let house = House::open(Profile::Services, folder).await?;
    let clerk = house.clerk().await?;
    clerk.register(&clerk.signed_in().await?).await?;
    let keys = house.data().join("keys");
    let (broker, books, place) = house.leave_servers().await?;
    let bus = Bus::nats(&broker.settings(), "office").await?;
    let mut topology = topology();
    topology.publishers.entry("documents".to_owned()).or_default().insert(CONSUMER.to_owned());
    bus.prepare(&topology).await?;

    let base = Base::open(&books.database("documents")).await?;
    let event = base.text("SELECT body FROM outbox ORDER BY id DESC LIMIT 1").await?;
    let mut consumer = bus.subscribe("documents", CONSUMER).await?;
    let platform = Platform {
        bus: Bus::nats(&broker.settings(), "documents").await?,
        clock: Clock::system(),
        life: Life::new(),
        health: Health::new(),
        blobs: blob::Store::folder(place.path().join("data").join("blobs"))?,
        keys: Arc::new(Keys::from_file(&keys.join("services.json"))?),
        key_folder: keys.clone(),
        restored: false,
    };
    let bare = jetstream::new(async_nats::connect(broker.url()).await?);
    let name = "BARE".to_owned();
    bare.create_stream(stream::Config { name, subjects: vec!["bare.>".into()], ..stream::Config::default() }).await?;

    let (ours, limit) = interleaved(
        "backlog",
        async || {
            // Each round runs under a life of its own, which ends with it.
            let platform = Platform { life: Life::new(), ..platform.clone() };
            drained(&base, &books, &platform, &mut consumer, &keys).await
        },
        async || one_by_one(&bare, &event).await,
    )
    .await?;
    let limit = ("one synced message for each event", limit);
    report.tell(Figure { name: "backlog", unit: "events/s", ours, limit, goal: Goal::TimesAtLeast(20.0) });
    Ok(())
}

/// Events a second from the start of documents over its backlog until the last is in a consumer's hands.
async fn drained(
    base: &Base,
    books: &Books,
    platform: &Platform,
    consumer: &mut Subscription,
    keys: &Path,
) -> Result<f64> {
    let wanted = base.number("SELECT next_seq FROM publisher").await? + EVENTS - 1;
    // Their ids ascend, as those that the service makes do: an index is touched where it was touched last.
    let copies = format!(
        "INSERT INTO outbox (event, kind, aggregate, office, at, trace, body)
         SELECT (lpad(to_hex(extract(epoch FROM clock_timestamp())::bigint * 1000), 12, '0') || '7000' || '8000'
             || lpad(to_hex(place), 12, '0'))::uuid, kind, aggregate, office, at, trace, body
         FROM generate_series(1, {EVENTS}) AS place, (SELECT * FROM outbox ORDER BY id DESC LIMIT 1) AS last; ANALYZE outbox"
    );
    base.run(&copies).await?;
    let begun = Instant::now();
    let db = Db::open(&books.database("documents")).await?;
    let keys = ServiceKeys::in_folder(keys.to_owned());
    let running = service::start(documents::service(), platform, &keys, db, None).await?;
    let taken = tokio::time::timeout(PATIENCE, async {
        loop {
            let delivery = consumer.next().await.context("the bus has ended")?;
            let told: Told = serde_json::from_slice(&delivery.body)?;
            let last = told.envelopes.last().context("an empty message")?.seq;
            delivery.ack().await;
            if last >= wanted {
                return anyhow::Ok(begun.elapsed());
            }
        }
    });
    let taken = taken.await.context("the backlog was not drained")??;
    running.stop().await;
    let late = platform.life.stop_and_wait(Duration::from_secs(20)).await;
    ensure!(late.is_empty(), "tasks that did not stop: {late:?}");
    Ok(EVENTS as f64 / taken.as_secs_f64())
}

/// What the measuring looks at in a message: the limit does not read its messages at all.
#[derive(serde::Deserialize)]
struct Told {
    envelopes: Vec<Numbered>,
}

#[derive(serde::Deserialize)]
struct Numbered {
    seq: i64,
}

/// Messages a second, each acknowledged before the next.
async fn one_by_one(bare: &jetstream::Context, event: &str) -> Result<f64> {
    let begun = Instant::now();
    for _ in 0..SAMPLE {
        bare.publish("bare.one", event.to_owned().into()).await?.await?;
    }
    Ok(SAMPLE as f64 / begun.elapsed().as_secs_f64())
}
