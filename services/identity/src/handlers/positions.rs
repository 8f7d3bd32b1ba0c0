//! Positions and their roles.

use schema_identity::{
    CreatePosition, EndPosition, GetPosition, ListPositions, ListRoles, Position, PositionChanged, Refusal, Roles,
};
use service::{Audit, Read, Result, Write};
use wire::{Page, Version};

use super::reach::may_reach;
use crate::{
    domain::{cursor, interval::Interval, naming, roles, tree},
    store,
};

pub(crate) async fn list_roles(_: Read, _: ListRoles) -> Result<Roles> {
    Ok(Roles { items: roles::all().to_vec() })
}

pub(crate) async fn list(cx: Read, call: ListPositions) -> Result<Page<Position>> {
    let limit = Page::<Position>::limit(call.limit);
    let (scope, day) = (cx.office(call.office)?, call.as_of.unwrap_or(cx.now.day()));
    let after = cursor::id(call.cursor.as_ref())?;
    let found = store::positions::list(cx.db(), &scope, call.unit, day, after, u64::from(limit) + 1).await?;
    Ok(Page::cut(found, limit, |last| last.id.to_string()))
}

pub(crate) async fn get(cx: Read, call: GetPosition) -> Result<Position> {
    Ok(store::positions::get(cx.db(), cx.scope(), call.id).await?.ok_or(Refusal::PositionMissing)?)
}

pub(crate) async fn create(cx: Write, call: CreatePosition) -> Result<Position> {
    let CreatePosition { office, unit, title, roles, head, reach, reports_to, from, to } = call;
    let scope = cx.office(office)?;
    let days = Interval::new(from, to)?;
    let roles = roles::check(roles, reach)?;
    may_reach(&cx, office, reach).await?;
    // Units do not end while positions are made in them.
    store::offices::lock(cx.tx(), office).await?.ok_or(Refusal::OfficeMissing)?;
    let stands = store::units::get_in(cx.tx(), &scope, unit).await?.ok_or(Refusal::UnitMissing)?;
    days.inside(tree::lifetime(&stands).ok_or(Refusal::UnitMissing)?, "unit")?;
    let others = store::positions::of_unit(cx.tx(), &scope, unit).await?;
    if head && others.iter().any(|other| other.head && interval(other).overlaps(days)) {
        return Err(Refusal::HeadTaken.into());
    }
    if let Some(reports_to) = reports_to {
        let head = store::positions::get(cx.tx(), cx.scope(), reports_to).await?;
        if !head.is_some_and(|head| interval(&head).contains(from)) {
            return Err(Refusal::ReportsToBad.into());
        }
    }
    let position = Position {
        id: cx.fresh(),
        office,
        unit,
        title: naming::line("title", &title)?,
        roles,
        head,
        reach,
        reports_to,
        from,
        to,
        version: Version::FIRST,
    };
    store::positions::insert(cx.tx(), &position).await?;
    tell(&cx, position).await
}

pub(crate) async fn end(cx: Write, call: EndPosition) -> Result<Position> {
    let position = store::positions::lock(cx.tx(), cx.scope(), call.id).await?.ok_or(Refusal::PositionMissing)?;
    cx.expect(position.version)?;
    may_reach(&cx, position.office, position.reach).await?;
    let days = interval(&position).end(call.to)?;
    if days.is_empty() {
        return Err(Refusal::IntervalEmpty.into());
    }
    let filter = store::appointments::Filter { position: Some(position.id), ..Default::default() };
    let held = store::appointments::list(cx.tx(), cx.scope(), filter).await?;
    if held.iter().any(|held| Interval { from: held.from, to: held.to }.reaches(call.to)) {
        return Err(Refusal::PositionInUse { to: call.to }.into());
    }
    let position = Position { to: days.to, version: position.version.next(), ..position };
    store::positions::save(cx.tx(), &position).await?;
    tell(&cx, position).await
}

/// The days of a position.
pub(crate) fn interval(position: &Position) -> Interval {
    Interval { from: position.from, to: position.to }
}

/// Tells and audits a change.
pub(crate) async fn tell(cx: &Write, position: Position) -> Result<Position> {
    let act = Audit::of("position", position.id)
        .office(position.office)
        .field("title", &position.title)
        .field("roles", position.roles.join(" "))
        .field("from", position.from)
        .field("to", position.to.map(|to| to.to_string()).unwrap_or_default());
    cx.audit(act).await?;
    let event = PositionChanged { position };
    cx.emit(&event).await?;
    Ok(event.position)
}
