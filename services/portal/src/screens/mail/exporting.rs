//! An issued document as a message, and what its receivers told of it: a card on its page.

use axum::{body::Body, extract::Path, http::Response};
use schema_documents::{ExecutionState, ListMail, OutgoingDocument, OutgoingState};
use wire::{Secrecy, id::OutgoingId};

use super::card;
use crate::{asking::Part, format, hand_in, visit::Inside};

/// The card.
pub(crate) struct Export {
    /// What receivers told: who, and what and when.
    pub(crate) told: Vec<(String, String)>,
}

/// The card of a document that has its number and its final form.
pub(crate) async fn of(inside: &Inside, document: &OutgoingDocument) -> Option<Part<Export>> {
    let whole = document.execution.is_none_or(ExecutionState::is_final) && !document.files.is_empty();
    let open = document.secrecy == Secrecy::Open && !document.masked;
    if document.state != OutgoingState::Issued || !whole || !open || !inside.who.may("documents.incoming.register") {
        return None;
    }
    let (office, w) = (document.office, inside.visit.words);
    let call = ListMail { office, asking: false, outgoing: Some(document.id), limit: Some(100), cursor: None };
    let found = inside.part(&call).await;
    Some(found.map(|page| {
        let told = page.items.iter().map(|mail| {
            let progress = mail.progress.clone().unwrap_or_default();
            let from = mail.outside.from.clone().unwrap_or_default();
            (from, format!("{progress} {} · {}", w.t(card::code(&progress)), format::moment(mail.at)))
        });
        Export { told: told.collect() }
    }))
}

/// The message, handed out by the door.
pub(crate) async fn edxml(Path(id): Path<OutgoingId>, inside: Inside) -> Response<Body> {
    let to = inside.visit.query.get("to");
    let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("to", to).finish();
    hand_in::out(&format!("/api/v1/outgoing-documents/{id}/edxml?{query}"), &inside.who.token, false)
}
