//! The plain model: for each day its own list of what stands on it, and an answer looked up in the list of that day.

use std::collections::{BTreeMap, BTreeSet};

use super::acts::{ALL, APPOINT, COMMUNES, DAYS, Days, GENRES, Given, OFFICES, ROLES};

/// What has happened, as far as it was let happen. Offices, units, people, posts, appointments and delegations are
/// numbers in the order in which they were made.
#[derive(Clone, Debug)]
pub(crate) enum Fact {
    /// A post was made.
    Posted { unit: usize, role: usize, head: bool, below: bool, days: Days },
    /// Somebody was appointed.
    Appointed { person: usize, post: usize, days: Days },
    /// An appointment was ended.
    Dismissed { appointment: usize, to: i64 },
    /// A post was ended.
    Closed { post: usize, to: i64 },
    /// The direct head of a post was named.
    Directed { post: usize, head: Option<usize>, from: i64 },
    /// Powers were lent, on a day.
    Lent { source: Source, deputy: usize, given: Given, on: i64 },
    /// They were taken back, on a day.
    TakenBack { gift: usize, on: i64 },
    /// A person was let in or shut out.
    Let { person: usize, inside: bool },
    /// An office has ended.
    Ended { office: usize, day: i64 },
    /// All or the main part of an ended office went to another.
    Succeeded { office: usize, heir: usize, day: i64 },
    /// An office was put below another.
    Moved { office: usize, below: usize, from: i64 },
}

/// From where powers are lent.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Source {
    /// What somebody holds by an appointment.
    Appointment(usize),
    /// A post, in which the deputy acts.
    Post(usize),
    /// What was lent to whoever passes it on.
    Gift(usize),
}

/// A grant in plain words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Power {
    pub(crate) appointment: usize,
    pub(crate) post: usize,
    pub(crate) unit: usize,
    pub(crate) office: usize,
    pub(crate) below: BTreeSet<usize>,
    pub(crate) inherited: BTreeSet<usize>,
    pub(crate) permissions: BTreeSet<&'static str>,
    pub(crate) head: bool,
    pub(crate) reports: BTreeSet<usize>,
    pub(crate) behalf: Option<Behalf>,
}

/// For whom, and how far.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Behalf {
    pub(crate) gift: usize,
    pub(crate) grantor: Option<usize>,
    pub(crate) own_post: usize,
    /// Every genre that is covered.
    pub(crate) genres: BTreeSet<&'static str>,
    pub(crate) highest: Option<i64>,
}

/// When it is asked: in the course of a day, or on it as things are now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    On(i64),
    Now(i64),
}

impl Asked {
    fn day(self) -> i64 {
        match self {
            Self::On(day) | Self::Now(day) => day,
        }
    }
}

/// One day.
#[derive(Clone, Debug, Default)]
struct Today {
    /// What stands below what.
    above: BTreeMap<usize, usize>,
    /// Whose rows went to whom.
    heirs: BTreeMap<usize, usize>,
    posts: BTreeSet<usize>,
    held: BTreeSet<usize>,
    heads: BTreeMap<usize, usize>,
    lent: BTreeSet<usize>,
}

#[derive(Clone, Debug)]
struct Post {
    unit: usize,
    role: usize,
    head: bool,
    below: bool,
}

#[derive(Clone, Debug)]
struct Gift {
    source: Source,
    deputy: usize,
    given: Given,
    made: i64,
    taken_back: Option<i64>,
}

/// Every day there is, and what does not change from day to day.
#[derive(Clone, Debug)]
pub(crate) struct Plain {
    days: Vec<Today>,
    posts: Vec<Post>,
    appointed: Vec<(usize, usize)>,
    gifts: Vec<Gift>,
    shut_out: BTreeSet<usize>,
}

impl Plain {
    pub(crate) fn new() -> Self {
        let above = (1..OFFICES).map(|office| (office, usize::from(office >= COMMUNES))).collect();
        let today = Today { above, ..Today::default() };
        let days = vec![today; DAYS as usize];
        Self { days, posts: Vec::new(), appointed: Vec::new(), gifts: Vec::new(), shut_out: BTreeSet::new() }
    }

