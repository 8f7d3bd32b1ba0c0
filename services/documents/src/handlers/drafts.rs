//! The versions of the text of an outgoing document.

use anyhow::Result;
use schema_documents::{AddDraft, DocumentAct, Draft, DraftText, GetDraft, ListDrafts, OutgoingDocument, Refusal};
use service::{Read, Write};
use wire::{Page, id::DraftId};

use super::{
    outgoing::{held, seen},
    paging, telling,
};
use crate::{
    domain::{
        field::{self, limit},
        outgoing,
    },
    store::drafts,
};

/// Adds a version to a draft.
pub(crate) async fn add(cx: Write, call: AddDraft) -> Result<Draft> {
    let before = held(&cx, call.id).await?;
    let note = field::optional_line("note", call.note.as_deref(), limit::NOTE)?;
    let (document, draft, text) = version(&cx, &before, &call.text, note.clone())?;
    drafts::insert(cx.tx(), document.office, &draft, &text).await?;
    let values = [("ordinal", Some(draft.ordinal.to_string())), ("note", note)];
    telling::outgoing_changed(&cx, document, DocumentAct::Redrafted, &values).await?;
    Ok(draft)
}

/// The versions of a document, without their texts.
pub(crate) async fn list(cx: Read, call: ListDrafts) -> Result<Page<Draft>> {
    let document = seen(&cx, call.id).await?;
    let limit = Page::<Draft>::limit(call.limit);
    let after = paging::one(call.cursor.as_ref())?.unwrap_or(0);
    let items = drafts::after(cx.db(), cx.scope(), document.id, after, paging::rows(limit)).await?;
    paging::page(items, limit, |last| last.ordinal.to_string())
}

/// One version with its text.
pub(crate) async fn get(cx: Read, call: GetDraft) -> Result<DraftText> {
    let document = seen(&cx, call.id).await?;
    let found = drafts::get(cx.db(), cx.scope(), document.id, call.draft).await?;
    Ok(found.ok_or(Refusal::DraftMissing { id: call.draft })?)
}

/// A document just begun, with the first version of its text when there is one.
pub(crate) fn first(
    cx: &Write,
    begun: OutgoingDocument,
    text: Option<&str>,
) -> Result<(OutgoingDocument, Option<(Draft, String)>)> {
    let Some(text) = text else { return Ok((begun, None)) };
    let (document, draft, text) = version(cx, &begun, text, None)?;
    Ok((document, Some((draft, text))))
}

/// The document with a further version of its text.
pub(super) fn version(
    cx: &Write,
    before: &OutgoingDocument,
    text: &str,
    note: Option<String>,
) -> Result<(OutgoingDocument, Draft, String)> {
    let id: DraftId = cx.fresh();
    let document = outgoing::redraft(before, id)?;
    let text = field::text("text", text, limit::TEXT)?;
    let by = cx.person()?.person;
    let draft = Draft { id, document: document.id, ordinal: document.draft_ordinal, by, at: cx.now, note };
    Ok((document, draft, text))
}
