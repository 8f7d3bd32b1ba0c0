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
    pub(super) register_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(super) number: i64,
    pub(super) office_id: Uuid,
    pub(super) state: String,
    pub(super) kind: String,
    pub(super) day: TimeDate,
    pub(super) incoming_id: Option<Uuid>,
    pub(super) outgoing_id: Option<Uuid>,
    pub(super) note: Option<String>,
    pub(super) sheet: Option<String>,
    pub(super) holder: Option<String>,
    pub(super) expires: Option<TimeDate>,
    pub(super) at: i64,
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

impl Bearer {
    /// Whose line it is, and the ids of an incoming document or letter and of an outgoing document.
    pub(super) fn columns(self) -> (EntryKind, Option<Uuid>, Option<Uuid>) {
        match self {
            Self::Incoming(id) => (EntryKind::Incoming, Some(id.into()), None),
            Self::Letter(id) => (EntryKind::CitizenLetter, Some(id.into()), None),
            Self::Outgoing(id) => (EntryKind::Outgoing, None, Some(id.into())),
        }
    }
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
    /// The sheet on which it was held back.
    pub(crate) sheet: Option<String>,
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
    let (kind, incoming, outgoing) = bearer.columns();
    let row = ActiveModel {
        register_id: Set(register.into()),
        number: Set(number),
        office_id: Set(office.into()),
        state: Set(word::of(EntryState::Registered)),
        kind: Set(word::of(kind)),
        day: Set(day.0),
        incoming_id: Set(incoming),
        outgoing_id: Set(outgoing),
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

/// The numbers of registers that are held back, with register and sheet, lowest first.
pub(super) async fn held(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    registers: Vec<Uuid>,
) -> Result<Vec<(Uuid, String, i64)>, DbErr> {
    if registers.is_empty() {
        return Ok(Vec::new());
    }
    Entity::find()
        .select_only()
        .columns([Column::RegisterId, Column::Sheet, Column::Number])
        .in_scope(scope, Column::OfficeId)
        .filter(Column::RegisterId.is_in(registers))
        .filter(Column::State.eq(word::of(EntryState::Reserved)))
        .order_by_asc(Column::Number)
        .into_tuple()
        .all(conn)
        .await
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
        let Self {
            register_id: _, number, office_id: _, state, kind, day, incoming_id, outgoing_id, note, sheet, ..
        } = self;
        Ok(Entry {
            number,
            state: word::read(state)?,
            kind: word::read(kind)?,
            day: Day(day),
            incoming: incoming_id.map(IncomingId),
            outgoing: outgoing_id.map(OutgoingId),
            note,
            sheet,
        })
    }
}
