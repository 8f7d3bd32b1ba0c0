//! What the installation withholds from roles, version by version.

use schema_identity::{RoleVersion, WithheldRights};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryOrder, QuerySelect};
use wire::{Day, Instant, Version};

use crate::domain::withholding::Withheld;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "role_version")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub version: i64,
        pub withheld: Json,
        pub reason: String,
        pub instrument: String,
        pub instrument_day: TimeDate,
        pub at: i64,
        pub by_person: Uuid,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The most versions that are looked at when it is asked what held on a day.
const MOST: u64 = 1_000;

/// What is withheld now: one row by its key, since it is part of every answer about authority.
pub(crate) async fn withheld(db: &impl ConnectionTrait) -> Result<Withheld, DbErr> {
    let newest = newest(db, 1).await?.pop();
    Ok(newest.map(|newest| Withheld::of(&newest.withheld)).unwrap_or_default())
}

/// Every version, newest first.
pub(crate) async fn all(db: &impl ConnectionTrait) -> Result<Vec<RoleVersion>, DbErr> {
    newest(db, MOST).await
}

/// The newest versions, newest first.
pub(crate) async fn newest(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<RoleVersion>, DbErr> {
    let query = row::Entity::find().order_by_desc(row::Column::Version).limit(limit);
    query.all(db).await?.into_iter().map(noun).collect()
}

/// Writes a new version down.
pub(crate) async fn insert(tx: &DatabaseTransaction, version: &RoleVersion) -> Result<(), DbErr> {
    let RoleVersion { version, withheld, reason, instrument, instrument_day, at, by } = version;
    let row = row::ActiveModel {
        version: Set(version.0),
        withheld: Set(serde_json::to_value(withheld).map_err(|error| DbErr::Type(error.to_string()))?),
        reason: Set(reason.clone()),
        instrument: Set(instrument.clone()),
        instrument_day: Set(instrument_day.0),
        at: Set(at.micros()),
        by_person: Set((*by).into()),
    };
    row::Entity::insert(row).exec_without_returning(tx).await.map(|_| ())
}

fn noun(row: row::Model) -> Result<RoleVersion, DbErr> {
    let row::Model { version, withheld, reason, instrument, instrument_day, at, by_person } = row;
    let withheld: Vec<WithheldRights> =
        serde_json::from_value(withheld).map_err(|error| DbErr::Type(error.to_string()))?;
    Ok(RoleVersion {
        version: Version(version),
        withheld,
        reason,
        instrument,
        instrument_day: Day(instrument_day),
        at: Instant::from_micros(at),
        by: by_person.into(),
    })
}
