//! V12: the seal book: each use of a seal with its document, copies and who put it there; entered on the page of the document.

use askama::Template;
use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_documents::{
    ExecutionState, ListSealImprints, OutgoingDocument, OutgoingState, RecordSealImprint, SealImprint,
};
use schema_identity::ListPeople;
use wire::{Cursor, Day, id::OutgoingId};

use crate::{
    asking::Part,
    format,
    kit::{problems::Problems, timeline::Names},
    page::{Page, Place},
    screens::outgoing::{acts::after, document},
    visit::{Inside, Posted},
    words::Words,
};

/// How many lines a page shows, and a print.
const ROWS: u16 = 200;

/// A line of the book.
struct Row {
    at: String,
    path: String,
    symbol: String,
    title: String,
    seal: String,
    copies: String,
    by: String,
    note: String,
}

#[derive(Template)]
#[template(path = "desk_books/seals.html")]
struct Seals {
    p: Page,
    from: String,
    to: String,
    rows: Part<Vec<Row>>,
    next: Option<String>,
}

#[derive(Template)]
#[template(path = "desk_books/seals_print.html")]
struct Print {
    p: Page,
    committee: String,
    span: String,
    rows: Vec<Row>,
    more: bool,
    now: String,
}

/// Whether the page of a document has the form that enters a use: it is signed by hand, and its seal is known.
pub(crate) fn may_stamp(document: &OutgoingDocument, inside: &Inside) -> bool {
    let by_hand = document.execution.is_none_or(|state| state == ExecutionState::ByHand);
    let stands = document.state == OutgoingState::Issued && !document.masked;
    stands && by_hand && document.seal.is_some() && inside.who.may("documents.outgoing.seal")
}

/// The book, the last thirty days unless the reader says otherwise.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let w = inside.visit.words;
    let (from, to) = span(&inside);
    let (rows, next) = read(&inside, (from, to)).await;
    let next = next.map(|Cursor(next)| {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("tu", &format::day(from))
            .append_pair("den", &format::day(to))
            .append_pair("tiep", &next)
            .finish();
        format!("/van-ban/so-con-dau?{query}")
    });
    let page = Page::inside(&inside, &w.t("books-seals"), Place::Seals);
    let view = Seals { p: page, from: format::day(from), to: format::day(to), rows, next };
    inside.visit.html(StatusCode::OK, &view)
}

/// The book on paper.
pub(crate) async fn print(inside: Inside) -> Response<Body> {
    let (from, to) = span(&inside);
    let (rows, next) = read(&inside, (from, to)).await;
    let rows = match rows {
        Part::Here(mut rows) => {
            // A book is read from its first line on.
            rows.reverse();
            rows
        }
        Part::Silent(_) => return show(inside).await,
    };
    let view = Print {
        p: Page::inside(&inside, &inside.visit.words.t("books-seals"), Place::Seals),
        committee: inside.who.office_name().to_uppercase(),
        span: format!("{} – {}", format::day(from), format::day(to)),
        rows,
        more: next.is_some(),
        now: format::moment(inside.visit.now),
    };
    inside.visit.html(StatusCode::OK, &view)
}

fn span(inside: &Inside) -> (Day, Day) {
    let today = inside.visit.today();
    let given = |field: &str| format::read_day(inside.visit.query.get(field));
    let to = given("den").unwrap_or(today);
    (given("tu").or_else(|| to.plus(-29)).unwrap_or(to), to)
}

async fn read(inside: &Inside, (from, to): (Day, Day)) -> (Part<Vec<Row>>, Option<Cursor>) {
    let (office, cursor) = (inside.who.office(), inside.visit.query.some("tiep").map(Cursor));
    let call = ListSealImprints { office, from: Some(from), to: Some(to), limit: Some(ROWS), cursor };
    let of_people = ListPeople { office, q: None, as_of: None, limit: Some(200), cursor: None };
    let (found, people) = futures_util::join!(inside.part(&call), inside.part(&of_people));
    let names = Names::of(people.here());
    let next = found.here().and_then(|page| page.next.clone());
    (found.map(|page| page.items.iter().map(|one| row(one, &names, inside.visit.words)).collect()), next)
}

fn row(one: &SealImprint, names: &Names, w: Words) -> Row {
    let digital = one.digital.then(|| w.t("books-digital"));
    Row {
        at: format::moment(one.at),
        path: format!("/van-ban/di/{}", one.document),
        symbol: w.with("relating-name", &[("symbol", &one.symbol), ("day", &format::day(one.dated))]),
        title: one.summary.clone().unwrap_or_default(),
        seal: format!("{} ({})", one.seal, one.body_name),
        copies: one.copies.to_string(),
        by: names.get(one.by).to_owned(),
        note: digital.into_iter().chain(one.note.clone()).collect::<Vec<_>>().join(" · "),
    }
}

/// Enters a use.
pub(crate) async fn record(Path(id): Path<OutgoingId>, posted: Posted) -> Response<Body> {
    let typed = &posted.fields;
    let Ok(copies) = typed.get("stamped").parse::<u32>() else {
        let mut problems = Problems::default();
        problems.add("stamped", posted.inside.visit.words.t("outgoing-copies-unreadable"));
        let typed = crate::kit::typed::Typed::of(typed);
        let refused = document::Refused { problems, typed, ..Default::default() };
        return document::page(&posted.inside, id, StatusCode::UNPROCESSABLE_ENTITY, refused).await;
    };
    let acted = posted.act(&RecordSealImprint { id, copies, note: typed.some("stamp_note") }).await;
    after(&posted, id, "dong-dau", acted).await
}
