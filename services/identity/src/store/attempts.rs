//! Failed sign-ins, counted by account and by network.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    sea_query::OnConflict,
};
use wire::Instant;

use crate::domain::backoff::Failures;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "attempt")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub failures: i64,
        pub last: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The failures counted under a key.
pub(crate) async fn get(db: &impl ConnectionTrait, key: &str) -> Result<Option<Failures>, DbErr> {
    Ok(row::Entity::find_by_id(key.to_owned()).one(db).await?.map(failures))
}

/// The failures counted under a key, locked until the transaction ends.
pub(crate) async fn lock(tx: &DatabaseTransaction, key: &str) -> Result<Option<Failures>, DbErr> {
    Ok(service::lock(row::Entity::find_by_id(key.to_owned())).one(tx).await?.map(failures))
}

/// Writes the failures of a key down.
pub(crate) async fn put(tx: &DatabaseTransaction, key: &str, failures: Failures) -> Result<(), DbErr> {
    let row = row::ActiveModel {
        id: Set(key.to_owned()),
        failures: Set(i64::from(failures.count)),
        last: Set(failures.last.micros()),
    };
    let newer =
        OnConflict::column(row::Column::Id).update_columns([row::Column::Failures, row::Column::Last]).to_owned();
    row::Entity::insert(row).on_conflict(newer).exec_without_returning(tx).await.map(|_| ())
}

/// Forgets the failures of a key.
pub(crate) async fn forget(tx: &DatabaseTransaction, key: &str) -> Result<(), DbErr> {
    row::Entity::delete_by_id(key.to_owned()).exec(tx).await.map(|_| ())
}

/// Removes failures whose last was before a moment.
pub(crate) async fn sweep(tx: &DatabaseTransaction, before: Instant) -> Result<(), DbErr> {
    row::Entity::delete_many().filter(row::Column::Last.lt(before.micros())).exec(tx).await.map(|_| ())
}

fn failures(row: row::Model) -> Failures {
    Failures { count: u32::try_from(row.failures).unwrap_or(u32::MAX), last: Instant::from_micros(row.last) }
}
