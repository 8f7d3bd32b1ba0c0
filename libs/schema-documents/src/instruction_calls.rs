//! Proposals and instructions: what one can ask for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, Ticket,
    id::{IncomingId, InstructionId, OfficeId, PersonId, PositionId, ProposalId},
};

use crate::IncomingRouting;

/// Proposes what is to happen with a document, and puts it to whoever is to instruct. It takes the place of a proposal
/// that still waits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProposeDisposition {
    /// The document.
    pub id: IncomingId,
    /// What is proposed.
    pub routing: IncomingRouting,
    /// The position to which it is put.
    pub put_to: PositionId,
}

/// Returns a proposal to whoever made it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReturnProposal {
    /// The proposal.
    pub id: ProposalId,
    /// Why.
    pub reason: String,
}

/// The proposals for a document, the latest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListIncomingProposals {
    /// The document.
    pub id: IncomingId,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// What waits for the caller's instruction (văn bản chờ cho ý kiến): proposals put to a position of theirs, or of
/// whoever they stand in for. The oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListWaitingProposals {
    /// The office.
    pub office: OfficeId,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// Instructs what is to happen with a document: as proposed, otherwise than proposed, or without a proposal. It is the
/// document's disposition from then on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InstructIncoming {
    /// The document.
    pub id: IncomingId,
    /// The proposal that is answered; another one that waits loses its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<ProposalId>,
    /// What is instructed; as proposed when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub routing: Option<IncomingRouting>,
}

/// Transcribes an instruction that was written by hand on the paper. It has its effect at once, because work starts from
/// the paper; that it is as written is confirmed by its author or by the chief of office.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TranscribeInstruction {
    /// The document.
    pub id: IncomingId,
    /// Whose hand it is.
    pub author: PersonId,
    /// The position in which the author instructed on that day.
    pub author_position: PositionId,
    /// The day on which it was written.
    pub written: Day,
    /// What it says.
    pub routing: IncomingRouting,
    /// The proposal that it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<ProposalId>,
    /// The ticket of the scan of the handwriting.
    pub scan: Ticket,
}

/// Confirms that a transcription says what was written: its author, whoever stands in for the author, or the chief of
/// office; never who transcribed it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ConfirmInstruction {
    /// The instruction.
    pub id: InstructionId,
}

/// The author says that a transcription is not theirs or says something else. The instruction has no effect any more,
/// and work that began because of it is taken back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ObjectToInstruction {
    /// The instruction.
    pub id: InstructionId,
    /// What is wrong with it.
    pub reason: String,
}

/// The instructions on a document, the latest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListInstructions {
    /// The document.
    pub id: IncomingId,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// Transcriptions in force that nobody has confirmed yet (chờ xác nhận), the oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListUnconfirmedInstructions {
    /// The office.
    pub office: OfficeId,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// The scan of the handwriting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DownloadInstructionScan {
    /// The instruction.
    pub id: InstructionId,
}
