//! The seal book and the hand-over book.

use anyhow::Result;
use schema_documents::{
    BookRefusal, HandOverPapers, IncomingDocument, IncomingState, ListPaperHandovers, ListSealImprints,
    OutgoingDocument, PaperHandover, PaperHandovers, RecordSealImprint, Refusal, SealImprint,
};
use schema_identity::Unit;
use service::{Read, Write};
use wire::Page;

use super::{course, paging, telling, units};
use crate::{
    domain::{
        field::{self, limit},
        outgoing::signable,
    },
    store::{self, imprints, instructions, passages, registers},
};

/// As many papers as are handed over at once.
const PAPERS: usize = 100;
/// As many copies as one use of a seal is upon.
const COPIES: u32 = 100_000;

/// Enters a use of the seal.
pub(crate) async fn record(cx: Write, call: RecordSealImprint) -> Result<SealImprint> {
    let found = store::outgoing::get(cx.tx(), cx.scope(), call.id).await?;
    let document = found.ok_or(Refusal::OutgoingMissing { id: call.id })?;
    signable(&document)?;
    field::count("copies", Some(call.copies), COPIES)?;
    let note = field::optional_line("note", call.note.as_deref(), limit::NOTE)?;
    let line = entered(&cx, &document, (call.copies, None), note).await?.ok_or(BookRefusal::NoSeal)?;
    telling::acting(&cx, document.office, Some(&document.genre))?;
    let values = [("symbol", Some(line.symbol.clone())), ("copies", Some(line.copies.to_string()))];
    telling::audit(&cx, "seal_imprint", line.id.into(), line.office, &values).await?;
    Ok(line)
}

/// Enters a line for a document: of its recorded seal, or of the certificate with which it was sealed digitally.
pub(super) async fn entered(
    cx: &Write,
    document: &OutgoingDocument,
    (copies, certificate): (u32, Option<&str>),
    note: Option<String>,
) -> Result<Option<SealImprint>> {
    let (Some(symbol), Some(dated)) = (&document.symbol, document.dated) else { return Ok(None) };
    let recorded = document.seal.as_ref().map(|used| (used.body_name.as_str(), used.seal.as_str()));
    let used = match certificate {
        Some(name) => Some((recorded.map_or(name, |(body_name, _)| body_name), name)),
        None => recorded,
    };
    let Some((body_name, seal)) = used else { return Ok(None) };
    let line = SealImprint {
        id: cx.fresh(),
        office: document.office,
        document: document.id,
        symbol: symbol.clone(),
        dated,
        summary: document.summary.clone(),
        body_name: body_name.to_owned(),
        seal: seal.to_owned(),
        copies,
        digital: certificate.is_some(),
        by: cx.person()?.person,
        at: cx.now,
        note,
    };
    imprints::insert(cx.tx(), &line).await?;
    Ok(Some(line))
}

/// The seal book.
pub(crate) async fn list_imprints(cx: Read, call: ListSealImprints) -> Result<Page<SealImprint>> {
    let scope = cx.office(call.office)?;
    let limit = Page::<SealImprint>::limit(call.limit);
    let before = paging::moment_and_id(call.cursor.as_ref())?;
    let found = imprints::list(cx.db(), &scope, &call, before, paging::rows(limit)).await?;
    paging::page(found, limit, |last| format!("{}.{}", last.at.micros(), last.id))
}

/// Looks up the unit that papers go to.
pub(crate) async fn unit(cx: Read, call: HandOverPapers) -> Result<Unit> {
    let mut named = units::named(&cx, [call.unit], cx.now.day()).await?;
    Ok(named.remove(&call.unit).ok_or_else(|| Refusal::UnitUnknown { id: call.unit }.at("unit"))?)
}

/// Hands papers over, all of them or none.
pub(crate) async fn hand_over(cx: Write, call: HandOverPapers, unit: Unit) -> Result<PaperHandovers> {
    let mut numbers = call.numbers.clone();
    let mut seen = std::collections::BTreeSet::new();
    numbers.retain(|number| seen.insert(*number));
    if numbers.is_empty() || numbers.len() > PAPERS {
        return Err(BookRefusal::NumbersMissing { limit: PAPERS }.into());
    }
    let note = field::optional_line("note", call.note.as_deref(), limit::NOTE)?;
    let register = registers::get(cx.tx(), cx.scope(), call.register).await?;
    let register = register.ok_or(Refusal::RegisterMissing { id: call.register })?;
    let found = store::incoming::by_numbers(cx.tx(), &cx.office(register.office)?, register.id, &numbers).await?;
    let mut papers = Vec::with_capacity(numbers.len());
    for number in numbers {
        let standing = |one: &&IncomingDocument| one.number == number && one.state == IncomingState::Registered;
        let before = found.iter().find(standing).ok_or(BookRefusal::NumberUnknown { number })?;
        if !call.confirmed && !fits(&cx, before, &unit).await? {
            return Err(BookRefusal::WrongUnit { number }.into());
        }
        papers.push(before.clone());
    }
    // Papers are held in the order of their ids, so that two who hand over the same ones do not wait for each other.
    let mut in_order: Vec<&IncomingDocument> = papers.iter().collect();
    in_order.sort_by_key(|one| one.id);
    for paper in in_order {
        course::put(&cx, paper.id, (&unit, None), note.clone()).await?;
    }
    let items = papers.into_iter().map(|one| line(one, &unit, cx.now, note.clone())).collect();
    Ok(PaperHandovers { items })
}

/// Whether the instruction upon a paper, where there is one, names the unit.
async fn fits(cx: &Write, paper: &IncomingDocument, unit: &Unit) -> Result<bool> {
    let Some(id) = paper.instruction else { return Ok(true) };
    let Some(instruction) = instructions::get(cx.tx(), cx.scope(), id).await? else { return Ok(true) };
    let routing = instruction.routing;
    let named = routing.lead.iter().chain(&routing.with).chain(&routing.to_know);
    Ok(named.into_iter().any(|one| *one == unit.id))
}

fn line(paper: IncomingDocument, unit: &Unit, at: wire::Instant, note: Option<String>) -> PaperHandover {
    let IncomingDocument { id, number, symbol, summary, .. } = paper;
    PaperHandover { document: id, number, symbol, summary, unit: unit.id, unit_name: unit.name.clone(), at, note }
}

/// The hand-over book of a day.
pub(crate) async fn list_handovers(cx: Read, call: ListPaperHandovers) -> Result<Page<PaperHandover>> {
    let scope = cx.office(call.office)?;
    let limit = Page::<PaperHandover>::limit(call.limit);
    let after = paging::moment_and_id(call.cursor.as_ref())?;
    let stays = passages::on(cx.db(), &scope, call.day, after, paging::rows(limit)).await?;
    let papers = store::incoming::by_ids(cx.db(), &scope, stays.iter().map(|(id, _)| *id)).await?;
    let lines = stays.into_iter().filter_map(|(id, stay)| {
        let paper = papers.iter().find(|one| one.id == id)?;
        Some(PaperHandover {
            document: id,
            number: paper.number,
            symbol: paper.symbol.clone(),
            summary: paper.summary.clone(),
            unit: stay.unit,
            unit_name: stay.unit_name,
            at: stay.passed_at,
            note: stay.note.filter(|_| paper.state == IncomingState::Registered),
        })
    });
    paging::page(lines.collect(), limit, |last| format!("{}.{}", last.at.micros(), last.document))
}
