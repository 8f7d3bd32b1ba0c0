//! The working calendar of an office, and the days on which it is shut by decision.

use schema_identity::{
    CancelOfficeClosure, GetWorkingYear, OfficeClosure, OfficeClosureChanged, RecordOfficeClosure, Refusal, WorkingYear,
};
use service::{Audit, Read, Result, Write};
use uuid::Uuid;

use crate::{
    domain::{closures, working_year},
    store,
};

pub(crate) async fn year(cx: Read, call: GetWorkingYear) -> Result<WorkingYear> {
    let scope = cx.office(call.office)?;
    let closures = match working_year::span(call.year) {
        Some(span) => store::closures::between(cx.db(), &scope, span).await?,
        None => Vec::new(),
    };
    Ok(working_year::of(call.office, call.year, closures, cx.now.day()))
}

/// Closures after an id, for whoever begins to listen.
pub(crate) async fn snapshot(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<OfficeClosureChanged>> {
    let found = store::closures::after(cx.db(), cx.scope(), after, limit.into()).await?;
    Ok(found.into_iter().map(|closure| OfficeClosureChanged { closure }).collect())
}

pub(crate) async fn record(cx: Write, call: RecordOfficeClosure) -> Result<OfficeClosure> {
    let scope = cx.office_for_new(call.office)?;
    // Two closures of one office are entered one after the other, so that none shares a day with another.
    store::offices::lock(cx.tx(), call.office).await?.ok_or(Refusal::OfficeMissing)?;
    let held = store::closures::between(cx.tx(), &scope, (call.first, call.last)).await?;
    let closure = closures::record(call, &held, cx.fresh(), cx.now.day())?;
    store::closures::insert(cx.tx(), &closure).await?;
    tell(&cx, closure).await
}

pub(crate) async fn cancel(cx: Write, call: CancelOfficeClosure) -> Result<OfficeClosure> {
    let found = store::closures::lock(cx.tx(), cx.scope(), call.id).await?.ok_or(Refusal::ClosureMissing)?;
    cx.expect(found.version)?;
    let cancelled = closures::cancel(found, &call, cx.now.day())?;
    store::closures::save(cx.tx(), &cancelled).await?;
    tell(&cx, cancelled).await
}

/// Tells and audits a change.
async fn tell(cx: &Write, closure: OfficeClosure) -> Result<OfficeClosure> {
    let act = Audit::of("office_closure", closure.id)
        .office(closure.office)
        .field("first", closure.first)
        .field("last", closure.last)
        .field("instrument", &closure.instrument)
        .field("cancelled_by", closure.cancelled_by.as_deref().unwrap_or_default());
    cx.audit(act).await?;
    let event = OfficeClosureChanged { closure };
    cx.emit(&event).await?;
    Ok(event.closure)
}
