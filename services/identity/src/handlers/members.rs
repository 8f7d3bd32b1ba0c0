//! Party members: the roll of a day, entering and correcting.

use schema_identity::{
    ChangePartyMember, CreatePartyMember, GetPartyMember, ListPartyMembers, PartyMember, PartyMemberChanged,
    PartyMemberRecord, PartyOrganisation, PartyOrganisationHistory, PartyRollEntry, Refusal, Share,
};
use service::{Audit, Read, Result, Write};
use uuid::Uuid;
use wire::{
    Day, Page, Version,
    id::{PartyMemberId, PartyOrganisationId},
};

use super::organisations;
use crate::{
    domain::{
        cursor,
        interval::Interval,
        members::{self, Cell},
        naming,
        organisations::lifetime,
    },
    store::{self, members::Filter},
};

pub(crate) async fn list(cx: Read, call: ListPartyMembers) -> Result<Page<PartyRollEntry>> {
    let limit = Page::<PartyRollEntry>::limit(call.limit);
    let filter = Filter {
        organisation: call.organisation,
        words: naming::words(call.q.as_deref()),
        day: call.as_of.unwrap_or(cx.now.day()),
        after: cursor::name(call.cursor.as_ref())?,
        limit: u64::from(limit) + 1,
    };
    let found = store::members::list(cx.db(), &cx.office(call.office)?, filter).await?;
    let page = Page::cut(found, limit, |(held, last)| cursor::of_name(&last.full_name, *held));
    Ok(page.map(|(_, entry)| entry))
}

pub(crate) async fn get(cx: Read, call: GetPartyMember) -> Result<PartyMemberRecord> {
    let found = store::members::get(cx.db(), call.id).await?;
    let member = found.and_then(|member| members::seen(member, |office| cx.scope().allows(office)));
    let member = member.ok_or(Refusal::PartyMemberMissing)?;
    let ids = member.memberships.iter().map(|held| held.organisation);
    let known = store::organisations::of_ids(cx.db(), ids).await?;
    let cell = |held: &schema_identity::PartyMembership| -> Option<PartyOrganisation> {
        known.iter().find(|cell| cell.id == held.organisation)?.organisation(held.from)
    };
    let cells = member.memberships.iter().filter_map(cell).collect();
    Ok(PartyMemberRecord { member, cells })
}

/// Members after an id, for whoever begins to listen.
pub(crate) async fn snapshot(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<PartyMemberChanged>> {
    let found = store::members::after(cx.db(), after, limit).await?;
    Ok(found.into_iter().map(|member| PartyMemberChanged { member }).collect())
}

pub(crate) async fn create(cx: Write, call: CreatePartyMember) -> Result<PartyMember> {
    let CreatePartyMember { organisation, full_name, person, admitted, official, from, instrument } = call;
    let full_name = naming::line("full_name", &full_name)?;
    let instrument = instrument.as_ref().map(organisations::instrument).transpose()?;
    let cell = cell(&cx, organisation, from).await?;
    if let Some(person) = person {
        // Locked, so that the same person is not entered twice at once.
        store::people::lock(cx.tx(), cx.scope(), person).await?.ok_or(Refusal::PersonMissing)?;
        if store::members::is_entered(cx.tx(), person).await? {
            return Err(Refusal::PartyMemberEntered.into());
        }
    }
    let member = PartyMember {
        id: cx.fresh(),
        office: cell.office,
        person,
        full_name,
        admitted,
        official,
        introduced: None,
        memberships: Vec::new(),
        version: Version::FIRST,
    };
    let to = Cell { organisation: cell.id, office: cell.office };
    let member = members::transfer(member, cx.fresh(), to, (from, cx.now.day()), instrument)?;
    let member = place(&cx, member, cell).await?;
    store::members::insert(cx.tx(), &member).await?;
    tell(&cx, member).await
}

pub(crate) async fn change(cx: Write, call: ChangePartyMember) -> Result<PartyMember> {
    let ChangePartyMember { id, full_name, admitted, official } = call;
    let before = kept(&cx, id).await?;
    let mut member = before.clone();
    if let Some(full_name) = full_name {
        member.full_name = naming::line("full_name", &full_name)?;
    }
    member.admitted = admitted.unwrap_or(member.admitted);
    member.official = official.or(member.official);
    members::check_dates(&member)?;
    save(&cx, &before, member).await
}

/// A cell in scope that stands on a day, locked until the transaction ends.
pub(super) async fn cell(cx: &Write, id: PartyOrganisationId, day: Day) -> Result<PartyOrganisationHistory> {
    let cell = organisations::locked(cx, id).await?;
    let span = cell.at(day).ok_or(Refusal::PartyOrganisationMissing)?;
    if span.kind.is_cell() { Ok(cell) } else { Err(Refusal::PartyNotCell.into()) }
}

/// A member whom the caller's office keeps, locked until the transaction ends.
pub(super) async fn kept(cx: &Write, id: PartyMemberId) -> Result<PartyMember> {
    let member = store::members::lock(cx.tx(), id).await?.ok_or(Refusal::PartyMemberMissing)?;
    if !members::keeper(&member).is_some_and(|office| cx.scope().allows(office)) {
        return Err(Refusal::PartyMemberMissing.into());
    }
    cx.expect(member.version)?;
    Ok(member)
}

/// Takes a member who has come to a cell on into its successor, when it is known already that and when the cell ends.
pub(super) async fn place(
    cx: &Write,
    mut member: PartyMember,
    mut cell: PartyOrganisationHistory,
) -> Result<PartyMember> {
    while let Some(life) = lifetime(&cell)
        && let Some(end) = life.to
    {
        let stays =
            |held: &schema_identity::PartyMembership| held.organisation == cell.id && members::days(held).reaches(end);
        if !member.memberships.iter().any(stays) {
            break;
        }
        let heir = cell.successors.iter().find(|to| to.share != Share::Part).map(|to| to.organisation);
        let next = store::organisations::of_ids(cx.tx(), heir).await?.pop();
        let (Some(next), Some(by)) = (next, &cell.ended_by) else {
            let Interval { from, to } = life;
            return Err(Refusal::IntervalOutside { what: "cell".to_owned(), from, to }.into());
        };
        let to = Cell { organisation: next.id, office: next.office };
        member = members::carry(member, || cx.fresh(), cell.id, to, end, by)?;
        cell = next;
    }
    Ok(member)
}

/// Writes a changed member down, and shows of it what the caller may see.
pub(super) async fn save(cx: &Write, before: &PartyMember, member: PartyMember) -> Result<PartyMember> {
    let member = PartyMember { version: before.version.next(), ..member };
    store::members::save(cx.tx(), before, &member).await?;
    tell(cx, member).await
}

async fn tell(cx: &Write, member: PartyMember) -> Result<PartyMember> {
    let last = member.memberships.last();
    let mut act = Audit::of("party_member", member.id)
        .office(members::keeper(&member).unwrap_or(member.office))
        .field("full_name", &member.full_name)
        .field("admitted", member.admitted)
        .field("official", member.official.map(|day| day.to_string()).unwrap_or_default());
    if let Some(last) = last {
        act = act
            .field("organisation", last.organisation)
            .field("from", last.from)
            .field("to", last.to.map(|to| to.to_string()).unwrap_or_default());
    }
    cx.audit(act).await?;
    let event = PartyMemberChanged { member };
    cx.emit(&event).await?;
    let shown = members::seen(event.member, |office| cx.scope().allows(office));
    Ok(shown.ok_or(Refusal::PartyMemberMissing)?)
}
