//! The present state of nouns, for consumers that begin or have fallen behind.

use anyhow::Result;
use schema_documents::{
    CitizenLetterChanged, DeliveryChanged, DispatchChanged, ExecutionChanged, IncomingChanged, IncomingProposal,
    IncomingProposalChanged, Instruction, InstructionChanged, IntakeChanged, OutgoingChanged, ReviewChanged,
};
use sea_orm::prelude::Uuid;
use service::Read;

use super::{dispatching, executions as executing, instructions, intake, reviews as asked};
use crate::{domain::masked, store};

/// Incoming documents by id.
pub(crate) async fn incoming(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<IncomingChanged>> {
    let found = store::incoming::after(cx.db(), cx.scope(), after, limit.into()).await?;
    Ok(found.into_iter().map(|document| IncomingChanged { document: masked::incoming(document), by: None }).collect())
}

/// Citizens' letters by id.
pub(crate) async fn letters(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<CitizenLetterChanged>> {
    let found = store::letters::after(cx.db(), cx.scope(), after, limit.into()).await?;
    Ok(found.into_iter().map(|letter| CitizenLetterChanged { letter, by: None }).collect())
}

/// Outgoing documents by id, drafts among them.
pub(crate) async fn outgoing(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<OutgoingChanged>> {
    let found = store::outgoing::after(cx.db(), cx.scope(), after, limit.into()).await?;
    Ok(found.into_iter().map(|document| OutgoingChanged { document: masked::outgoing(document), by: None }).collect())
}

/// Proposals by id; of a citizen's letter without its words.
pub(crate) async fn proposals(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<IncomingProposalChanged>> {
    let found = store::proposals::after(cx.db(), cx.scope(), after, limit.into()).await?;
    let letters = instructions::letters_among(&cx, found.iter().map(|one| one.document)).await?;
    let letter = |one: &IncomingProposal| letters.contains(&one.document);
    let shown = |one| if letter(&one) { instructions::wordless_proposal(one) } else { one };
    Ok(found.into_iter().map(|one| IncomingProposalChanged { proposal: shown(one) }).collect())
}

/// Instructions by id; of a citizen's letter without their words.
pub(crate) async fn instructions(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<InstructionChanged>> {
    let found = store::instructions::after(cx.db(), cx.scope(), after, limit.into()).await?;
    let letters = instructions::letters_among(&cx, found.iter().map(|one| one.document)).await?;
    let shown = |one: Instruction| if letters.contains(&one.document) { instructions::wordless(one) } else { one };
    Ok(found.into_iter().map(|one| InstructionChanged { instruction: shown(one) }).collect())
}

/// Items of the clerk's queue by id, without a word of their contents.
pub(crate) async fn intake(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<IntakeChanged>> {
    let found = store::intake::after(cx.db(), cx.scope(), after, limit.into()).await?;
    Ok(found.iter().map(|item| IntakeChanged { item: intake::note(item) }).collect())
}

/// Dispatches by id.
pub(crate) async fn dispatches(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<DispatchChanged>> {
    let found = store::dispatches::after(cx.db(), cx.scope(), after, limit.into()).await?;
    Ok(found.iter().map(dispatching::noted).collect())
}

/// Deliveries by id, without a word of what was sent.
pub(crate) async fn deliveries(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<DeliveryChanged>> {
    let found = store::deliveries::after(cx.db(), cx.scope(), after, limit.into()).await?;
    Ok(found.iter().map(dispatching::told).collect())
}

/// Ways of documents to their final form by document, without a word of what they say.
pub(crate) async fn executions(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<ExecutionChanged>> {
    let found = store::executions::after(cx.db(), cx.scope(), after, limit.into()).await?;
    Ok(found.iter().map(executing::noted).collect())
}

/// What was asked upon drafts, by id, without a word of it.
pub(crate) async fn reviews(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<ReviewChanged>> {
    let found = store::reviews::after(cx.db(), cx.scope(), after, limit.into()).await?;
    Ok(found.iter().map(asked::noted).collect())
}
