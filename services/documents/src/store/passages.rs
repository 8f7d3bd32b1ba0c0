//! The stays of papers at desks.

use schema_documents::{Desk, Passage};
use sea_orm::{Condition, QueryOrder, QuerySelect, Set, entity::prelude::*, sea_query::Expr};
use service::{InScope, Scope};
use wire::{
    Day, Instant,
    id::{IncomingId, OfficeId, PositionId, UnitId},
};

use crate::domain::passage;

/// A stay; the last one of a paper may be open.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "passage")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    incoming_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    ordinal: i64,
    office_id: Uuid,
    unit: Uuid,
    unit_name: String,
    position: Option<Uuid>,
    note: Option<String>,
    passed_at: i64,
    left_at: Option<i64>,
}

/// Stays are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Ends the stay that is open, if there is one. The document is held by the caller.
pub(crate) async fn leave(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    document: IncomingId,
    now: Instant,
) -> Result<(), DbErr> {
    Entity::update_many()
        .in_scope(scope, Column::OfficeId)
        .col_expr(Column::LeftAt, Expr::value(now.micros()))
        .filter(Column::IncomingId.eq(Uuid::from(document)))
        .filter(Column::LeftAt.is_null())
        .exec(conn)
        .await
        .map(|_| ())
}

/// Begins a stay. The document is held by the caller.
pub(crate) async fn arrive(
    conn: &impl ConnectionTrait,
    office: OfficeId,
    document: IncomingId,
    desk: &Desk,
    note: Option<String>,
) -> Result<(), DbErr> {
    let last: Option<i64> = Entity::find()
        .select_only()
        .column(Column::Ordinal)
        .filter(Column::IncomingId.eq(Uuid::from(document)))
        .order_by_desc(Column::Ordinal)
        .into_tuple()
        .one(conn)
        .await?;
    let Desk { unit, unit_name, position, since } = desk.clone();
    let row = ActiveModel {
        incoming_id: Set(document.into()),
        ordinal: Set(last.unwrap_or(0) + 1),
        office_id: Set(office.into()),
        unit: Set(unit.into()),
        unit_name: Set(unit_name),
        position: Set(position.map(Uuid::from)),
        note: Set(note),
        passed_at: Set(since.micros()),
        left_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// The stays of a paper after one, with their ordinals.
pub(crate) async fn after(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    document: IncomingId,
    after: i64,
    limit: u64,
    now: Instant,
) -> Result<Vec<(i64, Passage)>, DbErr> {
    let rows = Entity::find()
        .in_scope(scope, Column::OfficeId)
        .filter(Column::IncomingId.eq(Uuid::from(document)))
        .filter(Column::Ordinal.gt(after))
        .order_by_asc(Column::Ordinal)
        .limit(limit)
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.ordinal, row.noun(now))).collect())
}

/// The stays of an office that began on a day, the earliest first; `after` is the place of the last one of the page before.
pub(crate) async fn on(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    day: Day,
    after: Option<(Instant, Uuid)>,
    limit: u64,
) -> Result<Vec<(IncomingId, Passage)>, DbErr> {
    let mut query = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::PassedAt.gte(day.start().micros()));
    if let Some(next) = day.plus(1) {
        query = query.filter(Column::PassedAt.lt(next.start().micros()));
    }
    if let Some((at, id)) = after {
        let further = Condition::any().add(Column::PassedAt.gt(at.micros())).add(Column::IncomingId.gt(id));
        query = query.filter(Column::PassedAt.gte(at.micros())).filter(further);
    }
    let query = query.order_by_asc(Column::PassedAt).order_by_asc(Column::IncomingId);
    let rows = query.limit(limit).all(conn).await?;
    // How long a paper has lain there is not told here.
    let told = |row: Model| (IncomingId(row.incoming_id), row.clone().noun(Instant::from_micros(row.passed_at)));
    Ok(rows.into_iter().map(told).collect())
}

impl Model {
    fn noun(self, now: Instant) -> Passage {
        let Self { unit, unit_name, position, note, passed_at, left_at, .. } = self;
        let since = Instant::from_micros(passed_at);
        let desk = Desk { unit: UnitId(unit), unit_name, position: position.map(PositionId), since };
        passage::stay(desk, note, left_at.map(Instant::from_micros), now)
    }
}
