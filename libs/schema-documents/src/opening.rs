//! The act that opens an office's books in mid-term (văn bản mở sổ): the next number of each register, and the open
//! papers that come along in a spreadsheet.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, FileRef, Ticket, Version,
    id::{OfficeId, OpeningActId, PersonId, RegisterId},
};

use crate::{PeriodKind, RegisterKind};

/// A signed opening act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OpeningAct {
    /// Its id.
    pub id: OpeningActId,
    /// The office whose books it opens.
    pub office: OfficeId,
    /// How often it was changed; progress does not count.
    pub version: Version,
    /// The day of the act.
    pub day: Day,
    /// Number and symbol of the act, or what the minutes are called.
    pub instrument: String,
    /// Who signed it, with title, as printed.
    pub signatory: String,
    /// The person who signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_by: Option<PersonId>,
    /// The registers that it opens.
    #[serde(default)]
    pub registers: Vec<OpeningRegister>,
    /// Where it stands.
    pub state: OpeningState,
    /// The spreadsheet with the open papers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<FileRef>,
    /// Which column of the spreadsheet holds what, where the heads do not say so.
    #[serde(default)]
    pub columns: Vec<PaperColumn>,
    /// Papers that applying it enters.
    pub papers: u32,
    /// How many of them are done with; while undoing, how many are voided again.
    pub done: u32,
    /// Why it was undone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undo_reason: Option<String>,
}

/// Where an opening act stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OpeningState {
    /// Being prepared: nothing of it counts.
    Draft,
    /// Its registers are open, its papers are being entered.
    Applying,
    /// It is in force.
    Applied,
    /// Its registers are closed again, its papers are being voided.
    Undoing,
    /// It was undone before use, or given up as a draft.
    Undone,
}

/// A register that the act opens with its next number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OpeningRegister {
    /// The register; given by the service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub register: Option<RegisterId>,
    /// What it numbers.
    pub kind: RegisterKind,
    /// For outgoing documents, the code of the issuing body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_code: Option<String>,
    /// For outgoing documents, the genres that share the series; absent for one over all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genres: Option<Vec<String>>,
    /// Whether it lasts a term or a calendar year.
    pub period: PeriodKind,
    /// First day of the register on paper.
    pub first_day: Day,
    /// Last day on which it gives numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_day: Option<Day>,
    /// The next number, the first that is given here.
    pub next_number: i64,
}

/// What a column of the spreadsheet holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaperField {
    /// The arrival number (số đến).
    Number,
    /// The arrival day (ngày đến).
    Arrived,
    /// The body that wrote it (tác giả).
    AuthorBody,
    /// Number and symbol (số, ký hiệu).
    Symbol,
    /// The day it bears (ngày văn bản).
    DocumentDay,
    /// The name of its genre (tên loại).
    GenreName,
    /// What it is about (trích yếu).
    Summary,
    /// Degree of urgency (độ khẩn).
    Urgency,
    /// Degree of secrecy (độ mật).
    Secrecy,
    /// Pages (số trang).
    Pages,
    /// The day by which it is to be done (hạn xử lý).
    Due,
    /// A note (ghi chú).
    Note,
}

/// One column of the mapping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PaperColumn {
    /// Its head in the spreadsheet.
    pub head: String,
    /// What it holds.
    pub field: PaperField,
}

/// Begins an opening act.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DraftOpeningAct {
    /// The office whose books it opens.
    pub office: OfficeId,
    /// The day of the act.
    pub day: Day,
    /// Number and symbol of the act, or what the minutes are called.
    pub instrument: String,
    /// Who signed it, with title, as printed.
    pub signatory: String,
    /// The person who signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_by: Option<PersonId>,
    /// The registers that it opens, at most 100.
    #[serde(default)]
    pub registers: Vec<OpeningRegister>,
}

/// The opening acts of an office, those begun last first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListOpeningActs {
    /// The office.
    pub office: OfficeId,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// One opening act, with its progress.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetOpeningAct {
    /// The act.
    pub id: OpeningActId,
}

/// Gives a draft the spreadsheet with the open papers that arrived: CSV (UTF-8; comma, semicolon or tab) or XLSX, one
/// paper a row below a row of heads, at most 5,000. A further one takes the place of the one before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SetOpeningPapers {
    /// The act.
    pub id: OpeningActId,
    /// The ticket of the upload, given for `opening_import`.
    pub ticket: Ticket,
    /// What columns hold whose heads do not say so.
    #[serde(default)]
    pub columns: Vec<PaperColumn>,
}

/// What applying a draft would do: nothing is changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CheckOpeningAct {
    /// The act.
    pub id: OpeningActId,
}

/// What applying an act would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OpeningCheck {
    /// The act.
    pub id: OpeningActId,
    /// Rows with something in them.
    pub rows: u32,
    /// Rows that would be entered.
    pub fit: u32,
    /// Rows whose number is in the register already: they stay as they are.
    pub known: u32,
    /// What each column was taken for.
    pub columns: Vec<PaperColumn>,
    /// What is to be mended, in order of rows; the first 500.
    pub faults: Vec<RowFault>,
    /// Faults in all.
    pub faulty: u32,
}

/// Something to be mended in the spreadsheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RowFault {
    /// The row as a spreadsheet shows it, from 1; 0 for the file as a whole.
    pub row: u32,
    /// The column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<PaperField>,
    /// What stands in the cell, its beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// A stable code.
    pub code: String,
    /// What is wrong and how to mend it, in Vietnamese.
    pub vi: String,
    /// The same in English.
    pub en: String,
}

/// Puts a draft into force: its registers open in one commit, its papers are entered by a job that goes on after a
/// restart. Again for an act in force changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ApplyOpeningAct {
    /// The act.
    pub id: OpeningActId,
}

/// Undoes an act before use: while no register of it has given a number and no paper of it was worked on. A draft is
/// given up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UndoOpeningAct {
    /// The act.
    pub id: OpeningActId,
    /// Why.
    pub reason: String,
}
