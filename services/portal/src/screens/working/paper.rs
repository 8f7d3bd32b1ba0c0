//! C2: the document that a piece of work comes from, with what was instructed upon it and what answers it.

use schema_documents::GetIncoming;
use schema_identity::Unit;
use wire::id::IncomingId;

use crate::{
    asking::Part,
    format,
    kit::timeline::Names,
    screens::{
        deciding::decided::{self, Instructed, Known},
        incoming::summary,
        outgoing::drafting::label,
        work::Case,
    },
    visit::Inside,
};

/// The document, as the page of the work shows it.
pub(crate) struct Paper {
    pub(crate) path: String,
    pub(crate) title: String,
    pub(crate) label: String,
    pub(crate) due: Option<(String, String)>,
    pub(crate) files: Vec<(String, String, String)>,
    pub(crate) instruction: Part<Option<Instructed>>,
    pub(crate) replies: Option<Part<Vec<Case>>>,
    /// What was issued in answer to it, as id and name: it can prove that the work is done.
    pub(crate) issued: Vec<(String, String)>,
    /// Where a draft begins that answers it.
    pub(crate) reply: Option<String>,
}

/// Asks for the document and for what belongs to it.
pub(crate) async fn ask(inside: &Inside, id: IncomingId, (units, names): (&[Unit], &Names)) -> Part<Paper> {
    let of_document = GetIncoming { id };
    let (document, found) = futures_util::join!(inside.part(&of_document), decided::ask(inside, id));
    let issued = found.issued();
    let decided = found.told(&Known { units, names, inside });
    let drafts = inside.who.may("documents.outgoing.draft");
    document.map(|document| Paper {
        path: format!("/van-ban/den/{id}"),
        title: summary(&document, inside),
        label: label(&document, inside),
        due: document.due.map(|due| (format::day(due), document.due_reason.clone().unwrap_or_default())),
        files: document
            .files
            .iter()
            .map(|file| (format!("/van-ban/den/{id}/tep/{}", file.id), file.name.clone(), format::size(file.size)))
            .collect(),
        instruction: decided.instruction,
        replies: decided.replies,
        issued,
        reply: (drafts && !document.masked).then(|| format!("/van-ban/di/soan?tra-loi={id}")),
    })
}
