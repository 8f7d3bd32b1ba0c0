//! Durable jobs: they run when due, go on after a stop, and each run counts once.

use std::time::Duration;

use testbed::{Bench, Pair, process::until};
use uuid::Uuid;

use crate::{
    on_every_pair,
    till::{AddLater, Look, Poison, mirror, till},
};

on_every_pair!(a_job_runs_when_it_is_due_and_goes_on_where_it_was, a_job_left_by_a_killed_worker_is_taken_over);

async fn total(clerk: &testbed::Person, count: Uuid) -> Option<i64> {
    clerk.call(&Look { id: count }).await.ok().map(|count| count.total)
}

async fn a_job_runs_when_it_is_due_and_goes_on_where_it_was(pair: Pair) {
    let bench = Bench::start(pair, vec![till(), mirror(&Poison::default())]).await;
    let (office, count) = (bench.office(), runtime::fresh_id());
    let clerk = bench.person(&[(office, &["till.add", "till.look"])]);
    let due = bench.platform.clock.now().plus(Duration::from_millis(300));
    clerk.call(&AddLater { id: count, office, due, runs: 3 }).await.unwrap();
    assert_eq!(total(&clerk, count).await, None, "not before it is due");
    let done =
        until("three runs", Duration::from_secs(20), || async { total(&clerk, count).await.filter(|n| *n == 3) });
    done.await.unwrap();
    assert_eq!(bench.service("till").db().next_due().await.unwrap(), None, "nothing is left to do");
    bench.finish().await;
}

async fn a_job_left_by_a_killed_worker_is_taken_over(pair: Pair) {
    let bench = Bench::start(pair, vec![till()]).await;
    let (office, count) = (bench.office(), runtime::fresh_id());
    let clerk = bench.person(&[(office, &["till.add", "till.look"])]);
    let now = bench.platform.clock.now();
    let due = now.plus(Duration::from_secs(1));
    clerk.call(&AddLater { id: count, office, due, runs: 1 }).await.unwrap();
    // Another worker takes the job and is never heard of again: its lease runs out after two seconds.
    let till = bench.service("till").db();
    let dead = till.lease_job(due, due.plus(Duration::from_secs(2))).await.unwrap().expect("the job was there");
    let done = until("the job", Duration::from_secs(20), || async { total(&clerk, count).await });
    assert_eq!(done.await.unwrap(), 1);
    // Should the dead worker come back, its work no longer counts.
    let tx = till.begin().await.unwrap();
    assert!(!db::jobs::finish(&tx, &dead).await.unwrap());
    tx.rollback().await.unwrap();
    bench.finish().await;
}
