//! The row of an entry of the calendar, and the two ways between it and the noun.

use std::collections::BTreeMap;

use schema_programme::{
    AssignmentActor, CalendarBooking, CalendarEntry, CalendarLeader, CalendarResource, CalendarState,
};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};
use wire::{
    Instant, Version,
    id::{CalendarEntryId, CalendarResourceId, IncomingId, OfficeId, PositionId, UnitId},
};

/// An entry: what is searched and sorted by stands in columns, what is only ever read whole in `parts`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_entry")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    version: i64,
    title: String,
    starts: i64,
    ends: i64,
    unit_id: Uuid,
    proposed_at: i64,
    state: String,
    announced: bool,
    parts: Parts,
}

/// What is only ever read with its entry. Names are looked up when it is read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
pub(crate) struct Parts {
    place: Option<String>,
    leaders: Vec<PositionId>,
    resources: Vec<CalendarResourceId>,
    attendees: Option<String>,
    preparation: Option<String>,
    invitation: Option<IncomingId>,
    proposed_by: AssignmentActor,
    reason: Option<String>,
}

/// Entries are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Names as they were last heard.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Of units.
    pub(super) units: BTreeMap<UnitId, String>,
    /// Of positions.
    pub(super) positions: BTreeMap<PositionId, String>,
    /// Rooms and cars.
    pub(super) resources: BTreeMap<CalendarResourceId, CalendarResource>,
}

impl From<CalendarEntry> for Model {
    fn from(noun: CalendarEntry) -> Self {
        let parts = Parts {
            place: noun.place,
            leaders: noun.leaders.into_iter().map(|leader| leader.position).collect(),
            resources: noun.resources.into_iter().map(|booking| booking.resource).collect(),
            attendees: noun.attendees,
            preparation: noun.preparation,
            invitation: noun.invitation,
            proposed_by: noun.proposed_by,
            reason: noun.reason,
        };
        Self {
            id: noun.id.into(),
            office_id: noun.office.into(),
            version: noun.version.0,
            title: noun.title,
            starts: noun.starts.micros(),
            ends: noun.ends.micros(),
            unit_id: noun.unit.into(),
            proposed_at: noun.proposed_at.micros(),
            state: noun.state.word().to_owned(),
            announced: noun.announced,
            parts,
        }
    }
}

impl Model {
    /// The unit that proposed it.
    pub(super) fn unit(&self) -> UnitId {
        UnitId(self.unit_id)
    }

    /// The leaders it names.
    pub(super) fn leaders(&self) -> impl Iterator<Item = PositionId> + '_ {
        self.parts.leaders.iter().copied()
    }

    /// The rooms and cars it names.
    pub(super) fn resources(&self) -> impl Iterator<Item = CalendarResourceId> + '_ {
        self.parts.resources.iter().copied()
    }

    /// The noun, without conflicts.
    pub(super) fn noun(self, names: &Names) -> Result<CalendarEntry, DbErr> {
        let Parts { place, leaders, resources, attendees, preparation, invitation, proposed_by, reason } = self.parts;
        let leader = |position| CalendarLeader { position, title: names.positions.get(&position).cloned() };
        let booking = |id| {
            let known = names.resources.get(&id)?;
            Some(CalendarBooking { resource: id, kind: known.kind, name: known.name.clone() })
        };
        Ok(CalendarEntry {
            id: CalendarEntryId(self.id),
            office: OfficeId(self.office_id),
            version: Version(self.version),
            title: self.title,
            place,
            starts: Instant::from_micros(self.starts),
            ends: Instant::from_micros(self.ends),
            leaders: leaders.into_iter().map(leader).collect(),
            resources: resources.into_iter().filter_map(booking).collect(),
            attendees,
            preparation,
            invitation,
            unit: UnitId(self.unit_id),
            unit_name: names.units.get(&UnitId(self.unit_id)).cloned(),
            proposed_by,
            proposed_at: Instant::from_micros(self.proposed_at),
            state: state_of(&self.state)?,
            announced: self.announced,
            reason,
            conflicts: Vec::new(),
        })
    }
}

/// The state that a stored word means.
pub(super) fn state_of(word: &str) -> Result<CalendarState, DbErr> {
    let state = CalendarState::ALL.into_iter().find(|state| state.word() == word);
    state.ok_or_else(|| DbErr::Type(format!("`{word}` is no state of a calendar entry")))
}
