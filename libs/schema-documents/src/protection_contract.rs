//! How long a state secret is protected: day, end, extension, end before its time, of documents of which nothing but a masked line
//! is kept here; what is to be decided sixty days ahead; and blank books to be kept by pen.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, Download, Page, Secrecy,
    id::{IncomingId, OfficeId, OutgoingId},
};

wire::refusals! {
    /// Why a term of protection is not written down.
    pub enum ProtectionRefusal {
        /// One document, no more and no less.
        ProtectionOfOne => Invalid, "documents.protection_of_one",
            en "name one document: an outgoing or an incoming one",
            vi "hãy chọn đúng một văn bản: văn bản đi hoặc văn bản đến", field "outgoing";
        /// It is no secret.
        NotSecret => Conflict, "documents.not_secret",
            en "this document bears no degree of secrecy", vi "văn bản này không có độ mật";
        /// No number yet.
        SecretUnnumbered => Conflict, "documents.secret_unnumbered",
            en "a draft is marked, and its protection begins with its number",
            vi "dự thảo chỉ đóng dấu độ mật; thời hạn bảo vệ bắt đầu khi văn bản được cấp số";
        /// Longer than the law allows.
        ProtectionTooLong { last: Day } => Invalid, "documents.protection_too_long",
            en "protection ends on {last} at the latest", vi "thời hạn bảo vệ không được quá ngày {last}", field "until",
            instrument "Luật 117/2025/QH15";
        /// An end before the beginning.
        ProtectionBackwards => Invalid, "documents.protection_backwards",
            en "it ends before it begins: look at the days again", vi "ngày kết thúc trước ngày bắt đầu: hãy xem lại",
            field "until";
        /// Nothing to extend or to end.
        ProtectionOver => Conflict, "documents.protection_over",
            en "no protection of this document runs on that day", vi "vào ngày đó văn bản không còn trong thời hạn bảo vệ",
            field "on";
        /// It was extended or ended.
        ProtectionSettled => Conflict, "documents.protection_settled",
            en "this protection was extended or ended: its first term stands",
            vi "thời hạn này đã được gia hạn hoặc kết thúc: không đổi thời hạn ban đầu được nữa";
        /// An act without its decision.
        DecisionMissing => Invalid, "documents.decision_missing",
            en "name the decision", vi "hãy ghi số, ký hiệu quyết định", field "decision";
    }
}

impl From<ProtectionRefusal> for wire::Fault {
    fn from(refusal: ProtectionRefusal) -> Self {
        wire::Refusal::fault(&refusal)
    }
}

wire::contract! {
    service "documents" refuses ProtectionRefusal;

    calls {
        Write RecordProtection => Protection, "record_protection.v1",
            POST "/api/v1/secret-protections", needs "documents.outgoing.issue";
        Read ListProtections => Page<Protection>, "list_protections.v1",
            GET "/api/v1/secret-protections", needs "documents.outgoing.issue";
        Read DownloadSecretBook => Download, "download_secret_book.v1",
            GET "/api/v1/blank-secret-books", needs "documents.registers.read", download;
    }

    events {}
}

/// What is written down of a protection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProtectionStep {
    /// The level was set (xác định độ mật).
    Set,
    /// It lasts longer (gia hạn).
    Extended,
    /// It ended before its time, or its level was lifted (giải mật).
    Ended,
}

/// The protection of one document. It says nothing of what the document is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Protection {
    /// The document, when the office issued it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outgoing: Option<OutgoingId>,
    /// The document, when it arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incoming: Option<IncomingId>,
    /// The office.
    pub office: OfficeId,
    /// Its number in the register.
    pub number: i64,
    /// The degree.
    pub secrecy: Secrecy,
    /// The day on which it was set.
    pub set_on: Day,
    /// The last day.
    pub until: Day,
    /// The law of the day on which it was set.
    pub instrument: String,
    /// How often it was extended.
    pub extensions: u32,
    /// The last decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
    /// The day on which it ended before its time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_on: Option<Day>,
    /// The day by which an extension is decided; from then on this is reminded of.
    pub decide_by: Day,
}

/// Writes down a step of a protection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecordProtection {
    /// The office.
    pub office: OfficeId,
    /// The document that the office issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outgoing: Option<OutgoingId>,
    /// The document that arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incoming: Option<IncomingId>,
    /// Which step.
    pub step: ProtectionStep,
    /// The day of the step: on which the level was set, the extension decided, the protection ended.
    pub on: Day,
    /// The last day of the protection; the longest that the law allows when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Number and symbol of the decision; needed to extend and to end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
}

/// Protections of an office that have not ended before their time, those that end first at the top.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListProtections {
    /// The office.
    pub office: OfficeId,
    /// Only those that are to be decided upon by now.
    #[serde(default)]
    pub due: bool,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// The books of secret documents that are kept by pen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BlankBook {
    /// What arrives (sổ đăng ký văn bản mật đến).
    Incoming,
    /// What is issued (sổ đăng ký văn bản mật đi).
    Outgoing,
    /// Copies and photographs (sổ quản lý sao, chụp).
    Copies,
}

/// A blank book to print, a PDF/A made on each request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DownloadSecretBook {
    /// The office whose head it bears.
    pub office: OfficeId,
    /// Which book.
    pub book: BlankBook,
    /// The year it is for; this one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// How many pages, 1 to 100; 20 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
}
