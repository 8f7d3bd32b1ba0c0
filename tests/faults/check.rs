//! What must hold after a drill: whatever a client was told is there, once, and everyone has heard of it.

use std::{collections::BTreeMap, time::Duration};

use db::{Db, inbox};
use testbed::process::until;
use tests::{
    client::Client,
    installation::{Installation, SERVICES, topology},
};
use wire::Position;

use crate::load::Load;

/// Events read at once.
const PAGE: u32 = 1_000;

/// Every acknowledged registration is there, no number is missing or doubled, every event was applied once.
pub(crate) async fn nothing_lost_nothing_doubled(installation: &Installation, load: &Load) -> usize {
    let told = load.history.read().unwrap();
    assert!(told.len() > 60, "the drill had a load: {}", told.len());
    let person = load.sign_in().await;

    let mut numbers: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    for line in told.values() {
        let document = person.get(&format!("/api/v1/incoming-documents/{}", line.id)).await.ok();
        assert_eq!(document["number"], line.number, "{line:?}");
        numbers.entry(line.register.as_str()).or_default().push(line.number);
    }
    for (register, mut acknowledged) in numbers {
        acknowledged.sort_unstable();
        let kept = entries(&person, register).await;
        assert_eq!(kept, (1..=kept.len() as i64).collect::<Vec<_>>(), "no number is missing or doubled");
        assert_eq!(acknowledged, kept, "every number was acknowledged, and to one letter");
    }
    for line in told.values().filter(|line| line.assignment.is_some()) {
        let path = format!("/api/v1/incoming-documents/{}/history?limit=200", line.id);
        let assigned = until("the assignment to be told", Duration::from_secs(60), || async {
            let history = person.get(&path).await.ok();
            let assigned = history["items"].as_array()?.iter().filter(|entry| entry["act"] == "assigned").count();
            (assigned > 0).then_some(assigned)
        });
        assert_eq!(assigned.await.unwrap(), 1, "the event of {line:?} was applied once");
    }
    for service in SERVICES {
        let db = installation.database(service).await.unwrap();
        assert!(db.dead_letters(None, 5).await.unwrap().is_empty(), "{service} parked events");
        assert_dense(service, &db).await;
        db.close().await;
    }
    told.len()
}

async fn assert_dense(service: &str, db: &Db) {
    let mut after = 0;
    loop {
        let events = db.events_after(after, PAGE).await.unwrap();
        for event in &events {
            assert_eq!(event.position.seq, after + 1, "{service}'s events are dense");
            after += 1;
        }
        if events.is_empty() {
            return;
        }
    }
}

/// Waits until every consumer has applied what its publisher holds now.
pub(crate) async fn consumers_are_level(installation: &Installation, within: Duration) {
    let mut open = BTreeMap::new();
    for service in SERVICES {
        open.insert(service.to_owned(), installation.database(service).await.unwrap());
    }
    let mut wanted: Vec<(String, String, Position)> = Vec::new();
    for (publisher, consumers) in topology().publishers {
        let last = open[&publisher].head().await.unwrap().last;
        wanted.extend(consumers.into_iter().map(|consumer| (publisher.clone(), consumer, last)));
    }
    let behind = || async {
        let mut behind = Vec::new();
        for (publisher, consumer, last) in &wanted {
            let at = inbox::position(open[consumer].reader(), publisher).await;
            if !matches!(&at, Ok(Some(at)) if at >= last) {
                behind.push(format!("{consumer} at {at:?} of {publisher}'s {last:?}"));
            }
        }
        behind
    };
    let level = || async { behind().await.is_empty().then_some(()) };
    if let Err(error) = until("the consumers to be level", within, level).await {
        panic!("{error:#}: {}", behind().await.join("; "));
    }
    for db in open.into_values() {
        db.close().await;
    }
}

/// Every number of a register, as its pages show them.
async fn entries(person: &Client, register: &str) -> Vec<i64> {
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = person.get(&format!("/api/v1/registers/{register}/entries?limit=200{cursor}")).await.ok();
        all.extend(page["items"].as_array().unwrap().iter().map(|entry| entry["number"].as_i64().unwrap()));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    all.sort_unstable();
    all
}
