//! Secrets of authenticator apps, sealed, and recovery codes, as hashes.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter,
};
use uuid::Uuid;
use wire::{Instant, id::AccountId};

use super::passkeys;
use crate::domain::proof::Factors;

mod totp {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "totp")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub account_id: Uuid,
        pub sealed: String,
        pub added: i64,
        pub confirmed: Option<i64>,
        pub last_step: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod code {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "recovery_code")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: String,
        pub account_id: Uuid,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The authenticator app of an account.
#[derive(Clone, Debug)]
pub(crate) struct Totp {
    /// The sealed secret.
    pub(crate) sealed: String,
    /// Since when its codes are asked for; nothing until one has been confirmed.
    pub(crate) confirmed: Option<Instant>,
    /// The last step whose code was used.
    pub(crate) last_step: i64,
}

/// The authenticator app of an account, confirmed or not.
pub(crate) async fn totp(db: &impl ConnectionTrait, account: AccountId) -> Result<Option<Totp>, DbErr> {
    Ok(totp::Entity::find_by_id(Uuid::from(account)).one(db).await?.map(noun))
}

/// The same, locked until the transaction ends, so that one code is not used twice at once.
pub(crate) async fn lock_totp(tx: &DatabaseTransaction, account: AccountId) -> Result<Option<Totp>, DbErr> {
    Ok(service::lock(totp::Entity::find_by_id(Uuid::from(account))).one(tx).await?.map(noun))
}

/// Puts a secret that is not confirmed yet in the place of any there was.
pub(crate) async fn put_totp(
    tx: &DatabaseTransaction,
    account: AccountId,
    sealed: String,
    now: Instant,
) -> Result<(), DbErr> {
    drop_totp(tx, account).await?;
    let row = totp::ActiveModel {
        account_id: Set(account.into()),
        sealed: Set(sealed),
        added: Set(now.micros()),
        confirmed: Set(None),
        last_step: Set(0),
    };
    totp::Entity::insert(row).exec_without_returning(tx).await.map(|_| ())
}

/// Writes down that the code of a step was used, and since when codes are asked for.
pub(crate) async fn use_totp(
    tx: &DatabaseTransaction,
    account: AccountId,
    step: i64,
    confirmed: Instant,
) -> Result<(), DbErr> {
    let row = totp::ActiveModel {
        account_id: Set(account.into()),
        confirmed: Set(Some(confirmed.micros())),
        last_step: Set(step),
        ..Default::default()
    };
    totp::Entity::update(row).exec(tx).await.map(|_| ())
}

/// Takes the authenticator app of an account away.
pub(crate) async fn drop_totp(tx: &DatabaseTransaction, account: AccountId) -> Result<(), DbErr> {
    totp::Entity::delete_by_id(Uuid::from(account)).exec(tx).await.map(|_| ())
}

/// Which second factors an account has.
pub(crate) async fn of(db: &impl ConnectionTrait, account: AccountId) -> Result<Factors, DbErr> {
    let totp = totp(db, account).await?.is_some_and(|totp| totp.confirmed.is_some());
    Ok(Factors { totp, passkeys: passkeys::of_account(db, account).await?.len() })
}

/// Puts recovery codes in the place of those the account had.
pub(crate) async fn put_codes(tx: &DatabaseTransaction, account: AccountId, hashes: Vec<String>) -> Result<(), DbErr> {
    drop_codes(tx, account).await?;
    let row = |hash: String| code::ActiveModel { hash: Set(hash), account_id: Set(account.into()) };
    code::Entity::insert_many(hashes.into_iter().map(row)).exec_without_returning(tx).await.map(|_| ())
}

/// Uses a recovery code up; tells whether the account had it.
pub(crate) async fn use_code(tx: &DatabaseTransaction, account: AccountId, hash: &str) -> Result<bool, DbErr> {
    let query = code::Entity::delete_many().filter(code::Column::Hash.eq(hash));
    let gone = query.filter(code::Column::AccountId.eq(Uuid::from(account))).exec(tx).await?;
    Ok(gone.rows_affected == 1)
}

/// How many recovery codes an account has left.
pub(crate) async fn codes_left(db: &impl ConnectionTrait, account: AccountId) -> Result<u32, DbErr> {
    let left = code::Entity::find().filter(code::Column::AccountId.eq(Uuid::from(account))).count(db).await?;
    Ok(u32::try_from(left).unwrap_or(u32::MAX))
}

/// Takes the recovery codes of an account away.
pub(crate) async fn drop_codes(tx: &DatabaseTransaction, account: AccountId) -> Result<(), DbErr> {
    let query = code::Entity::delete_many().filter(code::Column::AccountId.eq(Uuid::from(account)));
    query.exec(tx).await.map(|_| ())
}

/// Takes every second factor and recovery code of an account away.
pub(crate) async fn drop_all(tx: &DatabaseTransaction, account: AccountId) -> Result<(), DbErr> {
    drop_totp(tx, account).await?;
    drop_codes(tx, account).await?;
    passkeys::drop_all(tx, account).await
}

fn noun(row: totp::Model) -> Totp {
    Totp { sealed: row.sealed, confirmed: row.confirmed.map(Instant::from_micros), last_step: row.last_step }
}
