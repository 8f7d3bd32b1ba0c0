//! What every day is, and since when one could know it (Bộ luật Lao động 45/2019/QH14, Điều 111–112; 28/2026/QH16).

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use serde::Deserialize;
use wire::Day;

use crate::{
    calendar_data::{CalendarError, Doubt, Fixed, Row, check, is_weekly_rest, read},
    mark::{Bilingual, Mark},
    validity::holds,
};

/// What a day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// An ordinary working day.
    Working,
    /// Saturday or Sunday (ngày nghỉ hằng tuần).
    WeeklyOff,
    /// A public holiday (ngày nghỉ lễ, tết), on whatever weekday.
    Holiday,
    /// A day off in lieu of a holiday that fell on the weekly rest (ngày nghỉ bù).
    Compensatory,
    /// A working day that became a day off by a swap (ngày nghỉ hoán đổi).
    SwappedOff,
    /// A Saturday or Sunday worked in exchange (ngày làm bù).
    SwappedWork,
    /// A working day on which this office is shut by decision (storm, flood).
    LocalClosure,
}

impl DayKind {
    /// Whether it counts as a working day.
    #[must_use]
    pub fn is_working(self) -> bool {
        matches!(self, Self::Working | Self::SwappedWork)
    }
}

/// Why what is said about a day may still change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsure {
    /// An act about it is still to come.
    Doubt(Arc<Doubt>),
    /// The calendar does not know this year; only weekly rest and holidays with a fixed date were counted.
    Beyond(i32),
}

/// What a day is, with the row that makes it so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayStatus {
    /// The day.
    pub day: Day,
    /// What it is.
    pub kind: DayKind,
    /// The row, unless the weekday alone says it.
    pub row: Option<Arc<Row>>,
    /// Why it may still change, if it may.
    pub unsure: Option<Unsure>,
}

/// Rows and doubts with the days on which they became known.
///
/// It is asked through [`Calendar::as_known_on`] only, so that every answer says what it was based on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Calendar {
    /// The first and the last year with rows; nothing when there is none.
    years: Option<(i32, i32)>,
    rows: BTreeMap<Day, Vec<Arc<Row>>>,
    doubts: Vec<Arc<Doubt>>,
    fixed: Vec<(Fixed, Bilingual)>,
}

const FILE: &str = include_str!("../data/calendar.toml");

/// A test keeps the file readable. Were it not, a calendar that knows no year says so with every answer.
static NATIONAL: LazyLock<Calendar> = LazyLock::new(|| Calendar::parse(FILE).unwrap_or_default());

impl Calendar {
    /// The calendar that binds all bodies of the Party and the State.
    #[must_use]
    pub fn national() -> &'static Self {
        &NATIONAL
    }

    fn parse(text: &str) -> Result<Self, CalendarError> {
        let file = read(text)?;
        check(&file.rows, &file.doubts, file.years)?;
        let mut calendar = Self { years: Some(file.years), fixed: file.fixed, ..Self::default() };
        calendar.doubts = file.doubts.into_iter().map(Arc::new).collect();
        for row in file.rows {
            calendar.rows.entry(row.day).or_default().push(Arc::new(row));
        }
        Ok(calendar)
    }

    /// This calendar with rows of one office added, such as the days on which a storm closed it.
    ///
    /// # Errors
    /// [`CalendarError`] naming the first row that contradicts another or itself.
    pub fn with(&self, rows: Vec<Row>) -> Result<Self, CalendarError> {
        let mut all: Vec<Row> = self.rows.values().flatten().map(|row| Row::clone(row)).collect();
        all.extend(rows.iter().cloned());
        let doubts: Vec<Doubt> = self.doubts.iter().map(|doubt| Doubt::clone(doubt)).collect();
        // Without years of its own a calendar takes closures only, which need none.
        check(&all, &doubts, self.years.unwrap_or((1, 0)))?;
        let mut extended = self.clone();
        for row in rows {
            extended.rows.entry(row.day).or_default().push(Arc::new(row));
        }
        Ok(extended)
    }

    /// The calendar as one could know it on a day: what was announced later is not seen.
    #[must_use]
    pub fn as_known_on(&self, known_on: Day) -> Known<'_> {
        Known { calendar: self, known_on }
    }
}

/// A calendar as known on one day.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    calendar: &'a Calendar,
    known_on: Day,
}

