//! Telling what happened: a line of history, the event, the audit row, all in the transaction of the change.

use std::collections::BTreeMap;

use anyhow::Result;
use schema_documents::{
    DocumentAct, DocumentHistoryEntry, IncomingChanged, IncomingDocument, OutgoingChanged, OutgoingDocument,
};
use sea_orm::prelude::Uuid;
use service::{Audit, Write};
use wire::id::OfficeId;

use crate::{
    domain::masked,
    store::{history, incoming, outgoing},
};

/// Particulars of a line, of which those without a value are left out.
pub(crate) type Values<'a> = &'a [(&'static str, Option<String>)];

/// Adds a line to a document's history.
pub(crate) async fn line(
    cx: &Write,
    office: OfficeId,
    document: Uuid,
    act: DocumentAct,
    values: Values<'_>,
) -> Result<()> {
    let given = values.iter().filter_map(|(name, value)| Some(((*name).to_owned(), value.clone()?)));
    let values: BTreeMap<String, String> = given.collect();
    let by = cx.caller().person().map(|caller| caller.person);
    let entry = DocumentHistoryEntry { at: cx.now, by, act, values };
    Ok(history::add(cx.tx(), history::Line { id: cx.fresh(), office, document, entry, origin: None }).await?)
}

/// Keeps a changed incoming document and tells of it.
pub(crate) async fn incoming_changed(
    cx: &Write,
    changed: IncomingDocument,
    act: DocumentAct,
    values: Values<'_>,
) -> Result<IncomingDocument> {
    let document = IncomingDocument { version: changed.version.next(), ..changed };
    incoming::update(cx.tx(), &document).await?;
    line(cx, document.office, document.id.into(), act, values).await?;
    cx.emit(&IncomingChanged { document: document.clone() }).await?;
    audit(cx, "incoming_document", document.id.into(), document.office, values).await?;
    Ok(document)
}

/// Keeps a changed outgoing document and tells of it; what is told and given back is what may be shown.
pub(crate) async fn outgoing_changed(
    cx: &Write,
    changed: OutgoingDocument,
    act: DocumentAct,
    values: Values<'_>,
) -> Result<OutgoingDocument> {
    let document = OutgoingDocument { version: changed.version.next(), ..changed };
    outgoing::update(cx.tx(), &document).await?;
    let genre = document.genre.clone();
    let document = masked::outgoing(document);
    line(cx, document.office, document.id.into(), act, values).await?;
    cx.emit(&OutgoingChanged { document: document.clone() }).await?;
    audit_outgoing(cx, &document, genre, values).await?;
    Ok(document)
}

/// Writes an act down for audit, with the particulars as salted hashes.
pub(crate) async fn audit(
    cx: &Write,
    noun: &'static str,
    id: Uuid,
    office: OfficeId,
    values: Values<'_>,
) -> Result<()> {
    cx.audit(act_of(noun, id, office, values)).await
}

/// The same of an outgoing document, which may be shown without its genre: a deputy's powers may be bounded to genres.
pub(crate) async fn audit_outgoing(
    cx: &Write,
    document: &OutgoingDocument,
    genre: String,
    values: Values<'_>,
) -> Result<()> {
    cx.audit(act_of("outgoing_document", document.id.into(), document.office, values).genre(genre)).await
}

fn act_of(noun: &'static str, id: Uuid, office: OfficeId, values: Values<'_>) -> Audit {
    let act = Audit::of(noun, id).office(office);
    let given = values.iter().filter_map(|(name, value)| Some((*name, value.as_ref()?)));
    given.fold(act, |act, (name, value)| act.field(name, value))
}
