//! Instructions written by hand: what a transcription may claim, who confirms it, and who objects.

use schema_documents::{
    DocumentActor, IncomingDocument, Instruction, InstructionState, InstructionTranscription, Refusal,
    TranscribeInstruction, TranscriptionState,
};
use schema_identity::{AuthorityHistory, AuthorityWay};
use wire::{
    Authority, Day, Fault, Grant, Instant,
    id::{OfficeId, PersonId},
};

use super::field::{self, limit};

/// The permission to propose: the chief of office has it, and confirms transcriptions.
pub(crate) const PROPOSE: &str = "documents.incoming.propose";
/// The permission to instruct.
pub(crate) const INSTRUCT: &str = "documents.incoming.instruct";
/// The permission that confirming needs.
const DISPOSE: &str = "documents.incoming.dispose";

/// Refuses a day on which the paper was not here, and one's own hand.
pub(crate) fn claimed(
    document: &IncomingDocument,
    call: &TranscribeInstruction,
    transcriber: PersonId,
    today: Day,
) -> Result<(), Refusal> {
    if call.written < document.arrived || call.written > today {
        return Err(Refusal::WrittenUnfit { written: call.written, arrived: document.arrived });
    }
    if call.author == transcriber { Err(Refusal::OwnHand) } else { Ok(()) }
}

/// The author in the position named, as identity remembers the day on which the instruction was written.
pub(crate) fn author(
    call: &TranscribeInstruction,
    office: OfficeId,
    remembered: &AuthorityHistory,
) -> Result<DocumentActor, Refusal> {
    let fits = |way: &&AuthorityWay| way.position == call.author_position && way.office == office;
    let mut ways = remembered.ways.iter().filter(fits);
    let way = ways.next().ok_or(Refusal::AuthorUnfit { day: call.written })?;
    let on_behalf_of = way.holder.filter(|holder| *holder != call.author);
    Ok(DocumentActor { person: call.author, position: call.author_position, on_behalf_of })
}

/// The grant through which the caller confirms: the author, whoever stands in for the author, or the chief of office.
pub(crate) fn confirmer<'a>(authority: &'a Authority, instruction: &Instruction) -> Result<&'a Grant, Refusal> {
    let there = |grant: &&Grant| grant.permissions.contains(DISPOSE) && reaches(grant, instruction.office);
    let may = || authority.grants.iter().filter(there);
    let author = may().find(|grant| speaks_for(authority, grant, instruction));
    let chief = || may().find(|grant| grant.permissions.contains(PROPOSE));
    let grant = author.or_else(chief).ok_or(Refusal::NotConfirmer)?;
    by_another(authority, grant, instruction)?;
    Ok(grant)
}

/// The grant through which the caller objects: the author, or whoever may instruct in the author's place.
pub(crate) fn objector<'a>(authority: &'a Authority, instruction: &Instruction) -> Result<&'a Grant, Refusal> {
    let may = |grant: &&Grant| {
        let own = grant.on_behalf_of.is_none();
        reaches(grant, instruction.office) && (own || grant.permissions.contains(INSTRUCT))
    };
    let mut grants = authority.grants.iter().filter(may);
    let grant = grants.find(|grant| speaks_for(authority, grant, instruction)).ok_or(Refusal::NotAuthor)?;
    by_another(authority, grant, instruction)?;
    Ok(grant)
}

fn reaches(grant: &Grant, office: OfficeId) -> bool {
    grant.offices().any(|reached| reached == office)
}

/// Whether the caller is the author, or uses the author's powers.
fn speaks_for(authority: &Authority, grant: &Grant, instruction: &Instruction) -> bool {
    let author = instruction.by.person;
    match &grant.on_behalf_of {
        None => authority.person == author,
        Some(lent) => lent.person == Some(author),
    }
}

/// Refuses who transcribed, and whoever uses the powers of who did.
fn by_another(authority: &Authority, grant: &Grant, instruction: &Instruction) -> Result<(), Refusal> {
    let transcriber = transcribed(instruction)?.by;
    let lent = grant.on_behalf_of.as_ref().and_then(|lent| lent.person);
    let own = transcriber.person == authority.person || lent == Some(transcriber.person);
    if own { Err(Refusal::OwnTranscription) } else { Ok(()) }
}

/// The instruction, confirmed.
pub(crate) fn confirm(instruction: &Instruction, by: DocumentActor, at: Instant) -> Result<Instruction, Fault> {
    let transcription = transcribed(instruction)?;
    if transcription.state != TranscriptionState::Unconfirmed {
        return Err(Refusal::TranscriptionAnswered.into());
    }
    Ok(answered(instruction, transcription, (TranscriptionState::Confirmed, None), by, at))
}

/// The instruction, objected to: it has no effect any more. What the chief confirmed the author may still deny; what the
/// author confirmed stands.
pub(crate) fn object(
    instruction: &Instruction,
    reason: &str,
    by: DocumentActor,
    at: Instant,
) -> Result<Instruction, Fault> {
    let transcription = transcribed(instruction)?;
    let author = instruction.by.person;
    let by_author = transcription.answered_by.is_some_and(|who| who.parties().any(|party| party == author));
    if transcription.state == TranscriptionState::Objected || by_author {
        return Err(Refusal::TranscriptionAnswered.into());
    }
    let reason = field::line("reason", reason, limit::NOTE)?;
    let after = answered(instruction, transcription, (TranscriptionState::Objected, Some(reason)), by, at);
    let state = match instruction.state {
        InstructionState::InForce => InstructionState::Reversed,
        state => state,
    };
    Ok(Instruction { state, ..after })
}

fn transcribed(instruction: &Instruction) -> Result<&InstructionTranscription, Refusal> {
    instruction.transcription.as_ref().ok_or(Refusal::NotTranscribed)
}

fn answered(
    instruction: &Instruction,
    transcription: &InstructionTranscription,
    (state, reason): (TranscriptionState, Option<String>),
    by: DocumentActor,
    at: Instant,
) -> Instruction {
    let (answered_by, answered_at) = (Some(by), Some(at));
    let transcription = InstructionTranscription { state, answered_by, answered_at, reason, ..transcription.clone() };
    let version = instruction.version.next();
    Instruction { version, transcription: Some(transcription), ..instruction.clone() }
}

#[cfg(test)]
mod tests;
