//! What a document was sent by hand, post or courier: to whom, how and when; a card on its page.

use axum::{body::Body, extract::Path, http::Response};
use schema_documents::{ListPostings, OutgoingDocument, OutgoingState, Posting, PostingWay, RecordPosting};
use wire::{Kind, id::OutgoingId};

use super::acts::wrong;
use crate::{
    asking::Part,
    format,
    screens::outgoing::{acts::after, showing},
    visit::{Inside, Posted},
    words::Words,
};

/// The ways, as the form has them.
const WAYS: [(&str, PostingWay, &str); 4] = [
    ("by_hand", PostingWay::ByHand, "posting-by-hand"),
    ("by_post", PostingWay::ByPost, "posting-by-post"),
    ("by_courier", PostingWay::ByCourier, "posting-by-courier"),
    ("electronically", PostingWay::Electronically, "posting-electronically"),
];

/// The card.
pub(crate) struct Outside {
    /// What was sent: to whom; and how, when and the note.
    pub(crate) sent: Vec<(String, String)>,
    pub(crate) form: Option<Form>,
}

/// The form that writes a sending down.
pub(crate) struct Form {
    pub(crate) recipients: String,
    pub(crate) ways: Vec<(&'static str, String)>,
    pub(crate) day: String,
}

/// The card of a document that has its number.
pub(crate) async fn of(inside: &Inside, document: &OutgoingDocument) -> Option<Part<Outside>> {
    if document.state != OutgoingState::Issued || document.masked {
        return None;
    }
    let (office, w) = (document.office, inside.visit.words);
    let call = ListPostings { office, document: Some(document.id), day: None, limit: Some(100), cursor: None };
    let found = inside.part(&call).await;
    let form = inside.who.may("documents.outgoing.issue").then(|| Form {
        recipients: document.recipients.iter().map(|one| one.name.clone()).collect::<Vec<_>>().join("\n"),
        ways: WAYS.iter().map(|(value, _, key)| (*value, w.t(key))).collect(),
        day: format::day(inside.visit.today()),
    });
    Some(found.map(|page| Outside { sent: page.items.iter().map(|one| line(one, w)).collect(), form }))
}

fn line(one: &Posting, w: Words) -> (String, String) {
    let parts = [Some(said(one, w)), one.note.clone()];
    (one.recipients.join("; "), parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
}

/// How and when something was sent.
pub(crate) fn said(one: &Posting, w: Words) -> String {
    let key = WAYS.iter().find(|(_, way, _)| *way == one.way).map_or("posting-otherwise", |(.., key)| key);
    format!("{} {}", w.t(key), format::day(one.on))
}

/// Writes a sending down.
pub(crate) async fn record(Path(id): Path<OutgoingId>, posted: Posted) -> Response<Body> {
    let (typed, w) = (&posted.fields, posted.inside.visit.words);
    let on = format::read_day(typed.get("posted_on"));
    if on.is_none() {
        return wrong(&posted, id, "posted_on", w.t("day-unreadable")).await;
    }
    let lines = showing::lines(typed.get("posted_to"));
    let recipients = lines.lines().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    let way = WAYS.iter().find(|(known, ..)| *known == typed.get("way")).map_or(PostingWay::ByHand, |(_, way, _)| *way);
    let call = RecordPosting { id, recipients, way, on, note: typed.some("posting_note") };
    match posted.act(&call).await {
        Err(fault) if fault.kind == Kind::Invalid => {
            let field = match fault.field.as_deref() {
                Some("on") => "posted_on",
                Some("note") => "posting_note",
                _ => "posted_to",
            };
            wrong(&posted, id, field, fault.sentence(w.0).to_owned()).await
        }
        acted => after(&posted, id, "gui-ngoai", acted).await,
    }
}
