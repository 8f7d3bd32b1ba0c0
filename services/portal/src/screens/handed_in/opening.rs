//! Q8: one opening act: the books that it opens, the spreadsheet with the papers that are open still, trying it out, putting
//! it into force with a fresh proof of who signs, how far it is, and undoing it before use.

use askama::Template;
use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_documents::{
    ApplyOpeningAct, CheckOpeningAct, GetOpeningAct, OpeningAct, OpeningCheck, OpeningRegister, OpeningState,
    PaperColumn, PeriodKind, RegisterKind, SetOpeningPapers, UndoOpeningAct,
};
use schema_identity::GetPerson;
use wire::{Fault, Kind, id::OpeningActId};

use super::{
    file_field::FileField,
    mapping::{self, Column, said},
    outcome::{Count, Progress, Row, would},
};
use crate::{
    asking::Part,
    format,
    hand_in::{Files, Kept},
    kit::{chip::Chip, problems::Problems, typed::Typed},
    no,
    page::{Page, Place},
    screens::{admin::kinds, registering::word},
    visit::{Inside, Posted, go},
    words::Words,
};

/// The field with the spreadsheet.
const FILE: &str = "file";
/// What columns may hold, as the contract calls it.
const KINDS: [&str; 12] = [
    "number",
    "arrived",
    "author_body",
    "symbol",
    "document_day",
    "genre_name",
    "summary",
    "urgency",
    "secrecy",
    "pages",
    "due",
    "note",
];

/// A book that the act opens.
struct Book {
    text: String,
    next: String,
    from: String,
    /// Where it stands once it is open.
    path: Option<String>,
}

/// The form that brings the spreadsheet in, with the mapping that goes with it.
struct Papers {
    file: FileField,
    columns: Vec<Column>,
}

#[derive(Template)]
#[template(path = "handed_in/opening.html")]
struct Opening {
    p: Page,
    id: String,
    name: String,
    chip: Chip,
    facts: Vec<(String, String)>,
    books: Vec<Book>,
    progress: Option<Progress>,
    /// Of a draft with papers what applying it would do.
    counts: Option<Part<Vec<Count>>>,
    rows: Vec<Row>,
    papers: Option<Papers>,
    apply: bool,
    undo: bool,
    problems: Problems,
    typed: Typed,
}

/// The page of an act.
pub(crate) async fn show(Path(id): Path<OpeningActId>, inside: Inside) -> Response<Body> {
    page(&inside, id, StatusCode::OK, (Problems::default(), Typed::default(), Vec::new())).await
}

async fn page(
    inside: &Inside,
    id: OpeningActId,
    status: StatusCode,
    (problems, typed, held): (Problems, Typed, Vec<Kept>),
) -> Response<Body> {
    let w = inside.visit.words;
    let act = match inside.need(&GetOpeningAct { id }).await {
        Ok(act) => act,
        Err(response) => return response,
    };
    let changes = inside.who.may("documents.registers.change");
    let draft = act.state == OpeningState::Draft && changes;
    let tried = draft && act.file.is_some();
    let check = if tried { Some(inside.part(&CheckOpeningAct { id }).await) } else { None };
    let found = check.as_ref().and_then(|part| part.here());
    let sound = !tried || found.is_some_and(|check| check.faulty == 0);
    let mut page = Page::inside(inside, &act.instrument, Place::Registers);
    if problems.any() {
        page.title = w.with("problem-title", &[("title", &act.instrument)]);
    }
    page.done = done(inside.visit.query.get("xong"), w);
    let view = Opening {
        p: page,
        id: id.to_string(),
        name: act.instrument.clone(),
        chip: kinds::opening(act.state, w),
        facts: facts(&act, inside).await,
        books: act.registers.iter().map(|book| book_of(book, act.state, w)).collect(),
        progress: matches!(act.state, OpeningState::Applying | OpeningState::Undoing)
            .then(|| Progress::new(act.done, act.papers, w)),
        rows: found.map(|check| check.faults.iter().map(|fault| row_of(fault, w)).collect()).unwrap_or_default(),
        papers: draft.then(|| papers(&act, found, &typed, (held, w))),
        counts: check.map(|part| part.map(|check| would(check.fit, check.known, check.faulty, w))),
        apply: draft && sound && (act.file.is_some() || !act.registers.is_empty()),
        undo: changes && matches!(act.state, OpeningState::Draft | OpeningState::Applied),
        problems,
        typed,
    };
    inside.visit.html(status, &view)
}

fn done(word: &str, w: Words) -> Option<String> {
    Some(match word {
        "lap" => w.t("handed-done-opening"),
        "bang-ke" => w.t("handed-done-begun"),
        "ap-dung" => w.t("handed-done-applied"),
        "hoan-tac" => w.t("handed-done-undone"),
        _ => return None,
    })
}

