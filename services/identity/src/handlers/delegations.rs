//! Delegations: lending powers, taking them back, and why somebody could do what they did.

use std::collections::BTreeSet;

use schema_identity::{
    Appointment, AuthorityHistory, AuthorityWay, CreateDelegation, Delegation, DelegationChanged, DelegationKind,
    GetAuthorityHistory, ListDelegations, Refusal, Revocation, RevokeDelegation,
};
use service::{Audit, Read, Result, Write};
use uuid::Uuid;
use wire::{
    Day, Dong, Page, Version,
    id::{AppointmentId, OfficeId, PersonId, PositionId},
};

use crate::{
    domain::{
        cursor,
        deputies::{self, Lent, When},
        interval::Interval,
        naming, roles,
        withholding::Withheld,
    },
    store::{self, delegations::Filter},
};

/// The most genres of one bound.
const MOST_GENRES: usize = 40;

/// The permission with which an administrator orders a delegation, as they would appoint.
const APPOINTS: &str = "identity.people.change";

pub(crate) async fn list(cx: Read, call: ListDelegations) -> Result<Page<Delegation>> {
    let limit = Page::<Delegation>::limit(call.limit);
    let filter = Filter {
        deputy: call.deputy,
        position: call.position,
        day: call.as_of,
        after: cursor::id(call.cursor.as_ref())?,
        limit: u64::from(limit) + 1,
    };
    let found = store::delegations::list(cx.db(), &cx.office(call.office)?, filter).await?;
    Ok(Page::cut(found, limit, |last| last.id.to_string()))
}

