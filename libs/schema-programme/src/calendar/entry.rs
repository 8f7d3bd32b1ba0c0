//! The noun of the calendar: an entry of the week (mục lịch), what it conflicts with, and its history.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Instant, Version,
    id::{CalendarEntryId, CalendarResourceId, IncomingId, OfficeId, PositionId, UnitId},
};

use crate::{AssignmentActor, CalendarResourceKind};

/// An entry of an office's calendar of the week (mục lịch công tác tuần): what is held when and where, and whom and
/// what it keeps busy.
///
/// Once it was approved everybody in the office sees it; before, its unit and those who approve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CalendarEntry {
    /// Its id.
    pub id: CalendarEntryId,
    /// The office it belongs to.
    pub office: OfficeId,
    /// How often it was changed; the history has as many records.
    pub version: Version,
    /// What is held (nội dung), in one line.
    pub title: String,
    /// Where, when it is not in one of the rooms (địa điểm).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// When it begins.
    pub starts: Instant,
    /// When it is over; the things it needs are free again from this moment on.
    pub ends: Instant,
    /// The leaders who take part, in the order in which they are named; each is busy meanwhile.
    pub leaders: Vec<CalendarLeader>,
    /// The rooms and cars it needs; each is busy meanwhile.
    pub resources: Vec<CalendarBooking>,
    /// Who else takes part (thành phần), in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attendees: Option<String>,
    /// What is to be prepared, and by whom (chuẩn bị).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preparation: Option<String>,
    /// The incoming document that invites to it (giấy mời). Nothing of it is copied here but its id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitation: Option<IncomingId>,
    /// The unit that proposed it.
    pub unit: UnitId,
    /// That unit's name as last heard from `identity`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_name: Option<String>,
    /// Who proposed it, in which position.
    pub proposed_by: AssignmentActor,
    /// When it was proposed.
    pub proposed_at: Instant,
    /// How it stands.
    pub state: CalendarState,
    /// Whether it was ever approved, so that the whole office knows of it.
    pub announced: bool,
    /// Why it was returned or cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The other entries that need a leader, a room or a car of this one at the same time, as they stood when this was
    /// answered, the earliest first; events leave them out. An entry that keeps nothing busy has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<CalendarConflict>,
}

/// A leader whom an entry keeps busy, named by position: whoever holds it then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CalendarLeader {
    /// The position.
    pub position: PositionId,
    /// Its title as last heard from `identity`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// A room or a car that an entry keeps busy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CalendarBooking {
    /// The room or car.
    pub resource: CalendarResourceId,
    /// Which of the two.
    pub kind: CalendarResourceKind,
    /// Its name.
    pub name: String,
}

/// Another entry that needs the same leader, room or car at the same time (trùng lịch).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CalendarConflict {
    /// The other entry.
    pub entry: CalendarEntryId,
    /// Its version: who approves in spite of it names both.
    pub version: Version,
    /// What it is; absent when the caller may not see it yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The unit that proposed it.
    pub unit: UnitId,
    /// That unit's name as last heard from `identity`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_name: Option<String>,
    /// How it stands: proposed, approved or changed.
    pub state: CalendarState,
    /// When it begins.
    pub starts: Instant,
    /// When it is over.
    pub ends: Instant,
    /// The leaders whom both need, by position.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leaders: Vec<PositionId>,
    /// The rooms and cars that both need.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<CalendarResourceId>,
}

/// How an entry of the calendar stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CalendarState {
    /// Proposed by a unit, not approved yet (đề nghị).
    Proposed,
    /// Returned to its unit with a reason; it keeps nothing busy until it is changed (trả lại).
    Returned,
    /// Approved (đã duyệt).
    Approved,
    /// Changed after it was approved; it stands as it is now (đã điều chỉnh).
    Changed,
    /// Cancelled with a reason (hoãn, hủy).
    Cancelled,
}

impl CalendarState {
    /// All states.
    pub const ALL: [Self; 5] = [Self::Proposed, Self::Returned, Self::Approved, Self::Changed, Self::Cancelled];

    /// Whether an entry in this state keeps its leaders, rooms and cars busy.
    #[must_use]
    pub fn keeps_busy(self) -> bool {
        matches!(self, Self::Proposed | Self::Approved | Self::Changed)
    }

    /// The word as storage and messages write it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Returned => "returned",
            Self::Approved => "approved",
            Self::Changed => "changed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The words a Vietnamese reader sees.
    #[must_use]
    pub fn vi(self) -> &'static str {
        match self {
            Self::Proposed => "đang đề nghị",
            Self::Returned => "đã trả lại",
            Self::Approved => "đã duyệt",
            Self::Changed => "đã điều chỉnh",
            Self::Cancelled => "đã hủy",
        }
    }
}

/// What can be done to an entry of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CalendarAct {
    /// Proposed (đề nghị đưa vào lịch).
    Propose,
    /// Changed (sửa, điều chỉnh).
    Change,
    /// Approved (duyệt).
    Approve,
    /// Returned with a reason (trả lại).
    Return,
    /// Cancelled with a reason (hoãn, hủy).
    Cancel,
}

impl CalendarAct {
    /// All acts.
    pub const ALL: [Self; 5] = [Self::Propose, Self::Change, Self::Approve, Self::Return, Self::Cancel];

    /// The word as storage and messages write it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Propose => "propose",
            Self::Change => "change",
            Self::Approve => "approve",
            Self::Return => "return",
            Self::Cancel => "cancel",
        }
    }

    /// The words a Vietnamese reader sees.
    #[must_use]
    pub fn vi(self) -> &'static str {
        match self {
            Self::Propose => "đề nghị",
            Self::Change => "sửa",
            Self::Approve => "duyệt",
            Self::Return => "trả lại",
            Self::Cancel => "hủy",
        }
    }
}

/// One record of the history of an entry. Records are only ever added, one for each version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CalendarRecord {
    /// The entry.
    pub entry: CalendarEntryId,
    /// The version the act made.
    pub version: Version,
    /// What was done.
    pub act: CalendarAct,
    /// Who did it, in which position.
    pub by: AssignmentActor,
    /// When.
    pub at: Instant,
    /// Why it was returned or cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The state after it.
    pub state: CalendarState,
    /// When the entry begins after it.
    pub starts: Instant,
    /// When the entry is over after it.
    pub ends: Instant,
    /// The conflicts in spite of which it was approved, or changed after that.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub confirmed: Vec<SeenConflict>,
}

/// A conflicting entry as somebody saw it. When it has changed since, it is another conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct SeenConflict {
    /// The entry.
    pub entry: CalendarEntryId,
    /// Its version.
    pub version: Version,
}
