//! G7, Q13: units and people from spreadsheets: what is under way and how far, what is to be mended, putting into force,
//! undoing. What brings the spreadsheet in stands in `handed_in::directory`.

use askama::Template;
use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_identity::{
    ApplyDirectoryImport, CheckDirectoryImport, DirectoryFault, DirectoryImport, DirectoryImportKind,
    DirectoryImportRow, DirectoryImportState, DirectoryRowState, GetDirectoryImport, ListDirectoryImportRows,
    ListDirectoryImports, UndoDirectoryImport,
};
use wire::{Cursor, Fault, Kind, id::DirectoryImportId};

use super::standing::every;
use crate::{
    asking::Part,
    format,
    kit::{
        chip::{Chip, Tone},
        problems::Problems,
        typed::Typed,
    },
    no,
    page::{Page, Place},
    screens::handed_in::{
        directory::{Beginning, Mapping},
        mapping::said,
        outcome::{Count, Progress, Row, would},
    },
    visit::{Inside, Posted, go},
    words::Words,
};

/// How many of the rows that were entered lead to what was made of them.
const SHOWN: usize = 200;

/// An import as lists show it.
pub(crate) struct Line {
    pub(crate) path: String,
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) chip: Chip,
    pub(crate) progress: Option<Progress>,
}

#[derive(Template)]
#[template(path = "account/imports.html")]
struct Imports {
    p: Page,
    lines: Part<Vec<Line>>,
    next: Option<String>,
    /// The form that begins another one, for those who may.
    beginning: Option<Beginning>,
    problems: Problems,
}

/// A row that was entered, and where what was made of it stands.
struct Made {
    row: u32,
    path: String,
    text: String,
}

#[derive(Template)]
#[template(path = "account/import.html")]
struct Import {
    p: Page,
    id: String,
    name: String,
    kind: String,
    chip: Chip,
    progress: Option<Progress>,
    facts: Vec<(String, String)>,
    /// What is different from the directory as it is: of a draft what it would do, later what it did.
    counts: Part<Vec<Count>>,
    draft: bool,
    mapping: Option<Mapping>,
    made: Vec<Made>,
    /// What is to be mended, or was left.
    rows: Part<Vec<Row>>,
    apply: bool,
    undo: bool,
    problems: Problems,
}

/// The list.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let beginning = Beginning::new(&inside, Typed::default(), Vec::new());
    list(&inside, StatusCode::OK, Problems::default(), beginning).await
}

/// The list, with the form that begins another one.
pub(crate) async fn list(
    inside: &Inside,
    status: StatusCode,
    problems: Problems,
    beginning: Beginning,
) -> Response<Body> {
    let visit = &inside.visit;
    let cursor = visit.query.some("tiep").map(Cursor);
    let call = ListDirectoryImports { office: inside.who.office(), limit: Some(50), cursor };
    let found = inside.part(&call).await;
    let next = found.here().and_then(|page| page.next.as_ref()).map(|Cursor(next)| {
        let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("tiep", next).finish();
        format!("/nhap-danh-ba?{query}")
    });
    let title = visit.words.t("account-menu-imports");
    let mut page = Page::inside(inside, &title, Place::Imports);
    if problems.any() {
        page.title = visit.words.with("problem-title", &[("title", &title)]);
    }
    let view = Imports {
        p: page,
        lines: found.map(|page| page.items.iter().map(|one| line(one, visit.words)).collect()),
        next,
        beginning: Some(beginning).filter(|_| inside.who.may("identity.people.change")),
        problems,
    };
    visit.html(status, &view)
}

/// An import in a line.
pub(crate) fn line(one: &DirectoryImport, w: Words) -> Line {
    Line {
        path: format!("/nhap-danh-ba/{}", one.id),
        name: one.file_name.clone(),
        kind: kind(one.kind, w),
        chip: chip(one.state, w),
        progress: progress(one, w),
    }
}

