//! G3: documents by words, a year at a time: number, symbol, author and abstract, without regard to marks and case.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use futures_util::future::OptionFuture;
use schema_documents::{IncomingDocument, ListIncoming};
use wire::{Cursor, Day, Page as Paged};

use crate::{
    asking::Part,
    format,
    kit::{chip::Chip, wording},
    page::{Page, Place},
    screens::incoming::summary,
    visit::Inside,
};

/// How many documents a page shows.
const ROWS: u16 = 25;
/// How many years can be chosen.
const YEARS: i32 = 5;

/// A document that was found.
pub(crate) struct Found {
    path: String,
    title: String,
    source: String,
    chips: Vec<Chip>,
}

/// What was found of one kind.
pub(crate) struct Results {
    found: Vec<Found>,
    next: Option<String>,
    more: bool,
}

/// A year that can be chosen.
pub(crate) struct Year {
    text: String,
    path: String,
    here: bool,
}

#[derive(Template)]
#[template(path = "calendar/search.html")]
struct Search {
    p: Page,
    q: String,
    year: i32,
    years: Vec<Year>,
    incoming: Option<Part<Results>>,
}

fn path(q: &str, year: i32, cursor: Option<&str>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("q", q).append_pair("nam", &year.to_string());
    if let Some(cursor) = cursor {
        query.append_pair("tiep", cursor);
    }
    format!("/tra-cuu?{}", query.finish())
}

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let (visit, w) = (&inside.visit, inside.visit.words);
    let this_year = visit.today().year();
    let years = (this_year - YEARS + 1)..=this_year;
    let year = visit.query.get("nam").parse().ok().filter(|year| years.contains(year)).unwrap_or(this_year);
    let q = visit.query.get("q").to_owned();
    let reads = !q.is_empty() && inside.who.may("documents.incoming.read");
    let call = reads.then(|| ListIncoming {
        office: inside.who.office(),
        register: None,
        from: Day::new(year, 1, 1).ok(),
        to: Day::new(year, 12, 31).ok(),
        state: None,
        disposition: None,
        due_before: None,
        unassigned: false,
        unit: None,
        q: Some(q.clone()),
        limit: Some(ROWS),
        cursor: visit.query.some("tiep").map(Cursor),
    });
    let found = OptionFuture::from(call.as_ref().map(|call| inside.part(call))).await;
    let line = |year: i32| Year { text: year.to_string(), path: path(&q, year, None), here: false };
    let years = years.rev().map(|one| Year { here: one == year, ..line(one) }).collect();
    let view = Search {
        p: Page::inside(&inside, &w.t("calendar-search-title"), Place::Elsewhere),
        incoming: found.map(|part| part.map(|page| results(&page, (&q, year), &inside))),
        years,
        year,
        q,
    };
    visit.html(StatusCode::OK, &view)
}

fn results(page: &Paged<IncomingDocument>, (q, year): (&str, i32), inside: &Inside) -> Results {
    let (w, today) = (inside.visit.words, inside.visit.today());
    let found = |document: &IncomingDocument| {
        let number = w.with("record-title", &[("number", &format::number(document.number, w.0))]);
        let parts =
            [Some(number), document.symbol.clone(), document.author_body.clone(), Some(format::day(document.arrived))];
        Found {
            path: format!("/van-ban/den/{}", document.id),
            title: summary(document, inside),
            source: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            chips: wording::document(document, today, w),
        }
    };
    let next = page.next.as_ref().map(|Cursor(next)| path(q, year, Some(next)));
    Results { found: page.items.iter().map(found).collect(), more: next.is_some(), next }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_for_stands_in_the_address() {
        assert_eq!(path("công văn & 12", 2026, None), "/tra-cuu?q=c%C3%B4ng+v%C4%83n+%26+12&nam=2026");
        assert_eq!(path("a", 2025, Some("x")), "/tra-cuu?q=a&nam=2025&tiep=x");
    }
}
