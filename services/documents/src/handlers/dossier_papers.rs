//! What lies in dossiers: filed by hand, or by rule; taken out; shown to whoever may read it.

use std::collections::BTreeMap;

use anyhow::Result;
use schema_documents::{
    Dossier, DossierAct, DossierPaper, DossierRefusal, DossierState, FilePaper, IncomingDocument, IncomingState,
    ListDossierPapers, OutgoingDocument, OutgoingState, Refusal, TakeOutPaper, TieAssignment,
};
use sea_orm::ConnectionTrait;
use service::{Read, Scope, Write};
use wire::{
    Day, Page,
    id::{AssignmentId, DossierId, DossierPaperId, IncomingId, OutgoingId},
};

use super::{dossiers, paging, telling};
use crate::{
    domain::{
        dossier as rule,
        field::{self, limit},
    },
    store::{
        self,
        dossier_papers::{self as papers, INCOMING, OUTGOING, Paper},
        dossier_ties as ties, dossiers as rows,
        relations::End,
        works,
    },
};

/// In how many dossiers one document is looked for.
const PLACES: u64 = 200;

/// Files a document by hand.
pub(crate) async fn file(cx: Write, call: FilePaper) -> Result<DossierPaper> {
    let dossier = dossiers::held(&cx, call.id).await?;
    rule::open(&dossier)?;
    let document = named(call.incoming, call.outgoing)?;
    let scope = cx.office(dossier.office)?;
    let kind = if matches!(document, End::Incoming(_)) { INCOMING } else { OUTGOING };
    if !dossiers::kinds(cx.authority()?, dossier.office).contains(&kind) {
        return Err(missing(document).into());
    }
    fit(&cx, &scope, &dossier, document).await?;
    if lies(&cx, &scope, dossier.id, document).await? {
        return Err(DossierRefusal::PaperThere.into());
    }
    let paper = put(&cx, &dossier, document, false).await?;
    let shown = shown(cx.tx(), &scope, vec![paper]).await?.pop();
    Ok(shown.ok_or(DossierRefusal::PaperNotThere)?)
}

/// Takes a document out, with a reason that stays.
pub(crate) async fn take_out(cx: Write, call: TakeOutPaper) -> Result<Dossier> {
    let paper = papers::get(cx.tx(), cx.scope(), call.id).await?.ok_or(DossierRefusal::PaperNotThere)?;
    let dossier = rows::hold(cx.tx(), cx.scope(), paper.dossier).await?.ok_or(DossierRefusal::PaperNotThere)?;
    rule::open(&dossier)?;
    let reason = field::line("reason", &call.reason, limit::NOTE)?;
    papers::remove(cx.tx(), cx.scope(), paper.id).await?;
    dossiers::keep(&cx, dossier, DossierAct::TakenOut, Some(reason)).await
}

/// Ties an assignment to a dossier.
pub(crate) async fn tie(cx: Write, call: TieAssignment) -> Result<Dossier> {
    let dossier = dossiers::held(&cx, call.id).await?;
    rule::open(&dossier)?;
    let scope = cx.office(dossier.office)?;
    let source = works::document(cx.tx(), &scope, call.assignment).await?;
    let source = source.ok_or(DossierRefusal::AssignmentUnknown)?;
    ties::keep(cx.tx(), dossier.office, dossier.id, call.assignment).await?;
    join(&cx, &scope, &dossier, End::Incoming(source)).await?;
    for answer in store::outgoing::answering(cx.tx(), &scope, source).await? {
        join(&cx, &scope, &dossier, End::Outgoing(answer.id)).await?;
    }
    dossiers::keep(&cx, dossier, DossierAct::Tied, None).await
}

/// A document of ours was issued: it joins the open dossiers in which what it answers lies.
pub(crate) async fn answered(cx: &Write, answer: &OutgoingDocument) -> Result<()> {
    let scope = cx.office(answer.office)?;
    for incoming in &answer.replies_to {
        for place in papers::of_document(cx.tx(), &scope, End::Incoming(*incoming), PLACES).await? {
            let Some(dossier) = rows::hold(cx.tx(), &scope, place.dossier).await? else { continue };
            join(cx, &scope, &dossier, End::Outgoing(answer.id)).await?;
        }
    }
    Ok(())
}

