//! Weeks that were published, and how often each was adjusted since.

use std::collections::BTreeSet;

use schema_programme::CalendarWeek;
use sea_orm::{DatabaseTransaction, ExprTrait as _, IntoActiveModel as _, entity::prelude::*, sea_query::Expr};
use service::{InScope as _, Scope};
use wire::{Day, Instant, Version, id::OfficeId};

/// A published week.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_week")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    office_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    week: TimeDate,
    published_at: i64,
    adjustment: i64,
    adjusted_at: Option<i64>,
}

/// Weeks are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The week of a Monday; version 0 while it is not published.
pub(crate) async fn one(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    office: OfficeId,
    week: Day,
) -> Result<CalendarWeek, DbErr> {
    let row = Entity::find_by_id((office.into(), week.0)).in_scope(scope, Column::OfficeId).one(conn).await?;
    let adjustment = row.as_ref().map_or(0, |row| row.adjustment);
    Ok(CalendarWeek {
        office,
        week,
        version: Version(if row.is_some() { adjustment + 1 } else { 0 }),
        published_at: row.as_ref().map(|row| Instant::from_micros(row.published_at)),
        adjustment: u32::try_from(adjustment).unwrap_or(u32::MAX),
        adjusted_at: row.and_then(|row| row.adjusted_at).map(Instant::from_micros),
    })
}

/// Publishes a week that is not.
pub(crate) async fn publish(tx: &DatabaseTransaction, office: OfficeId, week: Day, now: Instant) -> Result<(), DbErr> {
    let row =
        Model { office_id: office.into(), week: week.0, published_at: now.micros(), adjustment: 0, adjusted_at: None };
    Entity::insert(row.into_active_model()).exec_without_returning(tx).await.map(|_| ())
}

/// Adjusts those of these weeks that are published, in their order.
pub(crate) async fn adjust(
    tx: &DatabaseTransaction,
    office: OfficeId,
    weeks: &BTreeSet<Day>,
    now: Instant,
) -> Result<(), DbErr> {
    for week in weeks {
        Entity::update_many()
            .col_expr(Column::Adjustment, Expr::col(Column::Adjustment).add(1))
            .col_expr(Column::AdjustedAt, Expr::value(now.micros()))
            .filter(Column::OfficeId.eq(Uuid::from(office)))
            .filter(Column::Week.eq(week.0))
            .exec(tx)
            .await?;
    }
    Ok(())
}
