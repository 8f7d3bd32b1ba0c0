//! G6: the entries of the week before, as a list to tick: those that are ticked are proposed again, seven days later. What
//! is refused stays ticked, with the reason; what was taken is not proposed twice.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_programme::{CalendarEntry, CalendarState, ProposeCalendarEntry};
use wire::{Day, Fault, Instant};

use super::week::{self, Item};
use crate::{
    asking::{Part, capital},
    format,
    kit::problems::Problems,
    no,
    page::{Page, Place},
    visit::{Inside, Posted, go},
};

/// How much later what is copied is held.
const WEEK: std::time::Duration = std::time::Duration::from_secs(7 * 24 * 3600);

/// An entry of the week before.
struct Line {
    item: Item,
    /// The name of its field where something is wrong with it.
    field: String,
    day: String,
    ticked: bool,
    /// Whether the week has it already.
    there: bool,
}

#[derive(Template)]
#[template(path = "calendar/copying.html")]
struct Copying {
    p: Page,
    span: String,
    monday: Day,
    lines: Vec<Line>,
    problems: Problems,
}

/// What stood in the week before and what stands in this one, as the reader sees it.
struct Weeks {
    former: Vec<CalendarEntry>,
    now: Vec<CalendarEntry>,
}

impl Weeks {
    async fn read(inside: &Inside, monday: Day) -> Result<Self, Response<Body>> {
        let before = monday.plus(-7).unwrap_or(monday);
        let (of_former, of_now) = (week::entries_of(before, inside), week::entries_of(monday, inside));
        let (former, now) = futures_util::join!(inside.need(&of_former), inside.part(&of_now));
        let stands = |entry: &CalendarEntry| !matches!(entry.state, CalendarState::Returned | CalendarState::Cancelled);
        let begins = |entry: &CalendarEntry| week::monday(entry.starts.day()) == before;
        let former = former?.items.into_iter().filter(stands).filter(begins).collect();
        let now = now.here().map(|page| page.items.iter().filter(|entry| stands(entry)).cloned().collect());
        Ok(Self { former, now: now.unwrap_or_default() })
    }

    /// Whether the week has an entry already, a week after the former one.
    fn has(&self, entry: &CalendarEntry) -> bool {
        self.now.iter().any(|one| one.title == entry.title && one.starts == later(entry.starts))
    }
}

fn later(at: Instant) -> Instant {
    at.plus(WEEK)
}

/// The list, with what one's own unit held ticked.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let monday = week::chosen(&inside);
    let weeks = match Weeks::read(&inside, monday).await {
        Ok(weeks) => weeks,
        Err(response) => return response,
    };
    let own = inside.who.post().map(|post| post.unit);
    let ticked = |entry: &CalendarEntry| Some(entry.unit) == own;
    page(&inside, StatusCode::OK, monday, &weeks, ticked, Problems::default())
}

fn page(
    inside: &Inside,
    status: StatusCode,
    monday: Day,
    weeks: &Weeks,
    ticked: impl Fn(&CalendarEntry) -> bool,
    problems: Problems,
) -> Response<Body> {
    let w = inside.visit.words;
    let title = w.t("calendar-copy");
    let heading = if problems.any() { w.with("problem-title", &[("title", &title)]) } else { title };
    let line = |entry: &CalendarEntry| {
        let (day, there) = (later(entry.starts).day(), weeks.has(entry));
        let item = week::item(entry, entry.starts.day(), inside);
        let field = format!("entry-{}", entry.id);
        Line { item, field, day: format::weekday(day, w.0), ticked: !there && ticked(entry), there }
    };
    let lines = weeks.former.iter().map(line).collect();
    let p = Page::inside(inside, &heading, Place::Week);
    inside.visit.html(status, &Copying { p, span: week::span(monday), monday, lines, problems })
}

/// Proposes what was ticked, each entry once.
pub(crate) async fn copy(posted: Posted) -> Response<Body> {
    let (inside, w) = (&posted.inside, posted.inside.visit.words);
    let asked = format::read_day(posted.fields.get("week")).unwrap_or_else(|| inside.visit.today());
    let monday = week::monday(asked);
    let mut weeks = match Weeks::read(inside, monday).await {
        Ok(weeks) => weeks,
        Err(response) => return response,
    };
    let chosen: Vec<String> = posted.fields.all("entry").into_iter().map(str::to_owned).collect();
    let wanted = |entry: &CalendarEntry| chosen.contains(&entry.id.to_string());
    let mut problems = Problems::default();
    if !weeks.former.iter().any(wanted) {
        problems.add("entries", w.t("calendar-copy-none-ticked"));
        return page(inside, StatusCode::UNPROCESSABLE_ENTITY, monday, &weeks, wanted, problems);
    }
    let mut refused: Vec<(String, Fault)> = Vec::new();
    for (at, entry) in weeks.former.iter().enumerate().filter(|(_, entry)| wanted(entry)) {
        if let Err(fault) = posted.act_part(at, &again(entry)).await {
            refused.push((entry.id.to_string(), fault));
        }
    }
    let Some((_, first)) = refused.first() else {
        return go(&format!("/lich-tuan?tuan={monday}&xong=sao-chep"));
    };
    let status = no::status(first.kind);
    for (id, fault) in &refused {
        problems.add(&format!("entry-{id}"), capital(fault.sentence(w.0)));
    }
    let left = |entry: &CalendarEntry| refused.iter().any(|(id, _)| *id == entry.id.to_string());
    // What was taken stands in this week now.
    if let Part::Here(now) = inside.part(&week::entries_of(monday, inside)).await {
        weeks.now = now.items;
    }
    page(inside, status, monday, &weeks, left, problems)
}

/// The proposal of an entry a week later. An invitation is to one meeting and goes along with none.
fn again(entry: &CalendarEntry) -> ProposeCalendarEntry {
    ProposeCalendarEntry {
        office: entry.office,
        unit: None,
        title: entry.title.clone(),
        place: entry.place.clone(),
        starts: later(entry.starts),
        ends: later(entry.ends),
        leaders: entry.leaders.iter().map(|leader| leader.position).collect(),
        resources: entry.resources.iter().map(|one| one.resource).collect(),
        attendees: entry.attendees.clone(),
        preparation: entry.preparation.clone(),
        invitation: None,
    }
}
