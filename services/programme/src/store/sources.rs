//! Documents that work came from or that give none any more, as documents told of them last. The row of a document is
//! what giving work and the news of a void hold in turn, so that neither misses the other.

use sea_orm::{
    ExprTrait as _, IntoActiveModel as _,
    entity::prelude::*,
    sea_query::{Expr, OnConflict},
};
use wire::{
    Version,
    id::{IncomingId, OfficeId},
};

/// A document as a source of work.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "source_document")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    /// The document's version that is known here.
    version: i64,
    /// Whether it gives no work any more.
    gone: bool,
}

/// Sources are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Keeps what documents tells of a document, unless that or something later is known already; `reconciling`, whatever
/// is known. True when it was news. A document that gives work is only noted where it is known: most never need a row.
pub(crate) async fn keep(
    conn: &impl ConnectionTrait,
    office: OfficeId,
    document: IncomingId,
    version: Version,
    gone: bool,
    reconciling: bool,
) -> Result<bool, DbErr> {
    if gone {
        return put(conn, office, document, version, gone, reconciling).await;
    }
    let known = Entity::update_many().filter(Column::Id.eq(Uuid::from(document)));
    let older = if reconciling { known } else { known.filter(Column::Version.lt(version.0)) };
    let set = older.col_expr(Column::Version, Expr::value(version.0)).col_expr(Column::Gone, Expr::value(false));
    Ok(set.exec(conn).await?.rows_affected > 0)
}

/// Whether a document gives no work any more, as far as was told; `seen` is the version in which it was just seen to
/// give some. What is told of it from here on waits until the transaction ends.
pub(crate) async fn is_gone(
    conn: &impl ConnectionTrait,
    office: OfficeId,
    document: IncomingId,
    seen: Version,
) -> Result<bool, DbErr> {
    put(conn, office, document, seen, false, false).await?;
    let known = Entity::find_by_id(Uuid::from(document)).one(conn).await?;
    Ok(known.is_some_and(|row| row.gone))
}

/// Writes the row unless it is of that version or a later one; it is locked either way.
async fn put(
    conn: &impl ConnectionTrait,
    office: OfficeId,
    document: IncomingId,
    version: Version,
    gone: bool,
    whatever_is_known: bool,
) -> Result<bool, DbErr> {
    let mut on_conflict = OnConflict::column(Column::Id);
    on_conflict.update_columns([Column::Version, Column::Gone]);
    if !whatever_is_known {
        on_conflict.action_and_where(Expr::col((Entity, Column::Version)).lt(version.0));
    }
    let row = Model { id: document.into(), office_id: office.into(), version: version.0, gone };
    let insert = Entity::insert(row.into_active_model()).on_conflict(on_conflict);
    Ok(insert.exec_without_returning(conn).await? > 0)
}
