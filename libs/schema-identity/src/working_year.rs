//! The working days of an office in a year: holidays and swaps with their instruments, what is not certain, closures.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{Day, id::OfficeId};

use crate::OfficeClosure;

/// Shows the working calendar of an office in a year, as it is known today.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GetWorkingYear {
    /// The office.
    pub office: OfficeId,
    /// The year.
    pub year: i32,
}

/// What a day is that is not what its weekday makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SpecialDayKind {
    /// A public holiday (ngày nghỉ lễ, tết).
    Holiday,
    /// A day off in lieu of a holiday on the weekly rest (ngày nghỉ bù).
    Compensatory,
    /// A working day that became a day off by a swap (ngày nghỉ hoán đổi).
    SwappedOff,
    /// A day of the weekly rest that is worked in exchange (ngày làm bù).
    SwappedWork,
}

/// How sure one is of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SpecialDayMark {
    /// Found in a public source.
    Verified,
    /// Follows from a rule; no instrument says so for this year yet.
    Computed,
    /// An instrument is still to come, or sources disagree.
    Uncertain,
}

/// A day that is not what its weekday makes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SpecialDay {
    /// The day.
    pub day: Day,
    /// What it is.
    pub kind: SpecialDayKind,
    /// The occasion in Vietnamese.
    pub vi: String,
    /// The occasion in English.
    pub en: String,
    /// The instrument.
    pub instrument: String,
    /// The day on which it became known.
    pub known_on: Day,
    /// How sure one is.
    pub mark: SpecialDayMark,
    /// The other day of a swap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pair: Option<Day>,
}

/// Days about which an act is still to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CalendarDoubt {
    /// The first day.
    pub first: Day,
    /// The last day, included.
    pub last: Day,
    /// Since when one knows that it is not certain.
    pub known_on: Day,
    /// What is not known, in Vietnamese.
    pub vi: String,
    /// The same in English.
    pub en: String,
}

/// The working calendar of an office in a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WorkingYear {
    /// The office.
    pub office: OfficeId,
    /// The year.
    pub year: i32,
    /// Whether this release knows the year; otherwise only holidays with a fixed date are shown.
    pub known: bool,
    /// Holidays and swaps, by day.
    pub days: Vec<SpecialDay>,
    /// What is not certain.
    pub doubts: Vec<CalendarDoubt>,
    /// When the office is shut, those that were cancelled among them, by their first day.
    pub closures: Vec<OfficeClosure>,
    /// From November on the coming year, while its days off are not all announced: deadlines in it are provisional.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_announced: Option<i32>,
}
