//! V1 and V10: what has come in and has no number yet, the oldest first; what was set aside, with why.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_documents::{GetIncoming, GetIntakeOpen, IntakeItem, IntakeOpen, IntakeReason, IntakeState, ListIntake};
use wire::{Cursor, Page as Paged};

use crate::{
    asking::Part,
    format,
    kit::chip::{Chip, Tone},
    page::{Page, Place},
    visit::Inside,
    words::Words,
};

/// How many rows a page shows.
const ROWS: u16 = 25;
/// What stands in the address for the items of a state.
const TABS: [(&str, Option<IntakeState>, &str); 5] = [
    ("", None, "intake-tab-open"),
    ("chua-mo", Some(IntakeState::Waiting), "intake-tab-sealed"),
    ("cho-so", Some(IntakeState::Official), "intake-tab-official"),
    ("de-rieng", Some(IntakeState::SetAside), "intake-tab-aside"),
    ("da-vao", Some(IntakeState::Registered), "intake-tab-registered"),
];

/// A tab as the page shows it.
struct Tab {
    text: String,
    path: String,
    here: bool,
    count: Option<u32>,
}

/// An item as a line.
pub(crate) struct Row {
    pub(crate) path: String,
    pub(crate) name: String,
    pub(crate) meta: String,
    pub(crate) came: String,
    pub(crate) chips: Vec<Chip>,
}

/// Items as a table.
pub(crate) struct Rows {
    pub(crate) rows: Vec<Row>,
    pub(crate) next: Option<String>,
    pub(crate) empty: String,
}

#[derive(Template)]
#[template(path = "intake/queue.html")]
struct Queue {
    p: Page,
    tabs: Vec<Tab>,
    items: Part<Rows>,
}

/// The page as its address says.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let (query, w, office) = (&inside.visit.query, inside.visit.words, inside.who.office());
    let tab = TABS.iter().find(|(word, ..)| *word == query.get("loc")).unwrap_or(&TABS[0]);
    let cursor = query.some("tiep").map(Cursor);
    let list = ListIntake { office, state: tab.1, batch: None, limit: Some(ROWS), cursor };
    let of_open = GetIntakeOpen { office };
    let (found, open, done) = futures_util::join!(inside.part(&list), inside.part(&of_open), done(&inside));
    let mut page = Page::inside(&inside, &w.t("intake-title"), Place::Intake);
    page.done = done;
    let empty = w.t(match tab.1 {
        None => "intake-none-open",
        Some(IntakeState::Waiting) => "intake-none-sealed",
        Some(IntakeState::SetAside) => "intake-none-aside",
        _ => "intake-none",
    });
    let view = Queue {
        p: page,
        tabs: TABS.iter().map(|one| line(one, one.0 == tab.0, open.here(), w)).collect(),
        items: found.map(|found| rows(&found, path(tab.0), empty, &inside)),
    };
    inside.visit.html(StatusCode::OK, &view)
}

fn line(
    (word, state, key): &(&str, Option<IntakeState>, &str),
    here: bool,
    open: Option<&IntakeOpen>,
    w: Words,
) -> Tab {
    let count = open.and_then(|open| match state {
        None => Some(open.waiting + open.official),
        Some(IntakeState::Waiting) => Some(open.waiting),
        Some(IntakeState::Official) => Some(open.official),
        Some(IntakeState::SetAside) => Some(open.set_aside),
        Some(_) => None,
    });
    Tab { text: w.t(key), path: path(word), here, count }
}

fn path(word: &str) -> String {
    if word.is_empty() { "/van-ban/cho".to_owned() } else { format!("/van-ban/cho?loc={word}") }
}

/// Items as lines; `base` is where the next page is.
pub(crate) fn rows(found: &Paged<IntakeItem>, base: String, empty: String, inside: &Inside) -> Rows {
    let next = found.next.as_ref().map(|Cursor(next)| {
        let more: String = form_urlencoded::Serializer::new(String::new()).append_pair("tiep", next).finish();
        format!("{base}{}{more}", if base.contains('?') { '&' } else { '?' })
    });
    Rows { rows: found.items.iter().map(|item| row(item, inside)).collect(), next, empty }
}

fn row(item: &IntakeItem, inside: &Inside) -> Row {
    let w = inside.visit.words;
    let path = match item.incoming.or(item.letter) {
        Some(document) => format!("/van-ban/den/{document}"),
        None => format!("/van-ban/cho/{}", item.id),
    };
    let mut chips = vec![chip(item.state, w)];
    chips.extend(item.reason.map(|reason| Chip::new(Tone::Plain, "info", w.t(reason_word(reason)))));
    Row {
        path,
        name: name(item, w),
        meta: item.size.map(format::size).unwrap_or_default(),
        came: format::moment(item.brought_in_at),
        chips,
    }
}

/// The name of an item; once it is settled nothing of it is kept.
pub(crate) fn name(item: &IntakeItem, w: Words) -> String {
    let kept = item.file.as_ref().map(|file| file.name.clone()).or_else(|| item.name.clone());
    kept.unwrap_or_else(|| w.t("intake-nameless"))
}

/// The word for a state.
pub(crate) fn chip(state: IntakeState, w: Words) -> Chip {
    let (tone, icon, key) = match state {
        IntakeState::Waiting => (Tone::Soon, "shield", "intake-state-waiting"),
        IntakeState::Official => (Tone::Info, "paper", "intake-state-official"),
        IntakeState::SetAside => (Tone::Plain, "back", "intake-state-aside"),
        IntakeState::Registered => (Tone::Good, "ok", "intake-state-registered"),
        IntakeState::CitizenLetter => (Tone::Plain, "person", "intake-state-letter"),
        IntakeState::Discarded => (Tone::Plain, "void", "intake-state-discarded"),
    };
    Chip::new(tone, icon, w.t(key))
}

/// The words for a reason.
pub(crate) fn reason_word(reason: IntakeReason) -> &'static str {
    match reason {
        IntakeReason::Unreadable => "intake-reason-unreadable",
        IntakeReason::Incomplete => "intake-reason-incomplete",
        IntakeReason::Misdirected => "intake-reason-misdirected",
        IntakeReason::Duplicate => "intake-reason-duplicate",
        IntakeReason::NotForRegister => "intake-reason-not-for-register",
        IntakeReason::NotAllowedHere => "intake-reason-not-allowed",
    }
}

/// What was just done, for the line on top.
pub(crate) async fn done(inside: &Inside) -> Option<String> {
    let (query, w) = (&inside.visit.query, inside.visit.words);
    if let Ok(id) = query.get("da-vao").parse() {
        let document = inside.part(&GetIncoming { id }).await;
        let number = format::number(document.here()?.number, w.0);
        return Some(w.with("incoming-registered", &[("number", &number)]));
    }
    match query.get("xong") {
        "cong-vu" => Some(w.t("intake-done-official")),
        "don-thu" => Some(w.t("intake-done-letter")),
        "de-rieng" => Some(w.t("intake-done-aside")),
        "huy" => Some(w.t("intake-done-discarded")),
        _ => None,
    }
}
