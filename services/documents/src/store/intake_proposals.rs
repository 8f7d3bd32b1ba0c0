//! What is proposed for the forms that enter items of the queue; nothing of a settled item.

use sea_orm::{Set, entity::prelude::*, sea_query::OnConflict};
use service::{InScope, Scope};
use wire::id::{IntakeItemId, OfficeId};

/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_proposal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    item_id: Uuid,
    office_id: Uuid,
    sealed: String,
}

/// Proposals are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Keeps what is proposed for an item, sealed for its row, in the place of what was before.
pub(crate) async fn keep(
    conn: &impl ConnectionTrait,
    office: OfficeId,
    item: IntakeItemId,
    sealed: String,
) -> Result<(), DbErr> {
    let row = ActiveModel { item_id: Set(item.into()), office_id: Set(office.into()), sealed: Set(sealed) };
    let anew = OnConflict::column(Column::ItemId).update_column(Column::Sealed).to_owned();
    Entity::insert(row).on_conflict(anew).exec_without_returning(conn).await.map(|_| ())
}

/// What is proposed for an item, sealed.
pub(crate) async fn of(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    item: IntakeItemId,
) -> Result<Option<String>, DbErr> {
    let row = Entity::find_by_id(item).in_scope(scope, Column::OfficeId).one(conn).await?;
    Ok(row.map(|row| row.sealed))
}

/// Destroys what is proposed for an item.
pub(crate) async fn forget(conn: &impl ConnectionTrait, scope: &Scope, item: IntakeItemId) -> Result<(), DbErr> {
    let ours = Entity::delete_many().in_scope(scope, Column::OfficeId).filter(Column::ItemId.eq(Uuid::from(item)));
    ours.exec(conn).await.map(|_| ())
}