/// Work was given anew from a document, or went on: the document joins the dossiers to which the work is tied.
pub(crate) async fn assigned(cx: &Write, scope: &Scope, assignment: AssignmentId, source: IncomingId) -> Result<()> {
    for id in ties::of(cx.tx(), scope, assignment).await? {
        let Some(dossier) = rows::hold(cx.tx(), scope, id).await? else { continue };
        join(cx, scope, &dossier, End::Incoming(source)).await?;
    }
    Ok(())
}

/// Files a document by rule: once, into an open dossier that has room, and nothing that may not lie there.
async fn join(cx: &Write, scope: &Scope, dossier: &Dossier, document: End) -> Result<()> {
    let is_open = dossier.state == DossierState::Open;
    if !is_open || lies(cx, scope, dossier.id, document).await? || fit(cx, scope, dossier, document).await.is_err() {
        return Ok(());
    }
    put(cx, dossier, document, true).await.map(drop)
}

async fn put(cx: &Write, dossier: &Dossier, document: End, by_rule: bool) -> Result<Paper> {
    let paper = Paper {
        id: cx.fresh(),
        office: dossier.office,
        dossier: dossier.id,
        document,
        filed_at: cx.now,
        by_rule,
        ordinal: None,
        pages: None,
    };
    papers::insert(cx.tx(), paper).await?;
    let values = [("paper", Some(paper.id.to_string())), ("by_rule", Some(by_rule.to_string()))];
    telling::audit(cx, "dossier", dossier.id.into(), dossier.office, &values).await?;
    Ok(paper)
}

/// Refuses what may not lie in a dossier, and more than one holds.
async fn fit(cx: &Write, scope: &Scope, dossier: &Dossier, document: End) -> Result<()> {
    match document {
        End::Incoming(id) => {
            let found = store::incoming::get(cx.tx(), scope, id).await?.filter(|one| one.office == dossier.office);
            rule::files_incoming(&found.ok_or_else(|| missing(document))?)?;
        }
        End::Outgoing(id) => {
            let found = store::outgoing::get(cx.tx(), scope, id).await?.filter(|one| one.office == dossier.office);
            rule::files_outgoing(&found.ok_or_else(|| missing(document))?)?;
        }
    }
    if papers::count(cx.tx(), scope, dossier.id).await? >= u64::from(rule::PAPERS) {
        return Err(DossierRefusal::DossierFull { limit: rule::PAPERS }.into());
    }
    Ok(())
}

async fn lies(cx: &Write, scope: &Scope, dossier: DossierId, document: End) -> Result<bool> {
    let places = papers::of_document(cx.tx(), scope, document, PLACES).await?;
    Ok(places.iter().any(|place| place.dossier == dossier))
}

fn named(incoming: Option<IncomingId>, outgoing: Option<OutgoingId>) -> Result<End, DossierRefusal> {
    match (incoming, outgoing) {
        (Some(id), None) => Ok(End::Incoming(id)),
        (None, Some(id)) => Ok(End::Outgoing(id)),
        _ => Err(DossierRefusal::PaperUnnamed),
    }
}

fn missing(document: End) -> Refusal {
    match document {
        End::Incoming(id) => Refusal::IncomingMissing { id },
        End::Outgoing(id) => Refusal::OutgoingMissing { id },
    }
}

