//! The row of an incoming document, and the two ways between it and the noun.

use schema_documents::{Desk, IncomingDocument, IncomingState};
use sea_orm::entity::prelude::*;
use wire::{
    Day, FileRef, Instant, Version,
    id::{IncomingId, InstructionId, OfficeId, PositionId, RegisterId, UnitId},
};

use super::word;
use crate::domain::{
    duplicate::{self, Earlier},
    searching,
};

/// An incoming document; `author_key`, `symbol_key` and `search` are what it is found by.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "incoming")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(super) id: Uuid,
    office_id: Uuid,
    version: i64,
    register_id: Uuid,
    number: i64,
    arrived: TimeDate,
    registered_at: i64,
    state: String,
    void_reason: Option<String>,
    secrecy: String,
    urgency: String,
    masked: bool,
    author_body: Option<String>,
    author_unit: Option<Uuid>,
    symbol: Option<String>,
    document_day: Option<TimeDate>,
    genre_name: Option<String>,
    summary: Option<String>,
    pages: Option<i64>,
    note: Option<String>,
    duplicate_of: Option<Uuid>,
    disposition: Option<String>,
    instruction_id: Option<Uuid>,
    due_stated: Option<TimeDate>,
    due: Option<TimeDate>,
    due_reason: Option<String>,
    desk_unit: Option<Uuid>,
    desk_unit_name: Option<String>,
    desk_position: Option<Uuid>,
    desk_since: Option<i64>,
    author_key: Option<String>,
    symbol_key: Option<String>,
    search: String,
    /// Whether somebody has it: written by [`super::incoming::set_assigned`] alone.
    pub(super) assigned: bool,
}

/// Documents are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<&IncomingDocument> for Model {
    fn from(noun: &IncomingDocument) -> Self {
        let likeness = duplicate::likeness(noun.author_body.as_deref(), noun.symbol.as_deref(), noun.document_day);
        let words = [&noun.symbol, &noun.author_body, &noun.summary].into_iter().flatten();
        let search = searching::line(words.map(String::as_str));
        // The files stand in their own table; everything else is named here, so that a new field is not forgotten.
        let IncomingDocument { id, office, version, register, number, arrived, registered_at, state, .. } =
            noun.clone();
        let IncomingDocument { void_reason, secrecy, urgency, masked, author_body, author_unit, symbol, .. } =
            noun.clone();
        let IncomingDocument { document_day, genre_name, summary, pages, note, duplicate_of, .. } = noun.clone();
        let IncomingDocument { disposition, instruction, due_stated, due, due_reason, desk, files: _, .. } =
            noun.clone();
        let (desk_unit, desk_unit_name, desk_position, desk_since) = match desk {
            Some(Desk { unit, unit_name, position, since }) => (Some(unit), Some(unit_name), position, Some(since)),
            None => (None, None, None, None),
        };
        let day = |day: Option<Day>| day.map(|day| day.0);
        Self {
            id: id.into(),
            office_id: office.into(),
            version: version.0,
            register_id: register.into(),
            number,
            arrived: arrived.0,
            registered_at: registered_at.micros(),
            state: word::of(state),
            void_reason,
            secrecy: word::of(secrecy),
            urgency: word::of(urgency),
            masked,
            author_body,
            author_unit: author_unit.map(Uuid::from),
            symbol,
            document_day: day(document_day),
            genre_name,
            summary,
            pages: pages.map(i64::from),
            note,
            duplicate_of: duplicate_of.map(Uuid::from),
            disposition: disposition.map(word::of),
            instruction_id: instruction.map(Uuid::from),
            due_stated: day(due_stated),
            due: day(due),
            due_reason,
            desk_unit: desk_unit.map(Uuid::from),
            desk_unit_name,
            desk_position: desk_position.map(Uuid::from),
            desk_since: desk_since.map(Instant::micros),
            author_key: likeness.as_ref().map(|likeness| likeness.author.clone()),
            symbol_key: likeness.map(|likeness| likeness.symbol),
            search,
            assigned: false,
        }
    }
}

impl Model {
    /// What a likely duplicate is told of this document; nothing when it was voided.
    pub(super) fn earlier(self) -> Option<Earlier> {
        let Self { id, number, arrived, symbol, state, .. } = self;
        let earlier = Earlier { id: IncomingId(id), number, arrived: Day(arrived), symbol: symbol.unwrap_or_default() };
        (state == word::of(IncomingState::Registered)).then_some(earlier)
    }

    /// The noun, with the files that stand in their own table.
    pub(super) fn noun(self, files: Vec<FileRef>) -> Result<IncomingDocument, DbErr> {
        let desk = match (self.desk_unit, self.desk_unit_name, self.desk_since) {
            (Some(unit), Some(unit_name), Some(since)) => Some(Desk {
                unit: UnitId(unit),
                unit_name,
                position: self.desk_position.map(PositionId),
                since: Instant::from_micros(since),
            }),
            _ => None,
        };
        Ok(IncomingDocument {
            id: IncomingId(self.id),
            office: OfficeId(self.office_id),
            version: Version(self.version),
            register: RegisterId(self.register_id),
            number: self.number,
            arrived: Day(self.arrived),
            registered_at: Instant::from_micros(self.registered_at),
            state: word::read(self.state)?,
            void_reason: self.void_reason,
            secrecy: word::read(self.secrecy)?,
            urgency: word::read(self.urgency)?,
            masked: self.masked,
            author_body: self.author_body,
            author_unit: self.author_unit.map(UnitId),
            symbol: self.symbol,
            document_day: self.document_day.map(Day),
            genre_name: self.genre_name,
            summary: self.summary,
            pages: self.pages.map(word::count).transpose()?,
            note: self.note,
            duplicate_of: self.duplicate_of.map(IncomingId),
            disposition: self.disposition.map(word::read).transpose()?,
            instruction: self.instruction_id.map(InstructionId),
            due_stated: self.due_stated.map(Day),
            due: self.due.map(Day),
            due_reason: self.due_reason,
            desk,
            files,
        })
    }
}
