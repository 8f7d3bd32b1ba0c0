//! L1: the desk of those who decide: what needs them now, what today brings, and how the house stands. Figures are of
//! units and papers, never of people.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_documents::{IncomingDocument, IncomingState, ListIncoming, ListOrder};
use schema_programme::{
    AssignmentState, CalendarEntry, CalendarState, DueCase, ListCalendarWeek, ListDueAssignments, ListMyAssignments,
};
use wire::{Page as Paged, Urgency, id::OfficeId};

use super::{
    incoming::summary,
    papers::secrets,
    work::{self, Case},
};
use crate::{
    asking::Part,
    format,
    kit::{
        chip::{Chip, Tone},
        heat, wording,
    },
    page::{Page, Place},
    visit::Inside,
};

/// How many decisions are shown: as many as one can hold in mind.
const DECISIONS: usize = 7;
/// How many rows are counted; more are "and more".
const COUNTED: u16 = 100;

/// Something that waits for a decision.
pub(crate) struct Decision {
    /// The most urgent first.
    urgency: Urgency,
    kind: Chip,
    path: String,
    title: String,
    source: String,
    chips: Vec<Chip>,
    act: String,
}

/// A figure that opens its rows.
pub(crate) struct Figure {
    name: String,
    value: Part<String>,
    chip: Option<Chip>,
    said: String,
    path: &'static str,
}

/// What is in the calendar.
pub(crate) struct Event {
    time: String,
    title: String,
    place: String,
    now: bool,
}

#[derive(Template)]
#[template(path = "desk.html")]
struct Desk {
    p: Page,
    day: String,
    clock: String,
    decisions: Vec<Decision>,
    more: usize,
    silent: Vec<String>,
    /// Absent where work is nobody's to give them.
    mine: Option<Part<Vec<Case>>>,
    events: Part<Vec<Event>>,
    figures: Vec<Figure>,
    heat: Part<Vec<heat::Row>>,
    bands: Vec<String>,
}

/// The desk.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let (visit, w, today) = (&inside.visit, inside.visit.words, inside.visit.today());
    let office = inside.who.office();
    let (of_latest, of_today) = (latest(office), ListIncoming { from: Some(today), to: Some(today), ..latest(office) });
    let of_unassigned = ListIncoming { unassigned: true, state: None, ..latest(office) };
    let of_due = ListDueAssignments {
        office,
        unit: None,
        handler: None,
        as_of: None,
        window: None,
        limit: Some(COUNTED),
        cursor: None,
    };
    let of_mine = ListMyAssignments { limit: Some(20), cursor: None };
    let of_week =
        ListCalendarWeek { office, week: today, leader: None, resource: None, limit: Some(100), cursor: None };
    let (recent, arrived, unassigned, due, mine, week, secrets) = futures_util::join!(
        inside.part(&of_latest),
        inside.part(&of_today),
        inside.part(&of_unassigned),
        inside.part(&of_due),
        inside.part(&of_mine),
        inside.part(&of_week),
        secrets::due(&inside),
    );
    let mut silent = Vec::new();
    let mut decisions = Vec::new();
    match &mine {
        Part::Here(page) => decisions.extend(page.items.iter().filter_map(|case| to_close(case, &inside))),
        Part::Silent(silence) if inside.who.may("programme.assignments.work") => silent.push(silence.why.clone()),
        Part::Silent(_) => {}
    }
    match &recent {
        Part::Here(page) => decisions.extend(page.items.iter().filter_map(|paper| to_dispose(paper, &inside))),
        Part::Silent(silence) => silent.push(silence.why.clone()),
    }
    // What came first stands first among what is as urgent; papers come with the latest one first.
    decisions.reverse();
    decisions.sort_by_key(|one| std::cmp::Reverse(one.urgency));
    let more = decisions.len().saturating_sub(DECISIONS);
    decisions.truncate(DECISIONS);
    let owed = |page: Paged<DueCase>| -> Vec<Case> {
        page.items.iter().filter(|case| case.state.owed()).take(5).map(|case| work::case(case, &inside)).collect()
    };
    let mut figures = figures(&inside, (&arrived, &unassigned, &due));
    figures.extend(secrets.map(|count| Figure {
        name: w.t("secrets-figure"),
        value: Part::Here(count.to_string()),
        chip: None,
        said: w.t("secrets-figure-said"),
        path: "/van-ban/mat",
    }));
    let view = Desk {
        p: Page::inside(&inside, &w.with("desk-title", &[("title", inside.who.title())]), Place::Desk),
        day: format::weekday(today, w.0),
        clock: format::clock(visit.now),
        decisions,
        more,
        silent,
        figures,
        mine: inside.who.may("programme.assignments.work").then(|| mine.map(owed)),
        events: week.map(|page| events(&page.items, &inside)),
        heat: due.map(|page| heat::rows(&page.items)),
        bands: bands(&inside),
    };
    visit.html(StatusCode::OK, &view)
}

/// The papers that came last and stand.
fn latest(office: OfficeId) -> ListIncoming {
    ListIncoming {
        office,
        register: None,
        from: None,
        to: None,
        state: Some(IncomingState::Registered),
        disposition: None,
        due_before: None,
        unassigned: false,
        unit: None,
        q: None,
        order: ListOrder::LatestFirst,
        limit: Some(COUNTED),
        cursor: None,
    }
}

