//! When leaders, rooms and cars are needed: one row for each entry and thing, in step with the entry. Whether the entry
//! keeps them busy, its state says.

use std::collections::BTreeSet;

use schema_programme::CalendarEntry;
use sea_orm::{
    DatabaseTransaction, IntoActiveModel as _, QuerySelect as _,
    entity::prelude::*,
    sea_query::{Query, SelectStatement},
};
use wire::{Instant, id::OfficeId};

use crate::domain::calendar::{
    clash::{Thing, things},
    content::LONGEST_DAYS,
};

/// One thing that one entry needs.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_busy")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    entry_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    thing_id: Uuid,
    office_id: Uuid,
    starts: i64,
    ends: i64,
}

/// Joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The id of a thing: those of positions, rooms and cars are never the same.
pub(crate) fn id(thing: Thing) -> Uuid {
    match thing {
        Thing::Leader(position) => position.into(),
        Thing::Resource(resource) => resource.into(),
    }
}

/// Writes what an entry needs, in place of what it needed before.
pub(super) async fn put(tx: &DatabaseTransaction, entry: &CalendarEntry) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::EntryId.eq(Uuid::from(entry.id))).exec(tx).await?;
    let row = |thing| Model {
        entry_id: entry.id.into(),
        thing_id: id(thing),
        office_id: entry.office.into(),
        starts: entry.starts.micros(),
        ends: entry.ends.micros(),
    };
    let rows: Vec<_> = things(entry).into_iter().map(|thing| row(thing).into_active_model()).collect();
    if rows.is_empty() {
        return Ok(());
    }
    Entity::insert_many(rows).exec_without_returning(tx).await.map(|_| ())
}

/// A query for the ids of entries of an office that need one of these things in a stretch of time.
pub(super) fn who_needs(office: OfficeId, needed: &BTreeSet<Thing>, (from, to): (Instant, Instant)) -> SelectStatement {
    // An index can begin where the longest entry that reaches into this time does.
    let earliest = from.micros().saturating_sub(LONGEST_DAYS * 86_400_000_000);
    Query::select()
        .column(Column::EntryId)
        .from(Entity)
        .and_where(Column::OfficeId.eq(Uuid::from(office)))
        .and_where(Column::ThingId.is_in(needed.iter().copied().map(id)))
        .and_where(Column::Starts.gte(earliest))
        .and_where(Column::Starts.lt(to.micros()))
        .and_where(Column::Ends.gt(from.micros()))
        .take()
}

/// Something an entry of the office needs a thing for after a moment, the latest first to be over.
pub(crate) async fn needed_after(
    conn: &impl ConnectionTrait,
    office: OfficeId,
    thing: Thing,
    moment: Instant,
) -> Result<Vec<Uuid>, DbErr> {
    let rows = Entity::find()
        .select_only()
        .column(Column::EntryId)
        .filter(Column::OfficeId.eq(Uuid::from(office)))
        .filter(Column::ThingId.eq(id(thing)))
        .filter(Column::Ends.gt(moment.micros()));
    rows.into_tuple().all(conn).await
}
