//! What notices does when others speak. Each reaction may be told the same again: nothing is given twice.

use schema_documents::{ExecutionChanged, IncomingChanged, IncomingRegistered, ReviewChanged};
use schema_identity::{AbsenceChanged, AppointmentChanged, DelegationChanged, PersonChanged, PositionChanged};
use schema_programme::AssignmentChanged;
use service::{Result, Write};

use crate::{
    domain::{
        deputising::{Away, Deputising},
        matter::Matter,
        seats::{Hold, Seat, Span},
    },
    handlers::telling::take,
    store::{aways, deputising, holds, matters, people, seats},
};

/// Work was given, or went on.
pub(crate) async fn assignment_changed(cx: Write, event: AssignmentChanged) -> Result<()> {
    take(&cx, Matter::of_assignment(&event.assignment)).await
}

/// A paper arrived.
pub(crate) async fn incoming_registered(cx: Write, event: IncomingRegistered) -> Result<()> {
    take(&cx, Matter::of_incoming(&event.document)).await
}

/// A paper was passed on, or came back.
pub(crate) async fn incoming_changed(cx: Write, event: IncomingChanged) -> Result<()> {
    take(&cx, Matter::of_incoming(&event.document)).await
}

/// A word was asked for upon a draft, given or taken back.
pub(crate) async fn review_changed(cx: Write, event: ReviewChanged) -> Result<()> {
    take(&cx, Matter::of_review(&event.review)).await
}

/// A document came to its signer, or went on.
pub(crate) async fn execution_changed(cx: Write, event: ExecutionChanged) -> Result<()> {
    take(&cx, Matter::of_execution(&event.execution)).await
}

/// A position was made, changed or ended: what it may concern is looked at again.
pub(crate) async fn position_changed(cx: Write, event: PositionChanged) -> Result<()> {
    let position = event.position;
    let seat = Seat {
        id: position.id,
        office: position.office,
        unit: position.unit,
        head: position.head,
        span: Span { from: position.from, to: position.to },
        version: position.version,
    };
    seats::keep(cx.tx(), seat, cx.reconciling()).await?;
    Ok(matters::look_again(cx.tx(), position.office, position.id, Some(position.unit)).await?)
}

/// Somebody took or left a position: what it may concern is looked at again.
pub(crate) async fn appointment_changed(cx: Write, event: AppointmentChanged) -> Result<()> {
    let appointment = event.appointment;
    let hold = Hold {
        id: appointment.id,
        office: appointment.office,
        person: appointment.person,
        position: appointment.position,
        span: Span { from: appointment.from, to: appointment.to },
        version: appointment.version,
    };
    holds::keep(cx.tx(), hold, cx.reconciling()).await?;
    let unit = seats::unit(cx.tx(), appointment.position).await?;
    Ok(matters::look_again(cx.tx(), appointment.office, appointment.position, unit).await?)
}

/// Powers were lent or taken back: both are told, and what waits at the position is looked at again.
pub(crate) async fn delegation_changed(cx: Write, event: DelegationChanged) -> Result<()> {
    let deputising = Deputising::of(event.delegation);
    let (office, position) = (deputising.told.office, deputising.told.position);
    deputising::keep(cx.tx(), deputising, cx.reconciling()).await?;
    let unit = seats::unit(cx.tx(), position).await?;
    Ok(matters::look_again(cx.tx(), office, position, unit).await?)
}

/// Somebody will be away, or comes back earlier: it stands beside the delegation that covers it.
pub(crate) async fn absence_changed(cx: Write, event: AbsenceChanged) -> Result<()> {
    Ok(aways::keep(cx.tx(), Away::of(&event.absence), cx.reconciling()).await?)
}

/// Somebody came, or was disabled: nothing is mailed to them then.
pub(crate) async fn person_changed(cx: Write, event: PersonChanged) -> Result<()> {
    Ok(people::keep(cx.tx(), &event.person, cx.reconciling()).await?)
}
