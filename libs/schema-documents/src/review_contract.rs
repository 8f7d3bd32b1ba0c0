//! The word of others upon a draft before it gets its number: opinions (xin ý kiến), the office's appraisal (thẩm định), and
//! approval (duyệt). Each is asked of one person on one version of the text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, Instant, Page, Version,
    id::{DraftId, OfficeId, OutgoingId, PersonId, PositionId, ReviewId},
};

wire::refusals! {
    /// Why a word is not asked, given or settled.
    pub enum ReviewRefusal {
        /// Nobody to ask.
        NobodyAsked { limit: usize } => Invalid, "documents.nobody_asked",
            en "name at least one person, and {limit} at most", vi "hãy chọn ít nhất một người, nhiều nhất {limit} người",
            field "of";
        /// Approval is one person's.
        OneApprover => Invalid, "documents.one_approver",
            en "one person approves a draft: name one", vi "một dự thảo do một người duyệt: hãy chọn một người", field "of";
        /// One's own draft.
        OwnDraft => Invalid, "documents.own_draft",
            en "whoever wrote this version cannot give a word upon it: choose somebody else",
            vi "người soạn bản này không tự cho ý kiến, thẩm định hay duyệt: hãy chọn người khác", field "of";
        /// Somebody who may not say it.
        ReviewerUnfit => Invalid, "documents.reviewer_unfit",
            en "this person may not do that for this office in this position today: choose somebody else",
            vi "người này không có thẩm quyền đó ở cơ quan, chức vụ này vào hôm nay: hãy chọn người khác", field "of";
        /// A day that has passed.
        ReviewDuePast { day: Day } => Invalid, "documents.review_due_past",
            en "{day} has passed: give a day from today on", vi "ngày {day} đã qua: hãy chọn từ hôm nay trở đi", field "due";
        /// Asked before and not answered yet.
        AskedAlready => Conflict, "documents.asked_already",
            en "somebody of these is asked already and has not answered",
            vi "trong số này có người đã được hỏi và chưa trả lời", field "of";
        /// Others speak first.
        OthersFirst => Conflict, "documents.others_first",
            en "opinions that came are to be accepted or explained, and the appraisal given, before approval is asked",
            vi "phải tiếp thu hoặc giải trình các ý kiến, và có thẩm định, rồi mới trình duyệt";
        /// No such word within reach.
        ReviewMissing { id: ReviewId } => Missing, "documents.review_missing",
            en "there is no such request {id}", vi "không có yêu cầu {id}";
        /// Asked of somebody else.
        NotAsked => Denied, "documents.not_asked",
            en "this was asked of somebody else", vi "việc này hỏi người khác";
        /// Answered, or taken back.
        ReviewSettled => Conflict, "documents.review_settled",
            en "this is answered or taken back already: look at it anew",
            vi "việc này đã được trả lời hoặc đã rút: hãy tải lại trang";
        /// Agreeing to an approval asks for a fresh proof.
        ApprovalApart => Conflict, "documents.approval_apart",
            en "approving is an act of its own: use it, or send the draft back",
            vi "duyệt là thao tác riêng: hãy bấm duyệt, hoặc trả lại dự thảo";
        /// The text has changed.
        TextChanged { ordinal: u32 } => Conflict, "documents.text_changed_since",
            en "there is a later version of the text, number {ordinal}: read that one",
            vi "dự thảo đã có bản mới, lần {ordinal}: hãy đọc bản đó";
        /// A number wants the approval that was asked for.
        NotApproved => Conflict, "documents.not_approved",
            en "approval of this draft was asked for and is not given for its latest version",
            vi "dự thảo này đã trình duyệt nhưng bản mới nhất chưa được duyệt";
        /// An answer that says nothing.
        WordsMissing => Invalid, "documents.words_missing",
            en "say why, or what is to change", vi "hãy ghi rõ lý do hoặc nội dung cần sửa", field "words";
    }
}

impl From<ReviewRefusal> for wire::Fault {
    fn from(refusal: ReviewRefusal) -> Self {
        wire::Refusal::fault(&refusal)
    }
}

