//! What every act upon the calendar has in common: the entry it finds, the conflicts it sees, and how it is kept and told.
//!
//! The order of locks is: entries by id, then the latches of things and weeks, then weeks. So two approvals of entries
//! that need the same thing take turns, and the second sees what the first made.

use std::collections::BTreeSet;

use schema_programme::{
    AssignmentActor, CalendarConflict, CalendarEntry, CalendarEntryChanged, CalendarResource, Refusal,
};
use service::{Audit, Result, Write};
use wire::{
    Day,
    id::{CalendarEntryId, OfficeId, UnitId},
};

use crate::{
    domain::{
        calendar::{
            access::{self, Eyes},
            clash::{self, Thing, things},
            content::KnownPosition,
            entry::Step,
            week,
        },
        units::in_force,
    },
    store::{
        calendar::{entries, latches, lists, resources, weeks},
        positions, units,
    },
};

/// The entry an act is about, locked, in the version that the caller has seen; and what else the caller sees.
pub(crate) async fn found(cx: &Write, id: CalendarEntryId) -> Result<(CalendarEntry, Eyes)> {
    let found = entries::locked(cx.tx(), cx.scope(), id, cx.now.day()).await?;
    let current = found.ok_or(Refusal::EntryMissing { id })?;
    let eyes = access::eyes(cx.authority()?, current.office);
    if !eyes.see(&current) {
        return Err(Refusal::EntryMissing { id }.into());
    }
    cx.expect(current.version)?;
    Ok((current, eyes))
}

/// What is known of the things that a call names; nobody else books them before the transaction ends.
pub(crate) async fn held(
    cx: &Write,
    office: OfficeId,
    named: &BTreeSet<Thing>,
    weeks: &BTreeSet<Day>,
) -> Result<(Vec<KnownPosition>, Vec<CalendarResource>)> {
    latches::take(cx.tx(), office, named, weeks).await?;
    let leaders = named.iter().filter_map(|thing| match thing {
        Thing::Leader(position) => Some(*position),
        Thing::Resource(_) => None,
    });
    let booked = named.iter().filter_map(|thing| match thing {
        Thing::Resource(resource) => Some(*resource),
        Thing::Leader(_) => None,
    });
    let known = positions::known(cx.tx(), leaders.collect()).await?;
    Ok((known, resources::named(cx.tx(), booked.collect()).await?))
}

/// The name of a unit that proposes.
pub(crate) async fn unit_name(cx: &Write, office: OfficeId, unit: UnitId) -> Result<Option<String>> {
    let known = units::known(cx.tx(), [unit]).await?;
    Ok(Some(in_force(&known, office, unit, cx.now.day())?.name))
}

/// What an entry conflicts with now; its things are latched.
pub(crate) async fn conflicts(cx: &Write, entry: &CalendarEntry, eyes: &Eyes) -> Result<Vec<CalendarConflict>> {
    let (office, span) = (entry.office, (entry.starts, entry.ends));
    let scope = cx.office(office)?;
    let rivals = lists::rivals(cx.tx(), &scope, office, &things(entry), span, cx.now.day()).await?;
    Ok(clash::of(entry, &rivals, eyes))
}

/// Adjusts the published weeks in which what the office knows of has changed, and tells of the act.
pub(crate) async fn tell(cx: &Write, step: Step, before: Option<&CalendarEntry>) -> Result<CalendarEntry> {
    let Step { entry, record } = step;
    weeks::adjust(cx.tx(), entry.office, &week::changed(before, &entry), cx.now).await?;
    audit(cx, &entry, record.by).await?;
    let event = CalendarEntryChanged { entry, by: Some(record.by) };
    cx.emit(&event).await?;
    Ok(event.entry)
}

/// Writes an act upon an entry down, in the position that the history names.
pub(crate) async fn audit(cx: &Write, entry: &CalendarEntry, by: AssignmentActor) -> Result<()> {
    let audit = Audit::of("calendar_entry", entry.id).office(entry.office).position(by.position);
    let audit = audit.field("state", entry.state.word());
    let audit = audit.field("starts", entry.starts).field("ends", entry.ends);
    cx.audit(audit.field("reason", entry.reason.as_deref().unwrap_or_default())).await
}
