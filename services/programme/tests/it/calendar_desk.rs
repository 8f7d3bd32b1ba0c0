//! An office with a calendar: leaders, a room, a car, who proposes and who approves.

use std::time::Duration;

use schema_identity::{Position, PositionChanged};
use schema_programme::{
    AddCalendarResource, ApproveCalendarEntry, CalendarConflict, CalendarEntry, CalendarResource, CalendarResourceKind,
    ProposeCalendarEntry, SeenConflict,
};
use service::Service;
use testbed::{Pair, Person};
use uuid::Uuid;
use wire::{
    Day, Instant, Version,
    id::{OfficeId, PositionId, UnitId},
};

use crate::desk::{Desk, OTHER_UNIT, UNIT};

const READ: &str = "programme.calendar.read";
const PROPOSE: &str = "programme.calendar.propose";
const APPROVE: &str = "programme.calendar.approve";

pub(crate) const SECRETARY: PositionId = PositionId(Uuid::from_u128(81));
pub(crate) const DEPUTY: PositionId = PositionId(Uuid::from_u128(82));

/// A Monday far ahead.
pub(crate) fn monday() -> Day {
    "2035-11-19".parse().unwrap()
}

/// So many minutes after midnight of that Monday.
pub(crate) fn minute(minutes: u64) -> Instant {
    monday().start().plus(Duration::from_secs(60 * minutes))
}

/// The office, with those who keep its calendar.
pub(crate) struct Calendar {
    pub(crate) desk: Desk,
    /// Approves.
    pub(crate) chief: Person,
    /// Proposes for the unit.
    pub(crate) clerk: Person,
    /// Proposes for the other unit.
    pub(crate) neighbour: Person,
    pub(crate) room: CalendarResource,
    pub(crate) car: CalendarResource,
}

impl Calendar {
    pub(crate) async fn open(pair: Pair, beside: Vec<Service>) -> Self {
        let mut desk = Desk::open(pair, beside).await;
        for (id, title) in [(SECRETARY, "Bí thư"), (DEPUTY, "Phó Bí thư Thường trực")] {
            desk.bench.publish(&position_changed(id, desk.office, title, Version::FIRST)).await.unwrap();
        }
        desk.bench.settled().await;
        let member = |unit: UnitId, permissions: &[&str]| {
            let person = desk.bench.person(&[(desk.office, permissions)]);
            person.change(|authority| authority.grants[0].unit = unit);
            person
        };
        let chief = member(OTHER_UNIT, &[READ, PROPOSE, APPROVE]);
        let clerk = member(UNIT, &[READ, PROPOSE, "documents.incoming.read"]);
        let neighbour = member(OTHER_UNIT, &[READ, PROPOSE]);
        let thing = |kind, name: &str| AddCalendarResource {
            office: desk.office,
            kind,
            name: name.into(),
            seats: Some(40),
            from: None,
        };
        let room = chief.call(&thing(CalendarResourceKind::Room, "Phòng họp số 1")).await.unwrap();
        let car = chief.call(&thing(CalendarResourceKind::Car, "Xe 80A-000.01")).await.unwrap();
        Self { desk, chief, clerk, neighbour, room, car }
    }

    pub(crate) async fn plain() -> Self {
        Self::open(Pair::LocalSqlite, Vec::new()).await
    }

    /// A meeting of the secretary in the hall, from one minute of that Monday to another.
    pub(crate) fn meeting(&self, from: u64, to: u64) -> ProposeCalendarEntry {
        ProposeCalendarEntry {
            office: self.desk.office,
            unit: None,
            title: "Họp giao ban".into(),
            place: Some("Hội trường".into()),
            starts: minute(from),
            ends: minute(to),
            leaders: vec![SECRETARY],
            resources: vec![],
            attendees: None,
            preparation: None,
            invitation: None,
        }
    }

    pub(crate) async fn proposed(&self, from: u64, to: u64) -> CalendarEntry {
        self.clerk.call(&self.meeting(from, to)).await.unwrap()
    }

    pub(crate) async fn approved(&self, from: u64, to: u64) -> CalendarEntry {
        let id = self.proposed(from, to).await.id;
        self.chief.call(&ApproveCalendarEntry { id, confirmed: vec![] }).await.unwrap()
    }
}

/// Conflicts as they were seen.
pub(crate) fn seen(conflicts: &[CalendarConflict]) -> Vec<SeenConflict> {
    conflicts.iter().map(|conflict| SeenConflict { entry: conflict.entry, version: conflict.version }).collect()
}

/// What identity tells of a position that goes on for ever.
pub(crate) fn position_changed(id: PositionId, office: OfficeId, title: &str, version: Version) -> PositionChanged {
    let position = Position {
        id,
        office,
        unit: UNIT,
        title: title.into(),
        roles: vec![],
        head: false,
        reach: Default::default(),
        reports_to: None,
        from: "2025-07-01".parse().unwrap(),
        to: None,
        version,
    };
    PositionChanged { position, reporting: vec![] }
}
