//! The text of a draft as its author writes it, line by line, read into what stands on the paper: addressees, grounds,
//! headings, articles, clauses, points, tables, who signs, who gets it. The text itself is what is kept; this is a reading.

use schema_forms::Block;

/// The end of a text: who signs, and who gets it.
mod closing;
/// Letters of encodings from before Unicode.
mod encoding;
/// What a line by itself is.
mod line;
/// Lines that are a table.
mod table;

#[cfg(test)]
mod tests;

use closing::Closing;
pub(crate) use encoding::foreign;
use line::Line;

/// A text as it was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Written {
    /// To whom it is addressed (kính gửi).
    pub(crate) addressees: Vec<Said>,
    /// The text, in the order of the paper.
    pub(crate) pieces: Vec<Piece>,
    /// Who signs.
    pub(crate) signatures: Vec<Signed>,
    /// Who gets it (nơi nhận).
    pub(crate) recipients: Vec<Said>,
}

/// Words with the line, from 1, on which they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) line: u32,
    pub(crate) text: String,
}

/// A piece of the text with the line on which it begins.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Piece {
    pub(crate) line: u32,
    pub(crate) block: Block,
}

/// Somebody's place for signing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Signed {
    pub(crate) line: u32,
    /// By what authority, a line each: `T/M BAN THƯỜNG VỤ`.
    pub(crate) authority: Vec<String>,
    /// The position; empty where none is written.
    pub(crate) position: String,
    /// The name.
    pub(crate) name: Option<String>,
}

/// Reads a text. Whatever is written has a reading: what is nothing else is a paragraph.
pub(crate) fn read(text: &str) -> Written {
    let text = text::nfc(text);
    let lines = text.split('\n').zip(1..).map(|(words, line)| Said { line, text: words.trim().to_owned() });
    let lines: Vec<Said> = lines.filter(|said| !said.text.is_empty()).collect();
    let (body, end) = lines.split_at(closing::begins(&lines));
    let (addressees, body) = addressees(body);
    let Closing { signatures, recipients } = closing::read(end);
    Written { addressees, pieces: pieces(body), signatures, recipients }
}

/// The lines that say to whom the text is addressed, and the rest: `Kính gửi:` on the first line, with a name beside it or
/// names on lines with a dash below it.
fn addressees(lines: &[Said]) -> (Vec<Said>, &[Said]) {
    let Some((first, rest)) = lines.split_first() else { return (Vec::new(), lines) };
    let Some(beside) = line::after_word(&first.text, "kính gửi") else { return (Vec::new(), lines) };
    if !beside.is_empty() {
        let text = beside.to_owned();
        return (vec![Said { line: first.line, text }], rest);
    }
    let count = rest.iter().take_while(|said| line::dashed(&said.text).is_some()).count();
    let (named, rest) = rest.split_at(count);
    let bare = |said: &Said| {
        Some(Said { line: said.line, text: line::dashed(&said.text).map(|(_, words)| words)?.to_owned() })
    };
    (named.iter().filter_map(bare).collect(), rest)
}

fn pieces(lines: &[Said]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::with_capacity(lines.len());
    let mut rest = lines;
    let mut in_articles = false;
    while let Some((said, after)) = rest.split_first() {
        rest = after;
        let block = match line::of(&said.text, in_articles) {
            Line::Row => {
                let rows = after.iter().take_while(|one| line::is_row(&one.text)).count();
                let (more, after) = after.split_at(rows);
                rest = after;
                table::of(said, more)
            }
            Line::Heading { rank, number, text } => {
                let text = below(text, &mut rest);
                let (number, text) = if text.is_empty() { (None, number) } else { (Some(number), text) };
                Block::Heading { rank, number, text }
            }
            Line::Article { number, text } => {
                in_articles = true;
                match below(text, &mut rest) {
                    text if text.is_empty() => Block::Paragraph { text: number },
                    text => Block::Article { number, text },
                }
            }
            Line::Clause { number, text } => Block::Clause { number, text },
            Line::Point { number, text } => Block::Point { number, text },
            Line::Ground => Block::Ground { text: said.text.clone() },
            Line::Plain => Block::Paragraph { text: said.text.clone() },
        };
        pieces.push(Piece { line: said.line, block });
    }
    pieces
}

/// The words of a heading: beside its number, else on the next line, where that is a plain one.
fn below(beside: String, rest: &mut &[Said]) -> String {
    match rest.split_first() {
        Some((next, after)) if beside.is_empty() && line::of(&next.text, true) == Line::Plain => {
            *rest = after;
            next.text.clone()
        }
        _ => beside,
    }
}
