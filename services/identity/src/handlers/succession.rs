//! Who succeeds an office, a unit, or an administrative unit of before the reform on a day.

use std::collections::{BTreeMap, BTreeSet};

use schema_identity::{
    FormerSuccessor, FormerUnit, GetOfficeSuccessors, GetUnitSuccessors, ListFormerUnits, OfficeHistory,
    OfficeSuccessor, OfficeSuccessors, Refusal, Share, UnitHistory, UnitSuccessor, UnitSuccessors,
};
use service::{Read, Result};
use wire::{
    Day, Page,
    id::{OfficeId, UnitId},
};

use super::lineage::{office_step, unit_step};
use crate::{
    domain::{
        former::{self, Former, Wanted},
        lineage::{Step, Succession, follow},
        naming, offices, tree,
    },
    store::{self, lineage::Noun},
};

pub(crate) async fn of_office(cx: Read, call: GetOfficeSuccessors) -> Result<OfficeSuccessors> {
    let day = call.as_of.unwrap_or(cx.now.day());
    let office = store::offices::get(cx.db(), call.id).await?.ok_or(Refusal::OfficeMissing)?;
    offices::lifetime(&office).filter(|life| life.from <= day).ok_or(Refusal::OfficeMissing)?;
    let Succession { ends, steps } = offices_after(&cx, &[(call.id, Share::Whole)], day).await?;
    let successors = standing(&cx, ends, day).await?;
    Ok(OfficeSuccessors { day, successors, steps: steps.into_iter().map(office_step).collect() })
}

async fn offices_after(cx: &Read, starts: &[(OfficeId, Share)], day: Day) -> Result<Succession<OfficeId>> {
    let steps = store::lineage::onward(cx.db(), Noun::Office, starts.iter().map(|(office, _)| *office)).await?;
    Ok(follow(starts, &steps, day))
}

/// Those of the offices that stand on the day.
async fn standing(cx: &Read, ends: Vec<(OfficeId, Share)>, day: Day) -> Result<Vec<OfficeSuccessor>> {
    let found = store::offices::of_ids(cx.db(), ends.iter().map(|(office, _)| *office)).await?;
    let found: BTreeMap<OfficeId, OfficeHistory> = found.into_iter().map(|office| (office.id, office)).collect();
    let stands = |(id, share)| Some(OfficeSuccessor { office: found.get(&id)?.office(day)?, share });
    Ok(ends.into_iter().filter_map(stands).collect())
}

pub(crate) async fn of_unit(cx: Read, call: GetUnitSuccessors) -> Result<UnitSuccessors> {
    let day = call.as_of.unwrap_or(cx.now.day());
    let unit = store::units::get(cx.db(), call.id).await?.ok_or(Refusal::UnitMissing)?;
    tree::lifetime(&unit).filter(|life| life.from <= day).ok_or(Refusal::UnitMissing)?;
    let steps = store::lineage::onward(cx.db(), Noun::Unit, [call.id]).await?;
    let Succession { ends, steps } = follow(&[(call.id, Share::Whole)], &steps, day);
    let found = store::units::of_ids(cx.db(), ends.iter().map(|(unit, _)| *unit)).await?;
    let found: BTreeMap<UnitId, UnitHistory> = found.into_iter().map(|unit| (unit.id, unit)).collect();
    let (mut successors, mut left) = (Vec::new(), BTreeMap::new());
    for (id, share) in ends {
        let unit = found.get(&id).ok_or(Refusal::UnitMissing)?;
        match unit.unit(day) {
            Some(unit) => successors.push(UnitSuccessor { unit, share }),
            // The larger share comes first, and stands for the office.
            None => {
                left.entry(unit.office).or_insert(share);
            }
        }
    }
    let left: Vec<(OfficeId, Share)> = left.into_iter().collect();
    let offices = if left.is_empty() {
        Vec::new()
    } else {
        standing(&cx, offices_after(&cx, &left, day).await?.ends, day).await?
    };
    Ok(UnitSuccessors { day, successors, offices, steps: steps.into_iter().map(unit_step).collect() })
}

