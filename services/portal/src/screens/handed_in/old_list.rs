//! Q9: registers of past years: finding a paper in them, the spreadsheets that were brought in, and bringing one in.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_documents::{BringOldRegister, ListOldPapers, ListOldRegisters, OldPaper, OldRegister, RegisterKind};
use wire::{Cursor, Kind, Page as Paged};

use super::{file_field::FileField, old};
use crate::{
    asking::Part,
    format,
    hand_in::{Files, Kept},
    kit::{chip::Chip, problems::Problems},
    no,
    page::{Page, Place},
    screens::registering::word,
    visit::{Inside, Posted, go},
    words::Words,
};

/// The field with the spreadsheet.
const FILE: &str = "file";
/// Lines of one page.
const ROWS: u16 = 50;

/// A paper of past years.
struct Line {
    number: String,
    book: String,
    day: String,
    title: String,
    about: String,
    kept: String,
}

/// A spreadsheet that was brought in.
struct Brought {
    path: String,
    name: String,
    kind: String,
    day: String,
    chip: Chip,
}

#[derive(Template)]
#[template(path = "handed_in/old_list.html")]
struct List {
    p: Page,
    q: String,
    year: String,
    lines: Part<Vec<Line>>,
    next: Option<String>,
    brought: Part<Vec<Brought>>,
    file: Option<FileField>,
    problems: Problems,
}

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    page(&inside, StatusCode::OK, Problems::default(), Vec::new()).await
}

async fn page(inside: &Inside, status: StatusCode, problems: Problems, held: Vec<Kept>) -> Response<Body> {
    let (w, office, query) = (inside.visit.words, inside.who.office(), &inside.visit.query);
    let year = query.some("nam").and_then(|year| year.parse().ok());
    let of_papers = ListOldPapers {
        office,
        kind: None,
        year,
        q: query.some("q"),
        limit: Some(ROWS),
        cursor: query.some("tiep").map(Cursor),
    };
    let of_registers = ListOldRegisters { office, limit: Some(ROWS), cursor: None };
    let (papers, registers) = futures_util::join!(inside.part(&of_papers), inside.part(&of_registers));
    let title = w.t("handed-old-title");
    let mut page = Page::inside(inside, &title, Place::Registers);
    if problems.any() {
        page.title = w.with("problem-title", &[("title", &title)]);
    }
    let (q, year) = (query.get("q").to_owned(), query.get("nam").to_owned());
    let sheet = || FileField::sheet(FILE, w.t("handed-sheet"), w.t("handed-old-said")).holding(held);
    let view = List {
        p: page,
        next: papers.here().and_then(|page| next(page, &q, &year)),
        lines: papers.map(|page| page.items.into_iter().map(|paper| line(paper, w)).collect()),
        brought: registers.map(|page| page.items.iter().map(|one| brought(one, w)).collect()),
        file: inside.who.may("documents.registers.change").then(sheet),
        q,
        year,
        problems,
    };
    inside.visit.html(status, &view)
}

fn next(page: &Paged<OldPaper>, q: &str, year: &str) -> Option<String> {
    let Cursor(cursor) = page.next.as_ref()?;
    let pairs = [("q", q), ("nam", year), ("tiep", cursor)];
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    Some(format!("/quan-tri/so/cu?{query}"))
}

fn line(paper: OldPaper, w: Words) -> Line {
    let about = [paper.symbol, paper.author_body, paper.signatory, paper.recipients, paper.note];
    let book =
        [Some(kind(paper.kind, w)), Some(paper.year.to_string()), Some(paper.book).filter(|book| !book.is_empty())];
    Line {
        number: paper.number,
        book: book.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        day: paper.day.or(paper.document_day).map(format::day).unwrap_or_default(),
        title: paper.summary.unwrap_or_else(|| w.t("handed-old-secret")),
        about: about.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        kept: paper.kept.unwrap_or_default(),
    }
}

fn kind(kind: RegisterKind, w: Words) -> String {
    match kind {
        RegisterKind::Incoming => w.t("admin-book-incoming"),
        RegisterKind::Outgoing => w.t("admin-book-outgoing"),
    }
}

fn brought(register: &OldRegister, w: Words) -> Brought {
    Brought {
        path: format!("/quan-tri/so/cu/{}", register.id),
        name: register.file.as_ref().map_or_else(|| w.t("handed-old-title"), |file| file.name.clone()),
        kind: kind(register.kind, w),
        day: format::day(register.brought_at.day()),
        chip: old::chip(register.state, w),
    }
}

/// Brings a spreadsheet in; it is tried out on its page.
pub(crate) async fn bring(posted: Posted) -> Response<Body> {
    let w = posted.inside.visit.words;
    let files = Files::read(&posted.fields, FILE).last();
    let mut problems = Problems::default();
    files.say_kind("handed-no-sheet", FILE, w, &mut problems);
    let kind = word::<RegisterKind>(posted.fields.get("kind")).unwrap_or(RegisterKind::Incoming);
    let Some(ticket) = files.ticket().filter(|_| !problems.any()) else {
        if !problems.any() {
            problems.add(FILE, w.t("handed-sheet-missing"));
        }
        return page(&posted.inside, StatusCode::UNPROCESSABLE_ENTITY, problems, files.kept).await;
    };
    let office = posted.inside.who.office();
    match posted.act(&BringOldRegister { office, kind, ticket }).await {
        Ok(register) => go(&format!("/quan-tri/so/cu/{}?xong=nhap", register.id)),
        Err(fault) if matches!(fault.kind, Kind::Invalid | Kind::Conflict | Kind::Denied | Kind::TooLarge) => {
            let status = no::status(fault.kind);
            let fault = wire::Fault { field: Some(FILE.to_owned()), ..fault };
            page(&posted.inside, status, Problems::of(&fault, w), Vec::new()).await
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}
