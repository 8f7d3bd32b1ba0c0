//! Work that programme tells of: what was assigned from which incoming document, as far as it is heard of here.

use schema_programme::AssignmentState;
use sea_orm::{
    ExprTrait, IntoActiveModel, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, OnConflict},
};
use service::{InScope, Scope};
use wire::{
    Version,
    id::{AssignmentId, IncomingId, OfficeId},
};

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
}

/// Keeps what was told, unless something later is known; after a restore of programme, whatever is known.
pub(crate) async fn keep(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    work: Work,
    reconciling: bool,
) -> Result<(), DbErr> {
    let Work { assignment, office, document, version, state } = work;
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
    };
    let told = [Column::Version, Column::State, Column::Past];
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

/// Forgets an assignment that never was. Its document is held by the caller.
pub(crate) async fn forget(conn: &impl ConnectionTrait, scope: &Scope, assignment: AssignmentId) -> Result<(), DbErr> {
    let gone = Entity::delete_many().in_scope(scope, Column::OfficeId);
    gone.filter(Column::AssignmentId.eq(Uuid::from(assignment))).exec(conn).await.map(|_| ())
}

fn of(scope: &Scope, document: IncomingId) -> Select<Entity> {
    Entity::find().in_scope(scope, Column::OfficeId).filter(Column::IncomingId.eq(Uuid::from(document)))
}
