//! The copy of closures that identity's events keep: the days on which an office is shut are no working days there.

use std::borrow::Cow;

use rules::{Calendar, Closure};
use schema_identity::OfficeClosure;
use sea_orm::{
    ExprTrait as _, IntoActiveModel as _, QueryOrder as _, QuerySelect as _,
    entity::prelude::*,
    sea_query::{Expr, OnConflict},
};
use wire::{Day, id::OfficeId};

/// A closure as identity told of it last.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "office_closure")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    version: i64,
    first_day: TimeDate,
    last_day: TimeDate,
    reason: String,
    instrument: String,
    known_on: TimeDate,
    cancelled: bool,
}

/// Closures have no relations here.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// How many closures one reckoning looks at.
const MOST: u64 = 200;

/// Keeps what identity tells of a closure, unless something later is known already; `reconciling`, whatever is known.
pub(crate) async fn keep(conn: &impl ConnectionTrait, closure: OfficeClosure, reconciling: bool) -> Result<(), DbErr> {
    let mut on_conflict = OnConflict::column(Column::Id);
    on_conflict.update_columns([
        Column::Version,
        Column::FirstDay,
        Column::LastDay,
        Column::Reason,
        Column::Instrument,
        Column::KnownOn,
        Column::Cancelled,
    ]);
    if !reconciling {
        on_conflict.action_and_where(Expr::col((Entity, Column::Version)).lt(closure.version.0));
    }
    let OfficeClosure { id, office, first, last, reason, instrument, known_on, cancelled_on, version, .. } = closure;
    let row = Model {
        id: id.into(),
        office_id: office.into(),
        version: version.0,
        first_day: first.0,
        last_day: last.0,
        reason,
        instrument,
        known_on: known_on.0,
        cancelled: cancelled_on.is_some(),
    };
    let insert = Entity::insert(row.into_active_model()).on_conflict(on_conflict);
    insert.exec_without_returning(conn).await.map(|_| ())
}

/// The calendar of an office, for what is counted from a day on: the national one, and the days on which it is shut.
pub(crate) async fn calendar(
    conn: &impl ConnectionTrait,
    office: OfficeId,
    since: Day,
) -> Result<Cow<'static, Calendar>, DbErr> {
    let query = Entity::find()
        .filter(Column::OfficeId.eq(Uuid::from(office)))
        .filter(Column::LastDay.gte(since.0))
        .filter(Column::Cancelled.eq(false))
        .order_by_asc(Column::FirstDay)
        .limit(MOST);
    let shut = |row: Model| Closure {
        first: Day(row.first_day),
        last: Day(row.last_day),
        reason: row.reason,
        instrument: row.instrument,
        known_on: Day(row.known_on),
    };
    let closures: Vec<Closure> = query.all(conn).await?.into_iter().map(shut).collect();
    Ok(Calendar::of_office(&closures))
}
