//! What may happen to offices, posts and powers in the course of some days, at random.

use proptest::prelude::*;

/// How many days a history is asked about.
pub(crate) const DAYS: i64 = 14;
/// How many people there are.
pub(crate) const PEOPLE: usize = 5;
/// The centre, two provinces below it, and five communes below the first of them.
pub(crate) const OFFICES: usize = 8;
/// The first commune.
pub(crate) const COMMUNES: usize = 3;
/// Each office has its committee, of an even number, and a unit below that, of an odd one.
pub(crate) const UNITS: usize = 2 * OFFICES;
/// The genres of bounds.
pub(crate) const GENRES: [&str; 2] = ["CV", "TB"];

const READ: &str = "documents.incoming.read";
const ISSUE: &str = "documents.outgoing.issue";
const ASSIGN: &str = "programme.assignments.assign";
/// What nobody lends.
pub(crate) const APPOINT: &str = "identity.people.change";
/// The permissions that a history is about.
pub(crate) const ALL: [&str; 4] = [READ, ISSUE, ASSIGN, APPOINT];

/// What the roles give of these permissions, written out by hand.
pub(crate) const ROLES: [(&str, &[&str]); 4] = [
    ("chief_of_office", &[READ, ISSUE, ASSIGN]),
    ("document_clerk", &[READ, ISSUE]),
    ("specialist", &[READ]),
    ("administrator", &[APPOINT]),
];
/// The one role that may look below its office.
pub(crate) const ADMINISTRATOR: usize = 3;

/// From a day until before another, as numbers; for ever without the other.
pub(crate) type Days = (i64, Option<i64>);

/// What somebody tries to do. Numbers of posts, appointments and delegations count among those that suit, round and
/// round.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// Makes a post.
    Post { unit: usize, role: usize, head: bool, below: bool, days: Days },
    /// Appoints a person.
    Appoint { person: usize, post: usize, days: Days },
    /// Ends an appointment.
    Dismiss { appointment: usize, to: i64 },
    /// Ends a post and all appointments to it.
    Close { post: usize, to: i64 },
    /// Names the direct head of a post, or nobody.
    Direct { post: usize, head: Option<usize>, from: i64 },
    /// Lends powers of an appointment, or of a post in which the deputy acts.
    Lend { of: usize, acting: bool, deputy: usize, given: Given },
    /// Passes on what was lent.
    PassOn { of: usize, deputy: usize, given: Given },
    /// Takes back what was lent.
    TakeBack { gift: usize },
    /// Shuts a person out.
    Disable { person: usize },
    /// Lets a person in again.
    Enable { person: usize },
    /// Ends offices, all of each going to another; their staff goes along, or goes.
    Merge { offices: Vec<usize>, into: usize, day: i64, staff: bool },
    /// Ends an office in parts, of which the first is the main one.
    Split { office: usize, into: Vec<usize>, day: i64, staff: bool },
    /// Ends an office.
    End { office: usize, day: i64 },
    /// Puts a commune below another province.
    Move { office: usize, below: usize, from: i64 },
    /// Ends units, all of each going to another; their staff goes along.
    MergeUnits { units: Vec<usize>, into: usize, day: i64 },
}

/// The bounds of what is lent, as bits of [`ALL`] and [`GENRES`].
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) permissions: usize,
    /// None of them is a bound.
    pub(crate) genres: usize,
    pub(crate) highest: Option<i64>,
    pub(crate) days: Days,
    pub(crate) may_pass_on: bool,
}

/// Acts in the order in which they are done, each with the day on which it is done, and who is asked about after which.
#[derive(Clone, Debug)]
pub(crate) struct History {
    pub(crate) acts: Vec<(i64, Act)>,
    pub(crate) asked: Vec<(usize, usize)>,
}

