//! Numbers that are entered otherwise than one by one as they are given: held back on a sheet, or imported.

use schema_documents::{EntryKind, EntryState, NumberBlock};
use sea_orm::{QueryOrder, QuerySelect, Set, entity::prelude::*, sea_query::Expr};
use service::{InScope, Scope};
use wire::{
    Day, Instant,
    id::{IncomingId, OfficeId, RegisterId},
};

use super::{
    entries::{ActiveModel, Bearer, Column, Entity},
    word,
};

/// Holds the number back that a register has just counted to.
pub(crate) async fn reserve(
    conn: &impl ConnectionTrait,
    block: &NumberBlock,
    kind: EntryKind,
    number: i64,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        register_id: Set(block.register.into()),
        number: Set(number),
        office_id: Set(block.office.into()),
        state: Set(word::of(EntryState::Reserved)),
        kind: Set(word::of(kind)),
        day: Set(block.reserved_at.day().0),
        incoming_id: Set(None),
        outgoing_id: Set(None),
        note: Set(None),
        sheet: Set(Some(block.sheet.clone())),
        holder: Set(Some(block.holder_name.clone())),
        expires: Set(Some(block.expires.0)),
        at: Set(block.reserved_at.micros()),
    };
    Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// Gives a number that is held back on a block's sheet to its bearer; false when it is not held there any more.
pub(crate) async fn bear(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    (block, number): (&NumberBlock, i64),
    day: Day,
    bearer: Bearer,
) -> Result<bool, DbErr> {
    let (kind, incoming, outgoing) = bearer.columns();
    let borne = Entity::update_many()
        .in_scope(scope, Column::OfficeId)
        .col_expr(Column::State, Expr::value(word::of(EntryState::Registered)))
        .col_expr(Column::Kind, Expr::value(word::of(kind)))
        .col_expr(Column::Day, Expr::value(day.0))
        .col_expr(Column::IncomingId, Expr::value(incoming))
        .col_expr(Column::OutgoingId, Expr::value(outgoing))
        .filter(Column::RegisterId.eq(Uuid::from(block.register)))
        .filter(Column::Number.eq(number))
        .filter(Column::Sheet.eq(block.sheet.as_str()))
        .filter(Column::State.eq(word::of(EntryState::Reserved)))
        .exec(conn)
        .await?;
    Ok(borne.rows_affected == 1)
}

/// Voids what a block still holds back.
pub(crate) async fn void_rest(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    block: &NumberBlock,
    reason: &str,
) -> Result<(), DbErr> {
    Entity::update_many()
        .in_scope(scope, Column::OfficeId)
        .col_expr(Column::State, Expr::value(word::of(EntryState::Voided)))
        .col_expr(Column::Note, Expr::value(reason))
        .filter(Column::RegisterId.eq(Uuid::from(block.register)))
        .filter(Column::Sheet.eq(block.sheet.as_str()))
        .filter(Column::State.eq(word::of(EntryState::Reserved)))
        .exec(conn)
        .await
        .map(|_| ())
}

/// Enters a number that was given on paper before the register was opened.
pub(crate) async fn import(
    conn: &impl ConnectionTrait,
    office: OfficeId,
    (register, number): (RegisterId, i64),
    day: Day,
    incoming: IncomingId,
    now: Instant,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        register_id: Set(register.into()),
        number: Set(number),
        office_id: Set(office.into()),
        state: Set(word::of(EntryState::Imported)),
        kind: Set(word::of(EntryKind::Incoming)),
        day: Set(day.0),
        incoming_id: Set(Some(incoming.into())),
        outgoing_id: Set(None),
        note: Set(None),
        sheet: Set(None),
        holder: Set(None),
        expires: Set(None),
        at: Set(now.micros()),
    };
    Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// Whether a number of a register has a row.
pub(crate) async fn there(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    (register, number): (RegisterId, i64),
) -> Result<bool, DbErr> {
    let key = (Uuid::from(register), number);
    Ok(Entity::find_by_id(key).in_scope(scope, Column::OfficeId).one(conn).await?.is_some())
}

/// The numbers of a register below another one that have a row, lowest first.
pub(crate) async fn below(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    register: RegisterId,
    number: i64,
) -> Result<Vec<i64>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::Number)
        .in_scope(scope, Column::OfficeId)
        .filter(Column::RegisterId.eq(Uuid::from(register)))
        .filter(Column::Number.lt(number))
        .order_by_asc(Column::Number)
        .into_tuple()
        .all(conn)
        .await
}