fn kind(kind: DirectoryImportKind, w: Words) -> String {
    match kind {
        DirectoryImportKind::Units => w.t("account-import-units"),
        DirectoryImportKind::People => w.t("account-import-people"),
    }
}

fn chip(state: DirectoryImportState, w: Words) -> Chip {
    match state {
        DirectoryImportState::Draft => Chip::new(Tone::Soon, "pen", w.t("account-import-draft")),
        DirectoryImportState::Applying => Chip::new(Tone::Info, "waiting", w.t("account-import-applying")),
        DirectoryImportState::Applied => Chip::new(Tone::Good, "ok", w.t("account-import-applied")),
        DirectoryImportState::Undoing => Chip::new(Tone::Info, "waiting", w.t("account-import-undoing")),
        DirectoryImportState::Undone => Chip::new(Tone::Plain, "void", w.t("account-import-undone")),
    }
}

/// How far a job is, while there is one.
fn progress(one: &DirectoryImport, w: Words) -> Option<Progress> {
    let runs = matches!(one.state, DirectoryImportState::Applying | DirectoryImportState::Undoing);
    runs.then(|| Progress::new(one.done, one.rows, w))
}

/// One import.
pub(crate) async fn show_one(Path(id): Path<DirectoryImportId>, inside: Inside) -> Response<Body> {
    page(&inside, id, StatusCode::OK, (Problems::default(), Typed::default())).await
}

async fn page(
    inside: &Inside,
    id: DirectoryImportId,
    status: StatusCode,
    (problems, typed): (Problems, Typed),
) -> Response<Body> {
    let w = inside.visit.words;
    let found = match inside.need(&GetDirectoryImport { id }).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let draft = found.state == DirectoryImportState::Draft;
    let (mut apply, mut mapping, mut made) = (false, None, Vec::new());
    let (counts, rows) = if draft {
        let checked = inside.part(&CheckDirectoryImport { id }).await;
        apply = checked.here().is_some_and(|check| check.faulty == 0 && check.fit > 0);
        mapping = Some(Mapping::of(&found, checked.here(), &typed, inside));
        let rows = checked.clone().map(|check| check.faults.iter().map(|fault| row_of(fault, w)).collect());
        (checked.map(|check| would(check.fit, check.known, check.faulty, w)), rows)
    } else {
        let call = ListDirectoryImportRows { id, limit: Some(200), cursor: None };
        let marks = every(inside, call, |call, next| call.cursor = Some(next)).await;
        made = marks.here().into_iter().flatten().filter_map(|mark| made_of(mark, w)).take(SHOWN).collect();
        (
            marks.clone().map(|marks| did(&marks, w)),
            marks.map(|marks| marks.iter().filter_map(|mark| left(mark, w)).collect()),
        )
    };
    let facts = [
        ("account-import-from", Some(format::day(found.from))),
        ("account-import-rows", (!draft).then(|| format::number(found.rows.into(), w.0))),
        ("account-import-done", (!draft).then(|| format::number(found.done.into(), w.0))),
        ("account-import-left", (!draft).then(|| format::number(found.left.into(), w.0))),
        ("account-import-why", found.undo_reason.clone()),
        ("account-import-hash", Some(found.sha256.clone())),
    ];
    let mut page = Page::inside(inside, &w.t("account-menu-imports"), Place::Imports);
    page.done = match inside.visit.query.get("xong") {
        "ap-dung" => Some(w.t("account-done-applying")),
        "hoan-tac" => Some(w.t("account-done-undoing")),
        "nhap" => Some(w.t("handed-done-begun")),
        "cot" => Some(w.t("handed-done-mapped")),
        _ => None,
    };
    let view = Import {
        p: page,
        id: id.to_string(),
        name: found.file_name.clone(),
        kind: kind(found.kind, w),
        chip: chip(found.state, w),
        progress: progress(&found, w),
        facts: facts.into_iter().filter_map(|(key, value)| Some((w.t(key), value?))).collect(),
        counts,
        draft,
        mapping,
        made,
        rows,
        apply,
        undo: matches!(found.state, DirectoryImportState::Draft | DirectoryImportState::Applied),
        problems,
    };
    inside.visit.html(status, &view)
}

