//! Imports of units and people, and the rows of drafts, always within a scope.

use schema_identity::{DirectoryColumn, DirectoryImport, DirectoryImportKind, DirectoryImportState};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use service::{InScope as _, Scope};
use sheet::Row;
use uuid::Uuid;
use wire::{
    Day, Version,
    id::{DirectoryImportId, OfficeId},
};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "directory_import")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub office_id: Uuid,
        pub version: i64,
        pub kind: String,
        pub state: String,
        pub file_name: String,
        pub sha256: String,
        pub from_day: TimeDate,
        pub mapping: Json,
        pub row_count: i64,
        pub done_count: i64,
        pub left_count: i64,
        pub undo_reason: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod cells {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "directory_import_sheet")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub import_id: Uuid,
        pub office_id: Uuid,
        pub cells: Json,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Keeps a new draft with the rows of its spreadsheet.
pub(crate) async fn insert(tx: &DatabaseTransaction, import: &DirectoryImport, rows: &[Row]) -> Result<(), DbErr> {
    row::Entity::insert(model(import)?).exec_without_returning(tx).await?;
    let sheet = cells::ActiveModel {
        import_id: Set(import.id.into()),
        office_id: Set(import.office.into()),
        cells: Set(json(rows)?),
    };
    cells::Entity::insert(sheet).exec_without_returning(tx).await.map(|_| ())
}

/// Keeps a changed import.
pub(crate) async fn save(tx: &DatabaseTransaction, import: &DirectoryImport) -> Result<(), DbErr> {
    row::Entity::update(model(import)?).exec(tx).await.map(|_| ())
}

/// One import.
pub(crate) async fn get(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: DirectoryImportId,
) -> Result<Option<DirectoryImport>, DbErr> {
    let query = row::Entity::find_by_id(Uuid::from(id)).in_scope(scope, row::Column::OfficeId);
    query.one(db).await?.map(noun).transpose()
}

/// One import, locked until the transaction ends.
pub(crate) async fn lock(
    tx: &DatabaseTransaction,
    scope: &Scope,
    id: DirectoryImportId,
) -> Result<Option<DirectoryImport>, DbErr> {
    let query = row::Entity::find_by_id(Uuid::from(id)).in_scope(scope, row::Column::OfficeId);
    service::lock(query).one(tx).await?.map(noun).transpose()
}

/// Imports before an id, those begun last first.
pub(crate) async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<DirectoryImport>, DbErr> {
    let mut query =
        row::Entity::find().in_scope(scope, row::Column::OfficeId).order_by_desc(row::Column::Id).limit(limit);
    if let Some(before) = before {
        query = query.filter(row::Column::Id.lt(before));
    }
    query.all(db).await?.into_iter().map(noun).collect()
}

/// Whether a job works on an import of the office.
pub(crate) async fn under_way(tx: &DatabaseTransaction, scope: &Scope) -> Result<bool, DbErr> {
    let states = [DirectoryImportState::Applying, DirectoryImportState::Undoing].map(word).into_iter();
    let states: Vec<String> = states.collect::<Result<_, _>>()?;
    let query = row::Entity::find().in_scope(scope, row::Column::OfficeId).filter(row::Column::State.is_in(states));
    Ok(query.limit(1).one(tx).await?.is_some())
}

/// The rows of a draft's spreadsheet.
pub(crate) async fn sheet(db: &impl ConnectionTrait, scope: &Scope, id: DirectoryImportId) -> Result<Vec<Row>, DbErr> {
    let query = cells::Entity::find_by_id(Uuid::from(id)).in_scope(scope, cells::Column::OfficeId);
    query.one(db).await?.map(|found| said(found.cells)).transpose().map(Option::unwrap_or_default)
}

/// Removes the rows of a spreadsheet that are not needed any more: they tell of people.
pub(crate) async fn drop_sheet(tx: &DatabaseTransaction, id: DirectoryImportId) -> Result<(), DbErr> {
    cells::Entity::delete_by_id(Uuid::from(id)).exec(tx).await.map(|_| ())
}

/// The word of a plain enum, as on the wire.
pub(super) fn word<T: Serialize>(value: T) -> Result<String, DbErr> {
    match json(value)? {
        Value::String(word) => Ok(word),
        other => Err(DbErr::Type(format!("`{other}` is no word"))),
    }
}

/// A value as JSON.
pub(super) fn json<T: Serialize>(value: T) -> Result<Value, DbErr> {
    serde_json::to_value(value).map_err(|error| DbErr::Type(error.to_string()))
}

/// What JSON says.
pub(super) fn said<T: DeserializeOwned>(value: Value) -> Result<T, DbErr> {
    serde_json::from_value(value).map_err(|error| DbErr::Type(error.to_string()))
}

/// A count.
pub(super) fn count(number: i64) -> Result<u32, DbErr> {
    u32::try_from(number).map_err(|_| DbErr::Type(format!("`{number}` is no count")))
}

fn noun(row: row::Model) -> Result<DirectoryImport, DbErr> {
    let row::Model { id, office_id, version, kind, state, file_name, sha256, from_day, mapping, .. } = row;
    Ok(DirectoryImport {
        id: id.into(),
        office: OfficeId(office_id),
        kind: said::<DirectoryImportKind>(Value::String(kind))?,
        version: Version(version),
        state: said::<DirectoryImportState>(Value::String(state))?,
        file_name,
        sha256,
        from: Day(from_day),
        columns: said::<Vec<DirectoryColumn>>(mapping)?,
        rows: count(row.row_count)?,
        done: count(row.done_count)?,
        left: count(row.left_count)?,
        undo_reason: row.undo_reason,
    })
}

fn model(import: &DirectoryImport) -> Result<row::ActiveModel, DbErr> {
    let DirectoryImport { id, office, kind, version, state, file_name, sha256, from, .. } = import;
    let DirectoryImport { columns, rows, done, left, undo_reason, .. } = import;
    Ok(row::ActiveModel {
        id: Set((*id).into()),
        office_id: Set((*office).into()),
        version: Set(version.0),
        kind: Set(word(kind)?),
        state: Set(word(state)?),
        file_name: Set(file_name.clone()),
        sha256: Set(sha256.clone()),
        from_day: Set(from.0),
        mapping: Set(json(columns)?),
        row_count: Set((*rows).into()),
        done_count: Set((*done).into()),
        left_count: Set((*left).into()),
        undo_reason: Set(undo_reason.clone()),
    })
}
