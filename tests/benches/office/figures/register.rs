//! Registering a document by 8 clients through the HTTP door, against the same statements and rows through the raw
//! driver; in both profiles.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, ensure};
use db::{Db, DbSettings};
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::{
    clerk::Clerk,
    house::{House, Profile},
    raw::Base,
    round::{Figure, Goal, Report, interleaved},
    rows::Template,
};

/// How many register at once.
const CLIENTS: usize = 8;
/// How long one round of one side takes.
const ROUND: Duration = Duration::from_secs(8);
/// The tables to which a registration adds one row each.
const TABLES: [&str; 7] = ["claim", "latch", "incoming", "register_entry", "history", "outbox", "audit"];

pub(crate) async fn run(folder: &Path, report: &mut Report) -> Result<()> {
    for (profile, name) in [(Profile::Standalone, "register.standalone"), (Profile::Services, "register.services")] {
        let house = House::open(profile, folder).await?;
        let raw = match profile {
            Profile::Standalone | Profile::Demo => Db::file(&house.data().join("raw.db")),
            Profile::Services => house.database("raw"),
        };
        measure(&house, &raw, name, report).await?;
        house.close().await?;
    }
    Ok(())
}

async fn measure(house: &House, raw: &DbSettings, name: &str, report: &mut Report) -> Result<()> {
    let clerk = Arc::new(house.clerk().await?);
    let service = Base::open(&house.database("documents")).await?;
    let template = Arc::new(template(&clerk, &service).await?);
    let raw = Base::fresh(raw, &template).await?;
    // Both have prepared their statements before the first round.
    clerk.rate(CLIENTS, ROUND / 8).await?;
    raw_rate(&raw, &template, ROUND / 8).await?;

    let before = counts(&service).await?;
    let (ours, limit) =
        interleaved(name, async || clerk.rate(CLIENTS, ROUND).await, async || raw_rate(&raw, &template, ROUND).await)
            .await?;
    let registered = ours.iter().map(|(_, count)| *count).sum::<u64>();
    for ((table, before), after) in TABLES.iter().zip(before).zip(counts(&service).await?) {
        let rows = after - before;
        ensure!(
            rows.unsigned_abs() == registered,
            "{registered} registrations wrote {rows} rows of `{table}`: the raw statements are not those of the service"
        );
    }
    let ours = ours.into_iter().map(|(rate, _)| rate).collect();
    let limit = ("the same statements through the raw driver", limit);
    report.tell(Figure { name, unit: "registrations/s", ours, limit, goal: Goal::TimesAtLeast(0.5) });
    Ok(())
}

/// Registers one letter and reads back what was written.
async fn template(clerk: &Clerk, service: &Base) -> Result<Template> {
    let person = clerk.signed_in().await?;
    let letter = clerk.register(&person).await?;
    let me = person.get("/api/v1/me").await.ok();
    let id = |value: &serde_json::Value| value.as_str().context("an id")?.parse::<Uuid>().map_err(anyhow::Error::from);
    Template::read(service, id(&me["person"]["id"])?, id(&letter["office"])?, id(&letter["register"])?).await
}

async fn counts(service: &Base) -> Result<Vec<i64>> {
    let mut counts = Vec::new();
    for table in TABLES {
        counts.push(service.number(&format!("SELECT COUNT(*) FROM {table}")).await?);
    }
    Ok(counts)
}

/// How many registrations a second as many tasks make through the raw driver.
async fn raw_rate(raw: &Base, template: &Arc<Template>, within: Duration) -> Result<f64> {
    let (begun, mut working) = (Instant::now(), JoinSet::new());
    for _ in 0..CLIENTS {
        let (raw, template) = (raw.clone(), Arc::clone(template));
        working.spawn(async move {
            let mut done = 0_u32;
            while begun.elapsed() < within {
                raw.register(&template).await?;
                done += 1;
            }
            anyhow::Ok(done)
        });
    }
    let done = working.join_all().await.into_iter().sum::<Result<u32>>()?;
    Ok(f64::from(done) / begun.elapsed().as_secs_f64())
}
