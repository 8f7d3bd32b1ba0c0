//! Registers and their counters.

use schema_documents::{ListRegisters, NumberRegister, RegisterKind};
use sea_orm::{
    IntoActiveModel, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{CaseStatement, Expr, ExprTrait, OnConflict},
};
use service::{InScope, Scope};
use wire::{
    Day, Version,
    id::{OfficeId, RegisterId},
};

use super::word;

/// A register. No body is the empty text and all genres are `*`, so that the index of series compares them.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "register")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    version: i64,
    kind: String,
    body_code: String,
    genre_key: String,
    period: String,
    first_day: TimeDate,
    last_day: Option<TimeDate>,
    opening: i64,
    last: i64,
    latest_day: Option<TimeDate>,
    state: String,
}

/// Registers are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The genre key of a series that runs over all genres.
const ALL_GENRES: &str = "*";

impl From<&NumberRegister> for Model {
    fn from(noun: &NumberRegister) -> Self {
        let NumberRegister { id, office, version, kind, body_code, genres, period, .. } = noun.clone();
        let NumberRegister { first_day, last_day, opening, last, latest_day, state, .. } = noun.clone();
        Self {
            id: id.into(),
            office_id: office.into(),
            version: version.0,
            kind: word::of(kind),
            body_code: body_code.unwrap_or_default(),
            genre_key: genres.map_or_else(|| ALL_GENRES.to_owned(), |genres| genres.join(",")),
            period: word::of(period),
            first_day: first_day.0,
            last_day: last_day.map(|day| day.0),
            opening,
            last,
            latest_day: latest_day.map(|day| day.0),
            state: word::of(state),
        }
    }
}

impl Model {
    fn noun(self) -> Result<NumberRegister, DbErr> {
        let Self { id, office_id, version, kind, body_code, genre_key, period, .. } = self;
        let Self { first_day, last_day, opening, last, latest_day, state, .. } = self;
        let genres = (genre_key != ALL_GENRES).then(|| genre_key.split(',').map(str::to_owned).collect());
        let outgoing = !body_code.is_empty();
        Ok(NumberRegister {
            id: RegisterId(id),
            office: OfficeId(office_id),
            version: Version(version),
            kind: word::read(kind)?,
            body_code: outgoing.then_some(body_code),
            genres: genres.filter(|_| outgoing),
            period: word::read(period)?,
            first_day: Day(first_day),
            last_day: last_day.map(Day),
            opening,
            last,
            latest_day: latest_day.map(Day),
            state: word::read(state)?,
        })
    }
}

/// Keeps a new register.
pub(crate) async fn insert(conn: &impl ConnectionTrait, register: &NumberRegister) -> Result<(), DbErr> {
    let row = Model::from(register).into_active_model().reset_all();
    Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// Keeps a register that opens itself, unless another writer was quicker; a concurrent one is waited for.
pub(crate) async fn insert_unless_there(conn: &impl ConnectionTrait, register: &NumberRegister) -> Result<(), DbErr> {
    let row = Model::from(register).into_active_model().reset_all();
    // Whatever the index of series compares: one whose opening was undone does not count there.
    let unless = OnConflict::new().do_nothing().to_owned();
    Entity::insert(row).on_conflict(unless).exec_without_returning(conn).await.map(|_| ())
}

/// Keeps the changed terms of a register.
pub(crate) async fn update(conn: &impl ConnectionTrait, register: &NumberRegister) -> Result<(), DbErr> {
    let row = Model::from(register).into_active_model().reset_all();
    Entity::update(row).exec(conn).await.map(|_| ())
}

/// One register in scope.
pub(crate) async fn get(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: RegisterId,
) -> Result<Option<NumberRegister>, DbErr> {
    let row = Entity::find_by_id(id).in_scope(scope, Column::OfficeId).one(conn).await?;
    row.map(Model::noun).transpose()
}

/// One register in scope, whose counter nobody else moves before the transaction ends.
pub(crate) async fn hold(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: RegisterId,
) -> Result<Option<NumberRegister>, DbErr> {
    let query = service::lock(Entity::find_by_id(id).in_scope(scope, Column::OfficeId));
    query.one(conn).await?.map(Model::noun).transpose()
}

/// The registers of a kind, and of an issuing body when one is named, first opened first. There are a few dozen in ten
/// years.
pub(crate) async fn of_kind(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    kind: RegisterKind,
    body_code: Option<&str>,
) -> Result<Vec<NumberRegister>, DbErr> {
    let rows = Entity::find()
        .in_scope(scope, Column::OfficeId)
        .filter(Column::Kind.eq(word::of(kind)))
        .filter(Column::BodyCode.eq(body_code.unwrap_or_default()))
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    rows.into_iter().map(Model::noun).collect()
}

/// A page of registers, those opened last first.
pub(crate) async fn list(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    call: &ListRegisters,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<NumberRegister>, DbErr> {
    let mut query = Entity::find().in_scope(scope, Column::OfficeId).order_by_desc(Column::Id).limit(limit);
    if let Some(kind) = call.kind {
        query = query.filter(Column::Kind.eq(word::of(kind)));
    }
    if let Some(state) = call.state {
        query = query.filter(Column::State.eq(word::of(state)));
    }
    if let Some(before) = before {
        query = query.filter(Column::Id.lt(before));
    }
    query.all(conn).await?.into_iter().map(Model::noun).collect()
}

/// Gives the next number. This is the last lock a change takes: what follows are inserts only. Nothing when the register
/// was closed meanwhile.
pub(crate) async fn next_number(conn: &impl ConnectionTrait, id: RegisterId, day: Day) -> Result<Option<i64>, DbErr> {
    let earlier = Expr::col(Column::LatestDay).is_null().or(Expr::col(Column::LatestDay).lt(day.0));
    let latest = CaseStatement::new().case(earlier, day.0).finally(Expr::col(Column::LatestDay));
    let counted = Entity::update_many()
        .col_expr(Column::Last, Expr::col(Column::Last).add(1))
        .col_expr(Column::LatestDay, latest.into())
        .filter(Column::Id.eq(Uuid::from(id)))
        .filter(Column::State.eq("open"))
        .exec_with_returning(conn)
        .await?;
    Ok(counted.into_iter().next().map(|row| row.last))
}

/// The offices in scope that keep registers, in a stable order: whoever has ever had a document has one.
pub(crate) async fn offices(conn: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<OfficeId>, DbErr> {
    let offices = Entity::find()
        .in_scope(scope, Column::OfficeId)
        .select_only()
        .column(Column::OfficeId)
        .distinct()
        .order_by_asc(Column::OfficeId);
    Ok(offices.into_tuple::<Uuid>().all(conn).await?.into_iter().map(OfficeId::from).collect())
}
