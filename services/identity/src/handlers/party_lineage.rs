//! Mergers and splits of party organisations: the members of a cell go on in its successor.

use std::collections::{BTreeMap, BTreeSet};

use schema_identity::{
    MergePartyOrganisations, PartyInstrument, PartyOrganisation, PartyOrganisationHistory, PartySuccessor, Refusal,
    Share, SplitPartyOrganisation,
};
use service::{Audit, Result, Write};
use wire::{Day, Refusal as _, id::PartyOrganisationId};

use super::{
    lineage::{parties, told},
    members, organisations,
};
use crate::{
    domain::{
        lineage::{self, Step},
        members::{Cell, carry},
        organisations::lifetime,
    },
    store::{self, lineage::Noun},
};

/// The most members that one act moves, so that it commits within a second.
const MOST: usize = 500;

pub(crate) async fn merge(cx: Write, call: MergePartyOrganisations) -> Result<PartyOrganisation> {
    let MergePartyOrganisations { id, predecessors, day, instrument } = call;
    let by = organisations::instrument(&instrument)?;
    let steps = lineage::merge(&predecessors, id, day, &by.number).map_err(|bad| bad.fault().at("predecessors"))?;
    let mut known = settle(&cx, id, day, &by, steps).await?;
    shown(known.remove(&id), day)
}

pub(crate) async fn split(cx: Write, call: SplitPartyOrganisation) -> Result<PartyOrganisation> {
    let SplitPartyOrganisation { id, successors, main, day, instrument } = call;
    let by = organisations::instrument(&instrument)?;
    let steps = lineage::split(id, &successors, main, day, &by.number).map_err(|bad| bad.fault().at("successors"))?;
    let mut known = settle(&cx, id, day, &by, steps).await?;
    shown(known.remove(&main), day)
}

fn shown(found: Option<PartyOrganisationHistory>, day: Day) -> Result<PartyOrganisation> {
    Ok(found.and_then(|found| found.organisation(day)).ok_or(Refusal::PartyOrganisationMissing)?)
}

type Known = BTreeMap<PartyOrganisationId, PartyOrganisationHistory>;

/// Moves the members, ends the predecessors and writes the steps down.
async fn settle(
    cx: &Write,
    named: PartyOrganisationId,
    day: Day,
    by: &PartyInstrument,
    steps: Vec<Step<PartyOrganisationId>>,
) -> Result<Known> {
    store::offices::lock_tree(cx.tx()).await?;
    let (predecessors, successors) = parties(&steps);
    let mut known = Known::new();
    for id in predecessors.union(&successors).copied().collect::<BTreeSet<_>>() {
        known.insert(id, organisations::locked(cx, id).await?);
    }
    if let Some(named) = known.get(&named) {
        cx.expect(named.version)?;
    }
    let mut moved = 0;
    for id in predecessors {
        let own: Vec<&Step<PartyOrganisationId>> = steps.iter().filter(|step| step.predecessor == id).collect();
        let ended = known.remove(&id).ok_or(Refusal::PartyOrganisationMissing)?;
        moved += succeed(cx, ended, &own, day, by, &known).await?;
        if moved > MOST {
            return Err(Refusal::PartyMembersMany { most: MOST }.into());
        }
    }
    store::lineage::insert(cx.tx(), Noun::PartyOrganisation, &steps).await?;
    Ok(known)
}

/// One of the predecessors goes to those who succeed it; gives how many members went with it.
async fn succeed(
    cx: &Write,
    ended: PartyOrganisationHistory,
    steps: &[&Step<PartyOrganisationId>],
    day: Day,
    by: &PartyInstrument,
    known: &Known,
) -> Result<usize> {
    if store::lineage::is_succeeded(cx.tx(), Noun::PartyOrganisation, ended.id).await? {
        return Err(Refusal::LineageNamed.into());
    }
    let kind = ended.spans.last().map(|span| span.kind).ok_or(Refusal::PartyOrganisationMissing)?;
    let mut moved = 0;
    for step in steps {
        let heir = known.get(&step.successor).ok_or(Refusal::PartyOrganisationMissing)?;
        let then = heir.at(day).ok_or(Refusal::PartyOrganisationMissing)?;
        if then.kind.is_cell() != kind.is_cell() {
            return Err(Refusal::PartyNotCell.into());
        }
        if step.share != Share::Part && kind.is_cell() {
            moved += carry_members(cx, ended.id, heir, day, by).await?;
        }
        let act = Audit::of("party_organisation", ended.id).office(ended.office);
        cx.audit(told(act, step)).await?;
    }
    let mut ended = if lifetime(&ended).and_then(|life| life.to) == Some(day) {
        let ended = PartyOrganisationHistory { ended_by: Some(by.clone()), version: ended.version.next(), ..ended };
        store::organisations::save(cx.tx(), &ended).await?;
        ended
    } else {
        organisations::end_on(cx, ended, day, by.clone()).await?
    };
    ended.successors =
        steps.iter().map(|step| PartySuccessor { organisation: step.successor, day, share: step.share }).collect();
    ended.successors.sort_by_key(|to| (to.share, to.organisation));
    let last = ended.spans.last().map_or(day, |span| span.from);
    organisations::tell(cx, ended, last).await?;
    Ok(moved)
}

async fn carry_members(
    cx: &Write,
    ended: PartyOrganisationId,
    heir: &PartyOrganisationHistory,
    day: Day,
    by: &PartyInstrument,
) -> Result<usize> {
    let belonging = store::members::reaching(cx.tx(), ended, day, MOST as u64 + 1).await?;
    if belonging.len() > MOST {
        return Err(Refusal::PartyMembersMany { most: MOST }.into());
    }
    let cell = Cell { organisation: heir.id, office: heir.office };
    let moved = belonging.len();
    for before in belonging {
        let carried = carry(before.clone(), || cx.fresh(), ended, cell, day, by)?;
        let carried = members::place(cx, carried, heir.clone()).await?;
        members::save(cx, &before, carried).await?;
    }
    Ok(moved)
}
