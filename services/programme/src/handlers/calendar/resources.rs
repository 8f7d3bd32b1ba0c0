//! Rooms and cars: added, taken out of use, listed.

use std::collections::BTreeSet;

use schema_programme::{AddCalendarResource, CalendarResource, EndCalendarResource, ListCalendarResources, Refusal};
use service::{Audit, Read, Result, Write};
use wire::{Page, Version};

use crate::{
    domain::{
        calendar::{clash::Thing, sheet::moment},
        wording,
    },
    handlers::cursor,
    store::calendar::{busy, latches, lists, resources},
};

/// Adds a room or a car.
pub(crate) async fn add(cx: Write, call: AddCalendarResource) -> Result<CalendarResource> {
    let scope = cx.office_for_new(call.office)?;
    let name = wording::line("name", &call.name, Refusal::ResourceUnnamed)?;
    latches::take_naming(cx.tx(), call.office).await?;
    let from = call.from.unwrap_or_else(|| cx.now.day());
    if resources::bearing(cx.tx(), &scope, &name, from).await?.is_some() {
        return Err(Refusal::ResourceNameTaken { name }.into());
    }
    let resource = CalendarResource {
        id: cx.fresh(),
        office: call.office,
        version: Version::FIRST,
        kind: call.kind,
        name,
        seats: call.seats,
        from,
        to: None,
    };
    resources::insert(cx.tx(), &resource).await?;
    audited(&cx, resource).await
}

/// Takes a room or a car out of use, unless something needs it on that day or later.
pub(crate) async fn end(cx: Write, call: EndCalendarResource) -> Result<CalendarResource> {
    let found = resources::locked(cx.tx(), cx.scope(), call.id).await?;
    let before = found.ok_or(Refusal::ResourceMissing { id: call.id })?;
    cx.expect(before.version)?;
    if before.to.is_some() || call.to <= before.from {
        return Err(Refusal::ResourceEnded.into());
    }
    let thing = Thing::Resource(before.id);
    latches::take(cx.tx(), before.office, &BTreeSet::from([thing]), &BTreeSet::new()).await?;
    let after = busy::needed_after(cx.tx(), before.office, thing, call.to.start()).await?;
    let scope = cx.office(before.office)?;
    if let Some(last) = lists::last_busy(cx.tx(), &scope, after, cx.now.day()).await? {
        return Err(Refusal::ResourceBooked { entry: last.id, with: last.title, to: moment(last.ends) }.into());
    }
    let resource = CalendarResource { to: Some(call.to), version: before.version.next(), ..before };
    resources::save(cx.tx(), &resource).await?;
    audited(&cx, resource).await
}

/// Rooms and cars of an office, by kind and name.
pub(crate) async fn list(cx: Read, call: ListCalendarResources) -> Result<Page<CalendarResource>> {
    let scope = cx.office(call.office)?;
    let limit = Page::<CalendarResource>::limit(call.limit);
    let after = cursor::by_name(call.cursor.as_ref())?;
    let items = resources::list(cx.db(), &scope, &call, after, limit).await?;
    Ok(Page::cut(items, limit, |last| cursor::name_key(last.kind, &last.name, last.id)))
}

async fn audited(cx: &Write, resource: CalendarResource) -> Result<CalendarResource> {
    let act = Audit::of("calendar_resource", resource.id).office(resource.office).field("name", &resource.name);
    let to = resource.to.map(|to| to.to_string()).unwrap_or_default();
    cx.audit(act.field("from", resource.from).field("to", to)).await?;
    Ok(resource)
}
