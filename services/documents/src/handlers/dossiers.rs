//! Dossiers: opened, handed over, closed, opened again; each step is written down.

use anyhow::Result;
use schema_documents::{
    AnswerDossierHandover, CloseDossier, Dossier, DossierAct, DossierRefusal, DossierState, DossierStep, GetDossier,
    HandDossierOver, ListDossierSteps, ListDossiers, OpenDossier, ReopenDossier,
};
use schema_identity::Unit;
use service::{Read, Write};
use wire::{
    Authority, Page, Version,
    id::{DossierId, OfficeId},
};

use super::{dossier_checks, dossier_papers, paging, telling, units};
use crate::{
    domain::{
        dossier as rule,
        field::{self, limit},
    },
    store::{
        dossier_entries as entries, dossier_lists as lists,
        dossier_papers::{self as papers, INCOMING, OUTGOING},
        dossier_steps as steps, dossiers,
    },
};

/// Looks up the unit that is to keep it.
pub(crate) async fn facts(cx: Read, call: OpenDossier) -> Result<Unit> {
    cx.office_for_new(call.office)?;
    let keeper = match (call.keeper, call.entry) {
        (Some(keeper), _) => keeper,
        (None, Some(id)) => {
            let missing = DossierRefusal::DossierEntryMissing { id };
            entries::get(cx.db(), cx.scope(), id).await?.ok_or(missing)?.keeper
        }
        (None, None) => return Err(DossierRefusal::DossierOutsideUnsaid.into()),
    };
    units::ours(&cx, (call.office, keeper), "keeper").await
}

/// Opens a dossier.
pub(crate) async fn open(cx: Write, call: OpenDossier, keeper: Unit) -> Result<Dossier> {
    let scope = cx.office_for_new(call.office)?;
    let entry = match call.entry {
        Some(id) => {
            let missing = || DossierRefusal::DossierEntryMissing { id };
            let entry = entries::get(cx.tx(), &scope, id).await?.ok_or_else(missing)?;
            let list = lists::get(cx.tx(), &scope, entry.list).await?.ok_or_else(missing)?;
            if entry.office != call.office {
                return Err(missing().into());
            }
            Some((entry, list))
        }
        None => None,
    };
    let begun = rule::begun(&call, entry.as_ref().map(|(entry, list)| (entry, list)))?;
    let this_year = u16::try_from(cx.now.day().year())?;
    let dossier = Dossier {
        id: cx.fresh(),
        office: call.office,
        version: Version::FIRST,
        year: entry.as_ref().map_or(this_year, |(_, list)| list.year),
        state: DossierState::Open,
        entry: call.entry,
        code: begun.code,
        title: begun.title,
        retention: begun.retention,
        keeper: keeper.id,
        keeper_name: keeper.name,
        offered: None,
        reason: begun.reason,
        opened_at: cx.now,
        closed_at: None,
        papers: 0,
    };
    dossiers::insert(cx.tx(), &dossier).await?;
    step(&cx, &dossier, DossierAct::Opened, dossier.reason.clone()).await?;
    Ok(dossier)
}

/// One dossier.
pub(crate) async fn get(cx: Read, call: GetDossier) -> Result<Dossier> {
    let found = seen(&cx, call.id).await?;
    Ok(counted(&cx, vec![found]).await?.pop().ok_or(DossierRefusal::DossierMissing { id: call.id })?)
}

/// Dossiers of an office.
pub(crate) async fn list(cx: Read, call: ListDossiers) -> Result<Page<Dossier>> {
    let scope = cx.office(call.office)?;
    let limit = Page::<Dossier>::limit(call.limit);
    let before = paging::one(call.cursor.as_ref())?;
    let found = dossiers::list(cx.db(), &scope, &call, before, paging::rows(limit)).await?;
    paging::page(counted(&cx, found).await?, limit, |last| last.id.to_string())
}

/// What became of a dossier.
pub(crate) async fn list_steps(cx: Read, call: ListDossierSteps) -> Result<Page<DossierStep>> {
    let dossier = seen(&cx, call.id).await?;
    let limit = Page::<DossierStep>::limit(call.limit);
    let after = paging::one(call.cursor.as_ref())?;
    let found = steps::list(cx.db(), cx.scope(), dossier.id, after, paging::rows(limit)).await?;
    let page = paging::page(found.iter().map(|(id, _)| *id).collect(), limit, ToString::to_string)?;
    let shown = page.items.len();
    Ok(Page { items: found.into_iter().take(shown).map(|(_, step)| step).collect(), next: page.next })
}

/// Looks up the unit that is asked.
pub(crate) async fn offer_facts(cx: Read, call: HandDossierOver) -> Result<Unit> {
    let dossier = seen(&cx, call.id).await?;
    units::ours(&cx, (dossier.office, call.unit), "unit").await
}

/// Asks another unit to take a dossier over.
pub(crate) async fn offer(cx: Write, call: HandDossierOver, unit: Unit) -> Result<Dossier> {
    let before = held(&cx, call.id).await?;
    if before.keeper == unit.id {
        return Err(DossierRefusal::HandoverUnfit.into());
    }
    let note = field::optional_line("note", call.note.as_deref(), limit::NOTE)?;
    let said = [Some(unit.name.clone()), note].into_iter().flatten().collect::<Vec<_>>().join(": ");
    let after = Dossier { offered: Some((unit.id, unit.name)), ..before };
    keep(&cx, after, DossierAct::Offered, Some(said)).await
}

