//! Dossiers of work (hồ sơ công việc): the year's list, what is in each, and what is missing: the calls.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Page,
    id::{
        AssignmentId, DossierEntryId, DossierId, DossierListId, DossierPaperId, IncomingId, OfficeId, OutgoingId,
        UnitId,
    },
};

use crate::{
    Dossier, DossierCheck, DossierEntry, DossierList, DossierPaper, DossierRefusal, DossierShares, DossierState,
    DossierStep, PaperPages, Retention, UnfiledWork,
};

wire::contract! {
    service "documents" refuses DossierRefusal;

    calls {
        Write DraftDossierList => DossierList, "draft_dossier_list.v1",
            POST "/api/v1/dossier-lists", needs "documents.dossiers.plan";
        Read GetDossierList => DossierList, "get_dossier_list.v1",
            GET "/api/v1/dossier-lists", needs "documents.dossiers.read";
        Write ApproveDossierList => DossierList, "approve_dossier_list.v1",
            POST "/api/v1/dossier-lists/{id}/approval", needs "documents.dossiers.approve";
        Write SaveDossierEntry => DossierEntry, "save_dossier_entry.v1",
            POST "/api/v1/dossier-entries", needs "documents.dossiers.plan";
        Write RemoveDossierEntry => DossierEntry, "remove_dossier_entry.v1",
            POST "/api/v1/dossier-entries/{id}/removal", needs "documents.dossiers.plan";
        Read ListDossierEntries => Page<DossierEntry>, "list_dossier_entries.v1",
            GET "/api/v1/dossier-entries", needs "documents.dossiers.read";
        Write OpenDossier => Dossier, "open_dossier.v1",
            POST "/api/v1/dossiers", needs "documents.dossiers.file";
        Read GetDossier => Dossier, "get_dossier.v1",
            GET "/api/v1/dossiers/{id}", needs "documents.dossiers.read";
        Read ListDossiers => Page<Dossier>, "list_dossiers.v1",
            GET "/api/v1/dossiers", needs "documents.dossiers.read";
        Write FilePaper => DossierPaper, "file_paper.v1",
            POST "/api/v1/dossiers/{id}/papers", needs "documents.dossiers.file";
        Write TakeOutPaper => Dossier, "take_out_paper.v1",
            POST "/api/v1/dossier-papers/{id}/removal", needs "documents.dossiers.file";
        Read ListDossierPapers => Page<DossierPaper>, "list_dossier_papers.v1",
            GET "/api/v1/dossier-papers", needs "documents.dossiers.read";
        Write TieAssignment => Dossier, "tie_assignment.v1",
            POST "/api/v1/dossiers/{id}/ties", needs "documents.dossiers.file";
        Read ListDossierSteps => Page<DossierStep>, "list_dossier_steps.v1",
            GET "/api/v1/dossiers/{id}/steps", needs "documents.dossiers.read";
        Read CheckDossier => DossierCheck, "check_dossier.v1",
            GET "/api/v1/dossiers/{id}/check", needs "documents.dossiers.read";
        Write HandDossierOver => Dossier, "hand_dossier_over.v1",
            POST "/api/v1/dossiers/{id}/handover", needs "documents.dossiers.file";
        Write AnswerDossierHandover => Dossier, "answer_dossier_handover.v1",
            POST "/api/v1/dossiers/{id}/handover-answer", needs "documents.dossiers.file";
        Write CloseDossier => Dossier, "close_dossier.v1",
            POST "/api/v1/dossiers/{id}/closing", needs "documents.dossiers.file";
        Write ReopenDossier => Dossier, "reopen_dossier.v1",
            POST "/api/v1/dossiers/{id}/reopening", needs "documents.dossiers.file";
        Read GetDossierShares => DossierShares, "get_dossier_shares.v1",
            GET "/api/v1/dossier-shares", needs "documents.dossiers.read";
        Read ListUnfiledWork => Page<UnfiledWork>, "list_unfiled_work.v1",
            GET "/api/v1/unfiled-work", needs "documents.dossiers.read";
    }

    events {}
}

/// Begins the list of a year, empty or as a copy of an earlier year's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DraftDossierList {
    /// The office.
    pub office: OfficeId,
    /// The year.
    pub year: u16,
    /// The year whose entries are copied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy_from: Option<u16>,
}

