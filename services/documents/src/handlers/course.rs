//! The way of an incoming document: dispositions, desks, read marks, history.

use anyhow::Result;
use schema_documents::{
    DisposeIncoming, DocumentAct, DocumentHistoryEntry, IncomingDocument, ListIncomingHistory, ListPassages,
    ListReadMarks, MarkIncomingRead, PassIncoming, Passage, ReadMark, Refusal, ReturnIncoming,
};
use schema_identity::Unit;
use service::{Read, Write};
use wire::{
    Cursor, Page,
    id::{IncomingId, PositionId},
};

use super::{
    incoming::{held, seen},
    instructions, paging,
    telling::{self, Happened},
    units,
};
use crate::{
    domain::{
        disposition,
        field::{self, limit},
        incoming::{CITIZEN_LETTER, describable, unsaid},
        masked, passage,
    },
    store::{self, history, marks, passages, works},
};

/// Decides what is to happen with a document.
pub(crate) async fn dispose(cx: Write, call: DisposeIncoming) -> Result<IncomingDocument> {
    let before = held(&cx, call.id).await?;
    let note = field::optional_line("note", call.note.as_deref(), limit::NOTE)?;
    let live = works::live(cx.tx(), cx.scope(), before.id).await?;
    if let Some(id) = before.instruction {
        describable(&before)?;
        return Err(Refusal::Instructed { id }.into());
    }
    let reckoned = store::reckoning::of(cx.tx(), before.office, before.arrived, before.arrived).await?;
    let disposed = disposition::dispose(&before, &call, live, reckoned.on(cx.now.day()))?;
    instructions::lapse(&cx, &before).await?;
    // Nothing is under way, so that from here on nobody has it until work is assigned anew.
    works::lay_aside(cx.tx(), cx.scope(), before.id).await?;
    store::incoming::set_assigned(cx.tx(), cx.scope(), before.id, false).await?;
    let values = [
        ("disposition", serde_json::to_value(call.disposition)?.as_str().map(str::to_owned)),
        ("due", disposed.due.map(|day| day.to_string())),
        ("note", note),
    ];
    telling::incoming_changed(&cx, disposed, DocumentAct::Disposed, &values).await
}

/// Looks up the unit that a paper is passed to.
pub(crate) async fn facts(cx: Read, call: PassIncoming) -> Result<Unit> {
    let mut named = units::named(&cx, [call.unit], cx.now.day()).await?;
    Ok(named.remove(&call.unit).ok_or_else(|| Refusal::UnitUnknown { id: call.unit }.at("unit"))?)
}

/// Passes a paper to a desk of its office.
pub(crate) async fn pass(cx: Write, call: PassIncoming, unit: Unit) -> Result<IncomingDocument> {
    held(&cx, call.id).await?;
    let note = field::optional_line("note", call.note.as_deref(), limit::NOTE)?;
    put(&cx, call.id, (&unit, call.position), note).await
}

/// Puts a paper at a desk.
pub(super) async fn put(
    cx: &Write,
    id: IncomingId,
    (unit, position): (&Unit, Option<PositionId>),
    note: Option<String>,
) -> Result<IncomingDocument> {
    let before = store::incoming::hold(cx.tx(), cx.scope(), id).await?.ok_or(Refusal::IncomingMissing { id })?;
    if unit.office != before.office {
        return Err(Refusal::UnitUnknown { id: unit.id }.at("unit").into());
    }
    let passed = passage::pass(&before, unit, position, cx.now)?;
    passages::leave(cx.tx(), cx.scope(), passed.id, cx.now).await?;
    if let Some(desk) = &passed.desk {
        passages::arrive(cx.tx(), passed.office, passed.id, desk, note.clone()).await?;
    }
    let values = [("unit", Some(unit.name.clone())), ("position", position.map(|one| one.to_string())), ("note", note)];
    telling::incoming_changed(cx, passed, DocumentAct::Passed, &values).await
}

