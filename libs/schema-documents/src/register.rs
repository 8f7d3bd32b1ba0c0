//! Registers (sổ đăng ký): who numbers what from when, and the pages as on paper.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, Secrecy, Urgency, Version,
    id::{IncomingId, OfficeId, OutgoingId, RegisterId},
};

/// A series of numbers: every number from `opening` to `last` has exactly one entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NumberRegister {
    /// Its id.
    pub id: RegisterId,
    /// The office that keeps it.
    pub office: OfficeId,
    /// How often its terms were changed; giving numbers does not count.
    pub version: Version,
    /// Whether it numbers what arrives or what is issued.
    pub kind: RegisterKind,
    /// For outgoing documents, the code of the issuing body, such as `ĐU`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_code: Option<String>,
    /// For outgoing documents, the genres that share the series; absent when it runs over all of them, as at a congress.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genres: Option<Vec<String>>,
    /// Whether it lasts a term or a calendar year.
    pub period: PeriodKind,
    /// First day on which it gives numbers.
    pub first_day: Day,
    /// Last day on which it gives numbers; absent while the end of the term is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_day: Option<Day>,
    /// The first number it gives.
    pub opening: i64,
    /// The last number given; one less than `opening` before the first.
    pub last: i64,
    /// The latest day for which it gave a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest_day: Option<Day>,
    /// Whether it still gives numbers.
    pub state: RegisterState,
}

/// What a register numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RegisterKind {
    /// What arrives (sổ văn bản đến).
    Incoming,
    /// What is issued (sổ văn bản đi).
    Outgoing,
}

/// How long a register lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PeriodKind {
    /// The committee's term (nhiệm kỳ).
    Term,
    /// A calendar year.
    Year,
}

/// Whether a register still gives numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RegisterState {
    /// It does.
    Open,
    /// It was closed (khóa sổ).
    Closed,
}

/// One number of a register, with what the page of the book shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RegisterEntry {
    /// The number.
    pub number: i64,
    /// Whether the number is taken, voided or held back.
    pub state: EntryState,
    /// Whose line it is.
    pub kind: EntryKind,
    /// Arrival day, or the day of the issued document.
    pub day: Day,
    /// The incoming document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incoming: Option<IncomingId>,
    /// The outgoing document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outgoing: Option<OutgoingId>,
    /// The body that wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author_body: Option<String>,
    /// Number and symbol.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    /// The day an incoming document bears.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_day: Option<Day>,
    /// The name of its genre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genre_name: Option<String>,
    /// What it is about; for a citizen's letter or a masked line nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Degree of secrecy.
    #[serde(default)]
    pub secrecy: Secrecy,
    /// Degree of urgency.
    #[serde(default)]
    pub urgency: Urgency,
    /// Pages, or the sheets of a citizen's letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// The day by which an incoming document is to be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// Who signed an outgoing document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signatory: Option<String>,
    /// The recipients of an outgoing document, or the desk where an incoming one lies.
    #[serde(default)]
    pub destinations: Vec<String>,
    /// Copies printed of an outgoing document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copies: Option<u32>,
    /// The clerk's note, or why the number is voided or held back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What became of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EntryState {
    /// A document bears it.
    Registered,
    /// It was voided with a reason.
    Voided,
    /// It is held back on a reservation sheet.
    Reserved,
    /// It was given on paper before the register was opened here, and came with the opening act: it lies below the
    /// register's opening number, outside the rule that no number is missing.
    Imported,
}

/// Whose line an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// An incoming document's.
    Incoming,
    /// A citizen's letter's.
    CitizenLetter,
    /// An outgoing document's.
    Outgoing,
}

/// Opens a register with its first number, for instance mid-term after the last number of the paper book.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OpenRegister {
    /// The office that keeps it.
    pub office: OfficeId,
    /// Whether it numbers what arrives or what is issued.
    pub kind: RegisterKind,
    /// For outgoing documents, the code of the issuing body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_code: Option<String>,
    /// For outgoing documents, the genres that share the series; absent for all of them, as at a congress.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genres: Option<Vec<String>>,
    /// Whether it lasts a term or a calendar year.
    pub period: PeriodKind,
    /// First day on which it gives numbers.
    pub first_day: Day,
    /// Last day; for a year it is 31 December when absent, for a term it may stay open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_day: Option<Day>,
    /// The first number it gives; 1 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening: Option<i64>,
}

/// The registers of an office, those that began last first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListRegisters {
    /// The office.
    pub office: OfficeId,
    /// Only those of this kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<RegisterKind>,
    /// Only those in this state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<RegisterState>,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// One register.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetRegister {
    /// The register.
    pub id: RegisterId,
}

/// Closes a register after its last day, for instance when the congress has ended a term. One whose last day is still to
/// come gives numbers until then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CloseRegister {
    /// The register.
    pub id: RegisterId,
    /// The last day on which it gave numbers.
    pub last_day: Day,
}

/// The page of a register, lowest number first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListRegisterEntries {
    /// The register.
    pub id: RegisterId,
    /// Only numbers above this one. A cursor goes on from where the page before ended, whatever stands here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<i64>,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// The whole register as CSV: UTF-8 with a byte order mark, safe to open in a spreadsheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ExportRegister {
    /// The register.
    pub id: RegisterId,
}
