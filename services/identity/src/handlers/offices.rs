//! Offices: the directory, loading it, and changing it by acts.

use std::collections::BTreeSet;

use schema_identity::{
    ChangeOffice, EndOffice, GetOffice, GetOfficeHistory, ImportReport, ImportUnits, ListOffices, Office,
    OfficeChanged, OfficeHistory, Refusal, UnitChanged,
};
use service::{Audit, Read, Result, Write};
use wire::{Day, Page, Refusal as _, id::OfficeId};

use crate::{
    domain::{
        load::{self, CENTRE, MOST_ROWS, Plan},
        naming, offices,
        offices::Change,
        template::TEMPLATES,
        tree,
    },
    store::{self, lineage::Noun},
};

pub(crate) async fn list(cx: Read, call: ListOffices) -> Result<Page<Office>> {
    let limit = Page::<Office>::limit(call.limit);
    let filter = store::offices::Filter {
        parent: call.parent,
        kind: call.kind,
        words: naming::words(call.q.as_deref()),
        day: call.as_of.unwrap_or(cx.now.day()),
        after: call.cursor.map(|cursor| cursor.0),
        limit: u64::from(limit) + 1,
    };
    Ok(Page::cut(store::offices::list(cx.db(), filter).await?, limit, |last| last.code.clone()))
}

pub(crate) async fn get(cx: Read, call: GetOffice) -> Result<Office> {
    let office = store::offices::get(cx.db(), call.id).await?.ok_or(Refusal::OfficeMissing)?;
    let shown = match call.as_of {
        Some(day) => office.office(day),
        None => office.nearest(cx.now.day()),
    };
    Ok(shown.ok_or(Refusal::OfficeMissing)?)
}

pub(crate) async fn history(cx: Read, call: GetOfficeHistory) -> Result<OfficeHistory> {
    Ok(store::offices::get(cx.db(), call.id).await?.ok_or(Refusal::OfficeMissing)?)
}

pub(crate) async fn change(cx: Write, call: ChangeOffice) -> Result<Office> {
    let ChangeOffice { id, from, name, kind, parent, instrument } = call;
    let name = name.as_deref().map(|name| naming::line("name", name)).transpose()?;
    let instrument = naming::line("instrument", &instrument)?;
    let office = administered(&cx, id, from).await?;
    cx.expect(office.version)?;
    if parent.is_some() && !may_shape(&cx, parent) {
        return Err(Refusal::OfficeMissing.fault().at("parent").into());
    }
    if name.is_none() && kind.is_none() && parent.is_none() {
        return Ok(office.office(from).ok_or(Refusal::OfficeMissing)?);
    }
    let changed = offices::change(office, Change { from, name, kind, parent, instrument })?;
    let ids: BTreeSet<OfficeId> = changed.spans.iter().filter_map(|span| span.parent).collect();
    let above = store::offices::of_ids(cx.tx(), ids.iter().copied()).await?;
    if above.len() < ids.len() {
        return Err(Refusal::OfficeMissing.fault().at("parent").into());
    }
    above.iter().try_for_each(|above| offices::fits(&changed, above))?;
    let below = store::offices::ever_below(cx.tx(), id).await?;
    below.iter().try_for_each(|below| offices::fits(below, &changed))?;
    store::offices::save(cx.tx(), &changed).await?;
    tell(&cx, &changed, from).await
}

pub(crate) async fn end(cx: Write, call: EndOffice) -> Result<Office> {
    let EndOffice { id, to, instrument } = call;
    let instrument = naming::line("instrument", &instrument)?;
    let office = administered(&cx, id, to).await?;
    cx.expect(office.version)?;
    end_on(&cx, office, to, instrument).await
}

