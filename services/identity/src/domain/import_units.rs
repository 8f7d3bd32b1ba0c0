//! Rows of units: each below one that is there, or below one that another row makes.

use std::collections::BTreeMap;

use schema_identity::{DirectoryField, UnitHistory};
use wire::{
    Day,
    id::{OfficeId, UnitId},
};

use super::{
    import_mend::Mend,
    import_plan::{Above, Order, Place, Places, Plan, place},
    import_sheet::Line,
};

/// A row whose unit is not there yet.
struct Fresh<'a> {
    line: &'a Line,
    office: OfficeId,
    above: Above,
}

/// Plans rows of units, those above before those below.
pub(crate) fn plan(plan: &mut Plan, lines: &[Line], places: &Places) {
    let mut named: BTreeMap<(OfficeId, String), Vec<&Line>> = BTreeMap::new();
    let mut placed: Vec<(&Line, &Place)> = Vec::new();
    for line in lines {
        if let Some(place) = place(plan, line, places) {
            named.entry((place.office, text::fold(&line.name))).or_default().push(line);
            placed.push((line, place));
        }
    }
    let mut seen: BTreeMap<(OfficeId, String, String), u32> = BTreeMap::new();
    let mut waiting: Vec<Fresh<'_>> = Vec::new();
    for (line, place) in placed {
        let parent = line.parent.as_deref().map(text::fold).unwrap_or_default();
        if let Some(first) = seen.insert((place.office, text::fold(&line.name), parent.clone()), line.row) {
            plan.blame(line, DirectoryField::Name, Some(line.name.clone()), &Mend::Twice { first });
            continue;
        }
        let rows = named.get(&(place.office, parent)).map(Vec::as_slice).unwrap_or_default();
        match above(line, place, rows) {
            Err(mend) => plan.blame(line, DirectoryField::Parent, line.parent.clone(), &mend),
            Ok(Above::Unit(unit)) if is_there(line, place, unit) => plan.known += 1,
            Ok(above) => waiting.push(Fresh { line, office: place.office, above }),
        }
    }
    in_order(plan, waiting);
}

/// The unit above: one that is there on the first day, or that another row makes; the committee when none is named.
fn above(line: &Line, place: &Place, rows: &[&Line]) -> Result<Above, Mend> {
    let Some(parent) = &line.parent else {
        let root = place.units.iter().find(|unit| unit.at(line.from).is_some_and(|span| span.parent.is_none()));
        return root.map(|unit| Above::Unit(unit.id)).ok_or(Mend::Unit);
    };
    let there = units_named(&place.units, parent, line.from);
    match (there.as_slice(), rows) {
        ([unit], _) => Ok(Above::Unit(unit.id)),
        ([], [row]) => Ok(Above::Row(row.row)),
        ([], []) => Err(Mend::Unit),
        _ => Err(Mend::UnitAmbiguous),
    }
}

/// Units of a name on a day.
pub(crate) fn units_named<'a>(units: &'a [UnitHistory], name: &str, day: Day) -> Vec<&'a UnitHistory> {
    let name = text::fold(name);
    units.iter().filter(|unit| unit.at(day).is_some_and(|span| text::fold(&span.name) == name)).collect()
}

fn is_there(line: &Line, place: &Place, above: UnitId) -> bool {
    let below = |unit: &&UnitHistory| unit.at(line.from).is_some_and(|span| span.parent == Some(above));
    units_named(&place.units, &line.name, line.from).iter().any(below)
}

/// Orders each row after the one above it; those for which there is no such order have a fault.
fn in_order(plan: &mut Plan, mut waiting: Vec<Fresh<'_>>) {
    let mut days: BTreeMap<u32, Day> = BTreeMap::new();
    loop {
        let before = waiting.len();
        let mut left = Vec::new();
        for fresh in waiting {
            let Fresh { line, office, above } = &fresh;
            let stands = match above {
                Above::Unit(_) => true,
                Above::Row(row) => days.get(row).is_some_and(|from| *from <= line.from),
            };
            if !stands {
                left.push(fresh);
                continue;
            }
            days.insert(line.row, line.from);
            let (name, body, from) = (line.name.clone(), line.body.clone(), line.from);
            plan.orders.push((line.row, Order::Unit { office: *office, above: *above, name, body, from }));
        }
        waiting = left;
        if waiting.is_empty() || waiting.len() == before {
            break;
        }
    }
    for Fresh { line, above, .. } in &waiting {
        let row = if let Above::Row(row) = above { *row } else { line.row };
        plan.blame(line, DirectoryField::Parent, line.parent.clone(), &Mend::Above { row });
    }
}
