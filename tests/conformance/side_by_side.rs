//! Two processes of one service over one schema, as during an upgrade: they share the calls and the relay's turn.

use std::{collections::BTreeSet, time::Duration};

use bus::Bus;
use db::outbox;
use service::builtin::{DESCRIBE, Described};
use testbed::{Bench, Pair, Person, process::until};
use tokio::task::JoinSet;
use uuid::Uuid;
use wire::{Bundle, Meta, call_subject, id::OfficeId};

use crate::{
    replica::Replica,
    till::{Add, Look, Poison, Reflect, mirror, till},
};

const PATIENCE: Duration = Duration::from_secs(60);

/// A bench with the mirror, and the till twice beside it.
struct Twice {
    bench: Bench,
    one: Replica,
    two: Replica,
    office: OfficeId,
    clerk: Person,
}

impl Twice {
    async fn start() -> Self {
        let mut bench = Bench::start(Pair::NatsPostgres, vec![mirror(&Poison::default())]).await;
        let (one, two) = (Replica::start(&mut bench, till()).await, Replica::start(&mut bench, till()).await);
        let office = bench.office();
        let clerk = bench.person(&[(office, &["till.add", "till.look"])]);
        let twice = Self { bench, one, two, office, clerk };
        // A consumer that has not begun yet would take the first events from a snapshot.
        until("the mirror to begin", PATIENCE, || async { twice.reflected().await }).await.unwrap();
        twice
    }

    /// How far the mirror has come.
    async fn reflected(&self) -> Option<wire::Position> {
        db::inbox::position(self.bench.service("mirror").db().reader(), "till").await.ok()?
    }
}

/// Adds one again and again, each until it is answered; who is killed meanwhile is not waited for long.
async fn adds(bus: Bus, clerk: Person, count: Uuid, office: OfficeId, times: usize) {
    for _ in 0..times {
        let key = Some(runtime::fresh_id().to_string());
        let meta = Meta { token: Some(clerk.token().to_owned()), key, ..Meta::default() };
        let call = Add { id: count, office, amount: 1 };
        let asked = || async { bus.ask(&meta, &call, Duration::from_secs(2)).await.ok() };
        until("an answer", PATIENCE, asked).await.unwrap();
    }
}

/// The numbers of everything that was sent, in the order in which it came, up to one.
async fn sent(watch: &mut bus::Watch, last: i64) -> Vec<i64> {
    let mut seen = Vec::new();
    while seen.last() != Some(&last) {
        let message = tokio::time::timeout(PATIENCE, watch.next()).await.expect("the events in time").unwrap();
        let bundle: Bundle = serde_json::from_slice(&message).unwrap();
        seen.extend(bundle.envelopes.iter().map(|event| event.position.seq));
    }
    seen
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_share_the_calls_and_tell_everything_once_and_in_order() {
    let twice = Twice::start().await;
    let mut watch = twice.bench.platform.bus.watch("till").await.unwrap();
    let counts: Vec<Uuid> = (0..3).map(|_| runtime::fresh_id()).collect();
    let mut writers = JoinSet::new();
    for count in counts.iter().flat_map(|count| [*count; 2]) {
        writers.spawn(adds(twice.bench.platform.bus.clone(), twice.clerk.clone(), count, twice.office, 30));
    }
    writers.join_all().await;
    assert_eq!(sent(&mut watch, 180).await, (1..=180).collect::<Vec<_>>());
    until("the mirror", PATIENCE, || async { twice.reflected().await.filter(|at| at.seq == 180) }).await.unwrap();
    for count in counts {
        let seen = twice.clerk.call(&Reflect { id: count }).await.unwrap();
        assert_eq!((seen.total, seen.events), (60, 60));
    }

    both_are_described(&twice.bench).await;
    twice.one.stop().await;
    twice.two.stop().await;
    twice.bench.finish().await;
}

/// Whoever asks often enough hears both, each under an id of its own.
async fn both_are_described(bench: &Bench) {
    let signer = bench.signer("testbed").unwrap();
    let mut instances = BTreeSet::new();
    for _ in 0..1_000 {
        let token = signer.sign_service(bench.platform.clock.now(), PATIENCE);
        let meta = Meta { token: Some(token), ..Meta::default() };
        let subject = call_subject("till", DESCRIBE);
        let answer = bench.platform.bus.call(&subject, &meta, "null".into(), PATIENCE).await.unwrap();
        let described: Described = serde_json::from_slice(&answer.body).unwrap();
        instances.insert(described.instance);
        if instances.len() == 2 {
            return;
        }
    }
    panic!("only {instances:?} answered");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_is_killed_at_work_leaves_nothing_out_and_nothing_twice() {
    let twice = Twice::start().await;
    let counts: Vec<Uuid> = (0..4).map(|_| runtime::fresh_id()).collect();
    let mut writers = JoinSet::new();
    for count in &counts {
        writers.spawn(adds(twice.bench.platform.bus.clone(), twice.clerk.clone(), *count, twice.office, 40));
    }
    let Twice { bench, one, two, clerk, .. } = twice;
    until("work to be under way", PATIENCE, || async { (two.db().head().await.ok()?.last.seq >= 20).then_some(()) })
        .await
        .unwrap();
    one.kill();
    writers.join_all().await;
    let arrived = until("the mirror", PATIENCE, || async {
        let db = bench.service("mirror").db();
        db::inbox::position(db.reader(), "till").await.ok()?.filter(|at| at.seq == 160)
    });
    arrived.await.unwrap();
    let head = two.db().head().await.unwrap();
    assert_eq!((head.last.epoch, head.last.seq), (1, 160), "every answered call told once");
    for count in counts {
        assert_eq!(clerk.call(&Look { id: count }).await.unwrap().total, 40);
        let seen = clerk.call(&Reflect { id: count }).await.unwrap();
        assert_eq!((seen.total, seen.events), (40, 40), "each event applied once");
    }
    two.stop().await;
    bench.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backlog_travels_many_to_a_message_each_once() {
    const ROWS: i64 = 10_000;
    let twice = Twice::start().await;
    let mut watch = twice.bench.platform.bus.watch("till").await.unwrap();
    let tx = twice.one.db().begin().await.unwrap();
    for from in (0..ROWS).step_by(1_000) {
        let event = |version: i64| outbox::Fresh {
            id: runtime::fresh_id(),
            kind: "counted_elsewhere.v1",
            aggregate: runtime::fresh_id(),
            office: twice.office.into(),
            at: wire::Instant::from_micros(0),
            trace: None,
            body: serde_json::json!({ "count": { "version": version, "note": "x".repeat(200) } }),
        };
        outbox::emit(&tx, (from..from + 1_000).map(event).collect()).await.unwrap();
    }
    tx.commit().await.unwrap();
    let began = std::time::Instant::now();
    let (mut messages, mut last) = (0, 0);
    while last < ROWS {
        let message = tokio::time::timeout(PATIENCE, watch.next()).await.expect("the events in time").unwrap();
        let bundle: Bundle = serde_json::from_slice(&message).unwrap();
        for event in bundle.envelopes {
            assert_eq!(event.position.seq, last + 1);
            last = event.position.seq;
        }
        messages += 1;
    }
    let took = began.elapsed();
    assert!(messages * 20 <= ROWS, "{messages} messages for {ROWS} events, in {took:?}");
    println!("{messages} messages for {ROWS} events, in {took:?}");
    until("the mirror", PATIENCE, || async { twice.reflected().await.filter(|at| at.seq == ROWS) }).await.unwrap();
    twice.one.stop().await;
    twice.two.stop().await;
    twice.bench.finish().await;
}