/// What lies in a dossier, or where a document lies.
pub(crate) async fn list(cx: Read, call: ListDossierPapers) -> Result<Page<DossierPaper>> {
    let limit = Page::<DossierPaper>::limit(call.limit);
    let after = paging::one(call.cursor.as_ref())?;
    let (scope, found) = match (call.dossier, call.incoming, call.outgoing) {
        (Some(id), None, None) => {
            let dossier = dossiers::seen(&cx, id).await?;
            let (scope, kinds) = (cx.office(dossier.office)?, dossiers::kinds(cx.authority()?, dossier.office));
            let found = papers::list(cx.db(), &scope, (id, &kinds), after, paging::rows(limit)).await?;
            (scope, found)
        }
        (None, incoming, outgoing) => {
            let document = named(incoming, outgoing)?;
            let (office, kind) = match document {
                End::Incoming(id) => (super::incoming::seen(&cx, id).await?.office, INCOMING),
                End::Outgoing(id) => (super::outgoing::seen(&cx, id).await?.office, OUTGOING),
            };
            if !dossiers::kinds(cx.authority()?, office).contains(&kind) {
                return Err(missing(document).into());
            }
            let scope = cx.office(office)?;
            let found = papers::of_document(cx.db(), &scope, document, PLACES).await?;
            (scope, found)
        }
        _ => return Err(DossierRefusal::PaperUnnamed.into()),
    };
    let shown = shown(cx.db(), &scope, found).await?;
    paging::page(shown, limit, |last| last.id.to_string())
}

/// The days of what lies in a dossier.
pub(crate) async fn days(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    dossier: DossierId,
) -> Result<Vec<(DossierPaperId, Option<Day>)>> {
    let all = papers::list(conn, scope, (dossier, &[INCOMING, OUTGOING]), None, rule::PAPERS.into()).await?;
    Ok(shown(conn, scope, all).await?.into_iter().map(|paper| (paper.id, paper.dated)).collect())
}

/// Documents by their ids.
pub(crate) async fn documents(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    found: &[Paper],
) -> Result<(BTreeMap<IncomingId, IncomingDocument>, BTreeMap<OutgoingId, OutgoingDocument>)> {
    let arrived = found.iter().filter_map(|paper| if let End::Incoming(id) = paper.document { Some(id) } else { None });
    let issued = found.iter().filter_map(|paper| if let End::Outgoing(id) = paper.document { Some(id) } else { None });
    let arrived = store::incoming::by_ids(conn, scope, arrived).await?;
    let issued = store::outgoing::by_ids(conn, scope, issued).await?;
    let arrived = arrived.into_iter().map(|one| (one.id, one)).collect();
    Ok((arrived, issued.into_iter().map(|one| (one.id, one)).collect()))
}

async fn shown(conn: &impl ConnectionTrait, scope: &Scope, found: Vec<Paper>) -> Result<Vec<DossierPaper>> {
    let (arrived, issued) = documents(conn, scope, &found).await?;
    let titles = rows::by_ids(conn, scope, found.iter().map(|paper| paper.dossier.into()).collect()).await?;
    let line = |paper: Paper| {
        let (first_page, last_page) = paper.pages.unzip();
        let line = DossierPaper {
            id: paper.id,
            dossier: paper.dossier,
            dossier_title: titles.get(&paper.dossier).map(|one| one.title.clone()).unwrap_or_default(),
            incoming: None,
            outgoing: None,
            symbol: None,
            dated: None,
            author: None,
            summary: None,
            is_void: false,
            filed_at: paper.filed_at,
            by_rule: paper.by_rule,
            ordinal: paper.ordinal,
            first_page,
            last_page,
        };
        match paper.document {
            End::Incoming(id) => of_incoming(line, arrived.get(&id)?),
            End::Outgoing(id) => of_outgoing(line, issued.get(&id)?),
        }
        .into()
    };
    Ok(found.into_iter().filter_map(line).collect())
}

fn of_incoming(line: DossierPaper, one: &IncomingDocument) -> DossierPaper {
    let (symbol, author, summary) = (one.symbol.clone(), one.author_body.clone(), one.summary.clone());
    let (dated, is_void) = (one.document_day.or(Some(one.arrived)), one.state == IncomingState::Voided);
    DossierPaper { incoming: Some(one.id), symbol, dated, author, summary, is_void, ..line }
}

fn of_outgoing(line: DossierPaper, one: &OutgoingDocument) -> DossierPaper {
    let (symbol, author, summary) = (one.symbol.clone(), one.issuing_unit_name.clone(), one.summary.clone());
    let is_void = one.state == OutgoingState::Voided;
    DossierPaper { outgoing: Some(one.id), symbol, dated: one.dated, author, summary, is_void, ..line }
}
