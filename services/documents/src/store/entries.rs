//! The numbers of registers: one row for every number from the opening one to the counter.

use schema_documents::{EntryKind, EntryState};
use sea_orm::{QueryOrder, QuerySelect, Set, entity::prelude::*, sea_query::Expr};
use service::{InScope, Scope};
use wire::{
    Day, Instant,
    id::{IncomingId, OfficeId, OutgoingId, RegisterId},
};

use super::word;

/// A number and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "register_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    register_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    number: i64,
    office_id: Uuid,
    state: String,
    kind: String,
    day: TimeDate,
    incoming_id: Option<Uuid>,
    outgoing_id: Option<Uuid>,
    note: Option<String>,
    sheet: Option<String>,
    holder: Option<String>,
    expires: Option<TimeDate>,
    at: i64,
}

/// Entries are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Whose line it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bearer {
    /// An incoming document's.
    Incoming(IncomingId),
    /// A citizen's letter's.
    Letter(IncomingId),
    /// An outgoing document's.
    Outgoing(OutgoingId),
}

/// A number as the page of a register needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The number.
    pub(crate) number: i64,
    /// What became of it.
    pub(crate) state: EntryState,
    /// Whose line it is.
    pub(crate) kind: EntryKind,
    /// Its day.
    pub(crate) day: Day,
    /// The incoming document or letter.
    pub(crate) incoming: Option<IncomingId>,
    /// The outgoing document.
    pub(crate) outgoing: Option<OutgoingId>,
    /// Why it was voided or held back.
    pub(crate) note: Option<String>,
}

/// Enters the number that a register has just counted to.
pub(crate) async fn enter(
    conn: &impl ConnectionTrait,
    office: OfficeId,
    (register, number): (RegisterId, i64),
    day: Day,
    bearer: Bearer,
    now: Instant,
) -> Result<(), DbErr> {
    let (kind, incoming, outgoing) = match bearer {
        Bearer::Incoming(id) => (EntryKind::Incoming, Some(id), None),
        Bearer::Letter(id) => (EntryKind::CitizenLetter, Some(id), None),
        Bearer::Outgoing(id) => (EntryKind::Outgoing, None, Some(id)),
    };
    let row = ActiveModel {
        register_id: Set(register.into()),
        number: Set(number),
        office_id: Set(office.into()),
        state: Set(word::of(EntryState::Registered)),
        kind: Set(word::of(kind)),
        day: Set(day.0),
        incoming_id: Set(incoming.map(Uuid::from)),
        outgoing_id: Set(outgoing.map(Uuid::from)),
        note: Set(None),
        sheet: Set(None),
        holder: Set(None),
        expires: Set(None),
        at: Set(now.micros()),
    };
    Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// Voids a number; the row stays.
pub(crate) async fn void(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    (register, number): (RegisterId, i64),
    reason: &str,
) -> Result<(), DbErr> {
    let voided = Entity::update_many()
        .in_scope(scope, Column::OfficeId)
        .col_expr(Column::State, Expr::value(word::of(EntryState::Voided)))
        .col_expr(Column::Note, Expr::value(reason))
        .filter(Column::RegisterId.eq(Uuid::from(register)))
        .filter(Column::Number.eq(number))
        .exec(conn)
        .await?;
    match voided.rows_affected {
        1 => Ok(()),
        _ => Err(DbErr::RecordNotUpdated),
    }
}

/// The numbers of a register after one, lowest first.
pub(crate) async fn after(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    register: RegisterId,
    after: i64,
    limit: u64,
) -> Result<Vec<Entry>, DbErr> {
    let rows = Entity::find()
        .in_scope(scope, Column::OfficeId)
        .filter(Column::RegisterId.eq(Uuid::from(register)))
        .filter(Column::Number.gt(after))
        .order_by_asc(Column::Number)
        .limit(limit)
        .all(conn)
        .await?;
    rows.into_iter().map(Model::entry).collect()
}

impl Model {
    fn entry(self) -> Result<Entry, DbErr> {
        let Self { register_id: _, number, office_id: _, state, kind, day, incoming_id, outgoing_id, note, .. } = self;
        Ok(Entry {
            number,
            state: word::read(state)?,
            kind: word::read(kind)?,
            day: Day(day),
            incoming: incoming_id.map(IncomingId),
            outgoing: outgoing_id.map(OutgoingId),
            note,
        })
    }
}
