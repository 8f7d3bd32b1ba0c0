//! The second step: instructing what is to happen with a document; and what becomes of instructions afterwards.

use std::collections::BTreeSet;

use anyhow::Result;
use schema_documents::{
    DocumentAct, DocumentActor, IncomingDocument, IncomingProposal, IncomingProposalChanged, IncomingRouting,
    InstructIncoming, Instruction, InstructionChanged, InstructionState, InstructionStep, InstructionTranscription,
    ListInstructions, ProposalState, Refusal,
};
use service::{Deed, Read, Write};
use wire::{
    Page, Version,
    id::{IncomingId, ProposalId},
};

use super::{
    files,
    incoming::{held, seen},
    paging,
    telling::{self, Happened},
    units,
};
use crate::{
    domain::{
        incoming::{describable, unsaid},
        instruction,
        outgoing::Units,
    },
    store::{self, files::Owner, instructions, proposals, works},
};

/// The most instructions of one document that are looked through at once.
const MOST: u64 = 1_000;

/// The units that a routing names, as they are today.
pub(crate) async fn named(cx: &Read, routing: &IncomingRouting) -> Result<Units> {
    units::named(cx, instruction::units(routing), cx.now.day()).await
}

/// Looks up the units that are named.
pub(crate) async fn facts(cx: Read, call: InstructIncoming) -> Result<Units> {
    describable(&seen(&cx, call.id).await?)?;
    match &call.routing {
        Some(given) => named(&cx, &instruction::routing(given)?).await,
        None => Ok(Units::new()),
    }
}

/// Instructs, as proposed, otherwise or without a proposal.
pub(crate) async fn instruct(cx: Write, call: InstructIncoming, units: Units) -> Result<Instruction> {
    let document = held(&cx, call.id).await?;
    describable(&document)?;
    let answers = answering(&cx, &document, call.proposal).await?;
    let routing = match (&call.routing, &answers) {
        (Some(given), _) => instruction::routing(given)?,
        (None, Some(proposal)) => proposal.routing.clone(),
        (None, None) => return Err(Refusal::RoutingMissing.into()),
    };
    if call.routing.is_some() {
        instruction::placed(&routing, document.office, &units)?;
    }
    let by = instructing(&cx, &document, answers.as_ref())?;
    if let Some(proposal) = &answers {
        instruction::by_another(proposal, &by)?;
    }
    let instruction = Instruction {
        id: cx.fresh(),
        office: document.office,
        version: Version::FIRST,
        document: document.id,
        as_proposed: answers.as_ref().is_some_and(|proposal| proposal.routing == routing),
        routing,
        by,
        at: cx.now,
        proposal: answers.as_ref().map(|proposal| proposal.id),
        state: InstructionState::InForce,
        transcription: None,
    };
    let happened =
        Happened { act: DocumentAct::Disposed, step: Some(InstructionStep::Instructed), execution: None, by: Some(by) };
    give(&cx, &document, instruction, answers, happened).await
}

/// The position by which the caller instructs: the one to which the proposal was put, or else one that may.
fn instructing(
    cx: &Write,
    document: &IncomingDocument,
    answers: Option<&IncomingProposal>,
) -> Result<DocumentActor, anyhow::Error> {
    let put = answers.map(|proposal| proposal.put_to);
    let deed = |position| Deed { office: Some(document.office), position, ..Deed::default() };
    let by = match put.map(|put| telling::acted(cx, &deed(Some(put)))).transpose()?.flatten() {
        Some(by) => Some(by),
        None => telling::acted(cx, &deed(None))?,
    };
    Ok(by.ok_or(Refusal::IncomingMissing { id: document.id })?)
}

/// The proposal that is answered, which must wait still.
pub(crate) async fn answering(
    cx: &Write,
    document: &IncomingDocument,
    named: Option<ProposalId>,
) -> Result<Option<IncomingProposal>> {
    let Some(named) = named else { return Ok(None) };
    let waiting = proposals::waiting(cx.tx(), cx.scope(), document.id).await?;
    let waiting = waiting.filter(|proposal| proposal.id == named);
    Ok(Some(waiting.ok_or(Refusal::ProposalAnswered)?))
}

/// Puts an instruction in force: it answers its proposal, takes the place of what stood or waited before, and is the
/// document's disposition. The document is held.
pub(crate) async fn give(
    cx: &Write,
    document: &IncomingDocument,
    given: Instruction,
    answers: Option<IncomingProposal>,
    happened: Happened,
) -> Result<Instruction> {
    let live = works::live(cx.tx(), cx.scope(), document.id).await?;
    let reckoned = store::reckoning::of(cx.tx(), document.office, document.arrived, document.arrived).await?;
    let known = reckoned.on(cx.now.day());
    let changed = instruction::apply(document, (given.id, &given.routing), live, known)?;
    if live.is_none() {
        release(cx, document).await?;
    }
    if let Some(proposal) = answers {
        answer(cx, &proposal, ProposalState::Instructed, Some(given.by)).await?;
    }
    lapse(cx, document).await?;
    instructions::insert(cx.tx(), &given).await?;
    if let Some(InstructionTranscription { scan: Some(scan), .. }) = &given.transcription {
        let owner = Owner::Instruction(given.id);
        store::files::attach(cx.tx(), given.office, owner, std::slice::from_ref(scan), cx.now).await?;
    }
    let mut told = values(&given.routing)?;
    told.push(("instruction", Some(given.id.to_string())));
    if let Some(InstructionTranscription { written, .. }) = &given.transcription {
        told.extend([("author", Some(given.by.person.to_string())), ("written", Some(written.to_string()))]);
    }
    cx.emit(&InstructionChanged { instruction: given.clone() }).await?;
    telling::incoming_happened(cx, changed, happened, &told).await?;
    Ok(given)
}

