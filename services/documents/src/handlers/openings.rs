//! Opening acts: drafting, putting into force, undoing before use.

use anyhow::Result;
use schema_documents::{
    ApplyOpeningAct, DraftOpeningAct, GetOpeningAct, ListOpeningActs, NumberRegister, OpeningAct, OpeningState,
    Refusal, RegisterKind, RowFault, UndoOpeningAct,
};
use schema_identity::OfficeKind;
use sea_orm::ConnectionTrait;
use service::{Read, Scope, Write};
use wire::{Page, Version, id::OpeningActId};

use super::{
    importing::{ImportPapers, VoidPapers},
    opening_papers as import, paging, telling, units,
};
use crate::{
    domain::{
        body_code,
        field::{self, limit},
        opening,
        papers::{self, Papers},
        register,
    },
    store::{latches, opening_papers, openings, registers},
};

/// Looks up the tier of the office, for the codes of its registers.
pub(crate) async fn facts(cx: Read, call: DraftOpeningAct) -> Result<OfficeKind> {
    cx.office_for_new(call.office)?;
    units::tier(&cx, call.office).await
}

/// Begins an act.
pub(crate) async fn draft(cx: Write, mut call: DraftOpeningAct, tier: OfficeKind) -> Result<OpeningAct> {
    let scope = cx.office_for_new(call.office)?;
    for planned in &mut call.registers {
        planned.body_code = planned.body_code.as_deref().map(register::body).transpose()?;
        if let Some(body_code) = &planned.body_code {
            body_code::of_tier(body_code, tier)?;
        }
    }
    let act = opening::draft(call, cx.fresh(), || cx.fresh(), cx.now.day())?;
    // Whoever drafts an act learns at once that a register stands in its way.
    opening::registers(&act, &there(cx.tx(), &scope, &act).await?, cx.now.day())?;
    openings::insert(cx.tx(), &act).await?;
    told(&cx, &act).await?;
    Ok(act)
}

/// Acts of an office, those begun last first.
pub(crate) async fn list(cx: Read, call: ListOpeningActs) -> Result<Page<OpeningAct>> {
    let scope = cx.office(call.office)?;
    let limit = Page::<OpeningAct>::limit(call.limit);
    let before = paging::one(call.cursor.as_ref())?;
    let items = openings::list(cx.db(), &scope, before, paging::rows(limit)).await?;
    paging::page(items, limit, |last| last.id.to_string())
}

/// One act.
pub(crate) async fn get(cx: Read, call: GetOpeningAct) -> Result<OpeningAct> {
    seen(&cx, call.id).await
}

/// The papers of the version of an act that is about to be put into force.
#[derive(Clone)]
pub(crate) struct Facts {
    version: Version,
    papers: Option<Papers>,
}

/// Reads the spreadsheet of an act that is a draft still.
pub(crate) async fn apply_facts(cx: Read, call: ApplyOpeningAct) -> Result<Facts> {
    let act = seen(&cx, call.id).await?;
    let papers = if opening::in_force(&act)? { None } else { import::read(&cx, &act).await? };
    Ok(Facts { version: act.version, papers })
}

/// Opens the registers of an act in one commit; its papers are entered by a job.
pub(crate) async fn apply(cx: Write, call: ApplyOpeningAct, facts: Facts) -> Result<OpeningAct> {
    let before = held(&cx, call.id).await?;
    if opening::in_force(&before)? {
        return Ok(before);
    }
    if before.version != facts.version {
        return Err(Refusal::OpeningUnderWay.into());
    }
    let scope = cx.office_for_new(before.office)?;
    let names = before.registers.iter().map(|planned| {
        let body_code = planned.body_code.as_deref().unwrap_or_default();
        format!("register {:?} {body_code}", planned.kind)
    });
    latches::take(cx.tx(), before.office, names.collect()).await?;
    let mut all = there(cx.tx(), &scope, &before).await?;
    let opened = opening::registers(&before, &all, cx.now.day())?;
    for register in &opened {
        registers::insert(cx.tx(), register).await?;
    }
    all.extend(opened);
    let (placed, faults) = papers::place(&facts.papers.unwrap_or_default(), &all);
    sound(&faults)?;
    let fresh = import::unknown(cx.tx(), &scope, &all, placed).await?;
    let papers = u32::try_from(fresh.len())?;
    let state = if papers == 0 { OpeningState::Applied } else { OpeningState::Applying };
    let act = OpeningAct { state, papers, done: 0, version: before.version.next(), ..before };
    opening_papers::insert(cx.tx(), &act, fresh).await?;
    openings::update(cx.tx(), &act).await?;
    if papers > 0 {
        cx.enqueue(&ImportPapers { act: act.id, office: act.office }, cx.now).await?;
    }
    told(&cx, &act).await?;
    Ok(act)
}