/// The list of a year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetDossierList {
    /// The office.
    pub office: OfficeId,
    /// The year.
    pub year: u16,
}

/// Puts a list into force; it is not changed any more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ApproveDossierList {
    /// The list.
    pub id: DossierListId,
    /// The decision by which it is issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<String>,
}

/// Adds an entry to a draft list, or changes one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SaveDossierEntry {
    /// The list.
    pub list: DossierListId,
    /// The entry that is changed; a fresh one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<DossierEntryId>,
    /// The heading under which it stands.
    pub heading: String,
    /// Its code, once in a list.
    pub code: String,
    /// What the dossier is about.
    pub title: String,
    /// How long it is kept.
    pub retention: Retention,
    /// The unit that keeps it.
    pub keeper: UnitId,
}

/// Takes an entry out of a draft list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RemoveDossierEntry {
    /// The entry.
    pub id: DossierEntryId,
}

/// The entries of a list, by code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListDossierEntries {
    /// The list.
    pub list: DossierListId,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// Opens a dossier: of an entry of a list in force, or beside the list with a reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OpenDossier {
    /// The office.
    pub office: OfficeId,
    /// The entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<DossierEntryId>,
    /// What it is about; the entry's when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// How long it is kept; the entry's when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention: Option<Retention>,
    /// The unit that keeps it; the entry's when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keeper: Option<UnitId>,
    /// Why it is opened beside the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// One dossier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetDossier {
    /// The dossier.
    pub id: DossierId,
}

/// Dossiers of an office, the latest opened first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListDossiers {
    /// The office.
    pub office: OfficeId,
    /// Only those of this year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// Only those in this state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<DossierState>,
    /// Only those that this unit keeps, or is asked to take over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keeper: Option<UnitId>,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// Files a document into a dossier; it may lie in several. One of `incoming` and `outgoing`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FilePaper {
    /// The dossier, which is open.
    pub id: DossierId,
    /// A document that arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incoming: Option<IncomingId>,
    /// A document that was issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outgoing: Option<OutgoingId>,
}

/// Takes a document out of an open dossier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TakeOutPaper {
    /// Its line.
    pub id: DossierPaperId,
    /// Why.
    pub reason: String,
}

/// What lies in a dossier, in the order of its list; or the lines of a document in all dossiers of its office. One of the
/// three is named. What the caller may not read is not among them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListDossierPapers {
    /// The dossier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dossier: Option<DossierId>,
    /// A document that arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incoming: Option<IncomingId>,
    /// A document that was issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outgoing: Option<OutgoingId>,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// Ties an assignment to a dossier: the document from which it was given is filed there, and what answers it joins by
/// itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TieAssignment {
    /// The dossier, which is open.
    pub id: DossierId,
    /// The assignment, given from a document of this office.
    pub assignment: AssignmentId,
}

/// What became of a dossier, the earliest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListDossierSteps {
    /// The dossier.
    pub id: DossierId,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// What is missing in a dossier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CheckDossier {
    /// The dossier.
    pub id: DossierId,
}

/// Asks another unit to take a dossier over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HandDossierOver {
    /// The dossier.
    pub id: DossierId,
    /// The unit.
    pub unit: UnitId,
    /// A note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Answers for the unit that was asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AnswerDossierHandover {
    /// The dossier.
    pub id: DossierId,
    /// Whether it is taken over.
    pub accept: bool,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Closes a dossier: its list of documents stands from now on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CloseDossier {
    /// The dossier.
    pub id: DossierId,
    /// Confirms that it is closed although something is missing.
    #[serde(default)]
    pub confirmed: bool,
    /// On which pages documents lie, of those that are numbered.
    #[serde(default)]
    pub pages: Vec<PaperPages>,
}

/// Opens a closed dossier again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReopenDossier {
    /// The dossier.
    pub id: DossierId,
    /// Why.
    pub reason: String,
}

/// How much of a year's finished work is kept in dossiers, by unit; never by person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetDossierShares {
    /// The office.
    pub office: OfficeId,
    /// The year in which the work was finished.
    pub year: u16,
}

/// The documents whose work was finished in a year and that lie in no dossier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListUnfiledWork {
    /// The office.
    pub office: OfficeId,
    /// The year.
    pub year: u16,
    /// Only work of this unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}
