//! G2 and C1: what waits for the reader, across the services: their work in every office (overdue, today, this week, what
//! waits for others, later), papers at the desk of their unit, notices. A service that is silent keeps its own place.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use futures_util::future::OptionFuture;
use schema_documents::{IncomingDocument, IncomingState, ListIncoming, ListOrder};
use schema_notices::{ListNotices, Notice};
use schema_programme::{DueCase, ListMyAssignments};
use wire::{Cursor, id::UnitId};

use super::{calendar::notices, incoming::summary};

use crate::{
    asking::Part,
    format,
    kit::{chip::Chip, wording},
    page::{Page, Place},
    visit::Inside,
    words::Words,
};

/// A case as lists show it.
pub(crate) struct Case {
    pub(crate) path: String,
    pub(crate) title: String,
    pub(crate) source: String,
    pub(crate) chips: Vec<Chip>,
    /// Whom it waits for, and since when.
    pub(crate) waiting: Option<String>,
}

/// Cases that are due about the same time.
pub(crate) struct Bundle {
    heading: String,
    cases: Vec<Case>,
}

#[derive(Template)]
#[template(path = "work.html")]
struct Work {
    p: Page,
    bundles: Part<Vec<Bundle>>,
    first: Option<String>,
    next: Option<String>,
    /// Papers at the desk of the reader's unit; absent for those who read none.
    papers: Option<Part<Vec<Case>>>,
    /// What is new and was not read.
    notices: Part<Vec<Case>>,
}

/// How many papers and notices are shown here; the rest is on their own pages.
const SHOWN: u16 = 10;

/// The list.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let visit = &inside.visit;
    let call = ListMyAssignments { limit: Some(50), cursor: visit.query.some("tiep").map(Cursor) };
    let unit = inside.who.me.posts.first().map(|post| post.unit);
    let of_desk = unit.filter(|_| inside.who.may("documents.incoming.read")).map(|unit| at_desk(unit, &inside));
    let of_notices = ListNotices { unread: true, limit: Some(SHOWN), ..ListNotices::default() };
    let (found, papers, new) = futures_util::join!(
        inside.part(&call),
        OptionFuture::from(of_desk.as_ref().map(|call| inside.part(call))),
        inside.part(&of_notices),
    );
    let next = found.here().and_then(|page| page.next.as_ref()).map(|Cursor(next)| {
        let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("tiep", next).finish();
        format!("/viec?{query}")
    });
    let first = found.here().and_then(|page| page.items.first()).map(|case| format!("/viec/{}", case.assignment));
    let view = Work {
        p: Page::inside(&inside, &visit.words.t("menu-work"), Place::Work),
        bundles: found.map(|page| bundles(&page.items, &inside)),
        papers: papers.map(|part| part.map(|page| page.items.iter().map(|one| paper(one, &inside)).collect())),
        notices: new.map(|page| page.items.iter().map(|one| notice(one, visit.words)).collect()),
        first,
        next,
    };
    visit.html(StatusCode::OK, &view)
}

/// Papers that lie at a desk of a unit.
fn at_desk(unit: UnitId, inside: &Inside) -> ListIncoming {
    ListIncoming {
        office: inside.who.office(),
        register: None,
        from: None,
        to: None,
        state: Some(IncomingState::Registered),
        disposition: None,
        due_before: None,
        unassigned: false,
        unit: Some(unit),
        q: None,
        order: ListOrder::LatestFirst,
        limit: Some(SHOWN),
        cursor: None,
    }
}

/// A paper as a line.
fn paper(document: &IncomingDocument, inside: &Inside) -> Case {
    let (w, today) = (inside.visit.words, inside.visit.today());
    let parts = [Some(format::number(document.number, w.0)), document.symbol.clone(), document.author_body.clone()];
    Case {
        path: format!("/van-ban/den/{}", document.id),
        title: summary(document, inside),
        source: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        chips: wording::document(document, today, w),
        waiting: None,
    }
}

/// A notice as a line.
fn notice(notice: &Notice, w: Words) -> Case {
    Case {
        path: notices::path(notice.source),
        title: notices::said(notice.kind, w),
        source: format::moment(notice.at),
        chips: Vec::new(),
        waiting: None,
    }
}

/// A case as a line.
pub(crate) fn case(case: &DueCase, inside: &Inside) -> Case {
    let (w, today) = (inside.visit.words, inside.visit.today());
    let mut chips: Vec<Chip> = wording::urgency(case.urgency, w).into_iter().collect();
    if case.state.owed() {
        chips.push(wording::due(case.due, today, w));
    }
    chips.push(wording::assignment(case.state, w));
    let waiting = case.waits.last().filter(|wait| wait.to.is_none()).map(|wait| {
        let since = crate::format::short_day(wait.from.day(), today);
        w.with("waiting", &[("whom", &wait.on), ("since", &since)])
    });
    let unit = case.lead_unit_name.clone().unwrap_or_default();
    let source = if unit.is_empty() { case.source.clone() } else { format!("{} · {unit}", case.source) };
    Case { path: format!("/viec/{}", case.assignment), title: case.title.clone(), source, chips, waiting }
}

/// Under which heading a case stands.
fn heading(case: &DueCase) -> usize {
    match case.days_left {
        _ if !case.state.owed() => 5,
        // Waiting for others makes nothing less overdue.
        ..0 => 0,
        _ if case.waits.iter().any(|wait| wait.to.is_none()) => 3,
        0 => 1,
        1..=7 => 2,
        _ => 4,
    }
}

fn headings(w: Words) -> [String; 6] {
    [
        w.t("work-late"),
        w.t("work-today"),
        w.t("work-week"),
        w.t("calendar-work-waits"),
        w.t("work-later"),
        w.t("work-done"),
    ]
}

fn bundles(cases: &[DueCase], inside: &Inside) -> Vec<Bundle> {
    let bundle = |(place, heading_text): (usize, String)| Bundle {
        heading: heading_text,
        cases: cases.iter().filter(|one| heading(one) == place).map(|one| case(one, inside)).collect(),
    };
    let all = headings(inside.visit.words).into_iter().enumerate().map(bundle);
    all.filter(|bundle| !bundle.cases.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::heat;
    use schema_programme::{AssignmentState, AssignmentWait};

    #[test]
    fn a_case_stands_under_the_day_it_is_due_and_what_is_done_is_late_no_more() {
        for (days, expected) in [(-3, 0), (0, 1), (1, 2), (7, 2), (8, 4)] {
            assert_eq!(heading(&heat::tests::case("A", days)), expected, "{days}");
        }
        let mut done = heat::tests::case("A", -3);
        done.state = AssignmentState::Done;
        assert_eq!(heading(&done), 5);
        let mut waits = heat::tests::case("A", 3);
        let from: wire::Instant = "2026-11-20T01:00:00Z".parse().unwrap();
        waits.waits = vec![AssignmentWait { on_unit: None, on: "Sở Ví Dụ".to_owned(), from, to: None }];
        assert_eq!(heading(&waits), 3);
        waits.days_left = -1;
        assert_eq!(heading(&waits), 0, "overdue stays overdue");
    }
}
