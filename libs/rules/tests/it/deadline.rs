//! Terms that run, stand still and run again.

use proptest::prelude::*;
use rules::{Calendar, Deadline, DeadlineError, Outcome, Pause, Term, TermSubject, Unit, deadline::Effect, term};
use wire::Day;

use crate::{closure, day, own_term, today};

fn pause(from: &str, to: Option<&str>) -> Pause {
    Pause { from: day(from), to: to.map(day), rule: "155/2026/NĐ-CP, Điều 12".to_owned() }
}

fn count(start: &str, term: &Term, pauses: &[Pause]) -> Deadline {
    Deadline::count(day(start), term, pauses, today()).unwrap()
}

#[test]
fn a_complaint_is_counted_by_the_rule_of_its_day() {
    for (received, due) in [("2026-06-30", "2026-07-10"), ("2026-07-01", "2026-07-10"), ("2026-08-20", "2026-08-28")] {
        let rule = term::in_force(TermSubject::AcceptComplaint, day(received)).unwrap();
        let deadline = count(received, rule, &[]);
        assert_eq!(deadline.due(), Some(day(due)), "{received}");
        assert!(deadline.is_verified(), "{received}");
    }
}

#[test]
fn steps_tell_what_was_skipped_and_what_was_worked() {
    let deadline = count("2026-08-20", &own_term(10, Unit::Working), &[]);
    assert_eq!(deadline.due(), Some(day("2026-09-07")));
    let steps: Vec<_> = deadline.steps.iter().map(|step| (step.status.day.to_string(), step.effect)).collect();
    let expected = [
        ("2026-08-22", Effect::WorkedInstead),
        ("2026-08-23", Effect::Skipped),
        ("2026-08-29", Effect::Skipped),
        ("2026-08-30", Effect::Skipped),
        ("2026-08-31", Effect::Skipped),
        ("2026-09-01", Effect::Skipped),
        ("2026-09-02", Effect::Skipped),
        ("2026-09-05", Effect::Skipped),
        ("2026-09-06", Effect::Skipped),
    ];
    assert_eq!(steps, expected.map(|(day, effect)| (day.to_owned(), effect)));
    assert!(deadline.is_verified());
}

#[test]
fn a_swap_announced_later_moves_the_day() {
    let early = Calendar::national().as_known_on(day("2025-12-24"));
    let before = Deadline::count(day("2025-12-30"), &own_term(3, Unit::Working), &[], early).unwrap();
    let after = count("2025-12-30", &own_term(3, Unit::Working), &[]);
    assert_eq!((before.due(), before.known_on), (Some(day("2026-01-05")), day("2025-12-24")));
    assert_eq!(after.due(), Some(day("2026-01-06")));
}

#[test]
fn a_closure_of_the_office_moves_the_day() {
    let office = Calendar::national().with(vec![closure("2026-10-08", "2026-10-07")]).unwrap();
    let known = office.as_known_on(day("2026-11-22"));
    let term = own_term(1, Unit::Working);
    let deadline = Deadline::count(day("2026-10-07"), &term, &[], known).unwrap();
    assert_eq!(deadline.due(), Some(day("2026-10-09")));
    assert_eq!(count("2026-10-07", &term, &[]).due(), Some(day("2026-10-08")));
}

#[test]
fn only_what_touches_an_open_day_is_provisional() {
    let table = [
        ("2027-02-01", 2, Unit::Working, false),
        ("2027-02-01", 3, Unit::Working, true),
        ("2027-02-15", 5, Unit::Working, false),
        ("2027-01-30", 6, Unit::Calendar, true),
        ("2027-01-30", 30, Unit::Calendar, false),
        ("2027-08-30", 2, Unit::Working, true),
        ("2027-12-30", 1, Unit::Working, false),
        ("2027-12-30", 2, Unit::Working, true),
        ("2024-12-30", 5, Unit::Working, true),
    ];
    for (start, days, unit, provisional) in table {
        let deadline = count(start, &own_term(days, unit), &[]);
        assert_eq!(deadline.is_provisional(), provisional, "{start} + {days} {unit:?}");
        assert!(!provisional || !deadline.is_verified());
    }
    let computed = count("2027-04-15", &own_term(1, Unit::Working), &[]);
    assert_eq!((computed.due(), computed.is_provisional()), (Some(day("2027-04-19")), false));
    assert!(!computed.is_verified(), "a computed holiday bore on it");
}

#[test]
fn a_term_without_roll_may_end_on_a_day_off() {
    let mut term = own_term(30, Unit::Calendar);
    assert_eq!(count("2026-01-20", &term, &[]).due(), Some(day("2026-02-23")));
    term.roll = false;
    let deadline = count("2026-01-20", &term, &[]);
    assert_eq!((deadline.due(), deadline.steps.len()), (Some(day("2026-02-19")), 0));
}

