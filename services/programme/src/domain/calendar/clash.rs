//! Conflicts of the calendar (trùng lịch): who and what cannot be in two places at once.
//!
//! Two entries conflict when both keep busy, share a leader, a room or a car, and their times overlap. An entry that
//! ends when another begins does not overlap with it.

use std::{cmp::Reverse, collections::BTreeSet};

use schema_programme::{CalendarConflict, CalendarEntry, Refusal, SeenConflict};
use wire::{
    Instant,
    id::{CalendarResourceId, PositionId},
};

use crate::domain::calendar::{access::Eyes, sheet::moment};

/// The most conflicts that an entry shows.
pub(crate) const SHOWN: usize = 100;

/// The most conflicts that are confirmed at once.
pub(crate) const CONFIRMED: u16 = 500;

/// Something that can be busy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Thing {
    /// A leader, by position.
    Leader(PositionId),
    /// A room or a car.
    Resource(CalendarResourceId),
}

/// What an entry needs.
pub(crate) fn things(entry: &CalendarEntry) -> BTreeSet<Thing> {
    let leaders = entry.leaders.iter().map(|leader| Thing::Leader(leader.position));
    leaders.chain(entry.resources.iter().map(|booking| Thing::Resource(booking.resource))).collect()
}

/// The time that entries take up together.
pub(crate) fn span(entries: &[CalendarEntry]) -> Option<(Instant, Instant)> {
    let starts = entries.iter().map(|entry| entry.starts).min()?;
    Some((starts, entries.iter().map(|entry| entry.ends).max()?))
}

/// What two entries contend for; nothing when they do not conflict.
pub(crate) fn contended(one: &CalendarEntry, other: &CalendarEntry) -> BTreeSet<Thing> {
    let overlap = one.starts < other.ends && other.starts < one.ends;
    if one.id == other.id || !overlap || !one.state.keeps_busy() || !other.state.keeps_busy() {
        return BTreeSet::new();
    }
    things(one).intersection(&things(other)).copied().collect()
}

/// The conflicts of an entry with others, the earliest first, as somebody sees them.
pub(crate) fn of(entry: &CalendarEntry, others: &[CalendarEntry], eyes: &Eyes) -> Vec<CalendarConflict> {
    let mut found: Vec<_> = others.iter().filter_map(|other| conflict(entry, other, eyes)).collect();
    found.sort_by_key(|conflict| (conflict.starts, conflict.entry));
    found
}

fn conflict(entry: &CalendarEntry, other: &CalendarEntry, eyes: &Eyes) -> Option<CalendarConflict> {
    let contended = contended(entry, other);
    let leaders = contended.iter().filter_map(|thing| match thing {
        Thing::Leader(position) => Some(*position),
        Thing::Resource(_) => None,
    });
    let resources = contended.iter().filter_map(|thing| match thing {
        Thing::Resource(resource) => Some(*resource),
        Thing::Leader(_) => None,
    });
    (!contended.is_empty()).then(|| CalendarConflict {
        entry: other.id,
        version: other.version,
        title: eyes.see(other).then(|| other.title.clone()),
        unit: other.unit,
        unit_name: other.unit_name.clone(),
        state: other.state,
        starts: other.starts,
        ends: other.ends,
        leaders: leaders.collect(),
        resources: resources.collect(),
    })
}

/// An entry with the conflicts that it shows.
pub(crate) fn shown(entry: CalendarEntry, mut conflicts: Vec<CalendarConflict>) -> CalendarEntry {
    conflicts.truncate(SHOWN);
    CalendarEntry { conflicts, ..entry }
}

/// Refuses conflicts that nobody confirmed in the version in which they are now, with the one that stands firmest: what
/// is announced before what is only proposed. What is confirmed goes into the history.
pub(crate) fn judge(
    entry: &CalendarEntry,
    conflicts: &[CalendarConflict],
    confirmed: &[SeenConflict],
) -> Result<Vec<SeenConflict>, Refusal> {
    if confirmed.len() > usize::from(CONFIRMED) {
        return Err(Refusal::ConfirmedTooMuch { most: CONFIRMED });
    }
    let seen = |conflict: &CalendarConflict| SeenConflict { entry: conflict.entry, version: conflict.version };
    let open = conflicts.iter().filter(|conflict| !confirmed.contains(&seen(conflict)));
    let firmest = open.min_by_key(|conflict| (Reverse(conflict.state), conflict.starts, conflict.entry));
    match firmest {
        Some(conflict) => Err(Refusal::EntryConflicts {
            entry: conflict.entry,
            version: conflict.version.0,
            with: conflict.title.clone().unwrap_or_default(),
            from: moment(conflict.starts),
            to: moment(conflict.ends),
            on: named(entry, conflict),
        }),
        None => Ok(conflicts.iter().map(seen).collect()),
    }
}

