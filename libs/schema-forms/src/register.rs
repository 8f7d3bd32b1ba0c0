//! Pages of registers (sổ đăng ký văn bản đến, văn bản đi).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::Day;

use crate::{Letterhead, Signature};

/// Pages of the register of what arrived.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IncomingRegisterPaper {
    /// The head of the first page.
    pub head: Letterhead,
    /// Which part of the book it is: `Năm 2026 · từ số 1 đến số 28`.
    pub span: String,
    /// The lines, in the order of the book.
    pub lines: Vec<IncomingLine>,
    /// Who keeps the book and who confirms it.
    #[serde(default)]
    pub signatures: Vec<Signature>,
    /// A remark at the end, such as when it was printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
}

/// A blank book of secret documents, to be kept by pen. Nothing that is written into it is ever here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SecretBookPaper {
    /// The head of the first page.
    pub head: Letterhead,
    /// Which book.
    pub book: SecretBook,
    /// What it is for: `Năm 2026`.
    pub span: String,
    /// How many pages, 100 at most.
    pub pages: u32,
}

/// The books of secret documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SecretBook {
    /// What arrives (sổ đăng ký văn bản mật đến).
    Incoming,
    /// What is issued (sổ đăng ký văn bản mật đi).
    Outgoing,
    /// Copies made and photographs taken (sổ quản lý sao, chụp).
    Copies,
}

/// A line of that register. What is masked or voided leaves its texts out and says so in the note.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IncomingLine {
    /// The arrival number (số đến).
    pub number: i64,
    /// The day of arrival (ngày đến).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
    /// The body that wrote it (tác giả).
    #[serde(default)]
    pub author: String,
    /// Number and symbol.
    #[serde(default)]
    pub symbol: String,
    /// The day the document bears.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_day: Option<Day>,
    /// Genre and abstract.
    #[serde(default)]
    pub summary: String,
    /// The unit or person that handles it.
    #[serde(default)]
    pub handler: String,
    /// Sheets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheets: Option<u32>,
    /// The day by which it is to be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// A note.
    #[serde(default)]
    pub note: String,
}

/// Pages of the register of what was issued.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OutgoingRegisterPaper {
    /// The head of the first page.
    pub head: Letterhead,
    /// Which part of the book it is.
    pub span: String,
    /// The lines, in the order of the book.
    pub lines: Vec<OutgoingLine>,
    /// Who keeps the book and who confirms it.
    #[serde(default)]
    pub signatures: Vec<Signature>,
    /// A remark at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
}

/// A line of that register.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OutgoingLine {
    /// Number and symbol.
    pub symbol: String,
    /// The day the document bears.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
    /// Genre and abstract.
    #[serde(default)]
    pub summary: String,
    /// Who signed.
    #[serde(default)]
    pub signatory: String,
    /// To whom it went.
    #[serde(default)]
    pub recipients: String,
    /// The unit that keeps the file copy.
    #[serde(default)]
    pub keeper: String,
    /// Copies printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copies: Option<u32>,
    /// The day it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<Day>,
    /// A note.
    #[serde(default)]
    pub note: String,
}
