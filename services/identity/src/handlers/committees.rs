//! Party committees: terms, and who sits in them.

use std::collections::BTreeSet;

use schema_identity::{
    CreatePartyCommittee, EndPartyCommittee, EndPartySeat, GetPartyCommittee, ListPartyCommittees, PartyCommittee,
    PartyCommitteeChanged, PartyCommitteeRecord, PartyInstrument, PartySeat, Refusal, SeatPartyMember,
};
use service::{Audit, Read, Result, Write};
use uuid::Uuid;
use wire::{
    Day, Page, Version,
    id::{PartyCommitteeId, PartyMemberId, PartyOrganisationId, PartySeatId},
};

use super::organisations::{instrument, locked};
use crate::{
    domain::{committees, cursor, interval::Interval, members, naming, organisations::lifetime},
    store,
};

pub(crate) async fn list(cx: Read, call: ListPartyCommittees) -> Result<Page<PartyCommittee>> {
    let limit = Page::<PartyCommittee>::limit(call.limit);
    let after = cursor::id(call.cursor.as_ref())?;
    let organisation = store::organisations::get_in(cx.db(), cx.scope(), call.organisation).await?;
    let organisation = organisation.ok_or(Refusal::PartyOrganisationMissing)?;
    // One a term: few enough to be read whole.
    let mut found = store::committees::of_organisation(cx.db(), organisation.id).await?;
    if let Some(after) = after {
        let seen = found.iter().position(|one| Uuid::from(one.id) == after).ok_or(Refusal::CursorBad)?;
        found.drain(..=seen);
    }
    found.retain(|one| call.as_of.is_none_or(|day| committees::term(one).contains(day)));
    Ok(Page::cut(found, limit, |last| last.id.to_string()))
}

pub(crate) async fn get(cx: Read, call: GetPartyCommittee) -> Result<PartyCommitteeRecord> {
    let found = store::committees::get_in(cx.db(), cx.scope(), call.id).await?;
    let committee = found.ok_or(Refusal::PartyCommitteeMissing)?;
    let mut seats = store::committees::seats(cx.db(), [committee.id]).await?;
    seats.retain(|seat| call.as_of.is_none_or(|day| committees::days(seat).contains(day)));
    Ok(PartyCommitteeRecord { committee, seats: committees::in_order(seats) })
}

