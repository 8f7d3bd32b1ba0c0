//! What came back, and nobody has gone on with (bị trả lại): papers, proposals, handwriting that its author objected to.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Instant,
    id::{OfficeId, PersonId},
};

use crate::IncomingDocument;

/// A document on which something came back, and nothing was done since.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SentBack {
    /// The document as it is now.
    pub document: IncomingDocument,
    /// What came back.
    pub how: SentBackHow,
    /// When.
    pub at: Instant,
    /// Who wrote it down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
    /// In whose name, when a deputy acted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<PersonId>,
    /// The unit from whose desk the paper came, by its name of that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_name: Option<String>,
    /// Why, or what the desk said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SentBackHow {
    /// The paper, from a desk.
    Paper,
    /// A proposal, from whoever was to instruct.
    Proposal,
    /// The transcription of an instruction, from its author: the instruction has no effect any more.
    Instruction,
}

/// What came back within the last ninety days and nobody has gone on with, the latest first: the document was not passed,
/// disposed of, assigned, answered or voided since.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListSentBack {
    /// The office.
    pub office: OfficeId,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}
