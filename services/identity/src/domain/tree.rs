//! The dated tree of units of one office: changing it, and what must hold of it on every day.

use std::collections::{BTreeMap, BTreeSet};

use schema_identity::{Refusal, UnitHistory, UnitSpan};
use wire::{Day, id::UnitId};

use super::interval::Interval;

/// The days on which a unit exists. Its spans follow each other without a hole, so two ends are enough.
pub(crate) fn lifetime(unit: &UnitHistory) -> Option<Interval> {
    Some(Interval { from: unit.spans.first()?.from, to: unit.spans.last()?.to })
}

/// Gives the unit another name or parent from a day on; what held before stays, what was planned after is replaced.
pub(crate) fn change(
    mut unit: UnitHistory,
    from: Day,
    name: Option<String>,
    parent: Option<UnitId>,
) -> Result<UnitHistory, Refusal> {
    let span = unit.at(from).ok_or(Refusal::UnitMissing)?.clone();
    if parent.is_some() && span.parent.is_none() {
        return Err(Refusal::UnitIsRoot);
    }
    let end = lifetime(&unit).and_then(|life| life.to);
    unit.spans.retain(|span| span.from < from);
    if let Some(last) = unit.spans.last_mut() {
        last.to = Some(from);
    }
    unit.spans.push(UnitSpan {
        from,
        to: end,
        name: name.unwrap_or(span.name),
        body: span.body,
        parent: parent.or(span.parent),
    });
    unit.version = unit.version.next();
    Ok(unit)
}

/// Ends the unit on a day; spans planned for later go.
pub(crate) fn end(unit: UnitHistory, to: Day) -> Result<UnitHistory, Refusal> {
    let life = lifetime(&unit).ok_or(Refusal::UnitMissing)?;
    if life.end(to)?.is_empty() {
        return Err(Refusal::IntervalEmpty);
    }
    if unit.spans.iter().any(|span| span.parent.is_none()) {
        return Err(Refusal::UnitIsRoot);
    }
    Ok(cut(unit, to))
}

/// Ends the unit on a day on which its office ends, the committee itself too.
pub(crate) fn end_with_office(unit: UnitHistory, to: Day) -> Result<UnitHistory, Refusal> {
    let life = lifetime(&unit).ok_or(Refusal::UnitMissing)?;
    // A unit that is planned for later would have no day at all.
    if to <= life.from { Err(Refusal::OfficeInUse { to }) } else { Ok(cut(unit, to)) }
}

fn cut(mut unit: UnitHistory, to: Day) -> UnitHistory {
    unit.spans.retain(|span| span.from < to);
    if let Some(last) = unit.spans.last_mut() {
        last.to = Some(to);
    }
    unit.version = unit.version.next();
    unit
}

/// Checks a unit against the others of its office: on every day it stands below a unit that exists, never below itself.
pub(crate) fn check(unit: &UnitHistory, others: &[UnitHistory]) -> Result<(), Refusal> {
    let tree: BTreeMap<UnitId, &UnitHistory> =
        others.iter().filter(|other| other.id != unit.id).chain([unit]).map(|unit| (unit.id, unit)).collect();
    for span in &unit.spans {
        let Some(parent) = span.parent else { continue };
        let above = tree.get(&parent).and_then(|parent| lifetime(parent)).ok_or(Refusal::UnitMissing)?;
        Interval { from: span.from, to: span.to }.inside(above, "unit above")?;
    }
    let days: BTreeSet<Day> = tree.values().flat_map(|unit| unit.spans.iter().map(|span| span.from)).collect();
    days.into_iter()
        .find(|day| stands_below_itself(unit.id, &tree, *day))
        .map_or(Ok(()), |day| Err(Refusal::UnitCycle { day }))
}

fn stands_below_itself(unit: UnitId, tree: &BTreeMap<UnitId, &UnitHistory>, day: Day) -> bool {
    let parent = |id: UnitId| tree.get(&id).and_then(|unit| unit.at(day)).and_then(|span| span.parent);
    let mut above = parent(unit);
    // As many steps as there are units: longer than that is a circle elsewhere, which this unit is not part of.
    for _ in 0..tree.len() {
        match above {
            Some(id) if id == unit => return true,
            Some(id) => above = parent(id),
            None => return false,
        }
    }
    false
}

/// Whether another unit stands directly below this one on `day` or later.
pub(crate) fn is_above(unit: UnitId, others: &[UnitHistory], day: Day) -> bool {
    let below = |span: &UnitSpan| span.parent == Some(unit) && Interval { from: span.from, to: span.to }.reaches(day);
    others.iter().any(|other| other.spans.iter().any(below))
}

