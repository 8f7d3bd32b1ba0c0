//! Terms and what they rest on: seeing them, setting the office's own, trying one.

use anyhow::Result;
use schema_documents::{
    Disposition, HandlingTerm, IncomingState, ListHandlingTerms, ListIncoming, ListOrder, SetHandlingTerm, TermPurpose,
    TermTrial, TryHandlingTerm,
};
use service::{Read, Write};
use wire::{Day, Page, id::OfficeId};

use super::telling;
use crate::{
    domain::terms::{self, another, effect, tried},
    store,
};

/// More own terms than an office sets in its life.
const OWN: u64 = 100;
/// What another length is tried upon: as many documents of as many days.
const LOOKED_AT: u64 = 1_000;
const BACK: i64 = 90;

/// The terms known here.
pub(crate) async fn list(cx: Read, call: ListHandlingTerms) -> Result<Page<HandlingTerm>> {
    let scope = cx.office(call.office)?;
    let mut items = store::terms::list(cx.db(), &scope, OWN).await?;
    items.extend(terms::known());
    Ok(Page { items, next: None })
}

/// Sets the office's own.
pub(crate) async fn set(cx: Write, call: SetHandlingTerm) -> Result<HandlingTerm> {
    cx.office_for_new(call.office)?;
    let (id, by) = (cx.fresh(), cx.person()?.person);
    let term = HandlingTerm { own: Some(id), ..terms::set(&call, cx.now.day())? };
    store::terms::insert(cx.tx(), call.office, &term, (id, by, cx.now)).await?;
    let values = [
        ("days", Some(term.days.to_string())),
        ("from", Some(term.valid_from.to_string())),
        ("decision", Some(term.instrument.clone())),
    ];
    telling::audit(&cx, "handling_term", id.into(), call.office, &values).await?;
    Ok(term)
}

/// Tries one.
pub(crate) async fn try_out(cx: Read, call: TryHandlingTerm) -> Result<TermTrial> {
    cx.office(call.office)?;
    let since = call.start.plus(-BACK).unwrap_or(call.start);
    let reckoned = store::reckoning::of(cx.db(), call.office, call.start, since).await?;
    let reckoning = reckoned.on(cx.now.day());
    let given = call.days.map(|days| another(days, call.unit, call.start)).transpose()?;
    let trial = tried(given.as_ref(), call.purpose, call.start, reckoning)?;
    let Some(other) = given.filter(|_| call.purpose == TermPurpose::HandleIncoming) else { return Ok(trial) };
    let scope = cx.office(call.office)?;
    let today = cx.now.day();
    let documents = store::incoming::list(cx.db(), &scope, &lately(call.office, today), None, LOOKED_AT).await?;
    let reckoned = store::reckoning::of(cx.db(), call.office, today, today.plus(-BACK).unwrap_or(today)).await?;
    Ok(TermTrial { effect: Some(effect(&documents, &other, reckoned.on(today))), ..trial })
}

/// What arrived lately and is to be processed.
fn lately(office: OfficeId, today: Day) -> ListIncoming {
    ListIncoming {
        office,
        register: None,
        from: today.plus(-BACK),
        to: Some(today),
        state: Some(IncomingState::Registered),
        disposition: Some(Disposition::ToProcess),
        due_before: None,
        unassigned: false,
        unit: None,
        q: None,
        order: ListOrder::LatestFirst,
        limit: None,
        cursor: None,
    }
}