/// What is contended for, as people call it.
fn named(entry: &CalendarEntry, conflict: &CalendarConflict) -> String {
    let leaders = entry.leaders.iter().filter(|leader| conflict.leaders.contains(&leader.position));
    let leaders = leaders.map(|leader| leader.title.as_deref().unwrap_or("lãnh đạo"));
    let resources = entry.resources.iter().filter(|booking| conflict.resources.contains(&booking.resource));
    leaders.chain(resources.map(|booking| booking.name.as_str())).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use schema_programme::CalendarState;
    use wire::Version;

    use super::*;
    use crate::domain::calendar::sample::{entry, with};

    #[test]
    fn what_ends_when_another_begins_does_not_conflict_with_it() {
        let first = with(1, (0, 60), &[1], &[]);
        assert!(contended(&first, &with(2, (60, 90), &[1], &[])).is_empty());
        assert_eq!(contended(&first, &with(2, (59, 90), &[1], &[])).len(), 1);
        assert!(contended(&first, &with(2, (0, 60), &[2], &[1])).is_empty(), "others");
        assert!(contended(&first, &first.clone()).is_empty(), "itself");
        let cancelled = CalendarEntry { state: CalendarState::Cancelled, ..with(2, (0, 60), &[1], &[]) };
        assert!(contended(&first, &cancelled).is_empty());
    }

    #[test]
    fn a_conflict_is_confirmed_in_the_version_in_which_it_was_seen() {
        let (mine, other) = (with(1, (0, 60), &[1], &[5]), with(2, (30, 90), &[1], &[5]));
        let conflicts = of(&mine, std::slice::from_ref(&other), &Eyes::All);
        let refused = judge(&mine, &conflicts, &[]).unwrap_err();
        assert!(
            matches!(&refused, Refusal::EntryConflicts { on, with, .. } if on == "Lãnh đạo 1, Phòng 5" && with == "Mục 2"),
            "{refused:?}"
        );
        let seen = SeenConflict { entry: other.id, version: other.version };
        assert_eq!(judge(&mine, &conflicts, &[seen]), Ok(vec![seen]));
        let stale = SeenConflict { version: Version(9), ..seen };
        assert!(judge(&mine, &conflicts, &[stale]).is_err());
        let much = vec![seen; usize::from(CONFIRMED) + 1];
        assert_eq!(judge(&mine, &[], &much), Err(Refusal::ConfirmedTooMuch { most: CONFIRMED }));
    }

    #[test]
    fn the_refusal_names_what_is_announced_before_what_is_proposed() {
        let mine = with(1, (0, 60), &[1], &[]);
        let approved = CalendarEntry { state: CalendarState::Approved, ..with(3, (30, 60), &[1], &[]) };
        let conflicts = of(&mine, &[with(2, (0, 60), &[1], &[]), approved], &Eyes::All);
        assert_eq!(conflicts[0].title.as_deref(), Some("Mục 2"), "the earliest first");
        let refused = judge(&mine, &conflicts, &[]).unwrap_err();
        assert!(matches!(&refused, Refusal::EntryConflicts { with, .. } if with == "Mục 3"), "{refused:?}");
    }

    #[test]
    fn a_conflict_with_what_one_may_not_see_has_no_title() {
        let (mine, other) = (with(1, (0, 60), &[1], &[]), with(2, (0, 60), &[1], &[]));
        let conflicts = of(&mine, std::slice::from_ref(&other), &Eyes::Units(vec![]));
        assert_eq!((conflicts[0].title.clone(), conflicts[0].unit), (None, entry(2).unit));
        let known = CalendarEntry { announced: true, ..other };
        assert!(of(&mine, &[known], &Eyes::Units(vec![]))[0].title.is_some());
    }
}
