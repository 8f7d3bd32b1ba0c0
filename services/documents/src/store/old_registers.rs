//! Spreadsheets with registers of past years. Their files stand among the files.

use schema_documents::{OldColumn, OldRegister, RegisterKind};
use sea_orm::{FromJsonQueryResult, IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use service::{InScope, Scope};
use wire::{
    FileRef, Instant, Version,
    id::{OfficeId, OldRegisterId},
};

use super::{files, word};

/// A spreadsheet.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "old_register")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    version: i64,
    kind: String,
    state: String,
    columns: Columns,
    row_count: i64,
    done: i64,
    added: i64,
    known: i64,
    failed: i64,
    brought_at: i64,
    begun_at: Option<i64>,
    last_at: Option<i64>,
}

/// The mapping of columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Columns(Vec<OldColumn>);

/// Spreadsheets are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<&OldRegister> for Model {
    fn from(noun: &OldRegister) -> Self {
        Self {
            id: noun.id.into(),
            office_id: noun.office.into(),
            version: noun.version.0,
            kind: word::of(noun.kind),
            state: word::of(noun.state),
            columns: Columns(noun.columns.clone()),
            row_count: noun.rows.into(),
            done: noun.done.into(),
            added: noun.added.into(),
            known: noun.known.into(),
            failed: noun.failed.into(),
            brought_at: noun.brought_at.micros(),
            begun_at: noun.begun_at.map(Instant::micros),
            last_at: noun.last_at.map(Instant::micros),
        }
    }
}

impl Model {
    fn noun(self, files: Vec<FileRef>) -> Result<OldRegister, DbErr> {
        Ok(OldRegister {
            id: OldRegisterId(self.id),
            office: OfficeId(self.office_id),
            version: Version(self.version),
            kind: word::read(self.kind)?,
            state: word::read(self.state)?,
            file: files.into_iter().next_back(),
            columns: self.columns.0,
            rows: word::count(self.row_count)?,
            done: word::count(self.done)?,
            added: word::count(self.added)?,
            known: word::count(self.known)?,
            failed: word::count(self.failed)?,
            brought_at: Instant::from_micros(self.brought_at),
            begun_at: self.begun_at.map(Instant::from_micros),
            last_at: self.last_at.map(Instant::from_micros),
        })
    }
}

/// Keeps a new one.
pub(crate) async fn insert(conn: &impl ConnectionTrait, register: &OldRegister) -> Result<(), DbErr> {
    let row = Model::from(register).into_active_model().reset_all();
    Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// Keeps a changed one.
pub(crate) async fn update(conn: &impl ConnectionTrait, register: &OldRegister) -> Result<(), DbErr> {
    let row = Model::from(register).into_active_model().reset_all();
    Entity::update(row).exec(conn).await.map(|_| ())
}

/// One in scope.
pub(crate) async fn get(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: OldRegisterId,
) -> Result<Option<OldRegister>, DbErr> {
    let row = Entity::find_by_id(id).in_scope(scope, Column::OfficeId).one(conn).await?;
    Ok(nouns(conn, scope, row.into_iter().collect()).await?.pop())
}

/// One in scope, which nobody else changes before the transaction ends.
pub(crate) async fn hold(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: OldRegisterId,
) -> Result<Option<OldRegister>, DbErr> {
    let query = service::lock(Entity::find_by_id(id).in_scope(scope, Column::OfficeId));
    let row = query.one(conn).await?;
    Ok(nouns(conn, scope, row.into_iter().collect()).await?.pop())
}

/// A page, those brought in last first.
pub(crate) async fn list(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<OldRegister>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId).order_by_desc(Column::Id).limit(limit);
    let query = before.into_iter().fold(query, |query, before| query.filter(Column::Id.lt(before)));
    let rows = query.all(conn).await?;
    nouns(conn, scope, rows).await
}

/// The mapping of the office's last spreadsheet of a kind.
pub(crate) async fn last_mapping(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    kind: RegisterKind,
) -> Result<Vec<OldColumn>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::Kind.eq(word::of(kind)));
    let last = query.order_by_desc(Column::Id).limit(1).one(conn).await?;
    Ok(last.map(|last| last.columns.0).unwrap_or_default())
}

async fn nouns(conn: &impl ConnectionTrait, scope: &Scope, rows: Vec<Model>) -> Result<Vec<OldRegister>, DbErr> {
    let mut held = files::of(conn, scope, rows.iter().map(|row| row.id)).await?;
    let noun = |row: Model| {
        let files = held.remove(&row.id).unwrap_or_default();
        row.noun(files)
    };
    rows.into_iter().map(noun).collect()
}