wire::contract! {
    service "documents" refuses ReviewRefusal;

    calls {
        Write AskReviews => Reviews, "ask_reviews.v1",
            POST "/api/v1/outgoing-documents/{id}/reviews", needs "documents.outgoing.draft";
        Read ListReviews => Page<Review>, "list_reviews.v1",
            GET "/api/v1/outgoing-documents/{id}/reviews", needs "documents.outgoing.read";
        Read ListMyReviews => Page<Review>, "list_my_reviews.v1",
            GET "/api/v1/reviews", needs "documents.outgoing.read";
        Write AnswerReview => Review, "answer_review.v1",
            POST "/api/v1/reviews/{id}/answer", needs "documents.outgoing.read";
        Write ApproveOutgoing => Review, "approve_outgoing.v1",
            POST "/api/v1/reviews/{id}/approval", needs "documents.outgoing.sign", step_up;
        Write SettleReview => Review, "settle_review.v1",
            POST "/api/v1/reviews/{id}/settlement", needs "documents.outgoing.draft";
        Write TakeReviewBack => Review, "take_review_back.v1",
            POST "/api/v1/reviews/{id}/withdrawal", needs "documents.outgoing.draft";
    }

    events {
        ReviewChanged, "review_changed.v1", aggregate review.id, office review.office;
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReviewKind {
    /// An opinion (ý kiến); its drafter accepts it or explains why not.
    Opinion,
    /// The office's appraisal (thẩm định) of form and competence.
    Appraisal,
    /// Approval (duyệt): the draft may get its number.
    Approval,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReviewState {
    /// Not answered yet; an opinion whose day has passed counts as none.
    Waiting,
    /// Agreed.
    Agreed,
    /// Agreed, with something to be changed.
    AgreedWithWords,
    /// Sent back with the reason.
    Returned,
    /// Taken back by whoever asked.
    Withdrawn,
}

/// What the drafter did with an opinion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Settlement {
    /// Accepted (tiếp thu).
    Accepted,
    /// Explained why not (giải trình).
    Explained,
}

/// Somebody who is asked, in a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reviewer {
    /// The person.
    pub person: PersonId,
    /// The position.
    pub position: PositionId,
}

/// The word of one person upon one version of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Review {
    /// Its id.
    pub id: ReviewId,
    /// The office.
    pub office: OfficeId,
    /// The document.
    pub document: OutgoingId,
    /// What the document is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// How often this changed.
    pub version: Version,
    /// What is asked for.
    pub kind: ReviewKind,
    /// The version of the text.
    pub draft: DraftId,
    /// Which version that is.
    pub ordinal: u32,
    /// Who is asked.
    pub of: Reviewer,
    /// Who asked.
    pub by: PersonId,
    /// When.
    pub at: Instant,
    /// Until when an answer is wanted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// What is asked in particular.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// What became of it.
    pub state: ReviewState,
    /// The answer's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// When it was answered or taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<Instant>,
    /// What the drafter did with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settlement: Option<Settlement>,
    /// The drafter's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled_words: Option<String>,
    /// When the drafter did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled_at: Option<Instant>,
}

/// What was asked at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reviews {
    /// One for each who is asked.
    pub items: Vec<Review>,
}

/// Asks for the word of some upon the latest version of a draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AskReviews {
    /// The document.
    pub id: OutgoingId,
    /// What is asked for. Approval is asked of one, after the others have spoken.
    pub kind: ReviewKind,
    /// Who is asked, 20 at most.
    pub of: Vec<Reviewer>,
    /// Until when an answer is wanted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// What is asked in particular.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
}

/// What was asked upon a draft, the latest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListReviews {
    /// The document.
    pub id: OutgoingId,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// What waits for the caller's own word, what was asked first at the top.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListMyReviews {
    /// The office.
    pub office: OfficeId,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// Gives an opinion or an appraisal, or sends a draft back from approval. Whoever is asked does so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AnswerReview {
    /// What was asked.
    pub id: ReviewId,
    /// Whether it is agreed to; false sends the draft back.
    pub agreed: bool,
    /// What is to change, or why it goes back.
    #[serde(default)]
    pub words: String,
}

/// Approves a draft: it may get its number. Whoever is asked does so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ApproveOutgoing {
    /// What was asked.
    pub id: ReviewId,
}

/// Says what was done with an opinion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SettleReview {
    /// The opinion.
    pub id: ReviewId,
    /// Accepted, or explained.
    pub settlement: Settlement,
    /// What was changed; when it is explained, why not.
    #[serde(default)]
    pub words: String,
}

/// Takes back what was asked and is not answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TakeReviewBack {
    /// What was asked.
    pub id: ReviewId,
}

/// Something was asked, answered, settled or taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReviewChanged {
    /// The request.
    pub review: ReviewNote,
}

/// What is told of it; nothing of the words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReviewNote {
    /// Its id.
    pub id: ReviewId,
    /// The office.
    pub office: OfficeId,
    /// The document.
    pub document: OutgoingId,
    /// What is asked for.
    pub kind: ReviewKind,
    /// What became of it.
    pub state: ReviewState,
    /// Who is asked.
    pub of: PersonId,
    /// How often it changed; absent in what was told before this was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<Version>,
    /// Until when an answer is wanted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
}
