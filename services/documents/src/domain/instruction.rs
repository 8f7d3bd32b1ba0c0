//! Two steps of instruction: what a routing may say, and what an instruction makes of its document.

use std::collections::BTreeSet;

use schema_documents::{
    Disposition, DocumentActor, IncomingDocument, IncomingProposal, IncomingRouting, ProposalState, Refusal,
};
use wire::{
    Fault, Instant,
    id::{AssignmentId, InstructionId, OfficeId, UnitId},
};

use super::{
    disposition,
    due::Reckoning,
    field::{self, limit},
    incoming,
    outgoing::Units,
};

/// The longest words of an instruction, in characters.
const TEXT: usize = 2_000;
/// The most units that help.
const MOST_WITH: usize = 20;
/// The most units that are to know.
const MOST_TO_KNOW: usize = 100;

/// A routing, checked and cleaned: exactly one lead where there is work, and each unit in one part only.
pub(crate) fn routing(given: &IncomingRouting) -> Result<IncomingRouting, Fault> {
    field::few("with", &given.with, MOST_WITH)?;
    field::few("to_know", &given.to_know, MOST_TO_KNOW)?;
    if given.disposition == Disposition::ToProcess {
        given.lead.ok_or(Refusal::LeadMissing)?;
    } else if given.lead.is_some() || given.lead_position.is_some() || !given.with.is_empty() {
        return Err(Refusal::LeadWithoutProcessing.into());
    } else if given.due.is_some() {
        return Err(Refusal::DueWithoutProcessing.into());
    }
    let mut seen = BTreeSet::new();
    if let Some(id) = units(given).find(|id| !seen.insert(*id)) {
        return Err(Refusal::UnitTwice { id }.into());
    }
    Ok(IncomingRouting { text: field::text("text", &given.text, TEXT)?, ..given.clone() })
}

/// Every unit that a routing names.
pub(crate) fn units(routing: &IncomingRouting) -> impl Iterator<Item = UnitId> {
    routing.lead.into_iter().chain(routing.with.iter().copied()).chain(routing.to_know.iter().copied())
}

/// Refuses a routing to a unit that is not there today, or is another office's.
pub(crate) fn placed(routing: &IncomingRouting, office: OfficeId, known: &Units) -> Result<(), Fault> {
    let foreign = |id: &UnitId| known.get(id).is_none_or(|unit| unit.office != office);
    match units(routing).find(foreign) {
        Some(id) => Err(Refusal::UnitUnknown { id }.at("routing")),
        None => Ok(()),
    }
}

/// The document under an instruction. While `live` work from it is not closed the due day is programme's, so that an
/// instruction may then say more, but neither another disposition nor another day.
pub(crate) fn apply(
    document: &IncomingDocument,
    (id, routing): (InstructionId, &IncomingRouting),
    live: Option<AssignmentId>,
    reckoning: Reckoning<'_>,
) -> Result<IncomingDocument, Fault> {
    incoming::describable(document)?;
    let mut next = IncomingDocument { instruction: Some(id), ..document.clone() };
    if let Some(assignment) = live {
        let same = document.disposition == Some(routing.disposition);
        if same && routing.due.is_none_or(|due| document.due == Some(due)) {
            return Ok(next);
        }
        return Err(Refusal::WorkOwed { assignment }.into());
    }
    disposition::set(&mut next, routing.disposition, routing.due, reckoning)?;
    Ok(next)
}

/// The document after its author said that the instruction in force was not theirs: nobody has decided upon it.
pub(crate) fn reverse(document: &IncomingDocument) -> IncomingDocument {
    IncomingDocument { instruction: None, disposition: None, due: None, due_reason: None, ..document.clone() }
}

/// Refuses whoever proposed, or acts for who did, or whose powers they use did: nobody instructs what they proposed.
pub(crate) fn by_another(proposal: &IncomingProposal, by: &DocumentActor) -> Result<(), Refusal> {
    let own = by.parties().any(|one| proposal.by.parties().any(|other| one == other));
    if own { Err(Refusal::OwnProposal) } else { Ok(()) }
}

/// A proposal that an instruction or a return answers.
pub(crate) fn answered(
    proposal: &IncomingProposal,
    state: ProposalState,
    by: Option<DocumentActor>,
    reason: Option<&str>,
    at: Instant,
) -> Result<IncomingProposal, Fault> {
    if proposal.state != ProposalState::Waiting {
        return Err(Refusal::ProposalAnswered.into());
    }
    let reason = reason.map(|reason| field::line("reason", reason, limit::NOTE)).transpose()?;
    let (version, answered_at) = (proposal.version.next(), Some(at));
    Ok(IncomingProposal { version, state, answered_by: by, answered_at, reason, ..proposal.clone() })
}

#[cfg(test)]
mod tests;
