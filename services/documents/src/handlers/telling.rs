//! Telling what happened: a line of history, the event, the audit row, all in the transaction of the change.

use std::collections::BTreeMap;

use anyhow::Result;
use schema_documents::{
    DocumentAct, DocumentActor, DocumentHistoryEntry, ExecutionStep, IncomingChanged, IncomingDocument,
    InstructionStep, OutgoingChanged, OutgoingDocument,
};
use sea_orm::prelude::Uuid;
use service::{Audit, Deed, PersonCaller, Write};
use wire::{Grant, id::OfficeId};

use crate::{
    domain::masked,
    store::{history, incoming, outgoing},
};

/// Particulars of a line, of which those without a value are left out.
pub(crate) type Values<'a> = &'a [(&'static str, Option<String>)];

/// What happened to a document, at which step of an instruction, and who did it for whom.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Happened {
    /// What.
    pub(crate) act: DocumentAct,
    /// The step, when it is one of a proposal or an instruction.
    pub(crate) step: Option<InstructionStep>,
    /// The step, when it is one towards digital signatures.
    pub(crate) execution: Option<ExecutionStep>,
    /// Who, and for whom; nothing when a service acts.
    pub(crate) by: Option<DocumentActor>,
}

/// In which position the caller acts in an office, and for whom; of an outgoing document its genre counts, because a
/// deputy's powers may be bounded to genres.
pub(crate) fn acting(cx: &Write, office: OfficeId, genre: Option<&str>) -> Result<Option<DocumentActor>> {
    acted(cx, &Deed { office: Some(office), genre: genre.map(str::to_owned), ..Deed::default() })
}

/// In which position the caller does a deed, and for whom.
pub(crate) fn acted(cx: &Write, deed: &Deed) -> Result<Option<DocumentActor>> {
    let Some(PersonCaller { person, .. }) = cx.caller().person().cloned() else { return Ok(None) };
    let actor = |grant: &Grant| {
        let on_behalf_of = grant.on_behalf_of.as_ref().and_then(|lent| lent.person);
        DocumentActor { person, position: grant.position, on_behalf_of }
    };
    Ok(cx.acting(deed)?.map(actor))
}

/// Adds a line to a document's history.
pub(crate) async fn line(
    cx: &Write,
    office: OfficeId,
    document: Uuid,
    happened: Happened,
    values: Values<'_>,
) -> Result<()> {
    let given = values.iter().filter_map(|(name, value)| Some(((*name).to_owned(), value.clone()?)));
    let values: BTreeMap<String, String> = given.collect();
    let Happened { act, step, execution, by: actor } = happened;
    let by = cx.caller().person().map(|caller| caller.person);
    let on_behalf_of = actor.and_then(|actor| actor.on_behalf_of);
    let entry = DocumentHistoryEntry { at: cx.now, by, on_behalf_of, act, step, execution, values };
    Ok(history::add(cx.tx(), history::Line { id: cx.fresh(), office, document, entry, origin: None }).await?)
}

/// Keeps a changed incoming document and tells of it.
pub(crate) async fn incoming_changed(
    cx: &Write,
    changed: IncomingDocument,
    act: DocumentAct,
    values: Values<'_>,
) -> Result<IncomingDocument> {
    let by = acting(cx, changed.office, None)?;
    incoming_happened(cx, changed, Happened { act, step: None, execution: None, by }, values).await
}

/// Keeps an incoming document to which something happened, and tells of it.
pub(crate) async fn incoming_happened(
    cx: &Write,
    changed: IncomingDocument,
    happened: Happened,
    values: Values<'_>,
) -> Result<IncomingDocument> {
    let document = IncomingDocument { version: changed.version.next(), ..changed };
    incoming::update(cx.tx(), &document).await?;
    line(cx, document.office, document.id.into(), happened, values).await?;
    let by = happened.by;
    cx.emit(&IncomingChanged { document: document.clone(), by }).await?;
    audit_by(cx, ("incoming_document", document.id.into(), document.office), by, values).await?;
    Ok(document)
}

/// Keeps a changed outgoing document and tells of it; what is told and given back is what may be shown.
pub(crate) async fn outgoing_changed(
    cx: &Write,
    changed: OutgoingDocument,
    act: DocumentAct,
    values: Values<'_>,
) -> Result<OutgoingDocument> {
    outgoing_happened(cx, changed, (act, None), values).await
}

/// The same of an issued document that took a step towards its digital signatures.
pub(crate) async fn outgoing_executed(
    cx: &Write,
    changed: OutgoingDocument,
    step: ExecutionStep,
    values: Values<'_>,
) -> Result<OutgoingDocument> {
    outgoing_happened(cx, changed, (DocumentAct::Issued, Some(step)), values).await
}

async fn outgoing_happened(
    cx: &Write,
    changed: OutgoingDocument,
    (act, execution): (DocumentAct, Option<ExecutionStep>),
    values: Values<'_>,
) -> Result<OutgoingDocument> {
    let document = OutgoingDocument { version: changed.version.next(), ..changed };
    outgoing::update(cx.tx(), &document).await?;
    let genre = document.genre.clone();
    let document = masked::outgoing(document);
    let by = acting(cx, document.office, Some(&genre))?;
    line(cx, document.office, document.id.into(), Happened { act, step: None, execution, by }, values).await?;
    cx.emit(&OutgoingChanged { document: document.clone(), by }).await?;
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

/// The same of an act that was done in a certain position.
pub(crate) async fn audit_by(
    cx: &Write,
    (noun, id, office): (&'static str, Uuid, OfficeId),
    by: Option<DocumentActor>,
    values: Values<'_>,
) -> Result<()> {
    let act = act_of(noun, id, office, values);
    cx.audit(by.into_iter().fold(act, |act, by| act.position(by.position))).await
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
