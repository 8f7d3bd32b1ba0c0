//! Weeks of the calendar: Monday to Sunday, in legal days.

use std::{collections::BTreeSet, time::Duration};

use schema_programme::CalendarEntry;
use wire::{Day, Instant};

/// The days of a week.
pub(crate) const DAYS: i64 = 7;

/// The Monday of the week of a day.
pub(crate) fn monday(day: Day) -> Day {
    let back = day.0.weekday().number_days_from_monday();
    day.plus(-i64::from(back)).unwrap_or(day)
}

/// When the week of a Monday begins, and when the next one does.
pub(crate) fn span(monday: Day) -> (Instant, Instant) {
    let next = monday.plus(DAYS).unwrap_or(monday);
    (monday.start(), next.start())
}

/// The last legal day that a stretch of time touches: one that ends at midnight does not touch the day that begins.
pub(crate) fn last_day(ends: Instant) -> Day {
    ends.minus(Duration::from_micros(1)).day()
}

/// The Mondays of the weeks that an entry touches.
pub(crate) fn touched(entry: &CalendarEntry) -> BTreeSet<Day> {
    let last = last_day(entry.ends);
    let first = monday(entry.starts.day());
    std::iter::successors(Some(first), |monday| monday.plus(DAYS)).take_while(|monday| *monday <= last).collect()
}

/// The weeks in which what the office knows of changes when an entry becomes another: none before it was announced.
pub(crate) fn changed(before: Option<&CalendarEntry>, after: &CalendarEntry) -> BTreeSet<Day> {
    if !after.announced {
        return BTreeSet::new();
    }
    before.map(touched).into_iter().flatten().chain(touched(after)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::sample;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_week_begins_on_monday_at_midnight_in_viet_nam() {
        for (any, first) in [
            ("2026-11-23", "2026-11-23"),
            ("2026-11-29", "2026-11-23"),
            ("2026-11-30", "2026-11-30"),
            ("2027-01-01", "2026-12-28"),
        ] {
            assert_eq!(monday(day(any)), day(first));
        }
        let (from, to) = span(day("2026-11-23"));
        assert_eq!((from.to_string(), to.to_string()), ("2026-11-22T17:00:00Z".into(), "2026-11-29T17:00:00Z".into()));
    }

    #[test]
    fn an_entry_touches_every_week_it_reaches_into_and_not_the_one_that_begins_when_it_is_over() {
        let weeks = |starts: &str, ends: &str| {
            let (starts, ends) = (starts.parse().unwrap(), ends.parse().unwrap());
            let touched = touched(&CalendarEntry { starts, ends, ..sample::entry(1) });
            touched.into_iter().map(|monday| monday.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(weeks("2026-11-29T02:00:00Z", "2026-11-29T17:00:00Z"), ["2026-11-23"], "Sunday until midnight");
        assert_eq!(weeks("2026-11-29T02:00:00Z", "2026-11-29T17:00:01Z"), ["2026-11-23", "2026-11-30"]);
        assert_eq!(
            weeks("2026-11-27T01:00:00Z", "2026-12-09T10:00:00Z"),
            ["2026-11-23", "2026-11-30", "2026-12-07"],
            "days on end"
        );
    }

    #[test]
    fn only_what_the_office_knows_of_changes_a_week() {
        let proposed = sample::entry(1);
        let moved = CalendarEntry {
            announced: true,
            starts: "2026-12-01T01:00:00Z".parse().unwrap(),
            ends: "2026-12-01T02:00:00Z".parse().unwrap(),
            ..proposed.clone()
        };
        assert!(changed(None, &proposed).is_empty());
        assert_eq!(changed(Some(&proposed), &moved), BTreeSet::from([day("2026-11-23"), day("2026-11-30")]));
    }
}
