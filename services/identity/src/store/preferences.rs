//! How people want to see pages, one row for each account that has said anything.

use schema_identity::{InterfaceLanguage, MyPreferences};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel as _, sea_query::OnConflict};
use uuid::Uuid;
use wire::id::AccountId;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "preference")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub account_id: Uuid,
        pub language: String,
        pub text_size: i64,
        pub dense: bool,
        pub single_keys: bool,
        pub appointment_id: Option<Uuid>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What an account has said; nothing when it has said nothing.
pub(crate) async fn of(db: &impl ConnectionTrait, account: AccountId) -> Result<Option<MyPreferences>, DbErr> {
    row::Entity::find_by_id(Uuid::from(account)).one(db).await?.map(noun).transpose()
}

/// Writes down what an account says, in the place of what it said before.
pub(crate) async fn keep(tx: &DatabaseTransaction, account: AccountId, said: &MyPreferences) -> Result<(), DbErr> {
    let MyPreferences { language, text_size, dense, single_keys, post } = said;
    let language = match language {
        InterfaceLanguage::Vi => "vi",
        InterfaceLanguage::En => "en",
    };
    let row = row::Model {
        account_id: account.into(),
        language: language.to_owned(),
        text_size: i64::from(*text_size),
        dense: *dense,
        single_keys: *single_keys,
        appointment_id: post.map(Into::into),
    };
    let mut again = OnConflict::column(row::Column::AccountId);
    again.update_columns([
        row::Column::Language,
        row::Column::TextSize,
        row::Column::Dense,
        row::Column::SingleKeys,
        row::Column::AppointmentId,
    ]);
    let insert = row::Entity::insert(row.into_active_model()).on_conflict(again);
    insert.exec_without_returning(tx).await.map(|_| ())
}

fn noun(row: row::Model) -> Result<MyPreferences, DbErr> {
    let row::Model { account_id, language, text_size, dense, single_keys, appointment_id } = row;
    let unknown = |what: String| DbErr::Type(format!("the preferences of account {account_id} have {what}"));
    let language = match language.as_str() {
        "vi" => InterfaceLanguage::Vi,
        "en" => InterfaceLanguage::En,
        other => return Err(unknown(format!("the unknown language `{other}`"))),
    };
    let text_size = u16::try_from(text_size).map_err(|_| unknown(format!("the text size {text_size}")))?;
    Ok(MyPreferences { language, text_size, dense, single_keys, post: appointment_id.map(Into::into) })
}
