//! The instruments of acts upon units.

use schema_identity::{UnitAct, UnitActKind};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
};
use uuid::Uuid;
use wire::{Day, id::UnitId};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "unit_act")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: Uuid,
        pub day: TimeDate,
        pub kind: String,
        pub instrument: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The acts upon a unit that has been read in scope, in order of their days.
pub(crate) async fn of_unit(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<UnitAct>, DbErr> {
    let query = row::Entity::find()
        .filter(row::Column::UnitId.eq(Uuid::from(unit)))
        .order_by_asc(row::Column::Day)
        .order_by_asc(row::Column::Id);
    query.all(db).await?.into_iter().map(noun).collect()
}

/// Writes an act down. `id` is fresh.
pub(crate) async fn insert(tx: &DatabaseTransaction, id: Uuid, unit: UnitId, act: &UnitAct) -> Result<(), DbErr> {
    let UnitAct { day, kind, instrument } = act;
    let row = row::ActiveModel {
        id: Set(id),
        unit_id: Set(unit.into()),
        day: Set(day.0),
        kind: Set(word(*kind).to_owned()),
        instrument: Set(instrument.clone()),
    };
    row::Entity::insert(row).exec_without_returning(tx).await.map(|_| ())
}

fn word(kind: UnitActKind) -> &'static str {
    match kind {
        UnitActKind::Changed => "changed",
        UnitActKind::Ended => "ended",
        UnitActKind::Merged => "merged",
        UnitActKind::Split => "split",
    }
}

fn noun(row: row::Model) -> Result<UnitAct, DbErr> {
    let row::Model { id, unit_id: _, day, kind, instrument } = row;
    let kind = match kind.as_str() {
        "changed" => UnitActKind::Changed,
        "ended" => UnitActKind::Ended,
        "merged" => UnitActKind::Merged,
        "split" => UnitActKind::Split,
        other => return Err(DbErr::Type(format!("the act {id} has the unknown kind `{other}`"))),
    };
    Ok(UnitAct { day: Day(day), kind, instrument })
}
