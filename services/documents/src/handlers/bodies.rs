//! Issuing bodies: recording, ending, listing; and the seal of a document.

use anyhow::Result;
use schema_documents::{EndIssuingBody, IssuingBody, ListIssuingBodies, RecordIssuingBody, Refusal, SealUse};
use schema_identity::OfficeKind;
use service::{Read, Scope, Write};
use wire::{Day, Page};

use super::{paging, telling, units};
use crate::{
    domain::{body_code, issuing, register},
    store::{bodies, latches, outgoing},
};

/// Looks up the tier of the office, whose bodies have their codes.
pub(crate) async fn facts(cx: Read, call: RecordIssuingBody) -> Result<OfficeKind> {
    cx.office_for_new(call.office)?;
    units::tier(&cx, call.office).await
}

/// Records a state of a body.
pub(crate) async fn record(cx: Write, call: RecordIssuingBody, tier: OfficeKind) -> Result<IssuingBody> {
    let scope = cx.office_for_new(call.office)?;
    let code = register::body(&call.code)?;
    body_code::of_tier(&code, tier)?;
    latches::take(cx.tx(), call.office, vec![format!("body {code}")]).await?;
    let others = bodies::of_code(cx.tx(), &scope, &code).await?;
    let body = issuing::record(call, cx.fresh(), &others)?;
    bodies::insert(cx.tx(), &body).await?;
    told(&cx, &body).await?;
    Ok(body)
}

/// Ends a state of a body.
pub(crate) async fn end(cx: Write, call: EndIssuingBody) -> Result<IssuingBody> {
    let held = bodies::hold(cx.tx(), cx.scope(), call.id).await?;
    let before = held.ok_or(Refusal::IssuingBodyMissing { id: call.id })?;
    cx.expect(before.version)?;
    let scope = cx.office(before.office)?;
    latches::take(cx.tx(), before.office, vec![format!("body {}", before.code)]).await?;
    let used = outgoing::latest_sealed(cx.tx(), &scope, &before.code, before.from).await?;
    let body = issuing::end(&before, call.to, used)?;
    bodies::update(cx.tx(), &body).await?;
    told(&cx, &body).await?;
    Ok(body)
}

/// The bodies of an office.
pub(crate) async fn list(cx: Read, call: ListIssuingBodies) -> Result<Page<IssuingBody>> {
    let scope = cx.office(call.office)?;
    let limit = Page::<IssuingBody>::limit(call.limit);
    let after = paging::one(call.cursor.as_ref())?;
    let items = bodies::list(cx.db(), &scope, &call, after, paging::rows(limit)).await?;
    paging::page(items, limit, |last| last.id.to_string())
}

/// The seal that a document of this code and day bears. Whoever ends the body at this moment waits until it is issued.
pub(crate) async fn seal(cx: &Write, scope: &Scope, code: &str, dated: Day) -> Result<Option<SealUse>> {
    let states = bodies::of_code(cx.tx(), scope, code).await?;
    let Some(state) = states.first() else { return Ok(None) };
    latches::take(cx.tx(), state.office, vec![format!("body {code}")]).await?;
    Ok(issuing::seal(&bodies::of_code(cx.tx(), scope, code).await?, dated))
}

async fn told(cx: &Write, body: &IssuingBody) -> Result<()> {
    let values = [
        ("code", Some(body.code.clone())),
        ("seal", Some(body.seal.clone())),
        ("from", Some(body.from.to_string())),
        ("to", body.to.map(|day| day.to_string())),
    ];
    telling::audit(cx, "issuing_body", body.id.into(), body.office, &values).await
}
