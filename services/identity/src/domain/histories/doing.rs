//! Acts upon the book, under the conditions of the handlers and by the rules of the domain: what was let happen.

use std::{collections::BTreeMap, time::Duration};

use schema_identity::{Appointment, Delegation, DelegationKind, Person, Revocation};
use wire::{Day, Version, id::PositionId};

use super::{
    acts::{ADMINISTRATOR, ALL, Act, Days, GENRES, Given, ROLES},
    book::{Book, Written, at, number},
    plain::{Fact, Source, picked},
};
use crate::domain::{
    deputies::{check_passing_on, check_permissions},
    interval::Interval,
    reporting::{Placed, circle},
};

/// More posts than this are not made.
const MOST_POSTS: usize = 24;

/// What was let happen, in order; nothing where an act was refused.
pub(crate) type Done = Option<Vec<Fact>>;

impl Book {
    /// Does an act on a day, some minutes after the last one, or refuses it and leaves everything as it was.
    pub(crate) fn act(&mut self, day: i64, act: &Act) -> Vec<Fact> {
        self.now = self.now.max(at(day).start()).plus(Duration::from_secs(60));
        // The others change nothing before they know that they may.
        let in_steps = matches!(
            act,
            Act::Close { .. } | Act::Merge { .. } | Act::Split { .. } | Act::End { .. } | Act::MergeUnits { .. }
        );
        let before = in_steps.then(|| self.clone());
        let done = match act {
            Act::Post { unit, role, head, below, days } => {
                self.make(*unit, *role, (*head, *below), interval(*days)).map(|fact| vec![fact])
            }
            Act::Appoint { person, post, days } => self.appoint(*person, *post, *days),
            Act::Dismiss { appointment, to } => self.dismiss(*appointment, at(*to)),
            Act::Close { post, to } => self.close(*post, at(*to)),
            Act::Direct { post, head, from } => self.direct(*post, *head, *from),
            Act::Lend { of, acting, deputy, given } => self.lend(day, *of, *acting, *deputy, given),
            Act::PassOn { of, deputy, given } => self.pass_on(day, *of, *deputy, given),
            Act::TakeBack { gift } => self.take_back(day, *gift),
            Act::Disable { person } => self.let_in(*person, false),
            Act::Enable { person } => self.let_in(*person, true),
            Act::Merge { offices, into, day, staff } => self.merge(offices, *into, at(*day), *staff),
            Act::Split { office, into, day, staff } => self.split(*office, into, at(*day), *staff),
            Act::End { office, day } => self.end(*office, at(*day)),
            Act::Move { office, below, from } => self.move_below(*office, *below, at(*from)),
            Act::MergeUnits { units, into, day } => self.merge_units(units, *into, at(*day)),
        };
        if let (None, Some(before)) = (&done, before) {
            *self = before;
        }
        done.unwrap_or_default()
    }

    /// Makes a post within the days of its unit, as a head's while there is no other.
    pub(super) fn make(
        &mut self,
        unit: usize,
        role: usize,
        (head, below): (bool, bool),
        days: Interval,
    ) -> Option<Fact> {
        let life = crate::domain::tree::lifetime(&self.units[unit])?;
        let days = shared(days, life)?;
        let other = |placed: &Placed| {
            placed.position.head && number(placed.position.unit) == unit && placed.days().overlaps(days)
        };
        let head = head && !self.posts.iter().any(other);
        let placed = (self.posts.len() < MOST_POSTS).then(|| self.new_post(unit, role, (head, below), days))?;
        self.posts.push(placed.clone());
        self.written.push(Written::Post(placed));
        let below = below && role == ADMINISTRATOR;
        Some(Fact::Posted { unit, role, head, below, days: numbers(days) })
    }

    fn appoint(&mut self, person: usize, post: usize, days: Days) -> Done {
        let post = post.checked_rem(self.posts.len())?;
        let placed = &self.posts[post];
        let days = shared(interval(days), placed.days())?;
        let same = |held: &Appointment| {
            (placed.position.head || number(held.person) == person)
                && held.position == placed.position.id
                && (Interval { from: held.from, to: held.to }).overlaps(days)
        };
        if self.appointed.iter().any(same) {
            return None;
        }
        let appointment = Appointment {
            id: self.id(self.appointed.len()),
            office: placed.position.office,
            person: self.id(person),
            position: placed.position.id,
            from: days.from,
            to: days.to,
            instrument: None,
            version: Version::FIRST,
        };
        self.appointed.push(appointment.clone());
        self.written.push(Written::Appointment(appointment));
        Some(vec![Fact::Appointed { person, post, days: numbers(days) }])
    }

