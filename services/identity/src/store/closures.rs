//! Days on which offices are shut, always within a scope.

use schema_identity::OfficeClosure;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use service::{InScope as _, Scope};
use uuid::Uuid;
use wire::{Day, Version, id::OfficeClosureId};

use super::days;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "office_closure")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub office_id: Uuid,
        pub first_day: TimeDate,
        pub last_day: TimeDate,
        pub reason: String,
        pub instrument: String,
        pub known_on: TimeDate,
        pub cancelled_on: Option<TimeDate>,
        pub cancelled_by: Option<String>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// How many closures are read at once.
const MOST: u64 = 400;

/// The closures of an office that have a day in common with a run of days, by their first day.
pub(crate) async fn between(
    db: &impl ConnectionTrait,
    scope: &Scope,
    (first, last): (Day, Day),
) -> Result<Vec<OfficeClosure>, DbErr> {
    let meets = Condition::all().add(row::Column::FirstDay.lte(last.0)).add(row::Column::LastDay.gte(first.0));
    let query = row::Entity::find().in_scope(scope, row::Column::OfficeId).filter(meets);
    let query = query.order_by_asc(row::Column::FirstDay).order_by_asc(row::Column::Id).limit(MOST);
    Ok(query.all(db).await?.into_iter().map(noun).collect())
}

/// Closures after an id, for snapshots.
pub(crate) async fn after(
    db: &impl ConnectionTrait,
    scope: &Scope,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<OfficeClosure>, DbErr> {
    let condition = Condition::all().add_option(after.map(|after| row::Column::Id.gt(after)));
    let query = row::Entity::find().in_scope(scope, row::Column::OfficeId).filter(condition);
    Ok(query.order_by_asc(row::Column::Id).limit(limit).all(db).await?.into_iter().map(noun).collect())
}

/// One closure, locked until the transaction ends.
pub(crate) async fn lock(
    tx: &DatabaseTransaction,
    scope: &Scope,
    id: OfficeClosureId,
) -> Result<Option<OfficeClosure>, DbErr> {
    let query = row::Entity::find_by_id(Uuid::from(id)).in_scope(scope, row::Column::OfficeId);
    Ok(service::lock(query).one(tx).await?.map(noun))
}

/// Writes a new closure down.
pub(crate) async fn insert(tx: &DatabaseTransaction, closure: &OfficeClosure) -> Result<(), DbErr> {
    row::Entity::insert(model(closure)).exec_without_returning(tx).await.map(|_| ())
}

/// Writes a cancelled closure down.
pub(crate) async fn save(tx: &DatabaseTransaction, closure: &OfficeClosure) -> Result<(), DbErr> {
    row::Entity::update(model(closure)).exec(tx).await.map(|_| ())
}

fn noun(row: row::Model) -> OfficeClosure {
    let row::Model {
        id,
        office_id,
        first_day,
        last_day,
        reason,
        instrument,
        known_on,
        cancelled_on,
        cancelled_by,
        version,
    } = row;
    OfficeClosure {
        id: id.into(),
        office: office_id.into(),
        first: Day(first_day),
        last: Day(last_day),
        reason,
        instrument,
        known_on: Day(known_on),
        cancelled_on: days::day(cancelled_on),
        cancelled_by,
        version: Version(version),
    }
}

fn model(closure: &OfficeClosure) -> row::ActiveModel {
    let OfficeClosure { id, office, first, last, reason, instrument, known_on, cancelled_on, cancelled_by, version } =
        closure;
    row::ActiveModel {
        id: Set((*id).into()),
        office_id: Set((*office).into()),
        first_day: Set(first.0),
        last_day: Set(last.0),
        reason: Set(reason.clone()),
        instrument: Set(instrument.clone()),
        known_on: Set(known_on.0),
        cancelled_on: Set(cancelled_on.map(|day| day.0)),
        cancelled_by: Set(cancelled_by.clone()),
        version: Set(version.0),
    }
}
