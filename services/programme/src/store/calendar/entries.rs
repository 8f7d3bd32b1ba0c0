//! Entries of the calendar one at a time: read, locked, written. A change is stored with its record, or not at all.

use std::collections::BTreeSet;

use schema_programme::CalendarEntry;
use sea_orm::{DatabaseTransaction, IntoActiveModel as _, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use service::{InScope as _, Scope};
use wire::{Day, Version, id::CalendarEntryId};

use crate::{
    domain::calendar::entry::Step,
    store::{
        calendar::{
            busy, records, resources,
            rows::{Column, Entity, Model, Names},
        },
        positions, units,
    },
};

/// An entry in scope; its unit named as on `day`.
pub(crate) async fn one(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: CalendarEntryId,
    day: Day,
) -> Result<Option<CalendarEntry>, DbErr> {
    let row = Entity::find_by_id(id).in_scope(scope, Column::OfficeId).one(conn).await?;
    Ok(nouns(conn, row.into_iter().collect(), day).await?.pop())
}

/// As [`one`], locked until the transaction ends.
pub(crate) async fn locked(
    tx: &DatabaseTransaction,
    scope: &Scope,
    id: CalendarEntryId,
    day: Day,
) -> Result<Option<CalendarEntry>, DbErr> {
    let row = service::lock(Entity::find_by_id(id).in_scope(scope, Column::OfficeId)).one(tx).await?;
    Ok(nouns(tx, row.into_iter().collect(), day).await?.pop())
}

/// The entries after an id, by id: for snapshots.
pub(crate) async fn after(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: Option<Uuid>,
    limit: u16,
    day: Day,
) -> Result<Vec<CalendarEntry>, DbErr> {
    let all = Entity::find().in_scope(scope, Column::OfficeId);
    let later = id.into_iter().fold(all, |query, id| query.filter(Column::Id.gt(id)));
    let rows = later.order_by_asc(Column::Id).limit(u64::from(limit)).all(conn).await?;
    nouns(conn, rows, day).await
}

/// Stores an entry that has just been proposed, what it keeps busy, and the first record of its history.
pub(crate) async fn insert(tx: &DatabaseTransaction, step: &Step) -> Result<(), DbErr> {
    let row = Model::from(step.entry.clone()).into_active_model();
    Entity::insert(row).exec_without_returning(tx).await?;
    busy::put(tx, &step.entry).await?;
    records::append(tx, step).await
}

/// Stores an act. The record comes first, because the table refuses a change that its history does not tell of.
pub(crate) async fn save(tx: &DatabaseTransaction, step: &Step) -> Result<(), DbErr> {
    records::append(tx, step).await?;
    let Version(version) = step.entry.version;
    let row = Model::from(step.entry.clone()).into_active_model().reset_all();
    let update = Entity::update_many().set(row).filter(Column::Id.eq(Uuid::from(step.entry.id)));
    let stored = update.filter(Column::Version.eq(version - 1)).exec(tx).await?;
    if stored.rows_affected == 1 { Ok(()) } else { Err(DbErr::RecordNotUpdated) }
}

/// As [`save`], for an act that may need other things or another time.
pub(crate) async fn save_moved(tx: &DatabaseTransaction, step: &Step) -> Result<(), DbErr> {
    save(tx, step).await?;
    busy::put(tx, &step.entry).await
}

/// Rows as nouns, with the names of what they name.
pub(super) async fn nouns(
    conn: &impl ConnectionTrait,
    rows: Vec<Model>,
    day: Day,
) -> Result<Vec<CalendarEntry>, DbErr> {
    let leaders: BTreeSet<_> = rows.iter().flat_map(Model::leaders).collect();
    let booked: BTreeSet<_> = rows.iter().flat_map(Model::resources).collect();
    let known = positions::known(conn, leaders).await?;
    let things = resources::named(conn, booked).await?;
    let names = Names {
        units: units::names(conn, rows.iter().map(Model::unit), day).await?,
        positions: known.into_iter().map(|position| (position.id, position.title)).collect(),
        resources: things.into_iter().map(|resource| (resource.id, resource)).collect(),
    };
    rows.into_iter().map(|row| row.noun(&names)).collect()
}
