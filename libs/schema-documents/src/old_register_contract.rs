//! Registers of past years from spreadsheets (nhập sổ cũ): what was numbered before the system is found in it, and is
//! nothing to be done. No live register counts with it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, FileRef, Instant, Page, Secrecy, Ticket, Version,
    id::{OfficeId, OldRegisterId},
};

use crate::RegisterKind;

wire::refusals! {
    /// Why an old register is not brought in.
    pub enum OldRegisterRefusal {
        /// No such old register, or not within reach.
        OldRegisterMissing { id: OldRegisterId } => Missing, "documents.old_register_missing",
            en "there is no old register {id}", vi "không có sổ cũ {id}";
        /// Its rows are being entered, or were.
        OldRegisterBegun => Conflict, "documents.old_register_begun",
            en "the rows of this file are being entered, or were: bring the mended file in as another one",
            vi "tệp này đang được nhập hoặc đã nhập xong: hãy đưa tệp đã sửa vào như một tệp mới";
        /// No row of it can be entered.
        OldRegisterNothing { faulty: u32 } => Conflict, "documents.old_register_nothing",
            en "no row of this file can be entered ({faulty} faults): read what `check` says, mend the file and bring it in again",
            vi "không dòng nào của tệp nhập được ({faulty} lỗi): hãy xem kết quả kiểm tra, sửa tệp rồi đưa vào lại";
    }
}

impl From<OldRegisterRefusal> for wire::Fault {
    fn from(refusal: OldRegisterRefusal) -> Self {
        wire::Refusal::fault(&refusal)
    }
}

wire::contract! {
    service "documents" refuses OldRegisterRefusal;

    calls {
        Write BringOldRegister => OldRegister, "bring_old_register.v1",
            POST "/api/v1/old-registers", needs "documents.registers.change";
        Read ListOldRegisters => Page<OldRegister>, "list_old_registers.v1",
            GET "/api/v1/old-registers", needs "documents.registers.read";
        Read GetOldRegister => OldRegister, "get_old_register.v1",
            GET "/api/v1/old-registers/{id}", needs "documents.registers.read";
        Write MapOldRegister => OldRegister, "map_old_register.v1",
            PUT "/api/v1/old-registers/{id}/columns", needs "documents.registers.change";
        Read CheckOldRegister => OldRegisterCheck, "check_old_register.v1",
            GET "/api/v1/old-registers/{id}/check", needs "documents.registers.change";
        Write EnterOldRegister => OldRegister, "enter_old_register.v1",
            POST "/api/v1/old-registers/{id}/enter", needs "documents.registers.change";
        Read ListOldPapers => Page<OldPaper>, "list_old_papers.v1",
            GET "/api/v1/old-papers", needs "documents.registers.read";
    }

    events {}
}

/// A spreadsheet with a register of past years, and how far the entering of its rows is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OldRegister {
    /// Its id.
    pub id: OldRegisterId,
    /// The office whose register it was.
    pub office: OfficeId,
    /// How often it was changed; progress does not count.
    pub version: Version,
    /// What the register numbered.
    pub kind: RegisterKind,
    /// Where it stands.
    pub state: OldRegisterState,
    /// The spreadsheet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<FileRef>,
    /// Which column holds what, where the heads do not say so.
    #[serde(default)]
    pub columns: Vec<OldColumn>,
    /// Rows that can be entered, known once entering begins.
    pub rows: u32,
    /// How many of them are done with.
    pub done: u32,
    /// How many of these were added.
    pub added: u32,
    /// How many of these stood there before and stayed as they were.
    pub known: u32,
    /// Rows left out because something in them is to be mended.
    pub failed: u32,
    /// When it was brought in.
    pub brought_at: Instant,
    /// When entering began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begun_at: Option<Instant>,
    /// When the last rows were entered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_at: Option<Instant>,
}

/// Where the bringing in of an old register stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OldRegisterState {
    /// It is being looked through: nothing of it is entered.
    Draft,
    /// Its rows are being entered.
    Entering,
    /// All rows that could be entered are.
    Entered,
}

