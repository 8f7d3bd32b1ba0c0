//! Search: how fast papers of office prose are taken into the index, how fast 400 rotating queries are answered with the
//! access filter, and how long it takes until what was told is found. Beside each, the engine alone over the same texts.
//! `OFFICE_BENCH_PAPERS` takes another number of papers than a million.

use std::{path::Path, time::Instant};

use anyhow::{Context as _, Result, ensure};
use auth::{Caller, PersonCaller};
use schema_search::{Search, SearchKind};
use search::{Access, Index, Key, Noun, Paper, Stand, Wanted};
use tantivy::{
    IndexWriter, ReloadPolicy, Term,
    collector::TopDocs,
    query::{BooleanQuery, Occur, Query, TermQuery},
    schema::{Field, IndexRecordOption, Schema, TEXT},
};
use testbed::prose::{MadeUp, Prose};
use uuid::Uuid;
use wire::{
    Authority, Day, FreshProof, Grant, Instant as Moment, Version,
    id::{AccountId, AppointmentId, OfficeId, PersonId, PositionId, UnitId},
};

use crate::{
    figures::search_lag,
    machine::{forget_peak, memory},
    round::{Figure, Goal, Report, at, interleaved},
};

const PAPERS: usize = 1_000_000;
/// How many papers are made up, and then taken, at once.
const AT_ONCE: usize = 10_000;
const QUERIES: usize = 400;
const OFFICES: u128 = 10;
/// The threads and the memory of both writers.
const THREADS: usize = 2;
const MEMORY: usize = 128_000_000;
/// Papers a second, and milliseconds of a query, that are promised.
const TAKEN: f64 = 5_000.0;
const HALF: f64 = 10.0;
const NEARLY_ALL: f64 = 50.0;
/// Megabytes on top of what the process had before, while papers are taken and while queries are answered.
const ROOM: f64 = 1_024.0;

pub(crate) async fn run(folder: &Path, report: &mut Report) -> Result<()> {
    let papers = std::env::var("OFFICE_BENCH_PAPERS").map_or(Ok(PAPERS), |papers| papers.parse())?;
    let home = tempfile::tempdir_in(folder)?;
    let me = std::process::id();
    let before = memory(me, "VmRSS")?;
    forget_peak(me)?;
    let ours = Index::open(&home.path().join("ours"), THREADS, MEMORY)?;
    let raw = Raw::open(&home.path().join("raw"))?;
    let (mut our_time, mut raw_time) = (0.0, 0.0);
    let mut prose = Prose::seeded(1);
    for chunk in 0..papers.div_ceil(AT_ONCE) {
        let made: Vec<MadeUp> = (0..AT_ONCE).map(|_| prose.paper()).collect();
        let rows: Vec<(Key, String)> = (0..).zip(&made).map(|(at, made)| row(chunk * AT_ONCE + at, made)).collect();
        our_time += timed(|| taken(&ours, &rows))?;
        raw_time += timed(|| raw.take(&made))?;
    }
    our_time += timed(|| ours.commit(Stand::default()))?;
    raw_time += timed(|| raw.commit())?;
    let most = memory(me, "VmHWM")?;
    let count = (papers.div_ceil(AT_ONCE) * AT_ONCE) as f64;
    ensure!(ours.nouns() as f64 == count, "the index holds {} papers", ours.nouns());
    let limit = ("the engine alone, one field, its own words", vec![count / raw_time]);
    let (name, unit, goal) = ("search.taken", "papers/s", Goal::TimesAtLeast(TAKEN * raw_time / count));
    report.tell(Figure { name, unit, ours: vec![count / our_time], limit, goal });
    let megabytes = |bytes: u64| vec![bytes as f64 / 1e6];
    let (name, unit, goal) = ("search.room", "MB", Goal::TimesAtMost(4.0));
    let limit = ("the engine alone", megabytes(raw.bytes()?));
    report.tell(Figure { name, unit, ours: megabytes(ours.bytes()), limit, goal });
    let limit = ("the process before it", vec![before]);
    let goal = Goal::AtMost(ROOM);
    report.tell(Figure { name: "search.memory", unit: "MB", ours: vec![most - before], limit, goal });
    asked(&ours, &raw, report).await?;
    let (name, unit, goal) = ("search.memory.asked", "MB", Goal::AtMost(ROOM));
    let limit = ("the process before it", vec![before]);
    report.tell(Figure { name, unit, ours: vec![memory(me, "VmRSS")? - before], limit, goal });
    search_lag::run(home.path(), report).await
}

/// 400 rotating queries, ours with filter, counts and marks of what was typed.
async fn asked(ours: &Index, raw: &Raw, report: &mut Report) -> Result<()> {
    let mut prose = Prose::seeded(2);
    let queries: Vec<String> = (0..QUERIES).map(|turn| prose.query(turn, text::fold)).collect();
    let access = reader()?;
    let ask = async || {
        let once = |q: &String| {
            timed(|| {
                let wanted = Wanted::read(Search { q: Some(q.clone()), ..Search::default() })?;
                ours.find(&wanted, &access).map(drop)
            })
        };
        queries.iter().map(once).collect::<Result<Vec<f64>>>()
    };
    let limit = async || queries.iter().map(|q| timed(|| raw.ask(q))).collect::<Result<Vec<f64>>>();
    let (ours, limit) = interleaved("search.asked", ask, limit).await?;
    for (name, share, most) in [("search.asked.p50", 0.5, HALF), ("search.asked.p95", 0.95, NEARLY_ALL)] {
        let of = |rounds: &[Vec<f64>]| rounds.iter().map(|round| at(round, share) * 1000.0).collect::<Vec<_>>();
        let limit = ("the engine alone, all words, no filter, no counts", of(&limit));
        report.tell(Figure { name, unit: "ms", ours: of(&ours), limit, goal: Goal::AtMost(most) });
    }
    Ok(())
}