/// Answers for the unit that was asked.
pub(crate) async fn answer(cx: Write, call: AnswerDossierHandover) -> Result<Dossier> {
    let before = held(&cx, call.id).await?;
    let (unit, name) = before.offered.clone().ok_or(DossierRefusal::HandoverUnfit)?;
    if !call.accept {
        let reason = field::line("reason", call.reason.as_deref().unwrap_or_default(), limit::NOTE)?;
        return keep(&cx, Dossier { offered: None, ..before }, DossierAct::NotTaken, Some(reason)).await;
    }
    let after = Dossier { offered: None, keeper: unit, keeper_name: name.clone(), ..before };
    keep(&cx, after, DossierAct::TakenOver, Some(name)).await
}

/// Closes a dossier: its list of documents stands.
pub(crate) async fn close(cx: Write, call: CloseDossier) -> Result<Dossier> {
    let before = held(&cx, call.id).await?;
    rule::open(&before)?;
    let scope = cx.office(before.office)?;
    let missing = dossier_checks::missing(cx.tx(), &scope, before.id).await?;
    if !missing.is_empty() && !call.confirmed {
        let missing = u32::try_from(missing.len())?;
        return Err(DossierRefusal::DossierIncomplete { missing }.into());
    }
    let days = dossier_papers::days(cx.tx(), &scope, before.id).await?;
    papers::put(cx.tx(), &scope, before.id, &rule::placed(days, &call.pages)?).await?;
    let said = (!missing.is_empty()).then(|| format!("còn thiếu {} mục", missing.len()));
    let after = Dossier { state: DossierState::Closed, closed_at: Some(cx.now), offered: None, ..before };
    keep(&cx, after, DossierAct::Closed, said).await
}

/// Opens a closed dossier again.
pub(crate) async fn reopen(cx: Write, call: ReopenDossier) -> Result<Dossier> {
    let before = held(&cx, call.id).await?;
    if before.state == DossierState::Open {
        return Err(DossierRefusal::DossierOpen.into());
    }
    let reason = field::line("reason", &call.reason, limit::NOTE)?;
    let after = Dossier { state: DossierState::Open, closed_at: None, ..before };
    keep(&cx, after, DossierAct::Reopened, Some(reason)).await
}

/// A dossier in scope, for looking.
pub(crate) async fn seen(cx: &Read, id: DossierId) -> Result<Dossier> {
    Ok(dossiers::get(cx.db(), cx.scope(), id).await?.ok_or(DossierRefusal::DossierMissing { id })?)
}

/// A dossier in scope, for changing: nobody else changes it before the transaction ends.
pub(crate) async fn held(cx: &Write, id: DossierId) -> Result<Dossier> {
    let found = dossiers::hold(cx.tx(), cx.scope(), id).await?.ok_or(DossierRefusal::DossierMissing { id })?;
    cx.expect(found.version)?;
    Ok(found)
}

/// Keeps a changed dossier, and writes the step down.
pub(crate) async fn keep(cx: &Write, changed: Dossier, act: DossierAct, said: Option<String>) -> Result<Dossier> {
    let dossier = Dossier { version: changed.version.next(), ..changed };
    dossiers::update(cx.tx(), &dossier).await?;
    step(cx, &dossier, act, said).await?;
    let kinds = kinds(cx.authority()?, dossier.office);
    let scope = cx.office(dossier.office)?;
    let counts = papers::counts(cx.tx(), &scope, (vec![dossier.id.into()], &kinds)).await?;
    Ok(Dossier { papers: counts.get(&dossier.id).copied().unwrap_or_default(), ..dossier })
}

async fn step(cx: &Write, dossier: &Dossier, act: DossierAct, said: Option<String>) -> Result<()> {
    let by = cx.caller().person().map(|caller| caller.person);
    let place = (cx.fresh::<DossierId>().into(), dossier.office, dossier.id);
    steps::add(cx.tx(), place, DossierStep { at: cx.now, by, act, said: said.clone() }).await?;
    let values = [("act", Some(format!("{act:?}"))), ("said", said)];
    telling::audit(cx, "dossier", dossier.id.into(), dossier.office, &values).await
}

/// The kinds of documents that a caller may read in an office: what lies in a dossier is shown by these, and counted by them.
pub(crate) fn kinds(authority: &Authority, office: OfficeId) -> Vec<&'static str> {
    let kinds = [("documents.incoming.read", INCOMING), ("documents.outgoing.read", OUTGOING)];
    let reads = |permission: &str| {
        let grants = authority.grants.iter();
        grants
            .filter(|grant| grant.permissions.contains(permission))
            .any(|grant| grant.offices().any(|one| one == office))
    };
    kinds.into_iter().filter(|(permission, _)| reads(permission)).map(|(_, kind)| kind).collect()
}

/// Dossiers of one office with how much lies in each that the caller may read.
async fn counted(cx: &Read, found: Vec<Dossier>) -> Result<Vec<Dossier>> {
    let Some(office) = found.first().map(|one| one.office) else { return Ok(found) };
    let (scope, kinds) = (cx.office(office)?, kinds(cx.authority()?, office));
    let ids = found.iter().map(|one| one.id.into()).collect();
    let counts = papers::counts(cx.db(), &scope, (ids, &kinds)).await?;
    let with = |one: Dossier| Dossier { papers: counts.get(&one.id).copied().unwrap_or_default(), ..one };
    Ok(found.into_iter().map(with).collect())
}
