//! G7: what goes on in the background of the office, whoever began it: files brought in, spreadsheets, opening acts. What
//! is under way stands first, then what waits for somebody, then what has ended.

use std::time::Duration;

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_documents::{IntakeBatch, ListIntakeBatches, ListOpeningActs, OpeningAct, OpeningState};
use schema_identity::{DirectoryImport, DirectoryImportState, ListDirectoryImports};
use wire::Instant;

use crate::{
    asking::Part,
    kit::chip::{Chip, Tone},
    page::{Page, Place},
    screens::{account::imports, admin::kinds, handed_in::outcome::Progress, intake::batch::Batch},
    visit::Inside,
    words::Words,
};

/// How many jobs of a kind are looked at.
const MOST: u16 = 50;
/// How long what has ended is listed.
const KEPT: Duration = Duration::from_secs(30 * 24 * 3600);

/// Where a job stands, in the order of the page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Running,
    Waiting,
    Ended,
}

/// A job.
struct Line {
    stage: Stage,
    path: String,
    name: String,
    kind: String,
    chip: Chip,
    progress: Option<Progress>,
}

/// The jobs of a kind.
struct Kind {
    id: &'static str,
    title: String,
    none: String,
    lines: Part<Vec<Line>>,
}

#[derive(Template)]
#[template(path = "jobs.html")]
struct Jobs {
    p: Page,
    kinds: Vec<Kind>,
}

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let w = inside.visit.words;
    let (batches, imports, openings) = futures_util::join!(batches(&inside), imports(&inside), openings(&inside));
    let kind = |id, key: &str, lines: Option<Part<Vec<Line>>>| {
        let (title, none) = (w.t(key), w.t(&format!("{key}-none")));
        lines.map(|lines| Kind { id, title, none, lines: lines.map(ordered) })
    };
    let kinds = [
        kind("batches", "jobs-batches", batches),
        kind("imports", "jobs-imports", imports),
        kind("openings", "jobs-openings", openings),
    ];
    let view = Jobs {
        p: Page::inside(&inside, &w.t("jobs-title"), Place::Jobs),
        kinds: kinds.into_iter().flatten().collect(),
    };
    inside.visit.html(StatusCode::OK, &view)
}

/// Whether somebody has jobs to look at.
pub(crate) fn are_for(who: &crate::session::Signed) -> bool {
    ["documents.incoming.register", "identity.people.change", "documents.registers.change"]
        .iter()
        .any(|permission| who.may(permission))
}

/// What is under way first; otherwise as the service has them, the latest first.
fn ordered(mut lines: Vec<Line>) -> Vec<Line> {
    lines.sort_by_key(|line| line.stage);
    lines
}

async fn batches(inside: &Inside) -> Option<Part<Vec<Line>>> {
    if !inside.who.may("documents.incoming.register") {
        return None;
    }
    let (w, now) = (inside.visit.words, inside.visit.now);
    let call = ListIntakeBatches { office: inside.who.office(), limit: Some(MOST), cursor: None };
    let found = inside.part(&call).await;
    Some(found.map(|page| page.items.iter().filter_map(|one| of_batch(one, now, w)).collect()))
}

/// A batch waits for the clerk until each of its files is entered, destroyed or set apart as a citizen's letter.
fn of_batch(one: &IntakeBatch, now: Instant, w: Words) -> Option<Line> {
    let batch = Batch::new(one, w);
    let ended = batch.done == batch.all;
    if ended && now.since(one.brought_in_at) > KEPT {
        return None;
    }
    let (stage, chip) = if ended {
        (Stage::Ended, Chip::new(Tone::Good, "ok", w.t("jobs-ended")))
    } else {
        (Stage::Waiting, Chip::new(Tone::Soon, "pen", w.t("jobs-waits")))
    };
    let progress = (!ended).then(|| Progress::new(batch.done, batch.all, w));
    let name = w.with("intake-batch-title", &[("time", &batch.came)]);
    Some(Line { stage, path: batch.path, name, kind: batch.said, chip, progress })
}

async fn imports(inside: &Inside) -> Option<Part<Vec<Line>>> {
    if !inside.who.may("identity.people.change") {
        return None;
    }
    let call = ListDirectoryImports { office: inside.who.office(), limit: Some(MOST), cursor: None };
    let found = inside.part(&call).await;
    Some(found.map(|page| page.items.iter().map(|one| of_import(one, inside.visit.words)).collect()))
}

fn of_import(one: &DirectoryImport, w: Words) -> Line {
    let stage = match one.state {
        DirectoryImportState::Applying | DirectoryImportState::Undoing => Stage::Running,
        DirectoryImportState::Draft => Stage::Waiting,
        DirectoryImportState::Applied | DirectoryImportState::Undone => Stage::Ended,
    };
    let line = imports::line(one, w);
    Line { stage, path: line.path, name: line.name, kind: line.kind, chip: line.chip, progress: line.progress }
}

async fn openings(inside: &Inside) -> Option<Part<Vec<Line>>> {
    if !inside.who.may("documents.registers.change") {
        return None;
    }
    let call = ListOpeningActs { office: inside.who.office(), limit: Some(MOST), cursor: None };
    let found = inside.part(&call).await;
    Some(found.map(|page| page.items.iter().map(|one| of_opening(one, inside.visit.words)).collect()))
}

fn of_opening(one: &OpeningAct, w: Words) -> Line {
    let stage = match one.state {
        OpeningState::Applying | OpeningState::Undoing => Stage::Running,
        OpeningState::Draft => Stage::Waiting,
        OpeningState::Applied | OpeningState::Undone => Stage::Ended,
    };
    let running = stage == Stage::Running;
    Line {
        stage,
        path: format!("/quan-tri/so/bien-ban/{}", one.id),
        name: one.instrument.clone(),
        kind: one.signatory.clone(),
        chip: kinds::opening(one.state, w),
        progress: running.then(|| Progress::new(one.done, one.papers, w)),
    }
}
