//! G3: documents by words. The search service finds them; while it says nothing, a year at a time from the registers: number,
//! symbol, author and abstract, without regard to marks and case.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use futures_util::future::OptionFuture;
use schema_documents::{IncomingDocument, ListIncoming, ListOrder, ListOutgoing, OutgoingDocument};
use wire::{Cursor, Day, Page as Paged};

use super::found;
use crate::{
    asking::Part,
    format,
    kit::{chip::Chip, wording},
    page::{Page, Place},
    screens::{incoming::summary, outgoing::showing},
    visit::Inside,
};

/// How many documents a page shows.
const ROWS: u16 = 25;
/// Under which names the address says where the incoming and the outgoing documents go on.
const IN: &str = "tiep";
const OUT: &str = "tiep-di";
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
    /// How many are shown; with a sign when there are more.
    count: String,
    next: Option<String>,
}

/// The documents of one kind.
pub(crate) struct Kind {
    id: &'static str,
    title: String,
    results: Part<Results>,
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
    /// Nothing while nothing is looked for.
    kinds: Vec<Kind>,
}

fn path(q: &str, year: i32, (name, cursor): (&str, Option<&str>)) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("q", q).append_pair("nam", &year.to_string());
    if let Some(cursor) = cursor {
        query.append_pair(name, cursor);
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
    // The pages of the registers are asked for by their year.
    if !q.is_empty()
        && visit.query.get("nam").is_empty()
        && let Some(page) = found::page(&inside, &q).await
    {
        return page;
    }
    let span = (Day::new(year, 1, 1).ok(), Day::new(year, 12, 31).ok());
    let may = |permission| !q.is_empty() && inside.who.may(permission);
    let of_incoming = may("documents.incoming.read").then(|| ListIncoming {
        office: inside.who.office(),
        register: None,
        from: span.0,
        to: span.1,
        state: None,
        disposition: None,
        due_before: None,
        unassigned: false,
        unit: None,
        q: Some(q.clone()),
        order: ListOrder::LatestFirst,
        limit: Some(ROWS),
        cursor: visit.query.some(IN).map(Cursor),
    });
    let of_outgoing = may("documents.outgoing.read").then(|| ListOutgoing {
        office: inside.who.office(),
        state: None,
        genre: None,
        replies_to: None,
        from: span.0,
        to: span.1,
        q: Some(q.clone()),
        order: ListOrder::LatestFirst,
        limit: Some(ROWS),
        cursor: visit.query.some(OUT).map(Cursor),
    });
    let (came, went) = futures_util::join!(
        OptionFuture::from(of_incoming.as_ref().map(|call| inside.part(call))),
        OptionFuture::from(of_outgoing.as_ref().map(|call| inside.part(call))),
    );
    let came = came.map(|part| Kind {
        id: "incoming",
        title: w.t("menu-incoming"),
        results: part.map(|page| results(&page, (&q, year, IN), |one| incoming(one, &inside))),
    });
    let went = went.map(|part| Kind {
        id: "outgoing",
        title: w.t("outgoing-menu"),
        results: part.map(|page| results(&page, (&q, year, OUT), |one| outgoing(one, &inside))),
    });
    let line = |year: i32| Year { text: year.to_string(), path: path(&q, year, (IN, None)), here: false };
    let years = years.rev().map(|one| Year { here: one == year, ..line(one) }).collect();
    let view = Search {
        p: Page::inside(&inside, &w.t("calendar-search-title"), Place::Elsewhere),
        kinds: came.into_iter().chain(went).collect(),
        years,
        year,
        q,
    };
    visit.html(StatusCode::OK, &view)
}

fn results<T>(page: &Paged<T>, (q, year, name): (&str, i32, &str), found: impl Fn(&T) -> Found) -> Results {
    let next = page.next.as_ref().map(|Cursor(next)| path(q, year, (name, Some(next))));
    let more = if next.is_some() { "+" } else { "" };
    let count = format!("{}{more}", page.items.len());
    Results { found: page.items.iter().map(found).collect(), count, next }
}

fn incoming(document: &IncomingDocument, inside: &Inside) -> Found {
    let w = inside.visit.words;
    let number = w.with("record-title", &[("number", &format::number(document.number, w.0))]);
    let parts =
        [Some(number), document.symbol.clone(), document.author_body.clone(), Some(format::day(document.arrived))];
    Found {
        path: format!("/van-ban/den/{}", document.id),
        title: summary(document, inside),
        source: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        chips: wording::document(document, inside.visit.today(), w),
    }
}

fn outgoing(document: &OutgoingDocument, inside: &Inside) -> Found {
    let w = inside.visit.words;
    let parts = [
        showing::name(document, w),
        showing::kind(document),
        showing::recipients(document),
        document.dated.map(format::day).unwrap_or_default(),
    ];
    Found {
        path: format!("/van-ban/di/{}", document.id),
        title: showing::title(document, w),
        source: parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
        chips: showing::chips(document, w),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_for_stands_in_the_address() {
        assert_eq!(path("công văn & 12", 2026, (IN, None)), "/tra-cuu?q=c%C3%B4ng+v%C4%83n+%26+12&nam=2026");
        assert_eq!(path("a", 2025, (OUT, Some("x"))), "/tra-cuu?q=a&nam=2025&tiep-di=x");
    }
}
