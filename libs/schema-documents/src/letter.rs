//! Citizens' letters (đơn thư) in the post: a masked line and no more.
//!
//! There is no field for a sender, a subject, a file or free text, so that none can be stored: what a citizen wrote
//! stays shut until the citizens' service has it classified by an authorised reader.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Day, Instant, Version,
    id::{IncomingId, OfficeId, RegisterId},
};

use crate::DocumentActor;

/// The masked line of a citizen's letter. An envelope addressed to a person is counted and stays unopened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CitizenLetter {
    /// Its id.
    pub id: IncomingId,
    /// The office that received it.
    pub office: OfficeId,
    /// How often it was changed.
    pub version: Version,
    /// The arrival register that gave the number.
    pub register: RegisterId,
    /// Arrival number.
    pub number: i64,
    /// Arrival day.
    pub arrived: Day,
    /// When it was entered.
    pub registered_at: Instant,
    /// Sheets counted, without reading; 0 for envelopes left shut.
    pub sheets: u32,
    /// Envelopes counted.
    pub envelopes: u32,
    /// Where it stands.
    pub state: LetterState,
    /// Why the line was voided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub void_reason: Option<LetterVoidReason>,
}

/// Where a citizen's letter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LetterState {
    /// It waits to be classified (chờ phân loại).
    AwaitsClassification,
    /// The line was entered wrongly.
    Voided,
}

/// Why the line of a citizen's letter was voided: a closed list, for free text could name the writer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LetterVoidReason {
    /// It was entered twice.
    EnteredTwice,
    /// It is no citizen's letter but an official document, to be entered as such.
    NotACitizensLetter,
    /// The counts or the day were wrong; it is entered anew.
    EnteredWrongly,
}

/// Enters a citizen's letter: one key at the counter, a number, and nothing of its content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RegisterCitizenLetter {
    /// The office that received it.
    pub office: OfficeId,
    /// Arrival day; today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrived: Option<Day>,
    /// Confirms that the letter is entered after others that arrived later.
    #[serde(default)]
    pub late: bool,
    /// Sheets counted, without reading.
    #[serde(default)]
    pub sheets: u32,
    /// Envelopes counted.
    #[serde(default)]
    pub envelopes: u32,
}

/// The masked line of one citizen's letter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetCitizenLetter {
    /// The letter.
    pub id: IncomingId,
}

/// Voids the line of a citizen's letter; its number is never given again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VoidCitizenLetter {
    /// The letter.
    pub id: IncomingId,
    /// Why.
    pub reason: LetterVoidReason,
}

/// A citizen's letter came with the post. Only masked facts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CitizenLetterReceived {
    /// The masked line.
    pub letter: CitizenLetter,
    /// Who did it, and for whom; absent when a service did, and in snapshots.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<DocumentActor>,
}

/// The masked line of a citizen's letter changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CitizenLetterChanged {
    /// The masked line as it is now.
    pub letter: CitizenLetter,
    /// Who did it, and for whom; absent when a service did, and in snapshots.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<DocumentActor>,
}
