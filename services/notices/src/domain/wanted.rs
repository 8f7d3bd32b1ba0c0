//! Whom a matter needs, and why: the whole table, from the state of the noun alone. Who is not needed any more has an
//! alarm no more.

use schema_notices::NoticeKind;
use schema_programme::AssignmentState;
use wire::{Day, id::PersonId};

use crate::domain::{
    matter::{Facts, Matter, Work},
    seats::Seats,
};

/// What a deputy must have been lent to be told of work that waits for the holder.
const WORK: &str = "programme.assignments.work";
/// The same of what the holder is to judge.
const ASSIGN: &str = "programme.assignments.assign";
/// The same of papers.
const READ: &str = "documents.incoming.read";

/// How a notice comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    /// It stays when it is there, and is not given when it is not.
    Stays,
    /// It is given, unless it is there.
    Given,
    /// It is given anew: something has happened again.
    Anew,
}

/// That a matter needs somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Want {
    /// Whom.
    pub(crate) person: PersonId,
    /// Why.
    pub(crate) kind: NoticeKind,
    /// The day for it.
    pub(crate) due: Option<Day>,
    /// How it comes about.
    pub(crate) standing: Standing,
}

/// On which day one looks, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Look {
    /// The day.
    pub(crate) today: Day,
    /// How many days before its due day work is due soon.
    pub(crate) window: u16,
    /// Whether this is the look at the start of a working day, which alone tells what is due and overdue.
    pub(crate) daily: bool,
}

/// Whom a matter needs, given what was known of it before; each person once for each reason.
pub(crate) fn wanted(matter: &Matter, known: Option<&Matter>, seats: &Seats, look: Look) -> Vec<Want> {
    let mut wants: Vec<Want> = Vec::new();
    let mut want = |people: Vec<PersonId>, kind, due, standing| {
        for person in people {
            if !wants.iter().any(|want| want.person == person && want.kind == kind) {
                wants.push(Want { person, kind, due, standing });
            }
        }
    };
    match &matter.facts {
        Facts::Paper(None) | Facts::Own(None) => {}
        Facts::Own(Some(own)) => want(vec![own.person], own.wanted, own.due, Standing::Given),
        Facts::Paper(Some(desk)) => want(seats.at(*desk, READ).0, NoticeKind::PaperAtDesk, None, Standing::Given),
        Facts::Work(work) => {
            let before = match known.map(|known| &known.facts) {
                Some(Facts::Work(before)) => Some(before),
                _ => None,
            };
            for (people, kind, standing) in turn(work, before, seats) {
                want(people, kind, None, standing);
            }
            for (people, kind) in days(work, seats, look) {
                let standing = if look.daily { Standing::Given } else { Standing::Stays };
                want(people, kind, Some(work.due), standing);
            }
        }
    }
    wants
}

type Turn = (Vec<PersonId>, NoticeKind, Standing);

/// Whose turn it is.
fn turn(work: &Work, before: Option<&Work>, seats: &Seats) -> Vec<Turn> {
    let mut turns = Vec::new();
    let (addressed, by_position) = seats.at(work.lead, WORK);
    match work.state {
        AssignmentState::Assigned => {
            let kind = if by_position { NoticeKind::WorkGivenToYou } else { NoticeKind::WorkGivenToUnit };
            turns.push((addressed, kind, Standing::Given));
        }
        AssignmentState::Returned => turns.push((workers(work, seats), NoticeKind::WorkReturned, Standing::Given)),
        AssignmentState::Done => turns.push((judges(work, seats), NoticeKind::WorkDone, Standing::Given)),
        AssignmentState::Withdrawn => {
            // Withdrawn before anybody here knew of it: there is nothing to be told.
            let news = before.is_some_and(|before| before.state != AssignmentState::Withdrawn);
            let standing = if news { Standing::Anew } else { Standing::Stays };
            turns.push((workers(work, seats), NoticeKind::WorkWithdrawn, standing));
        }
        AssignmentState::Accepted | AssignmentState::InProgress | AssignmentState::Closed => {}
    }
    if work.state.owed() {
        if work.asked.is_some() {
            turns.push((judges(work, seats), NoticeKind::ExtensionAsked, Standing::Given));
        }
        if let Some(at) = work.reminded {
            let news = before.is_some_and(|before| before.reminded < Some(at));
            let standing = if news { Standing::Anew } else { Standing::Stays };
            turns.push((workers(work, seats), NoticeKind::WorkReminded, standing));
            turns.push((seats.heads(work.lead.unit, WORK), NoticeKind::WorkReminded, standing));
        }
        if let Some((count, person)) = work.decided
            && work.handler == Some(person)
        {
            let earlier = before.map(|before| before.decided.map_or(0, |(count, _)| count));
            let news = earlier.is_some_and(|earlier| count > earlier);
            let standing = if news { Standing::Anew } else { Standing::Stays };
            turns.push((vec![person], NoticeKind::ExtensionDecided, standing));
        }
    }
    turns
}

/// What its due day makes of work that is owed. That it is overdue is told to the head of the unit too, as a case of
/// theirs.
fn days(work: &Work, seats: &Seats, look: Look) -> Vec<(Vec<PersonId>, NoticeKind)> {
    let soon = look.today.plus(look.window.into()).unwrap_or(look.today);
    if !work.state.owed() || work.due > soon {
        return Vec::new();
    }
    let workers = workers(work, seats);
    if work.due >= look.today {
        return vec![(workers, NoticeKind::DueSoon)];
    }
    vec![(workers, NoticeKind::Overdue), (seats.heads(work.lead.unit, WORK), NoticeKind::Overdue)]
}

/// Who works on it: the handler, or whoever is to accept it.
fn workers(work: &Work, seats: &Seats) -> Vec<PersonId> {
    work.handler.map_or_else(|| seats.at(work.lead, WORK).0, |handler| vec![handler])
}

/// Who judges what was done or asked for: whoever holds the position that gave the work, but never who handles it or
/// asked; where nobody is left, whoever gave it, or the head of the unit.
fn judges(work: &Work, seats: &Seats) -> Vec<PersonId> {
    let other = |person: &PersonId| work.handler != Some(*person) && work.asked != Some(*person);
    let choices = [seats.holders(work.giver_position, ASSIGN), vec![work.giver], seats.heads(work.lead.unit, ASSIGN)];
    let mut choices = choices.into_iter().map(|people| people.into_iter().filter(other).collect::<Vec<_>>());
    choices.find(|people| !people.is_empty()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
