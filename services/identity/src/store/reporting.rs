//! The spans of direct heads. They are read and written through positions that were read in scope.

use std::collections::BTreeMap;

use schema_identity::ReportingSpan;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    QueryOrder,
};
use uuid::Uuid;
use wire::{Day, id::PositionId};

use super::days;
use crate::domain::reporting::Placed;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "reporting")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub position_id: Uuid,
        pub office_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub from_day: TimeDate,
        pub to_day: Option<TimeDate>,
        pub head_id: Uuid,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The spans of these positions, oldest first. A position that never names anybody is left out.
pub(super) async fn of(
    db: &impl ConnectionTrait,
    positions: impl IntoIterator<Item = Uuid>,
) -> Result<BTreeMap<PositionId, Vec<ReportingSpan>>, DbErr> {
    let found = row::Entity::find()
        .filter(row::Column::PositionId.is_in(positions))
        .order_by_asc(row::Column::FromDay)
        .all(db)
        .await?;
    let mut spans: BTreeMap<PositionId, Vec<ReportingSpan>> = BTreeMap::new();
    for row::Model { position_id, office_id: _, from_day, to_day, head_id } in found {
        let span = ReportingSpan { from: Day(from_day), to: days::day(to_day), reports_to: head_id.into() };
        spans.entry(position_id.into()).or_default().push(span);
    }
    Ok(spans)
}

/// The spans of a position and of everyone who is above it on some day.
pub(crate) async fn chain(
    db: &impl ConnectionTrait,
    position: PositionId,
) -> Result<BTreeMap<PositionId, Vec<ReportingSpan>>, DbErr> {
    let mut chain: BTreeMap<PositionId, Vec<ReportingSpan>> = BTreeMap::new();
    let mut next = vec![position];
    while !next.is_empty() {
        let mut found = of(db, next.iter().copied().map(Uuid::from)).await?;
        for id in next {
            chain.insert(id, found.remove(&id).unwrap_or_default());
        }
        let mut heads: Vec<PositionId> = chain.values().flatten().map(|span| span.reports_to).collect();
        heads.sort_unstable();
        heads.dedup();
        heads.retain(|head| !chain.contains_key(head));
        next = heads;
    }
    Ok(chain)
}

/// The positions that name this one as their head on a day or later.
pub(super) async fn naming(db: &impl ConnectionTrait, head: PositionId, day: Day) -> Result<Vec<Uuid>, DbErr> {
    let later = Condition::any().add(row::Column::ToDay.is_null()).add(row::Column::ToDay.gt(day.0));
    let query = row::Entity::find().filter(row::Column::HeadId.eq(Uuid::from(head))).filter(later);
    Ok(query.all(db).await?.into_iter().map(|row| row.position_id).collect())
}

/// Writes the spans of a position down in the place of those it had.
pub(super) async fn save(tx: &DatabaseTransaction, placed: &Placed) -> Result<(), DbErr> {
    let (id, office) = (placed.position.id, placed.position.office);
    row::Entity::delete_many().filter(row::Column::PositionId.eq(Uuid::from(id))).exec(tx).await?;
    if placed.reporting.is_empty() {
        return Ok(());
    }
    let rows = placed.reporting.iter().map(|span| row::ActiveModel {
        position_id: Set(id.into()),
        office_id: Set(office.into()),
        from_day: Set(span.from.0),
        to_day: Set(days::column(span.to)),
        head_id: Set(span.reports_to.into()),
    });
    row::Entity::insert_many(rows).exec_without_returning(tx).await.map(|_| ())
}
