//! Entries of the calendar for the tests of its rules.

use std::time::Duration;

use schema_programme::{
    CalendarBooking, CalendarEntry, CalendarLeader, CalendarResource, CalendarResourceKind, CalendarState,
    ProposeCalendarEntry, Refusal,
};
use uuid::Uuid;
use wire::{
    Version,
    id::{CalendarEntryId, CalendarResourceId, PositionId},
};

use crate::domain::{
    calendar::content::{Facts, KnownPosition, Said, say},
    sample::{OFFICE, UNIT, at, clerk},
};

/// A proposed entry of the unit that keeps nothing busy, on the morning of Monday 23/11/2026.
pub(crate) fn entry(number: u128) -> CalendarEntry {
    with(number, (0, 60), &[], &[])
}

/// A proposed entry from one minute after 08:30 to another, with leaders and rooms by number.
pub(crate) fn with(number: u128, (from, to): (u64, u64), leaders: &[u128], rooms: &[u128]) -> CalendarEntry {
    let minute = |minutes: u64| at().plus(Duration::from_secs(60 * minutes));
    let leader = |number: &u128| CalendarLeader {
        position: PositionId(Uuid::from_u128(*number)),
        title: Some(format!("Lãnh đạo {number}")),
    };
    let room = |number: &u128| CalendarBooking {
        resource: CalendarResourceId(Uuid::from_u128(1000 + *number)),
        kind: CalendarResourceKind::Room,
        name: format!("Phòng {number}"),
    };
    CalendarEntry {
        id: CalendarEntryId(Uuid::from_u128(number)),
        office: OFFICE,
        version: Version::FIRST,
        title: format!("Mục {number}"),
        place: Some("Hội trường".into()),
        starts: minute(from),
        ends: minute(to),
        leaders: leaders.iter().map(leader).collect(),
        resources: rooms.iter().map(room).collect(),
        attendees: None,
        preparation: None,
        invitation: None,
        unit: UNIT,
        unit_name: Some("Bộ phận Tổng hợp".into()),
        proposed_by: clerk(),
        proposed_at: at(),
        state: CalendarState::Proposed,
        announced: false,
        reason: None,
        conflicts: Vec::new(),
    }
}

/// One leader, and one room until the fifth of December.
pub(crate) fn facts() -> (Vec<KnownPosition>, Vec<CalendarResource>) {
    let from = "2025-07-01".parse().unwrap();
    let position =
        KnownPosition { id: PositionId(Uuid::from_u128(81)), office: OFFICE, title: "Bí thư".into(), from, to: None };
    let room = CalendarResource {
        id: CalendarResourceId(Uuid::from_u128(91)),
        office: OFFICE,
        version: Version::FIRST,
        kind: CalendarResourceKind::Room,
        name: "Phòng họp số 1".into(),
        seats: Some(40),
        from,
        to: Some("2026-12-05".parse().unwrap()),
    };
    (vec![position], vec![room])
}

/// A proposal with that leader in that room, an hour from the moment of the samples on.
pub(crate) fn proposal() -> ProposeCalendarEntry {
    let (positions, resources) = facts();
    ProposeCalendarEntry {
        office: OFFICE,
        unit: None,
        title: " Họp giao ban".into(),
        place: None,
        starts: at(),
        ends: at().plus(Duration::from_secs(3600)),
        leaders: positions.into_iter().map(|position| position.id).collect(),
        resources: resources.into_iter().map(|room| room.id).collect(),
        attendees: None,
        preparation: None,
        invitation: None,
    }
}

/// What a proposal says, checked.
pub(crate) fn said(call: &ProposeCalendarEntry) -> Result<CalendarEntry, Refusal> {
    let (positions, resources) = facts();
    say(entry(1), Said::from(call), Facts { positions: &positions, resources: &resources }, at())
}
