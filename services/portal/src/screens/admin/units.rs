//! Q2: the units of an office as a tree, as it stood on a day: one level a page, the way up above it, the offices below
//! after it.

use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_identity::{GetOffice, ListOffices, Office, Unit};
use wire::{Cursor, id::UnitId};

use super::{
    directory::stands,
    form::{Again, Form, Input},
    reach,
    sheet::{Cell, Section, Sheet, Table, address, span},
};
use crate::{asking::Part, format, page::Place, visit::Inside, words::Words};

/// How many offices below a page shows.
const ROWS: u16 = 50;
/// How deep a tree is followed upwards.
const DEEP: usize = 20;

/// Which level of which tree is looked at, and as of which day.
struct Looked {
    office: String,
    day: String,
    w: Words,
}

impl Looked {
    /// The address of the level below a unit.
    fn level(&self, unit: UnitId) -> String {
        let pairs = [("co-quan", self.office.as_str()), ("ngay", &self.day), ("don-vi", &unit.to_string())];
        address("/quan-tri/to-chuc", &pairs)
    }
}

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let (w, query) = (inside.visit.words, &inside.visit.query);
    let (id, as_of) = (reach::office(&inside), format::read_day(query.get("ngay")));
    let of_office = GetOffice { id, as_of };
    let cursor = query.some("tiep").map(Cursor);
    let of_below = ListOffices { parent: Some(id), as_of, limit: Some(ROWS), cursor, ..ListOffices::default() };
    let (office, units, below) =
        futures_util::join!(inside.need(&of_office), reach::units(&inside, id, as_of), inside.part(&of_below));
    let office = match office {
        Ok(office) => office,
        Err(response) => return response,
    };
    let day = as_of.map(format::day).unwrap_or_default();
    let looked = Looked { office: reach::said(&inside, id), day: day.clone(), w };
    let mut sheet = Sheet::new(&inside, Place::Units, &office.name, &Again::default(), &[]);
    sheet.said = w.t("admin-tree-said");
    sheet.search = Some(search(&looked, query.get("don-vi")));
    let all = units.here().map_or(&[][..], |(all, _)| all.as_slice());
    let chosen = query.get("don-vi").parse().ok();
    let chosen = all.iter().find(|unit| Some(unit.id) == chosen);
    sheet.up = way_up(&office, all, chosen, &looked);
    if let Some(chosen) = chosen {
        sheet.heading.clone_from(&chosen.name);
        sheet.p.title.clone_from(&chosen.name);
    }
    let level = units.clone().map(|(all, whole)| level(&all, whole, chosen.map(|unit| unit.id), &looked));
    sheet.sections.push(Section::table("units", w, level).noted(stands(as_of, w)));
    if chosen.is_none() {
        let next = |cursor: &Cursor| {
            address("/quan-tri/to-chuc", &[("co-quan", &looked.office), ("ngay", &day), ("tiep", &cursor.0)])
        };
        let below = below.map(|page| Table { next: page.next.as_ref().map(next), ..offices(&page.items, &looked) });
        sheet.sections.push(Section::table("below", w, below));
    }
    sheet.answer(&inside, StatusCode::OK)
}

fn search(looked: &Looked, unit: &str) -> Form {
    Form::search("/quan-tri/to-chuc", looked.w)
        .field("co-quan", "six", Input::Kept, &looked.office)
        .field("don-vi", "six", Input::Kept, unit)
        .field("ngay", "three", Input::Day, &looked.day)
}

/// From the office down to the unit above the chosen one.
fn way_up(office: &Office, all: &[Unit], chosen: Option<&Unit>, looked: &Looked) -> Vec<(String, String)> {
    let mut way = Vec::new();
    let mut next = chosen.and_then(|unit| unit.parent);
    while let Some(unit) = next.and_then(|id| all.iter().find(|unit| unit.id == id)).filter(|_| way.len() < DEEP) {
        way.push((looked.level(unit.id), unit.name.clone()));
        next = unit.parent;
    }
    let top = address("/quan-tri/to-chuc", &[("co-quan", &looked.office), ("ngay", &looked.day)]);
    way.extend(chosen.map(|_| (top, office.name.clone())));
    way.reverse();
    way
}

/// The units directly below the chosen one; without one the committee and what is directly below it.
fn level(all: &[Unit], whole: bool, chosen: Option<UnitId>, looked: &Looked) -> Table {
    let w = looked.w;
    let roots: Vec<UnitId> = all.iter().filter(|unit| unit.parent.is_none()).map(|unit| unit.id).collect();
    let here = |unit: &&Unit| match chosen {
        Some(chosen) => unit.id == chosen || unit.parent == Some(chosen),
        None => unit.parent.is_none_or(|parent| roots.contains(&parent)),
    };
    let row = |unit: &Unit| {
        let below = all.iter().filter(|other| other.parent == Some(unit.id)).count();
        let top = Some(unit.id) == chosen || unit.parent.is_none();
        let opens = match below {
            0 => Cell::text("–"),
            _ if top => Cell::text(below.to_string()),
            _ => Cell::link(w.with("admin-level-open", &[("count", &below.to_string())]), looked.level(unit.id)),
        };
        vec![
            Cell::link(unit.name.clone(), format!("/quan-tri/don-vi/{}", unit.id)),
            Cell::text(unit.body.clone().unwrap_or_default()),
            Cell::text(span(unit.from, unit.to, w)),
            opens,
        ]
    };
    let mut shown: Vec<&Unit> = all.iter().filter(here).collect();
    // The one above stands first, the rest as identity orders them.
    shown.sort_by_key(|unit| Some(unit.id) != chosen && unit.parent.is_some());
    let mut table =
        Table::new(w, &["unit", "body", "time", "below"], "admin-units-none", shown.into_iter().map(row).collect());
    if !whole {
        table.rows.push(vec![Cell::text(w.t("admin-cut")), Cell::default(), Cell::default(), Cell::default()]);
    }
    table
}

fn offices(items: &[Office], looked: &Looked) -> Table {
    let w = looked.w;
    let row = |office: &Office| {
        let tree = address("/quan-tri/to-chuc", &[("co-quan", &office.id.to_string()), ("ngay", &looked.day)]);
        vec![
            Cell::number(office.code.clone()),
            Cell::link(office.name.clone(), tree),
            Cell::text(span(office.from, office.to, w)),
        ]
    };
    Table::new(w, &["#code", "office", "time"], "admin-below-none", items.iter().map(row).collect())
}

/// Units to choose from, those of one branch after each other.
pub(crate) fn options(all: Part<(Vec<Unit>, bool)>, but: Option<UnitId>) -> Vec<(String, String)> {
    let all = all.here().map(|(all, _)| all.clone()).unwrap_or_default();
    let others = all.into_iter().filter(|unit| Some(unit.id) != but);
    others.map(|unit| (unit.id.to_string(), unit.name)).collect()
}

/// The name of a unit on a day.
pub(crate) fn name(all: &[Unit], id: UnitId) -> String {
    all.iter().find(|unit| unit.id == id).map(|unit| unit.name.clone()).unwrap_or_default()
}
