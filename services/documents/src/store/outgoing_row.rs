//! The row of an outgoing document, and the two ways between it and the noun.

use schema_documents::{OutgoingDocument, OutgoingRecipient, SealUse};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};
use wire::{
    Day, FileRef, Instant, Version,
    id::{DraftId, IncomingId, OfficeId, OutgoingId, RegisterId, UnitId},
};

use super::word;
use crate::domain::searching;

/// An outgoing document; `search` is what it is found by.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outgoing")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(super) id: Uuid,
    office_id: Uuid,
    version: i64,
    state: String,
    genre: String,
    genre_name: String,
    body_code: String,
    issuing_unit: Option<Uuid>,
    issuing_unit_name: Option<String>,
    summary: Option<String>,
    secrecy: String,
    urgency: String,
    masked: bool,
    draft_id: Option<Uuid>,
    draft_ordinal: i64,
    recipients: Recipients,
    register_id: Option<Uuid>,
    number: Option<i64>,
    symbol: Option<String>,
    dated: Option<TimeDate>,
    signatory: Option<String>,
    copies: Option<i64>,
    issued_at: Option<i64>,
    void_reason: Option<String>,
    seal: Option<Seal>,
    execution: Option<String>,
    /// The bodies that issue it together with its own; absent when it issues alone.
    together_with: Option<Together>,
    search: String,
}

/// The seal of an issued document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Seal(SealUse);

/// Bodies by their names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Together(Vec<String>);

/// The recipients, in the order in which they are printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Recipients(pub(super) Vec<OutgoingRecipient>);

/// Documents are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a document is found by; a masked one by nothing.
pub(super) fn found_by(
    masked: bool,
    symbol: Option<&str>,
    summary: Option<&str>,
    recipients: &[OutgoingRecipient],
) -> String {
    if masked {
        return String::new();
    }
    let names = recipients.iter().map(|recipient| recipient.name.as_str());
    searching::line(symbol.into_iter().chain(summary).chain(names))
}

impl From<&OutgoingDocument> for Model {
    fn from(noun: &OutgoingDocument) -> Self {
        // Replies and files stand in their own tables; everything else is named here.
        let OutgoingDocument { id, office, version, state, genre, genre_name, body_code, .. } = noun.clone();
        let OutgoingDocument { issuing_unit, issuing_unit_name, summary, secrecy, urgency, masked, .. } = noun.clone();
        let OutgoingDocument {
            replies_to: _, together_with, draft, draft_ordinal, recipients, register, number, ..
        } = noun.clone();
        let OutgoingDocument { symbol, dated, signatory, copies, issued_at, seal, execution, void_reason, .. } =
            noun.clone();
        let search = found_by(masked, symbol.as_deref(), summary.as_deref(), &recipients);
        Self {
            id: id.into(),
            office_id: office.into(),
            version: version.0,
            state: word::of(state),
            genre,
            genre_name,
            body_code,
            issuing_unit: issuing_unit.map(Uuid::from),
            issuing_unit_name,
            summary,
            secrecy: word::of(secrecy),
            urgency: word::of(urgency),
            masked,
            draft_id: draft.map(Uuid::from),
            draft_ordinal: draft_ordinal.into(),
            recipients: Recipients(recipients),
            register_id: register.map(Uuid::from),
            number,
            symbol,
            dated: dated.map(|day| day.0),
            signatory,
            copies: copies.map(i64::from),
            issued_at: issued_at.map(Instant::micros),
            void_reason,
            seal: seal.map(Seal),
            execution: execution.map(word::of),
            together_with: Some(Together(together_with)).filter(|Together(names)| !names.is_empty()),
            search,
        }
    }
}

impl Model {
    /// The noun, with what stands in other tables.
    pub(super) fn noun(self, replies_to: Vec<IncomingId>, files: Vec<FileRef>) -> Result<OutgoingDocument, DbErr> {
        Ok(OutgoingDocument {
            id: OutgoingId(self.id),
            office: OfficeId(self.office_id),
            version: Version(self.version),
            state: word::read(self.state)?,
            genre: self.genre,
            genre_name: self.genre_name,
            body_code: self.body_code,
            issuing_unit: self.issuing_unit.map(UnitId),
            issuing_unit_name: self.issuing_unit_name,
            summary: self.summary,
            secrecy: word::read(self.secrecy)?,
            urgency: word::read(self.urgency)?,
            masked: self.masked,
            replies_to,
            draft: self.draft_id.map(DraftId),
            draft_ordinal: word::count(self.draft_ordinal)?,
            recipients: self.recipients.0,
            register: self.register_id.map(RegisterId),
            number: self.number,
            symbol: self.symbol,
            dated: self.dated.map(Day),
            signatory: self.signatory,
            copies: self.copies.map(word::count).transpose()?,
            issued_at: self.issued_at.map(Instant::from_micros),
            seal: self.seal.map(|Seal(seal)| seal),
            execution: self.execution.map(word::read).transpose()?,
            together_with: self.together_with.map(|Together(names)| names).unwrap_or_default(),
            void_reason: self.void_reason,
            files,
        })
    }
}
