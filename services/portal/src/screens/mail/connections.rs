//! Q11: how electronic mail comes in and statuses go out, what came last, and what waits for an answer.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_documents::{GetMailState, ListMail, Mail, MailState, MailTrouble};
use wire::{Cursor, Page as Paged, id::IntakeItemId};

use super::card;
use crate::{
    asking::Part,
    format,
    kit::{
        chip::{Chip, Tone},
        problems::Problems,
    },
    page::{Page, Place},
    visit::Inside,
    words::Words,
};

/// How many rows a page shows.
const ROWS: u16 = 25;

/// A letter or message as a line.
struct Row {
    path: Option<String>,
    kind: String,
    from: String,
    at: String,
    told: String,
    chips: Vec<Chip>,
}

/// The lines, and where the next are.
struct Rows {
    rows: Vec<Row>,
    next: Option<String>,
}

#[derive(Template)]
#[template(path = "mail/connections.html")]
struct Connections {
    p: Page,
    state: Part<State>,
    rows: Part<Rows>,
    asking: bool,
    problems: Problems,
    /// The item from which an answer was sent that was refused.
    back: Option<String>,
}

/// How the folders stand.
struct State {
    is_set: bool,
    trouble: Option<String>,
    facts: Vec<(String, String)>,
}

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    page(&inside, StatusCode::OK, Problems::default(), None).await
}

/// The page with what is wrong with an answer.
pub(crate) async fn page(
    inside: &Inside,
    status: StatusCode,
    problems: Problems,
    back: Option<IntakeItemId>,
) -> Response<Body> {
    let (query, w, office) = (&inside.visit.query, inside.visit.words, inside.who.office());
    let asking = query.get("loc") == "cho-tra-loi";
    let cursor = query.some("tiep").map(Cursor);
    let (of_state, of_mail) =
        (GetMailState { office }, ListMail { office, asking, outgoing: None, limit: Some(ROWS), cursor });
    let (state, found) = futures_util::join!(inside.part(&of_state), inside.part(&of_mail));
    let mut page = Page::inside(inside, &w.t("mail-title"), Place::Mail);
    if query.get("xong") == "lay" {
        let values = [("taken", query.get("nhan")), ("repeated", query.get("lap"))];
        page.done = Some(w.with("mail-collected", &values));
    }
    let view = Connections {
        p: page,
        state: state.map(|state| standing(&state, w)),
        rows: found.map(|found| rows(&found, asking, w)),
        asking,
        problems,
        back: back.map(|id| format!("/van-ban/cho/{id}")),
    };
    inside.visit.html(status, &view)
}

fn standing(state: &MailState, w: Words) -> State {
    let trouble = state.trouble.map(|trouble| {
        w.t(match trouble {
            MailTrouble::OutboxMissing => "mail-trouble-outbox",
            MailTrouble::FolderMissing | MailTrouble::Unknown => "mail-trouble-folder",
        })
    });
    let count = |number: u32| Some(format::number(i64::from(number), w.0));
    let facts = [
        ("mail-waiting", count(state.waiting)),
        ("mail-oldest", state.oldest.map(format::moment)),
        ("mail-quarantined", count(state.quarantined)),
        ("mail-to-write", count(state.to_write)),
        ("mail-asking", count(state.asking)),
        ("mail-last", state.last.map(format::moment)),
    ];
    let facts = facts.into_iter().filter_map(|(key, value)| Some((w.t(key), value?))).collect();
    State { is_set: state.is_set, trouble, facts }
}

fn rows(found: &Paged<Mail>, asking: bool, w: Words) -> Rows {
    let next = found.next.as_ref().map(|Cursor(next)| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if asking {
            query.append_pair("loc", "cho-tra-loi");
        }
        format!("/van-ban/ket-noi?{}", query.append_pair("tiep", next).finish())
    });
    Rows { rows: found.items.iter().map(|mail| row(mail, w)).collect(), next }
}

fn row(mail: &Mail, w: Words) -> Row {
    let incoming = mail.incoming.map(|id| format!("/van-ban/den/{id}"));
    let item = mail.intake.map(|id| format!("/van-ban/cho/{id}"));
    let outgoing = mail.outgoing.map(|id| format!("/van-ban/di/{id}"));
    let mut chips = Vec::new();
    if mail.asks {
        chips.push(Chip::new(Tone::Soon, "warning", w.t("mail-waits-answer")));
    }
    if !mail.outside.remarks.is_empty() {
        chips.push(Chip::new(Tone::Plain, "info", w.t("mail-has-remarks")));
    }
    let ours = mail.outgoing.and(mail.progress.as_deref());
    let told = ours.map_or_else(|| card::told(mail, w), |progress| format!("{progress} {}", w.t(card::code(progress))));
    Row {
        path: if mail.asks { item } else { incoming.or(outgoing).or(item) },
        kind: w.t(card::kind(mail.outside.kind)),
        from: mail.outside.from.clone().unwrap_or_default(),
        at: format::moment(mail.at),
        told,
        chips,
    }
}
