//! G6: the calendar of a week, days by leaders, with rooms and cars, and what clashes named from both sides.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_programme::{
    CalendarConflict, CalendarEntry, CalendarState, CalendarWeek, GetCalendarWeek, ListCalendarWeek,
};
use wire::{Day, Instant, id::PositionId};

use crate::{
    asking::Part,
    format,
    kit::chip::{Chip, Tone},
    page::{Page, Place},
    visit::Inside,
    words::Words,
};

/// The most entries of a week that are shown.
const ENTRIES: u16 = 200;

/// An entry as pages show it.
#[derive(Clone)]
pub(crate) struct Item {
    pub(crate) id: String,
    pub(crate) time: String,
    pub(crate) title: String,
    /// Where, with rooms and cars.
    pub(crate) place: String,
    pub(crate) leaders: String,
    pub(crate) attendees: Option<String>,
    pub(crate) preparation: Option<String>,
    pub(crate) unit: String,
    pub(crate) chips: Vec<Chip>,
    pub(crate) reason: Option<String>,
    /// What needs the same people or things at the same time, with both names.
    pub(crate) clashes: Vec<String>,
    /// The conflicts as they were seen, as forms name them.
    pub(crate) seen: Vec<String>,
}

/// One day: what each leader has, in the order of the columns.
pub(crate) struct DayRow {
    name: String,
    today: bool,
    cells: Vec<Vec<Item>>,
}

/// The week as a table.
pub(crate) struct Grid {
    leaders: Vec<String>,
    days: Vec<DayRow>,
    empty: bool,
    /// Whether there are more entries than are shown.
    more: bool,
    clashes: Vec<String>,
}

#[derive(Template)]
#[template(path = "calendar/week.html")]
struct Week {
    p: Page,
    span: String,
    issue: Option<String>,
    grid: Part<Grid>,
    before: Day,
    after: Day,
    monday: Day,
    may_propose: bool,
    may_approve: bool,
}

#[derive(Template)]
#[template(path = "calendar/week_print.html")]
struct Print {
    p: Page,
    committee: String,
    span: String,
    issue: Option<String>,
    days: Vec<(String, Vec<Item>)>,
    now: String,
}

/// The Monday of the week of a day.
pub(crate) fn monday(day: Day) -> Day {
    day.plus(-i64::from(day.0.weekday().number_days_from_monday())).unwrap_or(day)
}

/// The Monday of the week that the address names, or of this one.
pub(crate) fn chosen(inside: &Inside) -> Day {
    monday(format::read_day(inside.visit.query.get("tuan")).unwrap_or_else(|| inside.visit.today()))
}

/// The days of a week as a heading: `23/11 – 29/11/2026`.
pub(crate) fn span(monday: Day) -> String {
    let sunday = monday.plus(6).unwrap_or(monday);
    format!("{} – {}", format::short_day(monday, sunday), format::day(sunday))
}

/// The call for the entries of a week.
pub(crate) fn entries_of(week: Day, inside: &Inside) -> ListCalendarWeek {
    let office = inside.who.office();
    ListCalendarWeek { office, week, leader: None, resource: None, limit: Some(ENTRIES), cursor: None }
}

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let (w, monday) = (inside.visit.words, chosen(&inside));
    let of_week = GetCalendarWeek { office: inside.who.office(), week: monday };
    let of_entries = entries_of(monday, &inside);
    let (week, entries) = futures_util::join!(inside.part(&of_week), inside.part(&of_entries));
    let mut page = Page::inside(&inside, &w.t("calendar-week-title"), Place::Week);
    page.done = match inside.visit.query.get("xong") {
        "de-nghi" => Some(w.t("calendar-done-proposed")),
        "sao-chep" => Some(w.t("calendar-done-copied")),
        "ban-hanh" => Some(w.t("calendar-done-published")),
        "huy" => Some(w.t("calendar-done-cancelled")),
        _ => None,
    };
    let view = Week {
        p: page,
        span: span(monday),
        issue: week.here().map(|week| issue(week, w)),
        grid: entries.map(|page| grid(&page.items, page.next.is_some(), monday, &inside)),
        before: monday.plus(-7).unwrap_or(monday),
        after: monday.plus(7).unwrap_or(monday),
        monday,
        may_propose: inside.who.may("programme.calendar.propose"),
        may_approve: inside.who.may("programme.calendar.approve"),
    };
    inside.visit.html(StatusCode::OK, &view)
}

