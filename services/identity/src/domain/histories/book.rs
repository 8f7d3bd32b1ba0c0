//! The rows that the service would have written, and its answer put together from them by its own rules.

use std::collections::BTreeMap;

use schema_identity::{
    Appointment, Delegation, OfficeHistory, OfficeKind, OfficeSpan, Person, Position, Reach, UnitHistory, UnitSpan,
};
use uuid::Uuid;
use wire::{
    Authority, Day, Grant, Instant, Version,
    id::{OfficeId, PositionId, UnitId},
};

use super::{
    acts::{ADMINISTRATOR, ALL, COMMUNES, GENRES, OFFICES, PEOPLE, ROLES},
    plain::{Asked, Behalf, Power},
};
use crate::domain::{
    authority::{Held, Reports, authority},
    deputies::{Hold, Lent, Link, When},
    interval::Interval,
    lineage::{Step, inherited},
    offices,
    reporting::{self, Placed},
    withholding::Withheld,
};

/// A row as it was written: anew, or once more.
#[derive(Clone, Debug)]
pub(crate) enum Written {
    Office(OfficeHistory),
    Unit(UnitHistory),
    OfficeSteps(Vec<Step<OfficeId>>),
    UnitSteps(Vec<Step<UnitId>>),
    Post(Placed),
    Appointment(Appointment),
    Delegation(Box<Delegation>),
    Person(Person),
}

/// Everything that was written. What has the number n has the id n, so that a model can name it too; `series` keeps the
/// ids of several books apart.
#[derive(Clone, Debug)]
pub(crate) struct Book {
    pub(crate) series: u64,
    pub(crate) now: Instant,
    pub(crate) offices: Vec<OfficeHistory>,
    pub(crate) units: Vec<UnitHistory>,
    pub(crate) people: Vec<Person>,
    pub(crate) posts: Vec<Placed>,
    pub(crate) appointed: Vec<Appointment>,
    pub(crate) lent: Vec<Delegation>,
    pub(crate) steps: Vec<Step<OfficeId>>,
    pub(crate) unit_steps: Vec<Step<UnitId>>,
    /// What was written since this was last emptied, oldest first.
    pub(crate) written: Vec<Written>,
}

/// The day of a number.
pub(crate) fn at(day: i64) -> Day {
    Day::new(2026, 1, 1).unwrap().plus(day).unwrap()
}

/// The number of an id.
pub(crate) fn number(id: impl Into<Uuid>) -> usize {
    (id.into().as_u128() & 0xffff) as usize
}

impl Book {
    /// The offices, their units and people, and nothing else.
    pub(crate) fn new(series: u64) -> Self {
        let mut this = Self {
            series,
            now: at(0).start(),
            offices: Vec::new(),
            units: Vec::new(),
            people: Vec::new(),
            posts: Vec::new(),
            appointed: Vec::new(),
            lent: Vec::new(),
            steps: Vec::new(),
            unit_steps: Vec::new(),
            written: Vec::new(),
        };
        this.offices = (0..OFFICES).map(|number| this.new_office(number)).collect();
        this.units = (0..2 * OFFICES).map(|number| this.new_unit(number)).collect();
        let person = |number| Person {
            id: this.id(number),
            office: this.id(0),
            full_name: format!("Người thứ {number}"),
            contact: None,
            active: true,
            version: Version::FIRST,
        };
        this.people = (0..PEOPLE).map(person).collect();
        let (offices, units) = (this.offices.iter().cloned(), this.units.iter().cloned());
        let people = this.people.iter().cloned();
        this.written = offices.map(Written::Office).chain(units.map(Written::Unit)).collect();
        this.written.extend(people.map(Written::Person));
        this
    }

    /// The id of a number.
    pub(crate) fn id<T: From<Uuid>>(&self, number: usize) -> T {
        Uuid::from_u128(u128::from(self.series) << 32 | number as u128).into()
    }

    fn new_office(&self, number: usize) -> OfficeHistory {
        let (kind, parent) = match number {
            0 => (OfficeKind::Centre, None),
            1..COMMUNES => (OfficeKind::Province, Some(self.id(0))),
            _ => (OfficeKind::Commune, Some(self.id(1))),
        };
        let name = format!("Cấp ủy {number}");
        let span = OfficeSpan { from: at(0), to: None, name, kind, parent, instrument: None };
        let code = format!("{}-{number}", self.series);
        OfficeHistory { id: self.id(number), code, spans: vec![span], ended_by: None, version: Version::FIRST }
    }

    fn new_unit(&self, number: usize) -> UnitHistory {
        let parent = (number % 2 == 1).then(|| self.id(number - 1));
        let name = format!("Đơn vị {number}");
        let span = UnitSpan { from: at(0), to: None, name, body: None, parent };
        UnitHistory { id: self.id(number), office: self.id(number / 2), spans: vec![span], version: Version::FIRST }
    }

    /// A post that nobody has written down yet.
    pub(crate) fn new_post(&self, unit: usize, role: usize, (head, below): (bool, bool), days: Interval) -> Placed {
        let position = Position {
            id: self.id(self.posts.len()),
            office: self.id(unit / 2),
            unit: self.id(unit),
            title: "Chuyên viên".into(),
            roles: vec![ROLES[role].0.into()],
            head,
            reach: if below && role == ADMINISTRATOR { Reach::Below } else { Reach::Own },
            reports_to: None,
            from: days.from,
            to: days.to,
            version: Version::FIRST,
        };
        Placed { position, reporting: Vec::new() }
    }

