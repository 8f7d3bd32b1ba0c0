//! What every act has in common: the assignment it finds, and how its change is kept and told.

use schema_programme::{Assignment, AssignmentChanged, Refusal};
use service::{Audit, Result, Write};
use wire::id::AssignmentId;

use crate::{domain::change::Change, store::assignments};

/// The assignment an act is about, locked, in the version that the caller has seen.
pub(crate) async fn found(cx: &Write, id: AssignmentId) -> Result<Assignment> {
    let found = assignments::locked(cx.tx(), cx.scope(), id, cx.now.day()).await?;
    let current = found.ok_or(Refusal::AssignmentMissing { id })?;
    cx.expect(current.version)?;
    Ok(current)
}

/// Saves a change and tells of it.
pub(crate) async fn keep(cx: &Write, change: Change) -> Result<Assignment> {
    assignments::save(cx.tx(), &change).await?;
    tell(cx, change).await
}

/// Tells of a change that is saved: to the audit log and to whoever listens.
pub(crate) async fn tell(cx: &Write, change: Change) -> Result<Assignment> {
    let Change { assignment, entry } = change;
    let audit = Audit::of("assignment", assignment.id).office(assignment.office);
    let audit = audit.field("state", assignment.state.word()).field("lead_unit", assignment.lead_unit);
    // Whoever could have done it in several capacities did it in the one that the history names.
    let audit = entry.by.iter().fold(audit, |audit, by| audit.position(by.position));
    cx.audit(audit.field("due", assignment.due).field("note", entry.note.unwrap_or_default())).await?;
    let event = AssignmentChanged { assignment, by: entry.by };
    cx.emit(&event).await?;
    Ok(event.assignment)
}
