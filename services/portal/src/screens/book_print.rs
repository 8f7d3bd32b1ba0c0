//! V9: the print of one day or several of a register, with the columns of the book; each printed page says whether a number is
//! missing, and bears a check code of what stands on the print.

use askama::Template;
use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_documents::{EntryState, GetRegister, ListRegisterEntries, NumberRegister, RegisterEntry, RegisterKind};
use sha2::{Digest as _, Sha256};
use wire::{Day, Lang, id::RegisterId};

use super::book::{Line, line};
use crate::{
    format,
    page::{Page, Place},
    screens::admin::proof::Proof,
    visit::Inside,
    words::Words,
};

/// How many numbers are read at once.
const READ: u16 = 200;
/// How many times a print reads at most: twenty thousand numbers, more than the busiest year has.
const READS: usize = 100;
/// What ends a cell and a line among the bytes of a check code, so that no text can pass from one cell to the next.
const UNIT: u8 = 0x1f;
const RECORD: u8 = 0x1e;
/// A register is a record: it is written in Vietnamese whoever prints it.
const OF_THE_BOOK: Words = Words(Lang::Vi);

#[derive(Template)]
#[template(path = "book_print.html")]
struct Print {
    p: Page,
    committee: String,
    incoming: bool,
    year: i32,
    day: String,
    span: String,
    lines: Vec<Line>,
    gap: String,
    code: String,
    reader: String,
    now: String,
}

/// The lines of one day or of a span of days, as they stand on paper. A span typed the wrong way round is turned.
pub(crate) async fn print(Path(id): Path<RegisterId>, inside: Inside) -> Response<Body> {
    let w = OF_THE_BOOK;
    let today = inside.visit.today();
    let day = format::read_day(inside.visit.query.get("ngay")).unwrap_or(today);
    let until = format::read_day(inside.visit.query.get("den")).unwrap_or(day);
    let (day, until) = (day.min(until), day.max(until));
    let days = if day == until {
        format::day(day)
    } else {
        w.with("print-days", &[("from", &format::day(day)), ("to", &format::day(until))])
    };
    let book = match inside.need(&GetRegister { id }).await {
        Ok(book) => book,
        Err(response) => return response,
    };
    let (entries, numbers) = match of_days(&inside, &book, (day, until)).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let span = match (entries.first(), entries.last()) {
        (Some(first), Some(last)) => {
            let values = [
                ("first", format::number(first.number, w.0)),
                ("last", format::number(last.number, w.0)),
                ("count", entries.len().to_string()),
            ];
            let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            w.with("print-span", &values)
        }
        _ => w.t("print-nothing"),
    };
    let lines: Vec<Line> = entries.iter().map(|entry| line(entry, day, w)).collect();
    let title = inside.visit.words.with("print-title", &[("day", &days)]);
    let view = Print {
        p: Page::inside(&inside, &title, Place::Book),
        committee: inside.who.office_name().to_uppercase(),
        incoming: book.kind == RegisterKind::Incoming,
        year: book.first_day.year(),
        gap: gap(&entries, &numbers),
        code: code(id, &days, &lines),
        day: days,
        span,
        lines,
        reader: inside.who.me.person.full_name.clone(),
        now: format::moment(inside.visit.now),
    };
    inside.visit.html(StatusCode::OK, &view)
}

/// Whether a number is missing between the first and the last of a print; those of other days in between have their line, too.
fn gap(entries: &[RegisterEntry], numbers: &[(i64, EntryState)]) -> String {
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return String::new() };
    let mut proof = Proof::of(first.number, last.number);
    proof.take(numbers.iter().copied());
    proof.said(OF_THE_BOOK)
}

/// The check code of a print: the first 64 bits of the SHA-256 of the register, the days and every cell, as printed.
///
/// Two prints of the same days with the same code have the same lines; where the codes differ, something was changed, voided
/// or added between the two. It says nothing about who printed, and it is no signature: whoever alters a print can write
/// another code on it. What proves that the register itself was not altered is the log of acts.
fn code(register: RegisterId, days: &str, lines: &[Line]) -> String {
    let mut digest = Sha256::new();
    let mut cell = |text: &str, end: u8| {
        digest.update(text.as_bytes());
        digest.update([end]);
    };
    cell(&register.to_string(), RECORD);
    cell(days, RECORD);
    for line in lines {
        let Line { number, day, author, symbol, document_day, summary, destinations, pages, note, chips, path: _ } =
            line;
        for text in [number, day, author, symbol, document_day, summary, destinations, pages] {
            cell(text, UNIT);
        }
        chips.iter().for_each(|chip| cell(&chip.text, UNIT));
        cell(note, RECORD);
    }
    let digits: String = hex::encode_upper(digest.finalize()).chars().take(16).collect();
    let quarters: Vec<&str> = [0..4, 4..8, 8..12, 12..16].into_iter().filter_map(|part| digits.get(part)).collect();
    quarters.join("-")
}

/// The entries of a span of days, lowest number first, and all numbers that were read on the way with what became of each. They are looked for from the latest number back, since numbers grow with
/// the days; a late entry of an earlier day among them ends nothing.
async fn of_days(
    inside: &Inside,
    book: &NumberRegister,
    (from, to): (Day, Day),
) -> Result<(Vec<RegisterEntry>, Vec<(i64, EntryState)>), Response<Body>> {
    let (floor, step) = (book.opening - 1, i64::from(READ));
    let (mut found, mut numbers) = (Vec::new(), Vec::new());
    let mut upper = book.last;
    for _ in 0..READS {
        if upper <= floor {
            break;
        }
        let after = (upper - step).max(floor);
        let call = ListRegisterEntries { id: book.id, after: Some(after), limit: Some(READ), cursor: None };
        let mut read = inside.need(&call).await?.items;
        read.retain(|entry| entry.number <= upper);
        let past = read.iter().all(|entry| entry.day < from);
        let mut seen: Vec<(i64, EntryState)> = read.iter().map(|entry| (entry.number, entry.state)).collect();
        seen.append(&mut numbers);
        numbers = seen;
        let mut of_days: Vec<RegisterEntry> =
            read.into_iter().filter(|entry| (from..=to).contains(&entry.day)).collect();
        of_days.append(&mut found);
        found = of_days;
        upper = after;
        if past {
            break;
        }
    }
    Ok((found, numbers))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(author: &str, symbol: &str) -> Line {
        Line {
            number: "1".to_owned(),
            day: "05/01".to_owned(),
            author: author.to_owned(),
            symbol: symbol.to_owned(),
            document_day: String::new(),
            summary: String::new(),
            destinations: String::new(),
            pages: String::new(),
            note: String::new(),
            chips: Vec::new(),
            path: None,
        }
    }

    #[test]
    fn a_check_code_stands_for_every_cell_and_for_its_place() {
        let register = "01938a2c-0000-7000-8000-000000000001".parse().unwrap();
        let one = code(register, "05/01/2026", &[printed("Sở Ví Dụ", "7")]);
        assert_eq!(one, code(register, "05/01/2026", &[printed("Sở Ví Dụ", "7")]));
        assert!(one.len() == 19 && one.split('-').all(|part| part.len() == 4), "{one}");
        let others = [
            code(register, "06/01/2026", &[printed("Sở Ví Dụ", "7")]),
            code(register, "05/01/2026", &[printed("Sở Ví Dụ7", "")]),
            code(register, "05/01/2026", &[printed("Sở Ví Dụ", "8")]),
            code(register, "05/01/2026", &[]),
        ];
        assert!(others.iter().all(|other| *other != one), "{others:?}");
    }
}
