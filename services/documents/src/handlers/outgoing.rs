//! Outgoing documents: drafting, addressing, issuing, voiding.

use anyhow::Result;
use schema_documents::{
    DocumentAct, DocumentHistoryEntry, DraftOutgoing, ExecutionRefusal, GetOutgoing, IncomingDocument, IncomingState,
    IssueOutgoing, ListOutgoing, ListOutgoingHistory, OutgoingChanged, OutgoingDocument, OutgoingIssued, Refusal,
    RegisterKind, SealUse, SetRecipients, VoidOutgoing,
};
use schema_identity::OfficeKind;
use service::{Read, Scope, Write};
use wire::{
    Day, FileRef, Page,
    id::{IncomingId, OutgoingId, RegisterId},
};

use super::{
    bodies,
    catching_up::{self, Line},
    course, dossier_papers, drafts, executions, numbering, paging, protections, relations, reviews,
    telling::{self, Happened},
    units,
    writing::{self, Offices},
};
use crate::{
    domain::{
        body_code, masked,
        outgoing::{self, Ready, Units},
        searching,
    },
    settings::Settings,
    store::{
        self,
        entries::{self, Bearer},
        files::{self, Owner},
        registers,
    },
};

/// What identity knows of a new document: the units that it names, and the tier of its office.
#[derive(Clone)]
pub(crate) struct Facts {
    units: Units,
    tier: OfficeKind,
}

/// Looks up the units that a new document names, and the tier of its office.
pub(crate) async fn draft_facts(cx: Read, call: DraftOutgoing) -> Result<Facts> {
    cx.office_for_new(call.office)?;
    let recipients = call.recipients.iter().filter_map(|recipient| recipient.unit);
    let units = units::named(&cx, call.issuing_unit.into_iter().chain(recipients), cx.now.day()).await?;
    Ok(Facts { units, tier: units::tier(&cx, call.office).await? })
}

/// Begins a document.
pub(crate) async fn draft(cx: Write, call: DraftOutgoing, facts: Facts) -> Result<OutgoingDocument> {
    begin(&cx, call, facts, Vec::new()).await
}

/// The same with files that it begins with.
pub(super) async fn begin(
    cx: &Write,
    call: DraftOutgoing,
    facts: Facts,
    enclosed: Vec<FileRef>,
) -> Result<OutgoingDocument> {
    let scope = cx.office_for_new(call.office)?;
    let ceiling = cx.settings::<Settings>().secrecy_ceiling;
    let Facts { units, tier } = facts;
    let begun = outgoing::begin(&call, &units, ceiling, cx.now.day(), cx.fresh())?;
    let borne = borne(cx, &scope, &begun, &units).await?;
    body_code::check(&begun.body_code, tier, borne)?;
    answerable(cx, &scope, &begun.replies_to).await?;
    let (document, text) = drafts::first(cx, OutgoingDocument { files: enclosed, ..begun }, call.text.as_deref())?;
    store::outgoing::insert(cx.tx(), &document).await?;
    files::attach(cx.tx(), document.office, Owner::Outgoing(document.id), &document.files, cx.now).await?;
    if let Some((draft, text)) = text {
        store::drafts::insert(cx.tx(), document.office, &draft, &text).await?;
    }
    let genre = document.genre.clone();
    let document = masked::outgoing(document);
    let told = |word: &String| (!document.masked).then(|| word.clone());
    let values = [("genre", told(&document.genre)), ("body_code", told(&document.body_code))];
    let by = telling::acting(cx, document.office, Some(&genre))?;
    let happened = Happened { act: DocumentAct::Drafted, step: None, execution: None, by };
    telling::line(cx, document.office, document.id.into(), happened, &values).await?;
    cx.emit(&OutgoingChanged { document: document.clone(), by }).await?;
    telling::audit_outgoing(cx, &document, genre, &values).await?;
    Ok(document)
}

/// One outgoing document.
pub(crate) async fn get(cx: Read, call: GetOutgoing) -> Result<OutgoingDocument> {
    Ok(masked::outgoing(seen(&cx, call.id).await?))
}

/// Outgoing documents of an office, those begun last first.
pub(crate) async fn list(cx: Read, call: ListOutgoing) -> Result<Page<OutgoingDocument>> {
    let scope = cx.office(call.office)?;
    let limit = Page::<OutgoingDocument>::limit(call.limit);
    let call = searching::outgoing(call, cx.now.day())?;
    let before = paging::one(call.cursor.as_ref())?;
    let items = store::outgoing::list(cx.db(), &scope, &call, before, paging::rows(limit)).await?;
    Ok(paging::page(items, limit, |last| last.id.to_string())?.map(masked::outgoing))
}