    /// Appoints somebody to the post that was made last, for all of its days.
    pub(super) fn appoint_first(&mut self, person: usize) -> Done {
        let days = numbers(self.posts.last()?.days());
        self.appoint(person, self.posts.len() - 1, days)
    }

    fn dismiss(&mut self, appointment: usize, to: Day) -> Done {
        let appointment = appointment.checked_rem(self.appointed.len())?;
        let held = self.appointed[appointment].clone();
        let days = Interval { from: held.from, to: held.to }.end(to).ok()?;
        let ended = Appointment { to: days.to, version: held.version.next(), ..held };
        self.appointed[appointment] = ended.clone();
        self.written.push(Written::Appointment(ended));
        Some(vec![Fact::Dismissed { appointment, to: days_to(to) }])
    }

    /// Ends a post on a day, after all appointments that reach it.
    pub(super) fn close(&mut self, post: usize, to: Day) -> Done {
        let post = post.checked_rem(self.posts.len())?;
        let id: PositionId = self.id(post);
        if self.posts[post].days().end(to).ok()?.is_empty() {
            return None;
        }
        let mut facts = Vec::new();
        for held in 0..self.appointed.len() {
            let days = Interval { from: self.appointed[held].from, to: self.appointed[held].to };
            if self.appointed[held].position == id && days.reaches(to) {
                facts.extend(self.dismiss(held, to)?);
            }
        }
        for other in 0..self.posts.len() {
            if self.posts[other]
                .reporting
                .iter()
                .any(|span| span.reports_to == id && span.to.is_none_or(|end| to < end))
            {
                self.write_post(other, self.posts[other].clone().without(id, to));
            }
        }
        self.write_post(post, self.posts[post].clone().ended(to));
        facts.push(Fact::Closed { post, to: days_to(to) });
        Some(facts)
    }

    fn write_post(&mut self, post: usize, placed: Placed) {
        self.posts[post] = placed.changed();
        self.written.push(Written::Post(self.posts[post].clone()));
    }

    fn direct(&mut self, post: usize, head: Option<usize>, from: i64) -> Done {
        let post = post.checked_rem(self.posts.len())?;
        let head = head.map(|head| head % self.posts.len());
        let named = head.map(|head| self.posts[head].position.clone());
        let placed = self.posts[post].clone().reports_to(named.as_ref(), at(from)).ok()?;
        let mut heads: BTreeMap<PositionId, _> =
            self.posts.iter().map(|placed| (placed.position.id, placed.reporting.clone())).collect();
        heads.insert(placed.position.id, placed.reporting.clone());
        if circle(placed.position.id, &heads).is_some() {
            return None;
        }
        self.write_post(post, placed);
        Some(vec![Fact::Directed { post, head, from }])
    }

    /// One of those who hold a position in an office on a day and are none of these people.
    fn deputy(&self, pick: usize, office: usize, day: Day, none_of: &[usize]) -> Option<usize> {
        let suits = |held: &Appointment| {
            number(held.office) == office
                && !none_of.contains(&number(held.person))
                && (Interval { from: held.from, to: held.to }).contains(day)
        };
        let found: Vec<usize> = (0..self.appointed.len()).filter(|held| suits(&self.appointed[*held])).collect();
        Some(found[pick.checked_rem(found.len())?])
    }

    fn lend(&mut self, day: i64, of: usize, acting: bool, deputy: usize, given: &Given) -> Done {
        let on = at(given.days.0);
        let in_force = |held: &Appointment| (Interval { from: held.from, to: held.to }).contains(on);
        let (post, source) = if acting {
            let post = of.checked_rem(self.posts.len())?;
            (post, Source::Post(post))
        } else {
            let found: Vec<usize> = (0..self.appointed.len()).filter(|held| in_force(&self.appointed[*held])).collect();
            let held = found[of.checked_rem(found.len())?];
            (number(self.appointed[held].position), Source::Appointment(held))
        };
        let grantor = match source {
            Source::Appointment(held) => Some(number(self.appointed[held].person)),
            _ => None,
        };
        let placed = &self.posts[post].position;
        let deputy = self.deputy(deputy, number(placed.office), on, grantor.as_slice())?;
        let role = (0..ROLES.len()).find(|role| placed.roles[0] == ROLES[*role].0)?;
        let has = ALL.iter().enumerate().filter(|(_, name)| ROLES[role].1.contains(name));
        let has = has.fold(0, |bits, (bit, _)| bits | 1 << bit);
        let given = Given { permissions: given.permissions & has, ..given.clone() };
        check_permissions(&owned(given.permissions, &ALL), &owned(has, &ALL)).ok()?;
        self.give(day, post, source, deputy, given)
    }

