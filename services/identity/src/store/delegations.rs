//! Delegations, always within a scope but for what a person's own authority needs.

use schema_identity::{Delegation, Revocation};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use serde::{Serialize, de::DeserializeOwned};
use service::{InScope as _, Scope};
use uuid::Uuid;
use wire::{
    Day, Dong, Instant, Version,
    id::{DelegationId, PersonId, PositionId},
};

use super::days;

pub(super) mod row {
    use sea_orm::{FromQueryResult, entity::prelude::*};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "delegation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub office_id: Uuid,
        pub kind: String,
        pub position_id: Uuid,
        pub grantor_id: Option<Uuid>,
        pub grantor_appointment_id: Option<Uuid>,
        pub deputy_id: Uuid,
        pub deputy_position_id: Uuid,
        pub deputy_appointment_id: Uuid,
        pub permissions: Json,
        pub genres: Json,
        pub highest: Option<i64>,
        pub from_day: TimeDate,
        pub to_day: Option<TimeDate>,
        pub reason: String,
        pub instrument: Option<String>,
        pub may_pass_on: bool,
        pub passed_on_from_id: Option<Uuid>,
        pub made_by_id: Uuid,
        pub made_at: i64,
        pub revoked_at: Option<i64>,
        pub revoked_by_id: Option<Uuid>,
        pub revoked_reason: Option<String>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    /// A row that was joined to another of the same table: its columns bear a prefix.
    pub fn prefixed(row: &sea_orm::QueryResult, prefix: &str) -> Result<Model, sea_orm::DbErr> {
        Model::from_query_result(row, prefix)
    }
}

/// Which delegations a list shows.
#[derive(Default)]
pub(crate) struct Filter {
    /// Only those whose deputy this is.
    pub(crate) deputy: Option<PersonId>,
    /// Only those of this position's powers.
    pub(crate) position: Option<PositionId>,
    /// Only those whose dates hold on this day.
    pub(crate) day: Option<Day>,
    /// Only those after this id.
    pub(crate) after: Option<Uuid>,
    /// At most this many.
    pub(crate) limit: u64,
}

/// Delegations, oldest first.
pub(crate) async fn list(db: &impl ConnectionTrait, scope: &Scope, filter: Filter) -> Result<Vec<Delegation>, DbErr> {
    let Filter { deputy, position, day, after, limit } = filter;
    let condition = Condition::all()
        .add_option(deputy.map(|deputy| row::Column::DeputyId.eq(Uuid::from(deputy))))
        .add_option(position.map(|position| row::Column::PositionId.eq(Uuid::from(position))))
        .add_option(day.map(|day| days::in_force(row::Column::FromDay, row::Column::ToDay, day)))
        .add_option(after.map(|after| row::Column::Id.gt(after)));
    let query = row::Entity::find().in_scope(scope, row::Column::OfficeId).filter(condition);
    query.order_by_asc(row::Column::Id).limit(limit).all(db).await?.into_iter().map(noun).collect()
}

/// One delegation.
pub(crate) async fn get(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: DelegationId,
) -> Result<Option<Delegation>, DbErr> {
    let query = row::Entity::find_by_id(Uuid::from(id)).in_scope(scope, row::Column::OfficeId);
    query.one(db).await?.map(noun).transpose()
}

/// One delegation, locked until the transaction ends.
pub(crate) async fn lock(
    tx: &DatabaseTransaction,
    scope: &Scope,
    id: DelegationId,
) -> Result<Option<Delegation>, DbErr> {
    let query = row::Entity::find_by_id(Uuid::from(id)).in_scope(scope, row::Column::OfficeId);
    service::lock(query).one(tx).await?.map(noun).transpose()
}

/// Writes a new delegation down.
pub(crate) async fn insert(tx: &DatabaseTransaction, delegation: &Delegation) -> Result<(), DbErr> {
    row::Entity::insert(model(delegation)?).exec_without_returning(tx).await.map(|_| ())
}

