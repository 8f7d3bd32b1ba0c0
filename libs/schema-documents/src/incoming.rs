//! Documents that arrive (văn bản đến): the noun and what is told of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Day, FileRef, Instant, Secrecy, Urgency, Version,
    id::{IncomingId, InstructionId, OfficeId, RegisterId, UnitId},
};

use crate::{Desk, Disposition, DocumentActor};

/// A document that arrived, as its line in the arrival register has it.
///
/// When `masked` is true its secrecy lies above what this installation may hold: only number, day, marks and pages are
/// here, and the rest stands in the paper book of secret documents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IncomingDocument {
    /// Its id.
    pub id: IncomingId,
    /// The office that received it.
    pub office: OfficeId,
    /// How often it was changed.
    pub version: Version,
    /// The arrival register that gave the number.
    pub register: RegisterId,
    /// Arrival number (số đến), never given twice within the register.
    pub number: i64,
    /// Arrival day (ngày đến).
    pub arrived: Day,
    /// When it was entered.
    pub registered_at: Instant,
    /// Whether the line stands.
    pub state: IncomingState,
    /// Why the line was voided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub void_reason: Option<String>,
    /// Degree of secrecy (độ mật).
    pub secrecy: Secrecy,
    /// Degree of urgency (độ khẩn).
    pub urgency: Urgency,
    /// Whether only the masked line is kept here.
    pub masked: bool,
    /// The body that wrote it (cơ quan ban hành), as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author_body: Option<String>,
    /// That body, when it is a unit known here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author_unit: Option<UnitId>,
    /// Number and symbol (số và ký hiệu), as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    /// The day the document bears.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_day: Option<Day>,
    /// The name of its genre (tên loại) as the document bears it; bodies outside the Party have their own genres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genre_name: Option<String>,
    /// What it is about (trích yếu).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Number of pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// The clerk's note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The earlier document of which this is a further copy, as the clerk confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duplicate_of: Option<IncomingId>,
    /// What is to happen with it; absent until someone decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disposition: Option<Disposition>,
    /// The instruction in force, which says what is to happen and through whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instruction: Option<InstructionId>,
    /// The day by which the sender wants it done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_stated: Option<Day>,
    /// The day by which it is to be done; only documents to be processed have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// Why it is that day, in Vietnamese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_reason: Option<String>,
    /// The desk where the paper lies now; absent while it is with the clerk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desk: Option<Desk>,
    /// Its files.
    #[serde(default)]
    pub files: Vec<FileRef>,
}

/// Whether a line of the arrival register stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum IncomingState {
    /// It stands.
    Registered,
    /// It was entered wrongly; the number is spent (số hủy).
    Voided,
}

/// A document was entered in the arrival register.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IncomingRegistered {
    /// The document as it was entered.
    pub document: IncomingDocument,
    /// Who did it, and for whom; absent when a service did, and in snapshots.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<DocumentActor>,
}

/// An incoming document changed: disposition, desk, files or void.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IncomingChanged {
    /// The document as it is now.
    pub document: IncomingDocument,
    /// Who did it, and for whom; absent when a service did, and in snapshots.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<DocumentActor>,
}
