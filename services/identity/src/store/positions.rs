//! Positions with their direct heads, always within a scope.

use schema_identity::{Position, Reach};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use service::{InScope as _, Scope};
use uuid::Uuid;
use wire::{
    Day, Version,
    id::{OfficeId, PositionId, UnitId},
};

use super::{days, reporting};
use crate::domain::reporting::Placed;

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
) -> Result<Vec<Placed>, DbErr> {
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
    let rows = query.all(db).await?;
    placed(db, rows).await
}

/// All positions of a unit, whatever the day.
pub(crate) async fn of_unit(db: &impl ConnectionTrait, scope: &Scope, unit: UnitId) -> Result<Vec<Placed>, DbErr> {
    let query =
        row::Entity::find().in_scope(scope, row::Column::OfficeId).filter(row::Column::UnitId.eq(Uuid::from(unit)));
    let rows = query.all(db).await?;
    placed(db, rows).await
}

/// Whether a position of the office exists on a day or later: asked before the office ends, by whoever administers the
/// one above it.
pub(crate) async fn any_from(db: &impl ConnectionTrait, office: OfficeId, day: Day) -> Result<bool, DbErr> {
    let later = Condition::any().add(row::Column::ToDay.is_null()).add(row::Column::ToDay.gt(day.0));
    let query = row::Entity::find().filter(row::Column::OfficeId.eq(Uuid::from(office))).filter(later);
    Ok(query.limit(1).one(db).await?.is_some())
}

/// One position.
pub(crate) async fn get(db: &impl ConnectionTrait, scope: &Scope, id: PositionId) -> Result<Option<Placed>, DbErr> {
    let rows = row::Entity::find_by_id(Uuid::from(id)).in_scope(scope, row::Column::OfficeId).all(db).await?;
    Ok(placed(db, rows).await?.pop())
}

/// One position, locked until the transaction ends: who appoints to it goes one at a time.
pub(crate) async fn lock(tx: &DatabaseTransaction, scope: &Scope, id: PositionId) -> Result<Option<Placed>, DbErr> {
    let query = row::Entity::find_by_id(Uuid::from(id)).in_scope(scope, row::Column::OfficeId);
    let rows = service::lock(query).all(tx).await?;
    Ok(placed(tx, rows).await?.pop())
}

/// The positions, of whatever office, that name one read in scope as their head on a day or later; locked until the
/// transaction ends.
pub(crate) async fn reporting_to(tx: &DatabaseTransaction, head: PositionId, day: Day) -> Result<Vec<Placed>, DbErr> {
    let ids = reporting::naming(tx, head, day).await?;
    let query = row::Entity::find().filter(row::Column::Id.is_in(ids)).order_by_asc(row::Column::Id);
    let rows = service::lock(query).all(tx).await?;
    placed(tx, rows).await
}

/// Positions after an id, for snapshots.
pub(crate) async fn after(
    db: &impl ConnectionTrait,
    scope: &Scope,
    after: Option<Uuid>,
    limit: u16,
) -> Result<Vec<Placed>, DbErr> {
    let mut query = row::Entity::find()
        .in_scope(scope, row::Column::OfficeId)
        .order_by_asc(row::Column::Id)
        .limit(u64::from(limit));
    if let Some(after) = after {
        query = query.filter(row::Column::Id.gt(after));
    }
    let rows = query.all(db).await?;
    placed(db, rows).await
}

/// Writes a new position down.
pub(crate) async fn insert(tx: &DatabaseTransaction, placed: &Placed) -> Result<(), DbErr> {
    row::Entity::insert(model(&placed.position)).exec_without_returning(tx).await?;
    reporting::save(tx, placed).await
}

/// Writes a changed position down.
pub(crate) async fn save(tx: &DatabaseTransaction, placed: &Placed) -> Result<(), DbErr> {
    row::Entity::update(model(&placed.position)).exec(tx).await?;
    reporting::save(tx, placed).await
}

/// The positions with their direct heads, in the order given.
async fn placed(db: &impl ConnectionTrait, rows: Vec<row::Model>) -> Result<Vec<Placed>, DbErr> {
    let mut spans = reporting::of(db, rows.iter().map(|row| row.id)).await?;
    let placed = |row: row::Model| {
        let position = noun(row)?;
        let reporting = spans.remove(&position.id).unwrap_or_default();
        Ok(Placed { position, reporting })
    };
    rows.into_iter().map(placed).collect()
}

fn noun(row: row::Model) -> Result<Position, DbErr> {
    let row::Model { id, office_id, unit_id, title, roles, head, below, from_day, to_day, version } = row;
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
        reports_to: None,
        from: Day(from_day),
        to: days::day(to_day),
        version: Version(version),
    })
}

fn model(position: &Position) -> row::ActiveModel {
    let Position { id, office, unit, title, roles, head, reach, reports_to: _, from, to, version } = position;
    row::ActiveModel {
        id: Set((*id).into()),
        office_id: Set((*office).into()),
        unit_id: Set((*unit).into()),
        title: Set(title.clone()),
        roles: Set(serde_json::json!(roles)),
        head: Set(*head),
        below: Set(*reach == Reach::Below),
        from_day: Set(from.0),
        to_day: Set(days::column(*to)),
        version: Set(version.0),
    }
}
