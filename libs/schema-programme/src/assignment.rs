//! The noun: a piece of assigned work (nhiệm vụ được giao).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wire::{
    Day, Instant, Urgency, Version,
    id::{AssignmentId, OfficeId, PersonId, PositionId, UnitId},
};

use crate::{
    AssignmentEscalation, AssignmentEvidence, AssignmentExtension, AssignmentExtensionState, AssignmentPause,
    AssignmentProgress, AssignmentReminder, AssignmentTermUnit, AssignmentWait,
};

/// A piece of assigned work (nhiệm vụ): one lead unit answers for one product by one day.
///
/// There is no second kind of task, and no assignment without a product and a day. Main states are few; being blocked,
/// having asked for an extension and lying beyond the unit's authority stand beside the state, not in its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Assignment {
    /// Its id.
    pub id: AssignmentId,
    /// The office it belongs to.
    pub office: OfficeId,
    /// How often it was changed; the history has as many entries.
    pub version: Version,
    /// Where the work comes from.
    pub source: AssignmentSource,
    /// The work (việc), in one line. Of work from a petition it is always `Giải quyết đơn thư`: the sender and the
    /// content of a petition are never named in an assignment, in no field of it.
    pub title: String,
    /// What must lie on the table when it is done (sản phẩm).
    pub expected_product: String,
    /// The one unit that answers for it (đơn vị chủ trì).
    pub lead_unit: UnitId,
    /// The lead unit's name as last heard from `identity`; it follows a renaming without a new version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_unit_name: Option<String>,
    /// The position in the lead unit it was addressed to; absent when the unit decides itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_position: Option<PositionId>,
    /// Who accepted it (người xử lý); absent until then, and again after it was handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handler: Option<PersonId>,
    /// The position in which the handler accepted it: figures about the handler are for that position's direct head.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handler_position: Option<PositionId>,
    /// For whom the handler accepted it, when it was a deputy who did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handler_for: Option<PersonId>,
    /// Units that help (đơn vị phối hợp); the lead is never among them.
    pub coordinators: Vec<UnitId>,
    /// Units that led before it was handed over, the first lead first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier_leads: Vec<UnitId>,
    /// How urgent it is.
    pub urgency: Urgency,
    /// Who gave the work, in which position.
    pub assigned_by: AssignmentActor,
    /// When it was given.
    pub assigned_at: Instant,
    /// The last day for it (hạn).
    pub due: Day,
    /// The day set when it was given. Only an approved extension or a pause by a legal rule parts `due` from it.
    pub original_due: Day,
    /// In which days the term was counted that `original_due` comes from; absent when a day was named. A pause by a
    /// legal rule moves `due` by the days of this kind that it took.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term_unit: Option<AssignmentTermUnit>,
    /// Why `due` is that day.
    pub due_reason: AssignmentDueReason,
    /// How far it is.
    pub state: AssignmentState,
    /// Why it was last returned, handed over or withdrawn; work whose document was voided is withdrawn with that said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The last report of progress.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress: Option<AssignmentProgress>,
    /// The last time the lead unit was reminded of it (đôn đốc); what was said with it stands in the history.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminder: Option<AssignmentReminder>,
    /// Set while the work lies beyond the authority of its unit (vượt thẩm quyền).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalation: Option<AssignmentEscalation>,
    /// When it waited for whom, oldest first; the last is open while the work is blocked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waits: Vec<AssignmentWait>,
    /// Extensions asked for, oldest first; at most the last is undecided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extensions: Vec<AssignmentExtension>,
    /// Pauses ordered by legal rules, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<AssignmentPause>,
    /// What proves that it is done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<AssignmentEvidence>,
    /// When it was last reported done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_at: Option<Instant>,
    /// The larger piece of work this is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<AssignmentId>,
}

impl Assignment {
    /// The wait that is going on now ("chờ X từ …"), if the work is blocked.
    #[must_use]
    pub fn waiting(&self) -> Option<&AssignmentWait> {
        self.waits.last().filter(|wait| wait.to.is_none())
    }

