//! Work that programme tells of: what was assigned from which incoming document, as far as it is heard of here.

use std::collections::BTreeMap;

use schema_programme::AssignmentState;
use sea_orm::{
    ExprTrait, IntoActiveModel, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, OnConflict, Query},
};
use service::{InScope, Scope};
use wire::{
    Instant, Version,
    id::{AssignmentId, IncomingId, OfficeId, UnitId},
};

use super::{dossier_papers, word};

/// A piece of work.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "incoming_work")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    assignment_id: Uuid,
    office_id: Uuid,
    incoming_id: Uuid,
    version: i64,
    state: String,
    /// Closed before the document was disposed of anew, so that it is no answer to the new disposition.
    past: bool,
    /// The unit that leads it; not known of what was told before this was kept.
    lead_unit_id: Option<Uuid>,
    /// When it was done, once it is closed.
    closed_at: Option<i64>,
}

/// Works are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What programme said last of a piece of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Work {
    /// The assignment.
    pub(crate) assignment: AssignmentId,
    /// Its office.
    pub(crate) office: OfficeId,
    /// The document it comes from.
    pub(crate) document: IncomingId,
    /// How often it was changed.
    pub(crate) version: Version,
    /// How far it is.
    pub(crate) state: AssignmentState,
    /// The unit that leads it.
    pub(crate) lead_unit: UnitId,
    /// When it was done.
    pub(crate) done_at: Option<Instant>,
}

/// Keeps what was told, unless something later is known; after a restore of programme, whatever is known.
pub(crate) async fn keep(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    work: Work,
    reconciling: bool,
) -> Result<(), DbErr> {
    let Work { assignment, office, document, version, state, lead_unit, done_at } = work;
    let known = Entity::find_by_id(assignment).in_scope(scope, Column::OfficeId).one(conn).await?;
    if known.as_ref().is_some_and(|known| known.version >= version.0 && !reconciling) {
        return Ok(());
    }
    let row = Model {
        assignment_id: assignment.into(),
        office_id: office.into(),
        incoming_id: document.into(),
        version: version.0,
        state: state.word().to_owned(),
        past: state == AssignmentState::Closed && known.is_some_and(|known| known.past),
        lead_unit_id: Some(lead_unit.into()),
        closed_at: done_at.filter(|_| state == AssignmentState::Closed).map(Instant::micros),
    };
    let told = [Column::Version, Column::State, Column::Past, Column::LeadUnitId, Column::ClosedAt];
    let over = OnConflict::column(Column::AssignmentId).update_columns(told).to_owned();
    let row = row.into_active_model().reset_all();
    Entity::insert(row).on_conflict(over).exec_without_returning(conn).await.map(|_| ())
}

/// Whether somebody has the document: work was assigned from it and not withdrawn.
pub(crate) async fn assigned(conn: &impl ConnectionTrait, scope: &Scope, document: IncomingId) -> Result<bool, DbErr> {
    let had = of(scope, document).filter(Column::Past.eq(false));
    let had = had.filter(Column::State.ne(AssignmentState::Withdrawn.word()));
    Ok(had.limit(1).one(conn).await?.is_some())
}

/// Work from the document that is neither closed nor withdrawn, if there is any.
pub(crate) async fn live(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    document: IncomingId,
) -> Result<Option<AssignmentId>, DbErr> {
    let over = [AssignmentState::Closed.word(), AssignmentState::Withdrawn.word()];
    let live = of(scope, document).filter(Column::State.is_not_in(over)).limit(1).one(conn).await?;
    Ok(live.map(|row| AssignmentId(row.assignment_id)))
}

/// Lays closed work aside, because the document is disposed of anew.
pub(crate) async fn lay_aside(conn: &impl ConnectionTrait, scope: &Scope, document: IncomingId) -> Result<(), DbErr> {
    Entity::update_many()
        .in_scope(scope, Column::OfficeId)
        .col_expr(Column::Past, Expr::value(true))
        .filter(Column::IncomingId.eq(Uuid::from(document)).and(Column::State.eq(AssignmentState::Closed.word())))
        .exec(conn)
        .await
        .map(|_| ())
}

