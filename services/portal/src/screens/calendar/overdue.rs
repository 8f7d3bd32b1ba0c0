//! L5: overdue work by unit and by the week in which it was due, with the cases of the chosen cell under the table.
//! Figures are of units, never of people.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_programme::{DueCase, ListDueAssignments};
use wire::{Cursor, Day, id::UnitId};

use super::{reminding, week::monday};
use crate::{
    asking::{Part, Silence},
    format,
    kit::{
        chart::{self, Chart},
        heat::{self, shade},
    },
    page::{Page, Place},
    screens::work::{self, Case},
    visit::Inside,
    words::Words,
};

/// Weeks of which each has a column; what was due before them stands in the first column.
const WEEKS: usize = 7;
/// How many cases one call brings, and how many calls are made: more are "and more".
const READ: (u16, usize) = (200, 5);

/// One cell, which opens its cases.
pub(crate) struct Cell {
    count: usize,
    shade: usize,
    path: String,
    here: bool,
    /// What the cell says to those who do not see the table.
    said: String,
}

/// One unit.
pub(crate) struct Row {
    name: String,
    cells: Vec<Cell>,
    total: usize,
    oldest: i64,
}

/// The table.
pub(crate) struct Map {
    heads: Vec<String>,
    rows: Vec<Row>,
    more: bool,
    ages: Chart,
    /// The chosen cell.
    chosen: Option<Chosen>,
}

/// A cell that was opened.
struct Chosen {
    /// Unit and week in words.
    title: String,
    cases: Vec<Case>,
    /// The work in it, when the reader may remind of it; the oldest first and as many as one form takes.
    ids: Vec<String>,
    unit: String,
    week: usize,
}

#[derive(Template)]
#[template(path = "calendar/overdue.html")]
struct Overdue {
    p: Page,
    clock: String,
    map: Part<Map>,
}

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let found = read(&inside, None).await;
    let mut page = Page::inside(&inside, &inside.visit.words.t("calendar-overdue-title"), Place::Overdue);
    page.done = reminding::done(&inside);
    let view = Overdue {
        p: page,
        clock: format::clock(inside.visit.now),
        map: found.map(|(cases, more)| map(&cases, more, &inside)),
    };
    inside.visit.html(StatusCode::OK, &view)
}

/// What is owed and due, page by page; and whether there is more than is read.
pub(crate) async fn read(inside: &Inside, unit: Option<UnitId>) -> Part<(Vec<DueCase>, bool)> {
    let (mut cases, mut cursor): (Vec<DueCase>, Option<Cursor>) = (Vec::new(), None);
    for _ in 0..READ.1 {
        let call = ListDueAssignments {
            office: inside.who.office(),
            unit,
            handler: None,
            as_of: None,
            window: None,
            limit: Some(READ.0),
            cursor: cursor.take(),
        };
        match inside.part(&call).await {
            Part::Here(page) => {
                cases.extend(page.items);
                cursor = page.next;
            }
            Part::Silent(Silence { why, again }) => return Part::Silent(Silence { why, again }),
        }
        if cursor.is_none() {
            break;
        }
    }
    Part::Here((cases, cursor.is_some()))
}

/// The column of a due day: the last one is this week.
fn column(due: Day, today: Day) -> usize {
    let weeks = (monday(today).0 - monday(due).0).whole_weeks();
    usize::try_from(weeks).map_or(WEEKS, |weeks| WEEKS.saturating_sub(weeks))
}

fn heads(today: Day, w: Words) -> Vec<String> {
    let week = |back: usize| {
        let day = monday(today).plus(-7 * i64::try_from(back).unwrap_or_default()).unwrap_or(today);
        w.with("calendar-week-from", &[("day", &format::short_day(day, today))])
    };
    std::iter::once(w.t("calendar-before")).chain((0..WEEKS).rev().map(week)).collect()
}

