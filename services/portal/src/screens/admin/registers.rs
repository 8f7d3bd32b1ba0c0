//! Q8: the registers of the office with their next numbers, the numbers held back on paper, the acts that opened books; and
//! opening a new book.

use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_documents::{
    ListNumberBlocks, ListOpeningActs, ListRegisters, NumberBlock, NumberRegister, OpenRegister, OpeningAct,
    PeriodKind, RegisterKind,
};
use wire::{Cursor, Page as Paged};

use super::{
    acting::{After, Refusal, after, day, maybe_day},
    form::{Again, Form, Input},
    kinds,
    sheet::{Cell, Section, Sheet, Table, address, span},
};
use crate::{
    asking::Part,
    format,
    kit::chip::{Chip, Tone},
    no,
    page::Place,
    visit::{Inside, Posted},
    words::Words,
};

/// How many rows a page shows.
const ROWS: u16 = 50;
/// What can be done.
const OPEN: &str = "mo-so";

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    page(&inside, StatusCode::OK, &Again::default()).await
}

async fn page(inside: &Inside, status: StatusCode, again: &Again) -> Response<Body> {
    let (w, office, query) = (inside.visit.words, inside.who.office(), &inside.visit.query);
    let cursor = query.some("tiep").map(Cursor);
    let of_books = ListRegisters { office, kind: None, state: None, limit: Some(ROWS), cursor };
    let of_blocks = ListNumberBlocks { office, register: None, overdue: false, limit: Some(ROWS), cursor: None };
    let of_acts = ListOpeningActs { office, limit: Some(ROWS), cursor: None };
    let (books, blocks, acts) =
        futures_util::join!(inside.part(&of_books), inside.part(&of_blocks), inside.part(&of_acts));
    let mut sheet = Sheet::new(inside, Place::Registers, &w.t("admin-registers"), again, &[OPEN]);
    sheet.said = w.t("admin-registers-said");
    let known = books.here().map(|page| page.items.clone()).unwrap_or_default();
    sheet.sections.push(Section::table("books", w, books.map(|page| table(&page, w))));
    sheet.sections.push(Section::table("blocks", w, blocks.map(|page| self::blocks(&page.items, &known, inside))));
    sheet.sections.push(Section::table("openings", w, acts.map(|page| openings(&page.items, w))));
    if inside.who.may("documents.registers.change") {
        sheet.up = vec![
            ("/quan-tri/so/bien-ban".to_owned(), w.t("handed-opening-title")),
            ("/quan-tri/so/cu".to_owned(), w.t("handed-old-title")),
        ];
        sheet.forms.push(form(inside, again));
    }
    sheet.answer(inside, status)
}

fn table(page: &Paged<NumberRegister>, w: Words) -> Table {
    let row = |book: &NumberRegister| {
        let until = book.last_day.and_then(|last| last.plus(1));
        vec![
            Cell::link(kinds::register(book, w), format!("/quan-tri/so-dang-ky/{}", book.id)),
            Cell::text(span(book.first_day, until, w)),
            Cell::number(format::number(book.opening, w.0)),
            Cell::number(if book.last < book.opening { "–".to_owned() } else { format::number(book.last, w.0) }),
            Cell::number(kinds::next_number(book, w)),
            Cell::chips(vec![kinds::register_state(book.state, w)]),
        ]
    };
    let heads = ["book", "time", "#opening", "#last", "#next", "state"];
    let mut table = Table::new(w, &heads, "admin-books-none", page.items.iter().map(row).collect());
    table.next = page.next.as_ref().map(|next| address("/quan-tri/so", &[("tiep", &next.0)]));
    table
}

