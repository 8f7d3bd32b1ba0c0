//! Recoveries of accounts by two administrators.

use schema_identity::{Recovered, Recovery};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use service::{InScope as _, Scope};
use uuid::Uuid;
use wire::{
    Instant,
    id::{AccountId, PersonId, RecoveryId},
};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "recovery")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub account_id: Uuid,
        pub office_id: Uuid,
        pub requested_by: Uuid,
        pub reason: String,
        pub at: i64,
        pub expires: i64,
        pub confirmed_by: Option<Uuid>,
        pub closed: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Recoveries listed at most.
const LISTED: u64 = 200;

/// The recoveries in scope that wait, oldest first.
pub(crate) async fn waiting(db: &impl ConnectionTrait, scope: &Scope, now: Instant) -> Result<Vec<Recovery>, DbErr> {
    let query = row::Entity::find().in_scope(scope, row::Column::OfficeId).filter(row::Column::Closed.is_null());
    let query = query.filter(row::Column::Expires.gt(now.micros())).order_by_asc(row::Column::Id).limit(LISTED);
    Ok(query.all(db).await?.into_iter().map(noun).collect())
}

/// Whether a recovery of an account, whose row is locked, waits.
pub(crate) async fn waits(tx: &DatabaseTransaction, account: AccountId, now: Instant) -> Result<bool, DbErr> {
    let query = row::Entity::find().filter(row::Column::AccountId.eq(Uuid::from(account)));
    let query = query.filter(row::Column::Closed.is_null()).filter(row::Column::Expires.gt(now.micros()));
    Ok(query.limit(1).one(tx).await?.is_some())
}

/// A recovery in scope that waits, locked until the transaction ends.
pub(crate) async fn lock(
    tx: &DatabaseTransaction,
    scope: &Scope,
    id: RecoveryId,
    now: Instant,
) -> Result<Option<Recovery>, DbErr> {
    let query = row::Entity::find_by_id(Uuid::from(id)).in_scope(scope, row::Column::OfficeId);
    let found = service::lock(query).one(tx).await?;
    Ok(found.filter(|row| row.closed.is_none() && row.expires > now.micros()).map(noun))
}

/// Writes a new recovery down.
pub(crate) async fn insert(tx: &DatabaseTransaction, recovery: &Recovery) -> Result<(), DbErr> {
    let Recovery { id, account, office, requested_by, reason, at, expires } = recovery;
    let row = row::ActiveModel {
        id: Set((*id).into()),
        account_id: Set((*account).into()),
        office_id: Set((*office).into()),
        requested_by: Set((*requested_by).into()),
        reason: Set(reason.clone()),
        at: Set(at.micros()),
        expires: Set(expires.micros()),
        confirmed_by: Set(None),
        closed: Set(None),
    };
    row::Entity::insert(row).exec_without_returning(tx).await.map(|_| ())
}

/// Closes a recovery: confirmed by somebody, or refused.
pub(crate) async fn close(
    tx: &DatabaseTransaction,
    id: RecoveryId,
    confirmed_by: Option<PersonId>,
    now: Instant,
) -> Result<(), DbErr> {
    let row = row::ActiveModel {
        id: Set(id.into()),
        confirmed_by: Set(confirmed_by.map(Uuid::from)),
        closed: Set(Some(now.micros())),
        ..Default::default()
    };
    row::Entity::update(row).exec(tx).await.map(|_| ())
}

/// The last recovery of an account that was confirmed.
pub(crate) async fn last(db: &impl ConnectionTrait, account: AccountId) -> Result<Option<Recovered>, DbErr> {
    let query = row::Entity::find().filter(row::Column::AccountId.eq(Uuid::from(account)));
    let query = query.filter(row::Column::ConfirmedBy.is_not_null()).order_by_desc(row::Column::Id);
    Ok(query.limit(1).one(db).await?.and_then(|row| {
        Some(Recovered {
            at: Instant::from_micros(row.closed?),
            requested_by: row.requested_by.into(),
            confirmed_by: row.confirmed_by?.into(),
        })
    }))
}

fn noun(row: row::Model) -> Recovery {
    Recovery {
        id: row.id.into(),
        account: row.account_id.into(),
        office: row.office_id.into(),
        requested_by: row.requested_by.into(),
        reason: row.reason,
        at: Instant::from_micros(row.at),
        expires: Instant::from_micros(row.expires),
    }
}
