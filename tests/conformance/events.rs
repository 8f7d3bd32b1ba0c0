//! Events: order, exactly one effect each, poison, holes, outages, and where a consumer begins.

use std::time::Duration;

use db::inbox;
use service::builtin::{DEAD_LETTERS, Parked, RETRY_DEAD, RetryDead};
use testbed::{Bench, Pair};
use uuid::Uuid;
use wire::{Bundle, Meta, call_subject, id::OfficeId};

use crate::{
    on_every_pair,
    till::{Add, Poison, Reflect, Reflection, mirror, till, till_growing},
};

on_every_pair!(
    events_of_a_noun_arrive_in_order_and_once,
    a_message_sent_twice_has_one_effect,
    a_poison_event_parks_its_noun_and_comes_back,
    a_hole_is_seen_and_filled_from_the_book,
    a_new_consumer_begins_from_a_snapshot,
    a_snapshot_that_grows_while_it_is_read_comes_to_an_end,
    events_wait_while_the_broker_is_away,
);

fn id() -> Uuid {
    runtime::fresh_id()
}

async fn add(clerk: &testbed::Person, count: Uuid, office: OfficeId, times: usize) {
    for _ in 0..times {
        clerk.call(&Add { id: count, office, amount: 1 }).await.unwrap();
    }
}

async fn reflection(clerk: &testbed::Person, count: Uuid) -> Reflection {
    clerk.call(&Reflect { id: count }).await.unwrap()
}

async fn events_of_a_noun_arrive_in_order_and_once(pair: Pair) {
    let bench = Bench::start(pair, vec![till(), mirror(&Poison::default())]).await;
    let office = bench.office();
    let clerk = bench.person(&[(office, &["till.add", "till.look"])]);
    let counts = [id(), id(), id()];
    let mut writers = tokio::task::JoinSet::new();
    for count in counts.iter().flat_map(|count| [*count; 4]) {
        let clerk = clerk.clone();
        writers.spawn(async move { add(&clerk, count, office, 10).await });
    }
    writers.join_all().await;
    bench.settled().await;
    for count in counts {
        let versions: Vec<i64> = bench
            .events("till")
            .await
            .unwrap()
            .iter()
            .filter(|event| event.aggregate == count)
            .map(|event| event.body["count"]["version"].as_i64().unwrap())
            .collect();
        assert_eq!(versions, (1..=40).collect::<Vec<_>>(), "the order of a noun's events is the order of its changes");
        let seen = reflection(&clerk, count).await;
        assert_eq!((seen.total, seen.events), (40, 40));
    }
    bench.finish().await;
}

async fn a_message_sent_twice_has_one_effect(pair: Pair) {
    let bench = Bench::start(pair, vec![till(), mirror(&Poison::default())]).await;
    let (office, count) = (bench.office(), id());
    let clerk = bench.person(&[(office, &["till.add", "till.look"])]);
    add(&clerk, count, office, 3).await;
    bench.settled().await;
    // The same events under another message id: what a relay does that was killed before it noted its progress.
    let bundle = Bundle { publisher: "till".into(), envelopes: bench.events("till").await.unwrap() };
    let body = serde_json::to_vec(&bundle).unwrap();
    bench.platform.bus.publish("till", "again", body.into()).await.unwrap();
    add(&clerk, count, office, 1).await;
    bench.settled().await;
    assert_eq!(reflection(&clerk, count).await.events, 4);
    bench.finish().await;
}

async fn a_poison_event_parks_its_noun_and_comes_back(pair: Pair) {
    let poison = Poison::default();
    poison.set(true);
    let bench = Bench::start(pair, vec![till(), mirror(&poison)]).await;
    let (office, bad, good) = (bench.office(), id(), id());
    let clerk = bench.person(&[(office, &["till.add", "till.look"])]);
    clerk.call(&Add { id: bad, office, amount: 666 }).await.unwrap();
    add(&clerk, bad, office, 2).await;
    add(&clerk, good, office, 2).await;
    bench.settled().await;
    assert_eq!(reflection(&clerk, good).await.total, 2, "other nouns go on");
    let parked: Vec<Parked> = operator(&bench, DEAD_LETTERS, &()).await;
    assert_eq!(parked.iter().map(|letter| letter.aggregate).collect::<Vec<_>>(), [bad; 3]);
    assert!(parked[0].error.contains("poison"), "{parked:?}");

    poison.set(false);
    let applied: usize = operator(&bench, RETRY_DEAD, &RetryDead { aggregate: bad }).await;
    assert_eq!(applied, 3);
    let seen = reflection(&clerk, bad).await;
    assert_eq!((seen.total, seen.events), (668, 3));
    bench.finish().await;
}

