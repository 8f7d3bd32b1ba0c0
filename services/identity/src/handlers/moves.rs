//! Where party members go: to another cell, on the way to another office, off the roll.

use schema_identity::{
    EndPartyMember, IntroducePartyMember, ListPartyIntroductions, PartyIntroduction, PartyLeaving, PartyMember,
    PartyMembershipKind, PartyNewcomer, Refusal, TransferPartyMember,
};
use service::{Read, Result, Write};
use wire::Page;

use super::{
    committees,
    members::{cell, kept, place, save},
    organisations::instrument,
};
use crate::{
    domain::{
        cursor,
        interval::Interval,
        members::{self, Cell},
        offices,
    },
    store,
};

pub(crate) async fn transfer(cx: Write, call: TransferPartyMember) -> Result<PartyMember> {
    let TransferPartyMember { id, organisation, kind, from, to, instrument: by } = call;
    let by = instrument(&by)?;
    // The cell before the member, as mergers lock them.
    let cell = cell(&cx, organisation, from).await?;
    let before = store::members::lock(cx.tx(), id).await?.ok_or(Refusal::PartyMemberMissing)?;
    let introduced = before.introduced.as_ref().is_some_and(|to| to.office == cell.office);
    if !introduced && !members::keeper(&before).is_some_and(|office| cx.scope().allows(office)) {
        return Err(Refusal::PartyMemberMissing.into());
    }
    cx.expect(before.version)?;
    let there = Cell { organisation: cell.id, office: cell.office };
    let moved = match (kind, to) {
        (PartyMembershipKind::Regular, None) => {
            members::transfer(before.clone(), cx.fresh(), there, (from, cx.now.day()), Some(by))?
        }
        (PartyMembershipKind::Regular, Some(_)) => return Err(Refusal::PartyTemporaryBad.into()),
        (PartyMembershipKind::Temporary, to) => {
            members::lend(before.clone(), cx.fresh(), there, Interval { from, to }, by)?
        }
    };
    let moved = place(&cx, moved, cell).await?;
    save(&cx, &before, moved).await
}

pub(crate) async fn introduce(cx: Write, call: IntroducePartyMember) -> Result<PartyMember> {
    let by = instrument(&call.instrument)?;
    let before = kept(&cx, call.id).await?;
    let day = cx.now.day();
    before.cell(day).ok_or(Refusal::PartyNotOnRoll { day })?;
    let stands = store::offices::get(cx.tx(), call.office).await?.ok_or(Refusal::OfficeMissing)?;
    if offices::lifetime(&stands).is_none_or(|life| !life.reaches(day)) {
        return Err(Refusal::OfficeEnded.into());
    }
    let elsewhere = members::keeper(&before) != Some(call.office);
    let introduced = elsewhere.then_some(PartyIntroduction { office: call.office, instrument: by });
    save(&cx, &before, PartyMember { introduced, ..before.clone() }).await
}

pub(crate) async fn end(cx: Write, call: EndPartyMember) -> Result<PartyMember> {
    let EndPartyMember { id, to, way, instrument: by } = call;
    let by = by.as_ref().map(instrument).transpose()?;
    let before = kept(&cx, id).await?;
    let gone = members::leave(before.clone(), to, PartyLeaving { way, instrument: by.clone() })?;
    committees::vacate(&cx, id, to, by.as_ref()).await?;
    save(&cx, &before, gone).await
}

pub(crate) async fn introductions(cx: Read, call: ListPartyIntroductions) -> Result<Page<PartyNewcomer>> {
    let limit = Page::<PartyNewcomer>::limit(call.limit);
    let after = cursor::name(call.cursor.as_ref())?;
    let found = store::members::introduced(cx.db(), &cx.office(call.office)?, after, u64::from(limit) + 1).await?;
    Ok(Page::cut(found, limit, |last| cursor::of_name(&last.full_name, last.id)))
}
