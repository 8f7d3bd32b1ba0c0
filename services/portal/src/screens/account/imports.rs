//! G7, Q13: units and people from spreadsheets: what is under way and how far, what is to be mended, putting into force,
//! undoing. The file itself is sent through the API.

use askama::Template;
use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_identity::{
    ApplyDirectoryImport, CheckDirectoryImport, DirectoryCheck, DirectoryFault, DirectoryImport, DirectoryImportKind,
    DirectoryImportRow, DirectoryImportState, DirectoryRowState, GetDirectoryImport, ListDirectoryImportRows,
    ListDirectoryImports, UndoDirectoryImport,
};
use wire::{Cursor, Fault, Kind, Lang, id::DirectoryImportId};

use super::standing::every;
use crate::{
    asking::Part,
    format,
    kit::{
        chip::{Chip, Tone},
        problems::Problems,
    },
    no,
    page::{Page, Place},
    visit::{Inside, Posted, go},
    words::Words,
};

/// An import as lists show it.
struct Line {
    path: String,
    name: String,
    kind: String,
    chip: Chip,
    progress: Option<Progress>,
}

/// How far a job is.
struct Progress {
    done: u32,
    rows: u32,
    said: String,
}

/// A row of the spreadsheet that needs a look.
struct Row {
    row: u32,
    cell: String,
    why: String,
}

#[derive(Template)]
#[template(path = "account/imports.html")]
struct Imports {
    p: Page,
    lines: Part<Vec<Line>>,
    next: Option<String>,
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
    /// What a draft would do, in words.
    check: Option<Part<String>>,
    /// What is to be mended, or was left.
    rows: Part<Vec<Row>>,
    apply: bool,
    undo: bool,
    problems: Problems,
}

/// The list.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let visit = &inside.visit;
    let cursor = visit.query.some("tiep").map(Cursor);
    let call = ListDirectoryImports { office: inside.who.office(), limit: Some(50), cursor };
    let found = inside.part(&call).await;
    let next = found.here().and_then(|page| page.next.as_ref()).map(|Cursor(next)| {
        let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("tiep", next).finish();
        format!("/nhap-danh-ba?{query}")
    });
    let view = Imports {
        p: Page::inside(&inside, &visit.words.t("account-menu-imports"), Place::Imports),
        lines: found.map(|page| page.items.iter().map(|one| line(one, visit.words)).collect()),
        next,
    };
    visit.html(StatusCode::OK, &view)
}

fn line(one: &DirectoryImport, w: Words) -> Line {
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
    let (done, rows) = (format::number(one.done.into(), w.0), format::number(one.rows.into(), w.0));
    let said = w.with("account-import-progress", &[("done", &done), ("rows", &rows)]);
    runs.then_some(Progress { done: one.done, rows: one.rows.max(1), said })
}

/// One import.
pub(crate) async fn show_one(Path(id): Path<DirectoryImportId>, inside: Inside) -> Response<Body> {
    page(&inside, id, StatusCode::OK, Problems::default()).await
}

async fn page(inside: &Inside, id: DirectoryImportId, status: StatusCode, problems: Problems) -> Response<Body> {
    let w = inside.visit.words;
    let found = match inside.need(&GetDirectoryImport { id }).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let draft = found.state == DirectoryImportState::Draft;
    let mut apply = false;
    let (check, rows) = if draft {
        let checked = inside.part(&CheckDirectoryImport { id }).await;
        apply = checked.here().is_some_and(|check| check.faulty == 0 && check.fit > 0);
        let rows = checked.clone().map(|check| check.faults.iter().map(|fault| row_of(fault, w)).collect());
        (Some(checked.map(|check| check_said(&check, w))), rows)
    } else {
        let call = ListDirectoryImportRows { id, limit: Some(200), cursor: None };
        let marks = every(inside, call, |call, next| call.cursor = Some(next)).await;
        (None, marks.map(|marks| marks.iter().filter_map(|mark| left(mark, w)).collect()))
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
        check,
        rows,
        apply,
        undo: matches!(found.state, DirectoryImportState::Draft | DirectoryImportState::Applied),
        problems,
    };
    inside.visit.html(status, &view)
}

fn check_said(check: &DirectoryCheck, w: Words) -> String {
    let values = [
        ("rows", format::number(check.rows.into(), w.0)),
        ("fit", format::number(check.fit.into(), w.0)),
        ("known", format::number(check.known.into(), w.0)),
        ("faulty", format::number(check.faulty.into(), w.0)),
    ];
    w.with("account-import-check", &values.each_ref().map(|(name, value)| (*name, value.as_str())))
}

fn row_of(fault: &DirectoryFault, w: Words) -> Row {
    let why = match w.0 {
        Lang::Vi => &fault.vi,
        Lang::En => &fault.en,
    };
    Row { row: fault.row, cell: fault.cell.clone().unwrap_or_default(), why: crate::asking::capital(why) }
}

/// A row that could not be entered, or not be undone.
fn left(mark: &DirectoryImportRow, w: Words) -> Option<Row> {
    if !matches!(mark.state, DirectoryRowState::Failed | DirectoryRowState::Kept) {
        return None;
    }
    let nothing_said = || Row { row: mark.row, cell: String::new(), why: w.t("account-import-kept") };
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

async fn after(
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
            page(&posted.inside, id, no::status(fault.kind), problems).await
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}
