//! How far a document that arrived may go: on its own page what its paper says and that it went back, and the list of what is
//! still to go back.

use askama::Template;
use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_documents::{
    Circulation, CirculationMark, GiveBackIncoming, IncomingDocument, IncomingState, LimitCirculation, ListCirculations,
};
use wire::{Cursor, id::IncomingId};

use crate::{
    asking::Part,
    format,
    kit::{
        chip::{Chip, Tone},
        wording,
    },
    page::{Page, Place},
    screens::record::{self, after},
    visit::{Inside, Posted},
    words::Words,
};

/// How many lines a page shows.
const ROWS: u16 = 100;

/// The marks, as a form has them, with their words.
const MARKS: [(&str, CirculationMark, &str); 3] = [
    ("return_after_reading", CirculationMark::ReturnAfterReading, "limits-return"),
    ("collected", CirculationMark::Collected, "limits-collected"),
    ("not_to_spread", CirculationMark::NotToSpread, "limits-not-to-spread"),
];

/// What stands in a form for a mark.
pub(crate) fn mark(word: &str) -> Option<CirculationMark> {
    MARKS.iter().find(|(known, ..)| *known == word).map(|(_, mark, _)| *mark)
}

/// The marks to choose from.
pub(crate) fn choices(w: Words) -> Vec<(&'static str, String)> {
    MARKS.iter().map(|(value, _, key)| (*value, w.t(key))).collect()
}

fn said(mark: CirculationMark, w: Words) -> String {
    let found = MARKS.iter().find(|(_, known, _)| *known == mark);
    w.t(found.map_or("limits-unknown", |(.., key)| key))
}

/// The card on the page of a document.
pub(crate) struct Limited {
    pub(crate) chips: Vec<Chip>,
    pub(crate) note: Option<String>,
    /// The marks, for whoever may say which one the paper bears.
    pub(crate) marks: Vec<(&'static str, String)>,
    pub(crate) may_give_back: bool,
}

/// The card; nothing where there is no limit and nobody could set one.
pub(crate) async fn of(inside: &Inside, document: &IncomingDocument) -> Option<Part<Limited>> {
    if document.masked || document.state == IncomingState::Voided {
        return None;
    }
    let (office, of_one) = (document.office, Some(document.id));
    let call = ListCirculations { office, document: of_one, owed: false, limit: Some(1), cursor: None };
    let found = inside.part(&call).await.map(|page| page.items.into_iter().next());
    let (may, w) = (inside.who.may("documents.incoming.register"), inside.visit.words);
    if !may && found.here().is_some_and(Option::is_none) {
        return None;
    }
    Some(found.map(|one| {
        let over = one.as_ref().is_some_and(|one| one.given_back_at.is_some());
        let owed = one.as_ref().is_some_and(|one| one.mark.owes_return() && !over);
        Limited {
            chips: one.as_ref().map(|one| chips(one, inside)).unwrap_or_default(),
            note: one.and_then(|one| one.note),
            marks: if may && !over { choices(w) } else { Vec::new() },
            may_give_back: may && owed,
        }
    }))
}

fn chips(one: &Circulation, inside: &Inside) -> Vec<Chip> {
    let (w, today) = (inside.visit.words, inside.visit.today());
    let mut chips = vec![Chip::new(Tone::Info, "secret", said(one.mark, w))];
    match (one.given_back_at, one.return_by) {
        (Some(at), _) => {
            chips.push(Chip::new(Tone::Good, "ok", w.with("limits-given-back", &[("at", &format::moment(at))])));
        }
        (None, Some(day)) => chips.push(wording::due(day, today, w)),
        (None, None) => {}
    }
    chips
}

/// Says what the paper bears.
pub(crate) async fn set(Path(id): Path<IncomingId>, posted: Posted) -> Response<Body> {
    let typed = &posted.fields;
    let Some(mark) = mark(typed.get("mark")) else {
        return record::incomplete(&posted, id, "mark", "limits-mark-missing").await;
    };
    let day = typed.get("return_by");
    if !day.is_empty() && format::read_day(day).is_none() {
        return record::incomplete(&posted, id, "return_by", "day-unreadable").await;
    }
    let acted = posted.act(&LimitCirculation { id, mark, return_by: format::read_day(day) }).await;
    after(&posted, id, "gioi-han", acted, &[]).await
}

/// Gives it back.
pub(crate) async fn give_back(Path(id): Path<IncomingId>, posted: Posted) -> Response<Body> {
    let acted = posted.act(&GiveBackIncoming { id, note: posted.fields.some("back_note") }).await;
    after(&posted, id, "tra-lai", acted, &[("note", "back_note")]).await
}

/// A document that is to go back.
struct Row {
    path: String,
    name: String,
    title: String,
    chips: Vec<Chip>,
}

#[derive(Template)]
#[template(path = "sending/owed.html")]
struct Owed {
    p: Page,
    rows: Part<Vec<Row>>,
    next: Option<String>,
}

/// What is still to go back, what is due first at the top.
pub(crate) async fn owed(inside: Inside) -> Response<Body> {
    let cursor = inside.visit.query.some("tiep").map(Cursor);
    let office = inside.who.office();
    let call = ListCirculations { office, document: None, owed: true, limit: Some(ROWS), cursor };
    let found = inside.part(&call).await;
    let next = found.here().and_then(|page| page.next.clone()).map(|Cursor(next)| {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("tiep", &next).finish();
        format!("/van-ban/can-tra-lai?{query}")
    });
    let w = inside.visit.words;
    let rows = found.map(|page| page.items.iter().map(|one| row(one, &inside)).collect());
    let view = Owed { p: Page::inside(&inside, &w.t("limits-owed"), Place::Handovers), rows, next };
    inside.visit.html(StatusCode::OK, &view)
}

fn row(one: &Circulation, inside: &Inside) -> Row {
    let number = one.number.map(|number| format::number(number, inside.visit.words.0)).unwrap_or_default();
    let symbol = one.symbol.clone().unwrap_or_default();
    Row {
        path: format!("/van-ban/den/{}", one.document),
        name: if symbol.is_empty() { number } else { format!("{number} · {symbol}") },
        title: one.summary.clone().unwrap_or_default(),
        chips: chips(one, inside),
    }
}
