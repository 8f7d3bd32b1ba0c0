//! Two steps of instruction: what is proposed for an incoming document (phiếu đề xuất), and what is instructed (bút phê).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Day, FileRef, Instant, Version,
    id::{IncomingId, InstructionId, OfficeId, PositionId, ProposalId, UnitId},
};

use crate::{Disposition, DocumentActor};

/// What is to happen with a document, and through whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IncomingRouting {
    /// What is to happen.
    pub disposition: Disposition,
    /// The one unit that leads (chủ trì); needed where the document is to be processed, and nowhere else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<UnitId>,
    /// The position in that unit, when it is for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_position: Option<PositionId>,
    /// Units that help (phối hợp).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<UnitId>,
    /// Units that are to know of it (để biết).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to_know: Vec<UnitId>,
    /// The day by which it is to be done, when another than the document's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// The words of it.
    pub text: String,
}

/// What the chief of office proposes to a standing member (phiếu đề xuất). It has no effect of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IncomingProposal {
    /// Its id.
    pub id: ProposalId,
    /// The office of the document.
    pub office: OfficeId,
    /// How often it was changed.
    pub version: Version,
    /// The document.
    pub document: IncomingId,
    /// What is proposed.
    pub routing: IncomingRouting,
    /// The position to which it is put.
    pub put_to: PositionId,
    /// Who proposed it.
    pub by: DocumentActor,
    /// When.
    pub at: Instant,
    /// What became of it.
    pub state: ProposalState,
    /// Who answered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_by: Option<DocumentActor>,
    /// When it was answered or ceased to wait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<Instant>,
    /// Why it was returned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What became of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProposalState {
    /// It waits for an instruction.
    Waiting,
    /// An instruction answered it, as proposed or otherwise.
    Instructed,
    /// It was returned with a reason.
    Returned,
    /// Something else came before an answer: another proposal, an instruction without it, a disposition, a void.
    Superseded,
}

/// What a leader instructs to be done with a document (bút phê). It is the document's disposition and never changes;
/// another one takes its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Instruction {
    /// Its id.
    pub id: InstructionId,
    /// The office of the document.
    pub office: OfficeId,
    /// How often what is known of it was changed: replaced, confirmed, objected to.
    pub version: Version,
    /// The document.
    pub document: IncomingId,
    /// What is instructed.
    pub routing: IncomingRouting,
    /// Whose instruction it is; of one written by hand whose hand it is, in the position held on that day.
    pub by: DocumentActor,
    /// When it was given here; of one written by hand, when it was transcribed.
    pub at: Instant,
    /// The proposal that it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<ProposalId>,
    /// Whether it says what was proposed.
    #[serde(default)]
    pub as_proposed: bool,
    /// Whether it stands.
    pub state: InstructionState,
    /// How it came from paper, when it was written by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transcription: Option<InstructionTranscription>,
}

/// Whether an instruction stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InstructionState {
    /// It stands; a document has one such at most.
    InForce,
    /// Another one took its place, or the document was voided.
    Superseded,
    /// Its author said that it is not theirs, or not so: it has no effect any more.
    Reversed,
}

/// The transcription of an instruction that was written by hand on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InstructionTranscription {
    /// The day on which it was written.
    pub written: Day,
    /// Who transcribed it.
    pub by: DocumentActor,
    /// The scan of the handwriting; absent once the document proved to be a citizen's letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scan: Option<FileRef>,
    /// Whether it was confirmed.
    pub state: TranscriptionState,
    /// Who confirmed it or objected, never the transcriber.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_by: Option<DocumentActor>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<Instant>,
    /// Why it was objected to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Whether a transcription was confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TranscriptionState {
    /// Transcribed, not confirmed: it has its effect, and the confirmation is owed.
    Unconfirmed,
    /// The author or the chief of office found it as written.
    Confirmed,
    /// The author objected.
    Objected,
}

/// A step in deciding what is to happen with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InstructionStep {
    /// It was proposed.
    Proposed,
    /// The proposal was returned.
    Returned,
    /// It was instructed.
    Instructed,
    /// An instruction written by hand was transcribed.
    Transcribed,
    /// The transcription was confirmed.
    Confirmed,
    /// The author objected, and the instruction was reversed.
    Objected,
}

/// A proposal was made or answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IncomingProposalChanged {
    /// The proposal as it is now.
    pub proposal: IncomingProposal,
}

/// An instruction was given, transcribed, confirmed, objected to, or lost its place to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InstructionChanged {
    /// The instruction as it is now.
    pub instruction: Instruction,
}
