//! Incoming documents: registering, reading, voiding.

use anyhow::Result;
use schema_documents::{
    DocumentAct, GetIncoming, IncomingDocument, IncomingRegistered, IntakeItem, ListIncoming, Refusal,
    RegisterIncoming, VoidIncoming,
};
use schema_identity::Unit;
use service::{Claimed, Read, Scope, Write};
use wire::{Day, FileRef, Page, id::IncomingId};

use super::{
    catching_up::{self, Line},
    files, instructions, intake, numbering, paging, signatures,
    telling::{self, Happened},
    units,
};
use crate::{
    domain::{
        duplicate::{self, Likeness},
        incoming::{self, Described, Place},
        masked, searching,
    },
    settings::Settings,
    store::{
        self,
        entries::{self, Bearer},
        files::Owner,
        latches, passages,
    },
};

/// What lies outside the transaction: the author as identity knows it, and the uploads.
#[derive(Clone)]
pub(crate) struct Facts {
    author: Option<Unit>,
    files: Vec<Claimed>,
}

impl Facts {
    /// The same with contents that lie in the office's area already.
    pub(crate) fn with(mut self, copied: Vec<Claimed>) -> Self {
        self.files.extend(copied);
        self
    }
}

/// Looks up the author and claims the uploads, once the order has proved sound: what is refused leaves no file here.
pub(crate) async fn facts(cx: Read, call: RegisterIncoming) -> Result<Facts> {
    cx.office_for_new(call.office)?;
    gather(cx, call).await
}

/// The same for a document that has its number already: an ended office may finish what it began on paper.
pub(crate) async fn gather(cx: Read, call: RegisterIncoming) -> Result<Facts> {
    cx.office(call.office)?;
    let today = cx.now.day();
    // A unit of ours wrote under the name that it had on the day its document bears.
    let written = call.document_day.or(call.arrived).unwrap_or(today);
    let mut named = units::named(&cx, call.author_unit, written).await?;
    let author = match call.author_unit {
        Some(id) => Some(named.remove(&id).ok_or_else(|| Refusal::UnitUnknown { id }.at("author_unit"))?),
        None => None,
    };
    incoming::describe(&call, author.as_ref(), cx.settings::<Settings>().secrecy_ceiling, today)?;
    let files = files::claim(&cx, &call.files, files::INCOMING, call.office).await?;
    Ok(Facts { author, files })
}

/// Enters a document and gives it the next arrival number.
pub(crate) async fn register(cx: Write, call: RegisterIncoming, facts: Facts) -> Result<IncomingDocument> {
    let scope = cx.office_for_new(call.office)?;
    let (described, files, item) = settle(&cx, &scope, &call, facts).await?;
    let arrived = described.arrived;
    let reckoned = store::reckoning::of(cx.tx(), call.office, arrived, arrived).await?;
    let (register, number) = numbering::arrival(&cx, &scope, call.office, arrived, call.late).await?;
    let place = Place { id: cx.fresh(), register, number, now: cx.now };
    let document = incoming::enter(&call, described, place, files, reckoned.on(cx.now.day()))?;
    keep(&cx, &document, item.as_ref()).await?;
    let bearer = Bearer::Incoming(document.id);
    entries::enter(cx.tx(), document.office, (register, number), arrived, bearer, cx.now).await?;
    tell(&cx, &document, Vec::new()).await?;
    Ok(document)
}

/// Enters a document under a number that it was given on paper.
pub(crate) async fn enter_from(
    cx: &Write,
    call: RegisterIncoming,
    facts: Facts,
    line: Line,
) -> Result<IncomingDocument> {
    let scope = cx.office(call.office)?;
    let (described, files, item) = settle(cx, &scope, &call, facts).await?;
    let arrived = described.arrived;
    let reckoned = store::reckoning::of(cx.tx(), call.office, arrived, arrived).await?;
    let (register, number) = line.place();
    let place = Place { id: cx.fresh(), register, number, now: cx.now };
    let document = incoming::enter(&call, described, place, files, reckoned.on(cx.now.day()))?;
    keep(cx, &document, item.as_ref()).await?;
    let values = line.values();
    catching_up::keep(cx, line, arrived, Bearer::Incoming(document.id)).await?;
    tell(cx, &document, values).await?;
    Ok(document)
}

