//! Upload and download of 2 GB against what one core hashes and the disk takes, and how the memory of the office grows
//! meanwhile. Standalone.

use std::{path::Path, time::Instant};

use anyhow::{Context as _, Result, ensure};
use futures_util::{StreamExt as _, stream};
use reqwest::Body;
use serde_json::{Value, json};
use tests::client::Client;

use crate::{
    clerk::{Clerk, INCOMING},
    house::{House, Profile},
    machine::{self, CHUNK},
    round::{Figure, Goal, Report, interleaved},
};

/// The largest upload that the gateway takes as it is delivered.
const BYTES: u64 = 2_000_000_000 / CHUNK as u64 * CHUNK as u64;
/// What the memory of the office may grow by, in MB: less than a thirtieth of the file.
const GROWTH: f64 = 64.0;

/// What one round found: MB/s up and down, and by how many MB the peak of the memory exceeded what was there before.
#[derive(Clone, Copy)]
struct Round {
    up: f64,
    down: f64,
    growth: f64,
}

pub(crate) async fn run(folder: &Path, report: &mut Report) -> Result<()> {
    let house = House::open(Profile::Standalone, folder).await?;
    let clerk = house.clerk().await?;
    let place = house.data();
    let (rounds, limit) = interleaved(
        "files",
        async || round(&house, &clerk).await,
        async || Ok(machine::hash_speed(BYTES).min(machine::disk_speed(&place, BYTES)?)),
    )
    .await?;
    let of = |what: fn(&Round) -> f64| rounds.iter().map(what).collect::<Vec<f64>>();
    let name = "min(SHA-256 of one core, writing and syncing)";
    let figures = [("files.upload", of(|round| round.up)), ("files.download", of(|round| round.down))];
    for (which, ours) in figures {
        let limit = (name, limit.clone());
        report.tell(Figure { name: which, unit: "MB/s", ours, limit, goal: Goal::TimesAtLeast(0.5) });
    }
    let file = ("the file", vec![BYTES as f64 / 1e6; rounds.len()]);
    let (name, ours) = ("files.memory", of(|round| round.growth));
    report.tell(Figure { name, unit: "MB more at the peak", ours, limit: file, goal: Goal::AtMost(GROWTH) });
    house.close().await
}

async fn round(house: &House, clerk: &Clerk) -> Result<Round> {
    let (person, process) = (clerk.signed_in().await?, house.process()?);
    let before = machine::memory(process, "VmRSS")?;
    machine::forget_peak(process)?;
    let begun = Instant::now();
    let ticket = upload(&person, &clerk.office).await?;
    let up = machine::megabytes_a_second(BYTES, begun);

    let mut letter = clerk.letter();
    letter["files"] = json!([ticket]);
    let letter = person.post(INCOMING, letter).await.ok();
    let id = |value: &Value| value.as_str().map(str::to_owned).context("an id");
    let path = format!("{INCOMING}/{}/files/{}", id(&letter["id"])?, id(&letter["files"][0]["id"])?);
    let begun = Instant::now();
    let received = download(&person, &path).await?;
    let down = machine::megabytes_a_second(BYTES, begun);
    ensure!(received == BYTES, "{received} of {BYTES} bytes came back");
    Ok(Round { up, down, growth: machine::memory(process, "VmHWM")? - before })
}

/// Sends what looks like a PDF and is new each time, and gives its ticket.
async fn upload(person: &Client, office: &str) -> Result<Value> {
    let mut first = format!("%PDF-1.7\n%{}\n", runtime::fresh_id()).into_bytes();
    first.resize(CHUNK, b' ');
    let rest = bytes::Bytes::from(vec![b'x'; CHUNK]);
    let chunks = (0..BYTES / CHUNK as u64).map(move |place| {
        Ok::<_, std::io::Error>(if place == 0 { bytes::Bytes::from(first.clone()) } else { rest.clone() })
    });
    let query = [("office", office), ("purpose", "incoming_document"), ("name", "ho-so.pdf")];
    let url = reqwest::Url::parse_with_params(&person.url("/api/v1/files"), query)?;
    let body = Body::wrap_stream(stream::iter(chunks));
    let answer = person.http().post(url).bearer_auth(person.token()).body(body).send().await?;
    let (status, said) = (answer.status(), answer.json::<Value>().await?);
    ensure!(status.is_success(), "the upload was refused: {status} {said}");
    Ok(said["ticket"].clone())
}

/// Receives a file and forgets it; gives how many bytes came.
async fn download(person: &Client, path: &str) -> Result<u64> {
    let answer = person.http().get(person.url(path)).bearer_auth(person.token()).send().await?;
    ensure!(answer.status().is_success(), "the download was refused: {}", answer.status());
    let mut stream = answer.bytes_stream();
    let mut received = 0;
    while let Some(chunk) = stream.next().await {
        received += chunk?.len() as u64;
    }
    Ok(received)
}
