//! The pages of a register: numbers with what the documents say.

use std::collections::BTreeMap;

use schema_documents::{
    CitizenLetter, EntryKind, EntryState, IncomingDocument, NumberRegister, OutgoingDocument, RegisterEntry,
};
use sea_orm::{ConnectionTrait, DbErr};
use service::Scope;
use wire::{
    Secrecy, Urgency,
    id::{IncomingId, OutgoingId},
};

use super::{
    entries::{self, Entry},
    incoming, letters, outgoing,
};
use crate::domain::masked;

/// The entries of a register after a number, lowest first.
pub(crate) async fn after(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    register: &NumberRegister,
    after: i64,
    limit: u64,
) -> Result<Vec<RegisterEntry>, DbErr> {
    let numbers = entries::after(conn, scope, register.id, after, limit).await?;
    let of_kind = |kind: EntryKind| numbers.iter().filter(move |entry| entry.kind == kind);
    let arrived =
        incoming::by_ids(conn, scope, of_kind(EntryKind::Incoming).filter_map(|entry| entry.incoming)).await?;
    let counted =
        letters::by_ids(conn, scope, of_kind(EntryKind::CitizenLetter).filter_map(|entry| entry.incoming)).await?;
    let issued = outgoing::by_ids(conn, scope, of_kind(EntryKind::Outgoing).filter_map(|entry| entry.outgoing)).await?;
    let mut lines = Lines {
        arrived: arrived.into_iter().map(|document| (document.id, document)).collect(),
        counted: counted.into_iter().map(|letter| (letter.id, letter)).collect(),
        issued: issued.into_iter().map(|document| (document.id, document)).collect(),
    };
    Ok(numbers.into_iter().map(|entry| lines.line(entry)).collect())
}

/// What stands behind the numbers of a page.
struct Lines {
    arrived: BTreeMap<IncomingId, IncomingDocument>,
    counted: BTreeMap<IncomingId, CitizenLetter>,
    issued: BTreeMap<OutgoingId, OutgoingDocument>,
}

impl Lines {
    fn line(&mut self, entry: Entry) -> RegisterEntry {
        let Entry { number, state, kind, day, incoming, outgoing, note, sheet } = entry;
        // What is held back says on which sheet.
        let note = if state == EntryState::Reserved { sheet } else { note };
        let bare = RegisterEntry {
            number,
            state,
            kind,
            day,
            incoming,
            outgoing,
            author_body: None,
            symbol: None,
            document_day: None,
            genre_name: None,
            summary: None,
            secrecy: Secrecy::Open,
            urgency: Urgency::Normal,
            pages: None,
            due: None,
            signatory: None,
            destinations: Vec::new(),
            copies: None,
            note,
        };
        let arrived = incoming.and_then(|id| self.arrived.remove(&id));
        let counted = incoming.and_then(|id| self.counted.remove(&id));
        let issued = outgoing.and_then(|id| self.issued.remove(&id));
        match (arrived, counted, issued) {
            (Some(document), _, _) => of_incoming(bare, document),
            (_, Some(letter), _) => RegisterEntry { pages: Some(letter.sheets), ..bare },
            (_, _, Some(document)) => of_outgoing(bare, document),
            _ => bare,
        }
    }
}

/// The entry with a reason that may be shown.
fn whole(entry: RegisterEntry, masked: bool) -> RegisterEntry {
    if masked { RegisterEntry { note: masked::shown_reason(entry.note), ..entry } } else { entry }
}

fn of_incoming(bare: RegisterEntry, document: IncomingDocument) -> RegisterEntry {
    let bare = whole(bare, document.masked);
    let note = if bare.state == EntryState::Voided { bare.note } else { document.note };
    RegisterEntry {
        author_body: document.author_body,
        symbol: document.symbol,
        document_day: document.document_day,
        genre_name: document.genre_name,
        summary: document.summary,
        secrecy: document.secrecy,
        urgency: document.urgency,
        pages: document.pages,
        due: document.due,
        destinations: document.desk.map(|desk| desk.unit_name).into_iter().collect(),
        note,
        ..bare
    }
}

fn of_outgoing(bare: RegisterEntry, document: OutgoingDocument) -> RegisterEntry {
    // In the common register a document above the ceiling shows its number and marks only.
    let bare = whole(bare, document.masked);
    let document = masked::outgoing(document);
    let genre_name = (!document.masked).then_some(document.genre_name);
    RegisterEntry {
        symbol: document.symbol,
        genre_name,
        summary: document.summary,
        secrecy: document.secrecy,
        urgency: document.urgency,
        signatory: document.signatory,
        destinations: document.recipients.into_iter().map(|recipient| recipient.name).collect(),
        copies: document.copies,
        ..bare
    }
}