/// Committees after an id, for whoever begins to listen.
pub(crate) async fn snapshot(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<PartyCommitteeChanged>> {
    let found = store::committees::after(cx.db(), after, limit).await?;
    let seats = store::committees::seats(cx.db(), found.iter().map(|one| one.id)).await?;
    let of = |committee: PartyCommittee| {
        let own = seats.iter().filter(|seat| seat.committee == committee.id).cloned().collect();
        PartyCommitteeChanged { committee, seats: committees::in_order(own) }
    };
    Ok(found.into_iter().map(of).collect())
}

pub(crate) async fn create(cx: Write, call: CreatePartyCommittee) -> Result<PartyCommittee> {
    let CreatePartyCommittee { organisation, congress, from, to, instrument: by } = call;
    let congress = naming::line("congress", &congress)?;
    let by = instrument(&by)?;
    let organisation = locked(&cx, organisation).await?;
    let life = lifetime(&organisation).ok_or(Refusal::PartyOrganisationMissing)?;
    let to = to.or(life.to);
    Interval::new(from, to)?.inside(life, "party organisation")?;
    let before = store::committees::of_organisation(cx.tx(), organisation.id).await?;
    if let Some(ends) = committees::before(&before, from)? {
        let ends = before.into_iter().find(|one| one.id == ends).ok_or(Refusal::PartyCommitteeMissing)?;
        end_on(&cx, ends, from, &by).await?;
    }
    let committee = PartyCommittee {
        id: cx.fresh(),
        office: organisation.office,
        organisation: organisation.id,
        congress,
        from,
        to,
        instrument: by,
        version: Version::FIRST,
    };
    store::committees::insert(cx.tx(), &committee).await?;
    tell(&cx, committee, Vec::new()).await
}

pub(crate) async fn end(cx: Write, call: EndPartyCommittee) -> Result<PartyCommittee> {
    let by = instrument(&call.instrument)?;
    let committee = locked_committee(&cx, call.id).await?;
    cx.expect(committee.version)?;
    end_on(&cx, committee, call.to, &by).await
}

/// The committees of an organisation that ended on a day end with it.
pub(super) async fn end_all(cx: &Write, of: PartyOrganisationId, to: Day, by: &PartyInstrument) -> Result<()> {
    for committee in store::committees::of_organisation(cx.tx(), of).await? {
        if committees::term(&committee).reaches(to) {
            end_on(cx, committee, to, by).await?;
        }
    }
    Ok(())
}

async fn end_on(cx: &Write, committee: PartyCommittee, to: Day, by: &PartyInstrument) -> Result<PartyCommittee> {
    // One that was to begin later has no day any more.
    let to = to.max(committee.from);
    let to = committees::term(&committee).end(to)?.to;
    let ended = PartyCommittee { to, ..committee };
    let seats = store::committees::seats(cx.tx(), [ended.id]).await?;
    let last = to.unwrap_or(ended.from);
    let closed = committees::close(seats.clone(), None, last, Some(by));
    save(cx, ended, seats, &closed).await
}

/// A member who leaves the roll on a day leaves every committee.
pub(super) async fn vacate(cx: &Write, member: PartyMemberId, to: Day, by: Option<&PartyInstrument>) -> Result<()> {
    let held = store::committees::seats_of(cx.tx(), member).await?;
    let closed = committees::close(held, Some(member), to, by);
    let ids: BTreeSet<PartyCommitteeId> = closed.iter().map(|seat| seat.committee).collect();
    for committee in store::committees::lock_all(cx.tx(), ids).await? {
        let seats = store::committees::seats(cx.tx(), [committee.id]).await?;
        let closed = committees::close(seats.clone(), Some(member), to, by);
        save(cx, committee, seats, &closed).await?;
    }
    Ok(())
}

pub(crate) async fn seat(cx: Write, call: SeatPartyMember) -> Result<PartySeat> {
    let SeatPartyMember { id, member, post, manner, from, instrument: by } = call;
    let by = instrument(&by)?;
    // The member before the committee, as leaving the roll locks them.
    let found = store::members::lock(cx.tx(), member).await?;
    let member = found.and_then(|member| members::seen(member, |office| cx.scope().allows(office)));
    let member = member.ok_or(Refusal::PartyMemberMissing)?;
    let committee = locked_committee(&cx, id).await?;
    cx.expect(committee.version)?;
    member.cell(from).ok_or(Refusal::PartyNotOnRoll { day: from })?;
    let seats = store::committees::seats(cx.tx(), [committee.id]).await?;
    let new = PartySeat {
        id: cx.fresh(),
        office: committee.office,
        committee: committee.id,
        member: member.id,
        full_name: member.full_name,
        post,
        manner,
        from,
        to: None,
        instrument: by,
        ended_by: None,
        version: Version::FIRST,
    };
    let id = new.id;
    let after = committees::seat(seats.clone(), new, committees::term(&committee))?;
    let changed: Vec<PartySeat> = after.into_iter().filter(|seat| !seats.contains(seat)).collect();
    let seated = changed.iter().find(|seat| seat.id == id).cloned().ok_or(Refusal::PartySeatMissing)?;
    save(&cx, committee, seats, &changed).await?;
    Ok(seated)
}

pub(crate) async fn end_seat(cx: Write, call: EndPartySeat) -> Result<PartySeat> {
    let by = instrument(&call.instrument)?;
    let committee = seat_in(&cx, call.id).await?.committee;
    let committee = locked_committee(&cx, committee).await?;
    let seat = seat_in(&cx, call.id).await?;
    cx.expect(seat.version)?;
    let to = committees::days(&seat).end(call.to)?.to;
    let ended = PartySeat { to, ended_by: Some(by), version: seat.version.next(), ..seat };
    let seats = store::committees::seats(cx.tx(), [committee.id]).await?;
    save(&cx, committee, seats, std::slice::from_ref(&ended)).await?;
    Ok(ended)
}

async fn seat_in(cx: &Write, id: PartySeatId) -> Result<PartySeat> {
    Ok(store::committees::seat_in(cx.tx(), cx.scope(), id).await?.ok_or(Refusal::PartySeatMissing)?)
}

async fn locked_committee(cx: &Write, id: PartyCommitteeId) -> Result<PartyCommittee> {
    let found = store::committees::lock_in(cx.tx(), cx.scope(), id).await?;
    Ok(found.ok_or(Refusal::PartyCommitteeMissing)?)
}

/// Writes a committee down with those seats that changed, and tells of all of them. `before` are its seats as read.
async fn save(
    cx: &Write,
    committee: PartyCommittee,
    before: Vec<PartySeat>,
    changed: &[PartySeat],
) -> Result<PartyCommittee> {
    let committee = PartyCommittee { version: committee.version.next(), ..committee };
    store::committees::save(cx.tx(), &committee).await?;
    let known: Vec<PartySeatId> = before.iter().map(|seat| seat.id).collect();
    store::committees::save_seats(cx.tx(), &known, changed).await?;
    let stay = before.into_iter().filter(|seat| changed.iter().all(|new| new.id != seat.id));
    let seats = stay.chain(changed.iter().cloned()).collect();
    for seat in changed {
        let act = Audit::of("party_seat", seat.id)
            .office(seat.office)
            .field("member", seat.member)
            .field("from", seat.from)
            .field("to", seat.to.map(|to| to.to_string()).unwrap_or_default());
        cx.audit(act).await?;
    }
    tell(cx, committee, seats).await
}

async fn tell(cx: &Write, committee: PartyCommittee, seats: Vec<PartySeat>) -> Result<PartyCommittee> {
    let act = Audit::of("party_committee", committee.id)
        .office(committee.office)
        .field("organisation", committee.organisation)
        .field("from", committee.from)
        .field("to", committee.to.map(|to| to.to_string()).unwrap_or_default());
    cx.audit(act).await?;
    let event = PartyCommitteeChanged { committee, seats: committees::in_order(seats) };
    cx.emit(&event).await?;
    Ok(event.committee)
}