/// Looks up the units among the recipients.
pub(crate) async fn recipient_facts(cx: Read, call: SetRecipients) -> Result<Units> {
    units::named(&cx, call.recipients.iter().filter_map(|recipient| recipient.unit), cx.now.day()).await
}

/// Sets the recipients of a draft.
pub(crate) async fn address(cx: Write, call: SetRecipients, units: Units) -> Result<OutgoingDocument> {
    let before = held(&cx, call.id).await?;
    let addressed = outgoing::address(&before, &call.recipients, &units)?;
    let names: Vec<&str> = addressed.recipients.iter().map(|recipient| recipient.name.as_str()).collect();
    let values = [("recipients", Some(names.join("; ")))];
    telling::outgoing_changed(&cx, addressed, DocumentAct::Addressed, &values).await
}

/// Looks whether who is named to sign digitally may and can, and asks who issues.
pub(crate) async fn issue_facts(cx: Read, call: IssueOutgoing) -> Result<Option<Offices>> {
    let Some(signer) = call.signer else { return Ok(None) };
    let document = seen(&cx, call.id).await?;
    executions::check_signer(&cx, document.office, signer).await?;
    Ok(Some(writing::offices(&cx, document.office, call.dated.unwrap_or(cx.now.day())).await?))
}

/// Issues a draft: number, symbol, and no change of its text ever after. One that is signed digitally is laid out next.
pub(crate) async fn issue(cx: Write, call: IssueOutgoing, offices: Option<Offices>) -> Result<OutgoingDocument> {
    let (before, ready, answered) = settle(&cx, &call).await?;
    cx.expect(before.version)?;
    let scope = cx.office_for_new(before.office)?;
    let (series, dated) = ((before.body_code.as_str(), before.genre.as_str()), ready.dated);
    let seal = seal(&cx, &scope, &before, dated).await?;

    let (register, number) = numbering::issue(&cx, &scope, before.office, series, dated, call.late).await?;
    let document = keep(&cx, &before, ready, (register, number), seal).await?;
    if let Some((signer, offices)) = call.signer.zip(offices) {
        executions::begin(&cx, &document, signer, offices).await?;
    }
    let bearer = Bearer::Outgoing(document.id);
    entries::enter(cx.tx(), document.office, (register, number), dated, bearer, cx.now).await?;
    tell(&cx, document, answered, Vec::new()).await
}

/// Issues a draft under a number that it was given on paper.
pub(crate) async fn issue_from(cx: &Write, call: IssueOutgoing, line: Line) -> Result<OutgoingDocument> {
    if call.signer.is_some() {
        return Err(ExecutionRefusal::SignerOnPaper.into());
    }
    let (before, ready, answered) = settle(cx, &call).await?;
    catching_up::numbers(&line, &before)?;
    let (scope, dated) = (cx.office(before.office)?, ready.dated);
    let seal = seal(cx, &scope, &before, dated).await?;
    let document = keep(cx, &before, ready, line.place(), seal).await?;
    let values = line.values();
    catching_up::keep(cx, line, dated, Bearer::Outgoing(document.id)).await?;
    tell(cx, document, answered, values).await
}

/// The draft that is to be issued, held; what is settled of it; and the documents it answers.
async fn settle(cx: &Write, call: &IssueOutgoing) -> Result<(OutgoingDocument, Ready, Vec<IncomingDocument>)> {
    let before = store::outgoing::hold(cx.tx(), cx.scope(), call.id).await?;
    let before = before.ok_or(Refusal::OutgoingMissing { id: call.id })?;
    let ready = outgoing::ready(&before, call, cx.now.day())?;
    reviews::refuse_unapproved(cx, &before).await?;
    relations::refuse_undoable(cx, &before).await?;
    let scope = cx.office(before.office)?;
    let answered = store::incoming::by_ids(cx.tx(), &scope, before.replies_to.iter().copied()).await?;
    Ok((before, ready, answered))
}

/// The seal that a document bears; of a masked one none is kept, for it would tell the body.
async fn seal(cx: &Write, scope: &Scope, before: &OutgoingDocument, dated: Day) -> Result<Option<SealUse>> {
    if before.masked { Ok(None) } else { bodies::seal(cx, scope, &before.body_code, dated).await }
}

async fn keep(
    cx: &Write,
    before: &OutgoingDocument,
    ready: Ready,
    place: (RegisterId, i64),
    seal: Option<SealUse>,
) -> Result<OutgoingDocument> {
    let issued = outgoing::issued(before, ready, place, cx.now)?;
    let document = OutgoingDocument { version: before.version.next(), seal, ..issued };
    store::outgoing::update(cx.tx(), &document).await?;
    protections::begin(cx, &document).await?;
    Ok(document)
}

