//! V11: one office through time: its names and who stood above it, the act of each change, from which units it was merged,
//! who succeeds it, what stands below it and what is still open in it; and for whoever administers the office above: rename, end, merge.

use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use futures_util::future::OptionFuture;
use schema_identity::{
    ChangeOffice, EndOffice, GetOffice, GetOfficeHistory, GetOfficeSuccessors, ListFormerUnits, ListOffices,
    MergeOffices, Office, OfficeHistory, OfficeSuccessors,
};
use wire::{Cursor, Page as Paged, id::OfficeId};

use super::{
    acting::{After, Refusal, after, chosen, day},
    directory,
    form::{Again, Form},
    kinds, open,
    sheet::{Cell, Content, Section, Sheet, Table, address, span},
};
use crate::{
    asking::Part,
    format, no,
    page::Place,
    visit::{Inside, Posted},
    words::Words,
};

/// How many rows a page shows.
const ROWS: u16 = 50;
/// How many neighbours may be chosen from.
const NEIGHBOURS: u16 = 200;
/// What can be done.
const ACTS: [&str; 3] = ["doi-ten", "ket-thuc-co-quan", "nhap-co-quan"];

/// The page of an office.
pub(crate) async fn show(Path(id): Path<OfficeId>, inside: Inside) -> Response<Body> {
    page(&inside, id, StatusCode::OK, &Again::default()).await
}

async fn page(inside: &Inside, id: OfficeId, status: StatusCode, again: &Again) -> Response<Body> {
    let (w, today) = (inside.visit.words, inside.visit.today());
    let (of_history, of_one) = (GetOfficeHistory { id }, GetOffice { id, as_of: None });
    let (history, one) = futures_util::join!(inside.need(&of_history), inside.need(&of_one));
    let (history, one) = match (history, one) {
        (Ok(history), Ok(one)) => (history, one),
        (Err(response), _) | (_, Err(response)) => return response,
    };
    let of_heirs = GetOfficeSuccessors { id, as_of: None };
    let cursor = inside.visit.query.some("tiep").map(Cursor);
    let of_below = ListOffices { parent: Some(id), limit: Some(ROWS), cursor, ..ListOffices::default() };
    let of_above = one.parent.map(|above| GetOffice { id: above, as_of: Some(one.from) });
    let of_merged = ListFormerUnits { heir: Some(one.code.clone()), limit: Some(ROWS), ..ListFormerUnits::default() };
    let (heirs, merged, below, above, open) = futures_util::join!(
        OptionFuture::from(one.to.is_some().then(|| inside.part(&of_heirs))),
        inside.part(&of_merged),
        inside.part(&of_below),
        OptionFuture::from(of_above.as_ref().map(|call| inside.part(call))),
        open::sections(inside, id),
    );
    let above = above.as_ref().and_then(Part::here);
    let mut sheet = Sheet::new(inside, Place::Directory, &one.name, again, &ACTS);
    sheet.up = vec![("/danh-ba".to_owned(), w.t("admin-directory"))];
    sheet.up.extend(above.map(|above| (format!("/danh-ba/{}", above.id), above.name.clone())));
    sheet.sections.push(Section::new("facts", w, Content::Facts(facts(&one, &history, above, w))));
    if let Some(heirs) = heirs {
        sheet.sections.push(Section::table("heirs", w, heirs.map(|heirs| succession(&heirs, &one, w))));
    }
    sheet.sections.push(Section::table("names", w, Part::Here(names(&history, w))));
    if merged.here().is_none_or(|page| !page.items.is_empty()) {
        let merged = merged.map(|page| directory::before(&page, w));
        sheet.sections.push(Section::table("merged-from", w, merged).noted(w.t("admin-former-said")));
    }
    sheet.sections.extend(open);
    let next = |page: &Paged<Office>| Some(address(&format!("/danh-ba/{id}"), &[("tiep", &page.next.as_ref()?.0)]));
    let below = below.map(|page| Table { next: next(&page), ..offices(&page.items, w) });
    sheet.sections.push(Section::table("below", w, below));
    if one.to.is_none_or(|to| to > today) && administers(inside, &one) {
        sheet.forms = forms(inside, &one, again).await;
    }
    sheet.answer(inside, status)
}

/// Whoever administers the office above changes an office; nobody renames their own. Identity decides.
fn administers(inside: &Inside, one: &Office) -> bool {
    inside.who.may("identity.units.change") && one.parent == Some(inside.who.office())
}

