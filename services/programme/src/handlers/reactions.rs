//! What programme does when identity and documents speak.

use schema_documents::IncomingChanged;
use schema_identity::{OfficeClosureChanged, PositionChanged, UnitChanged};
use service::{Result, Write};

use crate::{
    domain::lapse,
    handlers::keeping::keep,
    store::{assignments, closures, positions, sources, units},
};

/// Keeps the copy of units, so that lists show names and work goes only to units in force.
pub(crate) async fn unit_changed(cx: Write, event: UnitChanged) -> Result<()> {
    Ok(units::keep(cx.tx(), event.unit, cx.reconciling()).await?)
}

/// Keeps the copy of positions, so that the calendar names leaders and keeps only those of the office busy.
pub(crate) async fn position_changed(cx: Write, event: PositionChanged) -> Result<()> {
    Ok(positions::keep(cx.tx(), event.position, cx.reconciling()).await?)
}

/// Keeps the copy of closures, so that terms counted from now on pass over them.
pub(crate) async fn office_closure_changed(cx: Write, event: OfficeClosureChanged) -> Result<()> {
    Ok(closures::keep(cx.tx(), event.closure, cx.reconciling()).await?)
}

/// Withdraws what is owed because of a document that was voided or is no longer to be processed, and remembers that,
/// so that work given at the same moment does not slip through. An older telling, or the same again, changes nothing.
pub(crate) async fn incoming_changed(cx: Write, event: IncomingChanged) -> Result<()> {
    let document = event.document;
    let lapse = lapse::of(&document);
    let (office, id, version) = (document.office, document.id, document.version);
    let news = sources::keep(cx.tx(), office, id, version, lapse.is_some(), cx.reconciling()).await?;
    let Some(lapse) = lapse.filter(|_| news) else { return Ok(()) };
    for owed in assignments::owed_from(cx.tx(), &cx.office(office)?, id, cx.now.day()).await? {
        keep(&cx, lapse::withdraw(owed, lapse, cx.now)?).await?;
    }
    Ok(())
}
