//! Routings kept to be used again: saving, listing, dropping.

use anyhow::Result;
use schema_documents::{
    DropRoutingTemplate, ListRoutingTemplates, RoutingTemplate, SaveRoutingTemplate, TemplateRefusal,
};
use service::{Read, Write};
use wire::{Page, Version};

use super::{instructions, telling};
use crate::{
    domain::{instruction, outgoing::Units, template},
    store::{latches, templates},
};

/// Looks up the units that are named.
pub(crate) async fn facts(cx: Read, call: SaveRoutingTemplate) -> Result<Units> {
    cx.office_for_new(call.office)?;
    instructions::named(&cx, &template::routing(&call.routing)?).await
}

/// Keeps a routing under a name. Whoever saves in the same office at the same moment comes after.
pub(crate) async fn save(cx: Write, call: SaveRoutingTemplate, units: Units) -> Result<RoutingTemplate> {
    let scope = cx.office_for_new(call.office)?;
    latches::take(cx.tx(), call.office, vec!["routing templates".to_owned()]).await?;
    let kept = templates::all(cx.tx(), &scope, template::MOST).await?;
    let saved = template::save(&call, &kept)?;
    instruction::placed(&saved.routing, call.office, &units)?;
    let template = RoutingTemplate {
        id: saved.replaced.map_or_else(|| cx.fresh(), |one| one.id),
        office: call.office,
        version: saved.replaced.map_or(Version::FIRST, |one| one.version.next()),
        name: saved.name,
        routing: saved.routing,
        by: cx.person()?.person,
        at: cx.now,
    };
    match saved.replaced {
        Some(_) => templates::update(cx.tx(), &template).await?,
        None => templates::insert(cx.tx(), &template).await?,
    }
    told(&cx, &template).await?;
    Ok(template)
}

/// The templates of an office.
pub(crate) async fn list(cx: Read, call: ListRoutingTemplates) -> Result<Page<RoutingTemplate>> {
    let scope = cx.office(call.office)?;
    Ok(Page { items: templates::all(cx.db(), &scope, template::MOST).await?, next: None })
}

/// Drops a template.
pub(crate) async fn forget(cx: Write, call: DropRoutingTemplate) -> Result<RoutingTemplate> {
    let held = templates::hold(cx.tx(), cx.scope(), call.id).await?;
    let template = held.ok_or(TemplateRefusal::TemplateMissing { id: call.id })?;
    cx.expect(template.version)?;
    templates::delete(cx.tx(), cx.scope(), template.id).await?;
    told(&cx, &template).await?;
    Ok(template)
}

async fn told(cx: &Write, template: &RoutingTemplate) -> Result<()> {
    let values = [("name", Some(template.name.clone()))];
    telling::audit(cx, "routing_template", template.id.into(), template.office, &values).await
}
