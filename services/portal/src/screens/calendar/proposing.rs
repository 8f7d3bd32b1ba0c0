//! G6: the form by which a unit proposes an entry of the calendar; a former entry can be proposed again a week later.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use futures_util::future::OptionFuture;
use schema_identity::ListPositions;
use schema_programme::{GetCalendarEntry, ListCalendarResources, ProposeCalendarEntry};
use wire::{Day, Instant, Kind};

use super::week;
use crate::{
    asking::Part,
    fields::Fields,
    format,
    kit::problems::Problems,
    no,
    page::{Page, Place},
    visit::{Inside, Posted, go},
};

/// Something that can be ticked.
pub(crate) struct Choice {
    id: String,
    name: String,
    chosen: bool,
}

/// What was typed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Typed {
    title: String,
    place: String,
    day: String,
    starts: String,
    ends: String,
    attendees: String,
    preparation: String,
    leaders: Vec<String>,
    resources: Vec<String>,
}

#[derive(Template)]
#[template(path = "calendar/proposing.html")]
struct Proposing {
    p: Page,
    typed: Typed,
    problems: Problems,
    leaders: Part<Vec<Choice>>,
    resources: Part<Vec<Choice>>,
}

impl Typed {
    fn of(fields: &Fields) -> Self {
        let text = |name: &str| fields.raw(name).to_owned();
        let all = |name: &str| fields.all(name).into_iter().map(str::to_owned).collect();
        Self {
            title: text("title"),
            place: text("place"),
            day: text("day"),
            starts: text("starts"),
            ends: text("ends"),
            attendees: text("attendees"),
            preparation: text("preparation"),
            leaders: all("leaders"),
            resources: all("resources"),
        }
    }
}

/// The form, empty or like a former entry a week later.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let former = inside.visit.query.get("nhu").parse().ok().map(|id| GetCalendarEntry { id });
    let former = OptionFuture::from(former.as_ref().map(|call| inside.part(call))).await;
    let typed = match former.as_ref().and_then(Part::here) {
        Some(entry) => {
            let day = entry.starts.day().plus(7).map(format::day).unwrap_or_default();
            Typed {
                title: entry.title.clone(),
                place: entry.place.clone().unwrap_or_default(),
                day,
                starts: format::clock(entry.starts),
                ends: format::clock(entry.ends),
                attendees: entry.attendees.clone().unwrap_or_default(),
                preparation: entry.preparation.clone().unwrap_or_default(),
                leaders: entry.leaders.iter().map(|one| one.position.to_string()).collect(),
                resources: entry.resources.iter().map(|one| one.resource.to_string()).collect(),
            }
        }
        None => {
            let day = week::chosen(&inside).max(inside.visit.today());
            Typed { day: format::day(day), ..Typed::default() }
        }
    };
    page(&inside, StatusCode::OK, typed, Problems::default()).await
}

async fn page(inside: &Inside, status: StatusCode, typed: Typed, problems: Problems) -> Response<Body> {
    let (w, office) = (inside.visit.words, inside.who.office());
    let on = format::read_day(&typed.day).unwrap_or_else(|| inside.visit.today());
    let of_positions = ListPositions { office, unit: None, as_of: Some(on), limit: Some(200), cursor: None };
    let of_resources = ListCalendarResources { office, on: Some(on), limit: Some(100), cursor: None };
    let (positions, resources) = futures_util::join!(inside.part(&of_positions), inside.part(&of_resources));
    let title = w.t("calendar-propose");
    let mut page = Page::inside(inside, &title, Place::Week);
    if problems.any() {
        page.title = w.with("problem-title", &[("title", &title)]);
    }
    let leads = |role: &String| {
        matches!(role.as_str(), "secretary" | "deputy_secretary" | "standing_member" | "chief_of_office")
    };
    let leaders = positions.map(|page| {
        let of_leaders = page.items.iter().filter(|one| one.head || one.roles.iter().any(leads));
        of_leaders
            .map(|one| {
                let id = one.id.to_string();
                Choice { chosen: typed.leaders.contains(&id), name: one.title.clone(), id }
            })
            .collect()
    });
    let resources = resources.map(|page| {
        let choice = |one: &schema_programme::CalendarResource| {
            let id = one.id.to_string();
            let seats = one.seats.map(|seats| w.with("calendar-seats", &[("seats", &seats.to_string())]));
            let name = std::iter::once(one.name.clone()).chain(seats).collect::<Vec<_>>().join(", ");
            Choice { chosen: typed.resources.contains(&id), name, id }
        };
        page.items.iter().map(choice).collect()
    });
    inside.visit.html(status, &Proposing { p: page, typed, problems, leaders, resources })
}

/// Proposes what was typed.
pub(crate) async fn propose(posted: Posted) -> Response<Body> {
    let (fields, w) = (&posted.fields, posted.inside.visit.words);
    let typed = Typed::of(fields);
    let mut problems = Problems::default();
    let day = format::read_day(&typed.day);
    if day.is_none() {
        problems.add("day", w.t("day-unreadable"));
    }
    let mut at = |field: &str, text: &str| {
        let found = day.and_then(|day| moment(day, text));
        if found.is_none() && day.is_some() {
            problems.add(field, w.t("calendar-time-unreadable"));
        }
        found
    };
    let (Some(day), Some(starts), Some(ends)) = (day, at("starts", &typed.starts), at("ends", &typed.ends)) else {
        return page(&posted.inside, StatusCode::UNPROCESSABLE_ENTITY, typed, problems).await;
    };
    let call = ProposeCalendarEntry {
        office: posted.inside.who.office(),
        unit: None,
        title: fields.get("title").to_owned(),
        place: fields.some("place"),
        starts,
        ends,
        leaders: fields.all("leaders").into_iter().filter_map(|id| id.parse().ok()).collect(),
        resources: fields.all("resources").into_iter().filter_map(|id| id.parse().ok()).collect(),
        attendees: fields.some("attendees"),
        preparation: fields.some("preparation"),
        invitation: None,
    };
    match posted.act(&call).await {
        Ok(_) => go(&format!("/lich-tuan?tuan={}&xong=de-nghi", week::monday(day))),
        Err(fault) if matches!(fault.kind, Kind::Invalid | Kind::Conflict | Kind::Stale | Kind::Denied) => {
            page(&posted.inside, no::status(fault.kind), typed, Problems::of(&fault, w)).await
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}

/// A moment of a day from a time as it was typed: `8:30`, `08h30`, `14h`.
fn moment(day: Day, text: &str) -> Option<Instant> {
    let text = text.trim().to_lowercase();
    let (hours, minutes) = text.split_once([':', 'h', 'g', '.'])?;
    let minutes = if minutes.trim().is_empty() { "0" } else { minutes.trim() };
    let (hours, minutes): (u64, u64) = (hours.trim().parse().ok()?, minutes.parse().ok()?);
    let fits = hours < 24 && minutes < 60;
    fits.then(|| day.start().plus(std::time::Duration::from_secs(hours * 3600 + minutes * 60)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_however_they_are_typed() {
        let day = Day::new(2026, 11, 23).unwrap();
        for (typed, expected) in [("8:30", "08:30"), ("08h30", "08:30"), ("14h", "14:00"), (" 7 g 5 ", "07:05")] {
            assert_eq!(moment(day, typed).map(format::clock).as_deref(), Some(expected), "{typed}");
        }
        for typed in ["", "8", "24:00", "8:60", "sáng"] {
            assert_eq!(moment(day, typed), None, "{typed}");
        }
    }
}
