//! The calendar, counting and deadlines from outside: tables taken from the rules, properties, golden sentences.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod calendar;
mod counting;
mod deadline;
mod explain;

use rules::{Bilingual, Calendar, DayKind, Known, Mark, Term, TermSubject, Unit, calendar_data::Row};
use wire::Day;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The national calendar as known on 22 November 2026.
fn today() -> Known<'static> {
    Calendar::national().as_known_on(day("2026-11-22"))
}

/// A term that an office set for itself.
fn own_term(days: u32, unit: Unit) -> Term {
    Term {
        subject: TermSubject::Own,
        days,
        unit,
        roll: true,
        instrument: "12-QC/ĐU".to_owned(),
        valid_from: day("2025-01-01"),
        valid_to: None,
        mark: Mark::Verified,
    }
}

/// A day on which a storm closed an office.
fn closure(on: &str, known_on: &str) -> Row {
    Row {
        day: day(on),
        kind: DayKind::LocalClosure,
        occasion: Bilingual { vi: "bão".to_owned(), en: "storm".to_owned() },
        instrument: "45-TB/ĐU".to_owned(),
        known_on: day(known_on),
        withdrawn_on: None,
        mark: Mark::Verified,
        pair: None,
    }
}