/// Writes down that a delegation was taken back; nothing else of it changes.
pub(crate) async fn save_revoked(
    tx: &DatabaseTransaction,
    id: DelegationId,
    revocation: &Revocation,
    version: Version,
) -> Result<(), DbErr> {
    let Revocation { at, by, reason } = revocation;
    let change = row::ActiveModel {
        id: Set(id.into()),
        revoked_at: Set(Some(at.micros())),
        revoked_by_id: Set(Some((*by).into())),
        revoked_reason: Set(Some(reason.clone())),
        version: Set(version.0),
        ..Default::default()
    };
    row::Entity::update(change).exec(tx).await.map(|_| ())
}

/// The noun of a row.
pub(super) fn noun(row: row::Model) -> Result<Delegation, DbErr> {
    let revoked = match (row.revoked_at, row.revoked_by_id, row.revoked_reason) {
        (Some(at), Some(by), Some(reason)) => Some(Revocation { at: Instant::from_micros(at), by: by.into(), reason }),
        _ => None,
    };
    Ok(Delegation {
        id: row.id.into(),
        office: row.office_id.into(),
        kind: read(serde_json::Value::String(row.kind), row.id)?,
        position: row.position_id.into(),
        grantor: row.grantor_id.map(Into::into),
        grantor_appointment: row.grantor_appointment_id.map(Into::into),
        deputy: row.deputy_id.into(),
        deputy_position: row.deputy_position_id.into(),
        deputy_appointment: row.deputy_appointment_id.into(),
        permissions: read(row.permissions, row.id)?,
        genres: read(row.genres, row.id)?,
        highest: row.highest.map(Dong),
        from: Day(row.from_day),
        to: days::day(row.to_day),
        reason: row.reason,
        instrument: row.instrument,
        may_pass_on: row.may_pass_on,
        passed_on_from: row.passed_on_from_id.map(Into::into),
        made_by: row.made_by_id.into(),
        made_at: Instant::from_micros(row.made_at),
        revoked,
        version: Version(row.version),
    })
}

fn model(delegation: &Delegation) -> Result<row::ActiveModel, DbErr> {
    let revoked = delegation.revoked.as_ref();
    Ok(row::ActiveModel {
        id: Set(delegation.id.into()),
        office_id: Set(delegation.office.into()),
        kind: Set(word(&delegation.kind)?),
        position_id: Set(delegation.position.into()),
        grantor_id: Set(delegation.grantor.map(Into::into)),
        grantor_appointment_id: Set(delegation.grantor_appointment.map(Into::into)),
        deputy_id: Set(delegation.deputy.into()),
        deputy_position_id: Set(delegation.deputy_position.into()),
        deputy_appointment_id: Set(delegation.deputy_appointment.into()),
        permissions: Set(serde_json::json!(delegation.permissions)),
        genres: Set(serde_json::json!(delegation.genres)),
        highest: Set(delegation.highest.map(|highest| highest.0)),
        from_day: Set(delegation.from.0),
        to_day: Set(days::column(delegation.to)),
        reason: Set(delegation.reason.clone()),
        instrument: Set(delegation.instrument.clone()),
        may_pass_on: Set(delegation.may_pass_on),
        passed_on_from_id: Set(delegation.passed_on_from.map(Into::into)),
        made_by_id: Set(delegation.made_by.into()),
        made_at: Set(delegation.made_at.micros()),
        revoked_at: Set(revoked.map(|revoked| revoked.at.micros())),
        revoked_by_id: Set(revoked.map(|revoked| revoked.by.into())),
        revoked_reason: Set(revoked.map(|revoked| revoked.reason.clone())),
        version: Set(delegation.version.0),
    })
}

/// The word of a closed list, as a column has it.
pub(super) fn word(value: &impl Serialize) -> Result<String, DbErr> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        other => Err(DbErr::Type(format!("not a word: {other:?}"))),
    }
}

/// A column that holds JSON, or a word of a closed list.
pub(super) fn read<T: DeserializeOwned>(value: serde_json::Value, id: Uuid) -> Result<T, DbErr> {
    serde_json::from_value(value).map_err(|error| DbErr::Type(format!("row {id} cannot be read: {error}")))
}