fn map(cases: &[DueCase], more: bool, inside: &Inside) -> Map {
    let (w, today, query) = (inside.visit.words, inside.visit.today(), &inside.visit.query);
    let late: Vec<&DueCase> = cases.iter().filter(|case| case.days_left < 0 && case.state.owed()).collect();
    let chosen: Option<(UnitId, usize)> = query.get("don-vi").parse().ok().zip(query.get("tuan").parse().ok());
    let heads = heads(today, w);
    let mut units: Vec<(UnitId, &str)> = Vec::new();
    for case in &late {
        if !units.iter().any(|(unit, _)| *unit == case.lead_unit) {
            units.push((case.lead_unit, case.lead_unit_name.as_deref().unwrap_or("…")));
        }
    }
    let row = |(unit, name): (UnitId, &str)| {
        let own: Vec<&&DueCase> = late.iter().filter(|case| case.lead_unit == unit).collect();
        let cell = |(place, head): (usize, &String)| {
            let count = own.iter().filter(|case| column(case.due, today) == place).count();
            Cell {
                count,
                shade: shade(count),
                path: format!("/qua-han?don-vi={unit}&tuan={place}#o-chon"),
                here: chosen == Some((unit, place)),
                said: format!("{name}, {head}: {count}"),
            }
        };
        Row {
            name: name.to_owned(),
            cells: heads.iter().enumerate().map(cell).collect(),
            total: own.len(),
            oldest: own.iter().map(|case| -case.days_left).max().unwrap_or_default(),
        }
    };
    let mut rows: Vec<Row> = units.iter().copied().map(row).collect();
    rows.sort_by(|one, other| other.total.cmp(&one.total).then_with(|| one.name.cmp(&other.name)));
    let chosen = chosen.map(|(unit, place)| {
        let of_cell = late.iter().filter(|case| case.lead_unit == unit && column(case.due, today) == place);
        let name = units.iter().find(|(one, _)| *one == unit).map_or("…", |(_, name)| name);
        let head = heads.get(place).map_or("…", String::as_str);
        let of_cell: Vec<&&DueCase> = of_cell.collect();
        let reminds = inside.who.may("programme.assignments.assign");
        let ids = of_cell.iter().filter(|_| reminds).map(|case| case.assignment.to_string()).take(reminding::MOST);
        Chosen {
            title: format!("{name} · {head}"),
            ids: ids.collect(),
            cases: of_cell.into_iter().map(|case| work::case(case, inside)).collect(),
            unit: unit.to_string(),
            week: place,
        }
    });
    Map { ages: ages(&late, w), heads, rows, more, chosen }
}

/// How long work has been overdue, in the bands of the desk.
fn ages(late: &[&DueCase], w: Words) -> Chart {
    let band = |(from, to): &(i64, i64)| {
        let name = if *to == i64::MAX {
            w.with("band-over", &[("from", &(from - 1).to_string())])
        } else {
            format!("{from}–{to}")
        };
        let count = late.iter().filter(|case| (*from..=*to).contains(&-case.days_left)).count();
        (w.with("days", &[("days", &name)]), u64::try_from(count).unwrap_or(u64::MAX))
    };
    let rows: Vec<(String, u64)> = heat::BANDS.iter().map(band).collect();
    let (title, head) = (w.t("calendar-ages"), [w.t("calendar-ages-days"), w.t("calendar-ages-count")]);
    chart::bars(&title, [&head[0], &head[1]], &rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_column_is_this_week_and_the_first_everything_before() {
        let day = |month, day| Day::new(2026, month, day).unwrap();
        let today = day(11, 25);
        for (due, expected) in [(day(11, 24), 7), (day(11, 22), 6), (day(10, 12), 1), (day(10, 11), 0), (day(1, 5), 0)]
        {
            assert_eq!(column(due, today), expected, "{due}");
        }
        assert_eq!(heads(today, Words(wire::Lang::Vi)).len(), WEEKS + 1);
    }
}
