//! A graceful stop: what was begun is finished and answered, what was told is relayed.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use testbed::{Bench, Pair};

use crate::{
    on_every_pair,
    till::{AddSlowly, Poison, mirror, till_counting},
};

on_every_pair!(work_in_flight_is_finished_before_the_stop);

async fn work_in_flight_is_finished_before_the_stop(pair: Pair) {
    let entered = Arc::new(AtomicUsize::new(0));
    let mut bench = Bench::start(pair, vec![till_counting(&entered), mirror(&Poison::default())]).await;
    let (office, count) = (bench.office(), runtime::fresh_id());
    let clerk = bench.person(&[(office, &["till.add", "till.look"])]);
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let clerk = clerk.clone();
        calls.spawn(async move { clerk.call(&AddSlowly { id: count, office, millis: 300 }).await });
    }
    testbed::process::until("all eight to be at work", Duration::from_secs(20), || async {
        (entered.load(Ordering::SeqCst) == 8).then_some(())
    })
    .await
    .unwrap();
    let db = bench.service("till").db().clone();
    bench.stop().await.unwrap();
    let answered = calls.join_all().await.into_iter().filter(Result::is_ok).count();
    let made = db.head().await.unwrap().last.seq;
    assert_eq!(i64::try_from(answered).unwrap(), made, "answered is done, and done is answered");
    assert_eq!(answered, 8, "everyone who was at work got an answer");
    assert_eq!(db.head().await.unwrap().sent, made, "everything told was handed to the courier");
}
