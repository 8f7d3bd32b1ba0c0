//! Handing a post over: the list of open work, and two signatures.

use schema_identity::{
    CreateHandover, GetHandover, Handover, HandoverItem, HandoverRecord, ListHandovers, Refusal, SignHandover,
};
use service::{Audit, Read, Result, Write};
use wire::{
    Authority, Page, Version,
    id::{PersonId, PositionId},
};

use crate::{
    domain::{cursor, naming},
    store::{self, appointments::Filter},
};

/// The most pieces of work in one list.
const MOST_ITEMS: usize = 200;

pub(crate) async fn list(cx: Read, call: ListHandovers) -> Result<Page<Handover>> {
    let limit = Page::<Handover>::limit(call.limit);
    let (scope, after) = (cx.office(call.office)?, cursor::id(call.cursor.as_ref())?);
    let found = store::handovers::list(cx.db(), &scope, call.position, after, u64::from(limit) + 1).await?;
    Ok(Page::cut(found, limit, |last| last.id.to_string()))
}

/// The list says what somebody works on: it is for the two and for the direct head.
pub(crate) async fn get(cx: Read, call: GetHandover) -> Result<HandoverRecord> {
    let record = store::handovers::get(cx.db(), cx.scope(), call.id).await?.ok_or(Refusal::HandoverMissing)?;
    let handover = &record.handover;
    if may_see(cx.person()?.person, cx.authority()?, handover.position, [handover.outgoing, handover.incoming]) {
        Ok(record)
    } else {
        Err(Refusal::HandoverMissing.into())
    }
}

fn may_see(caller: PersonId, authority: &Authority, position: PositionId, two: [PersonId; 2]) -> bool {
    two.contains(&caller) || authority.grants.iter().any(|grant| grant.direct_reports.contains(&position))
}

pub(crate) async fn create(cx: Write, call: CreateHandover) -> Result<HandoverRecord> {
    let CreateHandover { position, outgoing, incoming, items, instrument } = call;
    let caller = cx.person()?.person;
    if outgoing == incoming {
        return Err(Refusal::HandoverOfOne.into());
    }
    if items.len() > MOST_ITEMS {
        return Err(Refusal::HandoverTooLong { most: MOST_ITEMS }.into());
    }
    let placed = store::positions::get(cx.tx(), cx.scope(), position).await?.ok_or(Refusal::PositionMissing)?;
    if !may_see(caller, cx.authority()?, position, [outgoing, incoming]) {
        return Err(Refusal::HandoverDenied.into());
    }
    let office = placed.position.office;
    for person in [outgoing, incoming] {
        // Whoever held it or is to hold it, on whatever day.
        let filter = Filter { person: Some(person), position: Some(position), ..Filter::default() };
        if store::appointments::list(cx.tx(), &cx.office(office)?, filter).await?.is_empty() {
            return Err(Refusal::PositionNotHeld { day: cx.now.day() }.into());
        }
    }
    let clean = |item: HandoverItem| Ok(HandoverItem { label: naming::line("label", &item.label)?, ..item });
    let items = items.into_iter().map(clean).collect::<Result<Vec<_>>>()?;
    let handover = Handover {
        id: cx.fresh(),
        office,
        position,
        outgoing,
        incoming,
        instrument: naming::optional("instrument", instrument.as_deref())?,
        drawn_by: caller,
        drawn_at: cx.now,
        outgoing_signed_at: None,
        incoming_signed_at: None,
        version: Version::FIRST,
    };
    store::handovers::insert(cx.tx(), &handover, &items).await?;
    let listed = serde_json::to_string(&items)?;
    cx.audit(told(&handover).field("items", listed)).await?;
    Ok(HandoverRecord { handover, items })
}

pub(crate) async fn sign(cx: Write, call: SignHandover) -> Result<Handover> {
    let caller = cx.person()?.person;
    let mut handover = store::handovers::lock(cx.tx(), cx.scope(), call.id).await?.ok_or(Refusal::HandoverMissing)?;
    cx.expect(handover.version)?;
    let signature = if caller == handover.outgoing {
        &mut handover.outgoing_signed_at
    } else if caller == handover.incoming {
        &mut handover.incoming_signed_at
    } else {
        return Err(Refusal::HandoverMissing.into());
    };
    if signature.is_some() {
        return Err(Refusal::HandoverSigned.into());
    }
    *signature = Some(cx.now);
    handover.version = handover.version.next();
    store::handovers::save_signed(cx.tx(), &handover).await?;
    cx.audit(told(&handover)).await?;
    Ok(handover)
}

fn told(handover: &Handover) -> Audit {
    Audit::of("handover", handover.id)
        .office(handover.office)
        .field("position", handover.position)
        .field("outgoing", handover.outgoing)
        .field("incoming", handover.incoming)
        .field("outgoing_signed", handover.outgoing_signed_at.is_some())
        .field("incoming_signed", handover.incoming_signed_at.is_some())
}
