//! The working days of a year as data: what differs from the weekday, what is not certain, and whether the next year is
//! announced.

use rules::{Calendar, DayKind, DayStatus, Known, Mark, Unsure};
use schema_identity::{CalendarDoubt, OfficeClosure, SpecialDay, SpecialDayKind, SpecialDayMark, WorkingYear};
use wire::{Day, id::OfficeId};

/// The month from which on the days off of the next year should be announced.
const ANNOUNCED_BY: u8 = 11;

/// The first and the last day of a year; nothing when there is no such year.
pub(crate) fn span(year: i32) -> Option<(Day, Day)> {
    Day::new(year, 1, 1).ok().zip(Day::new(year, 12, 31).ok())
}

/// The calendar of a year as known on `today`.
pub(crate) fn of(office: OfficeId, year: i32, closures: Vec<OfficeClosure>, today: Day) -> WorkingYear {
    let known = Calendar::national().as_known_on(today);
    let statuses = statuses(known, year);
    let next = today.year() + 1;
    let due = today.month() >= ANNOUNCED_BY && self::statuses(known, next).iter().any(|day| day.unsure.is_some());
    let mut doubts: Vec<CalendarDoubt> = Vec::new();
    for doubt in statuses.iter().filter_map(doubt) {
        if !doubts.contains(&doubt) {
            doubts.push(doubt);
        }
    }
    WorkingYear {
        office,
        year,
        known: statuses.iter().any(|day| !matches!(day.unsure, Some(Unsure::Beyond(_)))),
        days: statuses.iter().filter_map(special).collect(),
        doubts,
        closures,
        not_announced: due.then_some(next),
    }
}

fn statuses(known: Known<'_>, year: i32) -> Vec<DayStatus> {
    let Some((first, last)) = span(year) else { return Vec::new() };
    let days = std::iter::successors(Some(first), |day| day.plus(1)).take_while(|day| *day <= last);
    days.map(|day| known.status(day)).collect()
}

fn doubt(status: &DayStatus) -> Option<CalendarDoubt> {
    let Some(Unsure::Doubt(doubt)) = &status.unsure else { return None };
    Some(CalendarDoubt {
        first: doubt.first,
        last: doubt.last,
        known_on: doubt.known_on,
        vi: doubt.reason.vi.clone(),
        en: doubt.reason.en.clone(),
    })
}

fn special(status: &DayStatus) -> Option<SpecialDay> {
    let row = status.row.as_ref()?;
    let kind = match status.kind {
        DayKind::Holiday => SpecialDayKind::Holiday,
        DayKind::Compensatory => SpecialDayKind::Compensatory,
        DayKind::SwappedOff => SpecialDayKind::SwappedOff,
        DayKind::SwappedWork => SpecialDayKind::SwappedWork,
        DayKind::Working | DayKind::WeeklyOff | DayKind::LocalClosure => return None,
    };
    let mark = match row.mark {
        Mark::Verified => SpecialDayMark::Verified,
        Mark::Computed => SpecialDayMark::Computed,
        Mark::Memory | Mark::Practice | Mark::Uncertain => SpecialDayMark::Uncertain,
    };
    Some(SpecialDay {
        day: status.day,
        kind,
        vi: row.occasion.vi.clone(),
        en: row.occasion.en.clone(),
        instrument: row.instrument.clone(),
        known_on: row.known_on,
        mark,
        pair: row.pair,
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn seen(year: i32, today: &str) -> WorkingYear {
        of(Uuid::from_u128(1).into(), year, Vec::new(), day(today))
    }

    #[test]
    fn a_year_shows_its_swaps_with_both_days_and_what_is_not_certain() {
        let year = seen(2026, "2026-11-23");
        let swap = year.days.iter().find(|one| one.day == day("2026-08-31")).unwrap();
        assert_eq!((swap.kind, swap.pair), (SpecialDayKind::SwappedOff, Some(day("2026-08-22"))));
        assert_eq!((swap.instrument.as_str(), swap.mark), ("9441/TB-BNV", SpecialDayMark::Verified));
        assert!(year.known && year.doubts.iter().any(|doubt| doubt.vi.contains("28/11/2026")), "{:?}", year.doubts);
        assert!(year.days.windows(2).all(|two| two[0].day < two[1].day));
        let coming = seen(2027, "2026-11-23");
        assert!(coming.days.iter().any(|one| one.mark == SpecialDayMark::Uncertain));
        assert!(coming.doubts.iter().any(|doubt| doubt.vi.contains("Tết Đinh Mùi")));
    }

    #[test]
    fn from_november_on_the_next_year_is_missed_until_it_is_announced() {
        let table = [
            ("2026-10-31", None),
            ("2026-11-01", Some(2027)),
            ("2026-12-31", Some(2027)),
            ("2025-12-31", None),
            ("2027-11-01", Some(2028)),
        ];
        for (today, missing) in table {
            assert_eq!(seen(2026, today).not_announced, missing, "{today}");
        }
    }

    #[test]
    fn a_year_that_no_release_knows_has_its_fixed_holidays_and_says_so() {
        let far = seen(2040, "2026-11-23");
        assert!(!far.known && far.days.iter().any(|one| one.day == day("2040-09-02")));
        assert!(seen(i32::MAX, "2026-11-23").days.is_empty());
    }
}
