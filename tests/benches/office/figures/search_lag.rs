//! How long it takes until what a publisher told is found, while it tells twenty a second.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use schema_documents::{IncomingDocument, IncomingRegistered};
use schema_search::Search;
use serde_json::{Value, json};
use testbed::{Bench, Pair, Person, process::until, prose::Prose};
use tokio::task::JoinSet;
use uuid::Uuid;
use wire::id::OfficeId;

use super::search::Raw;
use crate::round::{Figure, Goal, Report, at};

/// How many are told, and how long after each the next follows.
const TOLD: u128 = 300;
const BEAT: Duration = Duration::from_millis(50);
/// Milliseconds until nearly all are found.
const FOUND: f64 = 2_000.0;
const PATIENCE: Duration = Duration::from_secs(60);
const SAMPLE: &str = include_str!("../../../../libs/schema-documents/samples/incoming_registered.v1.json");

pub(crate) async fn run(folder: &Path, report: &mut Report) -> Result<()> {
    let mut bench = Bench::start(Pair::LocalSqlite, vec![search::service()]).await;
    let office = bench.office();
    let reader = bench.person(&[(office, &["documents.incoming.read"])]);
    // A reader begins at a snapshot, and played publishers offer none.
    bench.publish(&told(office, 1_000, "đầu tiên")?).await?;
    let mut waiting = JoinSet::new();
    let mut beat = tokio::time::interval(BEAT);
    for id in 1..=TOLD {
        beat.tick().await;
        let word = format!("mã{id}");
        bench.publish(&told(office, id, &format!("V/v phối hợp {word}"))?).await?;
        waiting.spawn(found(reader.clone(), word, Instant::now()));
    }
    let mut lags = Vec::new();
    while let Some(lag) = waiting.join_next().await {
        lags.push(lag.context("a look broke off")??);
    }
    bench.stop().await?;
    let raw = Raw::open(&folder.join("lag"))?;
    let mut prose = Prose::seeded(3);
    let mut commits = Vec::new();
    for _ in 0..20 {
        let begun = Instant::now();
        raw.take(&[prose.paper()])?;
        raw.commit()?;
        commits.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    let limit = ("one paper taken by the engine alone, at p95", vec![at(&commits, 0.95)]);
    let (name, unit, goal) = ("search.lag.p95", "ms", Goal::AtMost(FOUND));
    report.tell(Figure { name, unit, ours: vec![at(&lags, 0.95)], limit, goal });
    Ok(())
}

fn told(office: OfficeId, id: u128, summary: &str) -> Result<IncomingRegistered> {
    let mut noun = serde_json::from_str::<Value>(SAMPLE)?;
    for (name, value) in [("office", json!(office)), ("id", json!(Uuid::from_u128(id))), ("summary", json!(summary))] {
        noun["document"][name] = value;
    }
    let document: IncomingDocument = serde_json::from_value(noun["document"].take())?;
    Ok(IncomingRegistered { document, by: None })
}

/// Milliseconds until a word is found.
async fn found(reader: Person, word: String, begun: Instant) -> Result<f64> {
    let call = Search { q: Some(word), ..Search::default() };
    until("the paper to be found", PATIENCE, || async {
        let page = reader.call(&call).await.ok()?;
        (!page.items.is_empty() && !page.nearest).then_some(())
    })
    .await?;
    Ok(begun.elapsed().as_secs_f64() * 1000.0)
}
