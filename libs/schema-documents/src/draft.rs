//! The versions of the text of an outgoing document (dự thảo lần n). A version, once made, does not change.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Instant,
    id::{DraftId, OutgoingId, PersonId},
};

/// One version of the text of an outgoing document, without the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Draft {
    /// Its id.
    pub id: DraftId,
    /// The document.
    pub document: OutgoingId,
    /// Which version it is, from 1.
    pub ordinal: u32,
    /// Who made it.
    pub by: PersonId,
    /// When.
    pub at: Instant,
    /// What is new in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// One version of the text of an outgoing document, with the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DraftText {
    /// The version.
    pub draft: Draft,
    /// The text.
    pub text: String,
}

/// Adds a version of the text to a draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AddDraft {
    /// The document.
    pub id: OutgoingId,
    /// The whole text, at most 100,000 characters; longer ones are attached as files.
    pub text: String,
    /// What is new in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The versions of a document's text, in order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListDrafts {
    /// The document.
    pub id: OutgoingId,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// One version with its text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetDraft {
    /// The document.
    pub id: OutgoingId,
    /// The version.
    pub draft: DraftId,
}
