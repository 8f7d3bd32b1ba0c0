//! Appointments: who holds which position, and when.

use schema_identity::{
    Appointment, AppointmentChanged, CreateAppointment, EndAppointment, ListAppointments, Reach, Refusal,
};
use service::{Audit, Read, Result, Write};
use wire::{Page, Version, id::PersonId};

use super::{people::is_self, reach::may_reach};
use crate::{
    domain::{cursor, interval::Interval, naming},
    store::{self, appointments::Filter},
};

pub(crate) async fn list(cx: Read, call: ListAppointments) -> Result<Page<Appointment>> {
    let limit = Page::<Appointment>::limit(call.limit);
    let scope = cx.office(call.office)?;
    let filter = Filter {
        person: call.person,
        position: call.position,
        day: call.as_of,
        after: cursor::id(call.cursor.as_ref())?,
        limit: Some(u64::from(limit) + 1),
    };
    let found = store::appointments::list(cx.db(), &scope, filter).await?;
    Ok(Page::cut(found, limit, |last| last.id.to_string()))
}

pub(crate) async fn create(cx: Write, call: CreateAppointment) -> Result<Appointment> {
    let CreateAppointment { office, person, position, from, to, instrument } = call;
    let scope = cx.office(office)?;
    // Who keeps the appointments reads no document: nobody opens them to themselves.
    if is_self(&cx, person) {
        return Err(Refusal::OwnAppointment.into());
    }
    let days = Interval::new(from, to)?;
    let instrument = naming::optional("instrument", instrument.as_deref())?;
    let position = store::positions::lock(cx.tx(), &scope, position).await?.ok_or(Refusal::PositionMissing)?;
    days.inside(position.days(), "position")?;
    let position = position.position;
    // Whoever appoints gives what the position gives.
    may_reach(&cx, office, position.reach).await?;
    // Locked, so that no one-time code is made meanwhile.
    let person = store::people::lock(cx.tx(), cx.scope(), person).await?.ok_or(Refusal::PersonMissing)?;
    if !person.active {
        return Err(Refusal::PersonDisabled.into());
    }
    let filter = Filter { position: Some(position.id), ..Filter::default() };
    let held = store::appointments::list(cx.tx(), &scope, filter).await?;
    let then: Vec<&Appointment> =
        held.iter().filter(|held| Interval { from: held.from, to: held.to }.overlaps(days)).collect();
    if then.iter().any(|held| held.person == person.id) {
        return Err(Refusal::AlreadyAppointed.into());
    }
    if position.head && !then.is_empty() {
        return Err(Refusal::PositionHeld.into());
    }
    let appointment = Appointment {
        id: cx.fresh(),
        office,
        person: person.id,
        position: position.id,
        from,
        to,
        instrument,
        version: Version::FIRST,
    };
    store::appointments::insert(cx.tx(), &appointment).await?;
    if office != person.office || position.reach == Reach::Below {
        drop_code(&cx, person.id).await?;
    }
    tell(&cx, appointment).await
}

/// Takes away a one-time code of someone who comes to reach further: whoever made it might not have been allowed to
/// make it now.
async fn drop_code(cx: &Write, person: PersonId) -> Result<()> {
    if let Some(kept) = store::accounts::of_person(cx.tx(), person).await? {
        store::accounts::drop_code(cx.tx(), kept.account.id).await?;
    }
    Ok(())
}

pub(crate) async fn end(cx: Write, call: EndAppointment) -> Result<Appointment> {
    let held = store::appointments::lock(cx.tx(), cx.scope(), call.id).await?.ok_or(Refusal::AppointmentMissing)?;
    cx.expect(held.version)?;
    // Whoever ends takes away what the position gives.
    let position = store::positions::get(cx.tx(), cx.scope(), held.position).await?.ok_or(Refusal::PositionMissing)?;
    may_reach(&cx, held.office, position.position.reach).await?;
    let days = Interval { from: held.from, to: held.to }.end(call.to)?;
    let ended = Appointment { to: days.to, version: held.version.next(), ..held };
    store::appointments::save(cx.tx(), &ended).await?;
    tell(&cx, ended).await
}

/// Tells and audits a change.
pub(crate) async fn tell(cx: &Write, appointment: Appointment) -> Result<Appointment> {
    let act = Audit::of("appointment", appointment.id)
        .office(appointment.office)
        .field("person", appointment.person)
        .field("position", appointment.position)
        .field("from", appointment.from)
        .field("to", appointment.to.map(|to| to.to_string()).unwrap_or_default());
    cx.audit(act).await?;
    let event = AppointmentChanged { appointment };
    cx.emit(&event).await?;
    Ok(event.appointment)
}
