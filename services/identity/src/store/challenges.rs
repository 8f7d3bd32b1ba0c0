//! Challenges: random secrets, kept as hashes, good once, for one account and one purpose, for minutes.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter};
use uuid::Uuid;
use wire::{
    Instant, Version,
    id::{AccountId, SessionId},
};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "challenge")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: String,
        pub account_id: Uuid,
        pub session_id: Option<Uuid>,
        pub purpose: String,
        pub account_version: i64,
        pub state: Option<String>,
        pub expires: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a challenge is for; one for something else is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The second step of a sign-in.
    SignIn,
    /// A step-up.
    StepUp,
    /// Adding a passkey.
    Register,
}

impl Purpose {
    fn word(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::StepUp => "step_up",
            Self::Register => "register",
        }
    }
}

/// A challenge that is still good.
#[derive(Clone, Debug)]
pub(crate) struct Challenge {
    /// For whom.
    pub(crate) account: AccountId,
    /// In which session; nothing before there is one.
    pub(crate) session: Option<SessionId>,
    /// The version of the account when it was made.
    pub(crate) version: Version,
    /// What the answer of a passkey is checked against, when one may answer.
    pub(crate) state: Option<String>,
    /// When it stops being good.
    pub(crate) expires: Instant,
}

/// Writes a new challenge down under its hash.
pub(crate) async fn insert(
    tx: &DatabaseTransaction,
    hash: String,
    purpose: Purpose,
    challenge: Challenge,
) -> Result<(), DbErr> {
    let row = row::ActiveModel {
        hash: Set(hash),
        account_id: Set(challenge.account.into()),
        session_id: Set(challenge.session.map(Uuid::from)),
        purpose: Set(purpose.word().to_owned()),
        account_version: Set(challenge.version.0),
        state: Set(challenge.state),
        expires: Set(challenge.expires.micros()),
    };
    row::Entity::insert(row).exec_without_returning(tx).await.map(|_| ())
}

/// The challenge with a hash, for a purpose, while it is good.
pub(crate) async fn get(
    db: &impl ConnectionTrait,
    hash: &str,
    purpose: Purpose,
    now: Instant,
) -> Result<Option<Challenge>, DbErr> {
    let found = row::Entity::find_by_id(hash.to_owned()).filter(row::Column::Purpose.eq(purpose.word()));
    let found = found.filter(row::Column::Expires.gt(now.micros())).one(db).await?;
    Ok(found.map(|row| Challenge {
        account: row.account_id.into(),
        session: row.session_id.map(Into::into),
        version: Version(row.account_version),
        state: row.state,
        expires: Instant::from_micros(row.expires),
    }))
}

/// Uses a challenge up; tells whether this was the first to do so.
pub(crate) async fn spend(tx: &DatabaseTransaction, hash: &str) -> Result<bool, DbErr> {
    Ok(row::Entity::delete_by_id(hash.to_owned()).exec(tx).await?.rows_affected == 1)
}

/// Removes challenges that have run out.
pub(crate) async fn sweep(tx: &DatabaseTransaction, before: Instant) -> Result<(), DbErr> {
    row::Entity::delete_many().filter(row::Column::Expires.lt(before.micros())).exec(tx).await.map(|_| ())
}