async fn facts(act: &OpeningAct, inside: &Inside) -> Vec<(String, String)> {
    let w = inside.visit.words;
    let signed = match act.signed_by {
        Some(id) => inside.part(&GetPerson { id, as_of: None }).await.here().map(|person| person.full_name.clone()),
        None => None,
    };
    let entered = format!("{} / {}", format::number(act.done.into(), w.0), format::number(act.papers.into(), w.0));
    let facts = [
        ("handed-act-day", Some(format::day(act.day))),
        ("handed-signatory", Some(act.signatory.clone())),
        ("handed-signed-by", signed),
        ("handed-sheet", act.file.as_ref().map(|file| file.name.clone())),
        ("handed-papers", Some(entered).filter(|_| act.papers > 0)),
        ("account-import-why", act.undo_reason.clone()),
    ];
    facts.into_iter().filter_map(|(key, value)| Some((w.t(key), value?))).collect()
}

fn book_of(book: &OpeningRegister, state: OpeningState, w: Words) -> Book {
    let kind = match book.kind {
        RegisterKind::Incoming => w.t("admin-book-incoming"),
        RegisterKind::Outgoing => w.t("admin-book-outgoing"),
    };
    let period = match book.period {
        PeriodKind::Year => w.t("admin-period-year"),
        PeriodKind::Term => w.t("admin-period-term"),
    };
    let of = [Some(kind), book.body_code.clone(), book.genres.as_ref().map(|genres| genres.join(", ")), Some(period)];
    let open = matches!(state, OpeningState::Applying | OpeningState::Applied);
    Book {
        text: of.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        next: format::number(book.next_number, w.0),
        from: format::day(book.first_day),
        path: book.register.filter(|_| open).map(|id| format!("/quan-tri/so-dang-ky/{id}")),
    }
}

fn row_of(fault: &schema_documents::RowFault, w: Words) -> Row {
    Row::new(fault.row, fault.field.map(said), fault.cell.as_ref(), (&fault.vi, &fault.en), w)
}

fn papers(act: &OpeningAct, check: Option<&OpeningCheck>, typed: &Typed, (held, w): (Vec<Kept>, Words)) -> Papers {
    let pairs = |columns: &[PaperColumn]| -> Vec<(String, String)> {
        columns.iter().map(|column| (column.head.clone(), said(column.field))).collect()
    };
    let taken = check.map_or(&[][..], |check| check.columns.as_slice());
    let file = FileField::sheet(FILE, w.t("handed-sheet"), w.t("handed-papers-said"));
    let columns = mapping::columns(&KINDS, &pairs(&act.columns), &pairs(taken), (typed, w));
    Papers { file: file.holding(held), columns }
}

/// Brings the spreadsheet in, with what its columns hold.
pub(crate) async fn bring(Path(id): Path<OpeningActId>, posted: Posted) -> Response<Body> {
    let w = posted.inside.visit.words;
    let files = Files::read(&posted.fields, FILE).last();
    let mut problems = Problems::default();
    files.say_kind("handed-no-sheet", FILE, w, &mut problems);
    let Some(ticket) = files.ticket().filter(|_| !problems.any()) else {
        if !problems.any() {
            problems.add(FILE, w.t("handed-sheet-missing"));
        }
        let again = (problems, Typed::of(&posted.fields), files.kept);
        return page(&posted.inside, id, StatusCode::UNPROCESSABLE_ENTITY, again).await;
    };
    let columns = mapping::read(&KINDS, &posted.fields).into_iter();
    let columns = columns.filter_map(|(head, kind)| Some(PaperColumn { head, field: word(&kind)? })).collect();
    let acted = posted.act(&SetOpeningPapers { id, ticket, columns }).await;
    after(&posted, id, ("bang-ke", FILE), acted).await
}

/// Puts the act into force, as its signature on paper did.
pub(crate) async fn apply(Path(id): Path<OpeningActId>, posted: Posted) -> Response<Body> {
    after(&posted, id, ("ap-dung", ""), posted.act(&ApplyOpeningAct { id }).await).await
}

/// Undoes the act before use, or gives a draft up.
pub(crate) async fn undo(Path(id): Path<OpeningActId>, posted: Posted) -> Response<Body> {
    let reason = posted.fields.get("reason").to_owned();
    after(&posted, id, ("hoan-tac", "reason"), posted.act(&UndoOpeningAct { id, reason }).await).await
}

/// Goes on, or shows the page again with what was refused at the form's field.
async fn after(
    posted: &Posted,
    id: OpeningActId,
    (done, field): (&str, &str),
    acted: Result<OpeningAct, Fault>,
) -> Response<Body> {
    match acted {
        Ok(_) => go(&format!("/quan-tri/so/bien-ban/{id}?xong={done}")),
        Err(fault) if matches!(fault.kind, Kind::Invalid | Kind::Conflict | Kind::Stale | Kind::Denied) => {
            let fault = Fault { field: Some(field.to_owned()), ..fault };
            let problems = Problems::of(&fault, posted.inside.visit.words);
            let again = (problems, Typed::of(&posted.fields), Vec::new());
            page(&posted.inside, id, no::status(fault.kind), again).await
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}
