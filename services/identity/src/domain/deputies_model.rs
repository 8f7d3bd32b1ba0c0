//! The authority of a person against a plain model of it, over random histories of appointments, delegations and ends.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use schema_identity::{Delegation, DelegationKind, Reach, Revocation};
use uuid::Uuid;
use wire::{Day, Grant, Instant, Version};

use super::{
    authority::{Held, authority},
    deputies::{Hold, Lent, Link, When},
    interval::Interval,
    withholding::Withheld,
};

const DAYS: i64 = 12;
const PEOPLE: usize = 4;
const GENRES: [&str; 2] = ["CV", "TB"];
const READ: &str = "documents.incoming.read";
const ISSUE: &str = "documents.outgoing.issue";
const ASSIGN: &str = "programme.assignments.assign";
const APPOINT: &str = "identity.people.change";
const ALL: [&str; 4] = [READ, ISSUE, ASSIGN, APPOINT];

/// What the roles give of these permissions, written out by hand.
const ROLES: [(&str, &[&str]); 4] = [
    ("chief_of_office", &[READ, ISSUE, ASSIGN]),
    ("document_clerk", &[READ, ISSUE]),
    ("specialist", &[READ]),
    ("administrator", &[APPOINT]),
];

/// Days of something, as numbers; it may be empty or never end.
type Days = (i64, Option<i64>);

#[derive(Clone, Debug)]
struct Appointed {
    person: usize,
    position: usize,
    days: Days,
}

#[derive(Clone, Debug)]
struct Given {
    /// The appointment whose powers are lent; the position alone where somebody acts in it.
    source: usize,
    acting: bool,
    deputy: usize,
    permissions: usize,
    genres: usize,
    days: Days,
    made: i64,
    revoked: Option<i64>,
    may_pass_on: bool,
    /// Passed on from an earlier one, when that one is not passed on itself.
    from: Option<usize>,
}

#[derive(Clone, Debug)]
struct History {
    /// The role of each position, and its days.
    positions: Vec<(usize, Days)>,
    appointed: Vec<Appointed>,
    given: Vec<Given>,
}

fn days() -> impl Strategy<Value = Days> {
    (0..DAYS, proptest::option::of(0..DAYS)).prop_map(|(from, length)| (from, length.map(|length| from + length)))
}

fn given() -> impl Strategy<Value = Given> {
    let whom = (0..6usize, proptest::bool::weighted(0.2), 0..6usize, 0..16usize, 0..4usize);
    let when = (days(), 0..DAYS, proptest::option::weighted(0.3, 0..DAYS));
    let chain = (any::<bool>(), proptest::option::of(0..5usize));
    (whom, when, chain).prop_map(
        |((source, acting, deputy, permissions, genres), (days, made, revoked), (may_pass_on, from))| Given {
            source,
            acting,
            deputy,
            permissions,
            genres,
            days,
            made,
            revoked,
            may_pass_on,
            from,
        },
    )
}

fn history() -> impl Strategy<Value = History> {
    let positions = proptest::collection::vec((0..ROLES.len(), days()), 3);
    let appointed = proptest::collection::vec(
        (0..PEOPLE, 0..3usize, days()).prop_map(|(person, position, days)| Appointed { person, position, days }),
        6,
    );
    let given = proptest::collection::vec(given(), 0..6);
    (positions, appointed, given).prop_map(|(positions, appointed, given)| {
        let mut history = History { positions, appointed, given };
        for number in 0..history.given.len() {
            let from = history.given[number].from.filter(|from| *from < number && history.given[*from].from.is_none());
            if let Some(from) = from {
                let first = history.given[from].clone();
                let last = &mut history.given[number];
                (last.source, last.acting) = (first.source, first.acting);
            }
            history.given[number].from = from;
        }
        history
    })
}

/// What somebody may do with documents of which genre: the plain form of authority.
type Powers = BTreeSet<(usize, &'static str, &'static str)>;

fn on(days: Days, day: i64) -> bool {
    days.0 <= day && days.1.is_none_or(|to| day < to)
}

impl History {
    fn position_of(&self, given: &Given) -> usize {
        self.appointed[given.source].position
    }

    /// What a position gives on a day.
    fn of_position(&self, position: usize, day: i64) -> Powers {
        let (role, days) = self.positions[position];
        if !on(days, day) {
            return Powers::new();
        }
        let each = |permission: &&'static str| GENRES.map(|genre| (position, *permission, genre));
        ROLES[role].1.iter().flat_map(each).collect()
    }

    fn of_appointment(&self, number: usize, day: i64) -> Powers {
        let appointed = &self.appointed[number];
        if on(appointed.days, day) { self.of_position(appointed.position, day) } else { Powers::new() }
    }