/// The week on paper: what was approved, day by day.
pub(crate) async fn print(inside: Inside) -> Response<Body> {
    let (w, monday) = (inside.visit.words, chosen(&inside));
    let entries = match inside.need(&entries_of(monday, &inside)).await {
        Ok(page) => page.items,
        Err(response) => return response,
    };
    let week = inside.part(&GetCalendarWeek { office: inside.who.office(), week: monday }).await;
    let stands: Vec<CalendarEntry> = entries.into_iter().filter(|entry| entry.announced).collect();
    let days = days(monday).into_iter().map(|day| {
        let of_day = stands.iter().filter(|entry| on(entry, day)).map(|entry| item(entry, day, &inside)).collect();
        (format::weekday(day, wire::Lang::Vi), of_day)
    });
    let view = Print {
        committee: inside.who.office_name().to_uppercase(),
        span: span(monday),
        issue: week.here().map(|week| issue(week, w)),
        days: days.filter(|(_, items): &(String, Vec<Item>)| !items.is_empty()).collect(),
        now: format::moment(inside.visit.now),
        p: Page::inside(&inside, &w.t("calendar-week-title"), Place::Week),
    };
    inside.visit.html(StatusCode::OK, &view)
}

/// Whether a week is published, and how often it was adjusted since.
pub(crate) fn issue(week: &CalendarWeek, w: Words) -> String {
    match week.published_at {
        None => w.t("calendar-week-open"),
        Some(at) if week.adjustment == 0 => w.with("calendar-week-published", &[("when", &format::moment(at))]),
        Some(at) => {
            let when = format::moment(week.adjusted_at.unwrap_or(at));
            w.with("calendar-week-adjusted", &[("number", &week.adjustment.to_string()), ("when", &when)])
        }
    }
}

fn days(monday: Day) -> Vec<Day> {
    (0..7).filter_map(|add| monday.plus(add)).collect()
}

/// Whether an entry lies on a day; it is over the moment it ends.
fn on(entry: &CalendarEntry, day: Day) -> bool {
    let last = Instant::from_micros(entry.ends.micros() - 1).day().max(entry.starts.day());
    entry.starts.day() <= day && day <= last
}

fn grid(entries: &[CalendarEntry], more: bool, monday: Day, inside: &Inside) -> Grid {
    let (w, today) = (inside.visit.words, inside.visit.today());
    let mut columns: Vec<(Option<PositionId>, String)> = Vec::new();
    for leader in entries.iter().flat_map(|entry| &entry.leaders) {
        if !columns.iter().any(|(position, _)| *position == Some(leader.position)) {
            columns.push((Some(leader.position), leader.title.clone().unwrap_or_else(|| "…".to_owned())));
        }
    }
    if entries.iter().any(|entry| entry.leaders.is_empty()) || columns.is_empty() {
        columns.push((None, w.t("calendar-no-leader")));
    }
    let takes = |entry: &CalendarEntry, column: Option<PositionId>| match column {
        Some(position) => entry.leaders.iter().any(|leader| leader.position == position),
        None => entry.leaders.is_empty(),
    };
    let cell = |day: Day, column: Option<PositionId>| -> Vec<Item> {
        let found = entries.iter().filter(|entry| on(entry, day) && takes(entry, column));
        found.map(|entry| item(entry, day, inside)).collect()
    };
    let row = |day: Day| DayRow {
        name: format::weekday(day, w.0),
        today: day == today,
        cells: columns.iter().map(|(column, _)| cell(day, *column)).collect(),
    };
    // Saturday and Sunday stand there only when something is held.
    let shown = |day: &Day| day.0.weekday().number_days_from_monday() < 5 || entries.iter().any(|one| on(one, *day));
    Grid {
        days: days(monday).into_iter().filter(shown).map(row).collect(),
        leaders: columns.iter().map(|(_, title)| title.clone()).collect(),
        empty: entries.is_empty(),
        more,
        clashes: entries.iter().flat_map(|entry| clashes(entry, w, false)).collect(),
    }
}

