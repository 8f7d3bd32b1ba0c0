//! From the commit of an assignment in programme to the commit of its line in documents, at 20 writes a second: both
//! times are those that PostgreSQL stamped on the commits.

use std::{collections::BTreeMap, path::Path, time::Duration};

use anyhow::{Context as _, Result, ensure};
use serde_json::json;
use sqlx::{Connection as _, PgConnection};
use tests::client::Client;
use tokio::task::JoinSet;

use crate::{
    clerk::{Clerk, INCOMING},
    house::{House, Profile},
    round::{Figure, Goal, Report, at, interleaved},
};

/// Assignments in a round, and the time from one to the next.
const ASSIGNMENTS: usize = 300;
const EVERY: Duration = Duration::from_millis(50);

const MADE: &str = "SELECT id::text, (extract(epoch FROM pg_xact_commit_timestamp(xmin)) * 1000)::float8
    FROM programme.assignment WHERE title = $1";
const TOLD: &str =
    "SELECT split_part(origin, ' ', 2), (extract(epoch FROM pg_xact_commit_timestamp(xmin)) * 1000)::float8
    FROM documents.history WHERE document_id = $1::uuid AND origin LIKE 'assignment %'";

pub(crate) async fn run(folder: &Path, report: &mut Report) -> Result<()> {
    let house = House::open(Profile::Services, folder).await?;
    let clerk = house.clerk().await?;
    let broker = async_nats::connect(house.servers()?.0.url()).await?;
    let jetstream = async_nats::jetstream::new(broker);
    let name = "BARE".to_owned();
    let config = async_nats::jetstream::stream::Config { name, subjects: vec!["bare.>".into()], ..Default::default() };
    jetstream.create_stream(config).await?;
    let (ours, limit) = interleaved(
        "visible",
        async || round(&house, &clerk).await,
        async || {
            let mut taken = Vec::new();
            for _ in 0..ASSIGNMENTS {
                let begun = std::time::Instant::now();
                jetstream.publish("bare.one", vec![b'x'; 1_000].into()).await?.await?;
                taken.push(begun.elapsed().as_secs_f64() * 1e3);
                tokio::time::sleep(EVERY / 10).await;
            }
            Ok(taken)
        },
    )
    .await?;
    let limit_name = "a bare message, published and synced";
    for (name, unit, share, most) in
        [("visible.p50", "ms at p50", 0.5, 30.0), ("visible.p99", "ms at p99", 0.99, 300.0)]
    {
        let of = |rounds: &[Vec<f64>]| rounds.iter().map(|taken| at(taken, share)).collect::<Vec<_>>();
        let limit = (limit_name, of(&limit));
        report.tell(Figure { name, unit, ours: of(&ours), limit, goal: Goal::AtMost(most) });
    }
    house.close().await
}

/// Assigns at a steady beat, whatever the answers take, and gives the milliseconds that each took to be told.
async fn round(house: &House, clerk: &Clerk) -> Result<Vec<f64>> {
    let person = clerk.signed_in().await?;
    let letter = clerk.register(&person).await?;
    let letter = letter["id"].as_str().context("an id")?.to_owned();
    let title = format!("Tham mưu văn bản {letter}");
    // The first assignment of a letter waits until programme can ask documents about it: that is not measured.
    let (mut beat, mut asked) = (tokio::time::interval(EVERY), JoinSet::new());
    for _ in 0..ASSIGNMENTS {
        beat.tick().await;
        let body = json!({ "office": clerk.office, "title": title, "expected_product": "Báo cáo", "lead_unit": clerk.unit,
            "source": { "kind": "incoming_document", "id": letter, "label": "văn bản đến" } });
        asked.spawn(assign(person.clone(), body));
    }
    asked.join_all().await.into_iter().collect::<Result<()>>()?;
    let mut programme = PgConnection::connect(&house.database("programme").url).await?;
    let mut documents = PgConnection::connect(&house.database("documents").url).await?;
    let made: BTreeMap<String, f64> =
        sqlx::query_as::<_, (String, f64)>(MADE).bind(&title).fetch_all(&mut programme).await?.into_iter().collect();
    ensure!(made.len() == ASSIGNMENTS, "{} of {ASSIGNMENTS} assignments at `{INCOMING}/{letter}`", made.len());
    let documents = &mut documents;
    let mut told = Vec::new();
    for _ in 0..600 {
        told = sqlx::query_as::<_, (String, f64)>(TOLD).bind(&letter).fetch_all(&mut *documents).await?;
        if told.len() >= ASSIGNMENTS {
            break;
        }
        tokio::time::sleep(EVERY).await;
    }
    ensure!(told.len() == ASSIGNMENTS, "only {} assignments were told within half a minute", told.len());
    told.into_iter().map(|(id, at)| Ok(at - made.get(&id).context("an assignment that was made")?)).collect()
}

async fn assign(person: Client, body: serde_json::Value) -> Result<()> {
    let answer = person.post("/api/v1/assignments", body).await;
    ensure!(answer.status.is_success(), "an assignment was refused: {} {}", answer.status, answer.body);
    Ok(())
}
