//! Q2: the positions of an office on a day: their unit, roles and holders; making one, naming its direct head, ending it.

use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_identity::{
    Appointment, ChangeDirectHead, CreatePosition, EndPosition, ListRoles, Person, Position, Reach, Roles, Unit,
};
use wire::{Day, id::OfficeId};

use super::{
    acting::{After, Refusal, after, chosen, day, maybe_day, ticked},
    directory::stands,
    form::{Again, Form, Input},
    reach,
    sheet::{Cell, Section, Sheet, Table, address, span},
    units,
};
use crate::{
    asking::Part,
    format, no,
    page::Place,
    visit::{Inside, Posted},
    words::Words,
};

/// What can be done.
const ACTS: [&str; 3] = ["them-chuc-danh", "thu-truong", "bo-chuc-danh"];

/// Everything that a list of positions needs names for.
pub(crate) struct Cast {
    pub(crate) positions: Part<(Vec<Position>, bool)>,
    pub(crate) units: Part<(Vec<Unit>, bool)>,
    pub(crate) held: Part<(Vec<Appointment>, bool)>,
    pub(crate) people: Part<(Vec<Person>, bool)>,
    pub(crate) roles: Part<Roles>,
}

impl Cast {
    /// As it stands on a day.
    pub(crate) async fn of(inside: &Inside, office: OfficeId, on: Day) -> Self {
        let of_roles = ListRoles {};
        let (positions, units, held, people, roles) = futures_util::join!(
            reach::positions(inside, office, Some(on)),
            reach::units(inside, office, Some(on)),
            reach::held(inside, office, on),
            reach::people(inside, office),
            inside.part(&of_roles),
        );
        Self { positions, units, held, people, roles }
    }

    /// Who holds a position: links to their pages.
    pub(crate) fn holders(&self, position: &Position, w: Words) -> Cell {
        let Some((held, _)) = self.held.here() else { return Cell::text("…") };
        let people = self.people.here().map_or(&[][..], |(all, _)| all.as_slice());
        let held: Vec<&Appointment> = held.iter().filter(|one| one.position == position.id).collect();
        let name = |one: &&Appointment| {
            let found = people.iter().find(|person| person.id == one.person);
            found.map_or_else(|| w.t("admin-elsewhere"), |person| person.full_name.clone())
        };
        match held.as_slice() {
            [] => Cell::text(w.t("admin-vacant")),
            [one] => Cell::link(name(one), format!("/quan-tri/nguoi/{}", one.person)),
            several => Cell::text(several.iter().map(name).collect::<Vec<_>>().join("; ")),
        }
    }

    /// The title of a role.
    pub(crate) fn role(&self, name: &str) -> String {
        let found = self.roles.here().and_then(|roles| roles.items.iter().find(|role| role.name == name));
        found.map_or_else(|| name.to_owned(), |role| role.title.clone())
    }

    /// The name of a position's unit.
    pub(crate) fn unit(&self, position: &Position) -> String {
        self.units.here().map(|(all, _)| units::name(all, position.unit)).unwrap_or_default()
    }
}

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let office = reach::office(&inside);
    page(&inside, office, StatusCode::OK, &Again::default()).await
}

async fn page(inside: &Inside, office: OfficeId, status: StatusCode, again: &Again) -> Response<Body> {
    let w = inside.visit.words;
    let as_of = format::read_day(inside.visit.query.get("ngay"));
    let cast = Cast::of(inside, office, as_of.unwrap_or_else(|| inside.visit.today())).await;
    let mut sheet = Sheet::new(inside, Place::People, &w.t("admin-posts"), again, &ACTS);
    let other = reach::said(inside, office);
    sheet.up = vec![(address("/quan-tri/to-chuc", &[("co-quan", &other)]), w.t("admin-tree"))];
    sheet.up.push((address("/quan-tri/nguoi", &[("co-quan", &other)]), w.t("admin-people")));
    sheet.search = Some(
        Form::search("/quan-tri/chuc-danh", w)
            .field("co-quan", "six", Input::Kept, &other)
            .day("ngay", inside.visit.query.get("ngay")),
    );
    let positions = cast.positions.clone().map(|(all, _)| table(&all, &cast, w));
    sheet.sections.push(Section::table("positions", w, positions).noted(stands(as_of, w)));
    if let Some((all, _)) = cast.positions.here().filter(|_| inside.who.may("identity.people.change")) {
        sheet.forms = forms(inside, office, all, &cast, again);
    }
    sheet.answer(inside, status)
}

