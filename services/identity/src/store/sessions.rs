//! Sessions and their refresh tokens, which are kept as hashes.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QuerySelect,
    sea_query::Expr,
};
use uuid::Uuid;
use wire::{
    Instant,
    id::{AccountId, SessionId},
};

use crate::domain::session::{RefreshToken, Session};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "session")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub account_id: Uuid,
        pub person_id: Uuid,
        pub office_id: Uuid,
        pub began: i64,
        pub expires: i64,
        pub ended: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod token {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "refresh_token")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: String,
        pub session_id: Uuid,
        pub expires: i64,
        pub used: Option<i64>,
        pub used_network: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// How many rows one sweep removes at most, so that it commits at once.
const SWEPT: u64 = 500;

/// Writes a new session down.
pub(crate) async fn insert(tx: &DatabaseTransaction, session: &Session) -> Result<(), DbErr> {
    let Session { id, account, person, office, began, expires, ended } = session;
    let row = row::ActiveModel {
        id: Set((*id).into()),
        account_id: Set((*account).into()),
        person_id: Set((*person).into()),
        office_id: Set((*office).into()),
        began: Set(began.micros()),
        expires: Set(expires.micros()),
        ended: Set(ended.map(Instant::micros)),
    };
    row::Entity::insert(row).exec_without_returning(tx).await.map(|_| ())
}

/// A session, locked until the transaction ends, so that two trades of its tokens go one after the other.
pub(crate) async fn lock(tx: &DatabaseTransaction, id: SessionId) -> Result<Option<Session>, DbErr> {
    let found = service::lock(row::Entity::find_by_id(Uuid::from(id))).one(tx).await?;
    Ok(found.map(|row| {
        let row::Model { id, account_id, person_id, office_id, began, expires, ended } = row;
        Session {
            id: id.into(),
            account: account_id.into(),
            person: person_id.into(),
            office: office_id.into(),
            began: Instant::from_micros(began),
            expires: Instant::from_micros(expires),
            ended: ended.map(Instant::from_micros),
        }
    }))
}

/// Ends one session.
pub(crate) async fn end(tx: &DatabaseTransaction, id: SessionId, now: Instant) -> Result<(), DbErr> {
    let query = row::Entity::update_many().filter(row::Column::Id.eq(Uuid::from(id)));
    let query = query.filter(row::Column::Ended.is_null());
    query.col_expr(row::Column::Ended, Expr::value(now.micros())).exec(tx).await.map(|_| ())
}

/// Ends every session of an account.
pub(crate) async fn end_all(tx: &DatabaseTransaction, account: AccountId, now: Instant) -> Result<(), DbErr> {
    let query = row::Entity::update_many()
        .filter(row::Column::AccountId.eq(Uuid::from(account)))
        .filter(row::Column::Expires.gt(now.micros()))
        .filter(row::Column::Ended.is_null());
    query.col_expr(row::Column::Ended, Expr::value(now.micros())).exec(tx).await.map(|_| ())
}

/// Ends every session of an account but one.
pub(crate) async fn end_others(
    tx: &DatabaseTransaction,
    account: AccountId,
    kept: SessionId,
    now: Instant,
) -> Result<(), DbErr> {
    let query = row::Entity::update_many()
        .filter(row::Column::AccountId.eq(Uuid::from(account)))
        .filter(row::Column::Id.ne(Uuid::from(kept)))
        .filter(row::Column::Expires.gt(now.micros()))
        .filter(row::Column::Ended.is_null());
    query.col_expr(row::Column::Ended, Expr::value(now.micros())).exec(tx).await.map(|_| ())
}

/// A refresh token by its hash.
pub(crate) async fn token(db: &impl ConnectionTrait, hash: &str) -> Result<Option<RefreshToken>, DbErr> {
    let found = token::Entity::find_by_id(hash.to_owned()).one(db).await?;
    Ok(found.map(|row| {
        let token::Model { hash, session_id, expires, used, used_network } = row;
        RefreshToken {
            hash,
            session: session_id.into(),
            expires: Instant::from_micros(expires),
            used: used.map(Instant::from_micros),
            used_network,
        }
    }))
}

/// Writes a new refresh token down.
pub(crate) async fn insert_token(
    tx: &DatabaseTransaction,
    hash: String,
    session: SessionId,
    expires: Instant,
) -> Result<(), DbErr> {
    let row = token::ActiveModel {
        hash: Set(hash),
        session_id: Set(session.into()),
        expires: Set(expires.micros()),
        used: Set(None),
        used_network: Set(None),
    };
    token::Entity::insert(row).exec_without_returning(tx).await.map(|_| ())
}

/// Writes down that a refresh token was traded, and from where.
pub(crate) async fn use_token(
    tx: &DatabaseTransaction,
    hash: &str,
    now: Instant,
    network: Option<String>,
) -> Result<(), DbErr> {
    let row = token::ActiveModel {
        hash: Set(hash.to_owned()),
        used: Set(Some(now.micros())),
        used_network: Set(network),
        ..Default::default()
    };
    token::Entity::update(row).exec(tx).await.map(|_| ())
}

/// Removes some sessions that were over before a moment, with their tokens.
pub(crate) async fn sweep(tx: &DatabaseTransaction, before: Instant) -> Result<(), DbErr> {
    let over: Vec<Uuid> = row::Entity::find()
        .select_only()
        .column(row::Column::Id)
        .filter(row::Column::Expires.lt(before.micros()))
        .limit(SWEPT)
        .into_tuple()
        .all(tx)
        .await?;
    token::Entity::delete_many().filter(token::Column::SessionId.is_in(over.iter().copied())).exec(tx).await?;
    super::proofs::forget(tx, &over).await?;
    row::Entity::delete_many().filter(row::Column::Id.is_in(over)).exec(tx).await?;
    Ok(())
}
