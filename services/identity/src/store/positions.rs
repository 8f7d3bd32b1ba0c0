//! Positions, always within a scope.

use schema_identity::{Position, Reach};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use service::{InScope as _, Scope};
use uuid::Uuid;
use wire::{
    Day, Version,
    id::{PositionId, UnitId},
};

use super::days;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "position")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub office_id: Uuid,
        pub unit_id: Uuid,
        pub title: String,
        pub roles: Json,
        pub head: bool,
        pub below: bool,
        pub reports_to: Option<Uuid>,
        pub from_day: TimeDate,
        pub to_day: Option<TimeDate>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Positions in force on a day, oldest first, after an id.
pub(crate) async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    unit: Option<UnitId>,
    day: Day,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Position>, DbErr> {
    let mut query = row::Entity::find()
        .in_scope(scope, row::Column::OfficeId)
        .filter(days::in_force(row::Column::FromDay, row::Column::ToDay, day))
        .order_by_asc(row::Column::Id)
        .limit(limit);
    if let Some(unit) = unit {
        query = query.filter(row::Column::UnitId.eq(Uuid::from(unit)));
    }
    if let Some(after) = after {
        query = query.filter(row::Column::Id.gt(after));
    }
    query.all(db).await?.into_iter().map(noun).collect()
}

/// All positions of a unit, whatever the day.
pub(crate) async fn of_unit(db: &impl ConnectionTrait, scope: &Scope, unit: UnitId) -> Result<Vec<Position>, DbErr> {
    let query =
        row::Entity::find().in_scope(scope, row::Column::OfficeId).filter(row::Column::UnitId.eq(Uuid::from(unit)));
    query.all(db).await?.into_iter().map(noun).collect()
}

/// One position.
pub(crate) async fn get(db: &impl ConnectionTrait, scope: &Scope, id: PositionId) -> Result<Option<Position>, DbErr> {
    let query = row::Entity::find_by_id(Uuid::from(id)).in_scope(scope, row::Column::OfficeId);
    query.one(db).await?.map(noun).transpose()
}

/// One position, locked until the transaction ends: who appoints to it goes one at a time.
pub(crate) async fn lock(tx: &DatabaseTransaction, scope: &Scope, id: PositionId) -> Result<Option<Position>, DbErr> {
    let query = row::Entity::find_by_id(Uuid::from(id)).in_scope(scope, row::Column::OfficeId);
    service::lock(query).one(tx).await?.map(noun).transpose()
}

/// Positions after an id, for snapshots.
pub(crate) async fn after(
    db: &impl ConnectionTrait,
    scope: &Scope,
    after: Option<Uuid>,
    limit: u16,
) -> Result<Vec<Position>, DbErr> {
    let mut query = row::Entity::find()
        .in_scope(scope, row::Column::OfficeId)
        .order_by_asc(row::Column::Id)
        .limit(u64::from(limit));
    if let Some(after) = after {
        query = query.filter(row::Column::Id.gt(after));
    }
    query.all(db).await?.into_iter().map(noun).collect()
}

/// Writes a new position down.
pub(crate) async fn insert(tx: &DatabaseTransaction, position: &Position) -> Result<(), DbErr> {
    row::Entity::insert(model(position)).exec_without_returning(tx).await.map(|_| ())
}

/// Writes a changed position down.
pub(crate) async fn save(tx: &DatabaseTransaction, position: &Position) -> Result<(), DbErr> {
    row::Entity::update(model(position)).exec(tx).await.map(|_| ())
}

fn noun(row: row::Model) -> Result<Position, DbErr> {
    let row::Model { id, office_id, unit_id, title, roles, head, below, reports_to, from_day, to_day, version } = row;
    let roles = serde_json::from_value(roles)
        .map_err(|error| DbErr::Type(format!("position {id} has roles that cannot be read: {error}")))?;
    Ok(Position {
        id: id.into(),
        office: office_id.into(),
        unit: unit_id.into(),
        title,
        roles,
        head,
        reach: if below { Reach::Below } else { Reach::Own },
        reports_to: reports_to.map(Into::into),
        from: Day(from_day),
        to: days::day(to_day),
        version: Version(version),
    })
}

fn model(position: &Position) -> row::ActiveModel {
    let Position { id, office, unit, title, roles, head, reach, reports_to, from, to, version } = position;
    row::ActiveModel {
        id: Set((*id).into()),
        office_id: Set((*office).into()),
        unit_id: Set((*unit).into()),
        title: Set(title.clone()),
        roles: Set(serde_json::json!(roles)),
        head: Set(*head),
        below: Set(*reach == Reach::Below),
        reports_to: Set(reports_to.map(Into::into)),
        from_day: Set(from.0),
        to_day: Set(days::column(*to)),
        version: Set(version.0),
    }
}