fn table(all: &[Position], cast: &Cast, w: Words) -> Table {
    let row = |position: &Position| {
        let roles: Vec<String> = position.roles.iter().map(|role| cast.role(role)).collect();
        let head = if position.head { w.t("admin-head") } else { String::new() };
        let below = if position.reach == Reach::Below { w.t("admin-reach-below") } else { String::new() };
        vec![
            Cell::text(position.title.clone()).meta(head),
            Cell::link(cast.unit(position), format!("/quan-tri/don-vi/{}", position.unit)),
            cast.holders(position, w),
            Cell::text(roles.join(", ")).meta(below),
            Cell::text(span(position.from, position.to, w)),
        ]
    };
    let rows = all.iter().map(row).collect();
    Table::new(w, &["title", "unit", "holder", "roles", "time"], "admin-positions-none", rows)
}

fn forms(inside: &Inside, office: OfficeId, all: &[Position], cast: &Cast, again: &Again) -> Vec<Form> {
    let (w, today) = (inside.visit.words, format::day(inside.visit.today()));
    let to = format!("/quan-tri/chuc-danh/{office}");
    let titles: Vec<_> =
        all.iter().map(|one| (one.id.to_string(), format!("{} · {}", one.title, cast.unit(one)))).collect();
    let roles = cast.roles.here().map_or(&[][..], |roles| roles.items.as_slice());
    let roles = roles.iter().map(|role| (role.name.clone(), role.title.clone())).collect();
    let make = Form::new("them-chuc-danh", &to, w, again)
        .choice("unit", units::options(cast.units.clone(), None))
        .text("title", "")
        .field("roles", "six", Input::Ticks(roles), "")
        .field("head", "six", Input::Tick, "")
        .choice("reports_to", titles.clone())
        .day("from", &today)
        .day("to", "");
    let head = Form::new("thu-truong", &to, w, again)
        .choice("position", titles.clone())
        .choice("reports_to", titles.clone())
        .day("from", &today);
    let end = Form::new("bo-chuc-danh", &to, w, again).ending().choice("position", titles).day("to", "");
    vec![make, head, end]
}

/// Does what a form of the page is for.
pub(crate) async fn act(Path((office, act)): Path<(OfficeId, String)>, posted: Posted) -> Response<Body> {
    if !ACTS.contains(&act.as_str()) {
        return no::nowhere(posted.inside.visit).await;
    }
    let back = address("/quan-tri/chuc-danh", &[("co-quan", &reach::said(&posted.inside, office))]);
    let done = acted(&posted, office, &act).await;
    match after(&posted, &act, &back, done) {
        After::Elsewhere(response) => response,
        After::Again(status, again) => page(&posted.inside, office, status, &again).await,
    }
}

async fn acted(posted: &Posted, office: OfficeId, act: &str) -> Result<(), Refusal> {
    let typed = &posted.fields;
    let reports_to = typed.get("reports_to").parse().ok();
    match act {
        "them-chuc-danh" => {
            let call = CreatePosition {
                office,
                unit: chosen(posted, "unit")?,
                title: typed.get("title").to_owned(),
                roles: ticked(posted, "roles"),
                head: typed.get("head") == "1",
                reach: Reach::Own,
                reports_to,
                from: day(posted, "from")?,
                to: maybe_day(posted, "to")?,
            };
            posted.act(&call).await?;
        }
        "thu-truong" => {
            let (id, from) = (chosen(posted, "position")?, day(posted, "from")?);
            posted.act(&ChangeDirectHead { id, from, reports_to }).await?;
        }
        _ => {
            let (id, to) = (chosen(posted, "position")?, day(posted, "to")?);
            posted.act(&EndPosition { id, to }).await?;
        }
    }
    Ok(())
}