/// An entry as it stands on a day.
pub(crate) fn item(entry: &CalendarEntry, day: Day, inside: &Inside) -> Item {
    let (w, today) = (inside.visit.words, inside.visit.today());
    let at = |moment: Instant| {
        if moment.day() == day {
            format::clock(moment)
        } else {
            format!("{} {}", format::clock(moment), format::short_day(moment.day(), today))
        }
    };
    let things = entry.resources.iter().map(|one| &one.name);
    let leaders = entry.leaders.iter().filter_map(|leader| leader.title.clone());
    Item {
        id: entry.id.to_string(),
        time: format!("{} – {}", at(entry.starts), at(entry.ends)),
        title: entry.title.clone(),
        place: entry.place.iter().chain(things).cloned().collect::<Vec<_>>().join(" · "),
        leaders: leaders.collect::<Vec<_>>().join(", "),
        attendees: entry.attendees.clone(),
        preparation: entry.preparation.clone(),
        unit: entry.unit_name.clone().unwrap_or_default(),
        chips: state(entry.state, w).into_iter().collect(),
        reason: entry.reason.clone(),
        clashes: clashes(entry, w, true),
        seen: entry.conflicts.iter().map(|one| format!("{}:{}", one.entry, one.version.0)).collect(),
    }
}

/// How an entry stands; nothing for the usual.
fn state(state: CalendarState, w: Words) -> Option<Chip> {
    match state {
        CalendarState::Approved => None,
        CalendarState::Proposed => Some(Chip::new(Tone::Info, "waiting", w.t("calendar-state-proposed"))),
        CalendarState::Returned => Some(Chip::new(Tone::Late, "back", w.t("calendar-state-returned"))),
        CalendarState::Changed => Some(Chip::new(Tone::Soon, "pen", w.t("calendar-state-changed"))),
        CalendarState::Cancelled => Some(Chip::new(Tone::Plain, "void", w.t("calendar-state-cancelled"))),
    }
}

/// The clashes of an entry in words, with both names. Each pair is told from either side, or once only.
fn clashes(entry: &CalendarEntry, w: Words, either: bool) -> Vec<String> {
    let counts = |other: &&CalendarConflict| either || entry.id.to_string() < other.entry.to_string();
    let said = |other: &CalendarConflict| {
        let leaders = entry.leaders.iter().filter(|one| other.leaders.contains(&one.position));
        let things = entry.resources.iter().filter(|one| other.resources.contains(&one.resource));
        let needed: Vec<String> =
            leaders.filter_map(|one| one.title.clone()).chain(things.map(|one| one.name.clone())).collect();
        let name = |title: &str, unit: Option<&String>| match unit {
            Some(unit) => format!("“{title}” ({unit})"),
            None => format!("“{title}”"),
        };
        let hidden = w.t("calendar-clash-hidden");
        let one = name(&entry.title, entry.unit_name.as_ref());
        let two = name(other.title.as_deref().unwrap_or(&hidden), other.unit_name.as_ref());
        let at = format::moment(entry.starts.max(other.starts));
        w.with("calendar-clash", &[("one", &one), ("other", &two), ("needed", &needed.join(", ")), ("at", &at)])
    };
    entry.conflicts.iter().filter(counts).map(said).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_begins_on_monday_whichever_of_its_days_is_named() {
        let day = |day| Day::new(2026, 11, day).unwrap();
        for named in [23, 24, 28, 29] {
            assert_eq!(monday(day(named)), day(23), "{named}");
        }
        assert_eq!(monday(day(22)), day(16));
        assert_eq!(span(day(23)), "23/11 – 29/11/2026");
    }
}
