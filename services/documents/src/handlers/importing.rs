//! The jobs of opening acts: entering their papers, and voiding them again. Each run is one short transaction.

use anyhow::Result;
use schema_documents::{DocumentAct, MaskedVoidReason, OpeningAct, OpeningState};
use serde::{Deserialize, Serialize};
use service::{Job, Next, Scope, Write};
use wire::id::{OfficeId, OpeningActId};

use super::{incoming, instructions, openings, telling};
use crate::{
    domain::incoming::{self as rule, Place},
    settings::Settings,
    store::{self, entries, held_entries, opening_papers, opening_papers::Waiting, passages},
};

/// Papers of one run.
const AT_ONCE: u64 = 50;

/// Enters the papers of an act.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ImportPapers {
    /// The act.
    pub(crate) act: OpeningActId,
    /// Its office.
    pub(crate) office: OfficeId,
}

impl Job for ImportPapers {
    const KIND: &'static str = "import_papers";
}

/// Voids the papers of an act.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct VoidPapers {
    /// The act.
    pub(crate) act: OpeningActId,
    /// Its office.
    pub(crate) office: OfficeId,
}

impl Job for VoidPapers {
    const KIND: &'static str = "void_papers";
}

/// Enters the next papers; when none is left the act is in force.
pub(crate) async fn import(cx: Write, job: ImportPapers) -> Result<Next<ImportPapers>> {
    let scope = cx.office(job.office)?;
    let act = openings::held(&cx, job.act).await?;
    if act.state != OpeningState::Applying {
        return Ok(Next::Done);
    }
    let next = opening_papers::next(cx.tx(), &scope, act.id, false, AT_ONCE).await?;
    let count = u32::try_from(next.len())?;
    for paper in next {
        enter(&cx, &scope, &act, paper).await?;
    }
    let done = act.done.saturating_add(count);
    if progress(&cx, act, done, OpeningState::Applied).await? { Ok(Next::Done) } else { Ok(Next::Again(job, cx.now)) }
}

/// Voids the next papers; when none is left the act is undone.
pub(crate) async fn unimport(cx: Write, job: VoidPapers) -> Result<Next<VoidPapers>> {
    let scope = cx.office(job.office)?;
    let act = openings::held(&cx, job.act).await?;
    if act.state != OpeningState::Undoing {
        return Ok(Next::Done);
    }
    let next = opening_papers::next(cx.tx(), &scope, act.id, true, AT_ONCE).await?;
    let count = u32::try_from(next.len())?;
    for paper in next {
        void(&cx, &scope, &act, paper).await?;
    }
    let done = act.done.saturating_add(count);
    if progress(&cx, act, done, OpeningState::Undone).await? { Ok(Next::Done) } else { Ok(Next::Again(job, cx.now)) }
}

/// Keeps the progress of an act; true when its papers are all done with, which is its next state.
async fn progress(cx: &Write, act: OpeningAct, done: u32, state: OpeningState) -> Result<bool> {
    if done < act.papers {
        store::openings::update(cx.tx(), &OpeningAct { done, ..act }).await?;
        return Ok(false);
    }
    let act = OpeningAct { done, state, version: act.version.next(), ..act };
    store::openings::update(cx.tx(), &act).await?;
    openings::told(cx, &act).await?;
    Ok(true)
}

/// Enters one paper under its number, unless that number has an entry by now.
async fn enter(cx: &Write, scope: &Scope, act: &OpeningAct, paper: Waiting) -> Result<()> {
    let Waiting { row, place: (register, number), order, .. } = paper;
    if held_entries::there(cx.tx(), scope, (register, number)).await? {
        return Ok(opening_papers::mark(cx.tx(), scope, (act.id, row), None, true).await?);
    }
    let ceiling = cx.settings::<Settings>().secrecy_ceiling;
    let described = rule::describe(&order, None, ceiling, cx.now.day())?;
    let arrived = described.arrived;
    let place = Place { id: cx.fresh(), register, number, now: cx.now };
    let reckoned = store::reckoning::of(cx.tx(), order.office, arrived, arrived).await?;
    let document = rule::enter(&order, described, place, Vec::new(), reckoned.on(cx.now.day()))?;
    store::incoming::insert(cx.tx(), &document).await?;
    held_entries::import(cx.tx(), act.office, (register, number), arrived, document.id, cx.now).await?;
    opening_papers::mark(cx.tx(), scope, (act.id, row), Some(document.id), true).await?;
    let opened = [("opening_act", Some(act.id.to_string())), ("instrument", Some(act.instrument.clone()))];
    incoming::tell(cx, &document, opened.to_vec()).await
}

/// Voids one paper, unless somebody voided it before.
async fn void(cx: &Write, scope: &Scope, act: &OpeningAct, paper: Waiting) -> Result<()> {
    opening_papers::mark(cx.tx(), scope, (act.id, paper.row), paper.incoming, false).await?;
    let Some(id) = paper.incoming else { return Ok(()) };
    let Some(before) = store::incoming::hold(cx.tx(), scope, id).await? else { return Ok(()) };
    if rule::standing(&before).is_err() {
        return Ok(());
    }
    let (typed, listed) = if before.masked {
        (String::new(), Some(MaskedVoidReason::EnteredWrongly))
    } else {
        (format!("hoàn tác mở sổ: {}", act.undo_reason.as_deref().unwrap_or_default()), None)
    };
    let shortened: String = typed.chars().take(crate::domain::field::limit::NOTE).collect();
    let voided = rule::void(&before, &shortened, listed)?;
    let reason = voided.void_reason.clone();
    entries::void(cx.tx(), scope, paper.place, reason.as_deref().unwrap_or_default()).await?;
    passages::leave(cx.tx(), scope, id, cx.now).await?;
    instructions::lapse(cx, &before).await?;
    telling::incoming_changed(cx, voided, DocumentAct::Voided, &[("reason", reason)]).await?;
    Ok(())
}
