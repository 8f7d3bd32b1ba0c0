//! Absences: who is away, and who stands in.

use schema_identity::{Absence, AbsenceChanged, CreateAbsence, EndAbsence, ListAbsences, Refusal};
use service::{Audit, Read, Result, Write};
use uuid::Uuid;
use wire::{
    Day, Page, Version,
    id::{DelegationId, PersonId, PositionId},
};

use super::delegations::{held_on, must_order};
use crate::{
    domain::{cursor, interval::Interval},
    store,
};

pub(crate) async fn list(cx: Read, call: ListAbsences) -> Result<Page<Absence>> {
    let limit = Page::<Absence>::limit(call.limit);
    let (scope, after) = (cx.office(call.office)?, cursor::id(call.cursor.as_ref())?);
    let found = store::absences::list(cx.db(), &scope, call.as_of, after, u64::from(limit) + 1).await?;
    Ok(Page::cut(found, limit, |last| last.id.to_string()))
}

/// Absences after an id, for whoever begins to listen.
pub(crate) async fn snapshot(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<AbsenceChanged>> {
    let found = store::absences::list(cx.db(), cx.scope(), None, after, limit.into()).await?;
    Ok(found.into_iter().map(|absence| AbsenceChanged { absence }).collect())
}

pub(crate) async fn create(cx: Write, call: CreateAbsence) -> Result<Absence> {
    let caller = cx.person()?.person;
    let person = call.person.unwrap_or(caller);
    Interval::new(call.from, Some(call.to))?;
    let placed = store::positions::get(cx.tx(), cx.scope(), call.position).await?.ok_or(Refusal::PositionMissing)?;
    let office = placed.position.office;
    if person != caller {
        must_order(&cx, office, call.position)?;
    }
    held_on(&cx, office, person, call.position, call.from).await?;
    let covered_by = match call.cover {
        Some(cover) => Some(deputy(&cx, cover, person, call.position, call.from).await?),
        None => None,
    };
    let absence = Absence {
        id: cx.fresh(),
        office,
        person,
        position: call.position,
        from: call.from,
        to: call.to,
        kind: call.kind,
        cover: call.cover,
        covered_by,
        version: Version::FIRST,
    };
    store::absences::insert(cx.tx(), &absence).await?;
    tell(&cx, absence).await
}

/// Who stands in by a delegation of this person and position that holds on a day.
async fn deputy(cx: &Write, cover: DelegationId, person: PersonId, position: PositionId, day: Day) -> Result<PersonId> {
    let lent = store::delegations::get(cx.tx(), cx.scope(), cover).await?.ok_or(Refusal::DelegationMissing)?;
    let days = Interval { from: lent.from, to: lent.to };
    let theirs = lent.grantor == Some(person) && lent.position == position;
    if theirs && days.contains(day) && lent.revoked.is_none() { Ok(lent.deputy) } else { Err(Refusal::CoverBad.into()) }
}

pub(crate) async fn end(cx: Write, call: EndAbsence) -> Result<Absence> {
    let caller = cx.person()?.person;
    let away = store::absences::lock(cx.tx(), cx.scope(), call.id).await?.ok_or(Refusal::AbsenceMissing)?;
    cx.expect(away.version)?;
    if away.person != caller {
        must_order(&cx, away.office, away.position)?;
    }
    Interval { from: away.from, to: Some(away.to) }.end(call.to)?;
    let ended = Absence { to: call.to, version: away.version.next(), ..away };
    store::absences::save(cx.tx(), &ended).await?;
    tell(&cx, ended).await
}

/// Tells and audits a change.
async fn tell(cx: &Write, absence: Absence) -> Result<Absence> {
    let act = Audit::of("absence", absence.id)
        .office(absence.office)
        .field("person", absence.person)
        .field("position", absence.position)
        .field("from", absence.from)
        .field("to", absence.to);
    cx.audit(act).await?;
    let event = AbsenceChanged { absence };
    cx.emit(&event).await?;
    Ok(event.absence)
}
