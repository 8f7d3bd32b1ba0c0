//! What is missing in dossiers, and how much of finished work is kept in them.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use schema_documents::{
    CheckDossier, DossierCheck, DossierGap, DossierShare, DossierShares, GetDossierShares, IncomingDocument,
    ListUnfiledWork, UnfiledWork,
};
use sea_orm::ConnectionTrait;
use service::{Read, Scope};
use wire::{
    Day, Instant, Page,
    id::{DossierId, IncomingId},
};

use super::{dossier_papers, dossiers, paging, units};
use crate::{
    domain::dossier::{self as rule, Lying},
    store::{
        self,
        dossier_papers::{self as papers, INCOMING, OUTGOING},
        relations::End,
        works,
    },
};

/// What is missing in a dossier, as far as the caller may read what lies there.
pub(crate) async fn check(cx: Read, call: CheckDossier) -> Result<DossierCheck> {
    let dossier = dossiers::seen(&cx, call.id).await?;
    let scope = cx.office(dossier.office)?;
    let kinds = dossiers::kinds(cx.authority()?, dossier.office);
    let missing = missing(cx.db(), &scope, dossier.id).await?.into_iter();
    let may = |gap: &DossierGap| {
        (gap.incoming.is_none() || kinds.contains(&INCOMING)) && (gap.outgoing.is_none() || kinds.contains(&OUTGOING))
    };
    Ok(DossierCheck { id: call.id, missing: missing.filter(may).collect() })
}

/// Everything that is missing in a dossier.
pub(crate) async fn missing(conn: &impl ConnectionTrait, scope: &Scope, id: DossierId) -> Result<Vec<DossierGap>> {
    let found = papers::list(conn, scope, (id, &[INCOMING, OUTGOING]), None, rule::PAPERS.into()).await?;
    let (mut arrived, mut issued) = dossier_papers::documents(conn, scope, &found).await?;
    let here: BTreeSet<_> = issued.keys().copied().collect();
    let mut lying = Vec::with_capacity(found.len());
    for paper in found {
        match paper.document {
            End::Incoming(id) => {
                let Some(document) = arrived.remove(&id) else { continue };
                let answers = store::outgoing::answering(conn, scope, id).await?;
                lying.push(Lying::Incoming {
                    document: Box::new(document),
                    is_unfinished: works::live(conn, scope, id).await?.is_some(),
                    was_finished: works::closed(conn, scope, id).await?,
                    answers: answers.into_iter().map(|one| (one.clone(), here.contains(&one.id))).collect(),
                });
            }
            End::Outgoing(id) => lying.extend(issued.remove(&id).map(|one| Lying::Outgoing(Box::new(one)))),
        }
    }
    Ok(rule::missing(&lying))
}

/// How much of a year's finished work is kept, by unit.
pub(crate) async fn shares(cx: Read, call: GetDossierShares) -> Result<DossierShares> {
    let scope = cx.office(call.office)?;
    let time = of_year(rule::year(call.year, cx.now.day())?)?;
    let found = works::shares(cx.db(), &scope, call.office, time).await?;
    let names = units::named(&cx, found.iter().map(|(unit, ..)| *unit), cx.now.day()).await?;
    let share = |(unit, finished, kept)| {
        let name = names.get(&unit).map(|unit| unit.name.clone());
        DossierShare { unit, name, finished, kept }
    };
    Ok(DossierShares { office: call.office, year: call.year, units: found.into_iter().map(share).collect() })
}

/// Finished work whose document lies in no dossier.
pub(crate) async fn unfiled(cx: Read, call: ListUnfiledWork) -> Result<Page<UnfiledWork>> {
    let scope = cx.office(call.office)?;
    let limit = Page::<UnfiledWork>::limit(call.limit);
    let wanted = (call.office, call.unit, of_year(rule::year(call.year, cx.now.day())?)?);
    let after = paging::one(call.cursor.as_ref())?;
    let found = works::unfiled(cx.db(), &scope, wanted, after, paging::rows(limit)).await?;
    let page = paging::page(found, limit, |(assignment, ..)| assignment.to_string())?;
    let ids = page.items.iter().map(|(.., document)| *document);
    let documents = store::incoming::by_ids(cx.db(), &scope, ids).await?;
    let documents: BTreeMap<IncomingId, IncomingDocument> = documents.into_iter().map(|one| (one.id, one)).collect();
    let is_shown = dossiers::kinds(cx.authority()?, call.office).contains(&INCOMING);
    let line = |(assignment, unit, incoming)| {
        let document = documents.get(&incoming)?;
        let (symbol, summary) = (document.symbol.clone(), document.summary.clone());
        let number = document.number;
        Some(UnfiledWork { assignment, unit, incoming, number, symbol, summary })
    };
    let items = page.items.into_iter().filter(|_| is_shown).filter_map(line).collect();
    Ok(Page { items, next: page.next.filter(|_| is_shown) })
}

/// A year by the legal time.
fn of_year(year: u16) -> Result<(Instant, Instant)> {
    let first = |year: i32| Day::new(year, 1, 1).map(Day::start);
    Ok((first(year.into())?, first(i32::from(year).saturating_add(1))?))
}
