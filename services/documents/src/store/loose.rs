//! Contents of the blob store that no row names, on their way out.
//!
//! A content is first noted, after the safety age condemned, and only then removed. What is condemned cannot be taken up
//! until some time after its removal, so that a file is never removed under a document that has just begun to name it.
//! What was removed once is not removed again before it was forgotten, noted anew and condemned anew: who uploads it again
//! after that time keeps it.

use std::time::Duration;

use sea_orm::{
    Condition, ExprTrait, QuerySelect, Set,
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
    /// When it became loose; once condemned, when it was condemned.
    since: i64,
    condemned: bool,
    /// When it was removed from the store, or found gone.
    removed_at: Option<i64>,
}

/// Loose contents are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// How long a removed content stays condemned: longer than any claim is on its way to its row.
const CLAIM_AGE: Duration = Duration::from_secs(2 * 3600);
/// How long after it was condemned a content is removed at the latest, as a rule: by the next hourly sweep.
const REMOVAL_AGE: Duration = Duration::from_secs(3_600);

/// Takes a content up because a file is about to name it; while it is condemned, tells until when as a rule.
pub(crate) async fn take_up(
    conn: &impl ConnectionTrait,
    office: OfficeId,
    sha256: &str,
    now: Instant,
) -> Result<Option<Instant>, DbErr> {
    let ours = || Column::OfficeId.eq(Uuid::from(office)).and(Column::Sha256.eq(sha256));
    let passed = Column::RemovedAt.lt(now.minus(CLAIM_AGE).micros());
    let free = Condition::all().add(ours()).add(Condition::any().add(Column::Condemned.eq(false)).add(passed));
    Entity::delete_many().filter(free).exec(conn).await?;
    let condemned = Entity::find().filter(ours()).one(conn).await?;
    Ok(condemned.map(|row| row.removed_at.map_or(now.plus(REMOVAL_AGE), Instant::from_micros).plus(CLAIM_AGE)))
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

/// What is condemned in an office and not removed yet, at most so many.
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
        .filter(Column::RemovedAt.is_null())
        .limit(limit)
        .into_tuple()
        .all(conn)
        .await
}

/// The offices in scope in which something is condemned and not removed yet.
pub(crate) async fn condemning(conn: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<OfficeId>, DbErr> {
    let offices = Entity::find()
        .select_only()
        .column(Column::OfficeId)
        .distinct()
        .in_scope(scope, Column::OfficeId)
        .filter(Column::Condemned.eq(true))
        .filter(Column::RemovedAt.is_null());
    Ok(offices.into_tuple::<Uuid>().all(conn).await?.into_iter().map(OfficeId::from).collect())
}

/// Notes that condemned contents were removed from the store just now, or found gone.
pub(crate) async fn removed(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    office: OfficeId,
    contents: Vec<String>,
    now: Instant,
) -> Result<(), DbErr> {
    Entity::update_many()
        .in_scope(scope, Column::OfficeId)
        .col_expr(Column::RemovedAt, Expr::value(now.micros()))
        .filter(Column::OfficeId.eq(Uuid::from(office)))
        .filter(Column::Condemned.eq(true))
        .filter(Column::RemovedAt.is_null())
        .filter(Column::Sha256.is_in(contents))
        .exec(conn)
        .await
        .map(|_| ())
}

/// Forgets contents that were removed from the store some time ago. One that was removed only now is not forgotten yet: a
/// claim made before the removal may still be on its way to [`take_up`], and must be refused there.
pub(crate) async fn forget(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    office: OfficeId,
    now: Instant,
) -> Result<(), DbErr> {
    Entity::delete_many()
        .in_scope(scope, Column::OfficeId)
        .filter(Column::OfficeId.eq(Uuid::from(office)))
        .filter(Column::Condemned.eq(true))
        .filter(Column::RemovedAt.lt(now.minus(CLAIM_AGE).micros()))
        .exec(conn)
        .await
        .map(|_| ())
}

fn row(office: OfficeId, sha256: String, now: Instant) -> ActiveModel {
    ActiveModel {
        office_id: Set(office.into()),
        sha256: Set(sha256),
        since: Set(now.micros()),
        condemned: Set(false),
        removed_at: Set(None),
    }
}