/// What became of the rows.
fn did(marks: &[DirectoryImportRow], w: Words) -> Vec<Count> {
    let count = |state: DirectoryRowState, tone, icon, key| {
        let rows = marks.iter().filter(|mark| mark.state == state).count();
        Count::new(u32::try_from(rows).unwrap_or(u32::MAX), (tone, icon), key, w)
    };
    let all = [
        count(DirectoryRowState::Waiting, Tone::Info, "waiting", "handed-row-waiting"),
        count(DirectoryRowState::Made, Tone::Good, "ok", "handed-row-made"),
        count(DirectoryRowState::Failed, Tone::Late, "warning", "handed-row-failed"),
        count(DirectoryRowState::Undone, Tone::Plain, "void", "handed-row-undone"),
        count(DirectoryRowState::Kept, Tone::Soon, "info", "handed-row-kept"),
    ];
    all.into_iter().filter(|count| count.rows != "0").collect()
}

/// What was made of a row, and is there still.
fn made_of(mark: &DirectoryImportRow, w: Words) -> Option<Made> {
    if mark.state != DirectoryRowState::Made {
        return None;
    }
    let (path, key) = match (mark.person, mark.unit) {
        (Some(person), _) => (format!("/quan-tri/nguoi/{person}"), "handed-made-person"),
        (None, Some(unit)) => (format!("/quan-tri/don-vi/{unit}"), "handed-made-unit"),
        (None, None) => return None,
    };
    Some(Made { row: mark.row, path, text: w.t(key) })
}

fn row_of(fault: &DirectoryFault, w: Words) -> Row {
    Row::new(fault.row, fault.field.map(said), fault.cell.as_ref(), (&fault.vi, &fault.en), w)
}

/// A row that could not be entered, or not be undone.
fn left(mark: &DirectoryImportRow, w: Words) -> Option<Row> {
    if !matches!(mark.state, DirectoryRowState::Failed | DirectoryRowState::Kept) {
        return None;
    }
    let nothing_said =
        || Row { row: mark.row, column: String::new(), cell: String::new(), why: w.t("account-import-kept") };
    Some(mark.fault.as_ref().map_or_else(nothing_said, |fault| Row { row: mark.row, ..row_of(fault, w) }))
}

/// Puts a draft into force.
pub(crate) async fn apply(Path(id): Path<DirectoryImportId>, posted: Posted) -> Response<Body> {
    after(&posted, id, "ap-dung", posted.act(&ApplyDirectoryImport { id }).await).await
}

/// Undoes an import before use, or gives a draft up.
pub(crate) async fn undo(Path(id): Path<DirectoryImportId>, posted: Posted) -> Response<Body> {
    let reason = posted.fields.get("reason").to_owned();
    after(&posted, id, "hoan-tac", posted.act(&UndoDirectoryImport { id, reason }).await).await
}

/// Goes on after a form of the page of an import.
pub(crate) async fn after(
    posted: &Posted,
    id: DirectoryImportId,
    done: &str,
    answered: Result<DirectoryImport, Fault>,
) -> Response<Body> {
    match answered {
        Ok(_) => go(&format!("/nhap-danh-ba/{id}?xong={done}")),
        Err(fault) if matches!(fault.kind, Kind::Invalid | Kind::Conflict | Kind::Stale | Kind::Denied) => {
            let mut problems = Problems::of(&fault, posted.inside.visit.words);
            for problem in &mut problems.0 {
                if problem.field != "reason" {
                    problem.field.clear();
                }
            }
            page(&posted.inside, id, no::status(fault.kind), (problems, Typed::of(&posted.fields))).await
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}
