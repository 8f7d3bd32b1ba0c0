//! The text of a paper, block by block.

use schema_forms::{Block, Column, HeadingRank};

use super::{
    Page,
    markup::{CENTRED, Letters, PLAIN, Stand, line, paragraph, row, run, table},
};

/// Marks that end a sentence; a text that ends so gets no closing mark.
const ENDS: &[char] = &['.', '?', '!', ':', ';', '…', '”', '"', ')'];
/// The style of the text.
const TEXT: Stand = Stand { style: "Text", ..PLAIN };
const BOLD: Letters = Letters { size: 0, bold: true, italic: false, underlined: false, framed: false };
const ITALIC: Letters = Letters { bold: false, italic: true, ..BOLD };
const UPRIGHT: Letters = Letters { bold: false, ..BOLD };

impl Page<'_> {
    pub(super) fn body(&self) -> String {
        let last = self.paper.body.len().saturating_sub(1);
        let blocks = self.paper.body.iter().enumerate();
        blocks.map(|(at, block)| self.block(block, if at == last { &self.layout.closing } else { "" })).collect()
    }

    fn block(&self, block: &Block, closing: &str) -> String {
        match block {
            Block::Heading { rank, number, text } => {
                let words = number.as_ref().map_or(text.clone(), |number| format!("{number} {text}"));
                line(Stand { style: heading(*rank), ..PLAIN }, &words, UPRIGHT)
            }
            Block::Article { number, text } => {
                let stand = Stand { style: "Article", ..PLAIN };
                paragraph(stand, &(run(number, BOLD) + &run(&format!(" {}", closed(text, closing)), UPRIGHT)))
            }
            Block::Clause { number, text } | Block::Point { number, text } => {
                line(TEXT, &format!("{number} {}", closed(text, closing)), UPRIGHT)
            }
            Block::Paragraph { text } => line(TEXT, &closed(text, closing), UPRIGHT),
            Block::Ground { text } => line(TEXT, text, ITALIC),
            Block::Table { caption, columns, rows } => {
                let kept = Stand { kept: true, ..CENTRED };
                let caption = caption.as_ref().map(|words| line(kept, words, BOLD)).unwrap_or_default();
                caption + &self.table(columns, rows) + &paragraph(PLAIN, "")
            }
        }
    }

    /// A table. A row that has more cells than there are columns makes further columns, so that nothing is lost.
    fn table(&self, columns: &[Column], rows: &[Vec<String>]) -> String {
        let count = rows.iter().map(Vec::len).chain([columns.len()]).max().unwrap_or_default();
        if count == 0 {
            return String::new();
        }
        let spare = Column { head: String::new(), width: 10, centred: false };
        let columns: Vec<&Column> = columns.iter().chain(std::iter::repeat(&spare)).take(count).collect();
        let whole: u32 = columns.iter().map(|column| u32::from(column.width.max(1))).sum();
        let widths: Vec<u32> =
            columns.iter().map(|column| self.width * u32::from(column.width.max(1)) / whole.max(1)).collect();
        let cells = Stand { style: "Cells", ..PLAIN };
        let centred = Stand { side: "center", ..cells };
        let heads: Vec<String> =
            columns.iter().map(|column| line(Stand { kept: true, ..centred }, &column.head, BOLD)).collect();
        let mut markup = row(&widths, true, &heads);
        for given in rows {
            let words = given.iter().map(String::as_str).chain(std::iter::repeat(""));
            let made = columns.iter().zip(words);
            let made = made.map(|(column, words)| line(if column.centred { centred } else { cells }, words, UPRIGHT));
            markup += &row(&widths, false, &made.collect::<Vec<_>>());
        }
        table(true, &widths, &markup)
    }
}

fn heading(rank: HeadingRank) -> &'static str {
    match rank {
        HeadingRank::Part => "Heading1",
        HeadingRank::Chapter => "Heading2",
        HeadingRank::Section => "Heading3",
        HeadingRank::Subsection => "Heading4",
    }
}

fn closed(text: &str, closing: &str) -> String {
    if text.ends_with(ENDS) { text.to_owned() } else { format!("{text}{closing}") }
}
