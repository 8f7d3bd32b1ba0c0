//! Half-open spans of validity: the first day counts, the day of the end no longer does.

use wire::Day;

/// Whether a span holds on a day; without an end it holds for ever.
pub(crate) fn holds(from: Day, to: Option<Day>, day: Day) -> bool {
    from <= day && to.is_none_or(|to| day < to)
}

/// Whether two spans have a day in common.
pub(crate) fn overlap((from, to): (Day, Option<Day>), (other_from, other_to): (Day, Option<Day>)) -> bool {
    to.is_none_or(|to| other_from < to) && other_to.is_none_or(|other_to| from < other_to)
}

/// Whether a span has any day at all.
pub(crate) fn is_forward(from: Day, to: Option<Day>) -> bool {
    to.is_none_or(|to| from < to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn the_first_day_counts_and_the_last_does_not() {
        let (from, to) = (day("2026-01-01"), Some(day("2026-07-01")));
        assert!(holds(from, to, day("2026-01-01")));
        assert!(holds(from, to, day("2026-06-30")));
        assert!(!holds(from, to, day("2026-07-01")));
        assert!(!holds(from, to, day("2025-12-31")));
        assert!(holds(from, None, day("2999-01-01")));
    }

    #[test]
    fn neighbours_do_not_overlap() {
        let first = (day("2026-01-01"), Some(day("2026-07-01")));
        assert!(!overlap(first, (day("2026-07-01"), None)));
        assert!(overlap(first, (day("2026-06-30"), None)));
        assert!(overlap((day("2026-06-30"), None), first));
        assert!(!is_forward(first.0, Some(first.0)));
    }
}
