//! The first step: proposing what is to happen with a document, and returning what was proposed.

use anyhow::Result;
use schema_documents::{
    DocumentAct, IncomingProposal, IncomingProposalChanged, InstructionStep, ListIncomingProposals,
    ListWaitingProposals, ProposalState, ProposeDisposition, Refusal, ReturnProposal,
};
use service::{Deed, Read, Write};
use wire::{Page, Version, id::PositionId};

use super::{
    incoming::{held, seen},
    instructions, paging,
    telling::{self, Happened},
};
use crate::{
    domain::{
        incoming::{describable, unsaid},
        instruction,
        outgoing::Units,
        transcription::INSTRUCT,
    },
    store::{self, proposals},
};

/// Looks up the units that are proposed.
pub(crate) async fn facts(cx: Read, call: ProposeDisposition) -> Result<Units> {
    let document = seen(&cx, call.id).await?;
    describable(&document)?;
    instructions::named(&cx, &instruction::routing(&call.routing)?).await
}

/// Proposes; what was proposed before and still waits loses its place.
pub(crate) async fn propose(cx: Write, call: ProposeDisposition, units: Units) -> Result<IncomingProposal> {
    let document = held(&cx, call.id).await?;
    describable(&document)?;
    let routing = instruction::routing(&call.routing)?;
    instruction::placed(&routing, document.office, &units)?;
    let by = telling::acting(&cx, document.office, None)?;
    let by = by.ok_or(Refusal::IncomingMissing { id: call.id })?;
    instructions::lapse_waiting(&cx, &document).await?;
    let proposal = IncomingProposal {
        id: cx.fresh(),
        office: document.office,
        version: Version::FIRST,
        document: document.id,
        routing,
        put_to: call.put_to,
        by,
        at: cx.now,
        state: ProposalState::Waiting,
        answered_by: None,
        answered_at: None,
        reason: None,
    };
    proposals::insert(cx.tx(), &proposal).await?;
    let mut values = instructions::values(&proposal.routing)?;
    values.push(("put_to", Some(proposal.put_to.to_string())));
    tell(&cx, &proposal, InstructionStep::Proposed, &values).await?;
    Ok(proposal)
}

/// Returns a proposal with a reason.
pub(crate) async fn give_back(cx: Write, call: ReturnProposal) -> Result<IncomingProposal> {
    let id = call.id;
    let named = proposals::get(cx.tx(), cx.scope(), id).await?.ok_or(Refusal::ProposalMissing { id })?;
    // The document is held from here on, so that nobody answers at the same moment.
    store::incoming::hold(cx.tx(), cx.scope(), named.document).await?;
    let before = proposals::get(cx.tx(), cx.scope(), id).await?.ok_or(Refusal::ProposalMissing { id })?;
    cx.expect(before.version)?;
    let put = Deed { office: Some(before.office), position: Some(before.put_to), ..Deed::default() };
    let by = match telling::acted(&cx, &put)? {
        Some(by) => Some(by),
        None => telling::acting(&cx, before.office, None)?,
    };
    let returned = instruction::answered(&before, ProposalState::Returned, by, Some(&call.reason), cx.now)?;
    proposals::update(cx.tx(), &returned).await?;
    tell(&cx, &returned, InstructionStep::Returned, &[("reason", returned.reason.clone())]).await?;
    Ok(returned)
}

/// The proposals for a document, the latest first.
pub(crate) async fn list(cx: Read, call: ListIncomingProposals) -> Result<Page<IncomingProposal>> {
    let document = seen(&cx, call.id).await?;
    let limit = Page::<IncomingProposal>::limit(call.limit);
    let before = paging::one(call.cursor.as_ref())?;
    let items = proposals::of(cx.db(), cx.scope(), document.id, before, paging::rows(limit)).await?;
    let page = paging::page(items, limit, |last| last.id.to_string())?;
    Ok(if unsaid(&document) { page.map(instructions::wordless_proposal) } else { page })
}

/// What waits for the caller's instruction, the oldest first.
pub(crate) async fn list_waiting(cx: Read, call: ListWaitingProposals) -> Result<Page<IncomingProposal>> {
    let scope = cx.office(call.office)?;
    let instructing = cx.authority()?.grants.iter().filter(|grant| grant.permissions.contains(INSTRUCT));
    let positions: Vec<PositionId> = instructing.map(|grant| grant.position).collect();
    let limit = Page::<IncomingProposal>::limit(call.limit);
    let after = paging::one(call.cursor.as_ref())?;
    let items = proposals::put_to(cx.db(), &scope, &positions, after, paging::rows(limit)).await?;
    paging::page(items, limit, |last| last.id.to_string())
}

async fn tell(
    cx: &Write,
    proposal: &IncomingProposal,
    step: InstructionStep,
    values: telling::Values<'_>,
) -> Result<()> {
    let by = proposal.answered_by.or(Some(proposal.by));
    let happened = Happened { act: DocumentAct::Disposed, step: Some(step), execution: None, by };
    telling::line(cx, proposal.office, proposal.document.into(), happened, values).await?;
    cx.emit(&IncomingProposalChanged { proposal: proposal.clone() }).await?;
    telling::audit_by(cx, ("incoming_proposal", proposal.id.into(), proposal.office), by, values).await
}
