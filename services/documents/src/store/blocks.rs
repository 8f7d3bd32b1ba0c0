//! Blocks of numbers held back on paper, and what was written on their sheets.

use std::collections::BTreeMap;

use schema_documents::{EntryState, ListNumberBlocks, NumberBlock};
use sea_orm::{
    IntoActiveModel, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait as _, Query},
};
use service::{InScope, Scope};
use wire::{
    Day, Instant, Version,
    id::{NumberBlockId, OfficeId, PersonId, RegisterId},
};

use super::{entries, papers, word};

/// A block.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "number_block")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    version: i64,
    register_id: Uuid,
    first: i64,
    last: i64,
    sheet: String,
    holder: Uuid,
    holder_name: String,
    reserved_by: Uuid,
    reserved_at: i64,
    expires: TimeDate,
    void_reason: Option<String>,
}

/// Blocks are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<&NumberBlock> for Model {
    fn from(noun: &NumberBlock) -> Self {
        // What is held and what was entered stand in their own tables.
        let NumberBlock { id, office, version, register, first, last, sheet, holder, holder_name, .. } = noun.clone();
        let NumberBlock { reserved_by, reserved_at, expires, held: _, entered: _, void_reason, .. } = noun.clone();
        Self {
            id: id.into(),
            office_id: office.into(),
            version: version.0,
            register_id: register.into(),
            first,
            last,
            sheet,
            holder: holder.into(),
            holder_name,
            reserved_by: reserved_by.into(),
            reserved_at: reserved_at.micros(),
            expires: expires.0,
            void_reason,
        }
    }
}

impl Model {
    fn noun(self) -> NumberBlock {
        let Self { id, office_id, version, register_id, first, last, sheet, holder, holder_name, .. } = self;
        let Self { reserved_by, reserved_at, expires, void_reason, .. } = self;
        NumberBlock {
            id: NumberBlockId(id),
            office: OfficeId(office_id),
            version: Version(version),
            register: RegisterId(register_id),
            first,
            last,
            sheet,
            holder: PersonId(holder),
            holder_name,
            reserved_by: PersonId(reserved_by),
            reserved_at: Instant::from_micros(reserved_at),
            expires: Day(expires),
            held: Vec::new(),
            entered: Vec::new(),
            void_reason,
        }
    }
}

/// Keeps a new block.
pub(crate) async fn insert(conn: &impl ConnectionTrait, block: &NumberBlock) -> Result<(), DbErr> {
    let row = Model::from(block).into_active_model().reset_all();
    Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// Keeps a changed block.
pub(crate) async fn update(conn: &impl ConnectionTrait, block: &NumberBlock) -> Result<(), DbErr> {
    let row = Model::from(block).into_active_model().reset_all();
    Entity::update(row).exec(conn).await.map(|_| ())
}

/// One block in scope.
pub(crate) async fn get(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: NumberBlockId,
) -> Result<Option<NumberBlock>, DbErr> {
    let row = Entity::find_by_id(id).in_scope(scope, Column::OfficeId).one(conn).await?;
    Ok(nouns(conn, scope, row.into_iter().collect()).await?.pop())
}

/// One block in scope, which nobody else changes before the transaction ends.
pub(crate) async fn hold(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: NumberBlockId,
) -> Result<Option<NumberBlock>, DbErr> {
    let query = service::lock(Entity::find_by_id(id).in_scope(scope, Column::OfficeId));
    let row = query.one(conn).await?;
    Ok(nouns(conn, scope, row.into_iter().collect()).await?.pop())
}

/// Whether a sheet of a register bears this label.
pub(crate) async fn labelled(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    register: RegisterId,
    sheet: &str,
) -> Result<bool, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::Sheet.eq(sheet));
    Ok(query.filter(Column::RegisterId.eq(Uuid::from(register))).one(conn).await?.is_some())
}

/// A page of blocks, those reserved last first.
pub(crate) async fn list(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    call: &ListNumberBlocks,
    (today, before): (Day, Option<Uuid>),
    limit: u64,
) -> Result<Vec<NumberBlock>, DbErr> {
    let mut query = Entity::find().in_scope(scope, Column::OfficeId).order_by_desc(Column::Id).limit(limit);
    if let Some(register) = call.register {
        query = query.filter(Column::RegisterId.eq(Uuid::from(register)));
    }
    if call.overdue {
        let held = Query::select()
            .expr(Expr::value(1))
            .from(entries::Entity)
            .and_where(Expr::col((entries::Entity, entries::Column::RegisterId)).equals((Entity, Column::RegisterId)))
            .and_where(Expr::col((entries::Entity, entries::Column::Sheet)).equals((Entity, Column::Sheet)))
            .and_where(Expr::col((entries::Entity, entries::Column::State)).eq(word::of(EntryState::Reserved)))
            .take();
        query = query.filter(Column::Expires.lt(today.0)).filter(Expr::exists(held));
    }
    if let Some(before) = before {
        query = query.filter(Column::Id.lt(before));
    }
    let rows = query.all(conn).await?;
    nouns(conn, scope, rows).await
}

async fn nouns(conn: &impl ConnectionTrait, scope: &Scope, rows: Vec<Model>) -> Result<Vec<NumberBlock>, DbErr> {
    let mut written = papers::of(conn, scope, rows.iter().map(|row| row.id)).await?;
    let mut held: BTreeMap<(Uuid, String), Vec<i64>> = BTreeMap::new();
    let registers: Vec<Uuid> = rows.iter().map(|row| row.register_id).collect();
    for (register, sheet, number) in entries::held(conn, scope, registers).await? {
        held.entry((register, sheet)).or_default().push(number);
    }
    let whole = |row: Model| {
        let held = held.remove(&(row.register_id, row.sheet.clone())).unwrap_or_default();
        let entered = written.remove(&row.id).unwrap_or_default();
        NumberBlock { held, entered, ..row.noun() }
    };
    Ok(rows.into_iter().map(whole).collect())
}