fn facts(one: &Office, history: &OfficeHistory, above: Option<&Office>, w: Words) -> Vec<(String, Cell)> {
    let tree = address("/quan-tri/to-chuc", &[("co-quan", &one.id.to_string())]);
    let above = above.map(|above| Cell::link(above.name.clone(), format!("/danh-ba/{}", above.id)));
    let facts = [
        ("admin-col-code", Some(Cell::text(one.code.clone()))),
        ("admin-col-tier", Some(Cell::text(kinds::tier(one.kind, w)))),
        ("admin-col-time", Some(Cell::text(span(one.from, one.to, w)))),
        ("admin-above", above),
        ("admin-ended-by", history.ended_by.clone().map(Cell::text)),
        ("admin-tree", Some(Cell::link(w.t("admin-tree-open"), tree)).filter(|_| one.to.is_none())),
    ];
    facts.into_iter().filter_map(|(key, cell)| Some((w.t(key), cell?))).collect()
}

fn names(history: &OfficeHistory, w: Words) -> Table {
    let row = |span_: &schema_identity::OfficeSpan| {
        vec![
            Cell::text(span(span_.from, span_.to, w)),
            Cell::text(span_.name.clone()).meta(kinds::tier(span_.kind, w)),
            Cell::text(span_.instrument.clone().unwrap_or_else(|| w.t("admin-loaded"))),
        ]
    };
    Table::new(w, &["time", "name", "instrument"], "admin-none", history.spans.iter().map(row).collect())
}

fn succession(heirs: &OfficeSuccessors, one: &Office, w: Words) -> Table {
    let act = heirs.steps.first().map(|step| (step.instrument.clone(), format::day(step.day)));
    let row = |heir: &schema_identity::OfficeSuccessor| {
        let to_it = heirs.steps.iter().find(|step| step.successor == heir.office.id);
        let (instrument, day) = to_it.map(|step| (step.instrument.clone(), format::day(step.day))).or(act.clone())?;
        let link = Cell::link(heir.office.name.clone(), format!("/danh-ba/{}", heir.office.id));
        Some(vec![link.marked(vec![kinds::share(heir.share, w)]), Cell::text(day), Cell::text(instrument)])
    };
    let others = heirs.successors.iter().filter(|heir| heir.office.id != one.id);
    Table::new(w, &["heir", "day", "instrument"], "admin-no-heir", others.filter_map(row).collect())
}

fn offices(items: &[Office], w: Words) -> Table {
    let row = |office: &Office| {
        vec![
            Cell::number(office.code.clone()),
            Cell::link(office.name.clone(), format!("/danh-ba/{}", office.id)),
            Cell::text(span(office.from, office.to, w)),
        ]
    };
    Table::new(w, &["#code", "office", "time"], "admin-below-none", items.iter().map(row).collect())
}

async fn forms(inside: &Inside, one: &Office, again: &Again) -> Vec<Form> {
    let (w, today) = (inside.visit.words, format::day(inside.visit.today()));
    let to = format!("/danh-ba/{}", one.id);
    let of_neighbours = ListOffices { parent: one.parent, limit: Some(NEIGHBOURS), ..ListOffices::default() };
    let neighbours = inside.part(&of_neighbours).await;
    let others = neighbours.here().map(|page| page.items.as_slice()).unwrap_or_default();
    let others = others.iter().filter(|other| other.id != one.id);
    let others: Vec<_> = others.map(|other| (other.id.to_string(), other.name.clone())).collect();
    let rename = Form::new("doi-ten", &to, w, again).text("name", &one.name);
    let merge = Form::new("nhap-co-quan", &to, w, again).ending().choice("into", others);
    let end = Form::new("ket-thuc-co-quan", &to, w, again).ending();
    vec![
        rename.day("from", &today).text("instrument", ""),
        merge.day("day", "").text("instrument", ""),
        end.day("to", "").text("instrument", ""),
    ]
}

/// Does what a form of the page is for.
pub(crate) async fn act(Path((id, act)): Path<(OfficeId, String)>, posted: Posted) -> Response<Body> {
    if !ACTS.contains(&act.as_str()) {
        return no::nowhere(posted.inside.visit).await;
    }
    let done = acted(&posted, id, &act).await;
    match after(&posted, &act, &format!("/danh-ba/{id}"), done) {
        After::Elsewhere(response) => response,
        After::Again(status, again) => page(&posted.inside, id, status, &again).await,
    }
}

async fn acted(posted: &Posted, id: OfficeId, act: &str) -> Result<(), Refusal> {
    let instrument = posted.fields.get("instrument").to_owned();
    match act {
        "doi-ten" => {
            let (from, name) = (day(posted, "from")?, posted.fields.some("name"));
            posted.act(&ChangeOffice { id, from, name, kind: None, parent: None, instrument }).await?;
        }
        "nhap-co-quan" => {
            let (into, day) = (chosen(posted, "into")?, day(posted, "day")?);
            posted.act(&MergeOffices { id: into, predecessors: vec![id], day, instrument }).await?;
        }
        _ => {
            let to = day(posted, "to")?;
            posted.act(&EndOffice { id, to, instrument }).await?;
        }
    }
    Ok(())
}
