//! The noun: one thing that needs one person (thông báo).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wire::{
    Cursor, Day, Instant,
    id::{NoticeId, OfficeId},
};

/// One thing that needs one person. It bears no title and no name: what it is about is read where it is kept, under the
/// reader's own rights, so that nothing of a petition or of a secret document ever stands here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Notice {
    /// Its id.
    pub id: NoticeId,
    /// The office it is about.
    pub office: OfficeId,
    /// Why it needs the person.
    pub kind: NoticeKind,
    /// What it is about.
    pub source: NoticeSource,
    /// The last day for it, when it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// Since when.
    pub at: Instant,
    /// When the person marked it as read; absent until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_at: Option<Instant>,
    /// When it ceased to need the person, because the work went on or went elsewhere; absent until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled_at: Option<Instant>,
}

/// What a notice is about: a noun of another service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct NoticeSource {
    /// What kind of noun.
    pub kind: NoticeSourceKind,
    /// Its id.
    pub id: Uuid,
}

/// The kinds of nouns that need people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeSourceKind {
    /// A piece of assigned work (nhiệm vụ).
    Assignment,
    /// A document that arrived (văn bản đến).
    IncomingDocument,
    /// A document of the office itself (văn bản đi).
    OutgoingDocument,
    /// A word that was asked for upon a draft (xin ý kiến, thẩm định, trình duyệt).
    Review,
    /// A noun of a later release.
    #[serde(other)]
    Unknown,
}

impl NoticeSourceKind {
    /// The word as storage and messages write it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Assignment => "assignment",
            Self::IncomingDocument => "incoming_document",
            Self::OutgoingDocument => "outgoing_document",
            Self::Review => "review",
            Self::Unknown => "unknown",
        }
    }

    /// The kind that is written like this.
    #[must_use]
    pub fn of(word: &str) -> Self {
        let known = [Self::Assignment, Self::IncomingDocument, Self::OutgoingDocument, Self::Review];
        known.into_iter().find(|kind| kind.word() == word).unwrap_or(Self::Unknown)
    }
}

/// Why something needs a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// Work was given to a position the person holds (việc giao cho bạn).
    WorkGivenToYou,
    /// Work was given to the unit the person heads (việc giao cho đơn vị).
    WorkGivenToUnit,
    /// Work was returned (việc bị trả lại).
    WorkReturned,
    /// Work was reported done and waits to be closed (việc chờ kết thúc).
    WorkDone,
    /// An extension was asked for and waits for a decision (xin gia hạn).
    ExtensionAsked,
    /// The extension the person asked for was decided (đã quyết định gia hạn).
    ExtensionDecided,
    /// Work was withdrawn (việc được thu hồi).
    WorkWithdrawn,
    /// Somebody reminded the unit that it owes the work (được đôn đốc).
    WorkReminded,
    /// Work is due within days (việc sắp đến hạn).
    DueSoon,
    /// The due day of work has passed (việc quá hạn).
    Overdue,
    /// A paper lies at the person's desk (văn bản tại bàn).
    PaperAtDesk,
    /// Somebody wants the person's opinion or appraisal of a draft (xin ý kiến, thẩm định).
    OpinionAsked,
    /// A draft waits for the person's approval (trình duyệt).
    ApprovalAsked,
    /// A document waits for the person's digital signature (chờ ký số).
    SignatureAsked,
    /// A reason of a later release.
    #[serde(other)]
    Unknown,
}

impl NoticeKind {
    /// All kinds that are given.
    pub const ALL: [Self; 14] = [
        Self::WorkGivenToYou,
        Self::WorkGivenToUnit,
        Self::WorkReturned,
        Self::WorkDone,
        Self::ExtensionAsked,
        Self::ExtensionDecided,
        Self::WorkWithdrawn,
        Self::WorkReminded,
        Self::DueSoon,
        Self::Overdue,
        Self::PaperAtDesk,
        Self::OpinionAsked,
        Self::ApprovalAsked,
        Self::SignatureAsked,
    ];

    /// The word as storage and messages write it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::WorkGivenToYou => "work_given_to_you",
            Self::WorkGivenToUnit => "work_given_to_unit",
            Self::WorkReturned => "work_returned",
            Self::WorkDone => "work_done",
            Self::ExtensionAsked => "extension_asked",
            Self::ExtensionDecided => "extension_decided",
            Self::WorkWithdrawn => "work_withdrawn",
            Self::WorkReminded => "work_reminded",
            Self::DueSoon => "due_soon",
            Self::Overdue => "overdue",
            Self::PaperAtDesk => "paper_at_desk",
            Self::OpinionAsked => "opinion_asked",
            Self::ApprovalAsked => "approval_asked",
            Self::SignatureAsked => "signature_asked",
            Self::Unknown => "unknown",
        }
    }

    /// The words a Vietnamese reader sees.
    #[must_use]
    pub fn vi(self) -> &'static str {
        match self {
            Self::WorkGivenToYou => "Việc mới giao cho bạn",
            Self::WorkGivenToUnit => "Việc mới giao cho đơn vị của bạn",
            Self::WorkReturned => "Việc bị trả lại",
            Self::WorkDone => "Việc đã báo hoàn thành, chờ kết thúc",
            Self::ExtensionAsked => "Đề nghị gia hạn chờ quyết định",
            Self::ExtensionDecided => "Đề nghị gia hạn đã được quyết định",
            Self::WorkWithdrawn => "Việc được thu hồi",
            Self::WorkReminded => "Việc được đôn đốc",
            Self::DueSoon => "Việc sắp đến hạn",
            Self::Overdue => "Việc quá hạn",
            Self::PaperAtDesk => "Văn bản chờ tại bàn của bạn",
            Self::OpinionAsked => "Dự thảo xin ý kiến của bạn",
            Self::ApprovalAsked => "Dự thảo trình bạn duyệt",
            Self::SignatureAsked => "Văn bản chờ bạn ký số",
            Self::Unknown => "Thông báo khác",
        }
    }
}

/// Lists the caller's own notices: the unread first, and the newest first among them and among the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListNotices {
    /// Only those of this office; of every office of the caller when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<OfficeId>,
    /// Only those not read yet.
    #[serde(default)]
    pub unread: bool,
    /// Those that are settled too; without it only what still needs the caller.
    #[serde(default)]
    pub settled: bool,
    /// How many at most, up to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on, as the previous page said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// Marks one of the caller's notices as read. Doing so again changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MarkNoticeRead {
    /// Which notice.
    pub id: NoticeId,
}

/// Marks all of the caller's notices up to a moment as read: the moment of the page that was looked at, so that what
/// came after it stays unread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MarkNoticesRead {
    /// Only those of this office; of every office of the caller when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<OfficeId>,
    /// The last moment that counts.
    pub until: Instant,
}

/// What was marked as read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NoticesRead {
    /// Every notice up to this moment is read.
    pub until: Instant,
}

/// Somebody was given a notice. Whose it is is not told: only that person asks for it. When it is read or settled
/// nothing is told either; who reads what and when is nobody's affair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NoticeGiven {
    /// The notice as it was given.
    pub notice: Notice,
}
