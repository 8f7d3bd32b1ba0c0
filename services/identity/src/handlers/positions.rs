//! Positions, their roles and their direct heads.

use schema_identity::{ChangeDirectHead, CreatePosition, EndPosition, GetPosition, ListPositions, Position, Refusal};
use service::{Audit, Read, Result, Write};
use wire::{Page, Version, id::PositionId};

use super::reach::may_reach;
use crate::{
    domain::{
        cursor,
        interval::Interval,
        naming,
        reporting::{self, Placed},
        roles, tree,
    },
    store,
};

pub(crate) async fn list(cx: Read, call: ListPositions) -> Result<Page<Position>> {
    let limit = Page::<Position>::limit(call.limit);
    let (scope, day) = (cx.office(call.office)?, call.as_of.unwrap_or(cx.now.day()));
    let after = cursor::id(call.cursor.as_ref())?;
    let found = store::positions::list(cx.db(), &scope, call.unit, day, after, u64::from(limit) + 1).await?;
    let found = found.into_iter().map(|placed| placed.nearest(day)).collect();
    Ok(Page::cut(found, limit, |last: &Position| last.id.to_string()))
}

pub(crate) async fn get(cx: Read, call: GetPosition) -> Result<Position> {
    let placed = store::positions::get(cx.db(), cx.scope(), call.id).await?.ok_or(Refusal::PositionMissing)?;
    match call.as_of {
        Some(day) => Ok(placed.on(day).ok_or(Refusal::PositionMissing)?),
        None => Ok(placed.nearest(cx.now.day())),
    }
}

pub(crate) async fn create(cx: Write, call: CreatePosition) -> Result<Position> {
    let CreatePosition { office, unit, title, roles, head, reach, reports_to, from, to } = call;
    let scope = cx.office(office)?;
    let days = Interval::new(from, to)?;
    let roles = roles::check(roles, reach)?;
    may_reach(&cx, office, reach).await?;
    if reports_to.is_some() {
        store::offices::lock_tree(cx.tx()).await?;
    }
    // Units do not end while positions are made in them.
    store::offices::lock(cx.tx(), office).await?.ok_or(Refusal::OfficeMissing)?;
    let stands = store::units::get_in(cx.tx(), &scope, unit).await?.ok_or(Refusal::UnitMissing)?;
    days.inside(tree::lifetime(&stands).ok_or(Refusal::UnitMissing)?, "unit")?;
    let others = store::positions::of_unit(cx.tx(), &scope, unit).await?;
    if head && others.iter().any(|other| other.position.head && other.days().overlaps(days)) {
        return Err(Refusal::HeadTaken.into());
    }
    let position = Position {
        id: cx.fresh(),
        office,
        unit,
        title: naming::line("title", &title)?,
        roles,
        head,
        reach,
        reports_to: None,
        from,
        to,
        version: Version::FIRST,
    };
    // Nobody reports to a position that is only being made, so no circle can come of it.
    let placed = Placed { position, reporting: Vec::new() }.reports_to(named(&cx, reports_to).await?.as_ref(), from)?;
    store::positions::insert(cx.tx(), &placed).await?;
    tell(&cx, placed).await
}

pub(crate) async fn change_direct_head(cx: Write, call: ChangeDirectHead) -> Result<Position> {
    let ChangeDirectHead { id, from, reports_to } = call;
    // Of two at once each might close the other's circle.
    store::offices::lock_tree(cx.tx()).await?;
    let placed = store::positions::lock(cx.tx(), cx.scope(), id).await?.ok_or(Refusal::PositionMissing)?;
    cx.expect(placed.position.version)?;
    may_reach(&cx, placed.position.office, placed.position.reach).await?;
    let placed = placed.reports_to(named(&cx, reports_to).await?.as_ref(), from)?;
    if let Some(head) = reports_to {
        let mut chain = store::reporting::chain(cx.tx(), head).await?;
        chain.insert(id, placed.reporting.clone());
        if let Some(day) = reporting::circle(id, &chain) {
            return Err(Refusal::ReportsToCycle { day }.into());
        }
    }
    let placed = placed.changed();
    store::positions::save(cx.tx(), &placed).await?;
    let told = placed.clone();
    tell(&cx, told).await?;
    Ok(placed.nearest(from))
}

/// The position that is named as a direct head, when it is in scope.
async fn named(cx: &Write, head: Option<PositionId>) -> Result<Option<Position>> {
    let Some(head) = head else { return Ok(None) };
    let found = store::positions::get(cx.tx(), cx.scope(), head).await?.ok_or(Refusal::ReportsToBad)?;
    Ok(Some(found.position))
}

pub(crate) async fn end(cx: Write, call: EndPosition) -> Result<Position> {
    // Nobody names it as their head meanwhile.
    store::offices::lock_tree(cx.tx()).await?;
    let placed = store::positions::lock(cx.tx(), cx.scope(), call.id).await?.ok_or(Refusal::PositionMissing)?;
    let (id, days) = (placed.position.id, placed.days());
    cx.expect(placed.position.version)?;
    may_reach(&cx, placed.position.office, placed.position.reach).await?;
    if days.end(call.to)?.is_empty() {
        return Err(Refusal::IntervalEmpty.into());
    }
    let filter = store::appointments::Filter { position: Some(id), ..Default::default() };
    let held = store::appointments::list(cx.tx(), cx.scope(), filter).await?;
    if held.iter().any(|held| Interval { from: held.from, to: held.to }.reaches(call.to)) {
        return Err(Refusal::PositionInUse { to: call.to }.into());
    }
    for left in store::positions::reporting_to(cx.tx(), id, call.to).await? {
        let left = left.without(id, call.to).changed();
        store::positions::save(cx.tx(), &left).await?;
        tell(&cx, left).await?;
    }
    let placed = placed.ended(call.to).changed();
    store::positions::save(cx.tx(), &placed).await?;
    tell(&cx, placed).await
}

/// Tells and audits a change.
pub(crate) async fn tell(cx: &Write, placed: Placed) -> Result<Position> {
    let event = placed.told(cx.now.day());
    let position = &event.position;
    let heads = event.reporting.iter().map(|span| format!("{} {}", span.from, span.reports_to));
    let act = Audit::of("position", position.id)
        .office(position.office)
        .field("title", &position.title)
        .field("roles", position.roles.join(" "))
        .field("reports_to", heads.collect::<Vec<_>>().join(" "))
        .field("from", position.from)
        .field("to", position.to.map(|to| to.to_string()).unwrap_or_default());
    cx.audit(act).await?;
    cx.emit(&event).await?;
    Ok(event.position)
}