    /// What a delegation gives on a day: what its source has then, less what is not lent.
    fn of_given(&self, given: &Given, day: i64) -> Powers {
        let lives = on(given.days, day)
            && given.made <= day
            && given.revoked.is_none_or(|revoked| day <= revoked)
            && on(self.appointed[given.deputy].days, day);
        if !lives {
            return Powers::new();
        }
        let mut powers = match given.from {
            Some(from) if !self.given[from].may_pass_on => Powers::new(),
            Some(from) => self.of_given(&self.given[from], day),
            None if given.acting => self.of_position(self.position_of(given), day),
            None => self.of_appointment(given.source, day),
        };
        powers.retain(|(_, permission, genre)| {
            *permission != APPOINT
                && picked(given.permissions, &ALL).contains(*permission)
                && (given.genres == 0 || picked(given.genres, &GENRES).contains(*genre))
        });
        powers
    }

    fn of_person(&self, person: usize, day: i64) -> Powers {
        let own = (0..self.appointed.len()).filter(|number| self.appointed[*number].person == person);
        let lent = self.given.iter().filter(|given| self.appointed[given.deputy].person == person);
        own.flat_map(|number| self.of_appointment(number, day))
            .chain(lent.flat_map(|given| self.of_given(given, day)))
            .collect()
    }
}

fn picked(mask: usize, of: &[&'static str]) -> BTreeSet<String> {
    of.iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1).map(|(_, name)| (*name).to_owned()).collect()
}

fn id<T: From<Uuid>>(number: usize) -> T {
    Uuid::from_u128(number as u128 + 1).into()
}

fn at(day: i64) -> Day {
    Day::new(2026, 1, 1).unwrap().plus(day).unwrap()
}

fn interval(days: Days) -> Interval {
    Interval { from: at(days.0), to: days.1.map(at) }
}

/// Some time in the course of a day.
fn moment(day: i64) -> Instant {
    at(day).start().plus(std::time::Duration::from_secs(9 * 3600))
}

/// The same history as the store reads it.
impl History {
    fn held(&self, person: usize) -> Vec<Held> {
        let own = self.appointed.iter().enumerate().filter(|(_, appointed)| appointed.person == person);
        let held = |(number, appointed): (usize, &Appointed)| {
            let (role, stands) = self.positions[appointed.position];
            Held {
                appointment: id(number),
                position: id(appointed.position),
                office: id(0),
                unit: id(0),
                title: "Chuyên viên".into(),
                roles: vec![ROLES[role].0.into()],
                head: false,
                reach: Reach::Own,
                appointed: interval(appointed.days),
                stands: interval(stands),
            }
        };
        own.map(held).collect()
    }

    fn link(&self, number: usize) -> Link {
        let given = &self.given[number];
        let source = (!given.acting).then_some(&self.appointed[given.source]);
        let by = |at| Revocation { at, by: id(0), reason: "Đã trở lại".into() };
        let delegation = Delegation {
            id: id(number),
            office: id(0),
            kind: if given.acting { DelegationKind::Acting } else { DelegationKind::Deputy },
            position: id(self.position_of(given)),
            grantor: source.map(|source| id(source.person)),
            grantor_appointment: source.map(|_| id(given.source)),
            deputy: id(self.appointed[given.deputy].person),
            deputy_position: id(self.appointed[given.deputy].position),
            deputy_appointment: id(given.deputy),
            permissions: picked(given.permissions, &ALL),
            genres: picked(given.genres, &GENRES),
            highest: None,
            from: at(given.days.0),
            to: given.days.1.map(at),
            reason: "Đi công tác".into(),
            instrument: None,
            may_pass_on: given.may_pass_on,
            passed_on_from: given.from.map(id),
            made_by: id(0),
            made_at: moment(given.made),
            revoked: given.revoked.map(moment).map(by),
            version: Version::FIRST,
        };
        let deputy = Hold { days: interval(self.appointed[given.deputy].days), active: true };
        Link { delegation, deputy }
    }

    fn lent(&self, number: usize) -> Lent {
        let given = &self.given[number];
        let (role, stands) = self.positions[self.position_of(given)];
        let source = (!given.acting).then_some(&self.appointed[given.source]);
        Lent {
            last: self.link(number),
            first: given.from.map(|from| self.link(from)),
            office: id(0),
            unit: id(0),
            title: "Chuyên viên".into(),
            roles: vec![ROLES[role].0.into()],
            stands: interval(stands),
            grantor: source.map(|source| Hold { days: interval(source.days), active: true }),
            appointed_by: None,
        }
    }

