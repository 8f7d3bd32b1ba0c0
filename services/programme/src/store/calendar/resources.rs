//! Rooms and cars.

use std::collections::BTreeSet;

use schema_programme::{CalendarResource, CalendarResourceKind, ListCalendarResources};
use sea_orm::{
    Condition, DatabaseTransaction, IntoActiveModel as _, QueryOrder as _, QuerySelect as _, entity::prelude::*,
};
use service::{InScope as _, Scope};
use wire::{
    Day, Version,
    id::{CalendarResourceId, OfficeId},
};

/// A room or a car.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_resource")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    version: i64,
    kind: String,
    name: String,
    seats: Option<i64>,
    from_day: TimeDate,
    to_day: Option<TimeDate>,
}

/// Rooms and cars are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Where a page begins: after this kind, name and id.
pub(crate) type ByName = (String, String, CalendarResourceId);

impl From<CalendarResource> for Model {
    fn from(noun: CalendarResource) -> Self {
        let CalendarResource { id, office, version, kind, name, seats, from, to } = noun;
        Self {
            id: id.into(),
            office_id: office.into(),
            version: version.0,
            kind: kind.word().to_owned(),
            name,
            seats: seats.map(i64::from),
            from_day: from.0,
            to_day: to.map(|to| to.0),
        }
    }
}

impl TryFrom<Model> for CalendarResource {
    type Error = DbErr;

    fn try_from(row: Model) -> Result<Self, DbErr> {
        let Model { id, office_id, version, kind, name, seats, from_day, to_day } = row;
        let known = CalendarResourceKind::ALL.into_iter().find(|known| known.word() == kind);
        Ok(Self {
            id: CalendarResourceId(id),
            office: OfficeId(office_id),
            version: Version(version),
            kind: known.ok_or_else(|| DbErr::Type(format!("`{kind}` is no kind of thing that can be busy")))?,
            name,
            seats: seats.and_then(|seats| u16::try_from(seats).ok()),
            from: Day(from_day),
            to: to_day.map(Day),
        })
    }
}

/// Of these rooms and cars those that are there, of whatever office; whoever names one checks whose it is.
pub(crate) async fn named(
    conn: &impl ConnectionTrait,
    ids: BTreeSet<CalendarResourceId>,
) -> Result<Vec<CalendarResource>, DbErr> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find().filter(Column::Id.is_in(ids.into_iter().map(Uuid::from))).all(conn).await?;
    rows.into_iter().map(CalendarResource::try_from).collect()
}

/// A room or a car in scope, locked until the transaction ends.
pub(crate) async fn locked(
    tx: &DatabaseTransaction,
    scope: &Scope,
    id: CalendarResourceId,
) -> Result<Option<CalendarResource>, DbErr> {
    let row = service::lock(Entity::find_by_id(id).in_scope(scope, Column::OfficeId)).one(tx).await?;
    row.map(CalendarResource::try_from).transpose()
}

/// The room or car of this name that is in use on a day or later.
pub(crate) async fn bearing(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    name: &str,
    from: Day,
) -> Result<Option<CalendarResource>, DbErr> {
    let in_use = Condition::any().add(Column::ToDay.is_null()).add(Column::ToDay.gt(from.0));
    let named = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::Name.eq(name)).filter(in_use);
    named.one(conn).await?.map(CalendarResource::try_from).transpose()
}

/// Adds a room or a car.
pub(crate) async fn insert(tx: &DatabaseTransaction, resource: &CalendarResource) -> Result<(), DbErr> {
    let row = Model::from(resource.clone()).into_active_model();
    Entity::insert(row).exec_without_returning(tx).await.map(|_| ())
}

/// Stores a change.
pub(crate) async fn save(tx: &DatabaseTransaction, resource: &CalendarResource) -> Result<(), DbErr> {
    let row = Model::from(resource.clone()).into_active_model().reset_all();
    let update = Entity::update_many().set(row).filter(Column::Id.eq(Uuid::from(resource.id)));
    let stored = update.filter(Column::Version.eq(resource.version.0 - 1)).exec(tx).await?;
    if stored.rows_affected == 1 { Ok(()) } else { Err(DbErr::RecordNotUpdated) }
}

/// Rooms and cars as a call asks for them, by kind and name; one more than `limit` when more follow.
pub(crate) async fn list(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    call: &ListCalendarResources,
    after: Option<ByName>,
    limit: u16,
) -> Result<Vec<CalendarResource>, DbErr> {
    let on = call.on.map(|day| {
        let not_ended = Condition::any().add(Column::ToDay.is_null()).add(Column::ToDay.gt(day.0));
        Condition::all().add(Column::FromDay.lte(day.0)).add(not_ended)
    });
    let later = after.map(|(kind, name, id)| {
        let same_name = Condition::all().add(Column::Name.eq(name.clone())).add(Column::Id.gt(Uuid::from(id)));
        let same_kind = Condition::any().add(Column::Name.gt(name)).add(same_name);
        let same_kind = Condition::all().add(Column::Kind.eq(kind.clone())).add(same_kind);
        Condition::any().add(Column::Kind.gt(kind)).add(same_kind)
    });
    let wanted = Condition::all().add_option(on).add_option(later);
    let found = Entity::find().in_scope(scope, Column::OfficeId).filter(wanted);
    let ordered = found.order_by_asc(Column::Kind).order_by_asc(Column::Name).order_by_asc(Column::Id);
    let rows = ordered.limit(u64::from(limit) + 1).all(conn).await?;
    rows.into_iter().map(CalendarResource::try_from).collect()
}
