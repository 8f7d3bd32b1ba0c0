//! The copy of positions that identity's events keep: unit, head or not, and from when to when.

use sea_orm::{
    Condition, ConnectionTrait, DatabaseTransaction, ExprTrait as _, IntoActiveModel as _,
    entity::prelude::*,
    sea_query::{Expr, OnConflict},
};
use wire::{
    Day, Version,
    id::{OfficeId, PositionId, UnitId},
};

use crate::domain::{
    matter::Matter,
    seats::{Seat, Seats, Span},
};

/// A position.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "seat")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    unit_id: Uuid,
    head: bool,
    from_day: TimeDate,
    to_day: Option<TimeDate>,
    version: i64,
}

/// Positions are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<Model> for Seat {
    fn from(row: Model) -> Self {
        let Model { id, office_id, unit_id, head, from_day, to_day, version } = row;
        Self {
            id: PositionId(id),
            office: OfficeId(office_id),
            unit: UnitId(unit_id),
            head,
            span: Span { from: Day(from_day), to: to_day.map(Day) },
            version: Version(version),
        }
    }
}

/// Keeps a position, unless something later is known already; `reconciling`, whatever is known.
pub(crate) async fn keep(tx: &DatabaseTransaction, seat: Seat, reconciling: bool) -> Result<(), DbErr> {
    let mut changed = OnConflict::column(Column::Id);
    changed.update_columns([Column::UnitId, Column::Head, Column::FromDay, Column::ToDay, Column::Version]);
    if !reconciling {
        changed.action_and_where(Expr::col((Entity, Column::Version)).lt(seat.version.0));
    }
    let Seat { id, office, unit, head, span, version } = seat;
    let row = Model {
        id: id.into(),
        office_id: office.into(),
        unit_id: unit.into(),
        head,
        from_day: span.from.0,
        to_day: span.to.map(|to| to.0),
        version: version.0,
    };
    Entity::insert(row.into_active_model()).on_conflict(changed).exec_without_returning(tx).await.map(|_| ())
}

/// The unit of a position, when it is known.
pub(crate) async fn unit(conn: &impl ConnectionTrait, position: PositionId) -> Result<Option<UnitId>, DbErr> {
    Ok(Entity::find_by_id(position).one(conn).await?.map(|row| UnitId(row.unit_id)))
}

/// Who sits, on a day, in the positions that a matter touches: the one it is addressed to, the head of its unit, and
/// the one that gave it.
pub(crate) async fn around(conn: &impl ConnectionTrait, matter: &Matter, day: Day) -> Result<Seats, DbErr> {
    let desk = matter.desk();
    let named = [desk.and_then(|desk| desk.position), matter.giver_position()];
    let named: Vec<Uuid> = named.into_iter().flatten().map(Uuid::from).collect();
    let heads = desk.map(|desk| {
        Condition::all()
            .add(Column::OfficeId.eq(Uuid::from(matter.office)))
            .add(Column::UnitId.eq(Uuid::from(desk.unit)))
            .add(Column::Head.eq(true))
    });
    let touched = Condition::any().add(Column::Id.is_in(named)).add_option(heads);
    let seats: Vec<Seat> = Entity::find().filter(touched).all(conn).await?.into_iter().map(Seat::from).collect();
    let holds = super::holds::of(conn, &seats).await?;
    let deputising = super::deputising::of(conn, &seats).await?;
    Ok(Seats::on(day, &seats, &holds, &deputising))
}
