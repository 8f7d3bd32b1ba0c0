//! Assignments one at a time: read, locked, written. A change is stored with its entry, or not at all.

use schema_programme::{Assignment, AssignmentSourceKind};
use sea_orm::{DatabaseTransaction, IntoActiveModel as _, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use service::{InScope as _, Scope};
use wire::{
    Day, Version,
    id::{AssignmentId, IncomingId},
};

use crate::{
    domain::change::Change,
    store::{
        entries,
        rows::{Column, Entity, Model},
        units,
    },
};

/// An assignment in scope; the lead unit named as on `day`.
pub(crate) async fn one(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: AssignmentId,
    day: Day,
) -> Result<Option<Assignment>, DbErr> {
    let row = Entity::find_by_id(id).in_scope(scope, Column::OfficeId).one(conn).await?;
    Ok(nouns(conn, row.into_iter().collect(), day).await?.pop())
}

/// As [`one`], locked until the transaction ends.
pub(crate) async fn locked(
    tx: &DatabaseTransaction,
    scope: &Scope,
    id: AssignmentId,
    day: Day,
) -> Result<Option<Assignment>, DbErr> {
    let row = service::lock(Entity::find_by_id(id).in_scope(scope, Column::OfficeId)).one(tx).await?;
    Ok(nouns(tx, row.into_iter().collect(), day).await?.pop())
}

/// What is owed because of an incoming document, locked until the transaction ends.
pub(crate) async fn owed_from(
    tx: &DatabaseTransaction,
    scope: &Scope,
    document: IncomingId,
    day: Day,
) -> Result<Vec<Assignment>, DbErr> {
    let owed = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::Owed.eq(true));
    let from = owed.filter(Column::SourceId.eq(Uuid::from(document))).order_by_asc(Column::Id);
    let found = nouns(tx, service::lock(from).all(tx).await?, day).await?;
    // A petition may bear any id; the kind of the source is within the parts.
    Ok(found.into_iter().filter(|work| work.source.kind == AssignmentSourceKind::IncomingDocument).collect())
}

/// The assignments after an id, by id: for snapshots.
pub(crate) async fn after(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: Option<Uuid>,
    limit: u16,
    day: Day,
) -> Result<Vec<Assignment>, DbErr> {
    let all = Entity::find().in_scope(scope, Column::OfficeId);
    let later = id.into_iter().fold(all, |query, id| query.filter(Column::Id.gt(id)));
    let rows = later.order_by_asc(Column::Id).limit(u64::from(limit)).all(conn).await?;
    nouns(conn, rows, day).await
}

/// Stores an assignment that has just been made, with the first entry of its history.
pub(crate) async fn insert(tx: &DatabaseTransaction, change: &Change) -> Result<(), DbErr> {
    let row = Model::from(change.assignment.clone()).into_active_model();
    Entity::insert(row).exec_without_returning(tx).await?;
    entries::append(tx, change).await
}

/// Stores a change. The entry comes first, because the table refuses a change that its history does not tell of.
pub(crate) async fn save(tx: &DatabaseTransaction, change: &Change) -> Result<(), DbErr> {
    entries::append(tx, change).await?;
    let Version(version) = change.assignment.version;
    let row = Model::from(change.assignment.clone()).into_active_model().reset_all();
    let update = Entity::update_many().set(row).filter(Column::Id.eq(Uuid::from(change.assignment.id)));
    let stored = update.filter(Column::Version.eq(version - 1)).exec(tx).await?;
    if stored.rows_affected == 1 { Ok(()) } else { Err(DbErr::RecordNotUpdated) }
}

/// Rows as nouns, with the names of their lead units.
pub(super) async fn nouns(conn: &impl ConnectionTrait, rows: Vec<Model>, day: Day) -> Result<Vec<Assignment>, DbErr> {
    let names = units::names(conn, rows.iter().map(Model::lead_unit), day).await?;
    let named = |row: Model| {
        let name = names.get(&row.lead_unit()).cloned();
        row.noun(name)
    };
    rows.into_iter().map(named).collect()
}
