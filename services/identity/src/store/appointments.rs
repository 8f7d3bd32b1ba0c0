//! Appointments, always within a scope.

use schema_identity::Appointment;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait as _, sea_query::SelectStatement,
};
use service::{InScope as _, Scope};
use uuid::Uuid;
use wire::{
    Day, Version,
    id::{AppointmentId, OfficeId, PersonId, PositionId},
};

use super::days;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "appointment")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub office_id: Uuid,
        pub person_id: Uuid,
        pub position_id: Uuid,
        pub from_day: TimeDate,
        pub to_day: Option<TimeDate>,
        pub instrument: Option<String>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Which appointments a list shows.
#[derive(Default)]
pub(crate) struct Filter {
    /// Only those of this person.
    pub(crate) person: Option<PersonId>,
    /// Only those to this position.
    pub(crate) position: Option<PositionId>,
    /// Only those in force on this day.
    pub(crate) day: Option<Day>,
    /// Only those after this id.
    pub(crate) after: Option<Uuid>,
    /// At most this many; all when absent.
    pub(crate) limit: Option<u64>,
}

/// Appointments, oldest first.
pub(crate) async fn list(db: &impl ConnectionTrait, scope: &Scope, filter: Filter) -> Result<Vec<Appointment>, DbErr> {
    let mut query =
        row::Entity::find().in_scope(scope, row::Column::OfficeId).order_by_asc(row::Column::Id).limit(filter.limit);
    if let Some(person) = filter.person {
        query = query.filter(row::Column::PersonId.eq(Uuid::from(person)));
    }
    if let Some(position) = filter.position {
        query = query.filter(row::Column::PositionId.eq(Uuid::from(position)));
    }
    if let Some(day) = filter.day {
        query = query.filter(days::in_force(row::Column::FromDay, row::Column::ToDay, day));
    }
    if let Some(after) = filter.after {
        query = query.filter(row::Column::Id.gt(after));
    }
    Ok(query.all(db).await?.into_iter().map(noun).collect())
}

/// The ids of those who hold a position in an office on a day. An appointment lies within the days of its position.
pub(super) fn holders(office: OfficeId, day: Day) -> SelectStatement {
    row::Entity::find()
        .select_only()
        .column(row::Column::PersonId)
        .filter(row::Column::OfficeId.eq(Uuid::from(office)))
        .filter(days::in_force(row::Column::FromDay, row::Column::ToDay, day))
        .into_query()
}

/// One appointment, locked until the transaction ends.
pub(crate) async fn lock(
    tx: &DatabaseTransaction,
    scope: &Scope,
    id: AppointmentId,
) -> Result<Option<Appointment>, DbErr> {
    let query = row::Entity::find_by_id(Uuid::from(id)).in_scope(scope, row::Column::OfficeId);
    Ok(service::lock(query).one(tx).await?.map(noun))
}

/// Writes a new appointment down.
pub(crate) async fn insert(tx: &DatabaseTransaction, appointment: &Appointment) -> Result<(), DbErr> {
    row::Entity::insert(model(appointment)).exec_without_returning(tx).await.map(|_| ())
}

/// Writes a changed appointment down.
pub(crate) async fn save(tx: &DatabaseTransaction, appointment: &Appointment) -> Result<(), DbErr> {
    row::Entity::update(model(appointment)).exec(tx).await.map(|_| ())
}

fn noun(row: row::Model) -> Appointment {
    let row::Model { id, office_id, person_id, position_id, from_day, to_day, instrument, version } = row;
    Appointment {
        id: id.into(),
        office: office_id.into(),
        person: person_id.into(),
        position: position_id.into(),
        from: Day(from_day),
        to: days::day(to_day),
        instrument,
        version: Version(version),
    }
}

fn model(appointment: &Appointment) -> row::ActiveModel {
    let Appointment { id, office, person, position, from, to, instrument, version } = appointment;
    row::ActiveModel {
        id: Set((*id).into()),
        office_id: Set((*office).into()),
        person_id: Set((*person).into()),
        position_id: Set((*position).into()),
        from_day: Set(from.0),
        to_day: Set(days::column(*to)),
        instrument: Set(instrument.clone()),
        version: Set(version.0),
    }
}