/// What a column of an old register holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OldField {
    /// The number as it was given: `12`, `12a` (số).
    Number,
    /// The year of the register, where the day does not say it (năm).
    Year,
    /// The name of the book, where an office kept several (sổ).
    Book,
    /// The day of arrival, or of issue (ngày đến, ngày ban hành).
    Day,
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
    /// Who signed it (người ký).
    Signatory,
    /// Who got it (nơi nhận).
    Recipients,
    /// Degree of secrecy (độ mật).
    Secrecy,
    /// Pages (số trang).
    Pages,
    /// Where the paper lies: box, folder, or the name of its scan (nơi lưu).
    Kept,
    /// A note (ghi chú).
    Note,
}

/// One column of the mapping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OldColumn {
    /// Its head in the spreadsheet.
    pub head: String,
    /// What it holds.
    pub field: OldField,
}

/// Something to be mended in the spreadsheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OldFault {
    /// The row as a spreadsheet shows it, from 1; 0 for the file as a whole.
    pub row: u32,
    /// The column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<OldField>,
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

/// What entering the rows would do, or, once it began, what was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OldRegisterCheck {
    /// The old register.
    pub id: OldRegisterId,
    /// Rows with something in them.
    pub rows: u32,
    /// Rows that can be entered and are not there yet.
    pub fit: u32,
    /// Rows that are there already: they stay as they are.
    pub known: u32,
    /// Rows with something to be mended.
    pub failed: u32,
    /// What each column was taken for.
    pub columns: Vec<OldColumn>,
    /// What is to be mended, in order of rows; the first 500.
    pub faults: Vec<OldFault>,
    /// Faults in all.
    pub faulty: u32,
}

/// A line of a register of past years. It has no deadline and nobody has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OldPaper {
    /// The office whose register it was.
    pub office: OfficeId,
    /// What the register numbered.
    pub kind: RegisterKind,
    /// The year of the register.
    pub year: i32,
    /// The name of the book or series; blank where there was one.
    pub book: String,
    /// The number as it was given.
    pub number: String,
    /// The day of arrival, or of issue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
    /// The body that wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author_body: Option<String>,
    /// Number and symbol.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    /// The day it bears.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_day: Option<Day>,
    /// The name of its genre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genre_name: Option<String>,
    /// What it is about; of a secret paper nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Who signed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signatory: Option<String>,
    /// Who got it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipients: Option<String>,
    /// Degree of secrecy; of a secret paper only number, day and degree are kept.
    pub secrecy: Secrecy,
    /// Pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// Where the paper lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<String>,
    /// A note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The spreadsheet that it came from.
    pub from: OldRegisterId,
    /// Its row there.
    pub row: u32,
}

/// Brings a spreadsheet with a register of past years in: CSV (UTF-8; comma, semicolon or tab) or XLSX, one paper a row below
/// a row of heads, at most 30,000. Nothing of it is entered yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BringOldRegister {
    /// The office whose register it was.
    pub office: OfficeId,
    /// What the register numbered.
    pub kind: RegisterKind,
    /// The ticket of the upload, given for `old_register`.
    pub ticket: Ticket,
}

/// The old registers of an office, those brought in last first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListOldRegisters {
    /// The office.
    pub office: OfficeId,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// One old register, with its progress.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetOldRegister {
    /// The old register.
    pub id: OldRegisterId,
}

/// Says what columns hold whose heads do not say so. The office's next file of the kind begins with the same mapping.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MapOldRegister {
    /// The old register.
    pub id: OldRegisterId,
    /// The mapping.
    #[serde(default)]
    pub columns: Vec<OldColumn>,
}

/// What entering would do: nothing is changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CheckOldRegister {
    /// The old register.
    pub id: OldRegisterId,
}

/// Enters the rows that have nothing to be mended, by a job that goes on after a restart. Again changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EnterOldRegister {
    /// The old register.
    pub id: OldRegisterId,
}

/// Lines of registers of past years, the latest year first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListOldPapers {
    /// The office.
    pub office: OfficeId,
    /// Only what such registers numbered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<RegisterKind>,
    /// Only those of a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Words in number, symbol, author, genre, summary, signatory, recipients, note; with or without marks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}
