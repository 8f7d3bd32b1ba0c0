//! The sender's side: sending an issued document to other offices in one act, seeing where it is, recalling it.

use anyhow::Result;
use schema_documents::{
    Delivery, DeliveryChanged, DeliveryNote, Dispatch, DispatchChanged, DispatchNote, DispatchOutgoing,
    DispatchRefusal, ListDeliveries, ListDispatches, OutgoingDocument, RecallDispatch, Tier,
};
use schema_identity::{GetOffice, ListOffices, Office, OfficeKind};
use service::{Read, Scope, Write};
use wire::{
    Page,
    id::{DispatchId, OfficeId},
};

use super::{outgoing, paging, telling};
use crate::{
    domain::{
        dispatch::{self, NAMED},
        field::{self, limit},
    },
    store::{circulations, deliveries, dispatches},
};

/// The sender's own office, and those that are sent to.
#[derive(Clone)]
pub(crate) struct Offices {
    own: Office,
    to: Vec<Office>,
}

/// Asks identity which offices there are today.
pub(crate) async fn facts(cx: Read, call: DispatchOutgoing) -> Result<Offices> {
    let document = outgoing::seen(&cx, call.id).await?;
    let today = Some(cx.now.day());
    let own = cx.ask(&GetOffice { id: document.office, as_of: today }).await?;
    dispatch::sent(&document, &own, &call, cx.now.day())?;
    if call.offices.len() > NAMED {
        return Err(DispatchRefusal::OfficesTooMany { limit: NAMED }.into());
    }
    let mut named = Vec::with_capacity(call.offices.len());
    for id in &call.offices {
        // One that is not there today is told below, with its id.
        named.extend(cx.ask(&GetOffice { id: *id, as_of: today }).await.ok());
    }
    let mut tiers = Vec::new();
    for tier in &call.tiers {
        tiers.extend(of_tier(&cx, &own, *tier).await?);
    }
    let to = dispatch::addressed(own.id, &call.offices, named, tiers)?;
    Ok(Offices { own, to })
}

/// All offices of a tier below an office.
async fn of_tier(cx: &Read, own: &Office, tier: Tier) -> Result<Vec<Office>> {
    let kind = match tier {
        Tier::Provinces => OfficeKind::Province,
        Tier::Communes => OfficeKind::Commune,
    };
    // All communes lie below the centre, though not directly.
    let parent = (own.kind != OfficeKind::Centre).then_some(own.id);
    let mut call = ListOffices { parent, kind: Some(kind), limit: Some(200), ..ListOffices::default() };
    let mut found = Vec::new();
    loop {
        let page = cx.ask(&call).await?;
        found.extend(page.items);
        call.cursor = page.next;
        if call.cursor.is_none() {
            return Ok(found);
        }
    }
}

/// Sends: every office has it in its queue with this commit.
pub(crate) async fn send(cx: Write, call: DispatchOutgoing, offices: Offices) -> Result<Dispatch> {
    let document = outgoing::held(&cx, call.id).await?;
    let scope = cx.office(document.office)?;
    let Offices { own, to } = offices;
    let sent = dispatch::sent(&document, &own, &call, cx.now.day())?;
    let ids: Vec<OfficeId> = to.iter().map(|office| office.id).collect();
    if let Some(name) = deliveries::sent_before(cx.tx(), &scope, document.id, &ids).await? {
        return Err(DispatchRefusal::SentAlready { name }.into());
    }
    let id: DispatchId = cx.fresh();
    let made: Vec<Delivery> =
        to.into_iter().map(|office| dispatch::deliver((id, cx.now), cx.fresh(), office, &sent)).collect();
    let dispatch = Dispatch {
        id,
        office: document.office,
        document: document.id,
        by: cx.person()?.person,
        at: cx.now,
        total: u32::try_from(made.len())?,
        delivered: u32::try_from(made.len())?,
        opened: 0,
        received: 0,
        returned: 0,
        recalled: 0,
        circulation: sent.circulation,
        no_paper: call.no_paper,
        recalled_at: None,
        recall_reason: None,
    };
    dispatches::insert(cx.tx(), &dispatch).await?;
    deliveries::insert(cx.tx(), document.id, &made).await?;
    cx.emit_all(&made.iter().map(told).collect::<Vec<_>>()).await?;
    tell(&cx, &dispatch, &document, &[("total", Some(dispatch.total.to_string()))]).await?;
    Ok(dispatch)
}

