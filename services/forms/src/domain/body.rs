//! The text of a document, piece by piece, as the templates take it.

use schema_forms::{Block, Column, HeadingRank, Refusal};
use serde_json::{Value, json};

use super::words::{Words, few, limit};

/// Marks that end a sentence; a text that ends so gets no closing mark.
const ENDS: &[char] = &['.', '?', '!', ':', ';', '…', '”', '"', ')'];
/// Articles stand below all headings.
const ARTICLE: u8 = 10;

/// The pieces, their headings levelled so that none is left out between two, the last paragraph closed. `titled` says that
/// the paper's name is a heading above them.
pub(crate) fn pieces(words: &Words, body: &[Block], titled: bool, closing: &str) -> Result<Vec<Value>, Refusal> {
    few("body", body, limit::PIECES)?;
    let mut levels = Levels { base: usize::from(titled), open: Vec::new() };
    let mut cells = 0;
    let mut pieces = Vec::with_capacity(body.len());
    for (at, block) in body.iter().enumerate() {
        let closing = if at + 1 == body.len() { closing } else { "" };
        pieces.push(piece(words, at, block, &mut levels, &mut cells, closing)?);
    }
    Ok(pieces)
}

/// The levels of the headings that are open.
struct Levels {
    base: usize,
    open: Vec<u8>,
}

impl Levels {
    /// The level of a heading of this rank: one below the nearest higher one.
    fn of(&mut self, rank: u8) -> usize {
        while self.open.last().is_some_and(|open| *open >= rank) {
            self.open.pop();
        }
        self.open.push(rank);
        self.base + self.open.len()
    }
}

fn piece(
    words: &Words,
    at: usize,
    block: &Block,
    levels: &mut Levels,
    cells: &mut usize,
    closing: &str,
) -> Result<Value, Refusal> {
    let text = |given: &str| words.needed(format_args!("body/{at}/text"), given, limit::PARAGRAPH);
    Ok(match block {
        Block::Heading { rank, number, text: given } => {
            let given = text(given)?;
            let number = words.optional(format_args!("body/{at}/number"), number.as_deref(), limit::NAME)?;
            let joined = number.map_or(given.clone(), |number| format!("{number} {given}"));
            json!({ "kind": "heading", "rank": rank, "level": levels.of(order(*rank)), "words": joined })
        }
        Block::Article { number, text: given } => {
            let given = closed(text(given)?, closing);
            let number = words.needed(format_args!("body/{at}/number"), number, limit::NAME)?;
            json!({ "kind": "article", "level": levels.of(ARTICLE), "number": number, "words": given })
        }
        Block::Clause { number, text: given } | Block::Point { number, text: given } => {
            let given = closed(text(given)?, closing);
            let number = words.needed(format_args!("body/{at}/number"), number, limit::NAME)?;
            json!({ "kind": "paragraph", "words": format!("{number} {given}") })
        }
        Block::Paragraph { text: given } => json!({ "kind": "paragraph", "words": closed(text(given)?, closing) }),
        Block::Ground { text: given } => json!({ "kind": "paragraph", "words": text(given)? }),
        Block::Table { caption, columns, rows } => {
            let place = format!("body/{at}");
            let caption = words.optional(format_args!("{place}/caption"), caption.as_deref(), limit::NAME)?;
            *cells += columns.len().saturating_mul(rows.len());
            if *cells > limit::CELLS as usize {
                return Err(Refusal::TooMany { place: format!("{place}/rows"), most: limit::CELLS });
            }
            let columns = heads(words, &place, columns)?;
            let rows = cells_of(words, &place, columns.len(), rows)?;
            json!({ "kind": "table", "caption": caption, "columns": columns, "rows": rows })
        }
    })
}

