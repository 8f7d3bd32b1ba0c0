//! Documents that arrive: what one can ask for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, Secrecy, Ticket, Urgency,
    id::{FileId, IncomingId, IntakeItemId, OfficeId, RegisterId, UnitId},
};

use crate::{Disposition, IncomingState, ListOrder, MaskedVoidReason};

/// Enters a document in the arrival register and gives it the next arrival number.
///
/// A likely duplicate is refused with the earlier document in the answer; a new request with `duplicate_of` confirms it.
/// A document above the installation's secrecy ceiling is entered with its marks and pages only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RegisterIncoming {
    /// The office that received it.
    pub office: OfficeId,
    /// Arrival day; today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrived: Option<Day>,
    /// Confirms that the document is entered after others that arrived later.
    #[serde(default)]
    pub late: bool,
    /// Degree of secrecy.
    #[serde(default)]
    pub secrecy: Secrecy,
    /// Degree of urgency.
    #[serde(default)]
    pub urgency: Urgency,
    /// The body that wrote it; may be left out when `author_unit` names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author_body: Option<String>,
    /// That body, when it is a unit of this office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author_unit: Option<UnitId>,
    /// Number and symbol as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    /// The day the document bears.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_day: Option<Day>,
    /// The name of its genre as the document bears it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genre_name: Option<String>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Number of pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// The day by which the sender wants it done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// The clerk's note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What is to happen with it, when that is known at the counter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disposition: Option<Disposition>,
    /// The earlier document, when this is knowingly a further copy of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duplicate_of: Option<IncomingId>,
    /// Tickets of uploaded files.
    #[serde(default)]
    pub files: Vec<Ticket>,
    /// The item of the clerk's queue that is entered by this: its file becomes one of the document's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intake: Option<IntakeItemId>,
}

/// Incoming documents of an office, latest arrival first.
///
/// With `due_before` or `unassigned` it is a due list (văn bản sắp đến hạn, quá hạn): only standing documents to be
/// processed, the earliest due day first, those without a day last.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListIncoming {
    /// The office.
    pub office: OfficeId,
    /// Only those of this register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub register: Option<RegisterId>,
    /// Only those that arrived on or after this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Only those that arrived on or before this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Only those in this state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<IncomingState>,
    /// Only those with this disposition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disposition: Option<Disposition>,
    /// Only those to be processed that are due before this day, that day not included: with today's day, what is
    /// overdue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_before: Option<Day>,
    /// Only those to be processed that nobody has: no work was assigned from them, or it was withdrawn. What programme
    /// tells is known here a moment later.
    #[serde(default)]
    pub unassigned: bool,
    /// Only those that lie at a desk of this unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// Words in symbol, author body or summary, without regard to marks and case; a symbol also without its
    /// separators. Looks at one year of arrivals at most: the year up to `to`, unless `from` says less.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// By the day of arrival, those that came last first. What is overdue and what nobody has stand by their due day, the
    /// earliest first, whatever is said here.
    #[serde(default)]
    pub order: ListOrder,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// One incoming document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetIncoming {
    /// The document.
    pub id: IncomingId,
}

/// Voids a line that was entered wrongly. Its number stays in the register with the reason and is never given again.
///
/// A line that was voided before is cleared when it is voided again with `citizen_letter`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VoidIncoming {
    /// The document.
    pub id: IncomingId,
    /// Why. Of a citizen's letter it is not kept, and the register says fixed words instead; of a masked line it is
    /// left out.
    #[serde(default)]
    pub reason: String,
    /// Why a masked line is voided, which takes no words of one's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub masked_reason: Option<MaskedVoidReason>,
    /// This was a citizen's letter entered by mistake: voiding also clears what was typed of it and lets its files go,
    /// and the history shows its steps without their particulars.
    #[serde(default)]
    pub citizen_letter: bool,
}

/// Decides what is to happen with a document: to process, to know, or to file.
///
/// While work assigned from it is not closed, programme owns the due day: ask there for an extension, or withdraw the
/// work and dispose anew.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DisposeIncoming {
    /// The document.
    pub id: IncomingId,
    /// What is to happen.
    pub disposition: Disposition,
    /// A due day other than the one the sender stated; only for documents to be processed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// A word on it, for the history.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Attaches an uploaded file to an incoming document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AttachIncomingFile {
    /// The document.
    pub id: IncomingId,
    /// The ticket of the upload.
    pub ticket: Ticket,
}

/// Takes a file off an incoming document, for instance one that was attached to the wrong line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DetachIncomingFile {
    /// The document.
    pub id: IncomingId,
    /// The file.
    pub file: FileId,
}

/// A file of an incoming document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DownloadIncomingFile {
    /// The document.
    pub id: IncomingId,
    /// The file.
    pub file: FileId,
}
