//! What search does when others speak: it keeps what can be found. Each reaction may be told the same again.

use schema_documents::{IncomingChanged, IncomingRegistered, OutgoingChanged, OutgoingIssued};
use schema_programme::AssignmentChanged;
use schema_search::SearchKind;
use service::{Gone, Read, Result, Write};
use uuid::Uuid;

use crate::{
    domain::paper::Noun,
    store::{ledger, papers},
};

/// A paper arrived.
pub(crate) async fn incoming_registered(cx: Write, event: IncomingRegistered) -> Result<()> {
    keep(&cx, Noun::of_incoming(event.document)).await
}

/// A paper that arrived changed.
pub(crate) async fn incoming_changed(cx: Write, event: IncomingChanged) -> Result<()> {
    keep(&cx, Noun::of_incoming(event.document)).await
}

/// A paper of the office was drafted, changed or voided.
pub(crate) async fn outgoing_changed(cx: Write, event: OutgoingChanged) -> Result<()> {
    keep(&cx, Noun::of_outgoing(event.document)).await
}

/// A paper of the office was issued.
pub(crate) async fn outgoing_issued(cx: Write, event: OutgoingIssued) -> Result<()> {
    keep(&cx, Noun::of_outgoing(event.document)).await
}

/// Work was given, or went on.
pub(crate) async fn assignment_changed(cx: Write, event: AssignmentChanged) -> Result<()> {
    keep(&cx, Noun::of_assignment(event.assignment)).await
}

async fn keep(cx: &Write, noun: Noun) -> Result<()> {
    Ok(papers::keep(cx.tx(), &noun, cx.reconciling()).await?)
}

/// The incoming documents kept here.
pub(crate) async fn incoming_held(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<Uuid>> {
    Ok(papers::held(cx.db(), SearchKind::IncomingDocument, after, limit.into()).await?)
}

/// The outgoing documents kept here.
pub(crate) async fn outgoing_held(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<Uuid>> {
    Ok(papers::held(cx.db(), SearchKind::OutgoingDocument, after, limit.into()).await?)
}

/// The work kept here.
pub(crate) async fn assignments_held(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<Uuid>> {
    Ok(papers::held(cx.db(), SearchKind::Assignment, after, limit.into()).await?)
}

/// A noun that its service does not know any more is not found any more.
pub(crate) async fn gone<E>(cx: Write, gone: Gone<E>) -> Result<()> {
    let seen = ledger::read(cx.tx()).await?.change;
    Ok(papers::give_up(cx.tx(), gone.aggregate, seen).await?)
}
