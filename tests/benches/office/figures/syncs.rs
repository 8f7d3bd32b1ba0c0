//! How often the disk is asked to sync the write-ahead log of documents for one acknowledged registration: counted
//! with `strace` between the moment a request is sent and the moment its answer is there. Standalone, one client. On
//! PostgreSQL the transactions that wrote its rows are counted.

use std::{fs, path::Path, process::Command, time::Duration};

use anyhow::{Context as _, Result, ensure};
use testbed::process::Child;

use crate::{
    house::{House, Profile},
    raw::Base,
    round::{Figure, Goal, Report},
};

/// Registrations in a round.
const LETTERS: usize = 100;
/// Rounds.
const ROUNDS: usize = 3;
/// The pause between registrations, in which the relay and the sealer commit what is theirs.
const PAUSE: Duration = Duration::from_millis(25);

/// From when to when, in microseconds.
type Window = (i64, i64);

pub(crate) async fn run(folder: &Path, report: &mut Report) -> Result<()> {
    on_postgres(folder, report).await?;
    if Command::new("strace").arg("--version").output().is_err() {
        eprintln!("  left out: `strace` is not installed");
        return Ok(());
    }
    let house = House::open(Profile::Standalone, folder).await?;
    let clerk = house.clerk().await?;
    let log = house.data().join("strace.log");
    let mut strace = Command::new("strace");
    strace.args(["-f", "-q", "-ttt", "-y", "-e", "trace=fsync,fdatasync", "-o"]).arg(&log);
    strace.arg("-p").arg(house.process()?.to_string());
    let mut tracer = Child::spawn(&mut strace, &house.data().join("strace.out"), None)?;

    let (clock, mut rounds) = (runtime::Clock::system(), Vec::new());
    let person = clerk.signed_in().await?;
    for round in 1..=ROUNDS {
        eprintln!("  syncs: round {round} of {ROUNDS}");
        let mut windows: Vec<Window> = Vec::new();
        for _ in 0..LETTERS {
            let begun = clock.now().micros();
            clerk.register(&person).await?;
            windows.push((begun, clock.now().micros()));
            tokio::time::sleep(PAUSE).await;
        }
        rounds.push(windows);
    }
    tracer.end("INT", Duration::from_secs(20)).await?;
    let lines = fs::read_to_string(&log).context("what `strace` has written")?;
    ensure!(lines.contains("documents.db-wal"), "`strace` saw no commit; may it attach? {}", tracer.printed());
    let commits: Vec<i64> = moments(&lines, "documents.db-wal>").collect();
    let checkpoints = moments(&lines, "documents.db>").count();
    let others = commits.len() - rounds.iter().flatten().map(|window| within(&commits, *window)).sum::<usize>();
    eprintln!("  syncs: {checkpoints} of checkpoints, {others} of other commits between the registrations");
    let per_registration = |windows: &Vec<Window>| {
        let counted = windows.iter().map(|window| within(&commits, *window) as f64);
        let exactly_one = windows.iter().filter(|window| within(&commits, **window) == 1).count();
        eprintln!("  syncs: {exactly_one} of {LETTERS} registrations had exactly one");
        crate::round::median(&counted.collect::<Vec<_>>())
    };
    let ours = rounds.iter().map(per_registration).collect();
    let limit = ("one commit", vec![1.0; ROUNDS]);
    report.tell(Figure {
        name: "syncs.standalone",
        unit: "syncs/registration",
        ours,
        limit,
        goal: Goal::TimesAtMost(1.0),
    });
    house.close().await
}

/// PostgreSQL syncs its one log for whoever commits; what a registration itself causes are its transactions, each of
/// which is acknowledged after one sync. Every row names the transaction that wrote it.
async fn on_postgres(folder: &Path, report: &mut Report) -> Result<()> {
    let house = House::open(Profile::Services, folder).await?;
    let (clerk, base) = (house.clerk().await?, Base::open(&house.database("documents")).await?);
    let (person, mut ours) = (clerk.signed_in().await?, Vec::new());
    for round in 1..=ROUNDS {
        eprintln!("  syncs.services: round {round} of {ROUNDS}");
        let mut written = 0;
        for _ in 0..LETTERS {
            let letter = clerk.register(&person).await?;
            let id: uuid::Uuid = letter["id"].as_str().context("an id")?.parse()?;
            let query = format!(
                "SELECT COUNT(DISTINCT writer) FROM (
                    SELECT xmin::text AS writer FROM incoming WHERE id = '{id}'
                    UNION ALL SELECT xmin::text FROM register_entry WHERE incoming_id = '{id}'
                    UNION ALL SELECT xmin::text FROM history WHERE document_id = '{id}'
                    UNION ALL SELECT xmin::text FROM claim WHERE reply LIKE '%{id}%') AS rows"
            );
            written += base.number(&query).await?;
        }
        ours.push(written as f64 / LETTERS as f64);
    }
    let limit = ("one commit", vec![1.0; ROUNDS]);
    report.tell(Figure {
        name: "syncs.services",
        unit: "commits/registration",
        ours,
        limit,
        goal: Goal::TimesAtMost(1.0),
    });
    house.close().await
}

/// When files of this name were synced, in microseconds.
fn moments<'a>(lines: &'a str, file: &'a str) -> impl Iterator<Item = i64> + 'a {
    let synced = lines.lines().filter(move |line| line.contains("sync(") && line.contains(file));
    synced.filter_map(|line| {
        let moment: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some((moment * 1e6) as i64)
    })
}

fn within(moments: &[i64], (from, to): Window) -> usize {
    moments.iter().filter(|moment| (from..=to).contains(moment)).count()
}