    fn pass_on(&mut self, day: i64, of: usize, deputy: usize, given: &Given) -> Done {
        let gift = of.checked_rem(self.lent.len())?;
        let first = self.lent[gift].clone();
        let days = shared(interval(given.days), Interval { from: first.from, to: first.to })?;
        let permissions = (0..ALL.len()).filter(|bit| first.permissions.contains(ALL[*bit]));
        let permissions = permissions.fold(0, |bits, bit| bits | 1 << bit) & given.permissions;
        let given = Given { permissions, days: numbers(days), ..given.clone() };
        check_passing_on(&first, days, &owned(permissions, &ALL)).ok()?;
        check_permissions(&owned(permissions, &ALL), &first.permissions).ok()?;
        let none_of: Vec<usize> = first.grantor.map(number).into_iter().chain([number(first.deputy)]).collect();
        let deputy = self.deputy(deputy, number(first.office), days.from, &none_of)?;
        self.give(day, number(first.position), Source::Gift(gift), deputy, given)
    }

    fn give(&mut self, day: i64, post: usize, source: Source, deputy: usize, given: Given) -> Done {
        let (grantor, held, from) = match source {
            Source::Appointment(held) => (Some(self.appointed[held].person), Some(self.id(held)), None),
            Source::Post(_) => (None, None, None),
            Source::Gift(gift) => {
                (self.lent[gift].grantor, self.lent[gift].grantor_appointment, Some(self.lent[gift].id))
            }
        };
        let stands_in = &self.appointed[deputy];
        let days = interval(given.days);
        let delegation = Delegation {
            id: self.id(self.lent.len()),
            office: self.posts[post].position.office,
            kind: if grantor.is_none() { DelegationKind::Acting } else { DelegationKind::Deputy },
            position: self.id(post),
            grantor,
            grantor_appointment: held,
            deputy: stands_in.person,
            deputy_position: stands_in.position,
            deputy_appointment: stands_in.id,
            permissions: owned(given.permissions, &ALL),
            genres: owned(given.genres, &GENRES),
            highest: given.highest.map(wire::Dong),
            from: days.from,
            to: days.to,
            reason: "Đi công tác".into(),
            instrument: None,
            may_pass_on: given.may_pass_on && from.is_none(),
            passed_on_from: from,
            made_by: self.id(0),
            made_at: self.now,
            revoked: None,
            version: Version::FIRST,
        };
        self.lent.push(delegation.clone());
        self.written.push(Written::Delegation(Box::new(delegation)));
        Some(vec![Fact::Lent { source, deputy, given, on: day }])
    }

    fn take_back(&mut self, day: i64, gift: usize) -> Done {
        let gift = gift.checked_rem(self.lent.len())?;
        let (by, at) = (self.id(0), self.now);
        let lent = &mut self.lent[gift];
        if lent.revoked.is_some() {
            return None;
        }
        lent.revoked = Some(Revocation { at, by, reason: "Đã trở lại".into() });
        lent.version = lent.version.next();
        self.written.push(Written::Delegation(Box::new(lent.clone())));
        Some(vec![Fact::TakenBack { gift, on: day }])
    }

    fn let_in(&mut self, person: usize, inside: bool) -> Done {
        let kept = self.people[person].clone();
        self.people[person] = Person { active: inside, version: kept.version.next(), ..kept };
        self.written.push(Written::Person(self.people[person].clone()));
        Some(vec![Fact::Let { person, inside }])
    }
}

/// The interval of numbers.
pub(super) fn interval((from, to): Days) -> Interval {
    Interval { from: at(from), to: to.map(at) }
}

/// The numbers of an interval.
pub(super) fn numbers(days: Interval) -> Days {
    (days_to(days.from), days.to.map(days_to))
}

/// The number of a day.
pub(super) fn days_to(day: Day) -> i64 {
    (day.0 - at(0).0).whole_days()
}

/// The days in both, when there are any.
pub(super) fn shared(a: Interval, b: Interval) -> Option<Interval> {
    Interval::new(a.from.max(b.from), a.to.into_iter().chain(b.to).min()).ok()
}

fn owned(bits: usize, of: &[&'static str]) -> std::collections::BTreeSet<String> {
    picked(bits, of).into_iter().map(str::to_owned).collect()
}