/// The unit and all below it as the tree stands on a day.
pub(crate) fn under(root: UnitId, units: &[UnitHistory], day: Day) -> BTreeSet<UnitId> {
    let mut found = BTreeSet::from([root]);
    loop {
        let more: Vec<UnitId> = units
            .iter()
            .filter(|unit| !found.contains(&unit.id))
            .filter(|unit| unit.at(day).and_then(|span| span.parent).is_some_and(|parent| found.contains(&parent)))
            .map(|unit| unit.id)
            .collect();
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use wire::{Version, id::OfficeId};

    use super::*;

    fn day(offset: i64) -> Day {
        Day::new(2026, 1, 1).unwrap().plus(offset).unwrap()
    }

    fn id(number: u128) -> UnitId {
        UnitId(uuid::Uuid::from_u128(number))
    }

    fn unit(number: u128, parent: Option<u128>, from: i64) -> UnitHistory {
        let span = UnitSpan {
            from: day(from),
            to: None,
            name: format!("đơn vị {number}"),
            body: None,
            parent: parent.map(id),
        };
        UnitHistory { id: id(number), office: OfficeId(uuid::Uuid::nil()), spans: vec![span], version: Version::FIRST }
    }

    #[test]
    fn a_renamed_unit_keeps_its_old_name_before_the_day() {
        let renamed = change(unit(2, Some(1), 0), day(10), Some("Tổ mới".into()), None).unwrap();
        assert_eq!(renamed.at(day(9)).unwrap().name, "đơn vị 2");
        assert_eq!(renamed.at(day(10)).unwrap().name, "Tổ mới");
        assert_eq!(renamed.version, Version(2));
        let again = change(renamed, day(5), Some("Tổ khác".into()), None).unwrap();
        assert_eq!(again.at(day(20)).unwrap().name, "Tổ khác");
        assert_eq!(again.spans.len(), 2);
    }

    #[test]
    fn the_committee_itself_neither_moves_nor_ends() {
        assert_eq!(change(unit(1, None, 0), day(3), None, Some(id(2))), Err(Refusal::UnitIsRoot));
        assert_eq!(end(unit(1, None, 0), day(3)), Err(Refusal::UnitIsRoot));
    }

    #[test]
    fn a_unit_does_not_come_to_stand_below_itself() {
        let tree = [unit(1, None, 0), unit(2, Some(1), 0), unit(3, Some(2), 0)];
        let moved = change(unit(2, Some(1), 0), day(4), None, Some(id(3))).unwrap();
        assert_eq!(check(&moved, &tree), Err(Refusal::UnitCycle { day: day(4) }));
        let fine = change(unit(3, Some(2), 0), day(4), None, Some(id(1))).unwrap();
        assert_eq!(check(&fine, &tree), Ok(()));
        // Once 3 stands elsewhere, 2 may go below it: but not before.
        let tree = [unit(1, None, 0), unit(2, Some(1), 0), fine];
        assert_eq!(check(&change(unit(2, Some(1), 0), day(4), None, Some(id(3))).unwrap(), &tree), Ok(()));
        let early = change(unit(2, Some(1), 0), day(3), None, Some(id(3))).unwrap();
        assert_eq!(check(&early, &tree), Err(Refusal::UnitCycle { day: day(3) }));
    }

    #[test]
    fn a_unit_stands_below_one_that_exists_for_as_long() {
        let tree = [unit(1, None, 0), end(unit(2, Some(1), 0), day(8)).unwrap()];
        assert!(matches!(check(&unit(3, Some(2), 1), &tree), Err(Refusal::IntervalOutside { .. })));
        assert_eq!(check(&end(unit(3, Some(2), 1), day(8)).unwrap(), &tree), Ok(()));
        assert_eq!(check(&unit(3, Some(9), 1), &tree), Err(Refusal::UnitMissing));
    }

    #[test]
    fn what_stands_below_is_known_by_the_day() {
        let moved = change(unit(3, Some(2), 0), day(5), None, Some(id(1))).unwrap();
        let tree = [unit(1, None, 0), unit(2, Some(1), 0), moved];
        assert_eq!(under(id(2), &tree, day(4)), BTreeSet::from([id(2), id(3)]));
        assert_eq!(under(id(2), &tree, day(5)), BTreeSet::from([id(2)]));
        assert!(is_above(id(2), &tree, day(4)));
        assert!(!is_above(id(2), &tree, day(5)));
    }

    proptest! {
        #[test]
        fn spans_follow_each_other_without_holes(steps in proptest::collection::vec((0..40i64, any::<bool>()), 1..12)) {
            let mut history = unit(2, Some(1), 0);
            for (offset, ends) in steps {
                let next = if ends {
                    end(history.clone(), day(offset))
                } else {
                    change(history.clone(), day(offset), Some(format!("tên {offset}")), None)
                };
                history = next.unwrap_or(history);
                prop_assert!(history.spans.windows(2).all(|pair| pair[0].to == Some(pair[1].from)));
                for span in &history.spans {
                    prop_assert!(Interval::new(span.from, span.to).is_ok());
                }
            }
        }

        #[test]
        fn a_change_never_touches_the_days_before_it(first in 1..20i64, second in 1..20i64) {
            let before = change(unit(2, Some(1), 0), day(first), Some("một".into()), None).unwrap();
            let after = change(before.clone(), day(second), Some("hai".into()), None).unwrap();
            for offset in 0..second {
                prop_assert_eq!(&after.at(day(offset)).unwrap().name, &before.at(day(offset)).unwrap().name);
            }
        }

        #[test]
        fn a_checked_tree_has_no_circle_on_any_day(
            moves in proptest::collection::vec((2u128..7, 1u128..7, 0..10i64), 0..25)
        ) {
            let mut tree: Vec<UnitHistory> = (1..7).map(|n| unit(n, (n > 1).then_some(1), 0)).collect();
            for (number, parent, offset) in moves {
                let place = tree.iter().position(|unit| unit.id == id(number)).unwrap();
                let moved = change(tree[place].clone(), day(offset), None, Some(id(parent)));
                if let Ok(moved) = moved && check(&moved, &tree).is_ok() {
                    tree[place] = moved;
                }
            }
            for offset in 0..12 {
                prop_assert_eq!(under(id(1), &tree, day(offset)).len(), 6);
            }
        }
    }
}
