//! V8: one act of sending: where it is with each office, those that have not opened it at the top; and its recall.

use askama::Template;
use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_documents::{
    Delivery, DeliveryState, Dispatch, DispatchRefusal, GetOutgoing, ListDeliveries, ListDispatches,
};
use wire::{
    Cursor,
    id::{DispatchId, OutgoingId},
};

use super::card::counts;
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
    screens::outgoing::showing,
    visit::Inside,
    words::Words,
};

/// How many lines a page shows.
const ROWS: u16 = 100;

/// Where a delivery can stand, as the address has it.
const STATES: [(&str, DeliveryState); 5] = [
    ("chua-mo", DeliveryState::Delivered),
    ("da-mo", DeliveryState::Opened),
    ("da-vao-so", DeliveryState::Received),
    ("tra-lai", DeliveryState::Returned),
    ("thu-hoi", DeliveryState::Recalled),
];

/// A delivery.
struct Row {
    office: String,
    chip: Chip,
    at: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "sending/deliveries.html")]
struct Deliveries {
    p: Page,
    back: String,
    document: String,
    action: String,
    counts: String,
    tabs: Vec<(String, String, bool)>,
    rows: Part<Vec<Row>>,
    next: Option<String>,
    recalled: Option<String>,
    may_recall: bool,
    problems: Problems,
    typed: Typed,
}

/// The page.
pub(crate) async fn show(Path((id, dispatch)): Path<(OutgoingId, DispatchId)>, inside: Inside) -> Response<Body> {
    page(&inside, (id, dispatch), StatusCode::OK, Problems::default(), Typed::default()).await
}

/// The page, with what was refused.
pub(crate) async fn page(
    inside: &Inside,
    (id, dispatch): (OutgoingId, DispatchId),
    status: StatusCode,
    problems: Problems,
    typed: Typed,
) -> Response<Body> {
    let w = inside.visit.words;
    let word = inside.visit.query.get("loc").to_owned();
    let state = STATES.iter().find(|(known, _)| *known == word).map(|(_, state)| *state);
    let cursor = inside.visit.query.some("tiep").map(Cursor);
    let of_document = GetOutgoing { id };
    let of_dispatches = ListDispatches { id, limit: Some(200), cursor: None };
    let of_rows = ListDeliveries { id: dispatch, state, limit: Some(ROWS), cursor };
    let (document, dispatches, rows) =
        futures_util::join!(inside.need(&of_document), inside.need(&of_dispatches), inside.part(&of_rows));
    let (document, dispatches) = match (document, dispatches) {
        (Ok(document), Ok(dispatches)) => (document, dispatches),
        (Err(response), _) | (_, Err(response)) => return response,
    };
    let Some(one) = dispatches.items.iter().find(|one| one.id == dispatch) else {
        return no::fault(inside, &DispatchRefusal::DispatchMissing { id: dispatch }.into());
    };
    let here = format!("/van-ban/di/{id}/gui/{dispatch}");
    let next = rows.here().and_then(|page| page.next.clone()).map(|Cursor(next)| {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("loc", &word)
            .append_pair("tiep", &next)
            .finish();
        format!("{here}?{query}")
    });
    let mut page = Page::inside(inside, &w.t("sending-deliveries"), Place::Outgoing);
    page.done = (inside.visit.query.get("xong") == "thu-hoi").then(|| w.t("sending-done-recalled"));
    let view = Deliveries {
        p: page,
        back: format!("/van-ban/di/{id}"),
        document: format!("{} · {}", showing::name(&document, w), showing::title(&document, w)),
        action: format!("{here}/thu-hoi"),
        counts: counts(one, w),
        tabs: tabs(&here, &word, one, w),
        rows: rows.map(|page| page.items.iter().map(|one| row(one, w)).collect()),
        next,
        recalled: one.recalled_at.map(|at| {
            let reason = one.recall_reason.clone().unwrap_or_default();
            w.with("sending-recalled-said", &[("at", &format::moment(at)), ("reason", &reason)])
        }),
        may_recall: one.recalled_at.is_none() && inside.who.may("documents.outgoing.issue"),
        problems,
        typed,
    };
    inside.visit.html(status, &view)
}

fn tabs(here: &str, word: &str, one: &Dispatch, w: Words) -> Vec<(String, String, bool)> {
    let all = (here.to_owned(), format!("{} {}", w.t("sending-all"), one.total), word.is_empty());
    let counts = [one.delivered, one.opened, one.received, one.returned, one.recalled];
    let tab = |((known, state), count): (&(&str, DeliveryState), u32)| {
        (format!("{here}?loc={known}"), format!("{} {count}", w.t(said(*state))), *known == word)
    };
    std::iter::once(all).chain(STATES.iter().zip(counts).map(tab)).collect()
}

fn row(one: &Delivery, w: Words) -> Row {
    let at = one.settled_at.or(one.opened_at).unwrap_or(one.delivered_at);
    Row {
        office: one.office_name.clone(),
        chip: chip(one.state, w),
        at: format::moment(at),
        reason: match one.given_back_at {
            Some(at) => w.with("limits-given-back", &[("at", &format::moment(at))]),
            None => one.reason.clone().unwrap_or_default(),
        },
    }
}

fn said(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Delivered => "sending-delivered",
        DeliveryState::Opened => "sending-opened",
        DeliveryState::Received => "sending-received",
        DeliveryState::Returned => "sending-returned",
        DeliveryState::Recalled => "sending-recalled",
    }
}

/// Where a delivery stands, in a word.
pub(crate) fn chip(state: DeliveryState, w: Words) -> Chip {
    let (tone, icon) = match state {
        DeliveryState::Delivered => (Tone::Info, "incoming"),
        DeliveryState::Opened => (Tone::Info, "search"),
        DeliveryState::Received => (Tone::Good, "ok"),
        DeliveryState::Returned => (Tone::Late, "back"),
        DeliveryState::Recalled => (Tone::Plain, "void"),
    };
    Chip::new(tone, icon, w.t(said(state)))
}
