//! Contents of the blob store that no row names, on their way out.
//!
//! A content is first noted, after the safety age condemned, and only then removed. What is condemned cannot be taken up
//! any more, so that a file is never removed under a document that has just begun to name it.

use sea_orm::{
    ExprTrait, QuerySelect, Set,
    entity::prelude::*,
    sea_query::{Expr, OnConflict, Query},
};
use service::{InScope, Scope};
use wire::{Instant, id::OfficeId};

use super::files;

/// A content that no row named when it was looked at.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "loose_file")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    office_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    sha256: String,
    /// When it became loose; once condemned, when it was condemned or last removed from the store.
    since: i64,
    condemned: bool,
}

/// Loose contents are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Takes a content up because a file is about to name it; false when it is condemned.
pub(crate) async fn take_up(conn: &impl ConnectionTrait, office: OfficeId, sha256: &str) -> Result<bool, DbErr> {
    let ours = || Column::OfficeId.eq(Uuid::from(office)).and(Column::Sha256.eq(sha256));
    let free = ours().and(Column::Condemned.eq(false));
    Entity::delete_many().filter(free).exec(conn).await?;
    Ok(Entity::find().filter(ours()).one(conn).await?.is_none())
}

/// Notes that a row which named a content is gone; the safety age begins anew.
pub(crate) async fn let_go(
    conn: &impl ConnectionTrait,
    office: OfficeId,
    sha256: String,
    now: Instant,
) -> Result<(), DbErr> {
    let row = row(office, sha256, now);
    let known = OnConflict::columns([Column::OfficeId, Column::Sha256]).update_column(Column::Since).to_owned();
    Entity::insert(row).on_conflict(known).exec_without_returning(conn).await.map(|_| ())
}

/// Notes contents that no row names.
pub(crate) async fn note(
    conn: &impl ConnectionTrait,
    office: OfficeId,
    contents: Vec<String>,
    now: Instant,
) -> Result<(), DbErr> {
    for sha256 in contents {
        let row = row(office, sha256, now);
        let known = OnConflict::columns([Column::OfficeId, Column::Sha256]).do_nothing().to_owned();
        Entity::insert(row).on_conflict(known).exec_without_returning(conn).await?;
    }
    Ok(())
}

/// Condemns, now, what has been loose since before a moment and is still named by no row.
pub(crate) async fn condemn(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    office: OfficeId,
    before: Instant,
    now: Instant,
) -> Result<(), DbErr> {
    let namers = Query::select()
        .expr(Expr::value(1))
        .from(files::Entity)
        .and_where(Expr::col((files::Entity, files::Column::OfficeId)).equals((Entity, Column::OfficeId)))
        .and_where(Expr::col((files::Entity, files::Column::Sha256)).equals((Entity, Column::Sha256)))
        .take();
    Entity::update_many()
        .in_scope(scope, Column::OfficeId)
        .col_expr(Column::Condemned, Expr::value(true))
        .col_expr(Column::Since, Expr::value(now.micros()))
        .filter(Column::OfficeId.eq(Uuid::from(office)))
        .filter(Column::Condemned.eq(false))
        .filter(Column::Since.lt(before.micros()))
        .filter(Expr::exists(namers).not())
        .exec(conn)
        .await
        .map(|_| ())
}

/// What is condemned, at most so many.
pub(crate) async fn condemned(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    office: OfficeId,
    limit: u64,
) -> Result<Vec<String>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::Sha256)
        .in_scope(scope, Column::OfficeId)
        .filter(Column::OfficeId.eq(Uuid::from(office)))
        .filter(Column::Condemned.eq(true))
        .limit(limit)
        .into_tuple()
        .all(conn)
        .await
}

/// Notes that condemned contents were removed from the store just now.
pub(crate) async fn removed(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    office: OfficeId,
    contents: Vec<String>,
    now: Instant,
) -> Result<(), DbErr> {
    Entity::update_many()
        .in_scope(scope, Column::OfficeId)
        .col_expr(Column::Since, Expr::value(now.micros()))
        .filter(Column::OfficeId.eq(Uuid::from(office)))
        .filter(Column::Condemned.eq(true))
        .filter(Column::Sha256.is_in(contents))
        .exec(conn)
        .await
        .map(|_| ())
}

/// Forgets condemned contents that were removed from the store before a moment. One that was removed only now is not
/// forgotten yet: a claim made before the removal may still be on its way to [`take_up`], and must be refused there.
pub(crate) async fn forget(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    office: OfficeId,
    contents: Vec<String>,
    before: Instant,
) -> Result<(), DbErr> {
    Entity::delete_many()
        .in_scope(scope, Column::OfficeId)
        .filter(Column::OfficeId.eq(Uuid::from(office)))
        .filter(Column::Condemned.eq(true))
        .filter(Column::Sha256.is_in(contents))
        .filter(Column::Since.lt(before.micros()))
        .exec(conn)
        .await
        .map(|_| ())
}

fn row(office: OfficeId, sha256: String, now: Instant) -> ActiveModel {
    ActiveModel { office_id: Set(office.into()), sha256: Set(sha256), since: Set(now.micros()), condemned: Set(false) }
}
