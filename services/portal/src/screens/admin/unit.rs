//! Q2: a unit through time: its names and places, the acts, who succeeds it; and what an administrator does with it: rename,
//! move, make one below it, end, merge, divide, each by an instrument from a day on, and shown before it is done.

use std::collections::BTreeMap;

use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use futures_util::future::{OptionFuture, join_all};
use schema_identity::{
    ChangeUnit, CreateUnit, EndUnit, GetUnit, GetUnitActs, GetUnitHistory, GetUnitSuccessors, MergeUnits, Position,
    SplitUnit, UnitActs, UnitHistory, UnitSpan, UnitSuccessors,
};
use wire::id::UnitId;

use super::{
    acting::{After, Refusal, after, chosen, day, look, ticked},
    form::{Again, Form, Input},
    kinds, preview, reach,
    sheet::{Cell, Content, Section, Sheet, Table, address, span},
    units,
};
use crate::{
    format, no,
    page::Place,
    visit::{Inside, Posted},
    words::Words,
};

/// What can be done.
const ACTS: [&str; 5] = ["doi", "them", "ket-thuc", "sap-nhap", "chia"];

/// Names of the units above, by unit and first day.
type Above = BTreeMap<UnitId, String>;

/// The page of a unit.
pub(crate) async fn show(Path(id): Path<UnitId>, inside: Inside) -> Response<Body> {
    page(&inside, id, StatusCode::OK, &Again::default()).await
}

async fn page(inside: &Inside, id: UnitId, status: StatusCode, again: &Again) -> Response<Body> {
    let (w, today) = (inside.visit.words, inside.visit.today());
    let history = match inside.need(&GetUnitHistory { id }).await {
        Ok(history) => history,
        Err(response) => return response,
    };
    let Some(current) = history.at(today).or(history.spans.last()) else {
        return no::fault(
            inside,
            &wire::Fault::new(wire::Kind::Missing, "portal.unit", "no such unit", "không có đơn vị"),
        );
    };
    let ended = current.to.is_some_and(|to| to <= today);
    let begun = history.spans.first().is_some_and(|first| first.from <= today);
    let (of_acts, of_heirs) = (GetUnitActs { id }, GetUnitSuccessors { id, as_of: None });
    let (acts, heirs, above, positions, changes) = futures_util::join!(
        inside.part(&of_acts),
        OptionFuture::from(begun.then(|| inside.part(&of_heirs))),
        above(inside, &history),
        reach::positions(inside, history.office, None),
        reach::changes(inside, history.office),
    );
    let mut sheet = Sheet::new(inside, Place::Units, &current.name, again, &ACTS);
    let office = reach::said(inside, history.office);
    sheet.up = vec![(address("/quan-tri/to-chuc", &[("co-quan", &office)]), w.t("admin-tree"))];
    let over = current.parent.and_then(|over| Some((format!("/quan-tri/don-vi/{over}"), above.get(&over)?.clone())));
    sheet.up.extend(over);
    sheet.sections.push(Section::new("facts", w, Content::Facts(facts(&history, current, &above, w))));
    sheet.sections.push(Section::table("names", w, crate::asking::Part::Here(names(&history, &above, w))));
    sheet.sections.push(Section::table("acts", w, acts.map(|acts| instruments(&acts, w))));
    if let Some(heirs) = heirs.filter(|_| ended) {
        sheet.sections.push(Section::table("heirs", w, heirs.map(|heirs| succession(&heirs, id, w))));
    }
    let positions = positions.map(|(all, _)| holders(&all, id, &office, w));
    sheet.sections.push(Section::table("positions", w, positions));
    if changes && !ended {
        sheet.forms = forms(inside, &history, current, again).await;
        preview::announce(&mut sheet.forms, w);
    }
    sheet.answer(inside, status)
}

/// The names of the units above as they stood at the beginning of each span.
async fn above(inside: &Inside, history: &UnitHistory) -> Above {
    let calls = history.spans.iter().filter_map(|span| Some(GetUnit { id: span.parent?, as_of: Some(span.from) }));
    let calls: Vec<GetUnit> = calls.collect();
    let found = join_all(calls.iter().map(|call| inside.part(call))).await;
    found.iter().filter_map(|part| part.here()).map(|unit| (unit.id, unit.name.clone())).collect()
}

fn facts(history: &UnitHistory, current: &UnitSpan, above: &Above, w: Words) -> Vec<(String, Cell)> {
    let over = current.parent.map(|over| {
        let name = above.get(&over).cloned().unwrap_or_else(|| w.t("admin-unknown"));
        Cell::link(name, format!("/quan-tri/don-vi/{over}"))
    });
    let facts = [
        ("admin-above", over),
        ("admin-col-body", current.body.clone().map(Cell::text)),
        (
            "admin-col-time",
            history
                .spans
                .first()
                .map(|first| Cell::text(span(first.from, history.spans.last().and_then(|last| last.to), w))),
        ),
        ("admin-office", Some(Cell::link(w.t("admin-office-open"), format!("/danh-ba/{}", history.office)))),
    ];
    facts.into_iter().filter_map(|(key, cell)| Some((w.t(key), cell?))).collect()
}

fn names(history: &UnitHistory, above: &Above, w: Words) -> Table {
    let row = |one: &UnitSpan| {
        let over = one.parent.and_then(|over| above.get(&over)).cloned().unwrap_or_default();
        vec![Cell::text(span(one.from, one.to, w)), Cell::text(one.name.clone()), Cell::text(over)]
    };
    Table::new(w, &["time", "name", "above"], "admin-none", history.spans.iter().map(row).collect())
}

