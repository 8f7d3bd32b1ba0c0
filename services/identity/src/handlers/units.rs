//! Units: finding them, and changing the dated tree of an office.

use schema_identity::{
    ChangeUnit, CreateUnit, EndUnit, FindUnits, GetUnit, GetUnitActs, GetUnitHistory, Refusal, Unit, UnitAct,
    UnitActKind, UnitActs, UnitChanged, UnitHistory, UnitSpan,
};
use service::{Audit, Read, Result, Write};
use wire::{Day, Page, Version, id::UnitId};

use crate::{
    domain::{cursor, interval::Interval, naming, tree},
    store::{self, lineage::Noun, units::Filter},
};

pub(crate) async fn find(cx: Read, call: FindUnits) -> Result<Page<Unit>> {
    let limit = Page::<Unit>::limit(call.limit);
    let day = call.as_of.unwrap_or(cx.now.day());
    let mut office = call.office;
    let among = match call.under {
        None => None,
        Some(root) => {
            let root = store::units::get(cx.db(), root).await?.ok_or(Refusal::UnitMissing)?;
            office = office.or(Some(root.office));
            Some(tree::under(root.id, &store::units::of_office(cx.db(), root.office).await?, day))
        }
    };
    let filter = Filter {
        words: naming::words(call.q.as_deref()),
        begins: None,
        office,
        among,
        day,
        after: cursor::name(call.cursor.as_ref())?,
        limit: u64::from(limit) + 1,
    };
    let units = best_first(&cx, filter).await?;
    Ok(Page::cut(units, limit, |last| cursor::of_name(&last.name, last.id)))
}

/// Names that begin with the words come before those that hold them somewhere.
async fn best_first(cx: &Read, filter: Filter) -> Result<Vec<Unit>> {
    let phrase = filter.words.join(" ");
    if phrase.is_empty() {
        return Ok(store::units::find(cx.db(), filter).await?);
    }
    let Filter { after, limit, .. } = filter.clone();
    let (mut found, rest) = match after {
        Some((ref name, _)) if !name.starts_with(&phrase) => (Vec::new(), after),
        after => (store::units::find(cx.db(), Filter { begins: Some(true), after, ..filter.clone() }).await?, None),
    };
    let limit = limit.saturating_sub(found.len() as u64);
    if limit > 0 {
        let rest = Filter { begins: Some(false), after: rest, limit, ..filter };
        found.extend(store::units::find(cx.db(), rest).await?);
    }
    Ok(found)
}

pub(crate) async fn get(cx: Read, call: GetUnit) -> Result<Unit> {
    let unit = store::units::get(cx.db(), call.id).await?.ok_or(Refusal::UnitMissing)?;
    Ok(unit.unit(call.as_of.unwrap_or(cx.now.day())).ok_or(Refusal::UnitMissing)?)
}

pub(crate) async fn history(cx: Read, call: GetUnitHistory) -> Result<UnitHistory> {
    Ok(store::units::get_in(cx.db(), cx.scope(), call.id).await?.ok_or(Refusal::UnitMissing)?)
}

pub(crate) async fn create(cx: Write, call: CreateUnit) -> Result<Unit> {
    let CreateUnit { office, parent, name, body, from } = call;
    cx.office(office)?;
    let span = UnitSpan {
        from,
        to: None,
        name: naming::line("name", &name)?,
        body: naming::optional("body", body.as_deref())?,
        parent: Some(parent),
    };
    store::offices::lock(cx.tx(), office).await?.ok_or(Refusal::OfficeMissing)?;
    let units = store::units::of_office(cx.tx(), office).await?;
    let above = units.iter().find(|unit| unit.id == parent).and_then(tree::lifetime).ok_or(Refusal::UnitMissing)?;
    // Nothing begins below a unit that has ended, with its office or alone.
    Interval { from, to: from.plus(1) }.inside(above, "unit above")?;
    let unit = UnitHistory {
        id: cx.fresh(),
        office,
        // It cannot outlive the unit above, whose end may be planned already.
        spans: vec![UnitSpan { to: above.to, ..span }],
        version: Version::FIRST,
    };
    tree::check(&unit, &units)?;
    store::units::insert(cx.tx(), std::slice::from_ref(&unit)).await?;
    tell(&cx, unit, from).await
}

