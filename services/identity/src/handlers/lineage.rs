//! Acts by which offices and units end and others succeed them: mergers and splits.

use std::collections::BTreeSet;

use schema_identity::{
    MergeOffices, MergeUnits, OfficeStep, OfficeSteps, Refusal, Share, SplitOffice, SplitUnit, UnitActKind, UnitStep,
    UnitSteps,
};
use service::{Audit, Result, Write};
use wire::{
    Day, Refusal as _,
    id::{OfficeId, UnitId},
};

use super::{offices::administered, units};
use crate::{
    domain::{
        lineage::{self, Step},
        naming, offices, tree,
    },
    store::{self, lineage::Noun},
};

pub(crate) async fn merge_offices(cx: Write, call: MergeOffices) -> Result<OfficeSteps> {
    let MergeOffices { id, predecessors, day, instrument } = call;
    let instrument = naming::line("instrument", &instrument)?;
    let steps = lineage::merge(&predecessors, id, day, &instrument).map_err(|bad| bad.fault().at("predecessors"))?;
    settle_offices(&cx, id, day, instrument, steps).await
}

pub(crate) async fn split_office(cx: Write, call: SplitOffice) -> Result<OfficeSteps> {
    let SplitOffice { id, successors, main, day, instrument } = call;
    let instrument = naming::line("instrument", &instrument)?;
    let steps = lineage::split(id, &successors, main, day, &instrument).map_err(|bad| bad.fault().at("successors"))?;
    settle_offices(&cx, id, day, instrument, steps).await
}

/// Ends the predecessors, writes the steps down, and brings up to date who reaches whose rows. `named` is the office
/// whose version the caller may have seen.
async fn settle_offices(
    cx: &Write,
    named: OfficeId,
    day: Day,
    instrument: String,
    steps: Vec<Step<OfficeId>>,
) -> Result<OfficeSteps> {
    let (predecessors, successors) = parties(&steps);
    for id in successors {
        let office = administered(cx, id, day).await?;
        if id == named {
            cx.expect(office.version)?;
        }
        office.at(day).ok_or(Refusal::OfficeMissing)?;
    }
    for id in &predecessors {
        let office = administered(cx, *id, day).await?;
        if *id == named {
            cx.expect(office.version)?;
        }
        if store::lineage::is_succeeded(cx.tx(), Noun::Office, *id).await? {
            return Err(Refusal::LineageNamed.into());
        }
        if offices::lifetime(&office).and_then(|life| life.to) != Some(day) {
            super::offices::end_on(cx, office, day, instrument.clone()).await?;
        }
    }
    store::lineage::insert(cx.tx(), Noun::Office, &steps).await?;
    store::lineage::reach_anew(cx.tx(), &predecessors.into_iter().collect::<Vec<_>>()).await?;
    for step in &steps {
        cx.audit(told(Audit::of("office", step.predecessor).office(step.predecessor), step)).await?;
    }
    Ok(OfficeSteps { steps: steps.into_iter().map(office_step).collect() })
}

pub(crate) async fn merge_units(cx: Write, call: MergeUnits) -> Result<UnitSteps> {
    let MergeUnits { id, predecessors, day, instrument } = call;
    let instrument = naming::line("instrument", &instrument)?;
    let steps = lineage::merge(&predecessors, id, day, &instrument).map_err(|bad| bad.fault().at("predecessors"))?;
    settle_units(&cx, id, day, steps).await
}

pub(crate) async fn split_unit(cx: Write, call: SplitUnit) -> Result<UnitSteps> {
    let SplitUnit { id, successors, main, day, instrument } = call;
    let instrument = naming::line("instrument", &instrument)?;
    let steps = lineage::split(id, &successors, main, day, &instrument).map_err(|bad| bad.fault().at("successors"))?;
    settle_units(&cx, id, day, steps).await
}

/// Ends the predecessors and writes the steps down. Several offices may be named: they are locked behind the lock of the
/// tree, so that of two such acts none waits for the other.
async fn settle_units(cx: &Write, named: UnitId, day: Day, steps: Vec<Step<UnitId>>) -> Result<UnitSteps> {
    store::offices::lock_tree(cx.tx()).await?;
    let (predecessors, successors) = parties(&steps);
    for id in successors {
        let (unit, _) = units::of_office(cx, id).await?;
        if id == named {
            cx.expect(unit.version)?;
        }
        unit.at(day).ok_or(Refusal::UnitMissing)?;
    }
    for id in predecessors {
        let (unit, others) = units::of_office(cx, id).await?;
        if id == named {
            cx.expect(unit.version)?;
        }
        if store::lineage::is_succeeded(cx.tx(), Noun::Unit, id).await? {
            return Err(Refusal::LineageNamed.into());
        }
        let office = unit.office;
        if tree::lifetime(&unit).and_then(|life| life.to) != Some(day) {
            units::end_on(cx, unit, &others, day).await?;
        }
        let own: Vec<&Step<UnitId>> = steps.iter().filter(|step| step.predecessor == id).collect();
        if let Some(step) = own.first() {
            let kind = if step.share == Share::Whole { UnitActKind::Merged } else { UnitActKind::Split };
            units::note(cx, id, day, kind, Some(step.instrument.clone())).await?;
        }
        for step in own {
            cx.audit(told(Audit::of("unit", id).office(office), step)).await?;
        }
    }
    store::lineage::insert(cx.tx(), Noun::Unit, &steps).await?;
    Ok(UnitSteps { steps: steps.into_iter().map(unit_step).collect() })
}

/// Who ends and who succeeds, each once.
pub(super) fn parties<I: Copy + Ord>(steps: &[Step<I>]) -> (BTreeSet<I>, BTreeSet<I>) {
    (steps.iter().map(|step| step.predecessor).collect(), steps.iter().map(|step| step.successor).collect())
}

/// What the audit log holds of a step.
pub(super) fn told<I: std::fmt::Display>(act: Audit, step: &Step<I>) -> Audit {
    act.field("successor", &step.successor)
        .field("day", step.day)
        .field("share", store::lineage::share_word(step.share))
        .field("instrument", &step.instrument)
}

/// A step as clients see it.
pub(super) fn office_step(step: Step<OfficeId>) -> OfficeStep {
    let Step { predecessor, successor, day, share, instrument } = step;
    OfficeStep { predecessor, successor, day, share, instrument }
}

/// A step as clients see it.
pub(super) fn unit_step(step: Step<UnitId>) -> UnitStep {
    let Step { predecessor, successor, day, share, instrument } = step;
    UnitStep { predecessor, successor, day, share, instrument }
}
