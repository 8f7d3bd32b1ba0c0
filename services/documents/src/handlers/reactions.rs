//! What documents does when others speak.

use std::collections::BTreeMap;

use anyhow::Result;
use schema_documents::{DocumentAct, DocumentHistoryEntry};
use schema_programme::{Assignment, AssignmentChanged, AssignmentSourceKind};
use service::Write;
use wire::id::IncomingId;

use crate::store::{history, incoming};

/// Work on an incoming document was assigned, or the assignment changed: a line of the document's history, told once
/// for each version of the assignment.
pub(crate) async fn assignment_changed(cx: Write, event: AssignmentChanged) -> Result<()> {
    let Assignment { id, office, version, source, state, lead_unit, due, .. } = event.assignment;
    let Some(document) = source.id.filter(|_| source.kind == AssignmentSourceKind::IncomingDocument) else {
        return Ok(());
    };
    let found = incoming::get(cx.tx(), cx.scope(), IncomingId(document)).await?;
    // An assignment may name a document that is not ours, or not there any more after a restore: that is its matter.
    if found.is_none_or(|document| document.office != office) {
        return Ok(());
    }
    let values = BTreeMap::from([
        ("assignment".to_owned(), id.to_string()),
        ("state".to_owned(), state.word().to_owned()),
        ("lead_unit".to_owned(), lead_unit.to_string()),
        ("due".to_owned(), due.to_string()),
    ]);
    let entry = DocumentHistoryEntry { at: cx.now, by: None, act: DocumentAct::Assigned, values };
    let origin = Some(format!("assignment {id} {}", version.0));
    Ok(history::add(cx.tx(), history::Line { id: cx.fresh(), office, document, entry, origin }).await?)
}
