//! V3: many files at once into the queue, each bad one named, and how far a batch is.

use askama::Template;
use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_documents::{BringInIntake, GetIntakeBatch, IntakeBatch, ListIntake, ListIntakeBatches};
use wire::{Cursor, Fault, Kind, id::IntakeBatchId};

use super::queue::{self, Rows};
use crate::{
    asking::Part,
    format,
    hand_in::{Files, Kept},
    kit::problems::Problems,
    no,
    page::{Page, Place},
    visit::{Inside, Posted, go},
    words::Words,
};

/// How many batches the page lists.
const BATCHES: u16 = 20;
/// How many items of a batch it lists.
const ITEMS: u16 = 50;

/// A batch as the page shows it.
pub(crate) struct Batch {
    pub(crate) path: String,
    pub(crate) came: String,
    pub(crate) done: u32,
    pub(crate) all: u32,
    pub(crate) said: String,
}

#[derive(Template)]
#[template(path = "intake/batch.html")]
struct View {
    p: Page,
    /// The batch to which files are added.
    batch: Option<Batch>,
    id: String,
    /// What of it still waits.
    items: Option<Part<Rows>>,
    batches: Part<Vec<Batch>>,
    problems: Problems,
    held: Vec<Kept>,
}

impl Batch {
    pub(crate) fn new(batch: &IntakeBatch, w: Words) -> Self {
        let done = batch.registered + batch.citizen_letter + batch.discarded;
        let counts = [
            ("waiting", batch.waiting),
            ("official", batch.official),
            ("aside", batch.set_aside),
            ("registered", batch.registered),
            ("letters", batch.citizen_letter),
            ("discarded", batch.discarded),
        ];
        let counts = counts.map(|(name, count)| (name, count.to_string()));
        let values: Vec<(&str, &str)> = counts.iter().map(|(name, count)| (*name, count.as_str())).collect();
        Self {
            path: format!("/van-ban/cho/lo/{}", batch.id),
            came: format::moment(batch.brought_in_at),
            done,
            all: done + batch.waiting + batch.official + batch.set_aside,
            said: w.with("intake-batch-said", &values),
        }
    }
}

/// The page for a fresh batch.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    page(&inside, None, StatusCode::OK, Problems::default(), Vec::new()).await
}

/// The page of a batch.
pub(crate) async fn show_one(Path(id): Path<IntakeBatchId>, inside: Inside) -> Response<Body> {
    page(&inside, Some(id), StatusCode::OK, Problems::default(), Vec::new()).await
}

async fn page(
    inside: &Inside,
    id: Option<IntakeBatchId>,
    status: StatusCode,
    problems: Problems,
    held: Vec<Kept>,
) -> Response<Body> {
    let (w, office) = (inside.visit.words, inside.who.office());
    let of_batches = ListIntakeBatches { office, limit: Some(BATCHES), cursor: None };
    let cursor = inside.visit.query.some("tiep").map(Cursor);
    let of_items = ListIntake { office, state: None, batch: id, limit: Some(ITEMS), cursor };
    let (batch, items, batches) = futures_util::join!(
        async {
            match id {
                Some(id) => inside.need(&GetIntakeBatch { id }).await.map(Some),
                None => Ok(None),
            }
        },
        async {
            match id {
                Some(_) => Some(inside.part(&of_items).await),
                None => None,
            }
        },
        inside.part(&of_batches),
    );
    let batch = match batch {
        Ok(batch) => batch.map(|batch| Batch::new(&batch, w)),
        Err(response) => return response,
    };
    let base = id.map(|id| format!("/van-ban/cho/lo/{id}")).unwrap_or_default();
    let rows = |part: Part<_>| part.map(|found| queue::rows(&found, base.clone(), w.t("intake-batch-done"), inside));
    let title = match &batch {
        Some(batch) => w.with("intake-batch-title", &[("time", &batch.came)]),
        None => w.t("intake-bring-title"),
    };
    let mut page = Page::inside(inside, &title, Place::Intake);
    if problems.any() {
        page.title = w.with("problem-title", &[("title", &title)]);
    }
    let view = View {
        p: page,
        batch,
        id: id.map(|id| id.to_string()).unwrap_or_default(),
        items: items.map(rows),
        batches: batches.map(|found| found.items.iter().map(|batch| Batch::new(batch, w)).collect()),
        problems,
        held,
    };
    inside.visit.html(status, &view)
}

/// Brings the files of the form in. Those that are bad are named, and the others are in.
pub(crate) async fn bring_in(posted: Posted) -> Response<Body> {
    let inside = &posted.inside;
    let files = Files::read(&posted.fields, "files");
    let mut problems = Problems::default();
    files.say("files", inside.visit.words, &mut problems);
    let batch = posted.fields.get("batch").parse().ok();
    let tickets = files.tickets();
    if tickets.is_empty() {
        if !problems.any() {
            problems.add("files", inside.visit.words.t("intake-files-missing"));
        }
        return page(inside, batch, StatusCode::UNPROCESSABLE_ENTITY, problems, Vec::new()).await;
    }
    match posted.act(&BringInIntake { office: inside.who.office(), batch, tickets }).await {
        Ok(brought) if problems.any() => {
            page(inside, Some(brought.id), StatusCode::UNPROCESSABLE_ENTITY, problems, Vec::new()).await
        }
        Ok(brought) => go(&format!("/van-ban/cho/lo/{}", brought.id)),
        Err(fault) if matches!(fault.kind, Kind::Invalid | Kind::Conflict | Kind::TooLarge) => {
            let status = no::status(fault.kind);
            let of_files = Problems::of(&Fault { field: Some("files".to_owned()), ..fault }, inside.visit.words);
            problems.0.extend(of_files.0);
            page(inside, batch, status, problems, files.kept).await
        }
        Err(fault) => no::fault(inside, &fault),
    }
}