fn instruments(acts: &UnitActs, w: Words) -> Table {
    let row = |act: &schema_identity::UnitAct| {
        let what = kinds::unit_act(act.kind, w);
        vec![Cell::text(format::day(act.day)), Cell::text(what), Cell::text(act.instrument.clone())]
    };
    Table::new(w, &["day", "what", "instrument"], "admin-acts-none", acts.acts.iter().map(row).collect())
}

fn succession(heirs: &UnitSuccessors, id: UnitId, w: Words) -> Table {
    let last = heirs.steps.last();
    let of_unit = |heir: &schema_identity::UnitSuccessor| {
        let step = heirs.steps.iter().find(|step| step.successor == heir.unit.id).or(last);
        vec![
            Cell::link(heir.unit.name.clone(), format!("/quan-tri/don-vi/{}", heir.unit.id))
                .marked(vec![kinds::share(heir.share, w)]),
            Cell::text(step.map(|step| format::day(step.day)).unwrap_or_default()),
            Cell::text(step.map(|step| step.instrument.clone()).unwrap_or_default()),
        ]
    };
    let of_office = |heir: &schema_identity::OfficeSuccessor| {
        let link = Cell::link(heir.office.name.clone(), format!("/danh-ba/{}", heir.office.id));
        vec![
            link.meta(w.t("admin-heir-office")).marked(vec![kinds::share(heir.share, w)]),
            Cell::default(),
            Cell::default(),
        ]
    };
    let units = heirs.successors.iter().filter(|heir| heir.unit.id != id).map(of_unit);
    let rows = units.chain(heirs.offices.iter().map(of_office)).collect();
    Table::new(w, &["heir", "day", "instrument"], "admin-no-heir", rows)
}

/// The posts that stand in a unit.
pub(crate) fn holders(all: &[Position], id: UnitId, office: &str, w: Words) -> Table {
    let page = address("/quan-tri/chuc-danh", &[("co-quan", office)]);
    let row = |position: &Position| {
        vec![
            Cell::link(position.title.clone(), page.clone()),
            Cell::text(if position.head { w.t("admin-head") } else { String::new() }),
            Cell::text(span(position.from, position.to, w)),
        ]
    };
    let here = all.iter().filter(|position| position.unit == id).map(row);
    Table::new(w, &["title", "head", "time"], "admin-positions-none", here.collect())
}

/// What can be done with a unit.
pub(crate) async fn forms(inside: &Inside, history: &UnitHistory, current: &UnitSpan, again: &Again) -> Vec<Form> {
    let (w, today) = (inside.visit.words, format::day(inside.visit.today()));
    let to = format!("/quan-tri/don-vi/{}", history.id);
    let others = units::options(reach::units(inside, history.office, None).await, Some(history.id));
    let parent = current.parent.map(|over| over.to_string()).unwrap_or_default();
    let change = Form::new("doi", &to, w, again).text("name", &current.name);
    let make = Form::new("them", &to, w, again).text("name", "").field("body", "three", Input::Text, "");
    let make = make.day("from", &today);
    if current.parent.is_none() {
        return vec![change.day("from", &today).text("instrument", ""), make];
    }
    let change = change.field("parent", "six", Input::Choice(others.clone()), &parent);
    let merge = Form::new("sap-nhap", &to, w, again).ending().choice("into", others.clone());
    let split = Form::new("chia", &to, w, again).ending();
    let split = split.field("successors", "six", Input::Ticks(others.clone()), "").choice("main", others);
    let end = Form::new("ket-thuc", &to, w, again).ending();
    vec![
        change.day("from", &today).text("instrument", ""),
        make,
        merge.day("day", "").text("instrument", ""),
        split.day("day", "").text("instrument", ""),
        end.day("to", "").text("instrument", ""),
    ]
}

/// Does what a form of the page is for.
pub(crate) async fn act(Path((id, act)): Path<(UnitId, String)>, posted: Posted) -> Response<Body> {
    if !ACTS.contains(&act.as_str()) {
        return no::nowhere(posted.inside.visit).await;
    }
    let done = if preview::is_due(&act, &posted.fields) {
        match preview::show(&posted, id, &act).await {
            Ok(response) => return response,
            Err(refused) => Err(refused),
        }
    } else {
        acted(&posted, id, &act).await
    };
    match after(&posted, &act, &format!("/quan-tri/don-vi/{id}"), done) {
        After::Elsewhere(response) => response,
        After::Again(status, again) => page(&posted.inside, id, status, &again).await,
    }
}

async fn acted(posted: &Posted, id: UnitId, act: &str) -> Result<(), Refusal> {
    let typed = &posted.fields;
    let instrument = typed.get("instrument").to_owned();
    match act {
        "doi" => {
            let (from, parent) = (day(posted, "from")?, typed.get("parent").parse().ok());
            let call = ChangeUnit { id, from, name: typed.some("name"), parent, instrument: typed.some("instrument") };
            posted.act(&call).await?;
        }
        "them" => {
            let from = day(posted, "from")?;
            let office = look(posted, &GetUnit { id, as_of: Some(from) }).await?.office;
            let name = typed.get("name").to_owned();
            posted.act(&CreateUnit { office, parent: id, name, body: typed.some("body"), from }).await?;
        }
        "sap-nhap" => {
            let (into, day) = (chosen(posted, "into")?, day(posted, "day")?);
            posted.act(&MergeUnits { id: into, predecessors: vec![id], day, instrument }).await?;
        }
        "chia" => {
            let (main, day) = (chosen(posted, "main")?, day(posted, "day")?);
            let successors = ticked(posted, "successors");
            posted.act(&SplitUnit { id, successors, main, day, instrument }).await?;
        }
        _ => {
            let to = day(posted, "to")?;
            posted.act(&EndUnit { id, to, instrument: typed.some("instrument") }).await?;
        }
    }
    Ok(())
}
