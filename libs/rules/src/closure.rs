//! Days on which one office is shut by decision (storm, flood): they are no working days there, and nowhere else.

use std::{borrow::Cow, collections::BTreeMap};

use wire::Day;

use crate::{
    calendar::{Calendar, DayKind},
    calendar_data::Row,
    mark::{Bilingual, Mark},
};

/// A run of days on which an office is shut. What was taken back is left out by whoever asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closure {
    /// The first day.
    pub first: Day,
    /// The last day, included.
    pub last: Day,
    /// What for, as the decision says it.
    pub reason: String,
    /// The decision, by number and body.
    pub instrument: String,
    /// The day on which it became known: before that nobody counted with it.
    pub known_on: Day,
}

/// The longest run whose days are looked at, so that a wrong year cannot make a calendar of a century.
const LONGEST: usize = 366;

impl Closure {
    fn days(&self) -> impl Iterator<Item = Day> {
        let last = self.last;
        std::iter::successors(Some(self.first), |day| day.plus(1)).take_while(move |day| *day <= last).take(LONGEST)
    }

    fn row(&self, day: Day) -> Row {
        let Self { reason, instrument, known_on, .. } = self;
        Row {
            day,
            kind: DayKind::LocalClosure,
            occasion: Bilingual { vi: reason.clone(), en: reason.clone() },
            instrument: instrument.clone(),
            known_on: *known_on,
            withdrawn_on: None,
            mark: Mark::Verified,
            pair: None,
        }
    }
}

impl Calendar {
    /// The calendar of one office: the national one, and the days on which that office is shut. Where two closures name
    /// one day, the first of them stands.
    #[must_use]
    pub fn of_office(closures: &[Closure]) -> Cow<'static, Self> {
        let mut rows = BTreeMap::new();
        for closure in closures {
            for day in closure.days() {
                rows.entry(day).or_insert_with(|| closure.row(day));
            }
        }
        if rows.is_empty() {
            return Cow::Borrowed(Self::national());
        }
        // One closure a day contradicts nothing, so that nothing is left out here.
        Self::national().with(rows.into_values().collect()).map_or(Cow::Borrowed(Self::national()), Cow::Owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn shut(first: &str, last: &str, instrument: &str) -> Closure {
        Closure {
            first: day(first),
            last: day(last),
            reason: "bão số 9".to_owned(),
            instrument: instrument.to_owned(),
            known_on: day("2026-10-05"),
        }
    }

    #[test]
    fn an_office_is_shut_on_its_days_and_the_first_decision_about_a_day_stands() {
        let closures = [shut("2026-10-06", "2026-10-08", "45-TB/ĐU"), shut("2026-10-08", "2026-10-09", "46-TB/ĐU")];
        let office = Calendar::of_office(&closures);
        let known = office.as_known_on(day("2026-10-05"));
        let said = |on: &str| known.status(day(on)).row.map(|row| row.instrument.clone());
        assert_eq!(said("2026-10-08").as_deref(), Some("45-TB/ĐU"));
        assert_eq!(said("2026-10-09").as_deref(), Some("46-TB/ĐU"));
        assert!(!known.is_working(day("2026-10-06")) && known.is_working(day("2026-10-12")));
        assert!(office.as_known_on(day("2026-10-04")).is_working(day("2026-10-06")), "before anybody knew");
        assert!(Calendar::national().as_known_on(day("2026-10-05")).is_working(day("2026-10-06")), "nowhere else");
    }

    #[test]
    fn without_a_closure_it_is_the_calendar_of_all() {
        assert!(matches!(Calendar::of_office(&[]), Cow::Borrowed(_)));
        let backwards = shut("2026-10-08", "2026-10-06", "45-TB/ĐU");
        assert!(matches!(Calendar::of_office(&[backwards]), Cow::Borrowed(_)));
    }
}