/// Settles everything that may be refused before a number is taken.
async fn settle(
    cx: &Write,
    scope: &Scope,
    call: &RegisterIncoming,
    facts: Facts,
) -> Result<(Described, Vec<FileRef>, Option<IntakeItem>)> {
    let Facts { author, files: mut claimed } = facts;
    let ceiling = cx.settings::<Settings>().secrecy_ceiling;
    let described = incoming::describe(call, author.as_ref(), ceiling, cx.now.day())?;
    let queued = match call.intake {
        Some(id) => Some(intake::to_enter(cx, scope, call.office, id).await?),
        None => None,
    };
    let (item, queued) = queued.unzip();
    let queued = queued.unwrap_or_default();
    claimed.retain(|file| queued.iter().all(|queued| queued.sha256 != file.sha256));
    let contents = claimed.iter().map(|file| &file.sha256).chain(queued.iter().map(|file| &file.sha256));
    refuse_duplicates(cx, scope, call, &described, &contents.cloned().collect::<Vec<_>>()).await?;
    let mut files = files::take_up(cx, call.office, claimed).await?;
    files.extend(queued.into_iter().map(|file| FileRef { id: cx.fresh(), ..file }));
    Ok((described, files, item))
}

async fn keep(cx: &Write, document: &IncomingDocument, item: Option<&IntakeItem>) -> Result<()> {
    store::incoming::insert(cx.tx(), document).await?;
    if let Some(item) = item {
        intake::entered(cx, item, document.id).await?;
    }
    let owner = Owner::Incoming(document.id);
    store::files::attach(cx.tx(), document.office, owner, &document.files, cx.now).await?;
    signatures::await_check(cx, document.office, &document.files).await
}

/// One incoming document.
pub(crate) async fn get(cx: Read, call: GetIncoming) -> Result<IncomingDocument> {
    Ok(masked::incoming(seen(&cx, call.id).await?))
}

/// Incoming documents of an office, latest arrival first; or its due list, earliest due day first.
pub(crate) async fn list(cx: Read, call: ListIncoming) -> Result<Page<IncomingDocument>> {
    let scope = cx.office(call.office)?;
    let limit = Page::<IncomingDocument>::limit(call.limit);
    let call = searching::incoming(call, cx.now.day())?;
    let rows = paging::rows(limit);
    let page = if call.unassigned || call.due_before.is_some() {
        let after = paging::due_and_id(call.cursor.as_ref())?;
        let items = store::incoming::due(cx.db(), &scope, &call, after, rows).await?;
        paging::page(items, limit, |last| paging::due_place(last.due, last.id))?
    } else {
        let before = paging::day_and_id(call.cursor.as_ref())?;
        let items = store::incoming::list(cx.db(), &scope, &call, before, rows).await?;
        paging::page(items, limit, |last| format!("{}.{}", last.arrived, last.id))?
    };
    Ok(page.map(masked::incoming))
}

/// Voids a line; its number stays. Of a citizen's letter nothing else stays that a call could show, even when its line
/// was voided before.
pub(crate) async fn void(cx: Write, call: VoidIncoming) -> Result<IncomingDocument> {
    let before = held(&cx, call.id).await?;
    void_held(cx, before, call).await
}

