//! Passkeys, by credential.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
};
use uuid::Uuid;
use wire::{
    Instant,
    id::{AccountId, PasskeyId},
};

use crate::{domain::code, webauthn::Credential};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "passkey")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub account_id: Uuid,
        pub credential_hash: String,
        pub credential: String,
        pub transports: i64,
        pub name: String,
        pub fixed: String,
        pub changing: String,
        pub added: i64,
        pub used: Option<i64>,
        pub suspect: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A passkey as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Passkey {
    /// Its id.
    pub(crate) id: PasskeyId,
    /// Whose it is.
    pub(crate) account: AccountId,
    /// The credential.
    pub(crate) credential: Credential,
    /// What its owner calls it.
    pub(crate) name: String,
    /// When it was added.
    pub(crate) added: Instant,
    /// When it was last used.
    pub(crate) used: Option<Instant>,
    /// When its counter went back.
    pub(crate) suspect: Option<Instant>,
}

/// The passkeys of an account, oldest first.
pub(crate) async fn of_account(db: &impl ConnectionTrait, account: AccountId) -> Result<Vec<Passkey>, DbErr> {
    let query = row::Entity::find().filter(row::Column::AccountId.eq(Uuid::from(account)));
    Ok(query.order_by_asc(row::Column::Id).all(db).await?.into_iter().map(noun).collect())
}

/// A passkey by its credential, whoever has it, locked until the transaction ends.
pub(crate) async fn lock(tx: &DatabaseTransaction, credential: &str) -> Result<Option<Passkey>, DbErr> {
    let query = row::Entity::find().filter(row::Column::CredentialHash.eq(code::secret_hash(credential)));
    Ok(service::lock(query).one(tx).await?.map(noun))
}

/// Writes a new passkey down.
pub(crate) async fn insert(tx: &DatabaseTransaction, passkey: &Passkey) -> Result<(), DbErr> {
    let Passkey { id, account, credential, name, added, used, suspect } = passkey;
    let Credential { id: credential, transports, fixed, changing } = credential;
    let row = row::ActiveModel {
        id: Set((*id).into()),
        account_id: Set((*account).into()),
        credential_hash: Set(code::secret_hash(credential)),
        credential: Set(credential.clone()),
        transports: Set((*transports).into()),
        name: Set(name.clone()),
        fixed: Set(fixed.clone()),
        changing: Set(changing.clone()),
        added: Set(added.micros()),
        used: Set(used.map(Instant::micros)),
        suspect: Set(suspect.map(Instant::micros)),
    };
    row::Entity::insert(row).exec_without_returning(tx).await.map(|_| ())
}

/// Writes down what changes of a passkey.
pub(crate) async fn save(tx: &DatabaseTransaction, passkey: &Passkey) -> Result<(), DbErr> {
    let row = row::ActiveModel {
        id: Set(passkey.id.into()),
        changing: Set(passkey.credential.changing.clone()),
        used: Set(passkey.used.map(Instant::micros)),
        suspect: Set(passkey.suspect.map(Instant::micros)),
        ..Default::default()
    };
    row::Entity::update(row).exec(tx).await.map(|_| ())
}

/// The credentials of an account that may answer.
pub(crate) async fn usable(db: &impl ConnectionTrait, account: AccountId) -> Result<Vec<Credential>, DbErr> {
    let all = of_account(db, account).await?.into_iter();
    Ok(all.filter(|passkey| passkey.suspect.is_none()).map(|passkey| passkey.credential).collect())
}

/// Takes a passkey of an account away; tells whether it had it.
pub(crate) async fn remove(tx: &DatabaseTransaction, account: AccountId, id: PasskeyId) -> Result<bool, DbErr> {
    let query = row::Entity::delete_many().filter(row::Column::Id.eq(Uuid::from(id)));
    let gone = query.filter(row::Column::AccountId.eq(Uuid::from(account))).exec(tx).await?;
    Ok(gone.rows_affected == 1)
}

/// Takes every passkey of an account away.
pub(crate) async fn drop_all(tx: &DatabaseTransaction, account: AccountId) -> Result<(), DbErr> {
    let query = row::Entity::delete_many().filter(row::Column::AccountId.eq(Uuid::from(account)));
    query.exec(tx).await.map(|_| ())
}

fn noun(row: row::Model) -> Passkey {
    Passkey {
        id: row.id.into(),
        account: row.account_id.into(),
        credential: Credential {
            id: row.credential,
            transports: u8::try_from(row.transports).unwrap_or_default(),
            fixed: row.fixed,
            changing: row.changing,
        },
        name: row.name,
        added: Instant::from_micros(row.added),
        used: row.used.map(Instant::from_micros),
        suspect: row.suspect.map(Instant::from_micros),
    }
}