/// Undoes an act before use: its registers close as if they never had been, its papers are voided by a job.
pub(crate) async fn undo(cx: Write, call: UndoOpeningAct) -> Result<OpeningAct> {
    let before = held(&cx, call.id).await?;
    let undo_reason = Some(field::line("reason", &call.reason, limit::NOTE)?);
    let scope = cx.office(before.office)?;
    let state = match before.state {
        OpeningState::Draft => OpeningState::Undone,
        OpeningState::Applied if before.papers == 0 => OpeningState::Undone,
        OpeningState::Applied => OpeningState::Undoing,
        OpeningState::Applying | OpeningState::Undoing => return Err(Refusal::OpeningUnderWay.into()),
        OpeningState::Undone => return Err(Refusal::OpeningUndone.into()),
    };
    if before.state == OpeningState::Applied {
        if let Some(id) = opening_papers::worked_on(cx.tx(), &scope, before.id).await? {
            return Err(Refusal::OpeningUsed { id }.into());
        }
        for id in before.registers.iter().filter_map(|planned| planned.register) {
            let register = registers::hold(cx.tx(), &scope, id).await?.ok_or(Refusal::RegisterMissing { id })?;
            registers::update(cx.tx(), &opening::emptied(&register)?).await?;
        }
    }
    let act = OpeningAct { state, undo_reason, done: 0, version: before.version.next(), ..before };
    openings::update(cx.tx(), &act).await?;
    if state == OpeningState::Undoing {
        cx.enqueue(&VoidPapers { act: act.id, office: act.office }, cx.now).await?;
    }
    told(&cx, &act).await?;
    Ok(act)
}

/// The registers beside which those of an act open: all arrival registers, and those of its bodies.
pub(crate) async fn there(conn: &impl ConnectionTrait, scope: &Scope, act: &OpeningAct) -> Result<Vec<NumberRegister>> {
    let mut all = registers::of_kind(conn, scope, RegisterKind::Incoming, None).await?;
    let mut codes: Vec<&str> = act.registers.iter().filter_map(|planned| planned.body_code.as_deref()).collect();
    codes.sort_unstable();
    codes.dedup();
    for code in codes {
        all.extend(registers::of_kind(conn, scope, RegisterKind::Outgoing, Some(code)).await?);
    }
    Ok(all)
}

/// Refuses a spreadsheet with faults, naming the first.
fn sound(faults: &[RowFault]) -> Result<(), Refusal> {
    let Some(RowFault { row, code, .. }) = faults.first() else { return Ok(()) };
    let faulty = u32::try_from(faults.len()).unwrap_or(u32::MAX);
    Err(Refusal::OpeningFaulty { faulty, row: *row, why: code.clone() })
}

/// An act in scope, for looking.
pub(crate) async fn seen(cx: &Read, id: OpeningActId) -> Result<OpeningAct> {
    let found = openings::get(cx.db(), cx.scope(), id).await?;
    Ok(found.ok_or(Refusal::OpeningActMissing { id })?)
}

/// An act in scope, for changing.
pub(crate) async fn held(cx: &Write, id: OpeningActId) -> Result<OpeningAct> {
    let found = openings::hold(cx.tx(), cx.scope(), id).await?.ok_or(Refusal::OpeningActMissing { id })?;
    cx.expect(found.version)?;
    Ok(found)
}

/// Writes down for audit what an act says now.
pub(crate) async fn told(cx: &Write, act: &OpeningAct) -> Result<(), anyhow::Error> {
    let values = [
        ("instrument", Some(act.instrument.clone())),
        ("signatory", Some(act.signatory.clone())),
        ("state", Some(format!("{:?}", act.state).to_lowercase())),
        ("registers", Some(act.registers.len().to_string())),
        ("papers", Some(act.papers.to_string())),
        ("sha256", act.file.as_ref().map(|file| file.sha256.clone())),
        ("reason", act.undo_reason.clone()),
    ];
    telling::audit(cx, "opening_act", act.id.into(), act.office, &values).await
}
