//! How many for whom, in shades that mean the same every week: a table with real numbers, each of which opens its rows.

use std::collections::BTreeMap;

use schema_programme::DueCase;

/// From how many days overdue each column begins.
pub(crate) const BANDS: [(i64, i64); 5] = [(1, 2), (3, 5), (6, 10), (11, 20), (21, i64::MAX)];

/// One cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) count: usize,
    /// The shade, 0 to 5, fixed by the count.
    pub(crate) shade: usize,
}

/// One unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) cells: Vec<Cell>,
    pub(crate) total: usize,
    pub(crate) oldest: i64,
}

/// The shade of a count: the same whatever the others are, so that weeks can be compared.
pub(crate) fn shade(count: usize) -> usize {
    match count {
        0 => 0,
        1 => 1,
        2..=3 => 2,
        4..=5 => 3,
        6..=8 => 4,
        _ => 5,
    }
}

/// The units that owe something overdue, the one with the most first; names decide between equals.
pub(crate) fn rows(cases: &[DueCase]) -> Vec<Row> {
    let mut units: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    for case in cases.iter().filter(|case| case.days_left < 0 && case.state.owed()) {
        units.entry(case.lead_unit_name.as_deref().unwrap_or("…")).or_default().push(-case.days_left);
    }
    let mut rows: Vec<Row> = units
        .into_iter()
        .map(|(name, days)| Row {
            name: name.to_owned(),
            cells: BANDS
                .iter()
                .map(|(from, to)| days.iter().filter(|day| (from..=to).contains(day)).count())
                .map(|count| Cell { count, shade: shade(count) })
                .collect(),
            total: days.len(),
            oldest: days.into_iter().max().unwrap_or_default(),
        })
        .collect();
    rows.sort_by(|one, other| other.total.cmp(&one.total).then_with(|| one.name.cmp(&other.name)));
    rows
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use schema_programme::AssignmentState;
    use wire::{Day, Urgency};

    /// A case of a unit, so many days from its due day.
    pub(crate) fn case(unit: &str, days_left: i64) -> DueCase {
        let nil = uuid::Uuid::nil();
        DueCase {
            assignment: nil.into(),
            office: nil.into(),
            lead_unit: nil.into(),
            lead_unit_name: Some(unit.to_owned()),
            title: "Rà soát danh sách".to_owned(),
            source: "Công văn 12-CV/TU".to_owned(),
            urgency: Urgency::Normal,
            state: AssignmentState::InProgress,
            due: Day::new(2026, 11, 20).unwrap(),
            days_left,
            waits: Vec::new(),
            process_hours: 4,
        }
    }

    #[test]
    fn shades_do_not_depend_on_the_other_cells() {
        let shades: Vec<usize> = [0, 1, 2, 3, 4, 5, 6, 8, 9, 400].into_iter().map(shade).collect();
        assert_eq!(shades, [0, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    }

    #[test]
    fn only_what_is_overdue_and_owed_counts_and_every_case_once() {
        let mut done = case("B", -30);
        done.state = AssignmentState::Done;
        let cases = [case("A", -1), case("B", -4), case("B", -25), case("A", 0), case("C", 3), done];
        let rows = rows(&cases);
        let seen: Vec<_> = rows.iter().map(|row| (row.name.as_str(), row.total, row.oldest)).collect();
        assert_eq!(seen, [("B", 2, 25), ("A", 1, 1)]);
        assert!(rows.iter().all(|row| row.cells.iter().map(|cell| cell.count).sum::<usize>() == row.total));
    }
}
