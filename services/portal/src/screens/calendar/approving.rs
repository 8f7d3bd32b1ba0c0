//! L8: proposals of a week: approve, return, approve in spite of a clash that was seen, and publish the week.

use askama::Template;
use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_programme::{
    ApproveCalendarEntry, ApproveCalendarWeek, CalendarEntry, CalendarState, CancelCalendarEntry, GetCalendarWeek,
    ReturnCalendarEntry, SeenConflict,
};
use wire::{Day, Fault, Kind, Version, id::CalendarEntryId};

use super::week::{self, Item};
use crate::{
    asking::Part,
    format,
    kit::problems::Problems,
    no,
    page::{Page, Place},
    visit::{Inside, Posted, go},
};

/// A line with what can be done.
pub(crate) struct Proposal {
    item: Item,
    day: String,
    /// Whether it waits for approval; what was approved can only be cancelled.
    proposed: bool,
    /// The reason as it was typed into a form that was refused.
    reason: String,
}

/// What is refused, and at which entry.
#[derive(Default)]
struct Refused {
    problems: Problems,
    entry: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "calendar/approving.html")]
struct Approving {
    p: Page,
    span: String,
    issue: Option<String>,
    monday: Day,
    before: Day,
    after: Day,
    proposals: Part<Vec<Proposal>>,
    stands: Vec<Proposal>,
    /// Every conflict of what is proposed, as it was seen.
    seen: Vec<String>,
    problems: Problems,
}

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let monday = week::chosen(&inside);
    page(&inside, monday, StatusCode::OK, Refused::default()).await
}

async fn page(inside: &Inside, monday: Day, status: StatusCode, refused: Refused) -> Response<Body> {
    let w = inside.visit.words;
    let (of_entries, of_week) =
        (week::entries_of(monday, inside), GetCalendarWeek { office: inside.who.office(), week: monday });
    let (entries, issue) = futures_util::join!(inside.part(&of_entries), inside.part(&of_week));
    let line = |entry: &CalendarEntry| Proposal {
        item: week::item(entry, entry.starts.day(), inside),
        day: format::weekday(entry.starts.day(), w.0),
        proposed: entry.state == CalendarState::Proposed,
        reason: if refused.entry == entry.id.to_string() { refused.reason.clone() } else { String::new() },
    };
    let of_state = |items: &[CalendarEntry], wanted: &[CalendarState]| -> Vec<Proposal> {
        items.iter().filter(|entry| wanted.contains(&entry.state)).map(line).collect()
    };
    let items = entries.here().map(|page| page.items.as_slice()).unwrap_or_default();
    let mut page = Page::inside(inside, &w.t("calendar-approving-title"), Place::Week);
    page.done = match inside.visit.query.get("xong") {
        "duyet" => Some(w.t("calendar-done-approved")),
        "tra-lai" => Some(w.t("calendar-done-returned")),
        "huy" => Some(w.t("calendar-done-cancelled")),
        _ => None,
    };
    let view = Approving {
        p: page,
        span: week::span(monday),
        issue: issue.here().map(|week| week::issue(week, w)),
        monday,
        before: monday.plus(-7).unwrap_or(monday),
        after: monday.plus(7).unwrap_or(monday),
        stands: of_state(items, &[CalendarState::Approved, CalendarState::Changed]),
        seen: seen_of_week(items),
        proposals: entries.clone().map(|page| of_state(&page.items, &[CalendarState::Proposed])),
        problems: refused.problems,
    };
    inside.visit.html(status, &view)
}

/// The conflicts of what is proposed: among the entries themselves both sides are named.
fn seen_of_week(entries: &[CalendarEntry]) -> Vec<String> {
    let proposed = entries.iter().filter(|entry| entry.state == CalendarState::Proposed);
    let others = proposed.flat_map(|entry| &entry.conflicts).map(|one| format!("{}:{}", one.entry, one.version.0));
    let mut seen: Vec<String> = others.collect();
    seen.sort();
    seen.dedup();
    seen
}

/// A conflict as a form names it.
fn read_seen(text: &str) -> Option<SeenConflict> {
    let (entry, version) = text.split_once(':')?;
    Some(SeenConflict { entry: entry.parse().ok()?, version: Version(version.parse().ok()?) })
}

fn confirmed(posted: &Posted) -> Vec<SeenConflict> {
    let ticked = posted.fields.get("in_spite") == "1";
    let all = posted.fields.all("confirmed").into_iter().filter_map(read_seen);
    all.filter(|_| ticked).collect()
}

fn week_of(posted: &Posted) -> Day {
    week::monday(format::read_day(posted.fields.get("week")).unwrap_or_else(|| posted.inside.visit.today()))
}

/// Approves what is proposed, and publishes the week.
pub(crate) async fn approve_week(posted: Posted) -> Response<Body> {
    let monday = week_of(&posted);
    let call = ApproveCalendarWeek { office: posted.inside.who.office(), week: monday, confirmed: confirmed(&posted) };
    match posted.act(&call).await {
        Ok(_) => go(&format!("/lich-tuan?tuan={monday}&xong=ban-hanh")),
        Err(fault) => refused(&posted, monday, String::new(), &fault).await,
    }
}

/// Approves, returns or cancels one entry.
pub(crate) async fn act(Path((id, act)): Path<(CalendarEntryId, String)>, posted: Posted) -> Response<Body> {
    let reason = posted.fields.get("reason").to_owned();
    let acted = match act.as_str() {
        "duyet" => posted.act(&ApproveCalendarEntry { id, confirmed: confirmed(&posted) }).await,
        "tra-lai" => posted.act(&ReturnCalendarEntry { id, reason }).await,
        "huy" => posted.act(&CancelCalendarEntry { id, reason }).await,
        _ => return no::nowhere(posted.inside.visit).await,
    };
    let monday = week_of(&posted);
    match acted {
        Ok(_) => go(&format!("/lich-tuan/duyet?tuan={monday}&xong={act}")),
        Err(fault) => refused(&posted, monday, id.to_string(), &fault).await,
    }
}

async fn refused(posted: &Posted, monday: Day, entry: String, fault: &Fault) -> Response<Body> {
    if !matches!(fault.kind, Kind::Invalid | Kind::Conflict | Kind::Stale | Kind::Denied) {
        return no::fault(&posted.inside, fault);
    }
    // The reason of each entry has a field of its own on the page.
    let mut problems = Problems::of(fault, posted.inside.visit.words);
    for problem in &mut problems.0 {
        problem.field = if problem.field == "reason" { format!("reason-{entry}") } else { String::new() };
    }
    let reason = posted.fields.raw("reason").to_owned();
    page(&posted.inside, monday, no::status(fault.kind), Refused { problems, entry, reason }).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conflict_is_read_as_it_is_written_and_nothing_else_is() {
        let seen = read_seen("01938a2c-0000-7000-8000-000000000001:3").unwrap();
        assert_eq!(seen.version, Version(3));
        for text in ["", "x:1", "01938a2c-0000-7000-8000-000000000001", "01938a2c-0000-7000-8000-000000000001:x"] {
            assert!(read_seen(text).is_none(), "{text}");
        }
    }
}