    /// The extension that nobody has decided yet.
    #[must_use]
    pub fn asked_extension(&self) -> Option<&AssignmentExtension> {
        self.extensions.last().filter(|extension| extension.state == AssignmentExtensionState::Asked)
    }
}

/// Where a piece of work comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AssignmentSource {
    /// What kind of source it is.
    pub kind: AssignmentSourceKind,
    /// The noun of another service: the incoming document or the petition, which must be named; a spoken order has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// How people call it: `Công văn số 12-CV/TU, mục 3`. For an incoming document it is made from the register when
    /// left empty; for a petition it is always `Đơn thư`, whatever was said.
    #[serde(default)]
    pub label: String,
}

/// The kinds of source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssignmentSourceKind {
    /// A document that arrived (văn bản đến), disposed to be processed.
    IncomingDocument,
    /// A conclusion of a meeting (kết luận).
    Conclusion,
    /// A petition of a citizen (đơn thư).
    Petition,
    /// An order given by word of mouth (chỉ đạo trực tiếp).
    SpokenOrder,
}

/// Who did something, in which position: authority belongs to the position, and both are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AssignmentActor {
    /// The person.
    pub person: PersonId,
    /// The position they acted in: their own, or the one whose powers were lent to them.
    pub position: PositionId,
    /// Who holds that position, when a deputy acted for them (thay mặt): both are named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<PersonId>,
}

impl AssignmentActor {
    /// Everyone in whose name it was done: the person, and whoever they stood in for.
    pub fn parties(&self) -> impl Iterator<Item = PersonId> {
        std::iter::once(self.person).chain(self.on_behalf_of)
    }
}

/// Why a due day is that day, in words that can be shown as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AssignmentDueReason {
    /// What the day rests on.
    pub basis: AssignmentDueBasis,
    /// The explanation in Vietnamese.
    pub vi: String,
    /// The explanation in English.
    pub en: String,
}

/// What a due day rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssignmentDueBasis {
    /// The day was named when the work was given.
    Day,
    /// A term was named, and the day counted from it.
    Term,
    /// Neither was named, and the incoming document has this due day.
    Source,
    /// Nobody named anything: the office's usual term, which is practice and not law.
    Practice,
    /// An approved extension.
    Extension,
    /// A pause ordered by a legal rule.
    Pause,
}

/// How far a piece of work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssignmentState {
    /// Given, not accepted yet (đã giao).
    Assigned,
    /// Accepted by a handler (đã nhận).
    Accepted,
    /// Being worked on (đang thực hiện).
    InProgress,
    /// Done, with evidence; to be looked at by whoever gave it (đã hoàn thành).
    Done,
    /// Returned with a reason; owed again (bị trả lại).
    Returned,
    /// Found good and closed (đã kết thúc).
    Closed,
    /// Withdrawn with a reason (đã thu hồi).
    Withdrawn,
}

impl AssignmentState {
    /// All states.
    pub const ALL: [Self; 7] =
        [Self::Assigned, Self::Accepted, Self::InProgress, Self::Done, Self::Returned, Self::Closed, Self::Withdrawn];

    /// Whether the unit still owes the work: only then can it be due or overdue.
    #[must_use]
    pub fn owed(self) -> bool {
        matches!(self, Self::Assigned | Self::Accepted | Self::InProgress | Self::Returned)
    }

    /// The word as storage, queries and messages write it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::Accepted => "accepted",
            Self::InProgress => "in_progress",
            Self::Done => "done",
            Self::Returned => "returned",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The words a Vietnamese reader sees.
    #[must_use]
    pub fn vi(self) -> &'static str {
        match self {
            Self::Assigned => "đã giao, chưa nhận",
            Self::Accepted => "đã nhận",
            Self::InProgress => "đang thực hiện",
            Self::Done => "đã báo hoàn thành",
            Self::Returned => "bị trả lại",
            Self::Closed => "đã kết thúc",
            Self::Withdrawn => "đã thu hồi",
        }
    }
}
