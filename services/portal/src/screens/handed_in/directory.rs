//! Q13: beginning an import of units or people with its spreadsheet, and saying what its columns hold.

use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_identity::{
    BeginDirectoryImport, DirectoryCheck, DirectoryColumn, DirectoryImport, DirectoryImportKind, MapDirectoryImport,
};
use wire::{Fault, Kind, id::DirectoryImportId};

use super::{
    file_field::FileField,
    mapping::{self, Column, said},
};
use crate::{
    format,
    hand_in::{Files, Kept},
    kit::{problems::Problems, typed::Typed},
    no,
    screens::{account::imports, registering::word},
    visit::{Inside, Posted, go},
};

/// The field with the spreadsheet.
const FILE: &str = "file";
/// What columns of units and of people may hold, as the contract calls it.
const OF_UNITS: [&str; 5] = ["office", "name", "parent", "body", "from"];
const OF_PEOPLE: [&str; 9] = ["office", "name", "unit", "title", "roles", "head", "contact", "instrument", "from"];
/// All of them.
const EVERY: [&str; 11] =
    ["office", "name", "parent", "body", "unit", "title", "roles", "head", "contact", "instrument", "from"];

/// The form that begins an import.
pub(crate) struct Beginning {
    /// Whether units may be brought in, and not people alone.
    pub(crate) units: bool,
    pub(crate) file: FileField,
    pub(crate) typed: Typed,
}

/// The form that says what columns hold.
pub(crate) struct Mapping {
    pub(crate) action: String,
    pub(crate) columns: Vec<Column>,
}

impl Beginning {
    pub(crate) fn new(inside: &Inside, typed: Typed, held: Vec<Kept>) -> Self {
        let w = inside.visit.words;
        let usual = [("kind", "people".to_owned()), ("from", format::day(inside.visit.today()))];
        Self {
            units: inside.who.may("identity.units.change"),
            file: FileField::sheet(FILE, w.t("handed-sheet"), w.t("handed-directory-said")).holding(held),
            typed: typed.or(Typed::proposing(&usual)),
        }
    }
}

impl Mapping {
    /// Of a draft, with what trying it out has recognised.
    pub(crate) fn of(import: &DirectoryImport, check: Option<&DirectoryCheck>, typed: &Typed, inside: &Inside) -> Self {
        let taken = check.map_or(&[][..], |check| check.columns.as_slice());
        Self {
            action: format!("/nhap-danh-ba/{}/cot", import.id),
            columns: mapping::columns(
                kinds(import.kind),
                &pairs(&import.columns),
                &pairs(taken),
                (typed, inside.visit.words),
            ),
        }
    }
}

fn kinds(kind: DirectoryImportKind) -> &'static [&'static str] {
    match kind {
        DirectoryImportKind::Units => &OF_UNITS,
        DirectoryImportKind::People => &OF_PEOPLE,
    }
}

fn pairs(columns: &[DirectoryColumn]) -> Vec<(String, String)> {
    columns.iter().map(|column| (column.head.clone(), said(column.field))).collect()
}

/// Begins an import; it is tried out on its page.
pub(crate) async fn begin(posted: Posted) -> Response<Body> {
    let (fields, w) = (&posted.fields, posted.inside.visit.words);
    let files = Files::read(fields, FILE).last();
    let mut problems = Problems::default();
    files.say_kind("handed-no-sheet", FILE, w, &mut problems);
    if files.kept.is_empty() && !problems.any() {
        problems.add(FILE, w.t("handed-sheet-missing"));
    }
    let from = format::read_day(fields.get("from"));
    if from.is_none() && !fields.get("from").is_empty() {
        problems.add("from", w.t("day-unreadable"));
    }
    let kind = word::<DirectoryImportKind>(fields.get("kind"));
    if kind.is_none() {
        problems.add("kind", w.t("handed-kind-missing"));
    }
    let (Some(kind), Some(ticket), false) = (kind, files.ticket(), problems.any()) else {
        return again(&posted, StatusCode::UNPROCESSABLE_ENTITY, problems, files.kept).await;
    };
    let office = posted.inside.who.office();
    match posted.act(&BeginDirectoryImport { office, kind, ticket, columns: Vec::new(), from }).await {
        Ok(begun) => go(&format!("/nhap-danh-ba/{}?xong=nhap", begun.id)),
        Err(fault) if is_said(fault.kind) => {
            // A file that cannot be read is chosen anew; one that is good waits for a form that is.
            let held = if fault.kind == Kind::Invalid { Vec::new() } else { files.kept };
            let field = fault.field.clone().filter(|field| field == "from" || field == "kind");
            let fault = Fault { field: Some(field.unwrap_or_else(|| FILE.to_owned())), ..fault };
            again(&posted, no::status(fault.kind), Problems::of(&fault, w), held).await
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}

async fn again(posted: &Posted, status: StatusCode, problems: Problems, held: Vec<Kept>) -> Response<Body> {
    let beginning = Beginning::new(&posted.inside, Typed::of(&posted.fields), held);
    imports::list(&posted.inside, status, problems, beginning).await
}

/// Whether a refusal is said at the form.
fn is_said(kind: Kind) -> bool {
    matches!(kind, Kind::Invalid | Kind::Conflict | Kind::Stale | Kind::Denied | Kind::TooLarge)
}

/// Says anew what the columns of a draft hold, and tries it out again.
pub(crate) async fn map(Path(id): Path<DirectoryImportId>, posted: Posted) -> Response<Body> {
    let columns = mapping::read(&EVERY, &posted.fields).into_iter();
    let columns = columns.filter_map(|(head, kind)| Some(DirectoryColumn { head, field: word(&kind)? })).collect();
    imports::after(&posted, id, "cot", posted.act(&MapDirectoryImport { id, columns }).await).await
}
