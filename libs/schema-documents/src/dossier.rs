//! Dossiers of work (hồ sơ công việc): the nouns, and why something is refused.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Day, Instant, Version,
    id::{
        AssignmentId, DossierEntryId, DossierId, DossierListId, DossierPaperId, IncomingId, OfficeId, OutgoingId,
        PersonId, UnitId,
    },
};

wire::refusals! {
    /// Why something is not done with dossiers.
    pub enum DossierRefusal {
        /// There is no list of that year, or not for the caller.
        DossierListMissing => Missing, "documents.dossier_list_missing",
            en "there is no list of dossiers of that year here", vi "chưa có danh mục hồ sơ của năm này", field "year";
        /// There is one of that year already.
        DossierListThere { year: u16 } => Conflict, "documents.dossier_list_there",
            en "the list of dossiers of {year} has been begun", vi "danh mục hồ sơ năm {year} đã được lập", field "year";
        /// It is in force.
        DossierListApproved => Conflict, "documents.dossier_list_approved",
            en "the list is in force and is not changed any more; open a dossier beside it with a reason",
            vi "danh mục đã ban hành, không sửa nữa; hãy mở hồ sơ ngoài danh mục kèm lý do";
        /// It is not in force yet, or empty.
        DossierListNotReady => Conflict, "documents.dossier_list_not_ready",
            en "the list has no entries or is not in force yet", vi "danh mục chưa có mục nào hoặc chưa ban hành";
        /// A year that cannot be.
        DossierYearUnfit => Invalid, "documents.dossier_year_unfit",
            en "name a year from 2000 to the next", vi "hãy ghi năm từ 2000 đến năm sau", field "year";
        /// There is no such entry.
        DossierEntryMissing { id: DossierEntryId } => Missing, "documents.dossier_entry_missing",
            en "there is no entry {id} here", vi "không có mục {id} trong danh mục", field "entry";
        /// Another entry has the code.
        DossierCodeTaken { code: String } => Conflict, "documents.dossier_code_taken",
            en "the code {code} stands in the list already", vi "mã {code} đã có trong danh mục", field "code";
        /// A term that nobody means.
        RetentionUnfit => Invalid, "documents.retention_unfit",
            en "a term is 1 to 100 years, or permanent", vi "thời hạn lưu từ 1 đến 100 năm, hoặc vĩnh viễn", field "retention";
        /// There is no such dossier.
        DossierMissing { id: DossierId } => Missing, "documents.dossier_missing",
            en "there is no dossier {id} here", vi "không có hồ sơ {id} ở đây", field "id";
        /// A dossier beside the list says why, and what it is.
        DossierOutsideUnsaid => Invalid, "documents.dossier_outside_unsaid",
            en "a dossier beside the list has a title, a term, a keeper and a reason",
            vi "hồ sơ ngoài danh mục phải có tiêu đề, thời hạn lưu, đơn vị giữ và lý do", field "reason";
        /// It is closed.
        DossierClosed => Conflict, "documents.dossier_closed",
            en "the dossier is closed; open it again with a reason", vi "hồ sơ đã kết thúc; muốn sửa hãy mở lại kèm lý do";
        /// It is open.
        DossierOpen => Conflict, "documents.dossier_open",
            en "the dossier is open", vi "hồ sơ đang mở";
        /// One document is named.
        PaperUnnamed => Invalid, "documents.dossier_paper_unnamed",
            en "name one document", vi "hãy chọn một văn bản", field "incoming";
        /// A draft or a voided line is kept in no dossier; of a masked one nothing is here.
        PaperUnfit => Conflict, "documents.dossier_paper_unfit",
            en "only a standing document that arrived or was issued is filed; of secret ones the paper dossier is kept",
            vi "chỉ đưa vào hồ sơ văn bản đến đang có giá trị hoặc văn bản đã phát hành; văn bản mật lập hồ sơ giấy";
        /// It lies there.
        PaperThere => Conflict, "documents.dossier_paper_there",
            en "the document lies in this dossier already", vi "văn bản đã có trong hồ sơ này";
        /// It does not lie there.
        PaperNotThere => Missing, "documents.dossier_paper_missing",
            en "this document does not lie there", vi "văn bản này không có trong hồ sơ";
        /// Too many documents.
        DossierFull { limit: u32 } => Conflict, "documents.dossier_full",
            en "a dossier holds {limit} documents at most; open a further volume", vi "một hồ sơ chứa nhiều nhất {limit} văn bản; hãy mở tập tiếp theo";
        /// The assignment is not known here.
        AssignmentUnknown => Conflict, "documents.dossier_assignment_unknown",
            en "no document of this office is known from which that work was given",
            vi "chưa biết việc này được giao từ văn bản nào của cơ quan", field "assignment";
        /// Nobody was asked, or the unit keeps it.
        HandoverUnfit => Conflict, "documents.dossier_handover_unfit",
            en "nobody was asked to take this dossier over, or that unit keeps it",
            vi "chưa có đề nghị nhận bàn giao, hoặc đơn vị này đang giữ hồ sơ";
        /// Something is missing, and nobody has confirmed.
        DossierIncomplete { missing: u32 } => Conflict, "documents.dossier_incomplete",
            en "{missing} things are missing: look at them, and confirm that it is closed so",
            vi "hồ sơ còn thiếu {missing} mục: hãy xem lại, và xác nhận nếu vẫn kết thúc";
        /// Page numbers that cannot be.
        PagesUnfit => Invalid, "documents.dossier_pages_unfit",
            en "pages go from 1 up and do not overlap", vi "số trang tính từ 1, tăng dần và không trùng nhau", field "pages";
    }
}

impl From<DossierRefusal> for wire::Fault {
    fn from(refusal: DossierRefusal) -> Self {
        wire::Refusal::fault(&refusal)
    }
}