/// Takes a paper back from its desk.
pub(crate) async fn take_back(cx: Write, call: ReturnIncoming) -> Result<IncomingDocument> {
    let before = held(&cx, call.id).await?;
    let note = field::optional_line("note", call.note.as_deref(), limit::NOTE)?;
    let back = passage::take_back(&before)?;
    passages::leave(cx.tx(), cx.scope(), back.id, cx.now).await?;
    let values = [("unit", before.desk.map(|desk| desk.unit_name)), ("note", note)];
    telling::incoming_changed(&cx, back, DocumentAct::Returned, &values).await
}

/// Marks a document as read by whoever asks, once.
pub(crate) async fn mark_read(cx: Write, call: MarkIncomingRead) -> Result<ReadMark> {
    let person = cx.person()?.person;
    let found = store::incoming::get(cx.tx(), cx.scope(), call.id).await?;
    let document = found.ok_or(Refusal::IncomingMissing { id: call.id })?;
    describable(&document)?;
    let mark = ReadMark { document: document.id, person, at: cx.now };
    if marks::set(cx.tx(), document.office, &mark).await? {
        // Whoever reads has read it themselves, whoever they stand in for.
        let happened = Happened { act: DocumentAct::Read, step: None, execution: None, by: None };
        telling::line(&cx, document.office, document.id.into(), happened, &[]).await?;
        return Ok(mark);
    }
    Ok(marks::get(cx.tx(), cx.scope(), document.id, person).await?.unwrap_or(mark))
}

/// Who has read a document, in order of time.
pub(crate) async fn list_marks(cx: Read, call: ListReadMarks) -> Result<Page<ReadMark>> {
    let document = seen(&cx, call.id).await?;
    let limit = Page::<ReadMark>::limit(call.limit);
    let after = paging::moment_and_id(call.cursor.as_ref())?;
    let items = marks::after(cx.db(), cx.scope(), document.id, after, paging::rows(limit)).await?;
    paging::page(items, limit, |last| format!("{}.{}", last.at.micros(), last.person))
}

/// The desks a paper has lain at, with the time it waited at each.
pub(crate) async fn list_passages(cx: Read, call: ListPassages) -> Result<Page<Passage>> {
    let document = seen(&cx, call.id).await?;
    let limit = Page::<Passage>::limit(call.limit);
    let after = paging::one(call.cursor.as_ref())?.unwrap_or(0);
    let items = passages::after(cx.db(), cx.scope(), document.id, after, paging::rows(limit), cx.now).await?;
    let hidden = unsaid(&document);
    let shown = |passage: Passage| if hidden { Passage { note: None, ..passage } } else { passage };
    Ok(paging::page(items, limit, |(ordinal, _)| ordinal.to_string())?.map(|(_, passage)| shown(passage)))
}

/// What happened to an incoming document; of a citizen's letter that was voided only the steps.
pub(crate) async fn list_history(cx: Read, call: ListIncomingHistory) -> Result<Page<DocumentHistoryEntry>> {
    let document = seen(&cx, call.id).await?;
    let mut page = lines(&cx, document.id.into(), call.limit, call.cursor.as_ref()).await?;
    let (cleared, masked) = (unsaid(&document), document.masked);
    for line in &mut page.items {
        // A reason that was typed before the line was cleared may name the writer.
        line.values
            .retain(|name, value| (!cleared || value == CITIZEN_LETTER) && (!masked || masked::says(name, value)));
    }
    Ok(page)
}

/// A page of the history of a document that is in scope.
pub(crate) async fn lines(
    cx: &Read,
    document: sea_orm::prelude::Uuid,
    limit: Option<u16>,
    cursor: Option<&Cursor>,
) -> Result<Page<DocumentHistoryEntry>> {
    let limit = Page::<DocumentHistoryEntry>::limit(limit);
    let after = paging::moment_and_id(cursor)?;
    let items = history::after(cx.db(), cx.scope(), document, after, paging::rows(limit)).await?;
    Ok(paging::page(items, limit, |(id, entry)| format!("{}.{id}", entry.at.micros()))?.map(|(_, entry)| entry))
}
