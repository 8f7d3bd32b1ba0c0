//! L11: the unit of its head: what it owes, who is away, who stands in. What one person has to do is shown to that
//! person and their direct head alone, by name and in no order of merit; the services decide who that is.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use futures_util::future::join_all;
use schema_identity::{
    Absence, AbsenceKind, Delegation, ListAbsences, ListAppointments, ListDelegations, ListPeople, ListPositions,
    Position, Post,
};
use schema_programme::{DueCase, ListDueAssignments};
use wire::{
    Day, Fault, Kind,
    id::{PersonId, PositionId},
};

use super::overdue;
use crate::{
    asking::Part,
    format,
    kit::{chip::Chip, chip::Tone, timeline::Names},
    no,
    page::{Page, Place},
    screens::work::{self, Case},
    visit::Inside,
    words::Words,
};

/// How many subordinates are asked about one by one.
const PEOPLE: usize = 40;

/// One subordinate.
pub(crate) struct Member {
    name: String,
    title: String,
    /// What they have to do, how much of it is overdue; or that there is no answer.
    load: Part<(usize, usize)>,
    away: Option<Chip>,
}

#[derive(Template)]
#[template(path = "calendar/team.html")]
struct Team {
    p: Page,
    unit: String,
    clock: String,
    /// What the unit owes, what of it is overdue.
    owed: Part<(usize, usize)>,
    late: Vec<Case>,
    members: Part<Vec<Member>>,
    away: Part<Vec<String>>,
    deputies: Part<Vec<String>>,
}

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let (w, today) = (inside.visit.words, inside.visit.today());
    let Some(post) = inside.who.heads().cloned() else {
        let denied = Fault::new(
            Kind::Denied,
            "portal.heads_nothing",
            "this page is for whoever heads a unit",
            "trang này dành cho người đứng đầu đơn vị",
        );
        return no::fault(&inside, &denied);
    };
    let office = inside.who.office();
    let (as_of, limit) = (Some(today), Some(200));
    let of_people = ListPeople { office, q: None, as_of, limit, cursor: None };
    let of_positions = ListPositions { office, unit: None, as_of, limit, cursor: None };
    let of_appointments = ListAppointments { office, person: None, position: None, as_of, limit, cursor: None };
    let of_absences = ListAbsences { office, as_of, limit, cursor: None };
    let of_delegations = ListDelegations { office, deputy: None, position: None, as_of, limit, cursor: None };
    let (owed, people, positions, appointments, absences, delegations) = futures_util::join!(
        overdue::read(&inside, Some(post.unit)),
        inside.part(&of_people),
        inside.part(&of_positions),
        inside.part(&of_appointments),
        inside.part(&of_absences),
        inside.part(&of_delegations),
    );
    let names = Names::of(people.here());
    let own: Part<Vec<Position>> = positions.map(|page| subordinate(page.items, &post));
    let ids: Vec<PositionId> = own.here().into_iter().flatten().map(|one| one.id).collect();
    let members = match (own, appointments) {
        (Part::Here(own), Part::Here(page)) => {
            let holds = |position: &Position| {
                page.items.iter().filter(|one| one.position == position.id).map(|one| one.person).collect::<Vec<_>>()
            };
            let held = own.iter().flat_map(|one| holds(one).into_iter().map(|person| (person, one.title.clone())));
            Part::Here(
                members(held.collect(), &names, absences.here().map(|page| page.items.as_slice()), &inside).await,
            )
        }
        (Part::Silent(silence), _) | (_, Part::Silent(silence)) => Part::Silent(silence),
    };
    let late = |case: &&DueCase| case.days_left < 0 && case.state.owed();
    let view = Team {
        p: Page::inside(&inside, &w.t("calendar-team-title"), Place::Team),
        unit: post.unit_name.clone(),
        clock: format::clock(inside.visit.now),
        late: owed
            .here()
            .map(|(cases, _)| cases.iter().filter(late).map(|case| work::case(case, &inside)).collect())
            .unwrap_or_default(),
        owed: owed.map(|(cases, _)| (cases.len(), cases.iter().filter(late).count())),
        members,
        away: absences.map(|page| {
            let of_unit = page.items.iter().filter(|one| ids.contains(&one.position) || one.position == post.position);
            of_unit.map(|one| away(one, &names, today, w)).collect()
        }),
        deputies: delegations.map(|page| {
            let stands = |one: &&Delegation| one.revoked.is_none();
            let of_unit = page.items.iter().filter(|one| ids.contains(&one.position) || one.position == post.position);
            of_unit.filter(stands).map(|one| deputy(one, &names, today, w)).collect()
        }),
    };
    inside.visit.html(StatusCode::OK, &view)
}

