//! How people want to be told.

use schema_notices::NoticeKind;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, FromJsonQueryResult, IntoActiveModel as _, QueryOrder as _, QuerySelect as _,
    entity::prelude::*,
    sea_query::{Expr, OnConflict},
};
use serde::{Deserialize, Serialize};
use service::{InScope as _, Scope};
use wire::{
    Instant, Version,
    id::{OfficeId, PersonId},
};

use crate::domain::preference::Preference;

/// How somebody wants to be told of what needs them in an office.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "preference")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    office_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    person_id: Uuid,
    version: i64,
    address: Option<String>,
    pending: Option<String>,
    code_hash: Option<String>,
    code_tries: i64,
    code_asked_at: Option<i64>,
    bundle_minutes: i64,
    kinds: Kinds,
    next_mail: Option<i64>,
}

/// What is mailed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
pub(crate) struct Kinds(Vec<NoticeKind>);

/// Preferences are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<Preference> for Model {
    fn from(noun: Preference) -> Self {
        Self {
            office_id: noun.office.into(),
            person_id: noun.person.into(),
            version: noun.version.0,
            address: noun.address,
            pending: noun.pending,
            code_hash: noun.code_hash,
            code_tries: noun.code_tries,
            code_asked_at: noun.code_asked_at.map(Instant::micros),
            bundle_minutes: noun.bundle_minutes.into(),
            kinds: Kinds(noun.kinds),
            next_mail: noun.next_mail.map(Instant::micros),
        }
    }
}

impl TryFrom<Model> for Preference {
    type Error = DbErr;

    fn try_from(row: Model) -> Result<Self, DbErr> {
        let Kinds(kinds) = row.kinds;
        let minutes = u16::try_from(row.bundle_minutes);
        Ok(Self {
            office: OfficeId(row.office_id),
            person: PersonId(row.person_id),
            version: Version(row.version),
            address: row.address,
            pending: row.pending,
            code_hash: row.code_hash,
            code_tries: row.code_tries,
            code_asked_at: row.code_asked_at.map(Instant::from_micros),
            bundle_minutes: minutes.map_err(|_| DbErr::Type(format!("`{}` minutes", row.bundle_minutes)))?,
            kinds,
            next_mail: row.next_mail.map(Instant::from_micros),
        })
    }
}

/// Somebody's preference in the one office of a scope.
pub(crate) async fn one(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    person: PersonId,
) -> Result<Option<Preference>, DbErr> {
    let own = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::PersonId.eq(Uuid::from(person)));
    own.one(conn).await?.map(Preference::try_from).transpose()
}

/// Somebody's preference in an office, locked until the transaction ends.
pub(crate) async fn locked(
    tx: &DatabaseTransaction,
    office: OfficeId,
    person: PersonId,
) -> Result<Option<Preference>, DbErr> {
    let own = Entity::find_by_id((Uuid::from(office), Uuid::from(person)));
    service::lock(own).one(tx).await?.map(Preference::try_from).transpose()
}

/// Stores a preference.
pub(crate) async fn save(tx: &DatabaseTransaction, preference: Preference) -> Result<(), DbErr> {
    let mut changed = OnConflict::columns([Column::OfficeId, Column::PersonId]);
    changed.update_columns([
        Column::Version,
        Column::Address,
        Column::Pending,
        Column::CodeHash,
        Column::CodeTries,
        Column::CodeAskedAt,
        Column::BundleMinutes,
        Column::Kinds,
        Column::NextMail,
    ]);
    let insert = Entity::insert(Model::from(preference).into_active_model()).on_conflict(changed);
    insert.exec_without_returning(tx).await.map(|_| ())
}

/// Whose notices are to be mailed by now, the longest waiting first; locked until the transaction ends.
pub(crate) async fn due(
    tx: &DatabaseTransaction,
    scope: &Scope,
    now: Instant,
    limit: u64,
) -> Result<Vec<Preference>, DbErr> {
    let waiting = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::NextMail.lte(now.micros()));
    let rows = service::lock(waiting.order_by_asc(Column::NextMail).limit(limit)).all(tx).await?;
    rows.into_iter().map(Preference::try_from).collect()
}

/// Says when somebody's waiting notices are mailed; never, when none waits.
pub(crate) async fn mail_at(
    tx: &DatabaseTransaction,
    preference: &Preference,
    next: Option<Instant>,
) -> Result<(), DbErr> {
    let update = Entity::update_many().col_expr(Column::NextMail, Expr::value(next.map(Instant::micros)));
    let update = update.filter(Column::OfficeId.eq(Uuid::from(preference.office)));
    update.filter(Column::PersonId.eq(Uuid::from(preference.person))).exec(tx).await.map(|_| ())
}
