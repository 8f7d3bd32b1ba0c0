//! Lineage: what an act makes of predecessors and successors, who stands in whose place, and whose rows they reach.

use std::collections::{BTreeMap, BTreeSet};

use schema_identity::{Refusal, Share};
use wire::Day;

/// The most predecessors or successors that one act names.
pub(crate) const MOST: usize = 50;

/// One succeeded another. A predecessor ends on the day of its steps and a successor stands on that day, so days grow
/// along every line and no line comes back to where it began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step<I> {
    /// Who ended.
    pub(crate) predecessor: I,
    /// Who succeeded.
    pub(crate) successor: I,
    /// The first day of the successor's part.
    pub(crate) day: Day,
    /// How much of the predecessor.
    pub(crate) share: Share,
    /// The act.
    pub(crate) instrument: String,
}

/// The steps of a merger: all of each goes to one.
///
/// # Errors
/// [`Refusal::LineageBad`] when nobody or too many are named, one twice, or the successor among them.
pub(crate) fn merge<I: Copy + Ord>(
    predecessors: &[I],
    successor: I,
    day: Day,
    instrument: &str,
) -> Result<Vec<Step<I>>, Refusal> {
    named_once(predecessors, 1, successor)?;
    let step = |predecessor: &I| Step {
        predecessor: *predecessor,
        successor,
        day,
        share: Share::Whole,
        instrument: instrument.to_owned(),
    };
    Ok(predecessors.iter().map(step).collect())
}

/// The steps of a split: one is divided, and one of the parts is the main one.
///
/// # Errors
/// [`Refusal::LineageBad`] when fewer than two or too many are named, one twice, the main one not among them, or the one
/// that is divided.
pub(crate) fn split<I: Copy + Ord>(
    predecessor: I,
    successors: &[I],
    main: I,
    day: Day,
    instrument: &str,
) -> Result<Vec<Step<I>>, Refusal> {
    named_once(successors, 2, predecessor)?;
    if !successors.contains(&main) {
        return Err(Refusal::LineageBad { most: MOST });
    }
    let step = |successor: &I| Step {
        predecessor,
        successor: *successor,
        day,
        share: if *successor == main { Share::MainPart } else { Share::Part },
        instrument: instrument.to_owned(),
    };
    Ok(successors.iter().map(step).collect())
}

fn named_once<I: Copy + Ord>(named: &[I], least: usize, other: I) -> Result<(), Refusal> {
    let distinct: BTreeSet<I> = named.iter().copied().collect();
    let once = distinct.len() == named.len() && !distinct.contains(&other);
    if once && (least..=MOST).contains(&named.len()) { Ok(()) } else { Err(Refusal::LineageBad { most: MOST }) }
}

/// Who stands in the place of some on a day, and the steps that led there.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Succession<I> {
    /// The ends of all lines, the main one first: each once, with how much went to it.
    pub(crate) ends: Vec<(I, Share)>,
    /// The steps taken, oldest first.
    pub(crate) steps: Vec<Step<I>>,
}

/// Follows the steps up to a day. `starts` are who is asked about, with the share of each of them: one that is asked
/// about alone is its own whole. Where all lines come together again, the one end has the whole.
pub(crate) fn follow<I: Copy + Ord>(starts: &[(I, Share)], steps: &[Step<I>], day: Day) -> Succession<I> {
    let mut onward: BTreeMap<I, Vec<&Step<I>>> = BTreeMap::new();
    for step in steps.iter().filter(|step| step.day <= day) {
        onward.entry(step.predecessor).or_default().push(step);
    }
    let mut main = starts.iter().find(|(_, share)| *share != Share::Part).map(|(start, _)| *start);
    let heir = |of: I| onward.get(&of)?.iter().find(|step| step.share != Share::Part).map(|step| step.successor);
    while let Some(next) = main.and_then(heir) {
        main = Some(next);
    }
    let (mut ends, mut taken, mut seen) = (BTreeSet::new(), Vec::new(), BTreeSet::new());
    let mut waiting: Vec<I> = starts.iter().map(|(start, _)| *start).collect();
    while let Some(one) = waiting.pop() {
        if !seen.insert(one) {
            continue;
        }
        match onward.get(&one) {
            None => {
                ends.insert(one);
            }
            Some(next) => {
                waiting.extend(next.iter().map(|step| step.successor));
                taken.extend(next.iter().map(|step| (*step).clone()));
            }
        }
    }
    let alone = ends.len() == 1;
    let share = |end: I| match (alone, main == Some(end)) {
        (true, _) => Share::Whole,
        (false, true) => Share::MainPart,
        (false, false) => Share::Part,
    };
    let mut ends: Vec<(I, Share)> = ends.into_iter().map(|end| (end, share(end))).collect();
    ends.sort_by_key(|(end, share)| (*share, *end));
    taken.sort_by_key(|step| (step.day, step.predecessor, step.share, step.successor));
    Succession { ends, steps: taken }
}

/// From one day until before another an office reaches the rows of one that has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Inherited<I> {
    /// Whose rows.
    pub(crate) office: I,
    /// Who reaches them.
    pub(crate) heir: I,
    /// The first day.
    pub(crate) from: Day,
    /// The first day on which the heir is no more itself.
    pub(crate) to: Option<Day>,
}

/// Who reaches the rows of an office, one after the other: its main successor, then that one's, and so on.
pub(crate) fn inherited<I: Copy + Ord>(office: I, steps: &[Step<I>]) -> Vec<Inherited<I>> {
    let heirs: BTreeMap<I, (I, Day)> = steps
        .iter()
        .filter(|step| step.share != Share::Part)
        .map(|step| (step.predecessor, (step.successor, step.day)))
        .collect();
    let mut line = Vec::new();
    let mut next = heirs.get(&office);
    while let Some((heir, from)) = next {
        next = heirs.get(heir);
        line.push(Inherited { office, heir: *heir, from: *from, to: next.map(|(_, day)| *day) });
    }
    line
}

#[cfg(test)]
#[path = "lineage_tests.rs"]
mod tests;