/// The ids of assignments after one, at most so many.
pub(crate) async fn after(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Uuid>, DbErr> {
    let query = Entity::find().select_only().column(Column::AssignmentId).in_scope(scope, Column::OfficeId);
    let query = after.into_iter().fold(query, |query, after| query.filter(Column::AssignmentId.gt(after)));
    query.order_by_asc(Column::AssignmentId).limit(limit).into_tuple().all(conn).await
}

/// The document that an assignment comes from.
pub(crate) async fn document(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    assignment: AssignmentId,
) -> Result<Option<IncomingId>, DbErr> {
    let row = Entity::find_by_id(assignment).in_scope(scope, Column::OfficeId).one(conn).await?;
    Ok(row.map(|row| IncomingId(row.incoming_id)))
}

/// Whether work from a document was closed.
pub(crate) async fn closed(conn: &impl ConnectionTrait, scope: &Scope, document: IncomingId) -> Result<bool, DbErr> {
    let closed = of(scope, document).filter(Column::State.eq(AssignmentState::Closed.word()));
    Ok(closed.limit(1).one(conn).await?.is_some())
}

/// Work of an office that was finished within a time.
fn finished(scope: &Scope, office: OfficeId, (from, to): (Instant, Instant)) -> Select<Entity> {
    Entity::find()
        .in_scope(scope, Column::OfficeId)
        .filter(Column::OfficeId.eq(Uuid::from(office)))
        .filter(Column::ClosedAt.gte(from.micros()))
        .filter(Column::ClosedAt.lt(to.micros()))
        .filter(Column::LeadUnitId.is_not_null())
}

/// Whether the document of a piece of work lies in a dossier.
fn is_kept() -> sea_orm::sea_query::SimpleExpr {
    let paper = |column| (dossier_papers::Entity, column);
    let lies = Query::select()
        .expr(Expr::value(1))
        .from(dossier_papers::Entity)
        .and_where(Expr::col(paper(dossier_papers::Column::OfficeId)).equals((Entity, Column::OfficeId)))
        .and_where(Expr::col(paper(dossier_papers::Column::DocumentId)).equals((Entity, Column::IncomingId)))
        .take();
    Expr::exists(lies)
}

/// How much work each unit finished within a time, and of how much of it the document lies in a dossier.
pub(crate) async fn shares(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    office: OfficeId,
    time: (Instant, Instant),
) -> Result<Vec<(UnitId, u32, u32)>, DbErr> {
    let by_unit = |query: Select<Entity>| {
        query
            .select_only()
            .column(Column::LeadUnitId)
            .column_as(Column::AssignmentId.count(), "works")
            .group_by(Column::LeadUnitId)
            .into_tuple::<(Uuid, i64)>()
    };
    let all = by_unit(finished(scope, office, time)).all(conn).await?;
    let kept: BTreeMap<Uuid, i64> =
        by_unit(finished(scope, office, time).filter(is_kept())).all(conn).await?.into_iter().collect();
    let with = |(unit, works): (Uuid, i64)| {
        let kept = kept.get(&unit).copied().unwrap_or_default();
        Ok((UnitId(unit), word::count(works)?, word::count(kept)?))
    };
    all.into_iter().map(with).collect()
}

/// Finished work whose document lies in no dossier, after a piece of it: the work, its unit, its document.
pub(crate) async fn unfiled(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    (office, unit, time): (OfficeId, Option<UnitId>, (Instant, Instant)),
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<(AssignmentId, UnitId, IncomingId)>, DbErr> {
    let query = finished(scope, office, time).filter(is_kept().not());
    let query = unit.into_iter().fold(query, |query, unit| query.filter(Column::LeadUnitId.eq(Uuid::from(unit))));
    let query = after.into_iter().fold(query, |query, after| query.filter(Column::AssignmentId.gt(after)));
    let rows = query.order_by_asc(Column::AssignmentId).limit(limit).all(conn).await?;
    let line =
        |row: Model| Some((AssignmentId(row.assignment_id), UnitId(row.lead_unit_id?), IncomingId(row.incoming_id)));
    Ok(rows.into_iter().filter_map(line).collect())
}

/// Forgets an assignment that never was. Its document is held by the caller.
pub(crate) async fn forget(conn: &impl ConnectionTrait, scope: &Scope, assignment: AssignmentId) -> Result<(), DbErr> {
    let gone = Entity::delete_many().in_scope(scope, Column::OfficeId);
    gone.filter(Column::AssignmentId.eq(Uuid::from(assignment))).exec(conn).await.map(|_| ())
}

fn of(scope: &Scope, document: IncomingId) -> Select<Entity> {
    Entity::find().in_scope(scope, Column::OfficeId).filter(Column::IncomingId.eq(Uuid::from(document)))
}
