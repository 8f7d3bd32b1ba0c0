//! What an assignment keeps record of, and its history.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wire::{
    Day, Instant, Version,
    id::{AssignmentId, UnitId},
};

use crate::{AssignmentActor, AssignmentState};

/// A report of progress.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AssignmentProgress {
    /// What has been done so far.
    pub note: String,
    /// How much of the work that is, 0–100; never without the note it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<u8>,
    /// When it was reported.
    pub at: Instant,
}

/// A reminder that the work is owed (đôn đốc).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AssignmentReminder {
    /// Who reminded.
    pub by: AssignmentActor,
    /// When.
    pub at: Instant,
}

/// Work that its unit may not decide itself (vượt thẩm quyền).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AssignmentEscalation {
    /// The level that can decide, such as `Ban Thường vụ Tỉnh ủy`.
    pub to: String,
    /// What has to be decided there.
    pub reason: String,
    /// Since when.
    pub at: Instant,
}

/// A stretch of waiting (chờ): it begins at `from` and is over at `to`. Waits of one assignment do not overlap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AssignmentWait {
    /// The unit waited for; absent when it is nobody's unit of this installation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_unit: Option<UnitId>,
    /// Who or what is waited for, in words.
    pub on: String,
    /// Since when.
    pub from: Instant,
    /// Until when, not included; absent while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Instant>,
}

/// An extension of the due day that was asked for (xin gia hạn).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AssignmentExtension {
    /// Who asked.
    pub asked_by: AssignmentActor,
    /// When.
    pub asked_at: Instant,
    /// The day asked for.
    pub until: Day,
    /// Why.
    pub reason: String,
    /// What became of it.
    pub state: AssignmentExtensionState,
    /// Who decided; absent while nobody has, and when it lapsed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<AssignmentActor>,
    /// When it was decided or lapsed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<Instant>,
    /// What the one who decided added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
}

/// What became of an extension that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssignmentExtensionState {
    /// Nobody has decided yet.
    Asked,
    /// Approved: the due day moved.
    Approved,
    /// Refused: the due day stands.
    Refused,
    /// Before anybody decided, the work was done, handed over or withdrawn, or a pause gave as many days.
    Lapsed,
}

/// A pause that a legal rule orders (tạm đình chỉ): it moves the due day by the days lost. Pauses do not overlap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AssignmentPause {
    /// The instrument and article that order it.
    pub instrument: String,
    /// The first day of the pause.
    pub from: Day,
    /// The day the term runs on again.
    pub until: Day,
}

/// Something that proves the work is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AssignmentEvidence {
    /// What kind of proof it is.
    pub kind: AssignmentEvidenceKind,
    /// The document or file; a note has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// How people call it, such as `Báo cáo số 45-BC/VP`; for a note, what it says.
    pub label: String,
}

/// The kinds of proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssignmentEvidenceKind {
    /// A document this office issued (văn bản đi).
    OutgoingDocument,
    /// A file that another noun holds.
    File,
    /// A sentence that says what was done, where there is no paper.
    Note,
}

/// What can be done to an assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssignmentAct {
    /// Given (giao việc).
    Assign,
    /// Accepted (nhận việc).
    Accept,
    /// Progress reported (báo cáo tiến độ).
    Progress,
    /// A wait began (chờ).
    BeginWait,
    /// The wait ended.
    EndWait,
    /// An extension was asked for (xin gia hạn).
    AskExtension,
    /// The extension was approved (cho gia hạn).
    ApproveExtension,
    /// The extension was refused (không cho gia hạn).
    RefuseExtension,
    /// Declared beyond the unit's authority (báo cáo vượt thẩm quyền).
    Escalate,
    /// Reported done with evidence (hoàn thành).
    Complete,
    /// Returned with a reason (trả lại).
    Return,
    /// Closed (kết thúc).
    Close,
    /// Handed over to another lead (chuyển đơn vị chủ trì).
    HandOver,
    /// Withdrawn with a reason (thu hồi).
    Withdraw,
    /// Paused by a legal rule (tạm dừng theo quy định).
    Pause,
    /// The lead unit was reminded (đôn đốc).
    Remind,
}

impl AssignmentAct {
    /// All acts.
    pub const ALL: [Self; 16] = [
        Self::Assign,
        Self::Accept,
        Self::Progress,
        Self::BeginWait,
        Self::EndWait,
        Self::AskExtension,
        Self::ApproveExtension,
        Self::RefuseExtension,
        Self::Escalate,
        Self::Complete,
        Self::Return,
        Self::Close,
        Self::HandOver,
        Self::Withdraw,
        Self::Pause,
        Self::Remind,
    ];

    /// The word as storage and messages write it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Assign => "assign",
            Self::Accept => "accept",
            Self::Progress => "progress",
            Self::BeginWait => "begin_wait",
            Self::EndWait => "end_wait",
            Self::AskExtension => "ask_extension",
            Self::ApproveExtension => "approve_extension",
            Self::RefuseExtension => "refuse_extension",
            Self::Escalate => "escalate",
            Self::Complete => "complete",
            Self::Return => "return",
            Self::Close => "close",
            Self::HandOver => "hand_over",
            Self::Withdraw => "withdraw",
            Self::Pause => "pause",
            Self::Remind => "remind",
        }
    }

    /// The words a Vietnamese reader sees.
    #[must_use]
    pub fn vi(self) -> &'static str {
        match self {
            Self::Assign => "giao việc",
            Self::Accept => "nhận việc",
            Self::Progress => "báo cáo tiến độ",
            Self::BeginWait => "ghi việc chờ",
            Self::EndWait => "kết thúc việc chờ",
            Self::AskExtension => "xin gia hạn",
            Self::ApproveExtension => "cho gia hạn",
            Self::RefuseExtension => "không cho gia hạn",
            Self::Escalate => "báo cáo vượt thẩm quyền",
            Self::Complete => "báo cáo hoàn thành",
            Self::Return => "trả lại",
            Self::Close => "kết thúc việc",
            Self::HandOver => "chuyển đơn vị chủ trì",
            Self::Withdraw => "thu hồi",
            Self::Pause => "tạm dừng theo quy định",
            Self::Remind => "đôn đốc",
        }
    }
}

/// One entry of an assignment's history. Entries are only ever added, one for each version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AssignmentEntry {
    /// The assignment.
    pub assignment: AssignmentId,
    /// The version the act made.
    pub version: Version,
    /// What was done.
    pub act: AssignmentAct,
    /// Who did it; absent when a service acted under a legal rule, or because the document was voided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<AssignmentActor>,
    /// When.
    pub at: Instant,
    /// What was said with it: a note, a reason, whom the work waits for. Of work from a petition a fixed text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The state after it.
    pub state: AssignmentState,
    /// The lead after it.
    pub lead_unit: UnitId,
    /// The due day after it.
    pub due: Day,
}
