//! The copy of absences that identity's events keep: which delegation covers which days.

use std::collections::BTreeMap;

use schema_notices::StandInAbsence;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, ExprTrait as _, IntoActiveModel as _, QueryOrder as _,
    entity::prelude::*,
    sea_query::{Expr, OnConflict},
};
use service::{InScope as _, Scope};
use wire::{Day, id::DelegationId};

use crate::domain::deputising::Away;

/// An absence.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "away")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    cover_id: Option<Uuid>,
    from_day: TimeDate,
    to_day: TimeDate,
    version: i64,
}

/// Absences are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Keeps an absence, unless something later is known already; `reconciling`, whatever is known.
pub(crate) async fn keep(tx: &DatabaseTransaction, away: Away, reconciling: bool) -> Result<(), DbErr> {
    let mut changed = OnConflict::column(Column::Id);
    changed.update_columns([Column::CoverId, Column::FromDay, Column::ToDay, Column::Version]);
    if !reconciling {
        changed.action_and_where(Expr::col((Entity, Column::Version)).lt(away.version.0));
    }
    let Away { id, office, cover, span, version } = away;
    let row = Model {
        id: id.into(),
        office_id: office.into(),
        cover_id: cover.map(Uuid::from),
        from_day: span.from.0,
        to_day: span.to.0,
        version: version.0,
    };
    Entity::insert(row.into_active_model()).on_conflict(changed).exec_without_returning(tx).await.map(|_| ())
}

/// The latest absence that each of these delegations covers.
pub(crate) async fn covered(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    delegations: impl Iterator<Item = DelegationId>,
) -> Result<BTreeMap<DelegationId, StandInAbsence>, DbErr> {
    let covers: Vec<Uuid> = delegations.map(Uuid::from).collect();
    let rows = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::CoverId.is_in(covers));
    let rows = rows.order_by_asc(Column::FromDay).all(conn).await?;
    let span = |row: Model| {
        let span = StandInAbsence { from: Day(row.from_day), to: Day(row.to_day) };
        Some((DelegationId(row.cover_id?), span))
    };
    Ok(rows.into_iter().filter_map(span).collect())
}
