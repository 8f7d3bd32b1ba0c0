//! Entering afterwards what was given a number on paper: documents and letters that arrived, documents that were issued.

use anyhow::Result;
use schema_documents::{
    CitizenLetter, EnterReservedIncoming, EnterReservedLetter, IncomingDocument, IssueOutgoing, IssueReservedOutgoing,
    NumberBlock, NumberRegister, OutgoingDocument, PaperEntry, Refusal, RegisterCitizenLetter, RegisterIncoming,
    RegisterKind,
};
use service::{Read, Write};
use wire::{Day, id::NumberBlockId};

use super::{blocks, incoming, letters, outgoing};
use crate::{
    domain::{
        block::{self, Written},
        register::{self, Wanted},
    },
    store::{self, entries::Bearer, held_entries, papers, registers},
};

/// A line of a sheet that is about to be entered.
pub(crate) struct Line {
    block: NumberBlock,
    register: NumberRegister,
    entry: PaperEntry,
}

impl Line {
    /// The register, and the number of the sheet.
    pub(crate) fn place(&self) -> (wire::id::RegisterId, i64) {
        (self.register.id, self.entry.number)
    }

    /// The particulars of the sheet, for the history.
    pub(crate) fn values(&self) -> Vec<(&'static str, Option<String>)> {
        vec![
            ("number", Some(self.entry.number.to_string())),
            ("sheet", Some(self.block.sheet.clone())),
            ("written_at", Some(self.entry.written_at.to_string())),
            ("written_by", Some(self.entry.written_by.to_string())),
            ("written_by_name", Some(self.entry.written_by_name.clone())),
        ]
    }
}

/// Looks up what [`incoming::gather`] looks up.
pub(crate) async fn facts(cx: Read, call: EnterReservedIncoming) -> Result<incoming::Facts> {
    let arrived = Some(call.document.arrived.unwrap_or(call.written_at.day()));
    incoming::gather(cx, RegisterIncoming { arrived, ..call.document }).await
}

/// Enters a document that arrived.
pub(crate) async fn enter_incoming(
    cx: Write,
    call: EnterReservedIncoming,
    facts: incoming::Facts,
) -> Result<IncomingDocument> {
    let EnterReservedIncoming { id, number, written_at, written_by, written_by_name, document } = call;
    let written = Written { number, at: written_at, by: written_by, by_name: written_by_name };
    let line = line(&cx, id, written).await?;
    arrivals(&line, document.office)?;
    let arrived = block::day(&line.register, document.arrived, line.entry.written_at)?;
    let order = RegisterIncoming { arrived: Some(arrived), ..document };
    incoming::enter_from(&cx, order, facts, line).await
}

/// Enters a citizen's letter that arrived.
pub(crate) async fn enter_letter(cx: Write, call: EnterReservedLetter) -> Result<CitizenLetter> {
    let EnterReservedLetter { id, number, written_at, written_by, written_by_name, letter } = call;
    let written = Written { number, at: written_at, by: written_by, by_name: written_by_name };
    let line = line(&cx, id, written).await?;
    arrivals(&line, letter.office)?;
    let arrived = block::day(&line.register, letter.arrived, line.entry.written_at)?;
    let order = RegisterCitizenLetter { arrived: Some(arrived), ..letter };
    letters::enter_from(&cx, order, line).await
}

/// Issues a draft.
pub(crate) async fn issue_outgoing(cx: Write, call: IssueReservedOutgoing) -> Result<OutgoingDocument> {
    let IssueReservedOutgoing { id, number, written_at, written_by, written_by_name, issue } = call;
    let written = Written { number, at: written_at, by: written_by, by_name: written_by_name };
    let line = line(&cx, id, written).await?;
    let dated = block::day(&line.register, issue.dated, line.entry.written_at)?;
    outgoing::issue_from(&cx, IssueOutgoing { dated: Some(dated), ..issue }, line).await
}

/// Whether the line's register numbers what an outgoing document needs.
pub(crate) fn numbers(line: &Line, document: &OutgoingDocument) -> Result<(), Refusal> {
    let OutgoingDocument { office, body_code, genre, .. } = document;
    let fits = register::numbers(&line.register, Wanted::Issue { body_code, genre });
    if fits && *office == line.block.office { Ok(()) } else { Err(unfit(line)) }
}

/// Gives the number of the line to its bearer and keeps what the sheet says.
pub(crate) async fn keep(cx: &Write, line: Line, day: Day, bearer: Bearer) -> Result<()> {
    let Line { block, register, entry } = line;
    let number = entry.number;
    if !held_entries::bear(cx.tx(), cx.scope(), (&block, number), day, bearer).await? {
        return Err(Refusal::NumberNotHeld { number }.into());
    }
    papers::insert(cx.tx(), block.office, (block.id, register.id), entry).await?;
    let after = NumberBlock { version: block.version.next(), ..block };
    Ok(store::blocks::update(cx.tx(), &after).await?)
}

async fn line(cx: &Write, id: NumberBlockId, written: Written) -> Result<Line> {
    let block = blocks::held(cx, id).await?;
    let entry = block::line(&block, written, cx.person()?.person, cx.now)?;
    let found = registers::get(cx.tx(), cx.scope(), block.register).await?;
    let register = found.ok_or(Refusal::RegisterMissing { id: block.register })?;
    Ok(Line { block, register, entry })
}

fn arrivals(line: &Line, office: wire::id::OfficeId) -> Result<(), Refusal> {
    let fits = line.register.kind == RegisterKind::Incoming && line.block.office == office;
    if fits { Ok(()) } else { Err(unfit(line)) }
}

fn unfit(line: &Line) -> Refusal {
    Refusal::BlockUnfit { register: line.register.id }
}
