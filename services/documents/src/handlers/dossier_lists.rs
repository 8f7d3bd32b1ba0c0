//! The year's list of dossiers: drafted, changed, put into force.

use anyhow::Result;
use schema_documents::{
    ApproveDossierList, DossierEntry, DossierList, DossierRefusal, DraftDossierList, GetDossierList,
    ListDossierEntries, Refusal, RemoveDossierEntry, SaveDossierEntry,
};
use schema_identity::Unit;
use service::{Read, Scope, Write};
use wire::{
    Page, Version,
    id::{DossierEntryId, DossierListId, OfficeId},
};

use super::{paging, telling, units};
use crate::{
    domain::{
        dossier as rule,
        field::{self, limit},
    },
    store::{dossier_entries as entries, dossier_lists as lists, latches},
};

/// How many entries are copied at once.
const AT_ONCE: u64 = 500;

/// Begins the list of a year.
pub(crate) async fn draft(cx: Write, call: DraftDossierList) -> Result<DossierList> {
    let scope = cx.office_for_new(call.office)?;
    let year = rule::year(call.year, cx.now.day())?;
    // Two who begin the same list wait for each other here.
    latches::take(cx.tx(), call.office, vec![format!("dossier list {year}")]).await?;
    if lists::of_year(cx.tx(), &scope, (call.office, year)).await?.is_some() {
        return Err(DossierRefusal::DossierListThere { year }.into());
    }
    let (id, office) = (cx.fresh(), call.office);
    let list =
        DossierList { id, office, version: Version::FIRST, year, approved_on: None, instrument: None, entries: 0 };
    lists::insert(cx.tx(), &list).await?;
    let copied = match call.copy_from {
        Some(earlier) => copy(&cx, &scope, (&list, earlier)).await?,
        None => 0,
    };
    let values = [("year", Some(year.to_string())), ("entries", Some(copied.to_string()))];
    telling::audit(&cx, "dossier_list", list.id.into(), office, &values).await?;
    Ok(DossierList { entries: copied, ..list })
}

async fn copy(cx: &Write, scope: &Scope, (list, earlier): (&DossierList, u16)) -> Result<u32> {
    let from = lists::of_year(cx.tx(), scope, (list.office, earlier)).await?;
    let from = from.ok_or(DossierRefusal::DossierListMissing)?;
    let (mut after, mut copied) = (None, 0_u32);
    loop {
        let found = entries::list(cx.tx(), scope, from.id, after, AT_ONCE).await?;
        let Some(last) = found.last() else { return Ok(copied) };
        after = Some(last.code.clone());
        let again = |entry: DossierEntry| DossierEntry { id: cx.fresh(), list: list.id, dossier: None, ..entry };
        let again: Vec<_> = found.into_iter().map(again).collect();
        entries::insert(cx.tx(), &again).await?;
        copied = copied.saturating_add(u32::try_from(again.len())?);
    }
}

/// The list of a year.
pub(crate) async fn get(cx: Read, call: GetDossierList) -> Result<DossierList> {
    let scope = cx.office(call.office)?;
    let found = lists::of_year(cx.db(), &scope, (call.office, call.year)).await?;
    Ok(found.ok_or(DossierRefusal::DossierListMissing)?)
}

/// Puts a list into force.
pub(crate) async fn approve(cx: Write, call: ApproveDossierList) -> Result<DossierList> {
    let list = held(&cx, call.id).await?;
    cx.expect(list.version)?;
    rule::draft(&list)?;
    if list.entries == 0 {
        return Err(DossierRefusal::DossierListNotReady.into());
    }
    let instrument = field::optional_line("instrument", call.instrument.as_deref(), limit::NAME)?;
    let approved_on = Some(cx.now.day());
    let list = DossierList { version: list.version.next(), approved_on, instrument, ..list };
    lists::update(cx.tx(), &list).await?;
    let values = [("year", Some(list.year.to_string())), ("instrument", list.instrument.clone())];
    telling::audit(&cx, "dossier_list", list.id.into(), list.office, &values).await?;
    Ok(list)
}

