//! Who waits for whom in a circle ("chờ nhau").

use std::collections::{BTreeMap, BTreeSet};

/// The circles of a graph of waits: sets of units each of which waits, directly or through others, for every other.
/// A unit that waits for itself makes no circle. Circles and the units within them come in order.
///
/// An office has tens of units, rarely hundreds, so walking from each of them is cheap.
pub(crate) fn circles<U: Copy + Ord>(waits: impl IntoIterator<Item = (U, U)>) -> Vec<BTreeSet<U>> {
    let mut graph: BTreeMap<U, BTreeSet<U>> = BTreeMap::new();
    for (waiting, on) in waits {
        graph.entry(waiting).or_default().insert(on);
    }
    let reached: BTreeMap<U, BTreeSet<U>> = graph.keys().map(|unit| (*unit, reached_from(&graph, *unit))).collect();
    let reaches = |from: U, to: U| reached.get(&from).is_some_and(|units| units.contains(&to));
    let circle_of = |unit: U| -> BTreeSet<U> {
        let mutual = |other: &U| *other == unit || (reaches(unit, *other) && reaches(*other, unit));
        graph.keys().copied().filter(mutual).collect()
    };
    let circles: BTreeSet<BTreeSet<U>> = graph.keys().map(|unit| circle_of(*unit)).collect();
    circles.into_iter().filter(|circle| circle.len() > 1).collect()
}

/// Every unit one comes to from `start` by following waits.
fn reached_from<U: Copy + Ord>(graph: &BTreeMap<U, BTreeSet<U>>, start: U) -> BTreeSet<U> {
    let mut reached = BTreeSet::new();
    let mut ahead = vec![start];
    while let Some(unit) = ahead.pop() {
        for &next in graph.get(&unit).into_iter().flatten() {
            if reached.insert(next) {
                ahead.push(next);
            }
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(waits: &[(u8, u8)]) -> Vec<Vec<u8>> {
        circles(waits.iter().copied()).into_iter().map(|circle| circle.into_iter().collect()).collect()
    }

    #[test]
    fn circles_are_found_and_chains_are_not() {
        type Row = (&'static [(u8, u8)], &'static [&'static [u8]]);
        let table: [Row; 7] = [
            (&[], &[]),
            (&[(1, 2), (2, 3), (1, 3)], &[]),
            (&[(1, 1)], &[]),
            (&[(1, 2), (2, 1)], &[&[1, 2]]),
            (&[(1, 2), (2, 3), (3, 1), (3, 4)], &[&[1, 2, 3]]),
            (&[(4, 5), (5, 4), (1, 2), (2, 1), (2, 4)], &[&[1, 2], &[4, 5]]),
            (&[(1, 2), (2, 1), (2, 3), (3, 2)], &[&[1, 2, 3]]),
        ];
        for (waits, wanted) in table {
            assert_eq!(found(waits), wanted, "{waits:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Taking away units that wait for nobody or that nobody waits for, again and again, leaves the circles and
        /// what lies between them; it leaves nothing exactly when there is no circle.
        #[test]
        fn a_graph_without_circles_can_be_taken_apart(waits in prop::collection::vec((0u8..8, 0u8..8), 0..20)) {
            let mut left: BTreeSet<(u8, u8)> = waits.iter().copied().filter(|(from, to)| from != to).collect();
            loop {
                let waiting: BTreeSet<u8> = left.iter().map(|(from, _)| *from).collect();
                let before = left.len();
                left.retain(|(_, to)| waiting.contains(to));
                if left.len() == before {
                    break;
                }
            }
            prop_assert_eq!(circles(waits).is_empty(), left.is_empty());
        }
    }
}
