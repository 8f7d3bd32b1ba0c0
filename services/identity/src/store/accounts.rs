//! Accounts with their password hashes, which never leave this service; and the one-time codes that open them.

use schema_identity::{Account, AccountState};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, SqlErr,
};
use service::{InScope as _, Scope};
use uuid::Uuid;
use wire::{
    Instant, Version,
    id::{AccountId, EnrolmentId, PersonId},
};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "account")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub office_id: Uuid,
        pub person_id: Uuid,
        pub username: Option<String>,
        pub password: Option<String>,
        pub state: String,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod code {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "enrolment")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub account_id: Uuid,
        pub code_hash: String,
        pub expires: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// An account with its password hash (PHC string), which is no part of the noun.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    /// The account.
    pub(crate) account: Account,
    /// Its password hash.
    pub(crate) password: Option<String>,
}

/// Accounts, oldest first, after an id.
pub(crate) async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    person: Option<PersonId>,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Account>, DbErr> {
    let mut query =
        row::Entity::find().in_scope(scope, row::Column::OfficeId).order_by_asc(row::Column::Id).limit(limit);
    if let Some(person) = person {
        query = query.filter(row::Column::PersonId.eq(Uuid::from(person)));
    }
    if let Some(after) = after {
        query = query.filter(row::Column::Id.gt(after));
    }
    query.all(db).await?.into_iter().map(|row| kept(row).map(|kept| kept.account)).collect()
}

/// One account, locked until the transaction ends.
pub(crate) async fn lock(tx: &DatabaseTransaction, scope: &Scope, id: AccountId) -> Result<Option<Kept>, DbErr> {
    let query = row::Entity::find_by_id(Uuid::from(id)).in_scope(scope, row::Column::OfficeId);
    service::lock(query).one(tx).await?.map(kept).transpose()
}

/// The account that a sign-in, a session or a one-time code leads to, locked until the transaction ends.
pub(crate) async fn lock_own(tx: &DatabaseTransaction, id: AccountId) -> Result<Option<Kept>, DbErr> {
    service::lock(row::Entity::find_by_id(Uuid::from(id))).one(tx).await?.map(kept).transpose()
}

/// The account that a session leads to.
pub(crate) async fn own(db: &impl ConnectionTrait, id: AccountId) -> Result<Option<Kept>, DbErr> {
    row::Entity::find_by_id(Uuid::from(id)).one(db).await?.map(kept).transpose()
}

/// The account with a name to sign in with: names are unique in the installation.
pub(crate) async fn of_username(db: &impl ConnectionTrait, username: &str) -> Result<Option<Kept>, DbErr> {
    row::Entity::find().filter(row::Column::Username.eq(username)).one(db).await?.map(kept).transpose()
}

/// The account of a person whose row has been read in scope.
pub(crate) async fn of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Option<Kept>, DbErr> {
    row::Entity::find().filter(row::Column::PersonId.eq(Uuid::from(person))).one(db).await?.map(kept).transpose()
}

/// Whether there is any account in the installation.
pub(crate) async fn any(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    Ok(row::Entity::find().limit(1).one(db).await?.is_some())
}

/// Writes a new account down; it has no password.
pub(crate) async fn insert(tx: &DatabaseTransaction, account: &Account) -> Result<(), DbErr> {
    let row = model(&Kept { account: account.clone(), password: None });
    row::Entity::insert(row).exec_without_returning(tx).await.map(|_| ())
}

/// Whether a save failed because another account has the name to sign in with.
pub(crate) fn is_taken(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

/// Writes a changed account down.
pub(crate) async fn save(tx: &DatabaseTransaction, kept: &Kept) -> Result<(), DbErr> {
    row::Entity::update(model(kept)).exec(tx).await.map(|_| ())
}

/// Puts a one-time code in the place of any the account had.
pub(crate) async fn put_code(
    tx: &DatabaseTransaction,
    id: EnrolmentId,
    account: AccountId,
    code_hash: String,
    expires: Instant,
) -> Result<(), DbErr> {
    drop_code(tx, account).await?;
    let row = code::ActiveModel {
        id: Set(id.into()),
        account_id: Set(account.into()),
        code_hash: Set(code_hash),
        expires: Set(expires.micros()),
    };
    code::Entity::insert(row).exec_without_returning(tx).await.map(|_| ())
}

/// The account that a one-time code opens, while it works.
pub(crate) async fn of_code(
    db: &impl ConnectionTrait,
    code_hash: &str,
    now: Instant,
) -> Result<Option<AccountId>, DbErr> {
    let query = code::Entity::find().filter(code::Column::CodeHash.eq(code_hash));
    let found = query.filter(code::Column::Expires.gt(now.micros())).one(db).await?;
    Ok(found.map(|row| row.account_id.into()))
}

/// Takes the one-time code of an account away.
pub(crate) async fn drop_code(tx: &DatabaseTransaction, account: AccountId) -> Result<(), DbErr> {
    let query = code::Entity::delete_many().filter(code::Column::AccountId.eq(Uuid::from(account)));
    query.exec(tx).await.map(|_| ())
}

/// Removes one-time codes that have run out.
pub(crate) async fn sweep_codes(tx: &DatabaseTransaction, before: Instant) -> Result<(), DbErr> {
    let query = code::Entity::delete_many().filter(code::Column::Expires.lt(before.micros()));
    query.exec(tx).await.map(|_| ())
}

fn kept(row: row::Model) -> Result<Kept, DbErr> {
    let row::Model { id, office_id, person_id, username, password, state, version } = row;
    let state = match state.as_str() {
        "active" => AccountState::Active,
        "disabled" => AccountState::Disabled,
        "locked" => AccountState::Locked,
        other => return Err(DbErr::Type(format!("account {id} has the unknown state `{other}`"))),
    };
    let account = Account {
        id: id.into(),
        office: office_id.into(),
        person: person_id.into(),
        username,
        state,
        version: Version(version),
    };
    Ok(Kept { account, password })
}

fn model(kept: &Kept) -> row::ActiveModel {
    let Kept { account: Account { id, office, person, username, state, version }, password } = kept;
    let state = match state {
        AccountState::Active => "active",
        AccountState::Disabled => "disabled",
        AccountState::Locked => "locked",
    };
    row::ActiveModel {
        id: Set((*id).into()),
        office_id: Set((*office).into()),
        person_id: Set((*person).into()),
        username: Set(username.clone()),
        password: Set(password.clone()),
        state: Set(state.to_owned()),
        version: Set(version.0),
    }
}
