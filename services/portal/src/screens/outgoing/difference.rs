//! What differs between two texts: by paragraph, and within a changed paragraph by word.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A paragraph of more words than this is shown as changed on the whole.
const WORDS: usize = 2_000;

/// A stretch of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) text: String,
    /// Whether the other text lacks it.
    pub(crate) marked: bool,
}

/// What became of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    Same,
    Changed,
    Removed,
    Added,
}

/// A paragraph of both texts side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) change: Change,
    pub(crate) old: Vec<Piece>,
    pub(crate) new: Vec<Piece>,
}

impl Row {
    fn same(text: &str) -> Self {
        let piece = || vec![Piece { text: text.to_owned(), marked: false }];
        Self { change: Change::Same, old: piece(), new: piece() }
    }

    fn removed(text: &str) -> Self {
        Self { change: Change::Removed, old: whole(text), new: Vec::new() }
    }

    fn added(text: &str) -> Self {
        Self { change: Change::Added, old: Vec::new(), new: whole(text) }
    }
}

/// The paragraphs of both texts side by side; empty lines count for nothing.
pub(crate) fn compare(old: &str, new: &str) -> Vec<Row> {
    let (old, new) = (paragraphs(old), paragraphs(new));
    let mut rows = Vec::new();
    for step in capture_diff_slices(Algorithm::Patience, &old, &new) {
        let gone = old.get(step.old_range()).unwrap_or_default();
        let come = new.get(step.new_range()).unwrap_or_default();
        if matches!(step, DiffOp::Equal { .. }) {
            rows.extend(come.iter().map(|text| Row::same(text)));
        } else {
            replaced(gone, come, &mut rows);
        }
    }
    rows
}

fn paragraphs(text: &str) -> Vec<&str> {
    text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty()).collect()
}

/// Paragraphs in whose place others stand: in pairs as far as they have words in common.
fn replaced(gone: &[&str], come: &[&str], rows: &mut Vec<Row>) {
    for at in 0..gone.len().max(come.len()) {
        match (gone.get(at), come.get(at)) {
            (Some(old), Some(new)) => match changed(old, new) {
                Some(row) => rows.push(row),
                None => rows.extend([Row::removed(old), Row::added(new)]),
            },
            (Some(old), None) => rows.push(Row::removed(old)),
            (None, Some(new)) => rows.push(Row::added(new)),
            (None, None) => {}
        }
    }
}

/// One paragraph that became another; nothing when they have not a third of their words in common.
fn changed(old: &str, new: &str) -> Option<Row> {
    let (before, after) = (words(old), words(new));
    if before.len() > WORDS || after.len() > WORDS {
        return Some(Row { change: Change::Changed, old: whole(old), new: whole(new) });
    }
    let mut row = Row { change: Change::Changed, old: Vec::new(), new: Vec::new() };
    let mut kept = 0;
    for step in capture_diff_slices(Algorithm::Myers, &before, &after) {
        let marked = !matches!(step, DiffOp::Equal { .. });
        let (gone, come) = (before.get(step.old_range())?, after.get(step.new_range())?);
        kept += if marked { 0 } else { come.len() };
        for (side, words) in [(&mut row.old, gone), (&mut row.new, come)] {
            if !words.is_empty() {
                side.push(Piece { text: words.concat(), marked });
            }
        }
    }
    (kept * 3 >= before.len().max(after.len())).then_some(row)
}

/// Words, each with the blanks behind it.
fn words(text: &str) -> Vec<&str> {
    text.split_inclusive(char::is_whitespace).collect()
}

fn whole(text: &str) -> Vec<Piece> {
    vec![Piece { text: text.to_owned(), marked: true }]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(pieces: &[Piece]) -> Vec<&str> {
        pieces.iter().filter(|piece| piece.marked).map(|piece| piece.text.trim()).collect()
    }

    #[test]
    fn a_changed_word_is_marked_in_its_paragraph_and_the_rest_stands() {
        let old = "Kính gửi: Huyện ủy\n\nBáo cáo trước ngày 20 tháng 11.\nTrân trọng.";
        let new = "Kính gửi: Huyện ủy\nBáo cáo trước ngày 25 tháng 11.\nTrân trọng.\nLưu: VT.";
        let rows = compare(old, new);
        let changes: Vec<Change> = rows.iter().map(|row| row.change).collect();
        assert_eq!(changes, [Change::Same, Change::Changed, Change::Same, Change::Added]);
        assert_eq!((marked(&rows[1].old), marked(&rows[1].new)), (vec!["20"], vec!["25"]));
    }

    #[test]
    fn paragraphs_without_common_words_are_not_called_the_same_one_changed() {
        let rows = compare("một hai ba bốn", "năm sáu bảy tám");
        assert_eq!(rows, [Row::removed("một hai ba bốn"), Row::added("năm sáu bảy tám")]);
        assert!(compare("a\n\n", "\na").iter().all(|row| row.change == Change::Same));
    }

    #[test]
    fn nothing_is_lost_on_either_side() {
        let (old, new) = ("a b c\nd e\nx", "a c d\nd e f\ny\nz");
        let side = |pieces: fn(&Row) -> &Vec<Piece>, rows: &[Row]| -> Vec<String> {
            let text = |row: &Row| pieces(row).iter().map(|piece| piece.text.as_str()).collect::<String>();
            rows.iter().map(text).filter(|text| !text.is_empty()).collect()
        };
        let rows = compare(old, new);
        assert_eq!(side(|row| &row.old, &rows), old.lines().collect::<Vec<_>>());
        assert_eq!(side(|row| &row.new, &rows), new.lines().collect::<Vec<_>>());
    }
}