fn heads(words: &Words, place: &str, columns: &[Column]) -> Result<Vec<Value>, Refusal> {
    if columns.is_empty() {
        return Err(Refusal::TextMissing { place: format!("{place}/columns") });
    }
    few(&format!("{place}/columns"), columns, 30)?;
    let one = |(at, column): (usize, &Column)| {
        let Column { head, width, centred } = column;
        if !(1..=100).contains(width) {
            return Err(Refusal::WidthOutside { place: format!("{place}/columns/{at}/width") });
        }
        let head = words.needed(format_args!("{place}/columns/{at}/head"), head, limit::NAME)?;
        Ok(json!({ "head": head, "width": width, "centred": centred }))
    };
    columns.iter().enumerate().map(one).collect()
}

fn cells_of(words: &Words, place: &str, columns: usize, rows: &[Vec<String>]) -> Result<Vec<Vec<String>>, Refusal> {
    let mut checked = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        if row.len() != columns {
            let columns = u32::try_from(columns).unwrap_or(u32::MAX);
            return Err(Refusal::RowUneven { place: format!("{place}/rows/{at}"), columns });
        }
        let cell = |(column, cell): (usize, &String)| {
            words.line(format_args!("{place}/rows/{at}/{column}"), cell, limit::CELL)
        };
        checked.push(row.iter().enumerate().map(cell).collect::<Result<_, _>>()?);
    }
    Ok(checked)
}

fn closed(text: String, closing: &str) -> String {
    if text.ends_with(ENDS) { text } else { text + closing }
}

fn order(rank: HeadingRank) -> u8 {
    match rank {
        HeadingRank::Part => 0,
        HeadingRank::Chapter => 1,
        HeadingRank::Section => 2,
        HeadingRank::Subsection => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(rank: HeadingRank) -> Block {
        Block::Heading { rank, number: None, text: "Tình hình".into() }
    }

    fn made(body: &[Block], titled: bool) -> Vec<Value> {
        pieces(&Words::new(&|_| true), body, titled, "./.").unwrap()
    }

    #[test]
    fn no_level_of_headings_is_left_out() {
        let article = || Block::Article { number: "Điều 1.".into(), text: "Phạm vi".into() };
        let body = [
            heading(HeadingRank::Subsection),
            heading(HeadingRank::Chapter),
            article(),
            article(),
            heading(HeadingRank::Section),
            heading(HeadingRank::Subsection),
            heading(HeadingRank::Part),
        ];
        let levels =
            |titled| made(&body, titled).iter().map(|piece| piece["level"].as_u64().unwrap()).collect::<Vec<_>>();
        assert_eq!(levels(true), [2, 2, 3, 3, 3, 4, 2]);
        assert_eq!(levels(false), [1, 1, 2, 2, 2, 3, 1]);
    }

    #[test]
    fn only_the_last_sentence_without_a_mark_is_closed() {
        let paragraph = |text: &str| Block::Paragraph { text: text.into() };
        let words = |body: &[Block]| made(body, true).last().unwrap()["words"].clone();
        assert_eq!(words(&[paragraph("Một"), paragraph("Hai")]), "Hai./.");
        assert_eq!(words(&[paragraph("Hai.")]), "Hai.");
        assert_eq!(made(&[paragraph("Một"), paragraph("Hai")], true)[0]["words"], "Một");
    }

    #[test]
    fn a_table_is_even_and_says_what_its_columns_are() {
        let column = |width| Column { head: "TT".into(), width, centred: true };
        let table = |columns, rows: &[&[&str]]| {
            let rows = rows.iter().map(|row| row.iter().map(|&cell| cell.to_owned()).collect()).collect();
            let block = Block::Table { caption: None, columns, rows };
            pieces(&Words::new(&|_| true), &[block], true, ".").err()
        };
        let uneven = Refusal::RowUneven { place: "body/0/rows/1".into(), columns: 1 };
        assert_eq!(table(vec![column(5)], &[&["1"], &["1", "2"]]), Some(uneven));
        let wide = Refusal::WidthOutside { place: "body/0/columns/0/width".into() };
        assert_eq!(table(vec![column(0)], &[]), Some(wide));
        assert_eq!(table(vec![], &[]), Some(Refusal::TextMissing { place: "body/0/columns".into() }));
        assert_eq!(table(vec![column(5)], &[&["1"]]), None);
    }
}
