//! The copy of people that identity's events keep: whether they are active, and nothing else.

use schema_identity::Person;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, ExprTrait as _, IntoActiveModel as _,
    entity::prelude::*,
    sea_query::{Expr, OnConflict},
};
use wire::id::PersonId;

/// A person.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    active: bool,
    version: i64,
}

/// People are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Keeps a person, unless something later is known already; `reconciling`, whatever is known.
pub(crate) async fn keep(tx: &DatabaseTransaction, person: &Person, reconciling: bool) -> Result<(), DbErr> {
    let mut changed = OnConflict::column(Column::Id);
    changed.update_columns([Column::Active, Column::Version]);
    if !reconciling {
        changed.action_and_where(Expr::col((Entity, Column::Version)).lt(person.version.0));
    }
    let row = Model {
        id: person.id.into(),
        office_id: person.office.into(),
        active: person.active,
        version: person.version.0,
    };
    Entity::insert(row.into_active_model()).on_conflict(changed).exec_without_returning(tx).await.map(|_| ())
}

/// Whether a person is known and active: to nobody else is anything mailed.
pub(crate) async fn is_active(conn: &impl ConnectionTrait, person: PersonId) -> Result<bool, DbErr> {
    Ok(Entity::find_by_id(person).one(conn).await?.is_some_and(|row| row.active))
}
