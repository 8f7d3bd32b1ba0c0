//! Acts of sending a document to other offices.

use schema_documents::Dispatch;
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*};
use service::{InScope, Scope};
use wire::{
    Instant,
    id::{DispatchId, OfficeId, OutgoingId, PersonId},
};

use super::word;

/// An act of sending; how far its deliveries are is counted.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "dispatch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    document_id: Uuid,
    by_person: Uuid,
    at: i64,
    total: i64,
    circulation: Option<String>,
    no_paper: bool,
    recalled_at: Option<i64>,
    recall_reason: Option<String>,
}

/// Acts are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<&Dispatch> for Model {
    fn from(noun: &Dispatch) -> Self {
        let Dispatch { id, office, document, by, at, total, circulation, no_paper, recalled_at, recall_reason, .. } =
            noun.clone();
        Self {
            id: id.into(),
            office_id: office.into(),
            document_id: document.into(),
            by_person: by.into(),
            at: at.micros(),
            total: total.into(),
            circulation,
            no_paper,
            recalled_at: recalled_at.map(Instant::micros),
            recall_reason,
        }
    }
}

impl Model {
    fn noun(self) -> Result<Dispatch, DbErr> {
        Ok(Dispatch {
            id: DispatchId(self.id),
            office: OfficeId(self.office_id),
            document: OutgoingId(self.document_id),
            by: PersonId(self.by_person),
            at: Instant::from_micros(self.at),
            total: word::count(self.total)?,
            delivered: 0,
            opened: 0,
            received: 0,
            returned: 0,
            recalled: 0,
            circulation: self.circulation,
            no_paper: self.no_paper,
            recalled_at: self.recalled_at.map(Instant::from_micros),
            recall_reason: self.recall_reason,
        })
    }
}

/// Keeps a new act.
pub(crate) async fn insert(conn: &impl ConnectionTrait, dispatch: &Dispatch) -> Result<(), DbErr> {
    let row = Model::from(dispatch).into_active_model().reset_all();
    Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// Keeps one that was recalled.
pub(crate) async fn update(conn: &impl ConnectionTrait, dispatch: &Dispatch) -> Result<(), DbErr> {
    Entity::update(Model::from(dispatch).into_active_model().reset_all()).exec(conn).await.map(|_| ())
}

/// One act in scope of its sender.
pub(crate) async fn get(conn: &impl ConnectionTrait, scope: &Scope, id: DispatchId) -> Result<Option<Dispatch>, DbErr> {
    let row = Entity::find_by_id(Uuid::from(id)).in_scope(scope, Column::OfficeId).one(conn).await?;
    row.map(Model::noun).transpose()
}

/// The same for changing.
pub(crate) async fn hold(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: DispatchId,
) -> Result<Option<Dispatch>, DbErr> {
    let query = service::lock(Entity::find_by_id(Uuid::from(id)).in_scope(scope, Column::OfficeId));
    query.one(conn).await?.map(Model::noun).transpose()
}

/// The acts of a document, the latest first.
pub(crate) async fn of(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    document: OutgoingId,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Dispatch>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::DocumentId.eq(Uuid::from(document)));
    let query = before.into_iter().fold(query, |query, before| query.filter(Column::Id.lt(before)));
    query.order_by_desc(Column::Id).limit(limit).all(conn).await?.into_iter().map(Model::noun).collect()
}

/// Acts by id after one, for snapshots.
pub(crate) async fn after(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Dispatch>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId).order_by_asc(Column::Id).limit(limit);
    let query = after.into_iter().fold(query, |query, after| query.filter(Column::Id.gt(after)));
    query.all(conn).await?.into_iter().map(Model::noun).collect()
}