    /// What the service would answer.
    pub(crate) fn powers(&self, person: usize, asked: Asked) -> Vec<Power> {
        let (day, when) = match asked {
            Asked::On(day) => (at(day), When::On(at(day))),
            Asked::Now(day) => (at(day), When::Now(self.now)),
        };
        if !self.people[person].active && matches!(asked, Asked::Now(_)) {
            return Vec::new();
        }
        let own = self.appointed.iter().filter(|held| number(held.person) == person);
        let held = own.map(|held| self.held(held)).collect();
        let (below, inherited) = (self.below(day), self.inherited(day));
        let reports: Vec<_> = self.posts.iter().filter_map(|placed| reports(placed, day)).collect();
        let answer: Authority = authority(
            (self.id(person), self.id(person)),
            held,
            &Withheld::default(),
            &below,
            &inherited,
            &reports,
            day,
        );
        let lent = self.lent.iter().filter(|lent| number(lent.deputy) == person);
        let lent = lent.filter_map(|lent| self.chain(lent).grant(when, &Withheld::default()));
        answer.grants.into_iter().chain(lent).map(|grant| power(&grant)).collect()
    }

    fn held(&self, held: &Appointment) -> Held {
        let position = &self.posts[number(held.position)].position;
        Held {
            appointment: held.id,
            position: held.position,
            office: position.office,
            unit: position.unit,
            title: position.title.clone(),
            roles: position.roles.clone(),
            head: position.head,
            reach: position.reach,
            appointed: Interval { from: held.from, to: held.to },
            stands: Interval { from: position.from, to: position.to },
        }
    }

    fn below(&self, day: Day) -> BTreeMap<OfficeId, Vec<OfficeId>> {
        let mut below: BTreeMap<OfficeId, Vec<OfficeId>> = BTreeMap::new();
        for office in &self.offices {
            if let Some(parent) = office.at(day).and_then(|span| span.parent) {
                below.entry(parent).or_default().push(office.id);
            }
        }
        below
    }

    fn inherited(&self, day: Day) -> BTreeMap<OfficeId, Vec<OfficeId>> {
        let mut reached: BTreeMap<OfficeId, Vec<OfficeId>> = BTreeMap::new();
        for office in self.offices.iter().filter(|_| !self.steps.is_empty()) {
            let lines = inherited(office.id, &self.steps).into_iter();
            for line in lines.filter(|line| Interval { from: line.from, to: line.to }.contains(day)) {
                reached.entry(line.heir).or_default().push(office.id);
            }
        }
        reached
    }

    fn chain(&self, last: &Delegation) -> Lent {
        let hold = |held: &Appointment| Hold {
            days: Interval { from: held.from, to: held.to },
            active: self.people[number(held.person)].active,
        };
        let link = |lent: &Delegation| Link {
            delegation: lent.clone(),
            deputy: hold(&self.appointed[number(lent.deputy_appointment)]),
        };
        let position = &self.posts[number(last.position)].position;
        Lent {
            last: link(last),
            first: last.passed_on_from.map(|from| link(&self.lent[number(from)])),
            office: position.office,
            unit: position.unit,
            title: position.title.clone(),
            roles: position.roles.clone(),
            stands: Interval { from: position.from, to: position.to },
            grantor: last.grantor_appointment.map(|held| hold(&self.appointed[number(held)])),
            appointed_by: None,
        }
    }

    /// The days of an office.
    pub(crate) fn life(&self, office: usize) -> Interval {
        offices::lifetime(&self.offices[office]).unwrap()
    }
}

/// To whom a post reports on a day, as `store::authority::reports` tells it.
fn reports(placed: &Placed, day: Day) -> Option<(Reports, PositionId)> {
    let to = match reporting::head(&placed.reporting, day) {
        Some(head) => Reports::To(head),
        None => Reports::ToHeadOf(placed.position.unit),
    };
    placed.days().contains(day).then_some((to, placed.position.id))
}

/// A grant in plain words.
pub(crate) fn power(grant: &Grant) -> Power {
    let numbers = |offices: &[OfficeId]| offices.iter().copied().map(number).collect();
    let known = ALL.into_iter().filter(|permission| grant.permissions.contains(*permission));
    Power {
        appointment: number(grant.appointment),
        post: number(grant.position),
        unit: number(grant.unit),
        office: number(grant.office),
        below: numbers(&grant.offices_below),
        inherited: numbers(&grant.offices_inherited),
        permissions: known.collect(),
        head: grant.head,
        reports: grant.direct_reports.iter().copied().map(number).collect(),
        behalf: grant.on_behalf_of.as_ref().map(|lent| Behalf {
            gift: number(lent.delegation),
            grantor: lent.person.map(number),
            own_post: number(lent.own_position),
            genres: GENRES.into_iter().filter(|one| lent.genres.is_empty() || lent.genres.contains(*one)).collect(),
            highest: lent.highest.map(|highest| highest.0),
        }),
    }
}
