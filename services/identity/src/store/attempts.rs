//! Failed sign-ins, counted by account and by network.

use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, Statement};
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

/// The failures counted under a key, locked until the transaction ends if there are any.
pub(crate) async fn lock(tx: &DatabaseTransaction, key: &str) -> Result<Option<Failures>, DbErr> {
    Ok(service::lock(row::Entity::find_by_id(key.to_owned())).one(tx).await?.map(failures))
}

/// Counts one failure more under a key, beginning anew when the last was at `forgotten` or before. The database adds:
/// where there is no row yet there is none to lock, and many at once would each count as the first.
pub(crate) async fn count(tx: &DatabaseTransaction, key: &str, forgotten: Instant, now: Instant) -> Result<(), DbErr> {
    const COUNT: &str = "INSERT INTO attempt (id, failures, last) VALUES ($1, 1, $2)
        ON CONFLICT (id) DO UPDATE SET last = excluded.last,
            failures = CASE WHEN attempt.last > $3 THEN attempt.failures + 1 ELSE 1 END";
    let values = [key.into(), now.micros().into(), forgotten.micros().into()];
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), COUNT, values)).await.map(|_| ())
}

/// Forgets half of the failures of a key.
pub(crate) async fn halve(tx: &DatabaseTransaction, key: &str) -> Result<(), DbErr> {
    const HALVE: &str = "UPDATE attempt SET failures = failures / 2 WHERE id = $1";
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), HALVE, [key.into()]);
    tx.execute_raw(statement).await.map(|_| ())
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
