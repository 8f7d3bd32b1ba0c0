//! Events, on both transports.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use bus::{Bus, PublishError, Subscription};
use wire::MESSAGE_LIMIT;

use crate::world::{OTHER_READER, PUBLISHER, READER, World, just_fits, not_yet, soon, too_large};

pub(crate) async fn publish(bus: &Bus, message: &str) {
    bus.publish(PUBLISHER, message, message.to_owned().into()).await.unwrap();
}

/// The next message, acknowledged.
pub(crate) async fn take(subscription: &mut Subscription) -> String {
    let delivery = soon(subscription.next()).await.unwrap();
    let message = String::from_utf8(delivery.body.to_vec()).unwrap();
    delivery.ack().await;
    message
}

pub(crate) async fn messages_arrive_in_order(world: World) {
    let bus = world.prepared("documents").await;
    let mut subscription = bus.subscribe(PUBLISHER, READER).await.unwrap();
    for number in 0..20 {
        publish(&bus, &format!("{number}")).await;
    }
    for number in 0..20 {
        assert_eq!(take(&mut subscription).await, format!("{number}"));
    }
    not_yet(subscription.next()).await;
}

pub(crate) async fn a_refused_message_comes_again_after_its_delay_and_before_the_next(world: World) {
    let bus = world.prepared("documents").await;
    let mut subscription = bus.subscribe(PUBLISHER, READER).await.unwrap();
    publish(&bus, "first").await;
    publish(&bus, "second").await;

    let delay = Duration::from_millis(400);
    let refused = Instant::now();
    soon(subscription.next()).await.unwrap().nak(delay).await;
    assert_eq!(take(&mut subscription).await, "first");
    assert!(refused.elapsed() >= delay, "came again after {:?}", refused.elapsed());
    assert_eq!(take(&mut subscription).await, "second");
}

pub(crate) async fn an_unacknowledged_message_comes_again_after_a_restart_of_its_reader(world: World) {
    let bus = world.prepared("documents").await;
    publish(&bus, "first").await;
    publish(&bus, "second").await;
    let mut before = world.bus("programme").await.subscribe(PUBLISHER, READER).await.unwrap();
    let unfinished = soon(before.next()).await.unwrap();
    unfinished.in_progress().await;
    assert_eq!(unfinished.body, "first");
    drop(unfinished);
    drop(before);

    let mut after = world.bus("programme").await.subscribe(PUBLISHER, READER).await.unwrap();
    assert_eq!(take(&mut after).await, "first");
    assert_eq!(take(&mut after).await, "second");
}

pub(crate) async fn what_was_published_before_the_first_reader_came_is_kept(world: World) {
    let bus = world.prepared("documents").await;
    publish(&bus, "early").await;
    let mut subscription = bus.subscribe(PUBLISHER, READER).await.unwrap();
    assert_eq!(take(&mut subscription).await, "early");
}

pub(crate) async fn consumers_do_not_disturb_each_other(world: World) {
    let bus = world.prepared("documents").await;
    let mut stuck = bus.subscribe(PUBLISHER, READER).await.unwrap();
    let mut swift = bus.subscribe(PUBLISHER, OTHER_READER).await.unwrap();
    publish(&bus, "first").await;
    publish(&bus, "second").await;
    let held = soon(stuck.next()).await.unwrap();
    assert_eq!(take(&mut swift).await, "first");
    assert_eq!(take(&mut swift).await, "second");
    held.ack().await;
    assert_eq!(take(&mut stuck).await, "second");
}