/// The same of a document that is held already.
pub(crate) async fn void_held(cx: Write, before: IncomingDocument, call: VoidIncoming) -> Result<IncomingDocument> {
    let voided = if call.citizen_letter {
        incoming::unsay(&before)?
    } else {
        incoming::void(&before, &call.reason, call.masked_reason)?
    };
    if call.citizen_letter {
        files::abandon(&cx, &before).await?;
        let IncomingDocument { author_body, symbol, document_day, files, .. } = &before;
        let likeness = duplicate::likeness(author_body.as_deref(), symbol.as_deref(), *document_day);
        let contents: Vec<String> = files.iter().map(|file| file.sha256.clone()).collect();
        latches::remove(cx.tx(), cx.scope(), before.office, latch_names(likeness.as_ref(), &contents)).await?;
    }
    let reason = voided.void_reason.clone();
    entries::void(cx.tx(), cx.scope(), (voided.register, voided.number), reason.as_deref().unwrap_or_default()).await?;
    passages::leave(cx.tx(), cx.scope(), voided.id, cx.now).await?;
    instructions::lapse(&cx, &before).await?;
    let voided = telling::incoming_changed(&cx, voided, DocumentAct::Voided, &[("reason", reason)]).await?;
    if call.citizen_letter {
        instructions::abandon(&cx, &voided).await?;
    }
    Ok(voided)
}

/// A document in scope, for looking.
pub(crate) async fn seen(cx: &Read, id: IncomingId) -> Result<IncomingDocument> {
    let found = store::incoming::get(cx.db(), cx.scope(), id).await?;
    Ok(found.ok_or(Refusal::IncomingMissing { id })?)
}

/// A document in scope, for changing: nobody else changes it before the transaction ends.
pub(crate) async fn held(cx: &Write, id: IncomingId) -> Result<IncomingDocument> {
    let found = store::incoming::hold(cx.tx(), cx.scope(), id).await?.ok_or(Refusal::IncomingMissing { id })?;
    cx.expect(found.version)?;
    Ok(found)
}

async fn refuse_duplicates(
    cx: &Write,
    scope: &Scope,
    call: &RegisterIncoming,
    described: &Described,
    contents: &[String],
) -> Result<()> {
    let Described { author_body, symbol, document_day, .. } = described;
    let likeness = duplicate::likeness(author_body.as_deref(), symbol.as_deref(), *document_day);
    latches::take(cx.tx(), call.office, latch_names(likeness.as_ref(), contents)).await?;
    let found = store::incoming::like(cx.tx(), scope, likeness.as_ref(), contents).await?;
    duplicate::judge(found, call.duplicate_of)?;
    if let Some(id) = call.duplicate_of {
        let earlier = store::incoming::get(cx.tx(), scope, id).await?;
        earlier.ok_or_else(|| Refusal::IncomingMissing { id }.at("duplicate_of"))?;
    }
    Ok(())
}

/// What two entries of one paper have in common.
fn latch_names(likeness: Option<&Likeness>, contents: &[String]) -> Vec<String> {
    let paper = likeness.map(|Likeness { author, symbol, day }| format!("paper {day} {symbol} {author}"));
    let contents = contents.iter().map(|content| format!("content {content}"));
    paper.into_iter().chain(contents).collect()
}

/// Tells of a document that was entered; `more` says how it came to be entered otherwise than at once.
pub(crate) async fn tell(
    cx: &Write,
    document: &IncomingDocument,
    more: Vec<(&'static str, Option<String>)>,
) -> Result<()> {
    let shown = |day: Option<Day>| day.map(|day| day.to_string());
    let mut values = vec![
        ("number", Some(document.number.to_string())),
        ("arrived", Some(document.arrived.to_string())),
        ("symbol", document.symbol.clone()),
        ("due", shown(document.due)),
        ("duplicate_of", document.duplicate_of.map(|id| id.to_string())),
    ];
    values.extend(more.into_iter().filter(|(name, _)| *name != "number"));
    let by = telling::acting(cx, document.office, None)?;
    let happened = Happened { act: DocumentAct::Registered, step: None, execution: None, by };
    telling::line(cx, document.office, document.id.into(), happened, &values).await?;
    cx.emit(&IncomingRegistered { document: document.clone(), by }).await?;
    telling::audit(cx, "incoming_document", document.id.into(), document.office, &values).await
}
