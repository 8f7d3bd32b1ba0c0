//! Whether a text keeps to the rules of form (soi thể thức): what is missing or misplaced, where, and by which instrument.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Day,
    id::{DraftId, OutgoingId},
};

use crate::GenreMark;

/// Checks a version of the text of an outgoing document, with the document's particulars, against the rules of form of its
/// day. A finding hinders nothing: it says what a clerk would say. Nothing of it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CheckDraft {
    /// The document.
    pub id: OutgoingId,
    /// The version; the latest when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<DraftId>,
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DraftCheck {
    /// The document.
    pub document: OutgoingId,
    /// The version that was read; absent when there is none yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<DraftId>,
    /// The day whose rules were asked: that of the document, today for a draft.
    pub day: Day,
    /// What was found, the gravest first, then in the order of the text; 100 at most.
    pub findings: Vec<DraftFinding>,
    /// How many were left out beyond those.
    pub left_out: u32,
}

/// Something that a rule finds missing or misplaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DraftFinding {
    /// The key of the rule, which stays the same.
    pub rule: String,
    /// How grave it is.
    pub severity: FindingSeverity,
    /// Where it is.
    pub place: FindingPlace,
    /// What is to be said about it, in Vietnamese.
    pub vi: String,
    /// What is to be said about it, in English.
    pub en: String,
    /// The instrument that gives the rule.
    pub instrument: String,
    /// How well the rule is attested; one that is not verified is a hint at most.
    pub mark: GenreMark,
}

/// How grave a finding is, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FindingSeverity {
    /// A part that every document must have, or what may not stand so.
    Must,
    /// What the rules want otherwise.
    Should,
    /// What is worth another look.
    Hint,
}

/// Where something was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum FindingPlace {
    /// A particular of the document: `summary`, `recipients`, `signatory`, `genre`, `text`.
    Field {
        /// Its name.
        name: String,
    },
    /// A line of the text.
    Line {
        /// Which, from 1; empty lines count.
        line: u32,
        /// How it begins.
        begins: String,
    },
}