/// Looks up the unit that is to keep a dossier.
pub(crate) async fn keeper(cx: Read, call: SaveDossierEntry) -> Result<Unit> {
    let list = lists::get(cx.db(), cx.scope(), call.list).await?.ok_or(DossierRefusal::DossierListMissing)?;
    units::ours(&cx, (list.office, call.keeper), "keeper").await
}

/// Adds an entry, or changes one.
pub(crate) async fn save(cx: Write, call: SaveDossierEntry, keeper: Unit) -> Result<DossierEntry> {
    let list = held(&cx, call.list).await?;
    rule::draft(&list)?;
    let entry = DossierEntry {
        id: call.entry.unwrap_or_else(|| cx.fresh()),
        list: list.id,
        office: list.office,
        heading: field::line("heading", &call.heading, limit::NAME)?,
        code: field::line("code", &call.code, limit::SYMBOL)?,
        title: field::line("title", &call.title, limit::NOTE)?,
        retention: rule::term(call.retention)?,
        keeper: keeper.id,
        keeper_name: keeper.name,
        dossier: None,
    };
    let scope = cx.office(list.office)?;
    if entries::coded(cx.tx(), &scope, list.id, &entry.code).await?.is_some_and(|other| other != entry.id) {
        return Err(DossierRefusal::DossierCodeTaken { code: entry.code }.into());
    }
    match call.entry {
        Some(id) => {
            of_list(&cx, &scope, (list.id, id)).await?;
            entries::update(cx.tx(), &entry).await?;
        }
        None if u64::from(list.entries) >= rule::ENTRIES => {
            let limit = usize::try_from(rule::ENTRIES)?;
            return Err(Refusal::TooMany { name: "entries".to_owned(), limit }.into());
        }
        None => entries::insert(cx.tx(), std::slice::from_ref(&entry)).await?,
    }
    told(&cx, &entry).await?;
    Ok(entry)
}

/// Takes an entry out of a draft list.
pub(crate) async fn remove(cx: Write, call: RemoveDossierEntry) -> Result<DossierEntry> {
    let missing = DossierRefusal::DossierEntryMissing { id: call.id };
    let entry = entries::get(cx.tx(), cx.scope(), call.id).await?.ok_or(missing)?;
    rule::draft(&held(&cx, entry.list).await?)?;
    entries::remove(cx.tx(), cx.scope(), entry.id).await?;
    told(&cx, &entry).await?;
    Ok(entry)
}

/// The entries of a list.
pub(crate) async fn list(cx: Read, call: ListDossierEntries) -> Result<Page<DossierEntry>> {
    let list = lists::get(cx.db(), cx.scope(), call.list).await?.ok_or(DossierRefusal::DossierListMissing)?;
    let limit = Page::<DossierEntry>::limit(call.limit);
    let after: Option<String> = paging::one(call.cursor.as_ref())?;
    let found = entries::list(cx.db(), cx.scope(), list.id, after, paging::rows(limit)).await?;
    paging::page(found, limit, |last| last.code.clone())
}

async fn held(cx: &Write, id: DossierListId) -> Result<DossierList> {
    Ok(lists::hold(cx.tx(), cx.scope(), id).await?.ok_or(DossierRefusal::DossierListMissing)?)
}

async fn of_list(cx: &Write, scope: &Scope, (list, id): (DossierListId, DossierEntryId)) -> Result<()> {
    let found = entries::get(cx.tx(), scope, id).await?.filter(|entry| entry.list == list);
    found.map(drop).ok_or_else(|| DossierRefusal::DossierEntryMissing { id }.into())
}

async fn told(cx: &Write, entry: &DossierEntry) -> Result<()> {
    let (office, values): (OfficeId, _) = (entry.office, [("code", Some(entry.code.clone()))]);
    telling::audit(cx, "dossier_list", entry.list.into(), office, &values).await
}
