//! What documents does when others speak.

use std::collections::BTreeMap;

use anyhow::Result;
use schema_documents::{DocumentAct, DocumentHistoryEntry};
use schema_identity::OfficeClosureChanged;
use schema_programme::{Assignment, AssignmentChanged, AssignmentSourceKind};
use sea_orm::prelude::Uuid;
use service::{Gone, Read, Write, request_hash};
use wire::id::{AssignmentId, IncomingId};

use super::{dossier_papers, mail_telling};
use crate::store::{
    closures, history, incoming,
    works::{self, Work},
};

/// What of an assignment changes without a new version of it.
const UNVERSIONED: &str = "lead_unit_name";

/// Keeps the copy of closures, so that terms counted from now on pass over them.
pub(crate) async fn office_closure_changed(cx: Write, event: OfficeClosureChanged) -> Result<()> {
    Ok(closures::keep(cx.tx(), event.closure, cx.reconciling()).await?)
}

/// Work on an incoming document was assigned, or the assignment changed: somebody has the document or nobody any more,
/// and its history gets a line, once for each version of the assignment.
pub(crate) async fn assignment_changed(cx: Write, event: AssignmentChanged) -> Result<()> {
    let AssignmentChanged { assignment, .. } = event;
    let origin = Some(origin(&assignment)?);
    let Assignment { id, office, version, source, state, lead_unit, due, done_at, .. } = assignment;
    let Some(document) = source.id.filter(|_| source.kind == AssignmentSourceKind::IncomingDocument) else {
        return Ok(());
    };
    let found = incoming::hold(cx.tx(), cx.scope(), IncomingId(document)).await?;
    // An assignment may name a document that is not ours, or not there any more after a restore: that is its matter.
    if found.is_none_or(|document| document.office != office) {
        return Ok(());
    }
    let work = Work { assignment: id, office, document: IncomingId(document), version, state, lead_unit, done_at };
    works::keep(cx.tx(), cx.scope(), work, cx.reconciling()).await?;
    let assigned = works::assigned(cx.tx(), cx.scope(), work.document).await?;
    incoming::set_assigned(cx.tx(), cx.scope(), work.document, assigned).await?;
    mail_telling::follow(&cx, work.document, state).await?;
    dossier_papers::assigned(&cx, &cx.office(office)?, id, work.document).await?;

    let values = BTreeMap::from([
        ("assignment".to_owned(), id.to_string()),
        ("state".to_owned(), state.word().to_owned()),
        ("lead_unit".to_owned(), lead_unit.to_string()),
        ("due".to_owned(), due.to_string()),
    ]);
    let act = DocumentAct::Assigned;
    let entry =
        DocumentHistoryEntry { at: cx.now, by: None, on_behalf_of: None, act, step: None, execution: None, values };
    Ok(history::add(cx.tx(), history::Line { id: cx.fresh(), office, document, entry, origin }).await?)
}

/// The assignments that are known here, by id.
pub(crate) async fn works_held(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<Uuid>> {
    Ok(works::after(cx.db(), cx.scope(), after, limit.into()).await?)
}

/// Programme was put back from an older copy and does not know an assignment any more: nobody has its document by it.
pub(crate) async fn work_gone(cx: Write, gone: Gone<AssignmentChanged>) -> Result<()> {
    let assignment = AssignmentId(gone.aggregate);
    let Some(document) = works::document(cx.tx(), cx.scope(), assignment).await? else { return Ok(()) };
    incoming::hold(cx.tx(), cx.scope(), document).await?;
    works::forget(cx.tx(), cx.scope(), assignment).await?;
    let assigned = works::assigned(cx.tx(), cx.scope(), document).await?;
    Ok(incoming::set_assigned(cx.tx(), cx.scope(), document, assigned).await?)
}

/// The fact that a line tells of. The version alone does not name it: after programme was put back from an older copy it
/// gives the same versions again, to other facts. A reaction knows no place of its event, and a snapshot has none; what
/// the version says names it wherever it is read.
fn origin(assignment: &Assignment) -> Result<String> {
    let said = request_hash(&serde_json::to_vec(assignment)?, &[UNVERSIONED.to_owned()]);
    Ok(format!("assignment {} {} {said}", assignment.id, assignment.version.0))
}
