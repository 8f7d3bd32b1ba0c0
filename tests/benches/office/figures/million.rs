//! Whether registering costs the same at 1,000 and at 1,000,000 documents, and how long a page takes: of a register with
//! a million lines, and of 60,000 units. Two standalone offices side by side.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use serde_json::Value;
use tests::client::Client;

use crate::{
    clerk::Clerk,
    filling,
    house::{House, Profile},
    raw::Base,
    round::{Figure, Goal, Report, at, interleaved},
};

const FEW: u64 = 1_000;
const MANY: u64 = 1_000_000;
const UNITS: u64 = 60_000;
const CLIENTS: usize = 8;
/// How long one round of registering takes on one side.
const ROUND: Duration = Duration::from_secs(8);
/// Pages read in a round.
const PAGES: u64 = 300;

/// The page of a register as one statement of the raw driver.
const RAW_PAGE: &str =
    "SELECT COUNT(*) FROM (SELECT e.*, i.* FROM register_entry e JOIN incoming i ON i.id = e.incoming_id
    WHERE e.register_id = (SELECT id FROM register LIMIT 1) AND e.number > @ ORDER BY e.number LIMIT 51)";
const RAW_UNITS: &str = "SELECT COUNT(*) FROM (SELECT * FROM unit_version WHERE folded > 'bo phan thu nghiem so @' ORDER BY folded, unit_id LIMIT 51)";

pub(crate) async fn run(folder: &Path, report: &mut Report) -> Result<()> {
    let (few, few_clerk, _) = filled(folder, FEW).await?;
    let (many, many_clerk, register) = filled(folder, MANY).await?;
    let (ours, limit) = interleaved(
        "million.register",
        async || Ok(many_clerk.rate(CLIENTS, ROUND).await?.0),
        async || Ok(few_clerk.rate(CLIENTS, ROUND).await?.0),
    )
    .await?;
    let limit = ("the same at 1,000 documents", limit);
    let (name, unit) = ("million.register", "registrations/s at 1,000,000 documents");
    report.tell(Figure { name, unit, ours, limit, goal: Goal::TimesAtLeast(0.8) });
    few.close().await?;

    let documents = Base::open(&many.database("documents")).await?;
    let (ours, limit) = interleaved(
        "million.page",
        async || register_pages(&many_clerk, &register).await,
        async || raw_pages(&documents, RAW_PAGE, MANY).await,
    )
    .await?;
    tell_pages(report, "million.page", 20.0, &ours, &limit);

    eprintln!("  filling: {UNITS} units");
    filling::units(&many.database("identity"), &many_clerk.unit, UNITS).await?;
    let identity = Base::open(&many.database("identity")).await?;
    let (ours, limit) = interleaved(
        "million.units",
        async || unit_pages(&many_clerk).await,
        async || raw_pages(&identity, RAW_UNITS, UNITS).await,
    )
    .await?;
    tell_pages(report, "million.units", 50.0, &ours, &limit);
    many.close().await
}

/// An office with this many documents in one register.
async fn filled(folder: &Path, count: u64) -> Result<(House, Arc<Clerk>, String)> {
    let house = House::open(Profile::Standalone, folder).await?;
    let clerk = house.clerk().await?;
    let letter = clerk.register(&clerk.signed_in().await?).await?;
    filling::documents(&house.database("documents"), count).await?;
    let register = letter["register"].as_str().context("a register")?.to_owned();
    Ok((house, Arc::new(clerk), register))
}

/// Pages of 50 somewhere in the register; milliseconds each.
async fn register_pages(clerk: &Clerk, register: &str) -> Result<Vec<f64>> {
    let person = clerk.signed_in().await?;
    let mut taken = Vec::new();
    for page in 0..PAGES {
        let path = format!("/api/v1/registers/{register}/entries?limit=50&cursor={}", somewhere(page, MANY));
        taken.push(timed(&person, &path).await?.0);
    }
    Ok(taken)
}

/// Pages of 50, each after the other; milliseconds each.
async fn unit_pages(clerk: &Clerk) -> Result<Vec<f64>> {
    let person = clerk.signed_in().await?;
    let (mut taken, mut cursor) = (Vec::new(), String::new());
    for _ in 0..PAGES {
        let path = format!("/api/v1/units?office={}&limit=50{cursor}", clerk.office);
        let (milliseconds, page) = timed(&person, &path).await?;
        taken.push(milliseconds);
        let next = page["next"].as_str().context("another page")?;
        let url = reqwest::Url::parse_with_params("http://x/", [("cursor", next)])?;
        cursor = format!("&{}", url.query().unwrap_or_default());
    }
    Ok(taken)
}

async fn timed(person: &Client, path: &str) -> Result<(f64, Value)> {
    let begun = Instant::now();
    let page = person.get(path).await.ok();
    let milliseconds = begun.elapsed().as_secs_f64() * 1e3;
    anyhow::ensure!(page["items"].as_array().is_some_and(|items| items.len() == 50), "a page of 50: {page}");
    Ok((milliseconds, page))
}

async fn raw_pages(base: &Base, sql: &str, count: u64) -> Result<Vec<f64>> {
    let mut taken = Vec::new();
    for page in 0..PAGES {
        let begun = Instant::now();
        base.number(&sql.replace('@', &somewhere(page, count).to_string())).await?;
        taken.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    Ok(taken)
}

/// A number that jumps about among those before the last page.
fn somewhere(step: u64, count: u64) -> u64 {
    step * 7_919_003 % (count - 100)
}

/// Nine and a half of ten pages take no longer than this.
fn tell_pages(report: &mut Report, name: &str, most: f64, ours: &[Vec<f64>], limit: &[Vec<f64>]) {
    let of = |rounds: &[Vec<f64>]| rounds.iter().map(|taken| at(taken, 0.95)).collect::<Vec<_>>();
    let limit = ("the statement through the raw driver", of(limit));
    report.tell(Figure { name, unit: "ms at p95", ours: of(ours), limit, goal: Goal::AtMost(most) });
}
