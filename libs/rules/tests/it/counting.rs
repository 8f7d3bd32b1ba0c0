//! Adding and counting days: the worked examples, and what must hold for every day.

use proptest::prelude::*;
use rules::{
    CountError,
    counting::{LONGEST, add_months},
};
use wire::Day;

use crate::{day, today};

#[test]
fn working_days_of_a_year() {
    let in_year = |before: &str, last: &str| today().count_working_days(day(before), day(last)).unwrap();
    assert_eq!(in_year("2024-12-31", "2025-12-31"), 250);
    assert_eq!(in_year("2025-12-31", "2026-12-31"), 249);
}

#[test]
fn worked_examples_in_working_days() {
    let table = [
        ("2026-02-12", 10, "2026-03-05"),
        ("2026-04-24", 10, "2026-05-13"),
        ("2026-08-20", 10, "2026-09-07"),
        ("2025-12-30", 10, "2026-01-14"),
        ("2026-11-20", 5, "2026-11-30"),
        ("2025-04-24", 5, "2025-05-05"),
        ("2026-08-20", 7, "2026-08-28"),
        ("2026-08-21", 0, "2026-08-21"),
        ("2026-08-23", 0, "2026-08-23"),
    ];
    for (start, days, end) in table {
        assert_eq!(today().add_working_days(day(start), days), Ok(day(end)), "{start} + {days}");
    }
}

#[test]
fn worked_examples_in_calendar_days() {
    let table = [
        ("2026-01-20", 30, "2026-02-23"),
        ("2026-07-20", 45, "2026-09-03"),
        ("2026-01-02", 30, "2026-02-02"),
        ("2026-10-25", 30, "2026-11-25"),
    ];
    for (start, days, end) in table {
        assert_eq!(today().add_calendar_days(day(start), days), Ok(day(end)), "{start} + {days}");
    }
}

#[test]
fn months_end_on_the_corresponding_day() {
    let table = [
        ("2026-01-31", 1, "2026-02-28"),
        ("2027-12-31", 2, "2028-02-29"),
        ("2026-03-15", 12, "2027-03-15"),
        ("2026-12-01", 1, "2027-01-01"),
        ("2026-05-31", 0, "2026-05-31"),
        ("2024-02-29", 48, "2028-02-29"),
    ];
    for (start, months, end) in table {
        assert_eq!(add_months(day(start), months), Ok(day(end)), "{start} + {months}");
    }
    assert_eq!(today().add_months(day("2026-08-01"), 1), Ok(day("2026-09-03")));
}

#[test]
fn what_cannot_be_counted_is_an_error() {
    let (start, end) = (day("2026-11-22"), day("9999-12-31"));
    assert_eq!(today().add_working_days(start, LONGEST + 1), Err(CountError::TooLong(LONGEST + 1)));
    assert_eq!(today().add_calendar_days(start, u32::MAX), Err(CountError::TooLong(u32::MAX)));
    assert_eq!(add_months(start, u32::MAX), Err(CountError::TooLong(u32::MAX)));
    assert_eq!(today().add_working_days(end, 1), Err(CountError::EndOfDates));
    assert_eq!(today().add_calendar_days(end, 1), Err(CountError::EndOfDates));
    assert_eq!(add_months(end, 1), Err(CountError::EndOfDates));
    let backwards = today().count_working_days(end, start).unwrap_err();
    assert_eq!(backwards.to_string(), "`2026-11-22` is before `9999-12-31`: give the earlier day first");
}

/// Days in and around the years that the calendar covers.
fn any_day() -> impl Strategy<Value = Day> {
    (0_i64..2200).prop_map(|offset| day("2024-01-01").plus(offset).unwrap())
}

proptest! {
    #[test]
    fn counting_undoes_adding(start in any_day(), days in 0_u32..400) {
        let end = today().add_working_days(start, days).unwrap();
        prop_assert_eq!(today().count_working_days(start, end), Ok(days));
    }

    #[test]
    fn no_term_ends_on_a_day_off(start in any_day(), length in 1_u32..400) {
        for end in [
            today().add_working_days(start, length).unwrap(),
            today().add_calendar_days(start, length).unwrap(),
            today().add_months(start, length).unwrap(),
        ] {
            prop_assert!(today().is_working(end), "{}", end);
        }
    }

    #[test]
    fn a_roll_passes_over_days_off_only(start in any_day()) {
        let rolled = today().roll(start).unwrap();
        let passed = today().count_working_days(start.plus(-1).unwrap(), rolled).unwrap();
        prop_assert_eq!(passed, 1);
    }

    #[test]
    fn a_later_start_never_ends_earlier(one in any_day(), other in any_day(), length in 0_u32..400) {
        let (early, late) = (one.min(other), one.max(other));
        prop_assert!(today().add_working_days(early, length).unwrap() <= today().add_working_days(late, length).unwrap());
        prop_assert!(today().add_calendar_days(early, length).unwrap() <= today().add_calendar_days(late, length).unwrap());
        prop_assert!(add_months(early, length).unwrap() <= add_months(late, length).unwrap());
    }

    #[test]
    fn a_longer_term_never_ends_earlier(start in any_day(), length in 0_u32..400) {
        let ends = |length| {
            let working = today().add_working_days(start, length).unwrap();
            (working, today().add_calendar_days(start, length).unwrap(), add_months(start, length).unwrap())
        };
        let (short, long) = (ends(length), ends(length + 1));
        prop_assert!(short.0 < long.0 && short.1 <= long.1 && short.2 < long.2);
    }
}
