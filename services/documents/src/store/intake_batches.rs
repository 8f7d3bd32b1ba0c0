//! Batches of the clerk's queue: what was brought in together, and when.

use sea_orm::{QueryOrder, QuerySelect, Set, entity::prelude::*};
use service::{InScope, Scope};
use wire::{
    Instant,
    id::{IntakeBatchId, OfficeId},
};

/// A batch.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_batch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    at: i64,
}

/// Batches are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A batch: its id, its office, when its first files came.
pub(crate) type Batch = (IntakeBatchId, OfficeId, Instant);

/// Keeps a new batch.
pub(crate) async fn insert(conn: &impl ConnectionTrait, (id, office, at): Batch) -> Result<(), DbErr> {
    let row = ActiveModel { id: Set(id.into()), office_id: Set(office.into()), at: Set(at.micros()) };
    Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// One batch in scope.
pub(crate) async fn get(conn: &impl ConnectionTrait, scope: &Scope, id: IntakeBatchId) -> Result<Option<Batch>, DbErr> {
    let row = Entity::find_by_id(id).in_scope(scope, Column::OfficeId).one(conn).await?;
    Ok(row.map(Model::noun))
}

/// A page of batches, the latest first.
pub(crate) async fn list(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Batch>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId).order_by_desc(Column::Id).limit(limit);
    let query = before.into_iter().fold(query, |query, before| query.filter(Column::Id.lt(before)));
    Ok(query.all(conn).await?.into_iter().map(Model::noun).collect())
}

impl Model {
    fn noun(self) -> Batch {
        (IntakeBatchId(self.id), OfficeId(self.office_id), Instant::from_micros(self.at))
    }
}
