//! The copy of positions that identity's events keep: titles, and whether a position is in force.

use std::collections::BTreeSet;

use schema_identity::Position;
use sea_orm::{
    ExprTrait as _, IntoActiveModel as _,
    entity::prelude::*,
    sea_query::{Expr, OnConflict},
};
use wire::{
    Day,
    id::{OfficeId, PositionId},
};

use crate::domain::calendar::content::KnownPosition;

/// A position as identity told of it last.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "position")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    version: i64,
    title: String,
    from_day: TimeDate,
    to_day: Option<TimeDate>,
}

/// Positions have no relations here.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Keeps what identity tells of a position, unless something later is known already; `reconciling`, whatever is known.
pub(crate) async fn keep(conn: &impl ConnectionTrait, position: Position, reconciling: bool) -> Result<(), DbErr> {
    let mut on_conflict = OnConflict::column(Column::Id);
    on_conflict.update_columns([Column::Version, Column::Title, Column::FromDay, Column::ToDay]);
    if !reconciling {
        on_conflict.action_and_where(Expr::col((Entity, Column::Version)).lt(position.version.0));
    }
    let Position { id, office, title, from, to, version, .. } = position;
    let row = Model {
        id: id.into(),
        office_id: office.into(),
        version: version.0,
        title,
        from_day: from.0,
        to_day: to.map(|to| to.0),
    };
    let insert = Entity::insert(row.into_active_model()).on_conflict(on_conflict);
    insert.exec_without_returning(conn).await.map(|_| ())
}

/// Of these positions those that are known, of whatever office; whoever names one checks whose it is.
pub(crate) async fn known(conn: &impl ConnectionTrait, ids: BTreeSet<PositionId>) -> Result<Vec<KnownPosition>, DbErr> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find().filter(Column::Id.is_in(ids.into_iter().map(Uuid::from))).all(conn).await?;
    let known = |row: Model| KnownPosition {
        id: PositionId(row.id),
        office: OfficeId(row.office_id),
        title: row.title,
        from: Day(row.from_day),
        to: row.to_day.map(Day),
    };
    Ok(rows.into_iter().map(known).collect())
}
