//! What moves an assignment on. Those who work on it: members of the lead unit, its head, and the handler. Whoever gave
//! the work, the direct head of the giver and those who oversee the office's work remind, return, close, hand over and
//! withdraw it. Of work from a petition the words of these calls are not kept: they belong into the petition's own file.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Day,
    id::{AssignmentId, OfficeId, PositionId, UnitId},
};

use crate::AssignmentEvidence;

/// Reminds the lead unit that the work is owed (đôn đốc), once a day at most. State and due day stay as they are; who works
/// on it and the head of the unit are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RemindAssignment {
    /// Which assignment.
    pub id: AssignmentId,
    /// What to say with it, in one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Accepts the work and becomes its handler (nhận việc).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AcceptAssignment {
    /// Which assignment.
    pub id: AssignmentId,
}

/// Reports progress; returned or escalated work is taken up again by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReportProgress {
    /// Which assignment.
    pub id: AssignmentId,
    /// What has been done so far.
    pub note: String,
    /// How much of the work that is, 0–100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<u8>,
}

/// Says that the work is blocked, and on whom (chờ). The due day stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BeginWait {
    /// Which assignment.
    pub id: AssignmentId,
    /// The unit waited for, when it is one of the office's units; never the lead itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_unit: Option<UnitId>,
    /// Who or what is waited for; may be left empty when `on_unit` says it.
    #[serde(default)]
    pub on: String,
}

/// Says that the wait is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EndWait {
    /// Which assignment.
    pub id: AssignmentId,
}

/// Asks for a later due day (xin gia hạn). The due day stands until somebody else approves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AskExtension {
    /// Which assignment.
    pub id: AssignmentId,
    /// The day asked for, later than the due day.
    pub until: Day,
    /// Why.
    pub reason: String,
}

/// Approves or refuses the extension asked for; never by whoever asked for it or handles the work, nor by somebody else
/// in the position of either.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DecideExtension {
    /// Which assignment.
    pub id: AssignmentId,
    /// Whether the due day moves to the day asked for.
    pub approve: bool,
    /// What to tell the one who asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
}

/// Says that the work lies beyond the unit's authority (vượt thẩm quyền), and who can decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EscalateAssignment {
    /// Which assignment.
    pub id: AssignmentId,
    /// The level that can decide.
    pub to: String,
    /// What has to be decided there.
    pub reason: String,
}

/// Reports the work done, with evidence (hoàn thành). A wait still open ends here, an undecided extension lapses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CompleteAssignment {
    /// Which assignment.
    pub id: AssignmentId,
    /// What proves it; at least one.
    pub evidence: Vec<AssignmentEvidence>,
}

/// Returns work that was reported done (trả lại): it is owed again, by the same day. Never by its handler or in the
/// handler's position, and not when the document it came from has been voided since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReturnAssignment {
    /// Which assignment.
    pub id: AssignmentId,
    /// What is missing.
    pub reason: String,
}

/// Finds the work good and closes it (kết thúc việc); never by its handler or in the handler's position.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CloseAssignment {
    /// Which assignment.
    pub id: AssignmentId,
}

/// Gives the work to another lead unit (chuyển đơn vị chủ trì), or within the unit to be accepted by somebody else, which
/// the head of that unit may do as well. The due day, the waits and the history stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HandOverAssignment {
    /// Which assignment.
    pub id: AssignmentId,
    /// The unit that answers for it from now on; it may be the one that does.
    pub lead_unit: UnitId,
    /// The position in that unit it is addressed to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_position: Option<PositionId>,
    /// Why.
    pub reason: String,
}

/// Withdraws the work (thu hồi): nobody owes it any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WithdrawAssignment {
    /// Which assignment.
    pub id: AssignmentId,
    /// Why.
    pub reason: String,
}

/// Records a pause that a legal rule orders: the due day moves by the days lost, which are working days where the term
/// was counted in working days. Said by the service that applies the rule, never by a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PauseAssignment {
    /// Which assignment.
    pub id: AssignmentId,
    /// The office it belongs to.
    pub office: OfficeId,
    /// The instrument and article that order the pause.
    pub instrument: String,
    /// The first day of the pause.
    pub from: Day,
    /// The day the term runs on again.
    pub until: Day,
}
