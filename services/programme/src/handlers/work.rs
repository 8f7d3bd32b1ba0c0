//! What those do who work on an assignment.

use schema_programme::{
    AcceptAssignment, AskExtension, Assignment, BeginWait, CompleteAssignment, EndWait, EscalateAssignment,
    ReportProgress,
};
use service::{Result, Write};
use wire::id::AssignmentId;

use crate::{
    domain::{access, change::Hand, extensions, units::in_force, waits, work},
    handlers::keeping::{found, keep},
    store::units,
};

/// Accepts the work.
pub(crate) async fn accept(cx: Write, call: AcceptAssignment) -> Result<Assignment> {
    let current = found(&cx, call.id).await?;
    let by = access::acceptor(cx.authority()?, &current)?;
    keep(&cx, work::accept(current, by, cx.now)?).await
}

/// Reports progress.
pub(crate) async fn report(cx: Write, call: ReportProgress) -> Result<Assignment> {
    let (current, hand) = worked_on(&cx, call.id).await?;
    keep(&cx, work::report(current, &call, hand)?).await
}

/// Says on whom the work is blocked.
pub(crate) async fn begin_wait(cx: Write, call: BeginWait) -> Result<Assignment> {
    let (current, hand) = worked_on(&cx, call.id).await?;
    let known = units::known(cx.tx(), call.on_unit).await?;
    let unit = call.on_unit.map(|unit| in_force(&known, current.office, unit, cx.now.day())).transpose()?;
    keep(&cx, waits::begin(current, &call, unit.as_ref(), hand)?).await
}

/// Says that the wait is over.
pub(crate) async fn end_wait(cx: Write, call: EndWait) -> Result<Assignment> {
    let (current, hand) = worked_on(&cx, call.id).await?;
    keep(&cx, waits::end(current, hand)?).await
}

/// Asks for a later due day.
pub(crate) async fn ask_extension(cx: Write, call: AskExtension) -> Result<Assignment> {
    let current = found(&cx, call.id).await?;
    let by = access::worker(cx.authority()?, &current)?;
    keep(&cx, extensions::ask(current, &call, by, cx.now)?).await
}

/// Declares the work beyond the unit's authority.
pub(crate) async fn escalate(cx: Write, call: EscalateAssignment) -> Result<Assignment> {
    let (current, hand) = worked_on(&cx, call.id).await?;
    keep(&cx, work::escalate(current, &call, hand)?).await
}

/// Reports the work done.
pub(crate) async fn complete(cx: Write, call: CompleteAssignment) -> Result<Assignment> {
    let (current, hand) = worked_on(&cx, call.id).await?;
    keep(&cx, work::complete(current, &call.evidence, hand)?).await
}

/// The assignment, with the caller as one who works on it.
async fn worked_on(cx: &Write, id: AssignmentId) -> Result<(Assignment, Hand)> {
    let current = found(cx, id).await?;
    let by = access::worker(cx.authority()?, &current)?;
    Ok((current, Hand { by: Some(by), at: cx.now }))
}