pub(crate) async fn acts(cx: Read, call: GetUnitActs) -> Result<UnitActs> {
    let unit = store::units::get_in(cx.db(), cx.scope(), call.id).await?.ok_or(Refusal::UnitMissing)?;
    Ok(UnitActs { acts: store::unit_acts::of_unit(cx.db(), unit.id).await? })
}

pub(crate) async fn change(cx: Write, call: ChangeUnit) -> Result<Unit> {
    let instrument = naming::optional("instrument", call.instrument.as_deref())?;
    let name = call.name.as_deref().map(|name| naming::line("name", name)).transpose()?;
    let (unit, others) = of_office(&cx, call.id).await?;
    cx.expect(unit.version)?;
    if name.is_none() && call.parent.is_none() {
        return Ok(unit.unit(call.from).ok_or(Refusal::UnitMissing)?);
    }
    let changed = tree::change(unit, call.from, name, call.parent)?;
    tree::check(&changed, &others)?;
    store::units::save(cx.tx(), &changed).await?;
    note(&cx, changed.id, call.from, UnitActKind::Changed, instrument).await?;
    tell(&cx, changed, call.from).await
}

pub(crate) async fn end(cx: Write, call: EndUnit) -> Result<Unit> {
    let (unit, others) = of_office(&cx, call.id).await?;
    cx.expect(unit.version)?;
    let instrument = naming::optional("instrument", call.instrument.as_deref())?;
    note(&cx, unit.id, call.to, UnitActKind::Ended, instrument).await?;
    end_on(&cx, unit, &others, call.to).await
}

/// Keeps the instrument of an act, when there is one.
pub(super) async fn note(
    cx: &Write,
    unit: UnitId,
    day: Day,
    kind: UnitActKind,
    instrument: Option<String>,
) -> Result<()> {
    if let Some(instrument) = instrument {
        let act = UnitAct { day, kind, instrument };
        store::unit_acts::insert(cx.tx(), cx.fresh::<UnitId>().into(), unit, &act).await?;
    }
    Ok(())
}

/// Ends a unit on a day, when nothing needs it any longer. `others` are all units of its office.
pub(super) async fn end_on(cx: &Write, unit: UnitHistory, others: &[UnitHistory], to: Day) -> Result<Unit> {
    let scope = cx.office(unit.office)?;
    let positions = store::positions::of_unit(cx.tx(), &scope, unit.id).await?;
    let ended = tree::end(unit, to)?;
    if tree::is_above(ended.id, others, to) || positions.iter().any(|position| position.days().reaches(to)) {
        return Err(Refusal::UnitInUse { to }.into());
    }
    if store::lineage::needs_until(cx.tx(), Noun::Unit, [ended.id.into()], to).await? {
        return Err(Refusal::LineageLater { to }.into());
    }
    store::units::save(cx.tx(), &ended).await?;
    let last = ended.spans.last().map_or(to, |span| span.from);
    tell(cx, ended, last).await
}

/// The unit and all units of its office, whose tree is locked until the transaction ends.
pub(super) async fn of_office(cx: &Write, id: UnitId) -> Result<(UnitHistory, Vec<UnitHistory>)> {
    let found = store::units::get_in(cx.tx(), cx.scope(), id).await?.ok_or(Refusal::UnitMissing)?;
    store::offices::lock(cx.tx(), found.office).await?.ok_or(Refusal::OfficeMissing)?;
    let units = store::units::of_office(cx.tx(), found.office).await?;
    let unit = units.iter().find(|unit| unit.id == id).cloned().ok_or(Refusal::UnitMissing)?;
    Ok((unit, units))
}

/// Tells and audits a change, and gives the unit as it stands on its day.
async fn tell(cx: &Write, unit: UnitHistory, day: Day) -> Result<Unit> {
    let shown = unit.unit(day).ok_or(Refusal::UnitMissing)?;
    let act = Audit::of("unit", unit.id).office(unit.office).field("name", &shown.name).field("from", day);
    cx.audit(act).await?;
    cx.emit(&UnitChanged { unit }).await?;
    Ok(shown)
}
