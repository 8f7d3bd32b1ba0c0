//! The clerk's queue: the calls.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, Ticket,
    id::{FileId, IntakeBatchId, IntakeItemId, OfficeId},
};

use crate::{IntakeReason, IntakeState};

/// Brings uploaded files into the queue: each is sealed under a key of its own and its upload removed. At most 100 files
/// and 200 MB together, each of at most 100 MB; more come in further calls that name the batch. A content named twice is
/// one item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BringInIntake {
    /// The office.
    pub office: OfficeId,
    /// A batch of the office to which they are added; a fresh one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<IntakeBatchId>,
    /// The tickets of the uploads, given for `intake_item`.
    pub tickets: Vec<Ticket>,
}

/// Items of an office's queue, the oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListIntake {
    /// The office.
    pub office: OfficeId,
    /// Only those in this state; when absent, those that wait to be marked or to be entered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<IntakeState>,
    /// Only those of this batch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<IntakeBatchId>,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// One item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetIntake {
    /// The item.
    pub id: IntakeItemId,
}

/// The file of an item that was marked official, or one of its parts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DownloadIntake {
    /// The item.
    pub id: IntakeItemId,
    /// A part; the file as it came when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<FileId>,
}

/// What is proposed for the form that enters an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetIntakeProposal {
    /// The item.
    pub id: IntakeItemId,
}

/// Marks an item as an official document, from its envelope or first page: it may be read from now on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MarkIntakeOfficial {
    /// The item.
    pub id: IntakeItemId,
}

/// Marks an item as a citizen's letter: its key is destroyed, and its masked line takes the next arrival number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MarkIntakeCitizenLetter {
    /// The item.
    pub id: IntakeItemId,
    /// Arrival day; today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrived: Option<Day>,
    /// Confirms that the letter is entered after others that arrived later.
    #[serde(default)]
    pub late: bool,
    /// Sheets of paper.
    #[serde(default)]
    pub sheets: u32,
    /// Envelopes.
    #[serde(default)]
    pub envelopes: u32,
}

/// Sets an item aside with a reason. It is taken up again by marking it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SetIntakeAside {
    /// The item.
    pub id: IntakeItemId,
    /// Why.
    pub reason: IntakeReason,
}

/// Destroys an item that was not entered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DiscardIntake {
    /// The item.
    pub id: IntakeItemId,
    /// Why.
    pub reason: IntakeReason,
}

/// One batch, with how far it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetIntakeBatch {
    /// The batch.
    pub id: IntakeBatchId,
}

/// The batches of an office, the latest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListIntakeBatches {
    /// The office.
    pub office: OfficeId,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// How many items of an office's queue are open, for its badge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetIntakeOpen {
    /// The office.
    pub office: OfficeId,
}
