//! G2 and C1: one's own work in every office: overdue, today, this week, later, and what waits for others.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_programme::{DueCase, ListMyAssignments};
use wire::Cursor;

use crate::{
    asking::Part,
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
}

/// The list.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let visit = &inside.visit;
    let call = ListMyAssignments { limit: Some(50), cursor: visit.query.some("tiep").map(Cursor) };
    let found = inside.part(&call).await;
    let next = found.here().and_then(|page| page.next.as_ref()).map(|Cursor(next)| {
        let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("tiep", next).finish();
        format!("/viec?{query}")
    });
    let first = found.here().and_then(|page| page.items.first()).map(|case| format!("/viec/{}", case.assignment));
    let view = Work {
        p: Page::inside(&inside, &visit.words.t("menu-work"), Place::Work),
        bundles: found.map(|page| bundles(&page.items, &inside)),
        first,
        next,
    };
    visit.html(StatusCode::OK, &view)
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
        _ if !case.state.owed() => 4,
        ..0 => 0,
        0 => 1,
        1..=7 => 2,
        _ => 3,
    }
}

fn headings(w: Words) -> [String; 5] {
    [w.t("work-late"), w.t("work-today"), w.t("work-week"), w.t("work-later"), w.t("work-done")]
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
    use schema_programme::AssignmentState;

    #[test]
    fn a_case_stands_under_the_day_it_is_due_and_what_is_done_is_late_no_more() {
        for (days, expected) in [(-3, 0), (0, 1), (1, 2), (7, 2), (8, 3)] {
            assert_eq!(heading(&heat::tests::case("A", days)), expected, "{days}");
        }
        let mut done = heat::tests::case("A", -3);
        done.state = AssignmentState::Done;
        assert_eq!(heading(&done), 4);
    }
}