/// Nothing is under way: from here on nobody has the document until work is assigned anew.
pub(crate) async fn release(cx: &Write, document: &IncomingDocument) -> Result<()> {
    works::lay_aside(cx.tx(), cx.scope(), document.id).await?;
    Ok(store::incoming::set_assigned(cx.tx(), cx.scope(), document.id, false).await?)
}

/// What waits for a document and the instruction in force lose their place.
pub(crate) async fn lapse(cx: &Write, document: &IncomingDocument) -> Result<()> {
    lapse_waiting(cx, document).await?;
    let Some(id) = document.instruction else { return Ok(()) };
    let standing = instructions::get(cx.tx(), cx.scope(), id).await?.ok_or(Refusal::InstructionMissing { id })?;
    let (version, state) = (standing.version.next(), InstructionState::Superseded);
    keep(cx, Instruction { version, state, ..standing }).await
}

/// The proposal that waits loses its place.
pub(crate) async fn lapse_waiting(cx: &Write, document: &IncomingDocument) -> Result<()> {
    match proposals::waiting(cx.tx(), cx.scope(), document.id).await? {
        Some(waiting) => answer(cx, &waiting, ProposalState::Superseded, None).await,
        None => Ok(()),
    }
}

async fn answer(cx: &Write, waiting: &IncomingProposal, state: ProposalState, by: Option<DocumentActor>) -> Result<()> {
    let proposal = instruction::answered(waiting, state, by, None, cx.now)?;
    proposals::update(cx.tx(), &proposal).await?;
    cx.emit(&IncomingProposalChanged { proposal }).await
}

/// Keeps what is known of an instruction by now, and tells of it.
pub(crate) async fn keep(cx: &Write, instruction: Instruction) -> Result<()> {
    instructions::update(cx.tx(), &instruction).await?;
    cx.emit(&InstructionChanged { instruction }).await
}

/// What the history says of a routing.
pub(crate) fn values(routing: &IncomingRouting) -> Result<Vec<(&'static str, Option<String>)>> {
    Ok(vec![
        ("disposition", serde_json::to_value(routing.disposition)?.as_str().map(str::to_owned)),
        ("lead", routing.lead.map(|lead| lead.to_string())),
        ("due", routing.due.map(|due| due.to_string())),
        ("text", Some(routing.text.clone())),
    ])
}

/// The instructions on a document, the latest first.
pub(crate) async fn list(cx: Read, call: ListInstructions) -> Result<Page<Instruction>> {
    let document = seen(&cx, call.id).await?;
    let limit = Page::<Instruction>::limit(call.limit);
    let before = paging::one(call.cursor.as_ref())?;
    let items = instructions::of(cx.db(), cx.scope(), document.id, before, paging::rows(limit)).await?;
    let page = paging::page(items, limit, |last| last.id.to_string())?;
    Ok(if unsaid(&document) { page.map(wordless) } else { page })
}

/// Lets the scans of a citizen's letter go that was entered as a document.
pub(crate) async fn abandon(cx: &Write, document: &IncomingDocument) -> Result<()> {
    for given in instructions::of(cx.tx(), cx.scope(), document.id, None, MOST).await? {
        if let Some(scan) = given.transcription.and_then(|transcription| transcription.scan) {
            files::let_go(cx, document.office, Owner::Instruction(given.id), &scan).await?;
        }
    }
    Ok(())
}

/// A proposal as it is shown of a citizen's letter: the step without its words.
pub(crate) fn wordless_proposal(proposal: IncomingProposal) -> IncomingProposal {
    let routing = IncomingRouting { text: String::new(), ..proposal.routing };
    IncomingProposal { routing, reason: None, ..proposal }
}

/// An instruction as it is shown of a citizen's letter: the step without its words.
pub(crate) fn wordless(given: Instruction) -> Instruction {
    let routing = IncomingRouting { text: String::new(), ..given.routing };
    let silent = |told| InstructionTranscription { scan: None, reason: None, ..told };
    Instruction { routing, transcription: given.transcription.map(silent), ..given }
}

/// Those of these documents that proved to be citizens' letters.
pub(crate) async fn letters_among(
    cx: &Read,
    ids: impl IntoIterator<Item = IncomingId>,
) -> Result<BTreeSet<IncomingId>> {
    let found = store::incoming::by_ids(cx.db(), cx.scope(), ids).await?;
    Ok(found.iter().filter(|document| unsaid(document)).map(|document| document.id).collect())
}
