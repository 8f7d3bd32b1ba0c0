//! Q9: one spreadsheet with a register of past years: what its columns hold, what trying it out found, how far entering its
//! rows is, and the rows to be mended as a file.

use askama::Template;
use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode, header},
};
use schema_documents::{
    CheckOldRegister, EnterOldRegister, GetOldRegister, MapOldRegister, OldColumn, OldFault, OldRegister,
    OldRegisterCheck, OldRegisterState,
};
use wire::{Fault, Kind, Lang, id::OldRegisterId};

use super::{
    mapping::{self, Column, said},
    outcome::{Count, Progress, Row, would},
};
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
    screens::registering::word,
    visit::{Inside, Posted, go},
    words::Words,
};

/// What columns may hold, as the contract calls it.
const KINDS: [&str; 15] = [
    "number",
    "year",
    "book",
    "day",
    "author_body",
    "symbol",
    "document_day",
    "genre_name",
    "summary",
    "signatory",
    "recipients",
    "secrecy",
    "pages",
    "kept",
    "note",
];

#[derive(Template)]
#[template(path = "handed_in/old.html")]
struct Old {
    p: Page,
    id: String,
    name: String,
    chip: Chip,
    progress: Option<Progress>,
    /// How long it will take still, as fast as it went until now.
    left: Option<String>,
    /// Once entering began: how many rows were added, stood there, were left out.
    outcome: Vec<Count>,
    counts: Option<Part<Vec<Count>>>,
    rows: Vec<Row>,
    columns: Vec<Column>,
    enter: bool,
    problems: Problems,
}

/// The page of a spreadsheet.
pub(crate) async fn show(Path(id): Path<OldRegisterId>, inside: Inside) -> Response<Body> {
    page(&inside, id, StatusCode::OK, (Problems::default(), Typed::default())).await
}

async fn page(
    inside: &Inside,
    id: OldRegisterId,
    status: StatusCode,
    (problems, typed): (Problems, Typed),
) -> Response<Body> {
    let w = inside.visit.words;
    let register = match inside.need(&GetOldRegister { id }).await {
        Ok(register) => register,
        Err(response) => return response,
    };
    let changes = inside.who.may("documents.registers.change");
    let draft = register.state == OldRegisterState::Draft && changes;
    let check = if changes { Some(inside.part(&CheckOldRegister { id }).await) } else { None };
    let found = check.as_ref().and_then(|part| part.here());
    let name = register.file.as_ref().map_or_else(|| w.t("handed-old-title"), |file| file.name.clone());
    let mut page = Page::inside(inside, &name, Place::Registers);
    if problems.any() {
        page.title = w.with("problem-title", &[("title", &name)]);
    }
    page.done = match inside.visit.query.get("xong") {
        "nhap" => Some(w.t("handed-done-begun")),
        "cot" => Some(w.t("handed-old-done-mapped")),
        "vao" => Some(w.t("handed-old-done-entering")),
        _ => None,
    };
    let view = Old {
        p: page,
        id: id.to_string(),
        name,
        chip: chip(register.state, w),
        progress: (register.state == OldRegisterState::Entering)
            .then(|| Progress::new(register.done, register.rows, w)),
        left: left(&register).map(|seconds| w.with("handed-old-left", &[("minutes", &format::number(seconds, w.0))])),
        outcome: if register.state == OldRegisterState::Draft { Vec::new() } else { outcome(&register, w) },
        rows: found.map(|check| check.faults.iter().map(|fault| row_of(fault, w)).collect()).unwrap_or_default(),
        columns: if draft { columns(&register, found, &typed, w) } else { Vec::new() },
        enter: draft && found.is_some_and(|check| check.fit > 0),
        counts: check.filter(|_| draft).map(|part| part.map(|check| would(check.fit, check.known, check.failed, w))),
        problems,
    };
    inside.visit.html(status, &view)
}

/// Where it stands.
pub(crate) fn chip(state: OldRegisterState, w: Words) -> Chip {
    match state {
        OldRegisterState::Draft => Chip::new(Tone::Plain, "edit", w.t("handed-old-draft")),
        OldRegisterState::Entering => Chip::new(Tone::Plain, "add", w.t("handed-old-entering")),
        OldRegisterState::Entered => Chip::new(Tone::Good, "check", w.t("handed-old-entered")),
    }
}

fn outcome(register: &OldRegister, w: Words) -> Vec<Count> {
    vec![
        Count::new(register.added, (Tone::Good, "add"), "handed-old-added", w),
        Count::new(register.known, (Tone::Plain, "check"), "handed-old-known", w),
        Count::new(register.failed, (Tone::Late, "warning"), "handed-old-failed", w),
    ]
}