/// Ends an office and its units on a day, when nothing needs it any longer.
pub(super) async fn end_on(cx: &Write, office: OfficeHistory, to: Day, instrument: String) -> Result<Office> {
    let id = office.id;
    // Nothing is made in it meanwhile.
    store::offices::lock(cx.tx(), id).await?.ok_or(Refusal::OfficeMissing)?;
    let ended = offices::end(office, to, instrument)?;
    let below = store::offices::ever_below(cx.tx(), id).await?;
    if offices::is_above(id, &below, to) || store::positions::any_from(cx.tx(), id, to).await? {
        return Err(Refusal::OfficeInUse { to }.into());
    }
    let units = store::units::of_office(cx.tx(), id).await?;
    let named = store::lineage::needs_until(cx.tx(), Noun::Unit, units.iter().map(|unit| unit.id.into()), to);
    if store::lineage::needs_until(cx.tx(), Noun::Office, [id.into()], to).await? || named.await? {
        return Err(Refusal::LineageLater { to }.into());
    }
    let stand = units.into_iter().filter(|unit| tree::lifetime(unit).is_some_and(|life| life.reaches(to)));
    let units = stand.map(|unit| Ok(tree::end_with_office(unit, to)?)).collect::<Result<Vec<_>>>()?;
    store::offices::save(cx.tx(), &ended).await?;
    for unit in &units {
        store::units::save(cx.tx(), unit).await?;
        cx.audit(Audit::of("unit", unit.id).office(id).field("to", to)).await?;
    }
    let told = tell(cx, &ended, to).await?;
    cx.emit_all(&units.into_iter().map(|unit| UnitChanged { unit }).collect::<Vec<_>>()).await?;
    Ok(told)
}

/// An office that the caller may change or end: whoever administers the office above it. The tree of offices is locked
/// until the transaction ends.
pub(super) async fn administered(cx: &Write, id: OfficeId, day: Day) -> Result<OfficeHistory> {
    store::offices::lock_tree(cx.tx()).await?;
    let office = store::offices::get(cx.tx(), id).await?.ok_or(Refusal::OfficeMissing)?;
    let shown = office.nearest(day).ok_or(Refusal::OfficeMissing)?;
    if may_shape(cx, shown.parent) { Ok(office) } else { Err(Refusal::OfficeMissing.into()) }
}

/// Whether the caller may shape what stands directly below an office; the centre, below none, is for the operator.
fn may_shape(cx: &Write, parent: Option<OfficeId>) -> bool {
    match parent {
        Some(office) => cx.scope().allows(office),
        None => cx.scope().reason().is_some(),
    }
}

/// Tells and audits an act, and gives the office as it stands on its day.
async fn tell(cx: &Write, office: &OfficeHistory, day: Day) -> Result<Office> {
    let shown = office.nearest(day).ok_or(Refusal::OfficeMissing)?;
    let act = Audit::of("office", office.id)
        .office(office.id)
        .field("name", &shown.name)
        .field("parent", shown.parent.map(|parent| parent.to_string()).unwrap_or_default())
        .field("from", shown.from)
        .field("to", shown.to.map(|to| to.to_string()).unwrap_or_default());
    cx.audit(act).await?;
    cx.emit(&told(office.clone(), cx.now.day())?).await?;
    Ok(shown)
}

/// What is told of an office on a day.
pub(crate) fn told(office: OfficeHistory, day: Day) -> Result<OfficeChanged> {
    let shown = office.nearest(day).ok_or(Refusal::OfficeMissing)?;
    Ok(OfficeChanged { office: shown, spans: office.spans })
}

pub(crate) async fn import(cx: Write, call: ImportUnits) -> Result<ImportReport> {
    if call.rows.len() > MOST_ROWS {
        return Err(Refusal::RowsTooMany { most: MOST_ROWS }.into());
    }
    // Imports go one at a time, so that what one has read as missing is not made by another.
    store::offices::lock_tree(cx.tx()).await?;
    let named = call.rows.iter().flat_map(|row| [row.code.clone(), row.parent_code.clone()]);
    let codes: BTreeSet<String> = named.chain([CENTRE.to_owned()]).collect();
    let loaded = store::offices::of_codes(cx.tx(), codes).await?;
    let Plan { offices, units, unchanged } = load::plan(
        &call.rows,
        call.from,
        loaded,
        |parent| may_shape(&cx, parent),
        &TEMPLATES,
        || cx.fresh::<wire::id::UnitId>().into(),
    )?;
    store::offices::insert(cx.tx(), &offices).await?;
    store::units::insert(cx.tx(), &units).await?;
    let report = ImportReport { offices: u32::try_from(offices.len())?, units: u32::try_from(units.len())?, unchanged };
    let offices = offices.into_iter().map(|office| told(office, cx.now.day())).collect::<Result<Vec<_>>>()?;
    for OfficeChanged { office, .. } in &offices {
        cx.audit(Audit::of("office", office.id).office(office.id).field("name", &office.name)).await?;
    }
    cx.emit_all(&offices).await?;
    cx.emit_all(&units.into_iter().map(|unit| UnitChanged { unit }).collect::<Vec<_>>()).await?;
    Ok(report)
}
