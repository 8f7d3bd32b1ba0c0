//! The history of entries of the calendar. Records are only ever added; the table itself refuses anything else.

use schema_programme::{AssignmentActor, CalendarAct, CalendarRecord, SeenConflict};
use sea_orm::{
    DatabaseTransaction, FromJsonQueryResult, IntoActiveModel as _, QueryOrder as _, QuerySelect as _,
    entity::prelude::*,
};
use serde::{Deserialize, Serialize};
use service::{InScope as _, Scope};
use wire::{
    Instant, Version,
    id::{CalendarEntryId, PersonId, PositionId},
};

use crate::{domain::calendar::entry::Step, store::calendar::rows::state_of};

/// One act upon an entry.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_record")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    entry_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    version: i64,
    office_id: Uuid,
    act: String,
    by_person_id: Uuid,
    by_position_id: Uuid,
    for_person_id: Option<Uuid>,
    at: i64,
    note: Option<String>,
    state: String,
    starts: i64,
    ends: i64,
    confirmed: Confirmed,
}

/// The conflicts that were confirmed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
pub(crate) struct Confirmed(Vec<SeenConflict>);

/// Records are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Adds the record of an act; its office is the entry's.
pub(super) async fn append(tx: &DatabaseTransaction, step: &Step) -> Result<(), DbErr> {
    let CalendarRecord { entry, version, act, by, at, note, state, starts, ends, confirmed } = step.record.clone();
    let row = Model {
        entry_id: entry.into(),
        version: version.0,
        office_id: step.entry.office.into(),
        act: act.word().to_owned(),
        by_person_id: by.person.into(),
        by_position_id: by.position.into(),
        for_person_id: by.on_behalf_of.map(Uuid::from),
        at: at.micros(),
        note,
        state: state.word().to_owned(),
        starts: starts.micros(),
        ends: ends.micros(),
        confirmed: Confirmed(confirmed),
    };
    Entity::insert(row.into_active_model()).exec_without_returning(tx).await.map(|_| ())
}

impl TryFrom<Model> for CalendarRecord {
    type Error = DbErr;

    fn try_from(row: Model) -> Result<Self, DbErr> {
        let Model { entry_id, version, act, by_person_id, by_position_id, at, note, state, starts, ends, .. } = row;
        let known = CalendarAct::ALL.into_iter().find(|known| known.word() == act);
        let Confirmed(confirmed) = row.confirmed;
        Ok(Self {
            entry: CalendarEntryId(entry_id),
            version: Version(version),
            act: known.ok_or_else(|| DbErr::Type(format!("`{act}` is no act upon a calendar entry")))?,
            by: AssignmentActor {
                person: PersonId(by_person_id),
                position: PositionId(by_position_id),
                on_behalf_of: row.for_person_id.map(PersonId),
            },
            at: Instant::from_micros(at),
            note,
            state: state_of(&state)?,
            starts: Instant::from_micros(starts),
            ends: Instant::from_micros(ends),
            confirmed,
        })
    }
}

/// Records of an entry after a version, the oldest first; one more than `limit` when more follow.
pub(crate) async fn list(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    entry: CalendarEntryId,
    after: Version,
    limit: u16,
) -> Result<Vec<CalendarRecord>, DbErr> {
    let records = Entity::find().in_scope(scope, Column::OfficeId);
    let records = records.filter(Column::EntryId.eq(Uuid::from(entry))).filter(Column::Version.gt(after.0));
    let rows = records.order_by_asc(Column::Version).limit(u64::from(limit) + 1).all(conn).await?;
    rows.into_iter().map(CalendarRecord::try_from).collect()
}
