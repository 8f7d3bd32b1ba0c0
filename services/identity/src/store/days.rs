//! Dated rows: the condition that one is in force on a day, and days as columns have them.

use sea_orm::{ColumnTrait, Condition, prelude::TimeDate};
use wire::Day;

/// Keeps rows of a half-open interval that holds the day.
pub(crate) fn in_force<C: ColumnTrait>(from: C, to: C, day: Day) -> Condition {
    Condition::all().add(from.lte(day.0)).add(Condition::any().add(to.is_null()).add(to.gt(day.0)))
}

/// An optional day as a column has it.
pub(crate) fn column(day: Option<Day>) -> Option<TimeDate> {
    day.map(|day| day.0)
}

/// An optional day as nouns have it.
pub(crate) fn day(column: Option<TimeDate>) -> Option<Day> {
    column.map(Day)
}
