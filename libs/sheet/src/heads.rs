//! The row of heads, and what each column was taken for.

use std::collections::BTreeMap;

use crate::{Cell, Row};

/// Rows among which the heads are looked for: titles stand above them.
const WITHIN: usize = 20;

/// The heads of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heads<F> {
    /// The row as a spreadsheet shows it.
    pub row: u32,
    /// What each column was taken for, in order: its head, and what it holds.
    pub columns: Vec<(String, F)>,
    /// Columns that hold what another holds too.
    pub twice: Vec<(String, F)>,
    /// Rows of the sheet up to the heads, with them.
    above: usize,
    places: BTreeMap<F, usize>,
}

/// One form of a head for comparing: no marks, no case, no punctuation, one blank.
#[must_use]
pub fn plain(words: &str) -> String {
    text::fold(words).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first row, near the top, in which a head says `key` and one says something else. `field` tells what a head
/// says, given in its [`plain`] form.
pub fn heads<F: Copy + Ord>(rows: &[Row], key: F, field: impl Fn(&str) -> Option<F>) -> Option<Heads<F>> {
    let of = |cell: &Cell| if let Cell::Text(head) = cell { field(&plain(head)) } else { None };
    for (above, (row, cells)) in rows.iter().enumerate().take(WITHIN) {
        let said: Vec<(usize, F)> =
            cells.iter().enumerate().filter_map(|(place, cell)| Some((place, of(cell)?))).collect();
        if said.len() < 2 || said.iter().all(|(_, field)| *field != key) {
            continue;
        }
        let mut heads =
            Heads { row: *row, columns: Vec::new(), twice: Vec::new(), above: above + 1, places: BTreeMap::new() };
        for (place, field) in said {
            let head = cells.get(place).map(Cell::beginning).unwrap_or_default();
            if heads.places.insert(field, place).is_some() {
                heads.twice.push((head.clone(), field));
            }
            heads.columns.push((head, field));
        }
        return Some(heads);
    }
    None
}

impl<F: Copy + Ord> Heads<F> {
    /// The rows below the heads.
    pub fn below<'a>(&self, rows: &'a [Row]) -> impl Iterator<Item = &'a Row> + use<'a, F> {
        rows.iter().skip(self.above)
    }

    /// What a row has in a column; an empty cell where there is no such column.
    #[must_use]
    pub fn cell<'a>(&self, cells: &'a [Cell], field: F) -> &'a Cell {
        self.places.get(&field).and_then(|place| cells.get(*place)).unwrap_or(&Cell::Empty)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(lines: &[&[&str]]) -> Vec<Row> {
        let row = |line: &[&str]| line.iter().map(|words| Cell::of(words)).collect();
        (1..).zip(lines.iter().map(|line| row(line))).collect()
    }

    /// `a` for names, `b` for units.
    fn field(head: &str) -> Option<char> {
        match head {
            "ho va ten" => Some('a'),
            "don vi" => Some('b'),
            _ => None,
        }
    }

    #[test]
    fn heads_stand_below_titles_in_any_order_with_or_without_accents() {
        for head in [["STT", "Đơn vị", "Họ và tên"], ["stt", "DON VI", "ho va  ten"]] {
            let rows = rows(&[&["DANH SÁCH"], &["Đơn vị"], &head, &["1", "Văn phòng", "Lê Thị Thử"]]);
            let found = heads(&rows, 'a', field).unwrap();
            assert_eq!((found.row, found.columns.len(), found.twice.len()), (3, 2, 0));
            let below: Vec<&Row> = found.below(&rows).collect();
            assert_eq!(below.len(), 1);
            assert_eq!(found.cell(&below[0].1, 'a'), &Cell::of("Lê Thị Thử"));
            assert_eq!(found.cell(&[], 'a'), &Cell::Empty);
        }
    }

    #[test]
    fn a_column_that_is_there_twice_is_named() {
        let rows = rows(&[&["Họ và tên", "Đơn vị", "Ho va ten"]]);
        assert_eq!(heads(&rows, 'a', field).unwrap().twice, [("Ho va ten".to_owned(), 'a')]);
        assert_eq!(heads(&rows, 'c', field), None);
        assert_eq!(heads(&[], 'a', field), None);
    }
}
