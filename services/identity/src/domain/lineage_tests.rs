//! Who succeeds whom and whose rows they reach, against a plain model that goes from day to day.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

/// How many offices a history is about, and over how many days.
const OFFICES: u8 = 10;
const DAYS: i64 = 14;

fn day(offset: i64) -> Day {
    Day::new(2026, 1, 1).unwrap().plus(offset).unwrap()
}

/// What somebody tries to do on a day.
#[derive(Clone, Debug)]
enum Act {
    Merge {
        predecessors: Vec<u8>,
        successor: u8,
    },
    Split {
        predecessor: u8,
        successors: Vec<u8>,
    },
    End {
        office: u8,
    },
    /// A renaming or a move: nobody succeeds anybody.
    Change,
}

fn act() -> impl Strategy<Value = Act> {
    let some = || proptest::collection::vec(0..OFFICES, 1..4);
    prop_oneof![
        3 => (some(), 0..OFFICES).prop_map(|(predecessors, successor)| Act::Merge { predecessors, successor }),
        3 => (0..OFFICES, some()).prop_map(|(predecessor, successors)| Act::Split { predecessor, successors }),
        1 => (0..OFFICES).prop_map(|office| Act::End { office }),
        1 => Just(Act::Change),
    ]
}

/// Offices and their steps, kept by the same conditions as the handlers keep: acts come in any order of their days.
#[derive(Default)]
struct Kept {
    ends: BTreeMap<u8, Day>,
    steps: Vec<Step<u8>>,
}

impl Kept {
    fn stands(&self, office: u8, on: Day) -> bool {
        self.ends.get(&office).is_none_or(|end| on < *end)
    }

    fn may_end(&self, office: u8, on: Day) -> bool {
        let needed = |step: &Step<u8>| {
            (step.predecessor == office && step.day > on) || (step.successor == office && step.day >= on)
        };
        self.stands(office, on) && on > day(0) && !self.steps.iter().any(needed)
    }

    fn settle(&mut self, steps: Result<Vec<Step<u8>>, Refusal>, on: Day) {
        let Ok(steps) = steps else { return };
        let ends = |office| self.ends.get(&office) == Some(&on) || self.may_end(office, on);
        let fresh = |office| self.steps.iter().all(|step| step.predecessor != office);
        if steps.iter().all(|step| self.stands(step.successor, on) && ends(step.predecessor) && fresh(step.predecessor))
        {
            self.ends.extend(steps.iter().map(|step| (step.predecessor, on)));
            self.steps.extend(steps);
        }
    }

    fn apply(&mut self, act: Act, on: Day) {
        match act {
            Act::Merge { predecessors, successor } => self.settle(merge(&predecessors, successor, on, "1/NQ"), on),
            Act::Split { predecessor, successors } => {
                self.settle(split(predecessor, &successors, successors[0], on, "2/NQ"), on);
            }
            Act::End { office } if self.may_end(office, on) => {
                self.ends.insert(office, on);
            }
            Act::End { .. } | Act::Change => {}
        }
    }
}

/// The plain model: whoever holds a share of an office hands it on, day after day.
fn holders(kept: &Kept, office: u8, until: Day) -> (BTreeSet<u8>, u8) {
    let (mut holders, mut main) = (BTreeSet::from([office]), office);
    for offset in 0..=DAYS {
        for step in kept.steps.iter().filter(|step| step.day == day(offset) && step.day <= until) {
            if holders.contains(&step.predecessor) {
                holders.insert(step.successor);
            }
        }
        for step in kept.steps.iter().filter(|step| step.day == day(offset) && step.day <= until) {
            holders.remove(&step.predecessor);
            if main == step.predecessor && step.share != Share::Part {
                main = step.successor;
            }
        }
    }
    (holders, main)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn succession_and_reach_are_those_of_the_plain_model(
        acts in proptest::collection::vec((act(), 0..DAYS), 0..25)
    ) {
        let mut kept = Kept::default();
        for (act, offset) in acts {
            kept.apply(act, day(offset));
        }
        for step in &kept.steps {
            // Days grow along every line, so no line comes back.
            let onward = kept.steps.iter().filter(|next| next.predecessor == step.successor);
            prop_assert!(onward.into_iter().all(|next| step.day < next.day));
        }
        for office in 0..OFFICES {
            let reach = inherited(office, &kept.steps);
            for offset in 0..=DAYS {
                let on = day(offset);
                let (expected, main) = holders(&kept, office, on);
                let found = follow(&[(office, Share::Whole)], &kept.steps, on);
                let ends: BTreeSet<u8> = found.ends.iter().map(|(end, _)| *end).collect();
                prop_assert_eq!(&ends, &expected);
                prop_assert_eq!(ends.len(), found.ends.len());
                let mains: Vec<u8> =
                    found.ends.iter().filter(|(_, share)| *share != Share::Part).map(|(end, _)| *end).collect();
                prop_assert_eq!(mains, if expected.len() == 1 { expected.into_iter().collect() } else { vec![main] });
                let heirs: Vec<u8> = reach
                    .iter()
                    .filter(|one| one.from <= on && one.to.is_none_or(|to| on < to))
                    .map(|one| one.heir)
                    .collect();
                prop_assert_eq!(heirs, if main == office { vec![] } else { vec![main] });
            }
        }
    }
}

#[test]
fn an_act_names_each_once() {
    let bad = Err(Refusal::LineageBad { most: MOST });
    let many: Vec<u8> = (1..=51).collect();
    let on = day(1);
    for (predecessors, successor) in [(&[][..], 1), (&[1, 1], 2), (&[1, 2], 2), (&many, 60)] {
        assert_eq!(merge(predecessors, successor, on, "1/NQ"), bad, "{predecessors:?}");
    }
    for (successors, main) in [(&[2][..], 2), (&[2, 2], 2), (&[2, 3], 4), (&[1, 2], 2), (&many, 2)] {
        assert_eq!(split(1, successors, main, on, "1/NQ"), bad, "{successors:?}");
    }
    let steps = split(1, &[2, 3], 3, on, "1/NQ").unwrap();
    assert_eq!(steps.iter().map(|step| step.share).collect::<Vec<_>>(), [Share::Part, Share::MainPart]);
}

#[test]
fn parts_that_come_together_again_are_the_whole() {
    let mut steps = split(1, &[2, 3], 3, day(1), "1/NQ").unwrap();
    let apart = follow(&[(1, Share::Whole)], &steps, day(5)).ends;
    assert_eq!(apart, [(3, Share::MainPart), (2, Share::Part)]);
    steps.extend(merge(&[2, 3], 4, day(2), "2/NQ").unwrap());
    let together = follow(&[(1, Share::Whole)], &steps, day(5));
    assert_eq!(together.ends, [(4, Share::Whole)]);
    assert_eq!(together.steps.len(), 4);
    // A district has no main heir until one has all of it.
    assert_eq!(
        follow(&[(2, Share::Part), (3, Share::Part)], &steps, day(1)).ends,
        [(2, Share::Part), (3, Share::Part)]
    );
    assert_eq!(follow(&[(2, Share::Part), (3, Share::Part)], &steps, day(2)).ends, [(4, Share::Whole)]);
}
