//! Rooms and cars: what an entry of the calendar keeps busy besides leaders.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, Version,
    id::{CalendarResourceId, OfficeId},
};

/// A room or a car of an office (phòng họp, xe).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CalendarResource {
    /// Its id.
    pub id: CalendarResourceId,
    /// The office it belongs to.
    pub office: OfficeId,
    /// How often it was changed.
    pub version: Version,
    /// Room or car.
    pub kind: CalendarResourceKind,
    /// Its name, such as `Phòng họp số 1`.
    pub name: String,
    /// How many it seats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seats: Option<u16>,
    /// The first day on which it can be had.
    pub from: Day,
    /// The first day on which it no longer can; absent while it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
}

/// The kinds of things that can be busy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CalendarResourceKind {
    /// A room (phòng họp).
    Room,
    /// A car (xe).
    Car,
}

impl CalendarResourceKind {
    /// Both kinds.
    pub const ALL: [Self; 2] = [Self::Room, Self::Car];

    /// The word as storage writes it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Room => "room",
            Self::Car => "car",
        }
    }
}

/// Adds a room or a car.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AddCalendarResource {
    /// The office.
    pub office: OfficeId,
    /// Room or car.
    pub kind: CalendarResourceKind,
    /// Its name, which no other room or car of the office bears at the same time.
    pub name: String,
    /// How many it seats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seats: Option<u16>,
    /// The first day on which it can be had; today when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
}

/// Takes a room or a car out of use from a day on. While something that keeps it busy reaches into that day, this is
/// refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EndCalendarResource {
    /// Which one.
    pub id: CalendarResourceId,
    /// The first day on which it no longer can be had.
    pub to: Day,
}

/// Rooms and cars of an office, by kind and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListCalendarResources {
    /// The office.
    pub office: OfficeId,
    /// Only those that can be had on this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Day>,
    /// How many at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}