    /// Changes the days from one on, before another.
    fn on_days(&mut self, (from, to): Days, change: impl FnMut(&mut Today)) {
        let before = to.unwrap_or(DAYS).min(DAYS);
        self.days.get_mut(from.min(before) as usize..before as usize).unwrap_or_default().iter_mut().for_each(change);
    }

    /// Writes down what has happened on each of the days that it changes.
    pub(crate) fn hear(&mut self, fact: Fact) {
        match fact {
            Fact::Posted { unit, role, head, below, days } => {
                let post = self.posts.len();
                self.posts.push(Post { unit, role, head, below });
                self.on_days(days, |today| today.posts.extend([post]));
            }
            Fact::Appointed { person, post, days } => {
                let appointment = self.appointed.len();
                self.appointed.push((person, post));
                self.on_days(days, |today| today.held.extend([appointment]));
            }
            Fact::Dismissed { appointment, to } => {
                self.on_days((to, None), |today| today.held.retain(|held| *held != appointment));
            }
            Fact::Closed { post, to } => self.on_days((to, None), |today| {
                today.posts.remove(&post);
                today.heads.retain(|below, head| *below != post && *head != post);
            }),
            Fact::Directed { post, head, from } => self.on_days((from, None), |today| {
                today.heads.remove(&post);
                let both = |head: &usize| today.posts.contains(head) && today.posts.contains(&post);
                today.heads.extend(head.filter(both).map(|head| (post, head)));
            }),
            Fact::Lent { source, deputy, given, on } => {
                let gift = self.gifts.len();
                self.on_days(given.days, |today| today.lent.extend([gift]));
                self.gifts.push(Gift { source, deputy, given, made: on, taken_back: None });
            }
            Fact::TakenBack { gift, on } => self.gifts[gift].taken_back = Some(on),
            Fact::Let { person, inside: true } => self.shut_out.retain(|out| *out != person),
            Fact::Let { person, inside: false } => self.shut_out.extend([person]),
            Fact::Ended { office, day } => {
                self.on_days((day, None), |today| today.above.retain(|below, _| *below != office));
            }
            Fact::Succeeded { office, heir, day } => {
                self.on_days((day, None), |today| today.heirs.extend([(office, heir)]));
            }
            Fact::Moved { office, below, from } => self.on_days((from, None), |today| {
                if let Some(above) = today.above.get_mut(&office) {
                    *above = below;
                }
            }),
        }
    }

    /// Whether what was lent may be passed on: it says so, it was not passed on itself, and it was not taken back.
    pub(crate) fn may_be_passed_on(&self, gift: usize) -> bool {
        let Gift { source, given, taken_back, .. } = &self.gifts[gift];
        given.may_pass_on && taken_back.is_none() && !matches!(source, Source::Gift(_))
    }

    /// What a person may do.
    pub(crate) fn powers(&self, person: usize, asked: Asked) -> BTreeSet<Power> {
        if self.is_out(person, asked) {
            return BTreeSet::new();
        }
        let own = self.today(asked).held.iter().filter(|held| self.appointed[**held].0 == person);
        let lent = (0..self.gifts.len()).filter(|gift| self.appointed[self.gifts[*gift].deputy].0 == person);
        own.map(|held| self.of_holder(*held, asked))
            .chain(lent.filter_map(|gift| self.of_deputy(gift, asked)))
            .collect()
    }

    fn today(&self, asked: Asked) -> &Today {
        &self.days[asked.day() as usize]
    }

    /// Of the past nobody knows who was shut out.
    fn is_out(&self, person: usize, asked: Asked) -> bool {
        matches!(asked, Asked::Now(_)) && self.shut_out.contains(&person)
    }

    /// Whether an appointment holds, by somebody who is not shut out.
    fn is_held(&self, appointment: usize, asked: Asked) -> bool {
        self.today(asked).held.contains(&appointment) && !self.is_out(self.appointed[appointment].0, asked)
    }

