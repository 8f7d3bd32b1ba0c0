//! Looking at the calendar, and the week as a whole: approved, published, adjusted, printed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, Instant, Version,
    id::{CalendarEntryId, CalendarResourceId, OfficeId, PositionId},
};

use crate::SeenConflict;

/// The calendar of one office for one week, from Monday on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CalendarWeek {
    /// The office.
    pub office: OfficeId,
    /// The Monday.
    pub week: Day,
    /// 0 while it is not published, then one more than `adjustment`.
    pub version: Version,
    /// When it was first published; absent while it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_at: Option<Instant>,
    /// The number of the adjustment ("điều chỉnh lần n"): 0 as published; one more each time that something the office
    /// knew of changed since.
    pub adjustment: u32,
    /// When it was last adjusted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adjusted_at: Option<Instant>,
}

/// One entry, with what it conflicts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetCalendarEntry {
    /// Which entry.
    pub id: CalendarEntryId,
}

/// The history of an entry, the oldest record first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListCalendarRecords {
    /// Which entry.
    pub id: CalendarEntryId,
    /// How many at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// The entries of a week that the caller may see, by beginning; those too that began before it and go on in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListCalendarWeek {
    /// The office.
    pub office: OfficeId,
    /// The week: its Monday, or another day in it.
    pub week: Day,
    /// Only those in which the leader in this position takes part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leader: Option<PositionId>,
    /// Only those that need this room or car.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<CalendarResourceId>,
    /// How many at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// Whether a week is published, and how often it was adjusted since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetCalendarWeek {
    /// The office.
    pub office: OfficeId,
    /// The week: its Monday, or another day in it.
    pub week: Day,
}

/// Approves every proposed entry that begins in a week, and publishes the week (ban hành lịch tuần). A published week
/// is adjusted by it. All or nothing: conflicts have to be confirmed, those among the entries themselves on both sides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ApproveCalendarWeek {
    /// The office.
    pub office: OfficeId,
    /// The week: its Monday, or another day in it.
    pub week: Day,
    /// The conflicting entries, as they were seen, in spite of which the week is approved.
    #[serde(default)]
    pub confirmed: Vec<SeenConflict>,
}

/// The week as it is printed (lịch công tác tuần): CSV in UTF-8 with a byte order mark, by day, morning and afternoon.
/// Only what was approved stands in it; what was cancelled since is marked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PrintCalendarWeek {
    /// The office.
    pub office: OfficeId,
    /// The week: its Monday, or another day in it.
    pub week: Day,
}
