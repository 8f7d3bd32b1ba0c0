//! What the portal asks about dossiers of work.

use schema_documents::{
    AnswerDossierHandover, ApproveDossierList, CheckDossier, CloseDossier, DraftDossierList, FilePaper, GetDossier,
    GetDossierList, GetDossierShares, HandDossierOver, ListDossierEntries, ListDossierPapers, ListDossierSteps,
    ListDossiers, ListUnfiledWork, OpenDossier, RemoveDossierEntry, ReopenDossier, SaveDossierEntry, TakeOutPaper,
};

use super::row;

/// Lists and dossiers.
pub(super) fn calls() -> Vec<(&'static str, &'static str)> {
    vec![
        row::<DraftDossierList>(),
        row::<GetDossierList>(),
        row::<ApproveDossierList>(),
        row::<SaveDossierEntry>(),
        row::<RemoveDossierEntry>(),
        row::<ListDossierEntries>(),
        row::<OpenDossier>(),
        row::<GetDossier>(),
        row::<ListDossiers>(),
        row::<FilePaper>(),
        row::<TakeOutPaper>(),
        row::<ListDossierPapers>(),
        row::<ListDossierSteps>(),
        row::<CheckDossier>(),
        row::<HandDossierOver>(),
        row::<AnswerDossierHandover>(),
        row::<CloseDossier>(),
        row::<ReopenDossier>(),
        row::<GetDossierShares>(),
        row::<ListUnfiledWork>(),
    ]
}
