//! What happens to a document on its way: dispositions, desks, read marks, history.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Instant,
    id::{IncomingId, OutgoingId, PersonId, PositionId, UnitId},
};

use crate::{ExecutionStep, InstructionStep};

/// What is to happen with an incoming document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    /// Work is to be done on it (xử lý). Only such a document has a due day and can be overdue.
    ToProcess,
    /// It is to be read (để biết): read marks, no date.
    ToKnow,
    /// It is to be kept (lưu).
    ToFile,
}

/// The desk where a paper lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Desk {
    /// The unit.
    pub unit: UnitId,
    /// The unit's name when the paper was passed there.
    pub unit_name: String,
    /// The position at whose desk it lies, when it is for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<PositionId>,
    /// Since when.
    pub since: Instant,
}

/// One stay of a paper at a desk (chuyển).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Passage {
    /// The unit.
    pub unit: UnitId,
    /// The unit's name at that time.
    pub unit_name: String,
    /// The position at whose desk it lay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<PositionId>,
    /// A word that went with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// When it came to the desk.
    pub passed_at: Instant,
    /// When it left; absent while it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_at: Option<Instant>,
    /// How long it waited there, in whole seconds, up to now when it is still there.
    pub waited_s: u64,
}

/// A person has read a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReadMark {
    /// The document.
    pub document: IncomingId,
    /// Who.
    pub person: PersonId,
    /// When first.
    pub at: Instant,
}

/// What happened to a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentAct {
    /// It was entered in the arrival register.
    Registered,
    /// Its number was voided, or its draft given up.
    Voided,
    /// It was decided what is to happen with it; with a `step`, that step towards it was taken.
    Disposed,
    /// Someone marked it as read.
    Read,
    /// It was passed to a desk.
    Passed,
    /// It came back from a desk.
    Returned,
    /// A file was attached.
    FileAttached,
    /// A file was taken off.
    FileDetached,
    /// Work on it was assigned, or that assignment changed.
    Assigned,
    /// A document that answers it was issued.
    Answered,
    /// Its first draft was begun.
    Drafted,
    /// A further version of its text was made.
    Redrafted,
    /// Its recipients were set.
    Addressed,
    /// It was issued; with an `execution`, that step towards its signatures was taken.
    Issued,
}

/// One line of a document's history. Lines are only ever added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentHistoryEntry {
    /// When.
    pub at: Instant,
    /// Who; absent when a service acted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
    /// In whose name, when a deputy acted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<PersonId>,
    /// What happened.
    pub act: DocumentAct,
    /// Which step of a proposal or an instruction it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<InstructionStep>,
    /// Which step towards its digital signatures it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub execution: Option<ExecutionStep>,
    /// The particulars by name, such as `disposition` or `reason`.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
}

/// Marks a document as read by the person who is signed in. Doing so again changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MarkIncomingRead {
    /// The document.
    pub id: IncomingId,
}

/// Who has read a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListReadMarks {
    /// The document.
    pub id: IncomingId,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// Passes the paper to a desk; from another desk it goes there straight.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PassIncoming {
    /// The document.
    pub id: IncomingId,
    /// The unit it goes to.
    pub unit: UnitId,
    /// The position at whose desk it is put.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<PositionId>,
    /// A word that goes with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Takes the paper back from the desk where it lies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReturnIncoming {
    /// The document.
    pub id: IncomingId,
    /// What the desk said (bút phê), for the history.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The desks a paper has lain at, in order of time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListPassages {
    /// The document.
    pub id: IncomingId,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// What happened to an incoming document, in order of time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListIncomingHistory {
    /// The document.
    pub id: IncomingId,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// What happened to an outgoing document, in order of time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListOutgoingHistory {
    /// The document.
    pub id: OutgoingId,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}
