//! Entering an incoming document: what is required, what may be kept, what its line looks like.

use schema_documents::{Disposition, IncomingDocument, IncomingState, MaskedVoidReason, Refusal, RegisterIncoming};
use schema_identity::Unit;
use wire::{
    Day, Fault, FileRef, Instant, Secrecy, Version,
    id::{IncomingId, RegisterId},
};

use super::{
    disposition,
    due::Reckoning,
    field::{self, limit},
    masked, register,
    secrecy::{self, Keeping},
};

/// What the line will say, checked and cleaned, before it has a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Described {
    /// Arrival day.
    pub(crate) arrived: Day,
    /// Whether only the masked line is kept.
    pub(crate) masked: bool,
    /// The body that wrote it.
    pub(crate) author_body: Option<String>,
    /// Number and symbol.
    pub(crate) symbol: Option<String>,
    /// The day it bears.
    pub(crate) document_day: Option<Day>,
    genre_name: Option<String>,
    summary: Option<String>,
    note: Option<String>,
}

/// The place a document gets in the register.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// The document's id.
    pub(crate) id: IncomingId,
    /// The register.
    pub(crate) register: RegisterId,
    /// The number it gave.
    pub(crate) number: i64,
    /// When.
    pub(crate) now: Instant,
}

/// Checks what a clerk typed. `author` is the unit that the request names as author, as identity knows it.
pub(crate) fn describe(
    order: &RegisterIncoming,
    author: Option<&Unit>,
    ceiling: Secrecy,
    today: Day,
) -> Result<Described, Fault> {
    let arrived = register::day("arrived", order.arrived, today)?;
    field::count("pages", order.pages, 100_000)?;
    field::few("files", &order.files, limit::FILES - usize::from(order.intake.is_some()))?;
    let keeping = secrecy::keeping(order.secrecy, ceiling);
    secrecy::check(keeping, &particulars(order))?;
    if keeping == Keeping::MaskedLine {
        let nothing = (None, None, None, None, None);
        let (author_body, symbol, genre_name, summary, note) = nothing;
        return Ok(Described {
            arrived,
            masked: true,
            author_body,
            symbol,
            document_day: None,
            genre_name,
            summary,
            note,
        });
    }
    if let Some(document_day) = order.document_day.filter(|day| *day > arrived) {
        return Err(Refusal::DatedAfterArrival { document_day, arrived }.into());
    }
    if let Some(due) = order.due.filter(|due| *due < arrived) {
        return Err(Refusal::DueBeforeArrival { due, arrived }.into());
    }
    let author_body = order.author_body.as_deref().or(author.map(|unit| unit.name.as_str())).unwrap_or_default();
    let summary = order.summary.as_deref();
    Ok(Described {
        arrived,
        masked: false,
        author_body: Some(field::line("author_body", author_body, limit::NAME)?),
        symbol: field::optional_line("symbol", order.symbol.as_deref(), limit::SYMBOL)?,
        document_day: order.document_day,
        genre_name: field::optional_line("genre_name", order.genre_name.as_deref(), limit::NAME)?,
        summary: match keeping {
            Keeping::Whole => Some(field::line("summary", summary.unwrap_or_default(), limit::SUMMARY)?),
            Keeping::WithoutSummary | Keeping::MaskedLine => None,
        },
        note: field::optional_line("note", order.note.as_deref(), limit::NOTE)?,
    })
}

/// Everything that describes the content, with whether it was given.
fn particulars(order: &RegisterIncoming) -> [(&'static str, bool); 12] {
    [
        ("author_body", order.author_body.is_some()),
        ("author_unit", order.author_unit.is_some()),
        ("symbol", order.symbol.is_some()),
        ("document_day", order.document_day.is_some()),
        ("genre_name", order.genre_name.is_some()),
        ("summary", order.summary.is_some()),
        ("due", order.due.is_some()),
        ("note", order.note.is_some()),
        ("disposition", order.disposition.is_some()),
        ("duplicate_of", order.duplicate_of.is_some()),
        ("files", !order.files.is_empty()),
        ("intake", order.intake.is_some()),
    ]
}

/// The document as it stands in the register.
pub(crate) fn enter(
    order: &RegisterIncoming,
    described: Described,
    place: Place,
    files: Vec<FileRef>,
    reckoning: Reckoning<'_>,
) -> Result<IncomingDocument, Refusal> {
    let Described { arrived, masked, author_body, symbol, document_day, genre_name, summary, note } = described;
    let mut document = IncomingDocument {
        id: place.id,
        office: order.office,
        version: Version::FIRST,
        register: place.register,
        number: place.number,
        arrived,
        registered_at: place.now,
        state: IncomingState::Registered,
        void_reason: None,
        secrecy: order.secrecy,
        urgency: order.urgency,
        masked,
        author_body,
        author_unit: order.author_unit,
        symbol,
        document_day,
        genre_name,
        summary,
        pages: order.pages,
        note,
        duplicate_of: order.duplicate_of,
        disposition: None,
        instruction: None,
        due_stated: order.due,
        due: None,
        due_reason: None,
        desk: None,
        files,
    };
    if let Some(chosen) = order.disposition {
        disposition::set(&mut document, chosen, None, reckoning)?;
    } else if order.due.is_some() {
        // A stated day means that somebody waits for an answer.
        disposition::set(&mut document, Disposition::ToProcess, None, reckoning)?;
    }
    Ok(document)
}

/// The document with its line voided; it lies at no desk any more. A masked one takes a reason of the list.
pub(crate) fn void(
    document: &IncomingDocument,
    typed: &str,
    listed: Option<MaskedVoidReason>,
) -> Result<IncomingDocument, Fault> {
    standing(document)?;
    Ok(voided(document, masked::reason(document.masked, typed, listed)?))
}

fn voided(document: &IncomingDocument, reason: String) -> IncomingDocument {
    let state = IncomingState::Voided;
    IncomingDocument { state, void_reason: Some(reason), instruction: None, desk: None, ..document.clone() }
}

/// What the register says of a citizen's letter that was entered as a document.
pub(crate) const CITIZEN_LETTER: &str = "đơn, thư công dân vào nhầm sổ văn bản";

/// The voided line of a citizen's letter that was entered as a document: number, day, marks and pages, as if nothing
/// had ever been typed of it. One that was voided before and still describes something is cleared all the same.
pub(crate) fn unsay(document: &IncomingDocument) -> Result<IncomingDocument, Refusal> {
    if document.masked || unsaid(document) {
        standing(document)?;
    }
    Ok(IncomingDocument {
        author_body: None,
        author_unit: None,
        symbol: None,
        document_day: None,
        genre_name: None,
        summary: None,
        note: None,
        duplicate_of: None,
        disposition: None,
        due_stated: None,
        due: None,
        due_reason: None,
        files: Vec::new(),
        ..voided(document, CITIZEN_LETTER.to_owned())
    })
}

/// Whether what was typed of a document is not to be shown. A line that describes something names its author, so that
/// one which does not was cleared by [`unsay`].
pub(crate) fn unsaid(document: &IncomingDocument) -> bool {
    document.state == IncomingState::Voided && !document.masked && document.author_body.is_none()
}

/// Refuses work on a line that was voided.
pub(crate) fn standing(document: &IncomingDocument) -> Result<(), Refusal> {
    match document.state {
        IncomingState::Registered => Ok(()),
        IncomingState::Voided => Err(Refusal::AlreadyVoided),
    }
}

/// Refuses what would say more of a document than may be kept here.
pub(crate) fn describable(document: &IncomingDocument) -> Result<(), Refusal> {
    standing(document)?;
    if document.masked { Err(Refusal::Masked) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