/// Work that is reported done and waits to be looked at.
fn to_close(case: &DueCase, inside: &Inside) -> Option<Decision> {
    let w = inside.visit.words;
    (case.state == AssignmentState::Done).then(|| {
        let shown = work::case(case, inside);
        Decision {
            urgency: case.urgency,
            kind: Chip::new(Tone::Info, "ok", w.t("kind-result")),
            path: shown.path,
            title: shown.title,
            source: shown.source,
            chips: Vec::new(),
            act: w.t("act-look"),
        }
    })
}

/// A paper about which nobody has said what is to happen.
fn to_dispose(document: &IncomingDocument, inside: &Inside) -> Option<Decision> {
    let (w, today) = (inside.visit.words, inside.visit.today());
    if document.disposition.is_some() || document.masked {
        return None;
    }
    let number = format::number(document.number, w.0);
    let author = document.author_body.clone().unwrap_or_default();
    let symbol = document.symbol.clone().unwrap_or_default();
    let values = [("number", number.as_str()), ("symbol", &symbol), ("author", &author)];
    let kind = wording::urgency(document.urgency, w);
    let desk = document.desk.as_ref().map_or_else(|| w.t("desk-clerk"), |desk| desk.unit_name.clone());
    let lies = w.with("deciding-lies", &[("desk", &desk)]);
    Some(Decision {
        urgency: document.urgency,
        kind: kind.unwrap_or_else(|| Chip::new(Tone::Plain, "incoming", w.t("kind-incoming"))),
        path: format!("/van-ban/den/{}", document.id),
        title: summary(document, inside),
        source: format!("{} · {lies}", w.with("source-incoming", &values)),
        chips: document.due_stated.map(|due| wording::due(due, today, w)).into_iter().collect(),
        act: w.t("act-dispose"),
    })
}

type Counted<'a> = (&'a Part<Paged<IncomingDocument>>, &'a Part<Paged<IncomingDocument>>, &'a Part<Paged<DueCase>>);

fn figures(inside: &Inside, (arrived, unassigned, due): Counted<'_>) -> Vec<Figure> {
    let w = inside.visit.words;
    let count = |items: usize, more: bool| if more { format!("{items}+") } else { items.to_string() };
    let papers =
        |part: &Part<Paged<IncomingDocument>>| part.clone().map(|page| count(page.items.len(), page.next.is_some()));
    let cases = |keep: fn(&&DueCase) -> bool| {
        due.clone().map(|page| count(page.items.iter().filter(keep).count(), page.next.is_some()))
    };
    let express =
        arrived.here().map_or(0, |page| page.items.iter().filter(|paper| paper.urgency != Urgency::Normal).count());
    let oldest = due.here().and_then(|page| page.items.iter().filter(late).map(|case| -case.days_left).max());
    let figure = |key: &str, value, chip, said: String, path| Figure { name: w.t(key), value, chip, said, path };
    vec![
        figure(
            "figure-arrived",
            papers(arrived),
            (express > 0)
                .then(|| Chip::new(Tone::Soon, "urgent", w.with("figure-urgent", &[("count", &express.to_string())]))),
            w.t("figure-arrived-said"),
            "/van-ban/den?loc=hom-nay",
        ),
        figure(
            "figure-unassigned",
            papers(unassigned),
            None,
            w.t("figure-unassigned-said"),
            "/van-ban/den?loc=chua-giao",
        ),
        figure(
            "figure-late",
            cases(late),
            oldest
                .map(|days| Chip::new(Tone::Late, "overdue", w.with("figure-oldest", &[("days", &days.to_string())]))),
            w.t("figure-late-said"),
            "#qua-han",
        ),
        figure("figure-soon", cases(soon), None, w.t("figure-soon-said"), "#qua-han"),
    ]
}

fn late(case: &&DueCase) -> bool {
    case.days_left < 0 && case.state.owed()
}

fn soon(case: &&DueCase) -> bool {
    case.days_left >= 0 && case.state.owed()
}

fn events(entries: &[CalendarEntry], inside: &Inside) -> Vec<Event> {
    let (now, today) = (inside.visit.now, inside.visit.today());
    let stands = |entry: &&CalendarEntry| matches!(entry.state, CalendarState::Approved | CalendarState::Changed);
    let of_today = entries.iter().filter(stands).filter(|entry| entry.starts.day() == today);
    let mut found: Vec<&CalendarEntry> = of_today.collect();
    found.sort_by_key(|entry| entry.starts);
    let event = |entry: &CalendarEntry| Event {
        time: format::clock(entry.starts),
        title: entry.title.clone(),
        place: entry
            .place
            .iter()
            .chain(entry.resources.iter().map(|one| &one.name))
            .cloned()
            .collect::<Vec<_>>()
            .join(" · "),
        now: entry.starts <= now && now < entry.ends,
    };
    found.into_iter().map(event).collect()
}

fn bands(inside: &Inside) -> Vec<String> {
    let w = inside.visit.words;
    let band = |(from, to): &(i64, i64)| {
        if *to == i64::MAX {
            w.with("band-over", &[("from", &(from - 1).to_string())])
        } else {
            format!("{from}–{to}")
        }
    };
    heat::BANDS.iter().map(band).collect()
}
