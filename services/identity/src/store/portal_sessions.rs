//! The secrets of browsers, kept as hashes, each beside the session it opens.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QuerySelect,
};
use service::PersonCaller;
use wire::{Instant, id::SessionId};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "portal_session")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: String,
        pub session_id: Uuid,
        pub expires: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What of a session a token is made from.
mod session {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "session")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub account_id: Uuid,
        pub person_id: Uuid,
        pub began: i64,
        pub expires: i64,
        pub ended: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// How many rows one sweep removes at most, so that it commits at once.
const SWEPT: u64 = 500;

/// Writes the secret of a browser down, by its hash.
pub(crate) async fn insert(
    tx: &DatabaseTransaction,
    hash: String,
    session: SessionId,
    expires: Instant,
) -> Result<(), DbErr> {
    let row = row::ActiveModel { hash: Set(hash), session_id: Set(session.into()), expires: Set(expires.micros()) };
    row::Entity::insert(row).exec_without_returning(tx).await.map(|_| ())
}

/// Whom a secret opens the session of, and when that ends; nothing when it opens none that goes on.
pub(crate) async fn opened(
    db: &impl ConnectionTrait,
    hash: &str,
    now: Instant,
) -> Result<Option<(PersonCaller, Instant)>, DbErr> {
    let Some(row) = row::Entity::find_by_id(hash.to_owned()).one(db).await? else { return Ok(None) };
    let found = session::Entity::find_by_id(row.session_id)
        .filter(session::Column::Ended.is_null())
        .filter(session::Column::Expires.gt(now.micros()))
        .one(db)
        .await?;
    Ok(found.map(|session| {
        let caller = PersonCaller {
            account: session.account_id.into(),
            person: session.person_id.into(),
            session: session.id.into(),
            authenticated_at: Instant::from_micros(session.began),
        };
        (caller, Instant::from_micros(session.expires))
    }))
}

/// Removes some secrets whose sessions were over by themselves before a moment.
pub(crate) async fn sweep(tx: &DatabaseTransaction, before: Instant) -> Result<(), DbErr> {
    let over: Vec<String> = row::Entity::find()
        .select_only()
        .column(row::Column::Hash)
        .filter(row::Column::Expires.lt(before.micros()))
        .limit(SWEPT)
        .into_tuple()
        .all(tx)
        .await?;
    row::Entity::delete_many().filter(row::Column::Hash.is_in(over)).exec(tx).await.map(|_| ())
}
