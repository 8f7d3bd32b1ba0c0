//! The copy of delegations that identity's events keep: who stands in for whom, from when to when.

use std::collections::BTreeSet;

use schema_notices::StandIn;
use sea_orm::{
    Condition, ConnectionTrait, DatabaseTransaction, ExprTrait as _, FromJsonQueryResult, IntoActiveModel as _,
    QueryOrder as _, QuerySelect as _,
    entity::prelude::*,
    sea_query::{Expr, OnConflict},
};
use serde::{Deserialize, Serialize};
use service::{InScope as _, Scope};
use wire::{
    Day, Instant, Version,
    id::{DelegationId, OfficeId, PersonId, PositionId},
};

use crate::domain::{deputising::Deputising, seats::Seat};

/// A delegation.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "deputising")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    position_id: Uuid,
    holder_id: Option<Uuid>,
    deputy_id: Uuid,
    permissions: Permissions,
    from_day: TimeDate,
    to_day: Option<TimeDate>,
    moves_work: bool,
    made_at: i64,
    ended_at: Option<i64>,
    version: i64,
}

/// What is lent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub(crate) struct Permissions(BTreeSet<String>);

/// Delegations are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<Model> for Deputising {
    fn from(row: Model) -> Self {
        let told = StandIn {
            delegation: DelegationId(row.id),
            office: OfficeId(row.office_id),
            position: PositionId(row.position_id),
            holder: row.holder_id.map(PersonId),
            deputy: PersonId(row.deputy_id),
            from: Day(row.from_day),
            to: row.to_day.map(Day),
            moves_work: row.moves_work,
            made_at: Instant::from_micros(row.made_at),
            ended_at: row.ended_at.map(Instant::from_micros),
            absence: None,
        };
        Self { told, permissions: row.permissions.0, version: Version(row.version) }
    }
}

/// Keeps a delegation, unless something later is known already; `reconciling`, whatever is known.
pub(crate) async fn keep(tx: &DatabaseTransaction, deputising: Deputising, reconciling: bool) -> Result<(), DbErr> {
    let mut changed = OnConflict::column(Column::Id);
    changed.update_columns([Column::Permissions, Column::FromDay, Column::ToDay, Column::EndedAt, Column::Version]);
    if !reconciling {
        changed.action_and_where(Expr::col((Entity, Column::Version)).lt(deputising.version.0));
    }
    let Deputising { told, permissions, version } = deputising;
    let row = Model {
        id: told.delegation.into(),
        office_id: told.office.into(),
        position_id: told.position.into(),
        holder_id: told.holder.map(Uuid::from),
        deputy_id: told.deputy.into(),
        permissions: Permissions(permissions),
        from_day: told.from.0,
        to_day: told.to.map(|to| to.0),
        moves_work: told.moves_work,
        made_at: told.made_at.micros(),
        ended_at: told.ended_at.map(Instant::micros),
        version: version.0,
    };
    Entity::insert(row.into_active_model()).on_conflict(changed).exec_without_returning(tx).await.map(|_| ())
}

/// Those of these positions by which work moves, whatever the day.
pub(super) async fn of(conn: &impl ConnectionTrait, seats: &[Seat]) -> Result<Vec<Deputising>, DbErr> {
    let offices: BTreeSet<Uuid> = seats.iter().map(|seat| seat.office.into()).collect();
    let positions = seats.iter().map(|seat| Uuid::from(seat.id));
    let of_offices = Entity::find().filter(Column::OfficeId.is_in(offices)).filter(Column::MovesWork.eq(true));
    let rows = of_offices.filter(Column::PositionId.is_in(positions)).all(conn).await?;
    Ok(rows.into_iter().map(Deputising::from).collect())
}

/// Those in which a person stands in or is stood in for, the latest first; with a day only what is not over by then.
/// One more than `limit` when more follow.
pub(crate) async fn own(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    person: PersonId,
    since: Option<Day>,
    before: Option<Uuid>,
    limit: u16,
) -> Result<Vec<StandIn>, DbErr> {
    let person = Uuid::from(person);
    let concerned = Condition::any().add(Column::DeputyId.eq(person)).add(Column::HolderId.eq(person));
    let going_on = since.map(|day| {
        let open = Condition::any().add(Column::ToDay.is_null()).add(Column::ToDay.gt(day.0));
        Condition::all().add(open).add(Column::EndedAt.is_null())
    });
    let wanted = Condition::all().add(concerned).add_option(going_on);
    let wanted = wanted.add_option(before.map(|before| Column::Id.lt(before)));
    let rows = Entity::find().in_scope(scope, Column::OfficeId).filter(wanted).order_by_desc(Column::Id);
    let rows = rows.limit(u64::from(limit) + 1).all(conn).await?;
    Ok(rows.into_iter().map(|row| Deputising::from(row).told).collect())
}