    /// What a person's grants come to on a day.
    fn grants(&self, person: usize, day: i64) -> Powers {
        let own = authority(
            (id(0), id(person)),
            self.held(person),
            &Withheld::default(),
            &BTreeMap::new(),
            &BTreeMap::new(),
            &[],
            at(day),
        )
        .grants;
        let lent = (0..self.given.len()).filter(|number| self.appointed[self.given[*number].deputy].person == person);
        let lent = lent.filter_map(|number| self.lent(number).grant(When::On(at(day)), &Withheld::default()));
        own.into_iter().chain(lent).flat_map(|grant| powers(&grant)).collect()
    }
}

fn powers(grant: &Grant) -> Powers {
    let bound = grant.on_behalf_of.as_ref().map(|lent| lent.genres.clone()).unwrap_or_default();
    let within = |genre: &&str| bound.is_empty() || bound.contains(*genre);
    let position = (0..3).find(|number| grant.position == id(*number)).unwrap();
    let known = ALL.into_iter().filter(|permission| grant.permissions.contains(*permission));
    known
        .flat_map(|permission| GENRES.into_iter().filter(within).map(move |genre| (position, permission, genre)))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn authority_is_what_the_plain_model_says_on_any_day(
        history in history(),
        days in proptest::array::uniform3(0..DAYS),
    ) {
        for day in days {
            for person in 0..PEOPLE {
                prop_assert_eq!(history.grants(person, day), history.of_person(person, day), "{} on {}", person, day);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn nobody_gains_what_the_grantor_has_lost_and_no_circle_gives_more(history in history()) {
        for day in 0..DAYS {
            for (number, given) in history.given.iter().enumerate() {
                let Some(grant) = history.lent(number).grant(When::On(at(day)), &Withheld::default()) else { continue };
                let position = history.position_of(given);
                let most = if given.acting {
                    history.of_position(position, day)
                } else {
                    history.of_appointment(given.source, day)
                };
                prop_assert!(powers(&grant).is_subset(&most), "delegation {} on {}", number, day);
                prop_assert!(grant.offices_below.is_empty() && grant.direct_reports.is_empty() && !grant.head);
            }
        }
    }
}

/// One delegation between the first two of three appointments, all of whom hold positions of a chief for ever.
fn plain() -> History {
    let appointed = |person| Appointed { person, position: person, days: (0, None) };
    let given = |source, deputy, from| Given {
        source,
        acting: false,
        deputy,
        permissions: 0b1111,
        genres: 0,
        days: (0, None),
        made: 0,
        revoked: None,
        may_pass_on: true,
        from,
    };
    History {
        positions: vec![(0, (0, None)); 3],
        appointed: (0..3).map(appointed).collect(),
        given: vec![given(0, 1, None), given(0, 2, Some(0))],
    }
}

#[test]
fn it_ends_at_the_moment_and_is_told_of_the_day() {
    let mut history = plain();
    history.given[0].revoked = Some(3);
    for number in [0, 1] {
        let lent = history.lent(number);
        let second = std::time::Duration::from_secs(1);
        assert!(lent.grant(When::Now(moment(3).minus(second)), &Withheld::default()).is_some());
        assert!(lent.grant(When::Now(moment(3)), &Withheld::default()).is_none());
        assert!(lent.grant(When::On(at(3)), &Withheld::default()).is_some());
        assert!(lent.grant(When::On(at(4)), &Withheld::default()).is_none());
    }
}

#[test]
fn who_is_disabled_lends_nothing_and_stands_in_for_nobody() {
    let lent = || plain().lent(1);
    let now = When::Now(moment(3));
    assert!(lent().grant(now, &Withheld::default()).is_some());
    let out = Hold { days: interval((0, None)), active: false };
    let mut grantor = lent();
    grantor.grantor = Some(out);
    let mut deputy = lent();
    deputy.last.deputy = out;
    let mut between = lent();
    between.first.as_mut().unwrap().deputy = out;
    for lent in [grantor, deputy, between] {
        assert_eq!(lent.grant(now, &Withheld::default()), None);
        assert!(lent.grant(When::On(at(3)), &Withheld::default()).is_some(), "history does not know who was disabled");
    }
}

#[test]
fn amounts_are_those_of_the_narrowest_link() {
    let mut lent = plain().lent(1);
    let highest =
        |lent: &Lent| lent.grant(When::Now(moment(1)), &Withheld::default()).unwrap().on_behalf_of.unwrap().highest;
    assert_eq!(highest(&lent), None);
    lent.first.as_mut().unwrap().delegation.highest = Some(wire::Dong(5_000_000));
    assert_eq!(highest(&lent), Some(wire::Dong(5_000_000)));
    lent.last.delegation.highest = Some(wire::Dong(9_000_000));
    assert_eq!(highest(&lent), Some(wire::Dong(5_000_000)));
}
