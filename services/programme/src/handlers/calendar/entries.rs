//! Proposing, changing, approving, returning and cancelling entries of the calendar.

use std::collections::BTreeSet;

use schema_documents::{GetIncoming, IncomingDocument};
use schema_programme::{
    ApproveCalendarEntry, CalendarEntry, CancelCalendarEntry, ChangeCalendarEntry, ProposeCalendarEntry, Refusal,
    ReturnCalendarEntry,
};
use service::{Read, Result, Write};

use super::keeping::{conflicts, found, held, tell, unit_name};
use crate::{
    domain::calendar::{
        access,
        clash::{judge, shown, things},
        content::{Facts, Said, invites},
        entry::{self, Hand},
        week::{changed, touched},
    },
    handlers::assigning::is_hidden,
    store::calendar::{entries, latches},
};

/// The document that invites, as the caller may see it.
pub(crate) async fn invitation(cx: Read, call: ProposeCalendarEntry) -> Result<Option<IncomingDocument>> {
    cx.office_for_new(call.office)?;
    let Some(id) = call.invitation else { return Ok(None) };
    match cx.ask(&GetIncoming { id }).await {
        Ok(document) => Ok(Some(document)),
        Err(error) if is_hidden(&error) => Err(Refusal::InvitationMissing.into()),
        Err(error) => Err(error),
    }
}

/// Proposes an entry; the answer shows what it conflicts with.
pub(crate) async fn propose(
    cx: Write,
    call: ProposeCalendarEntry,
    invitation: Option<IncomingDocument>,
) -> Result<CalendarEntry> {
    cx.office_for_new(call.office)?;
    let authority = cx.authority()?;
    let (by, unit) = access::proposer(authority, call.office, call.unit)?;
    if let Some(document) = &invitation {
        invites(document, call.office)?;
    }
    let named = Said::from(&call).things()?;
    let (positions, resources) = held(&cx, call.office, &named, &BTreeSet::new()).await?;
    let facts = Facts { positions: &positions, resources: &resources };
    let name = unit_name(&cx, call.office, unit).await?;
    let step = entry::propose(&call, (unit, name), facts, cx.fresh(), Hand { by, at: cx.now })?;
    let conflicts = conflicts(&cx, &step.entry, &access::eyes(authority, call.office)).await?;
    entries::insert(cx.tx(), &step).await?;
    Ok(shown(tell(&cx, step, None).await?, conflicts))
}

/// Changes an entry. Of one that the office knows of the conflicts are judged, and the week is adjusted.
pub(crate) async fn change(cx: Write, call: ChangeCalendarEntry) -> Result<CalendarEntry> {
    let (before, eyes) = found(&cx, call.id).await?;
    let by = access::owner(cx.authority()?, &before)?;
    let said = Said::from(&call);
    let after = CalendarEntry { starts: call.starts, ends: call.ends, ..before.clone() };
    // What ends before it begins touches no week; it is refused below.
    let (positions, resources) = held(&cx, before.office, &said.things()?, &changed(Some(&before), &after)).await?;
    let facts = Facts { positions: &positions, resources: &resources };
    let entry = entry::change(before.clone(), said, facts, cx.now)?;
    let conflicts = conflicts(&cx, &entry, &eyes).await?;
    let confirmed = if entry.announced { judge(&entry, &conflicts, &call.confirmed)? } else { Vec::new() };
    let step = entry::changed(entry, confirmed, Hand { by, at: cx.now });
    entries::save_moved(cx.tx(), &step).await?;
    Ok(shown(tell(&cx, step, Some(&before)).await?, conflicts))
}

/// Approves a proposed entry, unless it conflicts with something that was not confirmed.
pub(crate) async fn approve(cx: Write, call: ApproveCalendarEntry) -> Result<CalendarEntry> {
    let (before, eyes) = found(&cx, call.id).await?;
    let by = access::approver(cx.authority()?, before.office)?;
    latches::take(cx.tx(), before.office, &things(&before), &touched(&before)).await?;
    let conflicts = conflicts(&cx, &before, &eyes).await?;
    let confirmed = judge(&before, &conflicts, &call.confirmed)?;
    let step = entry::approve(before.clone(), confirmed, Hand { by, at: cx.now })?;
    entries::save(cx.tx(), &step).await?;
    Ok(shown(tell(&cx, step, Some(&before)).await?, conflicts))
}

/// Returns a proposed entry to its unit.
pub(crate) async fn give_back(cx: Write, call: ReturnCalendarEntry) -> Result<CalendarEntry> {
    let (before, _) = found(&cx, call.id).await?;
    let by = access::approver(cx.authority()?, before.office)?;
    let step = entry::give_back(before.clone(), &call.reason, Hand { by, at: cx.now })?;
    entries::save(cx.tx(), &step).await?;
    tell(&cx, step, Some(&before)).await
}

/// Cancels an entry; a published week in which it stands is adjusted.
pub(crate) async fn cancel(cx: Write, call: CancelCalendarEntry) -> Result<CalendarEntry> {
    let (before, _) = found(&cx, call.id).await?;
    let by = access::owner(cx.authority()?, &before)?;
    let step = entry::cancel(before.clone(), &call.reason, Hand { by, at: cx.now })?;
    latches::take(cx.tx(), before.office, &BTreeSet::new(), &changed(Some(&before), &step.entry)).await?;
    entries::save(cx.tx(), &step).await?;
    tell(&cx, step, Some(&before)).await
}