/// Numbers held back on paper, with what is still to be entered of them.
pub(crate) fn blocks(items: &[NumberBlock], books: &[NumberRegister], inside: &Inside) -> Table {
    let (w, today) = (inside.visit.words, inside.visit.today());
    let row = |block: &NumberBlock| {
        let book = books.iter().find(|book| book.id == block.register);
        let name = book.map(|book| kinds::register(book, w)).unwrap_or_default();
        let late = block.expires < today && !block.held.is_empty();
        let chip = match (late, block.held.len()) {
            (_, 0) => Chip::new(Tone::Good, "ok", w.t("admin-block-done")),
            (true, _) => Chip::new(Tone::Late, "overdue", w.t("admin-block-late")),
            (false, _) => Chip::new(Tone::Soon, "waiting", w.t("admin-block-held")),
        };
        let numbers = format!("{}–{}", format::number(block.first, w.0), format::number(block.last, w.0));
        vec![
            Cell::text(block.sheet.clone()).meta(name),
            Cell::number(numbers),
            Cell::text(block.holder_name.clone()),
            Cell::text(format::day(block.expires)),
            Cell::number(block.held.len().to_string()),
            Cell::chips(vec![chip]),
        ]
    };
    let heads = ["sheet", "#numbers", "keeper", "expires", "#held", "state"];
    Table::new(w, &heads, "admin-blocks-none", items.iter().map(row).collect())
}

fn openings(items: &[OpeningAct], w: Words) -> Table {
    let row = |act: &OpeningAct| {
        let next: Vec<String> = act.registers.iter().map(|book| format::number(book.next_number, w.0)).collect();
        vec![
            Cell::link(act.instrument.clone(), format!("/quan-tri/so/bien-ban/{}", act.id)).meta(act.signatory.clone()),
            Cell::text(format::day(act.day)),
            Cell::number(next.join(", ")),
            Cell::number(format!("{}/{}", act.done, act.papers)),
            Cell::chips(vec![kinds::opening(act.state, w)]),
        ]
    };
    let heads = ["instrument", "day", "#first-numbers", "#papers", "state"];
    Table::new(w, &heads, "admin-openings-none", items.iter().map(row).collect())
}

fn form(inside: &Inside, again: &Again) -> Form {
    let (w, today) = (inside.visit.words, inside.visit.today());
    let kinds =
        vec![("incoming".to_owned(), w.t("admin-book-incoming")), ("outgoing".to_owned(), w.t("admin-book-outgoing"))];
    let periods = vec![("year".to_owned(), w.t("admin-period-year")), ("term".to_owned(), w.t("admin-period-term"))];
    Form::new(OPEN, "/quan-tri/so", w, again)
        .choice_of("kind", kinds, "incoming")
        .choice_of("period", periods, "year")
        .field("body_code", "three", Input::Text, "")
        .field("genres", "three", Input::Text, "")
        .day("first_day", &format::day(today))
        .day("last_day", "")
        .field("opening", "three", Input::Number, "1")
}

/// Opens a book.
pub(crate) async fn act(Path(act): Path<String>, posted: Posted) -> Response<Body> {
    if act != OPEN {
        return no::nowhere(posted.inside.visit).await;
    }
    let done = open(&posted).await;
    match after(&posted, OPEN, "/quan-tri/so", done) {
        After::Elsewhere(response) => response,
        After::Again(status, again) => page(&posted.inside, status, &again).await,
    }
}

async fn open(posted: &Posted) -> Result<(), Refusal> {
    let typed = &posted.fields;
    let genres: Vec<String> = typed.get("genres").split(',').map(str::trim).map(str::to_owned).collect();
    let genres: Vec<String> = genres.into_iter().filter(|genre| !genre.is_empty()).collect();
    let opening = match typed.get("opening") {
        "" => None,
        number => Some(number.parse().map_err(|_| Refusal::Field("opening", "admin-number-unreadable"))?),
    };
    let call = OpenRegister {
        office: posted.inside.who.office(),
        kind: if typed.get("kind") == "outgoing" { RegisterKind::Outgoing } else { RegisterKind::Incoming },
        body_code: typed.some("body_code"),
        genres: Some(genres).filter(|genres| !genres.is_empty()),
        period: if typed.get("period") == "term" { PeriodKind::Term } else { PeriodKind::Year },
        first_day: day(posted, "first_day")?,
        last_day: maybe_day(posted, "last_day")?,
        opening,
    };
    posted.act(&call).await?;
    Ok(())
}

/// The blocks of one register.
pub(crate) fn of_register(found: Part<Paged<NumberBlock>>, book: &NumberRegister, inside: &Inside) -> Part<Table> {
    found.map(|page| blocks(&page.items, std::slice::from_ref(book), inside))
}
