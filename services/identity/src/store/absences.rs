//! Absences, always within a scope.

use schema_identity::Absence;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use service::{InScope as _, Scope};
use uuid::Uuid;
use wire::{Day, Version, id::AbsenceId};

use super::delegations::{read, word};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "absence")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub office_id: Uuid,
        pub person_id: Uuid,
        pub position_id: Uuid,
        pub from_day: TimeDate,
        pub to_day: TimeDate,
        pub kind: String,
        pub cover_id: Option<Uuid>,
        pub covered_by_id: Option<Uuid>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Absences after an id, oldest first; only those of a day, when that is given.
pub(crate) async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    day: Option<Day>,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Absence>, DbErr> {
    let away = |day: Day| Condition::all().add(row::Column::FromDay.lte(day.0)).add(row::Column::ToDay.gt(day.0));
    let condition = Condition::all().add_option(day.map(away)).add_option(after.map(|after| row::Column::Id.gt(after)));
    let query = row::Entity::find().in_scope(scope, row::Column::OfficeId).filter(condition);
    query.order_by_asc(row::Column::Id).limit(limit).all(db).await?.into_iter().map(noun).collect()
}

/// One absence, locked until the transaction ends.
pub(crate) async fn lock(tx: &DatabaseTransaction, scope: &Scope, id: AbsenceId) -> Result<Option<Absence>, DbErr> {
    let query = row::Entity::find_by_id(Uuid::from(id)).in_scope(scope, row::Column::OfficeId);
    service::lock(query).one(tx).await?.map(noun).transpose()
}

/// Writes a new absence down.
pub(crate) async fn insert(tx: &DatabaseTransaction, absence: &Absence) -> Result<(), DbErr> {
    row::Entity::insert(model(absence)?).exec_without_returning(tx).await.map(|_| ())
}

/// Writes a changed absence down.
pub(crate) async fn save(tx: &DatabaseTransaction, absence: &Absence) -> Result<(), DbErr> {
    row::Entity::update(model(absence)?).exec(tx).await.map(|_| ())
}

fn noun(row: row::Model) -> Result<Absence, DbErr> {
    let row::Model { id, office_id, person_id, position_id, from_day, to_day, kind, cover_id, covered_by_id, version } =
        row;
    Ok(Absence {
        id: id.into(),
        office: office_id.into(),
        person: person_id.into(),
        position: position_id.into(),
        from: Day(from_day),
        to: Day(to_day),
        kind: read(serde_json::Value::String(kind), id)?,
        cover: cover_id.map(Into::into),
        covered_by: covered_by_id.map(Into::into),
        version: Version(version),
    })
}

fn model(absence: &Absence) -> Result<row::ActiveModel, DbErr> {
    let Absence { id, office, person, position, from, to, kind, cover, covered_by, version } = absence;
    Ok(row::ActiveModel {
        id: Set((*id).into()),
        office_id: Set((*office).into()),
        person_id: Set((*person).into()),
        position_id: Set((*position).into()),
        from_day: Set(from.0),
        to_day: Set(to.0),
        kind: Set(word(kind)?),
        cover_id: Set(cover.map(Into::into)),
        covered_by_id: Set(covered_by.map(Into::into)),
        version: Set(version.0),
    })
}
