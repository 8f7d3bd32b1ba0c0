//! Pages of registers (sổ đăng ký văn bản đến, văn bản đi), made ready for their template. Which columns a book has says the
//! layout of the day.

use schema_forms::{
    IncomingLine, IncomingRegisterPaper, Letterhead, OutgoingLine, OutgoingRegisterPaper, Refusal, Signature,
};
use serde_json::json;
use text::{date, number};
use wire::Day;

use super::{
    head::{self, Under},
    layout::{BookCell, BookColumn, Layout},
    sheet::{Content, Template},
    words::{Words, few, limit},
};

/// Pages of the register of what arrived.
pub(crate) fn incoming(words: &Words, paper: &IncomingRegisterPaper, layout: &Layout) -> Result<Content, Refusal> {
    let IncomingRegisterPaper { head, span, lines, signatures, remark } = paper;
    let rows = rows(words, &layout.incoming, lines, incoming_cell)?;
    let book = Book {
        name: "Sổ đăng ký văn bản đến", head, span, columns: &layout.incoming, rows, signatures, remark
    };
    content(words, book)
}

/// Pages of the register of what was issued.
pub(crate) fn outgoing(words: &Words, paper: &OutgoingRegisterPaper, layout: &Layout) -> Result<Content, Refusal> {
    let OutgoingRegisterPaper { head, span, lines, signatures, remark } = paper;
    let rows = rows(words, &layout.outgoing, lines, outgoing_cell)?;
    let book = Book {
        name: "Sổ đăng ký văn bản đi", head, span, columns: &layout.outgoing, rows, signatures, remark
    };
    content(words, book)
}

struct Book<'a> {
    name: &'a str,
    head: &'a Letterhead,
    span: &'a str,
    columns: &'a [BookColumn],
    rows: Vec<Vec<String>>,
    signatures: &'a [Signature],
    remark: &'a Option<String>,
}

fn content(words: &Words, book: Book) -> Result<Content, Refusal> {
    let Book { name, head, span, columns, rows, signatures, remark } = book;
    let (head, author) = head::letterhead(words, head, Under::default())?;
    let span = words.needed("span", span, limit::NAME)?;
    let data = json!({
        "heading": name.to_uppercase(),
        "head": head,
        "span": span,
        "columns": columns,
        "rows": rows,
        "signatures": head::signatures(words, signatures)?,
        "remark": words.optional("remark", remark.as_deref(), limit::SUMMARY)?,
    });
    Ok(Content { template: Template::Book, title: format!("{name} – {span}"), author, data })
}

/// What a line has for a column.
enum Cell<'a> {
    Text(&'a str),
    Made(String),
}

fn rows<T>(
    words: &Words,
    columns: &[BookColumn],
    lines: &[T],
    cell: fn(&T, BookCell) -> Cell<'_>,
) -> Result<Vec<Vec<String>>, Refusal> {
    few("lines", lines, limit::LINES)?;
    let mut rows = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let one = |(column_at, column): (usize, &BookColumn)| match cell(line, column.of) {
            Cell::Text(text) => words.line(format_args!("lines/{at}/{column_at}"), text, limit::CELL),
            Cell::Made(text) => Ok(text),
        };
        rows.push(columns.iter().enumerate().map(one).collect::<Result<Vec<_>, _>>()?);
    }
    Ok(rows)
}

fn incoming_cell(line: &IncomingLine, of: BookCell) -> Cell<'_> {
    match of {
        BookCell::Number => Cell::Made(number::format_whole(line.number)),
        BookCell::Day => Cell::Made(day(line.day)),
        BookCell::Author => Cell::Text(&line.author),
        BookCell::Symbol => Cell::Text(&line.symbol),
        BookCell::DocumentDay => Cell::Made(day(line.document_day)),
        BookCell::Summary => Cell::Text(&line.summary),
        BookCell::Handler => Cell::Text(&line.handler),
        BookCell::Sheets => Cell::Made(count(line.sheets)),
        BookCell::Due => Cell::Made(day(line.due)),
        BookCell::Note => Cell::Text(&line.note),
        BookCell::Signatory | BookCell::Recipients | BookCell::Keeper => Cell::Text(""),
        BookCell::Copies | BookCell::Sent | BookCell::Blank => Cell::Text(""),
    }
}

fn outgoing_cell(line: &OutgoingLine, of: BookCell) -> Cell<'_> {
    match of {
        BookCell::Symbol => Cell::Text(&line.symbol),
        BookCell::Day => Cell::Made(day(line.day)),
        BookCell::Summary => Cell::Text(&line.summary),
        BookCell::Signatory => Cell::Text(&line.signatory),
        BookCell::Recipients => Cell::Text(&line.recipients),
        BookCell::Keeper => Cell::Text(&line.keeper),
        BookCell::Copies => Cell::Made(count(line.copies)),
        BookCell::Sent => Cell::Made(day(line.sent)),
        BookCell::Note => Cell::Text(&line.note),
        BookCell::Number | BookCell::Author | BookCell::DocumentDay | BookCell::Handler => Cell::Text(""),
        BookCell::Sheets | BookCell::Due | BookCell::Blank => Cell::Text(""),
    }
}

fn day(given: Option<Day>) -> String {
    given.map_or_else(String::new, |day| date::in_figures(day.0))
}

fn count(given: Option<u32>) -> String {
    given.map_or_else(String::new, |count| count.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{layout, specimen};

    fn day() -> Day {
        "2026-11-20".parse().unwrap()
    }

    #[test]
    fn a_line_stands_in_the_columns_of_the_book() {
        let layout = layout::of(day()).unwrap();
        let made = incoming(&Words::new(&|_| true), &specimen::incoming_register(day()), layout).unwrap();
        let row = made.data["rows"][0].as_array().unwrap();
        assert_eq!(row.len(), layout.incoming.len());
        assert_eq!((row[0].as_str(), row[1].as_str()), (Some("2.413"), Some("20/11/2026")));
    }

    #[test]
    fn a_fault_names_line_and_column() {
        let layout = layout::of(day()).unwrap();
        let mut paper = specimen::incoming_register(day());
        paper.lines[1].author = "a\u{0001}".into();
        let refused = incoming(&Words::new(&|_| true), &paper, layout).err();
        assert!(matches!(refused, Some(Refusal::TextUnclean { place, .. }) if place == "lines/1/2"));
    }
}