/// The positions whose direct head is the reader's: those that name it, and in its unit those that name none.
fn subordinate(positions: Vec<Position>, post: &Post) -> Vec<Position> {
    let under = |one: &Position| match one.reports_to {
        Some(head) => head == post.position,
        None => one.unit == post.unit && !one.head,
    };
    positions.into_iter().filter(under).collect()
}

/// The subordinates by name, each asked about alone: the service answers their direct head only.
async fn members(
    mut held: Vec<(PersonId, String)>,
    names: &Names,
    absences: Option<&[Absence]>,
    inside: &Inside,
) -> Vec<Member> {
    let (w, today) = (inside.visit.words, inside.visit.today());
    held.sort_by(|(one, _), (other, _)| names.get(*one).cmp(names.get(*other)).then_with(|| one.cmp(other)));
    held.dedup_by_key(|(person, _)| *person);
    let asked = held.into_iter().take(PEOPLE).map(|(person, title)| async move {
        let call = ListDueAssignments {
            office: inside.who.office(),
            unit: None,
            handler: Some(person),
            as_of: None,
            window: Some(u16::from(u8::MAX)),
            limit: Some(100),
            cursor: None,
        };
        let load = inside.part(&call).await.map(|page| {
            (page.items.len(), page.items.iter().filter(|case| case.days_left < 0 && case.state.owed()).count())
        });
        let absence = absences.into_iter().flatten().find(|one| one.person == person && one.from <= today);
        let away = absence.map(|one| {
            let until = format::short_day(one.to, today);
            Chip::new(Tone::Soon, "waiting", w.with("calendar-away-until", &[("day", &until)]))
        });
        Member { name: names.get(person).to_owned(), title, load, away }
    });
    join_all(asked).await
}

/// Who is away, from when to when, and who stands in.
pub(crate) fn away(absence: &Absence, names: &Names, today: Day, w: Words) -> String {
    let kind = match absence.kind {
        AbsenceKind::Leave => w.t("calendar-away-leave"),
        AbsenceKind::Duty => w.t("calendar-away-duty"),
        AbsenceKind::Training => w.t("calendar-away-training"),
        AbsenceKind::Other => w.t("calendar-away-other"),
    };
    let (from, to) = (format::short_day(absence.from, today), format::short_day(absence.to, today));
    let values = [("name", names.get(absence.person)), ("kind", &kind), ("from", &from), ("to", &to)];
    let said = w.with("calendar-away", &values);
    match absence.covered_by {
        Some(deputy) => format!("{said} · {}", w.with("calendar-away-covered", &[("name", names.get(deputy))])),
        None => said,
    }
}

fn deputy(delegation: &Delegation, names: &Names, today: Day, w: Words) -> String {
    let whom = delegation.grantor.map_or_else(|| w.t("calendar-vacant"), |person| names.get(person).to_owned());
    let until = delegation.to.map_or_else(|| w.t("calendar-no-end"), |day| format::short_day(day, today));
    let values = [("deputy", names.get(delegation.deputy)), ("whom", &whom), ("until", &until)];
    w.with("calendar-deputy", &values)
}