/// Chances drawn from one number, so that a history is drawn fast and shrinks by leaving out acts.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        let drawn = self.0 % most as u64;
        self.0 /= most as u64;
        drawn as usize
    }

    fn day(&mut self) -> i64 {
        self.below(DAYS as usize) as i64
    }

    /// Whether it happens that many times in ten.
    fn happens(&mut self, in_ten: usize) -> bool {
        self.below(10) < in_ten
    }

    /// Half of them from an early day on, for ever.
    fn days(&mut self) -> Days {
        match (self.happens(5), self.happens(5)) {
            (true, _) => (self.below(3) as i64, None),
            (_, true) => (self.day(), None),
            _ => {
                let from = self.day();
                (from, Some(from + 1 + self.day()))
            }
        }
    }

    fn post(&mut self) -> Act {
        // Most stand in two communes and the province above, so that they have to do with each other.
        let unit = match self.below(10) {
            0..6 => 6 + self.below(2),
            6..8 => 8 + self.below(2),
            8 => 2 + self.below(2),
            _ => self.below(UNITS),
        };
        let (role, head, below) = (self.below(ROLES.len()), self.happens(5), self.happens(5));
        Act::Post { unit, role, head, below, days: self.days() }
    }

    fn appoint(&mut self) -> Act {
        Act::Appoint { person: self.below(PEOPLE), post: self.below(40), days: self.days() }
    }

    fn given(&mut self) -> Given {
        Given {
            permissions: if self.happens(5) { 15 } else { 1 + self.below(15) },
            genres: if self.happens(6) { 0 } else { self.below(4) },
            highest: self.happens(3).then(|| 1 + self.below(4) as i64),
            days: self.days(),
            may_pass_on: self.happens(7),
        }
    }

    fn lending(&mut self) -> Act {
        let of = self.below(40);
        match self.below(10) {
            0..5 => Act::Lend { of, acting: self.happens(2), deputy: self.below(40), given: self.given() },
            5..9 => Act::PassOn { of, deputy: self.below(40), given: self.given() },
            _ => Act::TakeBack { gift: of },
        }
    }

    fn ending(&mut self) -> Act {
        let (day, staff) = (self.day(), self.happens(5));
        let some = |chance: &mut Self, from: usize, to: usize, most: usize| -> Vec<usize> {
            (0..=chance.below(most)).map(|_| from + chance.below(to - from)).collect()
        };
        let commune = COMMUNES + self.below(OFFICES - COMMUNES);
        match self.below(8) {
            0..3 => Act::Merge { offices: some(self, 2, OFFICES, 2), into: 1 + self.below(OFFICES - 1), day, staff },
            3 => Act::Split { office: commune, into: some(self, COMMUNES, OFFICES, 3), day, staff },
            4 => Act::End { office: 2 + self.below(OFFICES - 2), day },
            5 => Act::Move { office: commune, below: 1 + self.below(2), from: day },
            _ => Act::MergeUnits { units: some(self, 0, UNITS, 2), into: self.below(UNITS), day },
        }
    }

    fn act(&mut self) -> Act {
        match self.below(26) {
            0..2 => self.post(),
            2..6 => self.appoint(),
            6..8 => Act::Dismiss { appointment: self.below(40), to: self.day() },
            8 => Act::Close { post: self.below(40), to: self.day() },
            9..11 => {
                let head = self.happens(8).then(|| self.below(40));
                Act::Direct { post: self.below(40), head, from: self.day() }
            }
            11 => Act::Disable { person: self.below(PEOPLE) },
            12 => Act::Enable { person: self.below(PEOPLE) },
            13..17 => self.ending(),
            _ => self.lending(),
        }
    }
}

/// Posts and appointments of the first day, then acts of any kind.
pub(crate) fn history() -> impl Strategy<Value = History> {
    let some = |least, most| proptest::collection::vec(any::<u64>(), least..most);
    let asked = proptest::collection::vec((0..36usize, 0..PEOPLE), 4);
    (some(4, 7), some(5, 9), some(4, 22), asked).prop_map(|(posts, appointed, acts, asked)| {
        let posts = posts.into_iter().map(|drawn| (0, Chance(drawn).post()));
        let appointed = appointed.into_iter().map(|drawn| (0, Chance(drawn).appoint()));
        let mut acts: Vec<(i64, Act)> = acts
            .into_iter()
            .map(|drawn| {
                let mut chance = Chance(drawn);
                (chance.day(), chance.act())
            })
            .collect();
        acts.sort_by_key(|(day, _)| *day);
        History { acts: posts.chain(appointed).chain(acts).collect(), asked }
    })
}
