//! What is kept of the nouns that need people.

use schema_notices::{NoticeSource, NoticeSourceKind};
use sea_orm::{
    Condition, DatabaseTransaction, FromJsonQueryResult, IntoActiveModel as _, QueryOrder as _, QuerySelect as _,
    entity::prelude::*,
    sea_query::{Expr, OnConflict},
};
use serde::{Deserialize, Serialize};
use service::{InScope as _, Scope};
use wire::{
    Day, Version,
    id::{OfficeId, PositionId, UnitId},
};

use crate::domain::matter::{Facts, Matter};

/// A noun, as far as it can need somebody.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "matter")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    kind: String,
    version: i64,
    facts: Stored,
    active: bool,
    unit_id: Option<Uuid>,
    position_id: Option<Uuid>,
    giver_position_id: Option<Uuid>,
    /// The day of the last daily look; absent when something changed about the people it may need.
    looked: Option<TimeDate>,
}

/// The facts as they are stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
pub(crate) struct Stored(Facts);

/// Matters are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

fn row(matter: &Matter, looked: Day) -> Model {
    let desk = matter.desk();
    Model {
        id: matter.source.id,
        office_id: matter.office.into(),
        kind: matter.source.kind.word().to_owned(),
        version: matter.version.0,
        active: matter.is_active(),
        unit_id: desk.map(|desk| desk.unit.into()),
        position_id: desk.and_then(|desk| desk.position).map(Uuid::from),
        giver_position_id: matter.giver_position().map(Uuid::from),
        facts: Stored(matter.facts.clone()),
        looked: Some(looked.0),
    }
}

impl From<Model> for Matter {
    fn from(row: Model) -> Self {
        let kind = NoticeSourceKind::of(&row.kind);
        let Stored(facts) = row.facts;
        let source = NoticeSource { kind, id: row.id };
        Self { source, office: OfficeId(row.office_id), version: Version(row.version), facts }
    }
}

/// What is known of a noun, locked until the transaction ends: whoever changes its notices holds this row.
pub(crate) async fn locked(tx: &DatabaseTransaction, scope: &Scope, id: Uuid) -> Result<Option<Matter>, DbErr> {
    let row = service::lock(Entity::find_by_id(id).in_scope(scope, Column::OfficeId)).one(tx).await?;
    Ok(row.map(Matter::from))
}

/// Keeps a noun. One that is new counts as looked at today; the others keep the day of their last look.
pub(crate) async fn keep(tx: &DatabaseTransaction, matter: &Matter, today: Day) -> Result<(), DbErr> {
    let mut changed = OnConflict::column(Column::Id);
    changed.update_columns([
        Column::Version,
        Column::Facts,
        Column::Active,
        Column::UnitId,
        Column::PositionId,
        Column::GiverPositionId,
    ]);
    let insert = Entity::insert(row(matter, today).into_active_model()).on_conflict(changed);
    insert.exec_without_returning(tx).await.map(|_| ())
}

/// Matters that were not looked at since a day.
pub(crate) async fn to_look(
    tx: &DatabaseTransaction,
    scope: &Scope,
    since: Day,
    limit: u64,
) -> Result<Vec<Matter>, DbErr> {
    let waits = Condition::any().add(Column::Looked.is_null()).add(Column::Looked.lt(since.0));
    let rows = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::Active.eq(true)).filter(waits);
    let rows = service::lock(rows.order_by_asc(Column::Id).limit(limit)).all(tx).await?;
    Ok(rows.into_iter().map(Matter::from).collect())
}

/// Marks a matter as looked at.
pub(crate) async fn looked(tx: &DatabaseTransaction, matter: &Matter, day: Day) -> Result<(), DbErr> {
    let update = Entity::update_many().col_expr(Column::Looked, Expr::value(day.0));
    update.filter(Column::Id.eq(matter.source.id)).exec(tx).await.map(|_| ())
}

/// Has every matter looked at again that a position may concern, because something changed about who sits there.
pub(crate) async fn look_again(
    tx: &DatabaseTransaction,
    office: OfficeId,
    position: PositionId,
    unit: Option<UnitId>,
) -> Result<(), DbErr> {
    let position = Uuid::from(position);
    let concerned = Condition::any()
        .add(Column::PositionId.eq(position))
        .add(Column::GiverPositionId.eq(position))
        .add_option(unit.map(|unit| Column::UnitId.eq(Uuid::from(unit))));
    Entity::update_many()
        .col_expr(Column::Looked, Expr::value(Option::<TimeDate>::None))
        .filter(Column::OfficeId.eq(Uuid::from(office)))
        .filter(Column::Active.eq(true))
        .filter(concerned)
        .exec(tx)
        .await
        .map(|_| ())
}
