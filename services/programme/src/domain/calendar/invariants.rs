//! Conflicts against a plain model: minutes that a thing is taken; and whatever is approved, in whatever order.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use schema_programme::{CalendarEntry, CalendarState, SeenConflict};
use wire::id::CalendarEntryId;

use crate::domain::{
    calendar::{
        access::Eyes,
        clash::{self, Thing, things},
        entry::{Hand, approve, cancel, give_back},
        sample::with,
    },
    sample,
};

/// Entries of one day over few things, so that many conflict.
fn entries() -> impl Strategy<Value = Vec<CalendarEntry>> {
    let one = (0u64..40, 1u64..15, 0u8..8, 0u8..4, 0usize..5);
    proptest::collection::vec(one, 1..9).prop_map(|all| {
        let entry = |(number, (from, lasts, leaders, rooms, state)): (usize, (u64, u64, u8, u8, usize))| {
            let bits = |mask: u8| (0u8..3).filter(|bit| mask & (1 << bit) != 0).map(u128::from).collect::<Vec<_>>();
            let entry = with(number as u128 + 1, (from, from + lasts), &bits(leaders), &bits(rooms));
            CalendarEntry { state: CalendarState::ALL[state], ..entry }
        };
        all.into_iter().enumerate().map(entry).collect()
    })
}

/// The minutes in which an entry takes each thing.
fn taken(entry: &CalendarEntry) -> BTreeSet<(Thing, u64)> {
    let minute = |at: wire::Instant| at.since(sample::at()).as_secs() / 60;
    let busy = matches!(entry.state, CalendarState::Proposed | CalendarState::Approved | CalendarState::Changed);
    let minutes = move || (minute(entry.starts)..minute(entry.ends)).filter(move |_| busy);
    things(entry).into_iter().flat_map(|thing| minutes().map(move |minute| (thing, minute))).collect()
}

/// What the model says: who shares which things in some minute.
fn model(entry: &CalendarEntry, all: &[CalendarEntry]) -> BTreeMap<CalendarEntryId, BTreeSet<Thing>> {
    let mine = taken(entry);
    let shares = |other: &CalendarEntry| {
        let shared: BTreeSet<Thing> = taken(other).intersection(&mine).map(|(thing, _)| *thing).collect();
        (other.id != entry.id && !shared.is_empty()).then_some((other.id, shared))
    };
    all.iter().filter_map(shares).collect()
}

proptest! {
    /// The rule finds what counting minutes finds, in order of beginning, and with the same things.
    #[test]
    fn conflicts_are_those_of_the_minutes(all in entries()) {
        for entry in &all {
            let found = clash::of(entry, &all, &Eyes::All);
            prop_assert!(found.is_sorted_by_key(|conflict| (conflict.starts, conflict.entry)));
            let found: BTreeMap<_, BTreeSet<Thing>> = found.into_iter().map(|conflict| {
                let leaders = conflict.leaders.into_iter().map(Thing::Leader);
                (conflict.entry, leaders.chain(conflict.resources.into_iter().map(Thing::Resource)).collect())
            }).collect();
            prop_assert_eq!(found, model(entry, &all));
        }
    }

    /// Whatever is tried: of two approved entries that need one thing in one minute, the later approval named the other
    /// in the version that it had then.
    #[test]
    fn nothing_is_approved_over_another_unnamed(
        mut all in entries(),
        acts in proptest::collection::vec((0usize..8, 0usize..4, any::<u8>()), 1..40),
    ) {
        let hand = Hand { by: sample::head(), at: sample::at() };
        for entry in &mut all {
            entry.state = CalendarState::Proposed;
        }
        let mut named: BTreeSet<(CalendarEntryId, CalendarEntryId)> = BTreeSet::new();
        for (index, act, mask) in acts {
            let index = index % all.len();
            let current = all[index].clone();
            // What the one who acts happens to name: some of the entries, some of them as they were before.
            let confirmed: Vec<SeenConflict> = all.iter().enumerate()
                .filter(|(number, _)| mask & (1 << number) != 0)
                .map(|(_, other)| SeenConflict { entry: other.id, version: other.version })
                .collect();
            let conflicts = clash::of(&current, &all, &Eyes::All);
            let step = match act {
                0 => cancel(current.clone(), "hoãn", hand),
                1 => give_back(current.clone(), "sửa", hand),
                _ => clash::judge(&current, &conflicts, &confirmed)
                    .and_then(|confirmed| approve(current.clone(), confirmed, hand)),
            };
            if let Ok(step) = step {
                named.extend(step.record.confirmed.iter().map(|seen| (current.id, seen.entry)));
                all[index] = step.entry;
            }
        }
        let approved: Vec<_> = all.iter().filter(|entry| entry.state == CalendarState::Approved).collect();
        for one in &approved {
            for other in model(one, &all).into_keys().filter(|id| approved.iter().any(|entry| entry.id == *id)) {
                prop_assert!(named.contains(&(one.id, other)) || named.contains(&(other, one.id)));
            }
        }
    }
}
