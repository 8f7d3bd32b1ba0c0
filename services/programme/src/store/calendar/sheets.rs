//! Printed weeks that still lie in the file store, and since when that is known.

use std::collections::BTreeSet;

use sea_orm::{DatabaseTransaction, IntoActiveModel as _, entity::prelude::*, sea_query::OnConflict};
use wire::{Instant, id::OfficeId};

/// A sheet that was seen.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_sheet")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    office_id: Uuid,
    /// The hash of its content.
    #[sea_orm(primary_key, auto_increment = false)]
    content: String,
    seen_at: i64,
}

/// Sheets are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The sheets of an office that were seen before a moment.
pub(crate) async fn seen_before(
    conn: &impl ConnectionTrait,
    office: OfficeId,
    moment: Instant,
) -> Result<BTreeSet<String>, DbErr> {
    let old = Entity::find().filter(Column::OfficeId.eq(Uuid::from(office))).filter(Column::SeenAt.lt(moment.micros()));
    Ok(old.all(conn).await?.into_iter().map(|row| row.content).collect())
}

/// Notes sheets that lie there, unless they are noted already.
pub(crate) async fn note(
    tx: &DatabaseTransaction,
    office: OfficeId,
    contents: Vec<String>,
    now: Instant,
) -> Result<(), DbErr> {
    if contents.is_empty() {
        return Ok(());
    }
    let row = |content| Model { office_id: office.into(), content, seen_at: now.micros() }.into_active_model();
    let known = OnConflict::columns([Column::OfficeId, Column::Content]).do_nothing().to_owned();
    let insert = Entity::insert_many(contents.into_iter().map(row)).on_conflict(known);
    insert.exec_without_returning(tx).await.map(|_| ())
}

/// Forgets sheets that were removed.
pub(crate) async fn forget(
    tx: &DatabaseTransaction,
    office: OfficeId,
    contents: BTreeSet<String>,
) -> Result<(), DbErr> {
    let gone =
        Entity::delete_many().filter(Column::OfficeId.eq(Uuid::from(office))).filter(Column::Content.is_in(contents));
    gone.exec(tx).await.map(|_| ())
}
