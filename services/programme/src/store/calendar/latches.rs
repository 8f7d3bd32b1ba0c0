//! Latches: whoever touches a name first makes every other writer of that name wait until the transaction ends. So two
//! who want the same leader, room, car or week at the same moment see each other.

use std::collections::BTreeSet;

use sea_orm::{IntoActiveModel as _, entity::prelude::*, sea_query::OnConflict};
use wire::{Day, id::OfficeId};

use crate::{domain::calendar::clash::Thing, store::calendar::busy};

/// A name that someone has latched.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_latch")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    office_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    name: String,
}

/// Latches are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Takes the latches of things and weeks, always in one order, so that two writers never wait for each other crosswise.
/// They are taken after the entries themselves, and once in a transaction.
pub(crate) async fn take(
    conn: &impl ConnectionTrait,
    office: OfficeId,
    things: &BTreeSet<Thing>,
    weeks: &BTreeSet<Day>,
) -> Result<(), DbErr> {
    let things = things.iter().map(|thing| format!("busy {}", busy::id(*thing)));
    let names: BTreeSet<_> = things.chain(weeks.iter().map(|week| format!("week {week}"))).collect();
    take_names(conn, office, names).await
}

/// Takes the latch of the names of rooms and cars.
pub(crate) async fn take_naming(conn: &impl ConnectionTrait, office: OfficeId) -> Result<(), DbErr> {
    take_names(conn, office, BTreeSet::from(["naming".to_owned()])).await
}

async fn take_names(conn: &impl ConnectionTrait, office: OfficeId, names: BTreeSet<String>) -> Result<(), DbErr> {
    for name in names {
        let row = Model { office_id: office.into(), name }.into_active_model();
        // Writing the name over itself locks the row that is there.
        let over = OnConflict::columns([Column::OfficeId, Column::Name]).update_column(Column::Name).to_owned();
        Entity::insert(row).on_conflict(over).exec_without_returning(conn).await?;
    }
    Ok(())
}
