//! V11: what is still open in an office: papers that nobody was given, and work that is owed. After a merger it is found
//! here, at the heir.

use futures_util::future::OptionFuture;
use schema_documents::{IncomingDocument, IncomingState, ListIncoming, ListOrder};
use schema_programme::{DueCase, ListDueAssignments};
use wire::{
    Page as Paged,
    id::{OfficeId, UnitId},
};

use super::sheet::{Cell, Section, Table};
use crate::{asking::Part, format, screens::work, visit::Inside, words::Words};

/// How many rows of each are shown.
const ROWS: u16 = 10;
/// How far ahead due days are looked at.
const YEAR: u16 = 365;

/// The two lists, as far as the reader sees the office's papers and work.
pub(crate) async fn sections(inside: &Inside, office: OfficeId) -> Vec<Section> {
    let (w, who) = (inside.visit.words, &inside.who);
    let (of_papers, of_work) = (papers_of(office), work_of(office));
    let reads = who.may("documents.incoming.read").then(|| inside.part(&of_papers));
    let follows = who.may("programme.assignments.read").then(|| inside.part(&of_work));
    let (papers, work) = futures_util::join!(OptionFuture::from(reads), OptionFuture::from(follows));
    let papers = papers.as_ref().and_then(Part::here).map(|found| ("open", table_of_papers(found, w)));
    let work = work.as_ref().and_then(Part::here).map(|found| ("open-work", table_of_work(found, inside)));
    let shown = [work, papers].into_iter().flatten();
    shown.map(|(name, table)| Section::table(name, w, Part::Here(table)).noted(w.t("admin-open-said"))).collect()
}

/// What is open in a unit: work that it leads, and papers at its desk.
pub(crate) async fn of_unit(inside: &Inside, office: OfficeId, unit: UnitId) -> Vec<Section> {
    let (w, who) = (inside.visit.words, &inside.who);
    let of_papers = ListIncoming { unit: Some(unit), unassigned: false, ..papers_of(office) };
    let of_work = ListDueAssignments { unit: Some(unit), ..work_of(office) };
    let reads = who.may("documents.incoming.read").then(|| inside.part(&of_papers));
    let follows = who.may("programme.assignments.read").then(|| inside.part(&of_work));
    let (papers, work) = futures_util::join!(OptionFuture::from(reads), OptionFuture::from(follows));
    let papers = papers.map(|part| Section::table("preview-papers", w, part.map(|found| table_of_papers(&found, w))));
    let work = work.map(|part| Section::table("open-work", w, part.map(|found| table_of_work(&found, inside))));
    let shown = [work, papers].into_iter().flatten();
    shown.map(|section| section.noted(w.t("admin-open-said"))).collect()
}

/// What arrived in an office, is to be worked on and was given to nobody.
fn papers_of(office: OfficeId) -> ListIncoming {
    ListIncoming {
        office,
        register: None,
        from: None,
        to: None,
        state: Some(IncomingState::Registered),
        disposition: None,
        due_before: None,
        unassigned: true,
        unit: None,
        q: None,
        order: ListOrder::LatestFirst,
        limit: Some(ROWS),
        cursor: None,
    }
}

/// What is overdue in an office or falls due within a year.
fn work_of(office: OfficeId) -> ListDueAssignments {
    ListDueAssignments {
        office,
        unit: None,
        handler: None,
        as_of: None,
        window: Some(YEAR),
        limit: Some(ROWS),
        cursor: None,
    }
}

fn table_of_papers(found: &Paged<IncomingDocument>, w: Words) -> Table {
    let row = |paper: &IncomingDocument| {
        let about = match (&paper.summary, paper.masked) {
            (_, true) => w.t("masked"),
            (Some(summary), _) => summary.clone(),
            (None, _) => w.t("no-summary"),
        };
        vec![
            Cell::number(format::number(paper.number, w.0)),
            Cell::link(about, format!("/van-ban/den/{}", paper.id)),
            Cell::text(paper.due.map(format::day).unwrap_or_default()),
        ]
    };
    Table::new(w, &["#number", "about", "due"], "admin-open-none", found.items.iter().map(row).collect())
}

fn table_of_work(found: &Paged<DueCase>, inside: &Inside) -> Table {
    let w = inside.visit.words;
    let row = |one: &DueCase| {
        let case = work::case(one, inside);
        vec![
            Cell::link(case.title, case.path).meta(one.source.clone()),
            Cell::text(one.lead_unit_name.clone().unwrap_or_default()),
            Cell::text(format::day(one.due)).marked(case.chips),
        ]
    };
    Table::new(w, &["work", "lead", "due"], "admin-open-work-none", found.items.iter().map(row).collect())
}