/// Minutes to go, rounded up, by the pace since entering began; nothing before the first rows are in.
fn left(register: &OldRegister) -> Option<i64> {
    if register.state != OldRegisterState::Entering || register.done == 0 {
        return None;
    }
    let took = register.last_at?.micros().checked_sub(register.begun_at?.micros())?;
    let rest = i64::from(register.rows.saturating_sub(register.done));
    let micros = took.checked_mul(rest)?.checked_div(i64::from(register.done))?;
    Some(micros.checked_div(60_000_000)?.saturating_add(1))
}

fn row_of(fault: &OldFault, w: Words) -> Row {
    Row::new(fault.row, fault.field.map(said), fault.cell.as_ref(), (&fault.vi, &fault.en), w)
}

fn columns(register: &OldRegister, check: Option<&OldRegisterCheck>, typed: &Typed, w: Words) -> Vec<Column> {
    let pairs = |columns: &[OldColumn]| -> Vec<(String, String)> {
        columns.iter().map(|column| (column.head.clone(), said(column.field))).collect()
    };
    let taken = check.map_or(&[][..], |check| check.columns.as_slice());
    mapping::columns(&KINDS, &pairs(&register.columns), &pairs(taken), (typed, w))
}

/// Says what the columns hold, and tries it out again.
pub(crate) async fn map(Path(id): Path<OldRegisterId>, posted: Posted) -> Response<Body> {
    let columns = mapping::read(&KINDS, &posted.fields).into_iter();
    let columns = columns.filter_map(|(head, kind)| Some(OldColumn { head, field: word(&kind)? })).collect();
    let acted = posted.act(&MapOldRegister { id, columns }).await;
    after(&posted, id, "cot", acted).await
}

/// Begins to enter the rows.
pub(crate) async fn enter(Path(id): Path<OldRegisterId>, posted: Posted) -> Response<Body> {
    after(&posted, id, "vao", posted.act(&EnterOldRegister { id }).await).await
}

async fn after(posted: &Posted, id: OldRegisterId, done: &str, acted: Result<OldRegister, Fault>) -> Response<Body> {
    match acted {
        Ok(_) => go(&format!("/quan-tri/so/cu/{id}?xong={done}")),
        Err(fault) if matches!(fault.kind, Kind::Invalid | Kind::Conflict | Kind::Stale | Kind::Denied) => {
            let again = (Problems::of(&fault, posted.inside.visit.words), Typed::of(&posted.fields));
            page(&posted.inside, id, no::status(fault.kind), again).await
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}

/// The rows to be mended as a spreadsheet: row, column, cell, what is wrong and how to mend it.
pub(crate) async fn faults(Path(id): Path<OldRegisterId>, inside: Inside) -> Response<Body> {
    let w = inside.visit.words;
    let check = match inside.need(&CheckOldRegister { id }).await {
        Ok(check) => check,
        Err(response) => return response,
    };
    let heads =
        ["account-import-row", "handed-holds", "account-import-cell", "account-import-fault"].map(|key| w.t(key));
    let mut file = format!("\u{FEFF}{}", line(&heads));
    for fault in &check.faults {
        let row = row_of(fault, w);
        file.push_str(&line(&[row.row.to_string(), row.column, row.cell, row.why]));
    }
    let mut response = Response::new(Body::from(file));
    let of = |text: &'static str| header::HeaderValue::from_static(text);
    response.headers_mut().insert(header::CONTENT_TYPE, of("text/csv; charset=utf-8"));
    let name = match w.0 {
        Lang::Vi => "attachment; filename=\"dong-can-sua.csv\"",
        Lang::En => "attachment; filename=\"rows-to-mend.csv\"",
    };
    response.headers_mut().insert(header::CONTENT_DISPOSITION, of(name));
    response
}

/// A line of a CSV file; no cell begins as a formula does.
fn line(cells: &[String; 4]) -> String {
    let cell = |words: &String| {
        let formula = words.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
        format!("\"{}{}\"", if formula { "'" } else { "" }, words.replace('"', "\"\""))
    };
    format!("{}\r\n", cells.iter().map(cell).collect::<Vec<_>>().join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_faults_calculates_nothing() {
        let cells = ["7", "=1+1", "a \"b\", c", "－2"].map(str::to_owned);
        assert_eq!(line(&cells), "\"7\",\"'=1+1\",\"a \"\"b\"\", c\",\"'－2\"\r\n");
    }
}
