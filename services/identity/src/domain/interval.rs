//! Half-open intervals of legal days: from the first day until before the last.

use schema_identity::Refusal;
use wire::Day;

/// The days from `from` until before `to`; without `to` there is no end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Interval {
    /// The first day.
    pub(crate) from: Day,
    /// The first day after; absent while there is no end.
    pub(crate) to: Option<Day>,
}

impl Interval {
    /// An interval of at least one day.
    pub(crate) fn new(from: Day, to: Option<Day>) -> Result<Self, Refusal> {
        if to.is_some_and(|to| to <= from) { Err(Refusal::IntervalEmpty) } else { Ok(Self { from, to }) }
    }

    /// Whether a day lies in it.
    pub(crate) fn contains(self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }

    /// Whether it has no day at all: an appointment that was ended on its first day.
    pub(crate) fn is_empty(self) -> bool {
        self.to.is_some_and(|to| to <= self.from)
    }

    /// Whether some day lies in both.
    pub(crate) fn overlaps(self, other: Self) -> bool {
        !self.is_empty()
            && !other.is_empty()
            && other.to.is_none_or(|to| self.from < to)
            && self.to.is_none_or(|to| other.from < to)
    }

    /// Whether every day of it lies in the other as well.
    pub(crate) fn within(self, outer: Self) -> bool {
        self.is_empty()
            || (outer.from <= self.from
                && match (self.to, outer.to) {
                    (_, None) => true,
                    (None, Some(_)) => false,
                    (Some(to), Some(end)) => to <= end,
                })
    }

    /// Whether it has days on `day` or later.
    pub(crate) fn reaches(self, day: Day) -> bool {
        self.overlaps(Self { from: day, to: None })
    }

    /// The same beginning with an earlier end.
    pub(crate) fn end(self, to: Day) -> Result<Self, Refusal> {
        match self.to {
            Some(end) if end <= to => Err(Refusal::AlreadyEnded { to: end }),
            _ if to < self.from => Err(Refusal::IntervalEmpty),
            _ => Ok(Self { from: self.from, to: Some(to) }),
        }
    }

    /// Refuses when it reaches beyond what it depends on.
    pub(crate) fn inside(self, outer: Self, what: &str) -> Result<(), Refusal> {
        if self.within(outer) {
            Ok(())
        } else {
            Err(Refusal::IntervalOutside { what: what.to_owned(), from: outer.from, to: outer.to })
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(offset: i64) -> Day {
        Day::new(2026, 1, 1).unwrap().plus(offset).unwrap()
    }

    fn interval() -> impl Strategy<Value = Interval> {
        (0..20i64, proptest::option::of(0..20i64))
            .prop_map(|(from, length)| Interval { from: day(from), to: length.map(|length| day(from + length)) })
    }

    /// The days of an interval, the slow way, over a span that holds every end the strategy makes.
    fn days(interval: Interval) -> Vec<Day> {
        (0..60).map(day).filter(|day| interval.contains(*day)).collect()
    }

    proptest! {
        #[test]
        fn overlap_is_a_day_in_both(a in interval(), b in interval()) {
            let shared = days(a).iter().any(|day| b.contains(*day));
            prop_assert_eq!(a.overlaps(b), shared);
            prop_assert_eq!(b.overlaps(a), shared);
        }

        #[test]
        fn within_is_every_day_in_the_other(a in interval(), b in interval()) {
            prop_assert_eq!(a.within(b), days(a).iter().all(|day| b.contains(*day)));
        }

        #[test]
        fn an_ended_interval_keeps_its_days_before_the_end(a in interval(), to in 0..40i64) {
            if let Ok(ended) = a.end(day(to)) {
                let kept: Vec<Day> = days(a).into_iter().filter(|kept| *kept < day(to)).collect();
                prop_assert_eq!(days(ended), kept);
                prop_assert!(!ended.reaches(day(to)));
            }
        }

        #[test]
        fn two_halves_are_the_whole_and_share_nothing(a in interval(), cut in 0..40i64) {
            let cut = day(cut);
            prop_assume!(a.contains(cut));
            let (early, late) = (Interval { to: Some(cut), ..a }, Interval { from: cut, ..a });
            prop_assert!(!early.overlaps(late));
            prop_assert_eq!([days(early), days(late)].concat(), days(a));
        }
    }

    #[test]
    fn an_interval_has_at_least_one_day() {
        assert_eq!(Interval::new(day(3), Some(day(3))), Err(Refusal::IntervalEmpty));
        assert_eq!(Interval::new(day(3), Some(day(2))), Err(Refusal::IntervalEmpty));
        assert!(Interval::new(day(3), Some(day(4))).is_ok_and(|one| one.contains(day(3)) && !one.contains(day(4))));
    }

    #[test]
    fn what_has_ended_is_not_ended_later() {
        let ended = Interval { from: day(0), to: Some(day(5)) };
        assert_eq!(ended.end(day(5)), Err(Refusal::AlreadyEnded { to: day(5) }));
        assert_eq!(ended.end(day(4)).unwrap().to, Some(day(4)));
        assert!(ended.end(day(0)).unwrap().is_empty());
    }
}
