//! Instructions written by hand: transcribing them with a scan, confirming them, objecting to them.

use anyhow::Result;
use schema_documents::{
    ConfirmInstruction, DocumentAct, DocumentActor, DownloadInstructionScan, IncomingDocument, Instruction,
    InstructionChanged, InstructionState, InstructionStep, InstructionTranscription, ListUnconfirmedInstructions,
    ObjectToInstruction, Refusal, TranscribeInstruction, TranscriptionState,
};
use schema_identity::GetAuthorityHistory;
use service::{Claimed, Deed, Read, Write};
use wire::{
    Download, Grant, Page, Version,
    id::{InstructionId, OfficeId},
};

use super::{
    files,
    incoming::{held, seen},
    instructions::{self, keep},
    paging,
    telling::{self, Happened},
};
use crate::{
    domain::{
        incoming::describable,
        instruction,
        outgoing::Units,
        transcription::{self, INSTRUCT},
    },
    store,
};

/// What a ticket for the scan of an instruction must have been given for.
const SCAN: &str = "instruction_scan";

/// What lies outside the transaction: the author on that day, the units, the scan.
#[derive(Clone)]
pub(crate) struct Facts {
    author: DocumentActor,
    units: Units,
    scan: Vec<Claimed>,
}

/// Asks identity who the author was on that day, and claims the scan once the rest has proved sound.
pub(crate) async fn facts(cx: Read, call: TranscribeInstruction) -> Result<Facts> {
    let document = seen(&cx, call.id).await?;
    describable(&document)?;
    transcription::claimed(&document, &call, cx.person()?.person, cx.now.day())?;
    let routing = instruction::routing(&call.routing)?;
    let asked = GetAuthorityHistory { person: call.author, permission: INSTRUCT.to_owned(), day: call.written };
    // Whether the author could instruct is a fact that does not depend on what the clerk may see of people.
    let remembered = cx.ask_as_service(&asked).await?;
    let author = transcription::author(&call, document.office, &remembered)?;
    let units = instructions::named(&cx, &routing).await?;
    let scan = files::claim(&cx, &[call.scan], SCAN, document.office).await?;
    Ok(Facts { author, units, scan })
}

/// Transcribes: the instruction has its effect at once, and its confirmation is owed.
pub(crate) async fn transcribe(cx: Write, call: TranscribeInstruction, facts: Facts) -> Result<Instruction> {
    let Facts { author, units, scan } = facts;
    let document = held(&cx, call.id).await?;
    describable(&document)?;
    transcription::claimed(&document, &call, cx.person()?.person, cx.now.day())?;
    let routing = instruction::routing(&call.routing)?;
    instruction::placed(&routing, document.office, &units)?;
    let answers = instructions::answering(&cx, &document, call.proposal).await?;
    if let Some(proposal) = &answers {
        instruction::by_another(proposal, &author)?;
    }
    let by = telling::acting(&cx, document.office, None)?.ok_or(Refusal::IncomingMissing { id: call.id })?;
    let scan = files::take_up(&cx, document.office, scan).await?.pop();
    let transcription = InstructionTranscription {
        written: call.written,
        by,
        scan,
        state: TranscriptionState::Unconfirmed,
        answered_by: None,
        answered_at: None,
        reason: None,
    };
    let given = Instruction {
        id: cx.fresh(),
        office: document.office,
        version: Version::FIRST,
        document: document.id,
        as_proposed: answers.as_ref().is_some_and(|proposal| proposal.routing == routing),
        routing,
        by: author,
        at: cx.now,
        proposal: answers.as_ref().map(|proposal| proposal.id),
        state: InstructionState::InForce,
        transcription: Some(transcription),
    };
    let happened = Happened {
        act: DocumentAct::Disposed,
        step: Some(InstructionStep::Transcribed),
        execution: None,
        by: Some(by),
    };
    instructions::give(&cx, &document, given, answers, happened).await
}

/// Confirms that a transcription says what was written.
pub(crate) async fn confirm(cx: Write, call: ConfirmInstruction) -> Result<Instruction> {
    let (document, before) = standing(&cx, call.id).await?;
    let by = through(&cx, before.office, transcription::confirmer(cx.authority()?, &before)?)?;
    let confirmed = transcription::confirm(&before, by, cx.now)?;
    keep(&cx, confirmed.clone()).await?;
    tell(&cx, &document, &confirmed, (InstructionStep::Confirmed, by), None).await?;
    Ok(confirmed)
}

