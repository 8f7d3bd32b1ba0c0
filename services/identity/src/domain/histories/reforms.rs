//! Offices and units that end, and what becomes of their staff, in the book.

use schema_identity::{OfficeHistory, OfficeKind};
use wire::{Day, id::UnitId};

use super::{
    acts::{COMMUNES, ROLES},
    book::{Book, Written, number},
    doing::{Done, days_to},
    plain::Fact,
};
use crate::domain::{
    interval::Interval,
    lineage::{self, Step},
    offices::{self, Change},
    tree,
};

const INSTRUMENT: &str = "12-NQ/TU";

impl Book {
    /// Ends offices of which another succeeds all. What stood below them stands below it.
    pub(super) fn merge(&mut self, offices: &[usize], into: usize, day: Day, staff: bool) -> Done {
        let ids: Vec<_> = offices.iter().map(|office| self.id(*office)).collect();
        let steps = lineage::merge(&ids, self.id(into), day, INSTRUMENT).ok()?;
        let mut facts = Vec::new();
        for office in offices {
            for below in COMMUNES..self.offices.len() {
                let stands = self.offices[below].spans.iter().any(|span| {
                    span.parent == Some(self.id(*office)) && Interval { from: span.from, to: span.to }.reaches(day)
                });
                if stands {
                    facts.extend(self.move_below(below, into, day)?);
                }
            }
        }
        facts.extend(self.settle(steps, day, staff.then_some(into))?);
        Some(facts)
    }

    /// Ends an office in parts.
    pub(super) fn split(&mut self, office: usize, into: &[usize], day: Day, staff: bool) -> Done {
        let (ids, main): (Vec<_>, usize) = (into.iter().map(|office| self.id(*office)).collect(), *into.first()?);
        let steps = lineage::split(self.id(office), &ids, self.id(main), day, INSTRUMENT).ok()?;
        self.settle(steps, day, staff.then_some(main))
    }

    /// Ends the predecessors under the conditions of the handler and writes the steps down.
    fn settle(&mut self, steps: Vec<Step<wire::id::OfficeId>>, day: Day, staff: Option<usize>) -> Done {
        if steps.iter().any(|step| self.offices[number(step.successor)].at(day).is_none()) {
            return None;
        }
        let mut facts = Vec::new();
        let mut ended: Vec<usize> = steps.iter().map(|step| number(step.predecessor)).collect();
        ended.dedup();
        for office in ended {
            if self.steps.iter().any(|step| number(step.predecessor) == office) {
                return None;
            }
            if self.life(office).to != Some(day) {
                let posts = (0..self.posts.len()).filter(|post| number(self.posts[*post].position.office) == office);
                facts.extend(self.empty(posts.collect(), day, staff.map(|into| 2 * into))?);
                facts.extend(self.end(office, day)?);
            }
        }
        for step in steps.iter().filter(|step| step.share != schema_identity::Share::Part) {
            let (office, heir) = (number(step.predecessor), number(step.successor));
            facts.push(Fact::Succeeded { office, heir, day: days_to(day) });
        }
        self.steps.extend(steps.iter().cloned());
        self.written.push(Written::OfficeSteps(steps));
        Some(facts)
    }

    /// Ends posts on a day; whoever holds one then is appointed to one like it in a unit, when one is named.
    fn empty(&mut self, posts: Vec<usize>, day: Day, into: Option<usize>) -> Done {
        let mut facts = Vec::new();
        for post in posts {
            let placed = self.posts[post].clone();
            if !placed.days().reaches(day) {
                continue;
            }
            let holds = |held: &&schema_identity::Appointment| {
                held.position == placed.position.id && Interval { from: held.from, to: held.to }.contains(day)
            };
            let holders: Vec<usize> = self.appointed.iter().filter(holds).map(|held| number(held.person)).collect();
            facts.extend(self.close(post, day)?);
            let role = ROLES.iter().position(|(name, _)| placed.position.roles[0] == *name)?;
            for person in holders {
                let Some(unit) = into else { continue };
                let Some(made) = self.make(unit, role, (false, true), Interval { from: day, to: None }) else { break };
                facts.push(made);
                facts.extend(self.appoint_first(person)?);
            }
        }
        Some(facts)
    }