/// How long something is kept (thời hạn lưu).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Retention {
    /// A number of years from the end of the year in which the work ended.
    Years(u8),
    /// Without end (vĩnh viễn).
    Permanent,
}

/// The list of dossiers that an office means to keep in a year (danh mục hồ sơ).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DossierList {
    /// Its id.
    pub id: DossierListId,
    /// The office.
    pub office: OfficeId,
    /// How often it was changed.
    pub version: Version,
    /// The year.
    pub year: u16,
    /// Since when it is in force; absent while it is a draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_on: Option<Day>,
    /// The decision by which it was issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<String>,
    /// How many entries it has.
    pub entries: u32,
}

/// An entry of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DossierEntry {
    /// Its id.
    pub id: DossierEntryId,
    /// The list.
    pub list: DossierListId,
    /// The office.
    pub office: OfficeId,
    /// The heading under which it stands.
    pub heading: String,
    /// Its code.
    pub code: String,
    /// What it is about.
    pub title: String,
    /// How long it is kept.
    pub retention: Retention,
    /// The unit that keeps it.
    pub keeper: UnitId,
    /// That unit's name when it was entered.
    pub keeper_name: String,
    /// The dossier that was opened last of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dossier: Option<DossierId>,
}

/// Where a dossier stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DossierState {
    /// Documents are filed into it.
    Open,
    /// Its list of documents stands.
    Closed,
}

/// A dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Dossier {
    /// Its id.
    pub id: DossierId,
    /// The office.
    pub office: OfficeId,
    /// How often it was changed.
    pub version: Version,
    /// The year in which it was opened, or that of its list.
    pub year: u16,
    /// Where it stands.
    pub state: DossierState,
    /// The entry of which it was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<DossierEntryId>,
    /// The entry's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What it is about.
    pub title: String,
    /// How long it is kept.
    pub retention: Retention,
    /// The unit that keeps it.
    pub keeper: UnitId,
    /// That unit's name when it began to.
    pub keeper_name: String,
    /// The unit that is asked to take it over, and its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offered: Option<(UnitId, String)>,
    /// Why it was opened beside the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When it was opened.
    pub opened_at: Instant,
    /// When it was closed last; absent while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Instant>,
    /// How many documents lie in it that the caller may read.
    pub papers: u32,
}

/// A document in a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DossierPaper {
    /// Its line.
    pub id: DossierPaperId,
    /// The dossier.
    pub dossier: DossierId,
    /// What the dossier is about.
    pub dossier_title: String,
    /// The document, when it arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incoming: Option<IncomingId>,
    /// The document, when it was issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outgoing: Option<OutgoingId>,
    /// Number and symbol.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    /// The day it bears.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<Day>,
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Whether it was voided since.
    pub is_void: bool,
    /// When it was filed.
    pub filed_at: Instant,
    /// Whether it joined by itself.
    pub by_rule: bool,
    /// Its place in the list of a closed dossier, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordinal: Option<u32>,
    /// The first page on which it lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_page: Option<u32>,
    /// The last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_page: Option<u32>,
}

/// On which pages a document lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PaperPages {
    /// Its line.
    pub paper: DossierPaperId,
    /// The first page.
    pub first: u32,
    /// The last page.
    pub last: u32,
}

/// What was done with a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DossierAct {
    /// It was opened.
    Opened,
    /// A document was taken out.
    TakenOut,
    /// An assignment was tied to it.
    Tied,
    /// Another unit was asked to take it over.
    Offered,
    /// That unit took it over.
    TakenOver,
    /// That unit did not.
    NotTaken,
    /// It was closed.
    Closed,
    /// It was opened again.
    Reopened,
    /// An act of a later release.
    #[serde(other)]
    Unknown,
}

/// A step of what became of a dossier. Documents that are filed tell of themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DossierStep {
    /// When.
    pub at: Instant,
    /// Who; absent when it was by rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
    /// What.
    pub act: DossierAct,
    /// The reason, the note or the unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<String>,
}

/// What is missing in a dossier, in plain words; nothing when it is complete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DossierCheck {
    /// The dossier.
    pub id: DossierId,
    /// Each thing that is missing.
    pub missing: Vec<DossierGap>,
}

/// Something that is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DossierGap {
    /// What.
    pub kind: DossierGapKind,
    /// The document that it is about, when it arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incoming: Option<IncomingId>,
    /// The document that it is about, when it was issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outgoing: Option<OutgoingId>,
    /// How the document is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
}

/// Kinds of what is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DossierGapKind {
    /// Nothing lies in it.
    Empty,
    /// What arrived is to be answered by a day, and nothing answers it.
    Unanswered,
    /// Work that was given from it is not finished.
    Unfinished,
    /// What answers it does not lie here.
    AnswerElsewhere,
    /// A document has no file.
    Fileless,
    /// A kind of a later release.
    #[serde(other)]
    Unknown,
}

/// How much of a year's finished work is kept in dossiers, against the aim of all of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DossierShares {
    /// The office.
    pub office: OfficeId,
    /// The year.
    pub year: u16,
    /// Each unit that finished work; never a person.
    pub units: Vec<DossierShare>,
}

/// How much of a unit's finished work is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DossierShare {
    /// The unit.
    pub unit: UnitId,
    /// Its name; absent when it is not known any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Work from documents that was finished.
    pub finished: u32,
    /// Of these, how much from a document that lies in a dossier.
    pub kept: u32,
}

/// Finished work from a document that lies in no dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnfiledWork {
    /// The assignment.
    pub assignment: AssignmentId,
    /// The unit that led it.
    pub unit: UnitId,
    /// The document.
    pub incoming: IncomingId,
    /// Its arrival number.
    pub number: i64,
    /// Its symbol.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
}
