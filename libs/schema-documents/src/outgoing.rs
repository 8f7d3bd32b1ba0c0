//! Documents that the office issues (văn bản đi): the noun and what is told of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Day, FileRef, Instant, Secrecy, Urgency, Version,
    id::{DraftId, IncomingId, OfficeId, OutgoingId, RegisterId, UnitId},
};

use crate::{DocumentActor, ExecutionState, SealUse};

/// A document of this office, from its first draft on. A draft has no number; an issued text does not change.
///
/// When `masked` is true its secrecy lies above what this installation may hold: it takes a number from the common
/// series, and only number, day, marks and copies are shown. Genre, body and symbol are shown and told to nobody: their
/// texts are empty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OutgoingDocument {
    /// Its id.
    pub id: OutgoingId,
    /// The office that issues it.
    pub office: OfficeId,
    /// How often it was changed.
    pub version: Version,
    /// Where it stands.
    pub state: OutgoingState,
    /// The key of its genre, as in the list of genres; empty when masked.
    pub genre: String,
    /// The name of its genre (tên loại); empty when masked.
    pub genre_name: String,
    /// The code of the issuing body in the symbol, such as `ĐU`; empty when masked.
    pub body_code: String,
    /// The issuing body, when it is a unit of this office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuing_unit: Option<UnitId>,
    /// That unit's name when the draft was begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuing_unit_name: Option<String>,
    /// The bodies that issue it together with that one (văn bản liên tịch), as the head names them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub together_with: Vec<String>,
    /// What it is about (trích yếu).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Degree of secrecy.
    pub secrecy: Secrecy,
    /// Degree of urgency.
    pub urgency: Urgency,
    /// Whether only the masked line is kept here.
    pub masked: bool,
    /// The incoming documents it answers.
    #[serde(default)]
    pub replies_to: Vec<IncomingId>,
    /// The latest version of its text; once issued, the text that was issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<DraftId>,
    /// Which version that is (dự thảo lần n), from 1; 0 before the first.
    pub draft_ordinal: u32,
    /// To whom it goes (nơi nhận).
    #[serde(default)]
    pub recipients: Vec<OutgoingRecipient>,
    /// The register that gave the number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub register: Option<RegisterId>,
    /// Its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<i64>,
    /// Number and symbol, such as `05-NQ/ĐU`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    /// The day the document bears.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<Day>,
    /// Who signed, with title, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signatory: Option<String>,
    /// Copies printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copies: Option<u32>,
    /// When the number was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_at: Option<Instant>,
    /// The seal it bears and who kept it, as recorded for the issuing body on its day; absent before it is issued, when
    /// masked, and where the office has not recorded the body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seal: Option<SealUse>,
    /// How far it is on the way to its digital signatures; absent when it is signed by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub execution: Option<ExecutionState>,
    /// Why it was voided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub void_reason: Option<String>,
    /// Its files.
    #[serde(default)]
    pub files: Vec<FileRef>,
}

/// Where an outgoing document stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OutgoingState {
    /// Being written (dự thảo): no number yet.
    Draft,
    /// Issued (đã ban hành): number given, text fixed.
    Issued,
    /// Given up as a draft, or its number voided with a reason.
    Voided,
}

/// One addressee of an outgoing document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OutgoingRecipient {
    /// Its name as printed; may be left out in a request when `unit` names it.
    #[serde(default)]
    pub name: String,
    /// The unit, when it is one of this office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
}

/// An outgoing document changed before or after it was issued.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OutgoingChanged {
    /// The document as it is now.
    pub document: OutgoingDocument,
    /// Who did it, and for whom; absent when a service did, and in snapshots.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<DocumentActor>,
}

/// An outgoing document was issued: it has its number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OutgoingIssued {
    /// The document as it was issued.
    pub document: OutgoingDocument,
    /// Who did it, and for whom; absent when a service did, and in snapshots.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<DocumentActor>,
}