/// A successor on the day of the reform: an office, or a code that this installation has not loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Heir<'a> {
    Office(OfficeId),
    Code(&'a str),
}

pub(crate) async fn former_units(cx: Read, call: ListFormerUnits) -> Result<Page<FormerUnit>> {
    let limit = Page::<FormerUnit>::limit(call.limit);
    let reform = former::reform().ok_or_else(|| anyhow::anyhow!("the reform of this release cannot be read"))?;
    let day = call.as_of.unwrap_or(cx.now.day());
    let words = naming::words(call.q.as_deref());
    let wanted = Wanted { code: call.code.as_deref(), words, kind: call.kind, heir: call.heir.as_deref() };
    let found = reform.find(&wanted, former::place(call.cursor.as_ref())?, usize::from(limit) + 1);
    let page = Page::cut(found, limit, |(last, _)| former::cursor(*last));
    // On the days before it they stood themselves.
    let ended = day >= reform.until();
    let codes = page.items.iter().flat_map(|(_, unit)| unit.successors.iter().map(|(code, _)| code.clone()));
    let codes: BTreeSet<String> = codes.filter(|_| ended).collect();
    let mut known = Known { day, offices: store::offices::of_codes(cx.db(), codes).await?, steps: Vec::new() };
    let first: BTreeSet<OfficeId> = known.offices.iter().map(|office| office.id).collect();
    known.steps = store::lineage::onward(cx.db(), Noun::Office, first.iter().copied()).await?;
    let later = known.steps.iter().map(|step| step.successor).filter(|office| !first.contains(office));
    let later: BTreeSet<OfficeId> = later.collect();
    known.offices.extend(store::offices::of_ids(cx.db(), later).await?);
    Ok(page.map(|(_, unit)| {
        let Former { kind, place, district, province, successors, .. } = unit.clone();
        let act = reform.act(kind);
        FormerUnit {
            kind,
            code: place.code,
            name: place.name,
            until: reform.until(),
            district,
            province,
            instrument: act.map(|act| act.instrument.clone()).unwrap_or_default(),
            verified: act.is_some_and(former::Act::verified),
            successors: if ended { known.after(&successors) } else { Vec::new() },
        }
    }))
}

/// The offices that the units of a page lead to, and the acts since.
struct Known {
    day: Day,
    offices: Vec<OfficeHistory>,
    steps: Vec<Step<OfficeId>>,
}

impl Known {
    /// Who stands on the day in the place of these codes.
    fn after(&self, successors: &[(String, Share)]) -> Vec<FormerSuccessor> {
        let heir = |code: &'_ str| self.offices.iter().find(|office| office.code == code).map(|office| office.id);
        let starts: Vec<(Heir<'_>, Share)> = successors
            .iter()
            .map(|(code, share)| (heir(code).map_or(Heir::Code(code), Heir::Office), *share))
            .collect();
        let steps: Vec<Step<Heir<'_>>> = self.steps.iter().map(of_heirs).collect();
        let ends = follow(&starts, &steps, self.day).ends;
        ends.into_iter().filter_map(|(end, share)| self.shown(end, share)).collect()
    }

    fn shown(&self, end: Heir<'_>, share: Share) -> Option<FormerSuccessor> {
        match end {
            Heir::Code(code) => Some(FormerSuccessor { code: code.to_owned(), office: None, name: None, share }),
            Heir::Office(id) => {
                let office = self.offices.iter().find(|office| office.id == id)?.office(self.day)?;
                Some(FormerSuccessor { code: office.code, office: Some(id), name: Some(office.name), share })
            }
        }
    }
}

fn of_heirs<'a>(step: &Step<OfficeId>) -> Step<Heir<'a>> {
    let Step { predecessor, successor, day, share, instrument } = step.clone();
    Step { predecessor: Heir::Office(predecessor), successor: Heir::Office(successor), day, share, instrument }
}
