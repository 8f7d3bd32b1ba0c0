//! V1, of other offices: what they have sent, read beside the list and entered in the register with one key.

use askama::Template;
use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_documents::{Delivery, DeliveryState, ListArrivals};
use wire::{
    Cursor,
    id::{DeliveryId, FileId},
};

use crate::{
    asking::Part,
    format, hand_in,
    kit::{chip::Chip, problems::Problems, typed::Typed, wording},
    page::{Page, Place},
    visit::Inside,
    words::Words,
};

/// How many lines a page shows.
const ROWS: u16 = 50;

/// One that waits.
struct Row {
    path: String,
    title: String,
    source: String,
    at: String,
    fresh: bool,
    here: bool,
}

/// The one that is read.
struct Chosen {
    id: String,
    symbol: String,
    title: String,
    facts: Vec<(String, String)>,
    chips: Vec<Chip>,
    files: Vec<(String, String, String)>,
    shown: Option<String>,
    opened: bool,
}

#[derive(Template)]
#[template(path = "sending/arrivals.html")]
struct Arrivals {
    p: Page,
    rows: Part<Vec<Row>>,
    next: Option<String>,
    chosen: Option<Chosen>,
    /// The earlier document, when the one that is read seems to be in the register already.
    duplicate: Option<(String, String)>,
    problems: Problems,
    typed: Typed,
}

/// What was refused.
#[derive(Default)]
pub(crate) struct Refused {
    pub(crate) problems: Problems,
    pub(crate) typed: Typed,
    pub(crate) duplicate: Option<(String, String)>,
}

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    page(&inside, StatusCode::OK, None, Refused::default()).await
}

/// The page, with what was refused.
pub(crate) async fn page(
    inside: &Inside,
    status: StatusCode,
    named: Option<DeliveryId>,
    refused: Refused,
) -> Response<Body> {
    let (w, query) = (inside.visit.words, &inside.visit.query);
    let cursor = query.some("tiep").map(Cursor);
    let call = ListArrivals { office: inside.who.office(), state: None, limit: Some(ROWS), cursor };
    let found = inside.part(&call).await;
    let items = found.here().map(|page| page.items.as_slice()).unwrap_or_default();
    let asked = named.or_else(|| query.get("xem").parse().ok());
    let chosen = items.iter().find(|one| Some(one.id) == asked).or(items.first());
    let here = chosen.map(|one| one.id);
    let next = found.here().and_then(|page| page.next.clone()).map(|Cursor(next)| {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("tiep", &next).finish();
        format!("/van-ban/gui-den?{query}")
    });
    let mut page = Page::inside(inside, &w.t("sending-arrivals"), Place::Arrivals);
    page.done = match query.get("xong") {
        "" => None,
        "tra" => Some(w.t("sending-done-returned")),
        number => Some(w.with("sending-done-received", &[("number", number)])),
    };
    let view = Arrivals {
        p: page,
        chosen: chosen.map(|one| of(one, w)),
        rows: found.map(|page| page.items.iter().map(|one| row(one, here == Some(one.id), w)).collect()),
        next,
        duplicate: refused.duplicate,
        problems: refused.problems,
        typed: refused.typed,
    };
    inside.visit.html(status, &view)
}

fn row(one: &Delivery, here: bool, w: Words) -> Row {
    Row {
        path: format!("/van-ban/gui-den?xem={}", one.id),
        title: one.sent.summary.clone().unwrap_or_else(|| w.t("no-summary")),
        source: format!("{} · {}", one.sent.symbol, one.sent.author_body),
        at: format::moment(one.delivered_at),
        fresh: one.state == DeliveryState::Delivered,
        here,
    }
}

fn of(one: &Delivery, w: Words) -> Chosen {
    let (sent, opened) = (&one.sent, one.state != DeliveryState::Delivered);
    let path = |file: &FileId| format!("/van-ban/gui-den/{}/tep/{file}", one.id);
    let pdf = sent.files.iter().find(|file| file.media_type == "application/pdf");
    let facts = [
        ("fact-author", Some(sent.author_body.clone())),
        ("fact-genre", Some(sent.genre_name.clone())),
        ("fact-document-day", Some(format::day(sent.dated))),
        ("sending-circulation", sent.circulation.clone()),
        ("sending-paper", sent.no_paper.then(|| w.t("sending-no-paper"))),
        ("sending-came", Some(format::moment(one.delivered_at))),
    ];
    Chosen {
        id: one.id.to_string(),
        symbol: sent.symbol.clone(),
        title: sent.summary.clone().unwrap_or_else(|| w.t("no-summary")),
        facts: facts.into_iter().filter_map(|(key, value)| Some((w.t(key), value?))).collect(),
        chips: wording::urgency(sent.urgency, w).into_iter().collect(),
        files: sent.files.iter().map(|file| (path(&file.id), file.name.clone(), format::size(file.size))).collect(),
        // Its sender is told who has opened it, so that showing it is an act.
        shown: pdf.filter(|_| opened).map(|file| format!("{}?xem=1", path(&file.id))),
        opened,
    }
}

/// A file, handed out by the door.
pub(crate) async fn file(Path((id, file)): Path<(DeliveryId, FileId)>, inside: Inside) -> Response<Body> {
    let path = format!("/api/v1/deliveries/{id}/files/{file}");
    hand_in::out(&path, &inside.who.token, inside.visit.query.get("xem") == "1")
}
