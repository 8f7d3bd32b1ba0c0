//! What those do who gave work or oversee it; and the pause that a legal rule orders.

use schema_programme::{
    Assignment, CloseAssignment, DecideExtension, HandOverAssignment, PauseAssignment, Refusal, RemindAssignment,
    ReturnAssignment, WithdrawAssignment,
};
use service::{Result, Write};
use wire::{Version, id::AssignmentId};

use crate::{
    domain::{access, change::Hand, extensions, oversight, source, units::in_force},
    handlers::keeping::{found, keep},
    store::{closures, sources, units},
};

/// Approves or refuses an extension.
pub(crate) async fn decide_extension(cx: Write, call: DecideExtension) -> Result<Assignment> {
    let current = found(&cx, call.id).await?;
    let by = access::holder(cx.authority()?, current.office, access::EXTEND)?;
    keep(&cx, extensions::decide(current, &call, by, cx.now)?).await
}

/// Reminds the lead unit.
pub(crate) async fn remind(cx: Write, call: RemindAssignment) -> Result<Assignment> {
    let current = found(&cx, call.id).await?;
    let by = access::giver(cx.authority()?, &current)?;
    keep(&cx, oversight::remind(current, call.note.as_deref(), by, cx.now)?).await
}

/// Returns work that was reported done, unless the document it came from does not stand any more.
pub(crate) async fn give_back(cx: Write, call: ReturnAssignment) -> Result<Assignment> {
    let (current, hand) = given(&cx, call.id).await?;
    // The book of the document is held from here on, so that a void that comes now finds the work owed again.
    if let Some(document) = source::document(&current.source)?
        && sources::is_gone(cx.tx(), current.office, document, Version(0)).await?
    {
        return Err(Refusal::SourceGone.into());
    }
    keep(&cx, oversight::give_back(current, &call.reason, hand)?).await
}

/// Closes work that is done.
pub(crate) async fn close(cx: Write, call: CloseAssignment) -> Result<Assignment> {
    let (current, hand) = given(&cx, call.id).await?;
    keep(&cx, oversight::close(current, hand)?).await
}

/// Gives the work to another lead, or on within the unit.
pub(crate) async fn hand_over(cx: Write, call: HandOverAssignment) -> Result<Assignment> {
    let current = found(&cx, call.id).await?;
    let by = access::passer(cx.authority()?, &current, call.lead_unit)?;
    let hand = Hand { by: Some(by), at: cx.now };
    let known = units::known(cx.tx(), [call.lead_unit]).await?;
    let lead = in_force(&known, current.office, call.lead_unit, cx.now.day())?;
    keep(&cx, oversight::hand_over(current, lead, call.lead_position, &call.reason, hand)?).await
}

/// Withdraws the work.
pub(crate) async fn withdraw(cx: Write, call: WithdrawAssignment) -> Result<Assignment> {
    let (current, hand) = given(&cx, call.id).await?;
    keep(&cx, oversight::withdraw(current, &call.reason, hand)?).await
}

/// Records a pause; only a service may, and it names the office so that a wrong id cannot reach another's work.
pub(crate) async fn pause(cx: Write, call: PauseAssignment) -> Result<Assignment> {
    let current = found(&cx, call.id).await?;
    if current.office != call.office {
        return Err(Refusal::AssignmentMissing { id: call.id }.into());
    }
    let calendar = closures::calendar(cx.tx(), current.office, current.assigned_at.day()).await?;
    keep(&cx, extensions::pause(current, &call, &calendar, cx.now)?).await
}

/// The assignment, with the caller as one who disposes of it.
async fn given(cx: &Write, id: AssignmentId) -> Result<(Assignment, Hand)> {
    let current = found(cx, id).await?;
    let by = access::giver(cx.authority()?, &current)?;
    Ok((current, Hand { by: Some(by), at: cx.now }))
}