/// Delegations after an id, for whoever begins to listen.
pub(crate) async fn snapshot(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<DelegationChanged>> {
    let filter = Filter { after, limit: limit.into(), ..Filter::default() };
    let found = store::delegations::list(cx.db(), cx.scope(), filter).await?;
    Ok(found.into_iter().map(|delegation| DelegationChanged { delegation }).collect())
}

pub(crate) async fn create(cx: Write, call: CreateDelegation) -> Result<Delegation> {
    let caller = cx.person()?.person;
    let days = Interval::new(call.from, call.to)?;
    if call.kind == DelegationKind::Absence && call.to.is_none() {
        return Err(Refusal::AbsenceWithoutEnd.into());
    }
    if call.genres.len() > MOST_GENRES || call.highest.is_some_and(|highest| highest < Dong(0)) {
        return Err(Refusal::BoundsBad.into());
    }
    // Locked, so that the position does not end meanwhile.
    let position = store::positions::lock(cx.tx(), cx.scope(), call.position).await?.ok_or(Refusal::PositionMissing)?;
    let office = position.position.office;
    let withheld = store::role_versions::withheld(cx.tx()).await?;
    let lendable = roles::permissions(&position.position.roles, &withheld);
    let source = source(&cx, &call, office, days, lendable).await?;
    // Whoever orders reads no document by it, and nobody becomes their own deputy in a circle.
    if call.deputy == caller || source.grantor == Some(call.deputy) {
        return Err(Refusal::DelegationToSelf.into());
    }
    deputies::check_permissions(&call.permissions, &source.permissions)?;
    let stands_in = held_on(&cx, office, call.deputy, call.deputy_position, call.from).await?;
    let genres = call.genres.iter().map(|genre| Ok(naming::line("genres", genre)?)).collect::<Result<_>>()?;
    let delegation = Delegation {
        id: cx.fresh(),
        office,
        kind: call.kind,
        position: call.position,
        grantor: source.grantor,
        grantor_appointment: source.appointment,
        deputy: call.deputy,
        deputy_position: call.deputy_position,
        deputy_appointment: stands_in.id,
        permissions: call.permissions,
        genres,
        highest: call.highest,
        from: call.from,
        to: call.to,
        reason: naming::line("reason", &call.reason)?,
        instrument: naming::optional("instrument", call.instrument.as_deref())?,
        may_pass_on: call.may_pass_on && call.passed_on_from.is_none(),
        passed_on_from: call.passed_on_from,
        made_by: caller,
        made_at: cx.now,
        revoked: None,
        version: Version::FIRST,
    };
    store::delegations::insert(cx.tx(), &delegation).await?;
    tell(&cx, delegation).await
}

/// From whom powers come, and which.
struct Source {
    grantor: Option<PersonId>,
    appointment: Option<AppointmentId>,
    permissions: BTreeSet<String>,
}

/// The three ways to lend: one's own, what was lent to oneself, and by order for another.
async fn source(
    cx: &Write,
    call: &CreateDelegation,
    office: OfficeId,
    days: Interval,
    permissions: BTreeSet<String>,
) -> Result<Source> {
    let caller = cx.person()?.person;
    if let Some(id) = call.passed_on_from {
        let given = store::delegations::lock(cx.tx(), cx.scope(), id).await?.ok_or(Refusal::DelegationMissing)?;
        if given.deputy != caller || given.position != call.position {
            return Err(Refusal::NotPassedOn.into());
        }
        deputies::check_passing_on(&given, days, &call.permissions)?;
        return Ok(Source { grantor: given.grantor, appointment: given.grantor_appointment, permissions });
    }
    let acts = call.kind == DelegationKind::Acting;
    let grantor = call.grantor.unwrap_or(caller);
    if acts || grantor != caller {
        must_order(cx, office, call.position)?;
        naming::optional("instrument", call.instrument.as_deref())?.ok_or(Refusal::OrderWithoutInstrument)?;
    }
    if acts {
        return Ok(Source { grantor: None, appointment: None, permissions });
    }
    let held = held_on(cx, office, grantor, call.position, call.from).await?;
    Ok(Source { grantor: Some(grantor), appointment: Some(held.id), permissions })
}

/// Refuses who is neither the direct head of a position nor appoints in its office, by authority of their own.
pub(crate) fn must_order(cx: &Write, office: OfficeId, position: PositionId) -> Result<()> {
    let own = cx.authority()?.grants.iter().filter(|grant| grant.on_behalf_of.is_none());
    let may = |grant: &wire::Grant| {
        grant.direct_reports.contains(&position)
            || (grant.permissions.contains(APPOINTS) && grant.offices().any(|reached| reached == office))
    };
    if own.into_iter().any(may) { Ok(()) } else { Err(Refusal::DelegationDenied.into()) }
}

/// The appointment by which a person holds a position on a day.
pub(crate) async fn held_on(
    cx: &Write,
    office: OfficeId,
    person: PersonId,
    position: PositionId,
    day: Day,
) -> Result<Appointment> {
    let filter = store::appointments::Filter {
        person: Some(person),
        position: Some(position),
        day: Some(day),
        ..Default::default()
    };
    let held = store::appointments::list(cx.tx(), &cx.office(office)?, filter).await?.pop();
    Ok(held.ok_or(Refusal::PositionNotHeld { day })?)
}

pub(crate) async fn revoke(cx: Write, call: RevokeDelegation) -> Result<Delegation> {
    let caller = cx.person()?.person;
    let lent = store::delegations::lock(cx.tx(), cx.scope(), call.id).await?.ok_or(Refusal::DelegationMissing)?;
    cx.expect(lent.version)?;
    if ![lent.grantor, Some(lent.deputy), Some(lent.made_by)].contains(&Some(caller)) {
        must_order(&cx, lent.office, lent.position)?;
    }
    if lent.revoked.is_some() {
        return Err(Refusal::DelegationRevoked.into());
    }
    let revocation = Revocation { at: cx.now, by: caller, reason: naming::line("reason", &call.reason)? };
    let version = lent.version.next();
    store::delegations::save_revoked(cx.tx(), lent.id, &revocation, version).await?;
    tell(&cx, Delegation { revoked: Some(revocation), version, ..lent }).await
}

/// Tells and audits a change.
async fn tell(cx: &Write, delegation: Delegation) -> Result<Delegation> {
    let act = Audit::of("delegation", delegation.id)
        .office(delegation.office)
        .field("position", delegation.position)
        .field("grantor", delegation.grantor.map(|grantor| grantor.to_string()).unwrap_or_default())
        .field("deputy", delegation.deputy)
        .field("permissions", delegation.permissions.iter().cloned().collect::<Vec<_>>().join(" "))
        .field("from", delegation.from)
        .field("to", delegation.to.map(|to| to.to_string()).unwrap_or_default())
        .field("revoked", delegation.revoked.is_some());
    cx.audit(act).await?;
    let event = DelegationChanged { delegation };
    cx.emit(&event).await?;
    Ok(event.delegation)
}

pub(crate) async fn history(cx: Read, call: GetAuthorityHistory) -> Result<AuthorityHistory> {
    let GetAuthorityHistory { person, permission, day } = call;
    let filter = store::appointments::Filter { person: Some(person), day: Some(day), ..Default::default() };
    let appointments = store::appointments::list(cx.db(), cx.scope(), filter).await?;
    let held = store::authority::held(cx.db(), person, day).await?;
    let withheld = Withheld::on(&store::role_versions::all(cx.db()).await?, day);
    let mut ways = Vec::new();
    for held in held.into_iter().filter(|held| held.in_force(day) && cx.scope().allows(held.office)) {
        let roles = giving(&held.roles, &permission, &withheld);
        if roles.is_empty() {
            continue;
        }
        let by = appointments.iter().find(|appointment| appointment.id == held.appointment);
        ways.push(AuthorityWay {
            office: held.office,
            position: held.position,
            title: held.title,
            roles,
            holder: Some(person),
            appointment: Some(held.appointment),
            instrument: by.and_then(|appointment| appointment.instrument.clone()),
            delegations: Vec::new(),
        });
    }
    let lent = store::lent::to(cx.db(), person, day).await?;
    ways.extend(lent.into_iter().filter(|lent| cx.scope().allows(lent.office)).filter_map(|lent| {
        let given = lent.grant(When::On(day), &withheld)?.permissions.contains(&permission);
        given.then(|| way(lent, &permission, &withheld))
    }));
    Ok(AuthorityHistory { person, permission, day, ways })
}

fn way(lent: Lent, permission: &str, withheld: &Withheld) -> AuthorityWay {
    let delegations: Vec<Delegation> = lent.chain().map(|link| link.delegation.clone()).collect();
    let last = lent.last.delegation;
    AuthorityWay {
        office: lent.office,
        position: last.position,
        title: lent.title,
        roles: giving(&lent.roles, permission, withheld),
        holder: last.grantor,
        appointment: last.grantor_appointment,
        instrument: lent.appointed_by,
        delegations,
    }
}

/// Those of some roles that give a permission.
fn giving(roles: &[String], permission: &str, withheld: &Withheld) -> Vec<String> {
    let gives = |role: &&String| roles::permissions(std::slice::from_ref(role), withheld).contains(permission);
    roles.iter().filter(gives).cloned().collect()
}
