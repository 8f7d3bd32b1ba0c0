//! The printed page of an outgoing document (bản in), handed out by the door: in the frame of its page, or to keep.

use axum::{body::Body, extract::Path, http::Response};
use schema_documents::OutgoingDocument;
use wire::id::{DraftId, OutgoingId};

use super::coaching::checkable;
use crate::{hand_in, visit::Inside};

/// Where the printed page of a version is, when the document has a text to print.
pub(crate) fn path(document: &OutgoingDocument, draft: Option<DraftId>) -> Option<String> {
    let draft = draft.filter(|_| checkable(document))?;
    Some(format!("/van-ban/di/{}/ban-in?ban={draft}", document.id))
}

/// The page, laid out on request; with `dang=word` as a DOCX to be written on.
pub(crate) async fn show(Path(id): Path<OutgoingId>, inside: Inside) -> Response<Body> {
    let draft = inside.visit.query.get("ban").parse::<DraftId>();
    let version = draft.map(|draft| format!("?draft={draft}")).unwrap_or_default();
    let as_word = inside.visit.query.get("dang") == "word";
    let form = if as_word { "word" } else { "print" };
    let path = format!("/api/v1/outgoing-documents/{id}/{form}{version}");
    hand_in::out(&path, &inside.who.token, !as_word && inside.visit.query.get("xem") == "1")
}
