//! Electronic mail that comes in (thư điện tử, thông điệp edXML): what stands on the outside, what is told to its senders, and
//! what they ask about documents that are here already.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Instant, Page, Version,
    id::{IncomingId, IntakeItemId, MailId, OfficeId, OutgoingId},
};

wire::refusals! {
    /// Why something is not done about mail.
    pub enum MailRefusal {
        /// There is no such message, or not for the caller.
        MailMissing { id: MailId } => Missing, "documents.mail_missing",
            en "there is no message {id} here", vi "không có thông điệp {id} ở đây", field "id";
        /// It asks for nothing, or was answered.
        NothingAsked => Conflict, "documents.mail_nothing_asked",
            en "this message asks for nothing that is still open", vi "thông điệp này không có đề nghị nào còn phải trả lời";
        /// Nobody has read it yet.
        MailSealed => Conflict, "documents.mail_sealed",
            en "mark the message official and read it before you answer it",
            vi "hãy đánh dấu là văn bản và đọc thông điệp trước khi trả lời";
        /// The document it speaks of is not here.
        MailTargetMissing => Conflict, "documents.mail_target_missing",
            en "the document that this message speaks of did not come here by a message that was registered",
            vi "văn bản mà thông điệp nói tới chưa được vào sổ từ một thông điệp nào ở đây";
        /// A refusal says why.
        MailReasonMissing => Invalid, "documents.mail_reason_missing",
            en "say why you refuse; the sender is told", vi "hãy nêu lý do từ chối; lý do được báo lại nơi gửi", field "reason";
        /// Files cannot be written as a message.
        NotAMessage { why: String } => Conflict, "documents.not_a_message",
            en "this document cannot be written as an edXML message: {why}",
            vi "không thể ghi văn bản này thành thông điệp edXML: {why}";
    }
}

impl From<MailRefusal> for wire::Fault {
    fn from(refusal: MailRefusal) -> Self {
        wire::Refusal::fault(&refusal)
    }
}

wire::contract! {
    service "documents" refuses MailRefusal;

    calls {
        Write CollectMail => MailCollected, "collect_mail.v1",
            POST "/api/v1/mail/collect", needs "documents.incoming.register";
        Read GetMailState => MailState, "get_mail_state.v1",
            GET "/api/v1/mail/state", needs "documents.incoming.register";
        Read ListMail => Page<Mail>, "list_mail.v1",
            GET "/api/v1/mail", needs "documents.incoming.register";
        Read GetMail => Mail, "get_mail.v1",
            GET "/api/v1/mail/{id}", needs "documents.incoming.register";
        Write AnswerMail => Mail, "answer_mail.v1",
            POST "/api/v1/mail/{id}/answer", needs "documents.incoming.void";
        Read DownloadEdxml => wire::Download, "download_edxml.v1",
            GET "/api/v1/outgoing-documents/{id}/edxml", needs "documents.outgoing.read", download;
    }

    events {}
}

/// What came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MailKind {
    /// A letter by electronic mail (.eml).
    Letter,
    /// A message with a new document.
    New,
    /// A message that revokes a document (thu hồi).
    Revoke,
    /// A message that updates one (cập nhật).
    Update,
    /// A message that replaces one (thay thế).
    Replace,
    /// The sender asks for a document back (13, yêu cầu lấy lại).
    TakeBack,
    /// A receiver tells what became of a document of ours.
    Status,
    /// A file that is neither.
    File,
    /// A kind of a later release.
    #[serde(other)]
    Unknown,
}

/// What stands on the outside of what came, beside an item of the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IntakeMail {
    /// Its id.
    pub id: MailId,
    /// What it is.
    pub kind: MailKind,
    /// The identifier of the organisation that sent a message; of a letter nobody reads who wrote it before it is marked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// How often it was delivered.
    pub deliveries: u32,
    /// What is wrong with it, or to know of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<MailRemark>,
}

/// Something that is wrong with a message, without a word of what stands in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MailRemark {
    /// The rule, such as `edxml.missing_element`; `vanphong edxml check` tells all of it.
    pub code: String,
    /// The line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Tiếng Việt.
    pub vi: String,
    /// English.
    pub en: String,
}

/// A letter or message that came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mail {
    /// What stands on the outside.
    pub outside: IntakeMail,
    /// The office.
    pub office: OfficeId,
    /// How often it was changed.
    pub version: Version,
    /// When it was taken out of the folder.
    pub at: Instant,
    /// Its item in the queue; a status has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intake: Option<IntakeItemId>,
    /// The last code from 01 to 06 that its sender was told, or that we were told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress: Option<String>,
    /// 13, 15 or 16.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub take_back: Option<String>,
    /// The document that was made of it, or that it speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incoming: Option<IncomingId>,
    /// The document of ours that a status speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outgoing: Option<OutgoingId>,
    /// Whether it asks for something about a document that is here, and nobody has answered.
    pub asks: bool,
    /// What was told to its sender, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<MailStatus>,
}

/// What the sender of a message is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MailStatus {
    /// The code, such as `03`.
    pub code: String,
    /// The reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When it became so.
    pub at: Instant,
    /// When its file was written; absent until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written_at: Option<Instant>,
}

/// Looks into the folder for electronic mail at once, instead of in its time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CollectMail {
    /// The office.
    pub office: OfficeId,
}

/// What was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MailCollected {
    /// Taken into the queue.
    pub taken: u32,
    /// Delivered before.
    pub repeated: u32,
    /// Statuses of documents of ours.
    pub statuses: u32,
    /// Files of statuses written.
    pub written: u32,
}

/// How mail comes in and statuses go out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetMailState {
    /// The office.
    pub office: OfficeId,
}

/// How mail comes in and statuses go out (kết nối).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MailState {
    /// The office.
    pub office: OfficeId,
    /// Whether the installation has a folder for its mail.
    pub is_set: bool,
    /// Why the folder cannot be used; absent when it can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<MailTrouble>,
    /// Files that lie in it.
    pub waiting: u32,
    /// Since when the oldest of them lies there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oldest: Option<Instant>,
    /// Files in its quarantine, each with a reason beside it.
    pub quarantined: u32,
    /// Statuses whose files are not written yet.
    pub to_write: u32,
    /// Messages that ask for something and were not answered.
    pub asking: u32,
    /// When something came last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Instant>,
}

/// Why a folder cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MailTrouble {
    /// It is not there, or cannot be read.
    FolderMissing,
    /// The folder for statuses is not there, or cannot be written.
    OutboxMissing,
    /// A trouble of a later release.
    #[serde(other)]
    Unknown,
}

/// Mail of an office, what came last first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListMail {
    /// The office.
    pub office: OfficeId,
    /// Only what asks for something and was not answered.
    #[serde(default)]
    pub asking: bool,
    /// Only what speaks of this document of ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outgoing: Option<OutgoingId>,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// One letter or message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetMail {
    /// The message.
    pub id: MailId,
}

/// Answers a message that revokes, updates or replaces a document, or asks for it back. Its files join the document in each
/// case. Agreed, a revoked, replaced or returned document is voided; what replaces it waits in the queue for its number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AnswerMail {
    /// The message.
    pub id: MailId,
    /// Whether it is done.
    pub agree: bool,
    /// Why not; the sender is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// An issued document as an edXML message, to be sent by whatever reaches its addressees.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DownloadEdxml {
    /// The document, which has its number and its final files.
    pub id: OutgoingId,
    /// The identifiers of the receivers (mã định danh), such as `A32.65 G09.01`, in the order of the document's recipients;
    /// between them blanks or commas.
    pub to: String,
}
