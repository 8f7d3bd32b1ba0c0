//! What is done to entries of the calendar: units propose, the chief of office approves.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Instant,
    id::{CalendarEntryId, CalendarResourceId, IncomingId, OfficeId, PositionId, UnitId},
};

use crate::SeenConflict;

/// Proposes an entry (đề nghị đưa vào lịch). What it conflicts with is in the answer; only approval minds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ProposeCalendarEntry {
    /// The office.
    pub office: OfficeId,
    /// The unit that proposes, one of the caller's; the first in which the caller may when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// What is held.
    pub title: String,
    /// Where; may be left out when a room is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// When it begins.
    pub starts: Instant,
    /// When it is over: later, not yet past, and within 60 days.
    pub ends: Instant,
    /// The positions of the leaders who take part.
    #[serde(default)]
    pub leaders: Vec<PositionId>,
    /// The rooms and cars it needs.
    #[serde(default)]
    pub resources: Vec<CalendarResourceId>,
    /// Who else takes part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attendees: Option<String>,
    /// What is to be prepared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preparation: Option<String>,
    /// The incoming document that invites to it; it must be open, and in force. A petition or a secret paper is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitation: Option<IncomingId>,
}

/// Changes an entry; all that it says stands afterwards. While it is proposed or returned, by who proposed it or the head
/// of the unit, and it waits for approval again; afterwards only by those who approve, and then conflicts have to be
/// confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeCalendarEntry {
    /// Which entry.
    pub id: CalendarEntryId,
    /// What is held.
    pub title: String,
    /// Where; may be left out when a room is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// When it begins.
    pub starts: Instant,
    /// When it is over: later, not yet past, and within 60 days.
    pub ends: Instant,
    /// The positions of the leaders who take part.
    #[serde(default)]
    pub leaders: Vec<PositionId>,
    /// The rooms and cars it needs.
    #[serde(default)]
    pub resources: Vec<CalendarResourceId>,
    /// Who else takes part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attendees: Option<String>,
    /// What is to be prepared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preparation: Option<String>,
    /// Of an approved entry: the conflicts, as they were seen, in spite of which it is changed.
    #[serde(default)]
    pub confirmed: Vec<SeenConflict>,
}

/// Approves a proposed entry (duyệt). With a conflict it is refused, unless every conflicting entry is named in the
/// version in which it conflicts now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ApproveCalendarEntry {
    /// Which entry.
    pub id: CalendarEntryId,
    /// The conflicts, as they were seen, in spite of which it is approved.
    #[serde(default)]
    pub confirmed: Vec<SeenConflict>,
}

/// Returns a proposed entry to its unit (trả lại). It keeps nothing busy until it is changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReturnCalendarEntry {
    /// Which entry.
    pub id: CalendarEntryId,
    /// What is to be changed.
    pub reason: String,
}

/// Cancels an entry (hoãn, hủy): before approval by who proposed it, the head of the unit or those who approve,
/// afterwards by those who approve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CancelCalendarEntry {
    /// Which entry.
    pub id: CalendarEntryId,
    /// Why.
    pub reason: String,
}