/// Tells of an issued document; `more` says how it came to be entered otherwise than at once.
async fn tell(
    cx: &Write,
    document: OutgoingDocument,
    answered: Vec<IncomingDocument>,
    more: Vec<(&'static str, Option<String>)>,
) -> Result<OutgoingDocument> {
    let genre = document.genre.clone();
    let document = masked::outgoing(document);
    let symbol = [("symbol", document.symbol.clone()), ("dated", document.dated.map(|day| day.to_string()))];
    let seal = document.seal.as_ref().map(|used| used.seal.clone());
    let values: Vec<_> = symbol.iter().cloned().chain([("seal", seal)]).chain(more).collect();
    let by = telling::acting(cx, document.office, Some(&genre))?;
    let happened = |act| Happened { act, step: None, execution: None, by };
    telling::line(cx, document.office, document.id.into(), happened(DocumentAct::Issued), &values).await?;
    // One that was voided since the draft was begun stays named as answered, and has no line of history any more.
    for incoming in answered.into_iter().filter(|incoming| incoming.state == IncomingState::Registered) {
        telling::line(cx, incoming.office, incoming.id.into(), happened(DocumentAct::Answered), &symbol).await?;
    }
    dossier_papers::answered(cx, &document).await?;
    cx.emit(&OutgoingIssued { document: document.clone(), by }).await?;
    telling::audit_outgoing(cx, &document, genre, &values).await?;
    Ok(document)
}

/// Gives up a draft or voids an issued number.
pub(crate) async fn void(cx: Write, call: VoidOutgoing) -> Result<OutgoingDocument> {
    let before = held(&cx, call.id).await?;
    let voided = outgoing::void(&before, &call.reason, call.masked_reason)?;
    let voided = executions::void(&cx, voided).await?;
    let reason = voided.void_reason.clone();
    if let (Some(register), Some(number)) = (voided.register, voided.number) {
        entries::void(cx.tx(), cx.scope(), (register, number), reason.as_deref().unwrap_or_default()).await?;
    }
    telling::outgoing_changed(&cx, voided, DocumentAct::Voided, &[("reason", reason)]).await
}

/// What happened to an outgoing document; of a masked one the steps with what may be shown.
pub(crate) async fn list_history(cx: Read, call: ListOutgoingHistory) -> Result<Page<DocumentHistoryEntry>> {
    let document = seen(&cx, call.id).await?;
    let mut page = course::lines(&cx, document.id.into(), call.limit, call.cursor.as_ref()).await?;
    for line in page.items.iter_mut().filter(|_| document.masked) {
        line.values.retain(|name, value| masked::says(name, value));
    }
    Ok(page)
}

/// A document in scope, for looking.
pub(crate) async fn seen(cx: &Read, id: OutgoingId) -> Result<OutgoingDocument> {
    let found = store::outgoing::get(cx.db(), cx.scope(), id).await?;
    Ok(found.ok_or(Refusal::OutgoingMissing { id })?)
}

/// A document in scope, for changing: nobody else changes it before the transaction ends.
pub(crate) async fn held(cx: &Write, id: OutgoingId) -> Result<OutgoingDocument> {
    let found = store::outgoing::hold(cx.tx(), cx.scope(), id).await?.ok_or(Refusal::OutgoingMissing { id })?;
    cx.expect(found.version)?;
    Ok(found)
}

/// Whether the issuing unit bears the body code, the office has recorded a body of that code, or the office has opened a register for it.
async fn borne(cx: &Write, scope: &Scope, begun: &OutgoingDocument, units: &Units) -> Result<bool> {
    let unit = begun.issuing_unit.and_then(|id| units.get(&id)).and_then(|unit| unit.body.as_deref());
    if unit == Some(begun.body_code.as_str()) {
        return Ok(true);
    }
    // A body that the office has recorded stands for itself.
    if !store::bodies::of_code(cx.tx(), scope, &begun.body_code).await?.is_empty() {
        return Ok(true);
    }
    let opened = registers::of_kind(cx.tx(), scope, RegisterKind::Outgoing, Some(&begun.body_code)).await?;
    Ok(!opened.is_empty())
}

/// Refuses to answer an incoming document that is not there or does not stand.
async fn answerable(cx: &Write, scope: &Scope, named: &[IncomingId]) -> Result<()> {
    let found = store::incoming::by_ids(cx.tx(), scope, named.iter().copied()).await?;
    for &id in named {
        let Some(incoming) = found.iter().find(|incoming| incoming.id == id) else {
            return Err(Refusal::IncomingMissing { id }.at("replies_to").into());
        };
        if incoming.state == IncomingState::Voided {
            return Err(Refusal::AnswersVoided { id }.into());
        }
    }
    Ok(())
}
