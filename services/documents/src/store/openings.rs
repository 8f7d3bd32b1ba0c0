//! Opening acts. Their files stand among the files.

use schema_documents::{OpeningAct, OpeningRegister, PaperColumn};
use sea_orm::{FromJsonQueryResult, IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use service::{InScope, Scope};
use wire::{
    Day, FileRef, Version,
    id::{OfficeId, OpeningActId, PersonId},
};

use super::{files, word};

/// An act.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "opening_act")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    version: i64,
    day: TimeDate,
    instrument: String,
    signatory: String,
    signed_by: Option<Uuid>,
    registers: Registers,
    state: String,
    columns: Columns,
    papers: i64,
    done: i64,
    undo_reason: Option<String>,
}

/// The registers that it opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Registers(Vec<OpeningRegister>);

/// The mapping of columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Columns(Vec<PaperColumn>);

/// Acts are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<&OpeningAct> for Model {
    fn from(noun: &OpeningAct) -> Self {
        let OpeningAct { id, office, version, day, instrument, signatory, signed_by, registers, .. } = noun.clone();
        let OpeningAct { state, file: _, columns, papers, done, undo_reason, .. } = noun.clone();
        Self {
            id: id.into(),
            office_id: office.into(),
            version: version.0,
            day: day.0,
            instrument,
            signatory,
            signed_by: signed_by.map(Uuid::from),
            registers: Registers(registers),
            state: word::of(state),
            columns: Columns(columns),
            papers: papers.into(),
            done: done.into(),
            undo_reason,
        }
    }
}

impl Model {
    fn noun(self, files: Vec<FileRef>) -> Result<OpeningAct, DbErr> {
        Ok(OpeningAct {
            id: OpeningActId(self.id),
            office: OfficeId(self.office_id),
            version: Version(self.version),
            day: Day(self.day),
            instrument: self.instrument,
            signatory: self.signatory,
            signed_by: self.signed_by.map(PersonId),
            registers: self.registers.0,
            state: word::read(self.state)?,
            // The one attached last counts; those before it are kept.
            file: files.into_iter().next_back(),
            columns: self.columns.0,
            papers: word::count(self.papers)?,
            done: word::count(self.done)?,
            undo_reason: self.undo_reason,
        })
    }
}

/// Keeps a new act.
pub(crate) async fn insert(conn: &impl ConnectionTrait, act: &OpeningAct) -> Result<(), DbErr> {
    let row = Model::from(act).into_active_model().reset_all();
    Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// Keeps a changed act.
pub(crate) async fn update(conn: &impl ConnectionTrait, act: &OpeningAct) -> Result<(), DbErr> {
    let row = Model::from(act).into_active_model().reset_all();
    Entity::update(row).exec(conn).await.map(|_| ())
}

/// One act in scope.
pub(crate) async fn get(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: OpeningActId,
) -> Result<Option<OpeningAct>, DbErr> {
    let row = Entity::find_by_id(id).in_scope(scope, Column::OfficeId).one(conn).await?;
    Ok(nouns(conn, scope, row.into_iter().collect()).await?.pop())
}

/// One act in scope, which nobody else changes before the transaction ends.
pub(crate) async fn hold(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: OpeningActId,
) -> Result<Option<OpeningAct>, DbErr> {
    let query = service::lock(Entity::find_by_id(id).in_scope(scope, Column::OfficeId));
    let row = query.one(conn).await?;
    Ok(nouns(conn, scope, row.into_iter().collect()).await?.pop())
}

/// A page of acts, those begun last first.
pub(crate) async fn list(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<OpeningAct>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId).order_by_desc(Column::Id).limit(limit);
    let query = before.into_iter().fold(query, |query, before| query.filter(Column::Id.lt(before)));
    let rows = query.all(conn).await?;
    nouns(conn, scope, rows).await
}

async fn nouns(conn: &impl ConnectionTrait, scope: &Scope, rows: Vec<Model>) -> Result<Vec<OpeningAct>, DbErr> {
    let mut held = files::of(conn, scope, rows.iter().map(|row| row.id)).await?;
    rows.into_iter()
        .map(|row| {
            let files = held.remove(&row.id).unwrap_or_default();
            row.noun(files)
        })
        .collect()
}
