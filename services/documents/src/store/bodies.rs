//! Issuing bodies: a row for each state of a code.

use schema_documents::{IssuingBody, ListIssuingBodies};
use sea_orm::{Condition, IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*};
use service::{InScope, Scope};
use wire::{
    Day, Version,
    id::{IssuingBodyId, OfficeId, PositionId},
};

/// A state of a body.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "issuing_body")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    version: i64,
    code: String,
    name: String,
    seal: String,
    custodian: Option<Uuid>,
    custodian_title: String,
    term: Option<String>,
    from_day: TimeDate,
    to_day: Option<TimeDate>,
}

/// Bodies are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<&IssuingBody> for Model {
    fn from(noun: &IssuingBody) -> Self {
        let IssuingBody { id, office, version, code, name, seal, custodian, custodian_title, term, from, to } =
            noun.clone();
        Self {
            id: id.into(),
            office_id: office.into(),
            version: version.0,
            code,
            name,
            seal,
            custodian: custodian.map(Uuid::from),
            custodian_title,
            term,
            from_day: from.0,
            to_day: to.map(|day| day.0),
        }
    }
}

impl From<Model> for IssuingBody {
    fn from(row: Model) -> Self {
        let Model { id, office_id, version, code, name, seal, custodian, custodian_title, term, from_day, to_day } =
            row;
        Self {
            id: IssuingBodyId(id),
            office: OfficeId(office_id),
            version: Version(version),
            code,
            name,
            seal,
            custodian: custodian.map(PositionId),
            custodian_title,
            term,
            from: Day(from_day),
            to: to_day.map(Day),
        }
    }
}

/// Keeps a new state.
pub(crate) async fn insert(conn: &impl ConnectionTrait, body: &IssuingBody) -> Result<(), DbErr> {
    let row = Model::from(body).into_active_model().reset_all();
    Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// Keeps a state that has ended.
pub(crate) async fn update(conn: &impl ConnectionTrait, body: &IssuingBody) -> Result<(), DbErr> {
    let row = Model::from(body).into_active_model().reset_all();
    Entity::update(row).exec(conn).await.map(|_| ())
}

/// One state in scope, which nobody else changes before the transaction ends.
pub(crate) async fn hold(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: IssuingBodyId,
) -> Result<Option<IssuingBody>, DbErr> {
    let query = service::lock(Entity::find_by_id(id).in_scope(scope, Column::OfficeId));
    Ok(query.one(conn).await?.map(IssuingBody::from))
}

/// Every state of a code, first recorded first.
pub(crate) async fn of_code(conn: &impl ConnectionTrait, scope: &Scope, code: &str) -> Result<Vec<IssuingBody>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::Code.eq(code));
    let rows = query.order_by_asc(Column::Id).all(conn).await?;
    Ok(rows.into_iter().map(IssuingBody::from).collect())
}

/// A page of states, first recorded first.
pub(crate) async fn list(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    call: &ListIssuingBodies,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<IssuingBody>, DbErr> {
    let mut query = Entity::find().in_scope(scope, Column::OfficeId).order_by_asc(Column::Id).limit(limit);
    if let Some(day) = call.as_of {
        let goes_on = Condition::any().add(Column::ToDay.is_null()).add(Column::ToDay.gte(day.0));
        query = query.filter(Column::FromDay.lte(day.0)).filter(goes_on);
    }
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after));
    }
    Ok(query.all(conn).await?.into_iter().map(IssuingBody::from).collect())
}