    fn of_post(&self, post: usize) -> BTreeSet<&'static str> {
        ROLES[self.posts[post].role].1.iter().copied().collect()
    }

    fn of_holder(&self, appointment: usize, asked: Asked) -> Power {
        let (today, post) = (self.today(asked), self.appointed[appointment].1);
        let Post { unit, head, below, .. } = self.posts[post];
        let office = unit / 2;
        let stands_below =
            today.above.iter().filter(|(_, above)| below && **above == office).map(|(office, _)| *office);
        let stands_below: BTreeSet<usize> = stands_below.collect();
        let reached = |ended: usize| {
            let line = std::iter::successors(Some(ended), |office| today.heirs.get(office).copied());
            let heir = line.take(OFFICES).last().filter(|heir| *heir != ended);
            heir.is_some_and(|heir| heir == office || stands_below.contains(&heir))
        };
        let is_report = |other: usize| match today.heads.get(&other) {
            Some(named) => *named == post,
            None => head && self.posts[other].unit == unit,
        };
        Power {
            appointment,
            post,
            unit,
            office,
            inherited: (0..OFFICES).filter(|office| reached(*office)).collect(),
            below: stands_below,
            permissions: self.of_post(post),
            head,
            reports: today.posts.iter().copied().filter(|other| *other != post && is_report(*other)).collect(),
            behalf: None,
        }
    }

    fn of_deputy(&self, gift: usize, asked: Asked) -> Option<Power> {
        let (permissions, genres, highest) = self.lent(gift, asked)?;
        let (mut root, deputy) = (gift, self.gifts[gift].deputy);
        while let Source::Gift(from) = self.gifts[root].source {
            root = from;
        }
        let (appointment, post, grantor) = match self.gifts[root].source {
            Source::Appointment(held) => (held, self.appointed[held].1, Some(self.appointed[held].0)),
            Source::Post(post) => (deputy, post, None),
            Source::Gift(_) => return None,
        };
        Some(Power {
            appointment,
            post,
            unit: self.posts[post].unit,
            office: self.posts[post].unit / 2,
            below: BTreeSet::new(),
            inherited: BTreeSet::new(),
            permissions,
            head: false,
            reports: BTreeSet::new(),
            behalf: Some(Behalf { gift, grantor, own_post: self.appointed[deputy].1, genres, highest }),
        })
    }

    /// What a delegation gives, when it gives anything: what its source has then, less what is not lent.
    fn lent(&self, gift: usize, asked: Asked) -> Option<(BTreeSet<&'static str>, BTreeSet<&'static str>, Option<i64>)> {
        let Gift { source, deputy, given, made, taken_back } = &self.gifts[gift];
        let stands = match asked {
            Asked::Now(_) => taken_back.is_none(),
            Asked::On(day) => *made <= day && taken_back.is_none_or(|taken_back| day <= taken_back),
        };
        if !stands || !self.today(asked).lent.contains(&gift) || !self.is_held(*deputy, asked) {
            return None;
        }
        let (mut permissions, mut genres, mut highest) = match source {
            Source::Appointment(held) => {
                let post = self.appointed[*held].1;
                let has = self.is_held(*held, asked) && self.today(asked).posts.contains(&post);
                has.then(|| (self.of_post(post), GENRES.into(), None))?
            }
            Source::Post(post) => {
                self.today(asked).posts.contains(post).then(|| (self.of_post(*post), GENRES.into(), None))?
            }
            Source::Gift(from) => self.gifts[*from].given.may_pass_on.then(|| self.lent(*from, asked))??,
        };
        permissions.retain(|permission| *permission != APPOINT && picked(given.permissions, &ALL).contains(permission));
        genres.retain(|genre: &&str| given.genres == 0 || picked(given.genres, &GENRES).contains(genre));
        highest = highest.into_iter().chain(given.highest).min();
        (!permissions.is_empty() && !genres.is_empty()).then_some((permissions, genres, highest))
    }
}

/// Those whose bits are set.
pub(crate) fn picked(bits: usize, of: &[&'static str]) -> BTreeSet<&'static str> {
    of.iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1).map(|(_, name)| *name).collect()
}