    /// Ends an office and its units on a day, when nothing needs it any longer.
    pub(super) fn end(&mut self, office: usize, day: Day) -> Done {
        let ended = offices::end(self.offices[office].clone(), day, INSTRUMENT.into()).ok()?;
        let in_use = |placed: &crate::domain::reporting::Placed| {
            number(placed.position.office) == office && placed.days().reaches(day)
        };
        let units: Vec<usize> = vec![2 * office, 2 * office + 1];
        let named = units.iter().any(|unit| is_needed(&self.unit_steps, self.id(*unit), day));
        if offices::is_above(self.id(office), &self.offices, day)
            || self.posts.iter().any(in_use)
            || is_needed(&self.steps, self.id(office), day)
            || named
        {
            return None;
        }
        self.write_office(office, ended);
        for unit in units {
            if tree::lifetime(&self.units[unit])?.reaches(day) {
                self.units[unit] = tree::end_with_office(self.units[unit].clone(), day).ok()?;
                self.written.push(Written::Unit(self.units[unit].clone()));
            }
        }
        Some(vec![Fact::Ended { office, day: days_to(day) }])
    }

    /// Puts an office below another, where it fits.
    pub(super) fn move_below(&mut self, office: usize, below: usize, from: Day) -> Done {
        let change =
            Change { from, name: None, kind: None, parent: Some(self.id(below)), instrument: INSTRUMENT.into() };
        let moved = offices::change(self.offices[office].clone(), change).ok()?;
        let is_above = |above: &&OfficeHistory| moved.spans.iter().any(|span| span.parent == Some(above.id));
        self.offices.iter().filter(is_above).try_for_each(|above| offices::fits(&moved, above)).ok()?;
        (moved.spans.last()?.kind == OfficeKind::Commune).then_some(())?;
        self.write_office(office, moved);
        Some(vec![Fact::Moved { office, below, from: days_to(from) }])
    }

    fn write_office(&mut self, office: usize, changed: OfficeHistory) {
        self.offices[office] = changed.clone();
        self.written.push(Written::Office(changed));
    }

    /// Ends units below their committees, of which another succeeds all; their staff goes along.
    pub(super) fn merge_units(&mut self, units: &[usize], into: usize, day: Day) -> Done {
        let units: Vec<usize> = units.iter().map(|unit| unit | 1).collect();
        let ids: Vec<UnitId> = units.iter().map(|unit| self.id(*unit)).collect();
        let steps = lineage::merge(&ids, self.id(into), day, INSTRUMENT).ok()?;
        self.units[into].at(day)?;
        let mut facts = Vec::new();
        for unit in units {
            if self.unit_steps.iter().any(|step| number(step.predecessor) == unit) {
                return None;
            }
            if tree::lifetime(&self.units[unit])?.to != Some(day) {
                let posts = (0..self.posts.len()).filter(|post| number(self.posts[*post].position.unit) == unit);
                facts.extend(self.empty(posts.collect(), day, Some(into))?);
                if is_needed(&self.unit_steps, self.id(unit), day) {
                    return None;
                }
                self.units[unit] = tree::end(self.units[unit].clone(), day).ok()?;
                self.written.push(Written::Unit(self.units[unit].clone()));
            }
        }
        self.unit_steps.extend(steps.iter().cloned());
        self.written.push(Written::UnitSteps(steps));
        Some(facts)
    }
}

/// Whether an act needs one to stand until a day or longer.
fn is_needed<I: Copy + PartialEq>(steps: &[Step<I>], id: I, day: Day) -> bool {
    steps.iter().any(|step| (step.predecessor == id && step.day > day) || (step.successor == id && step.day >= day))
}