/// The author objects: an instruction in force is reversed, and nobody has decided upon the document any more.
pub(crate) async fn object(cx: Write, call: ObjectToInstruction) -> Result<Instruction> {
    let (document, before) = standing(&cx, call.id).await?;
    let by = through(&cx, before.office, transcription::objector(cx.authority()?, &before)?)?;
    let objected = transcription::object(&before, &call.reason, by, cx.now)?;
    let reason = objected.transcription.as_ref().and_then(|transcription| transcription.reason.clone());
    if before.state != InstructionState::InForce {
        keep(&cx, objected.clone()).await?;
        tell(&cx, &document, &objected, (InstructionStep::Objected, by), reason).await?;
        return Ok(objected);
    }
    instructions::release(&cx, &document).await?;
    store::instructions::update(cx.tx(), &objected).await?;
    cx.emit(&InstructionChanged { instruction: objected.clone() }).await?;
    let values = said(&objected, reason);
    let happened =
        Happened { act: DocumentAct::Disposed, step: Some(InstructionStep::Objected), execution: None, by: Some(by) };
    telling::incoming_happened(&cx, instruction::reverse(&document), happened, &values).await?;
    Ok(objected)
}

/// Transcriptions in force that nobody has confirmed, the oldest first.
pub(crate) async fn list_unconfirmed(cx: Read, call: ListUnconfirmedInstructions) -> Result<Page<Instruction>> {
    let scope = cx.office(call.office)?;
    let limit = Page::<Instruction>::limit(call.limit);
    let after = paging::one(call.cursor.as_ref())?;
    let items = store::instructions::unconfirmed(cx.db(), &scope, after, paging::rows(limit)).await?;
    paging::page(items, limit, |last| last.id.to_string())
}

/// Directs to the scan of the handwriting.
pub(crate) async fn download_scan(cx: Read, call: DownloadInstructionScan) -> Result<Download> {
    let id = call.id;
    let missing = Refusal::InstructionMissing { id };
    let found = store::instructions::get(cx.db(), cx.scope(), id).await?.ok_or(missing)?;
    let transcription = found.transcription.ok_or(Refusal::NotTranscribed)?;
    let scan = transcription.scan.ok_or(Refusal::InstructionMissing { id })?;
    let wanted = scan.id;
    files::download(found.office, vec![scan], wanted)
}

/// An instruction with its document, which is held: nobody else answers it before the transaction ends.
async fn standing(cx: &Write, id: InstructionId) -> Result<(IncomingDocument, Instruction)> {
    let missing = || Refusal::InstructionMissing { id };
    let named = store::instructions::get(cx.tx(), cx.scope(), id).await?.ok_or_else(missing)?;
    let document = store::incoming::hold(cx.tx(), cx.scope(), named.document).await?.ok_or_else(missing)?;
    let before = store::instructions::get(cx.tx(), cx.scope(), id).await?.ok_or_else(missing)?;
    cx.expect(before.version)?;
    Ok((document, before))
}

/// The caller in the position of a grant, within its bounds.
fn through(cx: &Write, office: OfficeId, grant: &Grant) -> Result<DocumentActor> {
    let deed = Deed { office: Some(office), position: Some(grant.position), ..Deed::default() };
    let own = DocumentActor { person: cx.person()?.person, position: grant.position, on_behalf_of: None };
    Ok(telling::acted(cx, &deed)?.unwrap_or(own))
}

async fn tell(
    cx: &Write,
    document: &IncomingDocument,
    given: &Instruction,
    (step, by): (InstructionStep, DocumentActor),
    reason: Option<String>,
) -> Result<()> {
    let values = said(given, reason);
    let happened = Happened { act: DocumentAct::Disposed, step: Some(step), execution: None, by: Some(by) };
    telling::line(cx, document.office, document.id.into(), happened, &values).await?;
    telling::audit_by(cx, ("instruction", given.id.into(), given.office), Some(by), &values).await
}

fn said(given: &Instruction, reason: Option<String>) -> [(&'static str, Option<String>); 3] {
    [("instruction", Some(given.id.to_string())), ("author", Some(given.by.person.to_string())), ("reason", reason)]
}
