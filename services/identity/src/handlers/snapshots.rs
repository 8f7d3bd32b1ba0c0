//! The present state of every noun, as the events that tell of its changes.

use schema_identity::{AppointmentChanged, OfficeChanged, PersonChanged, PositionChanged, UnitChanged};
use service::{Read, Result};
use uuid::Uuid;

use super::offices::told;
use crate::store::{self, appointments::Filter};

pub(crate) async fn offices(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<OfficeChanged>> {
    let offices = store::offices::after(cx.db(), after, limit).await?;
    offices.into_iter().map(|office| told(office, cx.now.day())).collect()
}

pub(crate) async fn units(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<UnitChanged>> {
    let units = store::units::after(cx.db(), after, limit).await?;
    Ok(units.into_iter().map(|unit| UnitChanged { unit }).collect())
}

pub(crate) async fn people(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<PersonChanged>> {
    let people = store::people::after(cx.db(), cx.scope(), after, limit).await?;
    Ok(people.into_iter().map(|person| PersonChanged { person }).collect())
}

pub(crate) async fn positions(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<PositionChanged>> {
    let positions = store::positions::after(cx.db(), cx.scope(), after, limit).await?;
    Ok(positions.into_iter().map(|placed| placed.told(cx.now.day())).collect())
}

pub(crate) async fn appointments(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<AppointmentChanged>> {
    let filter = Filter { after, limit: Some(limit.into()), ..Filter::default() };
    let appointments = store::appointments::list(cx.db(), cx.scope(), filter).await?;
    Ok(appointments.into_iter().map(|appointment| AppointmentChanged { appointment }).collect())
}
