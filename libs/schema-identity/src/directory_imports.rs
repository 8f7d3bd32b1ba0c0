//! Bringing units or people into the directory from a spreadsheet: mapping, trying out, putting into force, undoing.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, Ticket, Version,
    id::{AppointmentId, DirectoryImportId, OfficeId, PersonId, PositionId, UnitId},
};

/// A spreadsheet of units or people, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DirectoryImport {
    /// Its id.
    pub id: DirectoryImportId,
    /// The office of rows that name none.
    pub office: OfficeId,
    /// What its rows are.
    pub kind: DirectoryImportKind,
    /// How often it was changed; progress does not count.
    pub version: Version,
    /// Where it stands.
    pub state: DirectoryImportState,
    /// The name of the file.
    pub file_name: String,
    /// The SHA-256 of the file, which itself is not kept.
    pub sha256: String,
    /// The first day of rows that name none.
    pub from: Day,
    /// What columns hold whose heads do not say so.
    #[serde(default)]
    pub columns: Vec<DirectoryColumn>,
    /// Rows that putting it into force enters.
    pub rows: u32,
    /// How many of them are done with; while undoing, how many are undone again.
    pub done: u32,
    /// How many of them could not be entered, or not be undone, because something had changed meanwhile.
    pub left: u32,
    /// Why it was undone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undo_reason: Option<String>,
}

/// What the rows of an import are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DirectoryImportKind {
    /// Units, each below another of its office.
    Units,
    /// People, each with a position and the appointment to it.
    People,
}

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DirectoryImportState {
    /// Being prepared: nothing of it counts.
    Draft,
    /// Its rows are being entered.
    Applying,
    /// It is in force.
    Applied,
    /// What it made is being undone.
    Undoing,
    /// It was undone before use, or given up as a draft.
    Undone,
}

/// What a column of the spreadsheet holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DirectoryField {
    /// The official code of the office (mã cơ quan); the import's office where it is blank.
    Office,
    /// The name of the unit, or the full name of the person (tên đơn vị; họ và tên).
    Name,
    /// Of a unit: the name of the one above (đơn vị cấp trên); the committee where it is blank.
    Parent,
    /// Of a unit: its code in symbols (ký hiệu), when it issues documents.
    Body,
    /// Of a person: the name of the unit (đơn vị).
    Unit,
    /// Of a person: the title of the position (chức vụ).
    Title,
    /// Of a person: the roles of the position by name or title, parted by commas (vai trò). Nothing is inferred from the
    /// title: where this is blank, the position gives no permission.
    Roles,
    /// Of a person: whether they head the unit (người đứng đầu): `x` or `có`.
    Head,
    /// Of a person: how to reach them (liên hệ).
    Contact,
    /// Of a person: the decision (quyết định).
    Instrument,
    /// The first day (từ ngày).
    From,
}

/// One column of the mapping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DirectoryColumn {
    /// Its head in the spreadsheet.
    pub head: String,
    /// What it holds.
    pub field: DirectoryField,
}

/// Begins an import with its spreadsheet: CSV (UTF-8; comma, semicolon or tab) or XLSX, one unit or person a row below a
/// row of heads, at most 2,000. The file is read at once and not kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BeginDirectoryImport {
    /// The office of rows that name none.
    pub office: OfficeId,
    /// What the rows are.
    pub kind: DirectoryImportKind,
    /// The ticket of the upload, given for `directory_import`.
    pub ticket: Ticket,
    /// What columns hold whose heads do not say so.
    #[serde(default)]
    pub columns: Vec<DirectoryColumn>,
    /// The first day of rows that name none; today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
}

/// Says anew what the columns of a draft hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MapDirectoryImport {
    /// The import.
    pub id: DirectoryImportId,
    /// What columns hold whose heads do not say so.
    pub columns: Vec<DirectoryColumn>,
}

/// The imports of an office, those begun last first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListDirectoryImports {
    /// The office.
    pub office: OfficeId,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// One import, with its progress.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetDirectoryImport {
    /// The import.
    pub id: DirectoryImportId,
}

/// The rows of an import that was put into force, in order, with what was made of each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListDirectoryImportRows {
    /// The import.
    pub id: DirectoryImportId,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// The mark of an import on what was made of one of its rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DirectoryImportRow {
    /// The row as a spreadsheet shows it.
    pub row: u32,
    /// What became of it.
    pub state: DirectoryRowState,
    /// The unit made of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// The person made of it; absent when the person was there before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// The position made of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<PositionId>,
    /// The appointment made of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointment: Option<AppointmentId>,
    /// Why it was left as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<DirectoryFault>,
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DirectoryRowState {
    /// It is to be entered.
    Waiting,
    /// It was entered.
    Made,
    /// It could not be entered any more.
    Failed,
    /// What was made of it never was in force.
    Undone,
    /// What was made of it had come into use before it could be undone.
    Kept,
}

/// What putting a draft into force would do: nothing is changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CheckDirectoryImport {
    /// The import.
    pub id: DirectoryImportId,
}

/// What putting an import into force would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DirectoryCheck {
    /// The import.
    pub id: DirectoryImportId,
    /// Rows with something in them.
    pub rows: u32,
    /// Rows that would be entered.
    pub fit: u32,
    /// Rows whose unit, or person in that position, is there already: they stay as they are.
    pub known: u32,
    /// What each column was taken for.
    pub columns: Vec<DirectoryColumn>,
    /// What is to be mended, in order of rows; the first 500.
    pub faults: Vec<DirectoryFault>,
    /// Faults in all.
    pub faulty: u32,
}

/// Something to be mended in the spreadsheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DirectoryFault {
    /// The row as a spreadsheet shows it, from 1; 0 for the file as a whole.
    pub row: u32,
    /// The column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<DirectoryField>,
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

/// Puts a draft into force: its rows are entered by a job that goes on after a restart. Again for an import in force
/// changes nothing. Nobody gets an account by it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ApplyDirectoryImport {
    /// The import.
    pub id: DirectoryImportId,
}

/// Undoes an import before use: as long as nobody of it has an account and nothing that it made was changed or has
/// something in it. A draft is given up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UndoDirectoryImport {
    /// The import.
    pub id: DirectoryImportId,
    /// Why.
    pub reason: String,
}