#[test]
fn a_paused_term_has_no_day() {
    let term = own_term(10, Unit::Working);
    let deadline = count("2026-10-05", &term, &[pause("2026-10-08", None)]);
    assert_eq!(deadline.outcome, Outcome::Paused { since: day("2026-10-08"), remaining: 8 });
    assert_eq!(deadline.due(), None);
    let resumed = count("2026-10-05", &term, &[pause("2026-10-08", Some("2026-11-02"))]);
    assert_eq!(resumed.due(), Some(day("2026-11-11")));
    let late = count("2026-10-05", &term, &[pause("2026-10-20", None)]);
    assert_eq!((late.due(), late.pauses.len()), (Some(day("2026-10-19")), 0));
    let at_the_end = count("2026-10-05", &term, &[pause("2026-10-19", None)]);
    assert_eq!(at_the_end.outcome, Outcome::Paused { since: day("2026-10-19"), remaining: 1 });
}

#[test]
fn contradictions_are_refused() {
    let term = own_term(10, Unit::Working);
    let refused =
        |term: &Term, pauses: &[Pause]| Deadline::count(day("2026-10-05"), term, pauses, today()).unwrap_err();
    let before = [pause("2026-10-04", None)];
    assert_eq!(refused(&term, &before), DeadlineError::PauseBeforeStart(day("2026-10-04")));
    let empty = [pause("2026-10-08", Some("2026-10-08"))];
    assert_eq!(refused(&term, &empty), DeadlineError::PauseBackwards(day("2026-10-08")));
    let crossed = [pause("2026-10-09", None), pause("2026-10-08", Some("2026-10-10"))];
    assert_eq!(refused(&term, &crossed), DeadlineError::PausesOverlap(day("2026-10-09")));
    let after_open = [pause("2026-10-08", None), pause("2026-10-12", Some("2026-10-13"))];
    assert_eq!(refused(&term, &after_open), DeadlineError::PausesOverlap(day("2026-10-12")));
    assert_eq!(refused(&own_term(0, Unit::Working), &[]), DeadlineError::NoDays);
    let long = refused(&own_term(u32::MAX, Unit::Calendar), &[]);
    assert_eq!(long.to_string(), "a term of `4294967295` is too long: at most 36525");
}

fn any_day() -> impl Strategy<Value = Day> {
    (0_i64..1400).prop_map(|offset| day("2024-06-01").plus(offset).unwrap())
}

fn any_unit() -> impl Strategy<Value = Unit> {
    prop::sample::select(vec![Unit::Working, Unit::Calendar])
}

proptest! {
    #[test]
    fn without_pauses_it_agrees_with_counting(start in any_day(), days in 1_u32..200, unit in any_unit()) {
        let deadline = Deadline::count(start, &own_term(days, unit), &[], today()).unwrap();
        let counted = match unit {
            Unit::Working => today().add_working_days(start, days),
            Unit::Calendar => today().add_calendar_days(start, days),
        };
        prop_assert_eq!(deadline.due(), Some(counted.unwrap()));
    }

    /// What is left when a pause begins is what runs from its end.
    #[test]
    fn a_pause_keeps_the_remainder(
        start in any_day(), days in 1_u32..60, unit in any_unit(), after in 0_i64..90, length in 1_i64..90,
    ) {
        let term = own_term(days, unit);
        let from = start.plus(after).unwrap();
        let to = from.plus(length).unwrap();
        let rule = String::new();
        let stopped = Deadline::count(start, &term, &[Pause { from, to: None, rule: rule.clone() }], today()).unwrap();
        let resumed = Deadline::count(start, &term, &[Pause { from, to: Some(to), rule }], today()).unwrap();
        let unpaused = Deadline::count(start, &term, &[], today()).unwrap().due().unwrap();
        let last_paused = to.plus(-1).unwrap();
        match stopped.outcome {
            Outcome::Due(due) => {
                prop_assert!(due < from && due == unpaused);
                prop_assert_eq!(resumed.due(), Some(due));
            }
            Outcome::Paused { since, remaining } => {
                prop_assert!(since == from && unpaused >= from);
                let rest = match (remaining, unit) {
                    (0, _) => today().roll(to),
                    (_, Unit::Working) => today().add_working_days(last_paused, remaining),
                    (_, Unit::Calendar) => today().add_calendar_days(last_paused, remaining),
                };
                prop_assert_eq!(resumed.due(), Some(rest.unwrap()));
            }
        }
    }
}