pub(crate) async fn replicas_of_a_consumer_share_the_messages(world: World) {
    let bus = world.prepared("documents").await;
    let mut one = bus.subscribe(PUBLISHER, READER).await.unwrap();
    let mut other = bus.subscribe(PUBLISHER, READER).await.unwrap();
    let mut expected = BTreeSet::new();
    let mut got = BTreeSet::new();
    for number in 0..6 {
        publish(&bus, &format!("{number}")).await;
        expected.insert(format!("{number}"));
    }
    while got.len() < expected.len() {
        let delivery = tokio::select! {
            delivery = soon(one.next()) => delivery.unwrap(),
            delivery = soon(other.next()) => delivery.unwrap(),
        };
        let message = String::from_utf8(delivery.body.to_vec()).unwrap();
        assert!(got.insert(message.clone()), "`{message}` came to both");
        delivery.ack().await;
    }
    assert_eq!(got, expected);
}

pub(crate) async fn waiting_for_a_message_may_be_cancelled(world: World) {
    let bus = world.prepared("documents").await;
    let mut subscription = bus.subscribe(PUBLISHER, READER).await.unwrap();
    for number in 0..30 {
        // Cancelled at once, and again after the message has had time to arrive.
        let _ = tokio::time::timeout(Duration::ZERO, subscription.next()).await;
        publish(&bus, &format!("{number}")).await;
        let began = Instant::now();
        assert_eq!(take(&mut subscription).await, format!("{number}"));
        assert!(began.elapsed() < Duration::from_millis(900), "came only by redelivery");
    }
}

pub(crate) async fn a_watch_sees_new_messages_only(world: World) {
    let bus = world.prepared("documents").await;
    publish(&bus, "old").await;
    let mut one = bus.watch(PUBLISHER).await.unwrap();
    let mut other = bus.watch(PUBLISHER).await.unwrap();
    let mut elsewhere = bus.watch("finance").await.unwrap();
    publish(&bus, "new").await;
    assert_eq!(soon(one.next()).await.unwrap(), "new");
    assert_eq!(soon(other.next()).await.unwrap(), "new");
    not_yet(elsewhere.next()).await;
}

pub(crate) async fn an_oversized_message_is_refused(world: World) {
    let bus = world.prepared("documents").await;
    let refused = PublishError::TooLarge { size: MESSAGE_LIMIT + 1, limit: MESSAGE_LIMIT };
    assert_eq!(bus.publish(PUBLISHER, "large", too_large().into()).await, Err(refused));

    bus.publish(PUBLISHER, "fits", just_fits().into()).await.unwrap();
    let mut subscription = bus.subscribe(PUBLISHER, READER).await.unwrap();
    assert_eq!(soon(subscription.next()).await.unwrap().body, just_fits());
}

pub(crate) async fn an_outage_delays_and_loses_nothing(mut world: World) {
    let bus = world.prepared("documents").await;
    let mut subscription = bus.subscribe(PUBLISHER, READER).await.unwrap();
    let mut watch = bus.watch(PUBLISHER).await.unwrap();
    publish(&bus, "before").await;
    assert_eq!(take(&mut subscription).await, "before");
    assert_eq!(soon(watch.next()).await.unwrap(), "before");
    publish(&bus, "unread").await;
    assert_eq!(soon(watch.next()).await.unwrap(), "unread");

    world.away(&bus).await;
    let refused = bus.publish(PUBLISHER, "during", "during".into()).await;
    assert!(matches!(refused, Err(PublishError::Away(_))), "{refused:?}");
    let asked = bus.call("call.finance.see.v1", &wire::Meta::default(), "".into(), Duration::from_secs(1)).await;
    assert!(matches!(asked, Err(bus::CallError::Away(_))), "{asked:?}");
    not_yet(subscription.next()).await;

    world.back(&bus).await;
    let resumed = Instant::now();
    // A power cut may cost the broker its memory of the last acknowledgement, never a message.
    let mut next = take(&mut subscription).await;
    if next == "before" {
        next = take(&mut subscription).await;
    }
    assert_eq!(next, "unread");
    publish(&bus, "after").await;
    assert_eq!(take(&mut subscription).await, "after");
    assert_eq!(soon(watch.next()).await.unwrap(), "after");
    assert!(resumed.elapsed() < Duration::from_secs(8), "resumed only by the watchdog: {:?}", resumed.elapsed());
}
