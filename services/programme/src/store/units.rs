//! The copy of units that identity's events keep: names for lists, and whether a unit is in force.

use std::collections::{BTreeMap, BTreeSet};

use schema_identity::{UnitHistory, UnitSpan};
use sea_orm::{
    ExprTrait as _, FromJsonQueryResult, IntoActiveModel as _,
    entity::prelude::*,
    sea_query::{Expr, OnConflict},
};
use serde::{Deserialize, Serialize};
use wire::{
    Day, Version,
    id::{OfficeId, UnitId},
};

use crate::domain::units::name;

/// A unit through time.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "unit")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    version: i64,
    spans: Spans,
}

/// The spans of a unit, oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
pub(crate) struct Spans(Vec<UnitSpan>);

/// Units have no relations here.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<UnitHistory> for Model {
    fn from(unit: UnitHistory) -> Self {
        let UnitHistory { id, office, spans, version } = unit;
        Self { id: id.into(), office_id: office.into(), version: version.0, spans: Spans(spans) }
    }
}

impl From<Model> for UnitHistory {
    fn from(row: Model) -> Self {
        let Model { id, office_id, version, spans: Spans(spans) } = row;
        Self { id: UnitId(id), office: OfficeId(office_id), spans, version: Version(version) }
    }
}

/// Keeps what identity tells of a unit, unless something later is known already; `reconciling`, whatever is known.
pub(crate) async fn keep(conn: &impl ConnectionTrait, unit: UnitHistory, reconciling: bool) -> Result<(), DbErr> {
    let mut on_conflict = OnConflict::column(Column::Id);
    on_conflict.update_columns([Column::Version, Column::Spans]);
    if !reconciling {
        on_conflict.action_and_where(Expr::col((Entity, Column::Version)).lt(unit.version.0));
    }
    let insert = Entity::insert(Model::from(unit).into_active_model()).on_conflict(on_conflict);
    insert.exec_without_returning(conn).await.map(|_| ())
}

/// Of these units those that are known, of whatever office: a unit's name is no secret between offices.
pub(crate) async fn known(
    conn: &impl ConnectionTrait,
    units: impl IntoIterator<Item = UnitId>,
) -> Result<Vec<UnitHistory>, DbErr> {
    let units: BTreeSet<Uuid> = units.into_iter().map(Uuid::from).collect();
    if units.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find().filter(Column::Id.is_in(units)).all(conn).await?;
    Ok(rows.into_iter().map(UnitHistory::from).collect())
}

/// The names of these units on a day, as far as they are known.
pub(crate) async fn names(
    conn: &impl ConnectionTrait,
    units: impl IntoIterator<Item = UnitId>,
    day: Day,
) -> Result<BTreeMap<UnitId, String>, DbErr> {
    let known = known(conn, units).await?;
    Ok(known.iter().filter_map(|unit| Some((unit.id, name(unit, day)?))).collect())
}
