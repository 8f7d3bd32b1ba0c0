//! Documents that the office issues: what one can ask for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, Secrecy, Ticket, Urgency,
    id::{DraftId, FileId, IncomingId, OfficeId, OutgoingId, UnitId},
};

use crate::{ExecutionSigner, ListOrder, MaskedVoidReason, OutgoingRecipient, OutgoingState};

/// Begins a document. It gets its number when it is issued.
///
/// Above the installation's secrecy ceiling it is begun without summary, text, recipients and files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DraftOutgoing {
    /// The office that issues it.
    pub office: OfficeId,
    /// The key of its genre, as in the list of genres.
    pub genre: String,
    /// The code of the issuing body in the symbol, such as `ĐU`; may be left out when `issuing_unit` bears one. It is one
    /// that the office's tier may bear, that the issuing unit bears, or for which the office has opened a register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_code: Option<String>,
    /// The issuing body, when it is a unit of this office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuing_unit: Option<UnitId>,
    /// The bodies that issue it together with that one (văn bản liên tịch), as the head names them, 5 at most. The number is of the
    /// register of this office's body.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub together_with: Vec<String>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Degree of secrecy.
    #[serde(default)]
    pub secrecy: Secrecy,
    /// Degree of urgency.
    #[serde(default)]
    pub urgency: Urgency,
    /// The incoming documents it answers.
    #[serde(default)]
    pub replies_to: Vec<IncomingId>,
    /// The first version of the text, when there is one already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// To whom it goes, as far as known.
    #[serde(default)]
    pub recipients: Vec<OutgoingRecipient>,
}

/// Outgoing documents of an office, those begun last first unless `order` says otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListOutgoing {
    /// The office.
    pub office: OfficeId,
    /// Only those in this state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<OutgoingState>,
    /// Only those of this genre; masked lines are in no such list, for it would tell their genre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genre: Option<String>,
    /// Only those that answer this incoming document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replies_to: Option<IncomingId>,
    /// Only those that bear this day or a later one. A draft bears none yet and is in every span.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Only those that bear this day or an earlier one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Words in symbol, summary or recipients, without regard to marks and case; a symbol also without its separators.
    /// Looks at one year at most: the year up to `to`, unless `from` says less. Masked lines have no words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// By when they were begun, those begun last first.
    #[serde(default)]
    pub order: ListOrder,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// One outgoing document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetOutgoing {
    /// The document.
    pub id: OutgoingId,
}

/// Sets the recipients of a draft; those named before and not again are dropped.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SetRecipients {
    /// The document.
    pub id: OutgoingId,
    /// To whom it goes.
    pub recipients: Vec<OutgoingRecipient>,
}

/// Issues a draft: gives the next number of its series and makes the symbol. From then on the text does not change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IssueOutgoing {
    /// The document.
    pub id: OutgoingId,
    /// The day the document bears; today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<Day>,
    /// Confirms a day before that of the last number given in the series.
    #[serde(default)]
    pub late: bool,
    /// Who signed, with title, as printed; left out only above the secrecy ceiling.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signatory: Option<String>,
    /// Who signs digitally, for whom it is laid out at once; signed by hand on paper when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signer: Option<ExecutionSigner>,
    /// Copies printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copies: Option<u32>,
    /// The version that was read before issuing: refused when it is not the current one any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<DraftId>,
}

/// Gives up a draft, or voids an issued number with a reason; the number stays in the register and is never given again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VoidOutgoing {
    /// The document.
    pub id: OutgoingId,
    /// Why; of a masked line it is left out.
    #[serde(default)]
    pub reason: String,
    /// Why a masked line is voided, which takes no words of one's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub masked_reason: Option<MaskedVoidReason>,
}

/// Attaches an uploaded file to a draft. To an issued document whoever may issue attaches with
/// [`AttachIssuedOutgoingFile`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AttachOutgoingFile {
    /// The document.
    pub id: OutgoingId,
    /// The ticket of the upload.
    pub ticket: Ticket,
}

/// Attaches an uploaded file to an issued document, such as the scan of the signed copy. Whoever may issue does so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AttachIssuedOutgoingFile {
    /// The document.
    pub id: OutgoingId,
    /// The ticket of the upload.
    pub ticket: Ticket,
}

/// Takes a file off a draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DetachOutgoingFile {
    /// The document.
    pub id: OutgoingId,
    /// The file.
    pub file: FileId,
}

/// A file of an outgoing document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DownloadOutgoingFile {
    /// The document.
    pub id: OutgoingId,
    /// The file.
    pub file: FileId,
}

/// The document as it is printed (bản in): a draft by the rules of today, marked as the draft it is, what was issued with
/// number and day by the rules of that day. A PDF/A made from the text on each request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DownloadOutgoingPrint {
    /// The document.
    pub id: OutgoingId,
    /// The version of a draft; the latest when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<DraftId>,
}
