//! The servers go away under load and come back: the broker for a while and without its store, PostgreSQL by an immediate
//! shutdown. Nothing is killed of ours; what was acknowledged stays, and everything heals by itself.
//!
//! The broker's absence lasts as long as `$VANPHONG_DRILL_SECONDS` says; the drill of ten minutes is
//! `VANPHONG_DRILL_SECONDS=600 cargo test -p tests --test faults broker -- --nocapture`.

use std::time::{Duration, Instant};

use testbed::process::until;
use tests::{
    client::Client,
    installation::{Installation, Profile, Wish},
};

use crate::{
    check::{consumers_are_level, nothing_lost_nothing_doubled},
    load::Load,
};

/// How long the broker stays away when nobody says otherwise.
const AWAY: Duration = Duration::from_secs(15);
/// How soon everyone must have heard of everything once the broker is back.
const LEVEL_WITHIN: Duration = Duration::from_secs(60);
/// How often PostgreSQL is restarted, and how long it stays away.
const RESTARTS: u32 = 3;
const RESTART: Duration = Duration::from_secs(2);

fn away() -> Duration {
    let told = std::env::var("VANPHONG_DRILL_SECONDS").ok();
    told.map_or(AWAY, |told| {
        Duration::from_secs(told.parse().expect("`VANPHONG_DRILL_SECONDS` is a number of seconds"))
    })
}

/// An answer that says "not now" and when to come again, or none in time.
async fn is_refused(door: &Client) -> Option<()> {
    let answer = door.try_send(reqwest::Method::GET, "/api/v1/me", None, &[]).await.ok()?;
    match answer.status.as_u16() {
        503 => {
            assert!(answer.headers.contains_key("retry-after"), "{answer:?}");
            Some(())
        }
        504 => Some(()),
        _ => None,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broker_that_is_away_and_loses_its_store_costs_time_and_nothing_else() {
    let mut installation = Installation::start(Profile::Services).await.unwrap();
    installation.load_few_units().await.unwrap();
    let folder = testbed::dir::temp().unwrap();
    let load = Load::prepare(&installation, folder.path()).await;
    let (person, clerks) = (load.sign_in().await, load.begin());
    load.progress(60, LEVEL_WITHIN).await;

    installation.broker().stop();
    until("clients to be told that the office is away", LEVEL_WITHIN, || is_refused(&person)).await.unwrap();
    tokio::time::sleep(away()).await;
    let begun = Instant::now();
    installation.broker().delete_store().unwrap();
    installation.broker().start_again().await.unwrap();
    // Calls need no stream: registrations go on, and their events wait in the outbox until an operator has made one.
    load.progress(20, LEVEL_WITHIN).await;
    let answered = begun.elapsed();
    until("the streams", LEVEL_WITHIN, || async { installation.prepare_broker().await.ok() }).await.unwrap();
    let prepared = Instant::now();
    consumers_are_level(&installation, LEVEL_WITHIN).await;
    let level = prepared.elapsed();

    load.progress(20, LEVEL_WITHIN).await;
    load.end(clerks).await;
    consumers_are_level(&installation, LEVEL_WITHIN).await;
    let told = nothing_lost_nothing_doubled(&installation, &load).await;
    println!(
        "{told} registrations acknowledged; broker away for {:?}, calls answered after {answered:?}, consumers level \
         after {level:?}; attempts by status: {:?}",
        away(),
        load.statuses()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_postgresql_that_restarts_under_load_loses_nothing_acknowledged() {
    let wish = Wish { own_postgres: true, ..Wish::default() };
    let mut installation = Installation::start_with(Profile::Services, wish).await.unwrap();
    installation.load_few_units().await.unwrap();
    let folder = testbed::dir::temp().unwrap();
    let load = Load::prepare(&installation, folder.path()).await;
    let clerks = load.begin();
    let mut healed = Vec::new();
    for _ in 0..RESTARTS {
        load.progress(40, LEVEL_WITHIN).await;
        installation.books().stop().await.unwrap();
        tokio::time::sleep(RESTART).await;
        installation.books().start_again().await.unwrap();
        let begun = Instant::now();
        load.progress(1, LEVEL_WITHIN).await;
        healed.push(begun.elapsed());
    }
    load.progress(20, LEVEL_WITHIN).await;
    load.end(clerks).await;
    consumers_are_level(&installation, LEVEL_WITHIN).await;
    let told = nothing_lost_nothing_doubled(&installation, &load).await;
    println!(
        "{told} registrations acknowledged over {RESTARTS} restarts, the next after {healed:?}; attempts by status: {:?}",
        load.statuses()
    );
}