/// An operator's built-in call to the mirror.
async fn operator<C: serde::Serialize, R: serde::de::DeserializeOwned>(bench: &Bench, name: &str, call: &C) -> R {
    let token = bench.signer("testbed").unwrap().sign_service(bench.platform.clock.now(), Duration::from_secs(60));
    let meta = Meta { token: Some(token), ..Meta::default() };
    let body = serde_json::to_vec(call).unwrap();
    let subject = call_subject("mirror", name);
    let answer = bench.platform.bus.call(&subject, &meta, body.into(), Duration::from_secs(10)).await.unwrap();
    assert!(!answer.fault, "{}", String::from_utf8_lossy(&answer.body));
    serde_json::from_slice(&answer.body).unwrap()
}

async fn a_hole_is_seen_and_filled_from_the_book(pair: Pair) {
    let bench = Bench::start(pair, vec![till(), mirror(&Poison::default())]).await;
    let (office, count) = (bench.office(), id());
    let clerk = bench.person(&[(office, &["till.add", "till.look"])]);
    add(&clerk, count, office, 5).await;
    bench.settled().await;
    // The mirror forgets the last events, as if the courier had lost them: the next message leaves a hole.
    let mirror = bench.service("mirror").db();
    let tx = mirror.begin().await.unwrap();
    let head = bench.service("till").db().head().await.unwrap().last;
    inbox::advance(&tx, "till", inbox::Stand { position: wire::Position { seq: 2, ..head }, event: None })
        .await
        .unwrap();
    tx.commit().await.unwrap();
    add(&clerk, count, office, 1).await;
    bench.settled().await;
    let seen = reflection(&clerk, count).await;
    assert_eq!((seen.total, seen.events), (6, 9), "events 3 to 5 came again from the book, then 6");
    bench.finish().await;
}

async fn a_new_consumer_begins_from_a_snapshot(pair: Pair) {
    let bench = Bench::start(pair, vec![till(), mirror(&Poison::default())]).await;
    let office = bench.office();
    let clerk = bench.person(&[(office, &["till.add", "till.look"])]);
    let counts: Vec<Uuid> = (0..3).map(|_| id()).collect();
    for count in &counts {
        add(&clerk, *count, office, 4).await;
    }
    bench.settled().await;
    // The mirror loses its book altogether and starts anew; the till no longer keeps old events.
    let mirror = bench.service("mirror").db();
    let tx = mirror.begin().await.unwrap();
    for forget in ["DELETE FROM consumed", "DELETE FROM till"] {
        sea_orm::ConnectionTrait::execute_unprepared(&tx, forget).await.unwrap();
    }
    tx.commit().await.unwrap();
    add(&clerk, counts[0], office, 1).await;
    bench.settled().await;
    assert_eq!(reflection(&clerk, counts[1]).await.events, 1, "one noun of the snapshot, not four events");
    assert_eq!(reflection(&clerk, counts[1]).await.total, 4);
    assert_eq!(reflection(&clerk, counts[0]).await.total, 5);
    bench.finish().await;
}

async fn a_snapshot_that_grows_while_it_is_read_comes_to_an_end(pair: Pair) {
    // Whenever a page is asked for, another count has been opened meanwhile: a busy morning.
    let bench = Bench::start(pair, vec![till_growing(), mirror(&Poison::default())]).await;
    let (office, count) = (bench.office(), id());
    let clerk = bench.person(&[(office, &["till.add", "till.look"])]);
    add(&clerk, count, office, 1).await;
    bench.settled().await;
    assert_eq!(reflection(&clerk, count).await.total, 1);
    bench.finish().await;
}

async fn events_wait_while_the_broker_is_away(pair: Pair) {
    let mut bench = Bench::start(pair, vec![till(), mirror(&Poison::default())]).await;
    let (office, count) = (bench.office(), id());
    let clerk = bench.person(&[(office, &["till.add", "till.look"])]);
    add(&clerk, count, office, 1).await;
    bench.settled().await;
    match bench.broker.as_mut() {
        Some(broker) => broker.stop(),
        None => bench.platform.bus.local_away(true),
    }
    // The bus carries calls too, so while it is away the work is put in the book directly.
    let till = bench.service("till").db();
    for version in 2..=30 {
        let tx = till.begin().await.unwrap();
        let body =
            serde_json::json!({ "count": { "id": count, "office": office, "total": version, "version": version } });
        let fresh = db::outbox::Fresh {
            id: id(),
            kind: "count_changed.v1",
            aggregate: count,
            office: office.into(),
            at: bench.platform.clock.now(),
            trace: None,
            body,
        };
        db::outbox::emit(&tx, vec![fresh]).await.unwrap();
        tx.commit().await.unwrap();
    }
    match bench.broker.as_mut() {
        Some(broker) => broker.start_again().await.unwrap(),
        None => bench.platform.bus.local_away(false),
    }
    bench.settled().await;
    let seen = testbed::process::until("the bus to answer again", Duration::from_secs(30), || async {
        clerk.call(&Reflect { id: count }).await.ok()
    });
    let seen = seen.await.unwrap();
    assert_eq!((seen.total, seen.events), (30, 30));
    bench.finish().await;
}
