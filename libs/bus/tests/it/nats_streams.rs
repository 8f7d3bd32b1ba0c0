//! Streams and consumers: prepared, full, lost.

use std::time::Duration;

use bus::{Bus, PublishError, Topology};
use testbed::nats::Server;

use crate::{
    events::{publish, take},
    world::{OTHER_READER, PUBLISHER, READER, World, settings, soon, topology, until},
};

#[tokio::test]
async fn a_reader_outlives_the_loss_of_the_brokers_store() {
    let mut server = Server::start().await.unwrap();
    let bus = Bus::nats(&settings(&server), "documents").await.unwrap();
    let mut subscription = bus.subscribe(PUBLISHER, READER).await.unwrap();
    // A service may start before anybody has prepared the broker.
    let waited = tokio::time::timeout(Duration::from_millis(400), subscription.next()).await;
    assert!(waited.is_err());
    bus.prepare(&topology()).await.unwrap();
    publish(&bus, "before").await;
    assert_eq!(take(&mut subscription).await, "before");

    server.stop();
    server.delete_store().unwrap();
    server.start_again().await.unwrap();
    until("the bus to be connected again", || bus.is_up()).await;
    let lost = bus.publish(PUBLISHER, "lost", "lost".into()).await;
    assert!(matches!(lost, Err(PublishError::Away(_))), "{lost:?}");

    let reading = tokio::spawn(async move { take(&mut subscription).await });
    bus.prepare(&topology()).await.unwrap();
    publish(&bus, "after").await;
    assert_eq!(soon(reading).await.unwrap(), "after");
}

#[tokio::test]
async fn preparing_again_changes_what_differs_and_loses_nothing() {
    let world = World::nats().await;
    let bus = world.prepared("documents").await;
    publish(&bus, "kept").await;
    bus.prepare(&topology()).await.unwrap();
    let mut wider = Topology { max_bytes: 1 << 21, redeliver_after: Duration::from_secs(9), ..topology() };
    wider.publishers.insert("finance".to_owned(), [READER.to_owned()].into());
    bus.prepare(&wider).await.unwrap();
    for reader in [READER, OTHER_READER] {
        assert_eq!(take(&mut bus.subscribe(PUBLISHER, reader).await.unwrap()).await, "kept");
    }
    bus.publish("finance", "1", "1".into()).await.unwrap();
}

/// A publisher whose stream is full because one of its two consumers has not read.
struct Full {
    world: World,
    bus: Bus,
    plan: Topology,
}

impl Full {
    const MESSAGE: usize = 300 * 1024;

    async fn new() -> Self {
        let world = World::nats().await;
        let bus = world.bus("documents").await;
        let plan = Topology { max_bytes: 1 << 20, ..topology() };
        bus.prepare(&plan).await.unwrap();
        let full = Self { world, bus, plan };
        let mut swift = full.bus.subscribe(PUBLISHER, READER).await.unwrap();
        for number in 0..3 {
            full.send(number).await.unwrap();
            take(&mut swift).await;
        }
        let refused = full.send(3).await;
        assert!(matches!(&refused, Err(PublishError::Away(reason)) if reason.contains("maximum bytes")), "{refused:?}");
        full
    }

    async fn send(&self, number: usize) -> Result<(), PublishError> {
        self.bus.publish(PUBLISHER, &number.to_string(), vec![b'x'; Self::MESSAGE].into()).await
    }

    async fn accepts_again(&self) {
        soon(async { while self.send(4).await.is_err() {} }).await;
    }
}

#[tokio::test]
async fn a_full_stream_refuses_until_the_slowest_consumer_has_read() {
    let full = Full::new().await;
    let mut slow = full.world.bus("search").await.subscribe(PUBLISHER, OTHER_READER).await.unwrap();
    assert_eq!(take(&mut slow).await.len(), Full::MESSAGE);
    full.accepts_again().await;
}

#[tokio::test]
async fn the_consumer_of_a_service_that_is_no_more_holds_nothing_back() {
    let mut full = Full::new().await;
    full.plan.publishers.insert(PUBLISHER.to_owned(), [READER.to_owned()].into());
    full.bus.prepare(&full.plan).await.unwrap();
    full.accepts_again().await;
}

#[tokio::test]
async fn a_message_sent_twice_is_kept_once() {
    let world = World::nats().await;
    let bus = world.prepared("documents").await;
    publish(&bus, "first").await;
    publish(&bus, "first").await;
    publish(&bus, "second").await;
    let mut subscription = bus.subscribe(PUBLISHER, READER).await.unwrap();
    assert_eq!(take(&mut subscription).await, "first");
    assert_eq!(take(&mut subscription).await, "second");
}
