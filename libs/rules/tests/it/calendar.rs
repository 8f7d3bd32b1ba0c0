//! What single days are, as known on different days.

use rules::{Calendar, DayKind, Unsure, calendar_data::CalendarError};

use crate::{closure, day, today};

#[test]
fn every_kind_of_day() {
    let table = [
        ("2025-01-31", DayKind::Holiday),
        ("2025-04-26", DayKind::SwappedWork),
        ("2025-05-02", DayKind::SwappedOff),
        ("2025-09-01", DayKind::Holiday),
        ("2025-11-24", DayKind::Working),
        ("2026-01-01", DayKind::Holiday),
        ("2026-01-02", DayKind::SwappedOff),
        ("2026-01-03", DayKind::WeeklyOff),
        ("2026-01-10", DayKind::SwappedWork),
        ("2026-02-13", DayKind::Working),
        ("2026-02-16", DayKind::Holiday),
        ("2026-02-23", DayKind::Working),
        ("2026-04-26", DayKind::Holiday),
        ("2026-04-27", DayKind::Compensatory),
        ("2026-08-22", DayKind::SwappedWork),
        ("2026-08-31", DayKind::SwappedOff),
        ("2026-09-03", DayKind::Working),
        ("2026-11-24", DayKind::Holiday),
        ("2027-02-06", DayKind::Holiday),
        ("2027-02-11", DayKind::Compensatory),
        ("2027-04-16", DayKind::Holiday),
        ("2027-05-03", DayKind::Compensatory),
        ("2027-11-24", DayKind::Holiday),
    ];
    for (on, kind) in table {
        assert_eq!(today().status(day(on)).kind, kind, "{on}");
    }
}

#[test]
fn the_plan_of_2027_is_open() {
    for on in ["2027-02-04", "2027-02-05", "2027-02-08", "2027-02-11", "2027-09-01", "2027-09-02", "2027-09-03"] {
        let status = today().status(day(on));
        assert!(matches!(status.unsure, Some(Unsure::Doubt(_))), "{on}");
    }
    for on in ["2027-01-01", "2027-02-03", "2027-02-12", "2027-04-30", "2027-08-31", "2027-12-31", "2026-02-16"] {
        assert_eq!(today().status(day(on)).unsure, None, "{on}");
    }
}

#[test]
fn a_swap_is_seen_from_the_day_it_became_known() {
    let on = |known: &str, asked: &str| Calendar::national().as_known_on(day(known)).status(day(asked)).kind;
    assert_eq!(on("2025-12-24", "2026-01-02"), DayKind::Working);
    assert_eq!(on("2025-12-24", "2026-01-10"), DayKind::WeeklyOff);
    assert_eq!(on("2025-12-25", "2026-01-02"), DayKind::SwappedOff);
    assert_eq!(on("2025-12-25", "2026-01-10"), DayKind::SwappedWork);
    assert_eq!(on("2026-05-07", "2026-11-24"), DayKind::Working);
}

#[test]
fn before_the_plan_its_days_are_computed_and_provisional() {
    let before = Calendar::national().as_known_on(day("2025-10-15"));
    for on in ["2026-02-16", "2026-02-20", "2026-09-01"] {
        let status = before.status(day(on));
        assert_eq!(status.kind, DayKind::Holiday, "{on}");
        assert!(!status.row.unwrap().mark.is_verified(), "{on}");
        assert!(status.unsure.is_some(), "{on}");
    }
    assert_eq!(before.status(day("2026-08-31")).kind, DayKind::Working);
    let after = Calendar::national().as_known_on(day("2025-10-16")).status(day("2026-02-16"));
    assert_eq!((after.row.unwrap().instrument.as_str(), after.unsure), ("9441/TB-BNV", None));
    let early = Calendar::national().as_known_on(day("2024-11-30")).status(day("2025-01-29"));
    assert!(early.unsure.is_some());
}

#[test]
fn years_without_a_calendar_are_never_sure() {
    let table = [
        ("2028-09-02", DayKind::Holiday),
        ("2028-09-03", DayKind::WeeklyOff),
        ("2029-01-01", DayKind::Holiday),
        ("2028-01-26", DayKind::Working),
        ("2024-11-24", DayKind::WeeklyOff),
        ("2023-11-24", DayKind::Working),
        ("2028-11-24", DayKind::Holiday),
    ];
    for (on, kind) in table {
        let status = today().status(day(on));
        assert_eq!(status.kind, kind, "{on}");
        assert_eq!(status.unsure, Some(Unsure::Beyond(day(on).year())), "{on}");
    }
}

#[test]
fn an_office_adds_its_own_closures() {
    let rows = vec![
        closure("2026-10-08", "2026-10-07"),
        closure("2026-10-10", "2026-10-07"),
        closure("2026-08-22", "2026-08-21"),
    ];
    let office = Calendar::national().with(rows).unwrap();
    let known = office.as_known_on(day("2026-10-07"));
    assert_eq!(known.status(day("2026-10-08")).kind, DayKind::LocalClosure);
    assert_eq!(known.status(day("2026-10-10")).kind, DayKind::WeeklyOff);
    assert_eq!(known.status(day("2026-08-22")).kind, DayKind::LocalClosure);
    assert_eq!(office.as_known_on(day("2026-10-06")).status(day("2026-10-08")).kind, DayKind::Working);
    assert_eq!(today().status(day("2026-10-08")).kind, DayKind::Working);
}

#[test]
fn contradicting_rows_are_refused() {
    let twice = vec![closure("2026-10-08", "2026-10-07"), closure("2026-10-08", "2026-10-08")];
    assert_eq!(Calendar::national().with(twice), Err(CalendarError::RowTwice(day("2026-10-08"))));
    let mut holiday = closure("2030-10-08", "2026-10-07");
    holiday.kind = DayKind::Holiday;
    assert_eq!(Calendar::national().with(vec![holiday.clone()]), Err(CalendarError::OutsideYears(day("2030-10-08"))));
    holiday.kind = DayKind::Working;
    let refused = Calendar::national().with(vec![holiday]).unwrap_err();
    assert_eq!(refused.to_string(), "the kind of `2030-10-08` does not fit its weekday: check both");
}