/// The dispatches of a document with how far they are.
pub(crate) async fn list(cx: Read, call: ListDispatches) -> Result<Page<Dispatch>> {
    let document = outgoing::seen(&cx, call.id).await?;
    let limit = Page::<Dispatch>::limit(call.limit);
    let before = paging::one(call.cursor.as_ref())?;
    let scope = cx.office(document.office)?;
    let found = dispatches::of(cx.db(), &scope, document.id, before, paging::rows(limit)).await?;
    let ids: Vec<DispatchId> = found.iter().map(|one| one.id).collect();
    let mut counts = deliveries::counts(cx.db(), &scope, &ids).await?;
    let counted = |one: Dispatch| {
        let of_one = counts.remove(&one.id).unwrap_or_default();
        dispatch::counted(one, &of_one)
    };
    paging::page(found.into_iter().map(counted).collect(), limit, |last| last.id.to_string())
}

/// Where the deliveries of a dispatch stand.
pub(crate) async fn list_deliveries(cx: Read, call: ListDeliveries) -> Result<Page<Delivery>> {
    let missing = || DispatchRefusal::DispatchMissing { id: call.id };
    let dispatch = dispatches::get(cx.db(), cx.scope(), call.id).await?.ok_or_else(missing)?;
    let scope = cx.office(dispatch.office)?;
    let limit = Page::<Delivery>::limit(call.limit);
    let after = paging::one(call.cursor.as_ref())?;
    let wanted = (dispatch.id, call.state);
    let found = deliveries::of_dispatch(cx.db(), &scope, wanted, after, paging::rows(limit)).await?;
    let mut found: Vec<Delivery> = found.into_iter().map(dispatch::seen_by_sender).collect();
    for (id, at) in circulations::given_back(cx.db(), &scope, found.iter().map(|one| one.id)).await? {
        found.iter_mut().filter(|one| one.id == id).for_each(|one| one.given_back_at = Some(at));
    }
    paging::page(found, limit, |last| last.id.to_string())
}

/// Recalls a dispatch from those who have not entered it.
pub(crate) async fn recall(cx: Write, call: RecallDispatch) -> Result<Dispatch> {
    let missing = || DispatchRefusal::DispatchMissing { id: call.id };
    let before = dispatches::hold(cx.tx(), cx.scope(), call.id).await?.ok_or_else(missing)?;
    if before.recalled_at.is_some() {
        return Err(DispatchRefusal::RecalledAlready.into());
    }
    let reason = field::line("reason", &call.reason, limit::NOTE)?;
    let scope = cx.office(before.office)?;
    let mut told_of = Vec::new();
    for open in deliveries::hold_open(cx.tx(), &scope, before.id).await? {
        let recalled = dispatch::recalled(&open, &reason, cx.now);
        deliveries::update(cx.tx(), &recalled).await?;
        told_of.push(told(&recalled));
    }
    cx.emit_all(&told_of).await?;
    let dispatch = Dispatch { recalled_at: Some(cx.now), recall_reason: Some(reason.clone()), ..before };
    dispatches::update(cx.tx(), &dispatch).await?;
    let document = crate::store::outgoing::get(cx.tx(), &scope, dispatch.document).await?;
    if let Some(document) = document {
        tell(&cx, &dispatch, &document, &[("reason", Some(reason))]).await?;
    }
    counted(&cx, &scope, dispatch).await
}

async fn counted(cx: &Write, scope: &Scope, dispatch: Dispatch) -> Result<Dispatch> {
    let counts = deliveries::counts(cx.tx(), scope, &[dispatch.id]).await?;
    let of_one = counts.into_values().next().unwrap_or_default();
    Ok(dispatch::counted(dispatch, &of_one))
}

async fn tell(cx: &Write, dispatch: &Dispatch, document: &OutgoingDocument, values: telling::Values<'_>) -> Result<()> {
    cx.emit(&noted(dispatch)).await?;
    telling::acting(cx, document.office, Some(&document.genre))?;
    telling::audit(cx, "dispatch", dispatch.id.into(), dispatch.office, values).await
}

/// What is told of a dispatch.
pub(super) fn noted(dispatch: &Dispatch) -> DispatchChanged {
    let (id, office, document) = (dispatch.id, dispatch.office, dispatch.document);
    DispatchChanged { dispatch: DispatchNote { id, office, document } }
}

/// What is told of a delivery.
pub(super) fn told(delivery: &Delivery) -> DeliveryChanged {
    let (id, office, dispatch, state) = (delivery.id, delivery.office, delivery.dispatch, delivery.state);
    DeliveryChanged { delivery: DeliveryNote { id, office, dispatch, state } }
}