impl Known<'_> {
    /// The day whose knowledge this is.
    #[must_use]
    pub fn known_on(&self) -> Day {
        self.known_on
    }

    /// Whether a day is a working day.
    #[must_use]
    pub fn is_working(&self, day: Day) -> bool {
        self.status(day).kind.is_working()
    }

    /// What a day is, why, and whether that may still change.
    #[must_use]
    pub fn status(&self, day: Day) -> DayStatus {
        let covered = self.calendar.years.is_some_and(|(first, last)| (first..=last).contains(&day.year()));
        let national = if covered { self.row(day, false) } else { self.fixed_row(day).map(Arc::new) };
        let plain = if is_weekly_rest(day) { DayKind::WeeklyOff } else { DayKind::Working };
        let kind = national.as_ref().map_or(plain, |row| row.kind);
        let unsure = if covered { self.doubt(day).map(Unsure::Doubt) } else { Some(Unsure::Beyond(day.year())) };
        // A closure takes away a working day and nothing else; a holiday stays the holiday it is.
        match self.row(day, true) {
            Some(closure) if kind.is_working() => DayStatus { day, kind: closure.kind, row: Some(closure), unsure },
            _ => DayStatus { day, kind, row: national, unsure },
        }
    }

    /// The row of a day that is seen: the office's closure, or what binds all.
    fn row(&self, day: Day, closure: bool) -> Option<Arc<Row>> {
        let rows = self.calendar.rows.get(&day)?;
        let seen = |row: &&Arc<Row>| {
            (row.kind == DayKind::LocalClosure) == closure && holds(row.known_on, row.withdrawn_on, self.known_on)
        };
        rows.iter().find(seen).cloned()
    }

    fn doubt(&self, day: Day) -> Option<Arc<Doubt>> {
        let open = |doubt: &&Arc<Doubt>| {
            (doubt.first..=doubt.last).contains(&day) && holds(doubt.known_on, doubt.settled_on, self.known_on)
        };
        self.calendar.doubts.iter().find(open).cloned()
    }

    /// A holiday with a fixed date in a year that the calendar does not cover.
    fn fixed_row(&self, day: Day) -> Option<Row> {
        let falls = |(fixed, _): &&(Fixed, Bilingual)| {
            (fixed.month, fixed.day) == (day.month(), day.day()) && fixed.since <= day.year()
        };
        let (fixed, occasion) = self.calendar.fixed.iter().find(falls)?;
        Some(Row {
            day,
            kind: DayKind::Holiday,
            occasion: occasion.clone(),
            instrument: fixed.instrument.clone(),
            known_on: self.known_on,
            withdrawn_on: None,
            mark: Mark::Computed,
            pair: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_consistent() {
        let parsed = Calendar::parse(FILE).unwrap();
        assert_eq!(&parsed, Calendar::national());
        assert_eq!(parsed.years, Some((2025, 2027)));
    }

    /// Each edit breaks one rule of the file, and is named with its day.
    #[test]
    fn a_broken_file_is_refused() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let table = [
            ("last_year = 2027", "last_year = 2026", CalendarError::OutsideYears(day("2027-01-01"))),
            ("occasion = \"victory\"", "occasion = \"vctory\"", CalendarError::UnknownOccasion("vctory".into())),
            ("day = \"2026-04-27\"", "day = \"2026-04-30\"", CalendarError::RowTwice(day("2026-04-30"))),
            ("day = \"2026-04-27\"", "day = \"2026-04-25\"", CalendarError::KindOfDay(day("2026-04-25"))),
            ("day = \"2026-01-10\"", "day = \"2026-01-17\"", CalendarError::SwapUnmatched(day("2026-01-02"))),
            ("withdrawn_on = \"2025-10-16\"", "", CalendarError::UncertainWithoutDoubt(day("2026-02-16"))),
            (
                "withdrawn_on = \"2025-10-16\"",
                "withdrawn_on = \"2019-11-20\"",
                CalendarError::Backwards(day("2026-02-16")),
            ),
            ("settled_on = \"2024-12-03\"", "settled_on = \"2019-11-20\"", CalendarError::Backwards(day("2025-01-27"))),
            ("last = \"2027-02-11\"", "last = \"2027-02-10\"", CalendarError::UncertainWithoutDoubt(day("2027-02-11"))),
        ];
        for (old, new, error) in table {
            assert!(FILE.contains(old), "{old}");
            assert_eq!(Calendar::parse(&FILE.replace(old, new)), Err(error));
        }
        let unknown_key = Calendar::parse(&format!("holidays = 12\n{FILE}"));
        assert!(matches!(unknown_key, Err(CalendarError::Syntax(message)) if message.contains("holidays")));
    }

    #[test]
    fn a_calendar_that_knows_no_year_is_sure_of_nothing() {
        let empty = Calendar::default();
        let status = empty.as_known_on("2026-11-22".parse().unwrap()).status("2026-09-02".parse().unwrap());
        assert_eq!((status.kind, status.unsure), (DayKind::Working, Some(Unsure::Beyond(2026))));
    }
}