/// Seconds that something took.
fn timed<E: Into<anyhow::Error>>(work: impl FnOnce() -> Result<(), E>) -> Result<f64> {
    let begun = Instant::now();
    work().map_err(Into::into)?;
    Ok(begun.elapsed().as_secs_f64())
}

/// A row as the book keeps it: reading it is part of what is measured.
fn row(at: usize, made: &MadeUp) -> (Key, String) {
    let kind = if at.is_multiple_of(3) { SearchKind::OutgoingDocument } else { SearchKind::IncomingDocument };
    let key = Key { id: Uuid::from_u128(at as u128), kind, office: office(at as u128), version: Version::FIRST };
    let newest = Day::new(2026, 11, 20).ok();
    let paper = Paper {
        title: Some(made.title.clone()),
        symbol: Some(made.symbol.clone()),
        body: Some(made.body.clone()),
        genre: None,
        genre_name: Some(made.genre_name.clone()),
        number: Some(at as i64),
        day: newest.and_then(|day| day.plus(-i64::from(made.days_ago))),
        more: made.recipients.iter().cloned().chain([made.note.clone()]).collect(),
    };
    (key, serde_json::to_string(&paper).unwrap())
}

fn taken(index: &Index, rows: &[(Key, String)]) -> Result<()> {
    let nouns = rows.iter().map(|(key, paper)| Ok(Noun { key: *key, paper: serde_json::from_str(paper)? }));
    index.take(&nouns.collect::<Result<Vec<Noun>>>()?)
}

fn office(at: u128) -> OfficeId {
    OfficeId(Uuid::from_u128(1_000 + at % OFFICES))
}

/// Somebody who reads what arrives and what is issued at three offices of ten.
fn reader() -> Result<Access> {
    let (account, person) = (AccountId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)));
    let grant = Grant {
        office: office(0),
        offices_below: vec![office(1), office(2)],
        offices_inherited: Vec::new(),
        unit: UnitId(Uuid::from_u128(3)),
        position: PositionId(Uuid::from_u128(4)),
        appointment: AppointmentId(Uuid::from_u128(5)),
        permissions: ["documents.incoming.read", "documents.outgoing.read"].map(str::to_owned).into(),
        head: false,
        direct_reports: Vec::new(),
        on_behalf_of: None,
    };
    let authority = Authority { account, person, grants: vec![grant], fresh_proof: FreshProof::default() };
    let session = Uuid::from_u128(6).into();
    let caller = PersonCaller { account, person, session, authenticated_at: Moment::from_micros(0) };
    Access::of(&Caller::Person(caller), Some(&authority)).map_err(|fault| anyhow::anyhow!("{fault:?}"))
}

/// The engine alone: one field, cut as it cuts by itself.
pub(crate) struct Raw {
    text: Field,
    index: tantivy::Index,
    writer: std::sync::Mutex<IndexWriter>,
    reader: tantivy::IndexReader,
}

impl Raw {
    pub(crate) fn open(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let mut schema = Schema::builder();
        let text = schema.add_text_field("text", TEXT);
        let index = tantivy::Index::create_in_dir(folder, schema.build())?;
        let writer = std::sync::Mutex::new(index.writer_with_num_threads(THREADS, MEMORY)?);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { text, index, writer, reader })
    }

    pub(crate) fn take(&self, papers: &[MadeUp]) -> Result<()> {
        let writer = self.writer.lock().unwrap();
        for MadeUp { title, body, symbol, genre_name, recipients, note, .. } in papers {
            let recipients = recipients.join(" ");
            let whole = [title, body, symbol, genre_name, &recipients, note].map(String::as_str).join(" ");
            writer.add_document(tantivy::doc!(self.text => whole))?;
        }
        Ok(())
    }

    pub(crate) fn commit(&self) -> Result<()> {
        self.writer.lock().unwrap().commit()?;
        Ok(self.reader.reload()?)
    }

    fn ask(&self, q: &str) -> Result<()> {
        let mut words = self.index.tokenizer_for_field(self.text)?;
        let mut stream = words.token_stream(q);
        let mut parts: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        stream.process(&mut |token| {
            let term = Term::from_field_text(self.text, &token.text);
            parts.push((Occur::Must, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))));
        });
        let top = TopDocs::with_limit(21).order_by_score();
        self.reader.searcher().search(&BooleanQuery::new(parts), &top).map(drop).context("the engine refuses")
    }

    fn bytes(&self) -> Result<u64> {
        Ok(self.reader.searcher().space_usage()?.total().get_bytes())
    }
}
