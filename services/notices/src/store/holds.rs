//! The copy of appointments that identity's events keep: who holds which position, from when to when.

use std::collections::BTreeSet;

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, ExprTrait as _, IntoActiveModel as _,
    entity::prelude::*,
    sea_query::{Expr, OnConflict},
};
use wire::{
    Day, Version,
    id::{AppointmentId, OfficeId, PersonId, PositionId},
};

use crate::domain::seats::{Hold, Seat, Span};

/// Somebody's hold of a position.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "hold")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    person_id: Uuid,
    position_id: Uuid,
    from_day: TimeDate,
    to_day: Option<TimeDate>,
    version: i64,
}

/// Holds are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<Model> for Hold {
    fn from(row: Model) -> Self {
        let Model { id, office_id, person_id, position_id, from_day, to_day, version } = row;
        Self {
            id: AppointmentId(id),
            office: OfficeId(office_id),
            person: PersonId(person_id),
            position: PositionId(position_id),
            span: Span { from: Day(from_day), to: to_day.map(Day) },
            version: Version(version),
        }
    }
}

/// Keeps an appointment, unless something later is known already; `reconciling`, whatever is known.
pub(crate) async fn keep(tx: &DatabaseTransaction, hold: Hold, reconciling: bool) -> Result<(), DbErr> {
    let mut changed = OnConflict::column(Column::Id);
    changed.update_columns([Column::PersonId, Column::PositionId, Column::FromDay, Column::ToDay, Column::Version]);
    if !reconciling {
        changed.action_and_where(Expr::col((Entity, Column::Version)).lt(hold.version.0));
    }
    let Hold { id, office, person, position, span, version } = hold;
    let row = Model {
        id: id.into(),
        office_id: office.into(),
        person_id: person.into(),
        position_id: position.into(),
        from_day: span.from.0,
        to_day: span.to.map(|to| to.0),
        version: version.0,
    };
    Entity::insert(row.into_active_model()).on_conflict(changed).exec_without_returning(tx).await.map(|_| ())
}

/// Every hold of these positions, whatever the day.
pub(super) async fn of(conn: &impl ConnectionTrait, seats: &[Seat]) -> Result<Vec<Hold>, DbErr> {
    let offices: BTreeSet<Uuid> = seats.iter().map(|seat| seat.office.into()).collect();
    let positions = seats.iter().map(|seat| Uuid::from(seat.id));
    let of_offices = Entity::find().filter(Column::OfficeId.is_in(offices));
    let rows = of_offices.filter(Column::PositionId.is_in(positions)).all(conn).await?;
    Ok(rows.into_iter().map(Hold::from).collect())
}
