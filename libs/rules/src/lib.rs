//! Dated legal rules as data, the working-day calendar, and deadlines that say why they fall on their day.
//!
//! Pure: days come in as arguments, among them the day on which something is asked, and nothing here does I/O.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

/// What every day is, and since when one could know it.
pub mod calendar;
/// The calendar's file: rows, doubts, and what makes them consistent.
pub mod calendar_data;
/// Days on which one office is shut by decision.
pub mod closure;
/// Adding and counting working days, calendar days and months.
pub mod counting;
/// A term applied to a day: when it ends, and what it met on the way.
pub mod deadline;
/// The sentences with which a deadline explains itself.
mod explain;
/// How sure we are of a legal fact.
pub mod mark;
/// How long state secrets are protected.
pub mod protection;
/// Which instrument governs a subject on a given day.
pub mod rulebook;
/// The length of legal and customary terms, dated.
pub mod term;
/// Half-open spans of validity.
mod validity;

pub use calendar::{Calendar, DayKind, DayStatus, Known, Unsure};
pub use closure::Closure;
pub use counting::CountError;
pub use deadline::{Deadline, DeadlineError, Outcome, Pause};
pub use mark::{Bilingual, Mark};
pub use rulebook::{Rule, Subject};
pub use term::{Term, TermSubject, Unit};
