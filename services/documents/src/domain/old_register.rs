//! Registers of past years in a spreadsheet: which column holds what, and each row as a line of its old register.

use std::collections::BTreeMap;

use schema_documents::{OldColumn, OldFault, OldField, OldPaper, RegisterKind};
use sheet::{Cell, Heads, Row, Unfit, plain};
use wire::{
    Day, Fault, Secrecy,
    id::{OfficeId, OldRegisterId},
};

use super::{
    field::{self, limit},
    mend::Mend,
};

/// The first year of which there may be a register.
const FIRST_YEAR: i64 = 1930;
/// The longest number, with what stands behind it.
const NUMBER: usize = 20;

/// Heads as they are written in registers, folded.
const HEADS: [(OldField, &[&str]); 15] = [
    (OldField::Number, &["so den", "so di", "so", "so vao so", "so van ban", "so thu tu den"]),
    (OldField::Year, &["nam"]),
    (OldField::Book, &["so dang ky", "quyen so", "ten so", "quyen"]),
    (OldField::Day, &["ngay den", "ngay vao so", "ngay nhan", "ngay di", "ngay phat hanh", "ngay chuyen"]),
    (
        OldField::AuthorBody,
        &["tac gia", "tac gia van ban", "co quan ban hanh", "noi gui", "noi ban hanh", "co quan gui"],
    ),
    (OldField::Symbol, &["so ky hieu", "so va ky hieu", "so ky hieu van ban", "so hieu", "ky hieu"]),
    (OldField::DocumentDay, &["ngay van ban", "ngay thang van ban", "ngay ban hanh", "ngay thang", "ngay vb"]),
    (OldField::GenreName, &["ten loai", "loai van ban", "the loai"]),
    (
        OldField::Summary,
        &["trich yeu", "trich yeu noi dung", "noi dung", "ten loai va trich yeu", "ten loai va trich yeu noi dung"],
    ),
    (OldField::Signatory, &["nguoi ky"]),
    (OldField::Recipients, &["noi nhan", "noi nhan van ban", "don vi nhan", "nguoi nhan"]),
    (OldField::Secrecy, &["do mat", "muc do mat"]),
    (OldField::Pages, &["so trang", "so to"]),
    (OldField::Kept, &["noi luu", "ho so", "hop", "cap", "ten tep", "tep", "ban quet"]),
    (OldField::Note, &["ghi chu"]),
];

/// Whose register a file holds, and the day on which it is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source {
    /// The office.
    pub(crate) office: OfficeId,
    /// What the register numbered.
    pub(crate) kind: RegisterKind,
    /// The bringing in.
    pub(crate) from: OldRegisterId,
    /// Today.
    pub(crate) today: Day,
}

/// What a line is known by within its office and kind: year, series, number.
pub(crate) type Key = (i32, String, String);

/// What a spreadsheet holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct OldPapers {
    /// What each column was taken for.
    pub(crate) columns: Vec<OldColumn>,
    /// Rows below the heads.
    pub(crate) rows: u32,
    /// Rows left out.
    pub(crate) failed: u32,
    /// Those that can be entered, in order of rows.
    pub(crate) fit: Vec<(Key, OldPaper)>,
    /// What is to be mended.
    pub(crate) faults: Vec<OldFault>,
    /// Whether a row is of a secret paper, or may be of one.
    pub(crate) has_secrets: bool,
}

/// Reads the rows; `given` says what columns hold whose heads do not say so. Of two rows with one number the first counts.
pub(crate) fn read(rows: &[Row], given: &[OldColumn], source: Source) -> OldPapers {
    let mut found = OldPapers::default();
    let Some(heads) = sheet::heads(rows, OldField::Number, |head| field_of(head, given)) else {
        found.faults.push(fault(0, None, None, &Mend::OldHeads));
        return found;
    };
    found.columns = heads.columns.iter().map(|(head, field)| OldColumn { head: head.clone(), field: *field }).collect();
    // A head that stands twice leaves open which of the columns counts: nothing is read before that is said.
    if !heads.twice.is_empty() {
        let twice = heads.twice.iter();
        found.faults =
            twice.map(|(head, one)| fault(heads.row, Some(*one), Some(head.clone()), &Mend::ColumnTwice)).collect();
        return found;
    }
    let mut seen: BTreeMap<Key, u32> = BTreeMap::new();
    for (row, cells) in heads.below(rows) {
        found.rows += 1;
        let reading = Reading { row: *row, cells, heads: &heads, source };
        found.has_secrets |= reading.secrecy() != Ok(Secrecy::Open);
        let read = reading.paper().and_then(|(key, paper)| match seen.get(&key) {
            Some(first) => Err(vec![reading.blame(OldField::Number, &Mend::NumberTwice { first: *first })]),
            None => Ok((key, paper)),
        });
        match read {
            Ok((key, paper)) => {
                seen.insert(key.clone(), *row);
                found.fit.push((key, paper));
            }
            Err(faults) => {
                found.failed += 1;
                found.faults.extend(faults);
            }
        }
    }
    found
}

/// A file that is no spreadsheet to be read, as its only fault.
pub(crate) fn unreadable(mend: &Mend) -> OldPapers {
    OldPapers { faults: vec![fault(0, None, None, mend)], ..OldPapers::default() }
}

fn field_of(head: &str, given: &[OldColumn]) -> Option<OldField> {
    let named = given.iter().find(|column| plain(&column.head) == head).map(|column| column.field);
    named.or_else(|| {
        let known = HEADS.iter().find(|(_, heads)| heads.contains(&head)).map(|(field, _)| *field);
        // What the mapping names otherwise is not recognised a second time.
        known.filter(|field| given.iter().all(|column| column.field != *field))
    })
}

fn fault(row: u32, field: Option<OldField>, cell: Option<String>, mend: &Mend) -> OldFault {
    let (code, vi, en) = mend.words();
    OldFault { row, field, cell, code: code.to_owned(), vi, en }
}

/// A row being read.
struct Reading<'a> {
    row: u32,
    cells: &'a [Cell],
    heads: &'a Heads<OldField>,
    source: Source,
}

impl Reading<'_> {
    fn paper(&self) -> Result<(Key, OldPaper), Vec<OldFault>> {
        let mut faults = Vec::new();
        let mut paper = self.blank();
        paper.number = self.kept(self.number(), &mut faults).unwrap_or_default();
        paper.day = self.kept(self.day(OldField::Day), &mut faults).flatten();
        paper.document_day = self.kept(self.day(OldField::DocumentDay), &mut faults).flatten();
        paper.secrecy = self.kept(self.secrecy(), &mut faults).unwrap_or(Secrecy::Open);
        let pages = self.kept(self.whole(OldField::Pages, 100_000), &mut faults).flatten();
        paper.pages = pages.and_then(|pages| u32::try_from(pages).ok());
        let said = paper.day.or(paper.document_day).map(Day::year);
        paper.year = self.kept(self.year(said), &mut faults).unwrap_or_default();
        let mut words = |field, most| self.kept(self.words(field, most), &mut faults).flatten();
        paper.book = words(OldField::Book, limit::NAME).unwrap_or_default();
        paper.symbol = words(OldField::Symbol, limit::SYMBOL);
        paper.genre_name = words(OldField::GenreName, limit::NAME);
        paper.kept = words(OldField::Kept, limit::NAME);
        if paper.secrecy == Secrecy::Open {
            paper.author_body = words(OldField::AuthorBody, limit::NAME);
            paper.summary = words(OldField::Summary, limit::SUMMARY);
            paper.signatory = words(OldField::Signatory, limit::NAME);
            paper.recipients = words(OldField::Recipients, limit::SUMMARY);
            paper.note = words(OldField::Note, limit::NOTE);
            if paper.summary.is_none() && faults.is_empty() {
                faults.push(self.blame(OldField::Summary, &Mend::Missing));
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let key = (paper.year, series(&paper), folded_number(&paper.number));
        if paper.secrecy != Secrecy::Open {
            // The common register shows of a secret paper its number, day and degree; its symbol told its series.
            paper.symbol = None;
            paper.kept = None;
        }
        Ok((key, paper))
    }

    fn blank(&self) -> OldPaper {
        let Source { office, kind, from, .. } = self.source;
        OldPaper {
            office,
            kind,
            year: 0,
            book: String::new(),
            number: String::new(),
            day: None,
            author_body: None,
            symbol: None,
            document_day: None,
            genre_name: None,
            summary: None,
            signatory: None,
            recipients: None,
            secrecy: Secrecy::Open,
            pages: None,
            kept: None,
            note: None,
            from,
            row: self.row,
        }
    }

    /// What was read, or its fault put beside the others: a row tells them all at once.
    fn kept<T>(&self, read: Result<T, OldFault>, faults: &mut Vec<OldFault>) -> Option<T> {
        read.map_err(|fault| faults.push(fault)).ok()
    }

    fn cell(&self, field: OldField) -> &Cell {
        self.heads.cell(self.cells, field)
    }

    fn blame(&self, field: OldField, mend: &Mend) -> OldFault {
        let cell = Some(self.cell(field).beginning()).filter(|cell| !cell.is_empty());
        fault(self.row, Some(field), cell, mend)
    }

    fn number(&self) -> Result<String, OldFault> {
        let cell = self.cell(OldField::Number);
        let words = cell.line().ok_or_else(|| self.blame(OldField::Number, &Mend::Missing))?;
        let fits = words.starts_with(|first: char| first.is_ascii_digit())
            && words.chars().count() <= NUMBER
            && !matches!(cell, Cell::Day(_))
            && !matches!(cell, Cell::Number(number) if number.fract() != 0.0)
            && text::clean_line(&words).is_ok();
        if fits { Ok(words) } else { Err(self.blame(OldField::Number, &Mend::OldNumber)) }
    }

    fn year(&self, said: Option<i32>) -> Result<i32, OldFault> {
        let last = i64::from(self.source.today.year());
        let column =
            self.cell(OldField::Year).whole(last).map_err(|Unfit| self.blame(OldField::Year, &Mend::OldYear))?;
        let year = column.or(said.map(i64::from)).filter(|year| (FIRST_YEAR..=last).contains(year));
        let year = year.and_then(|year| i32::try_from(year).ok());
        year.ok_or_else(|| self.blame(OldField::Year, &Mend::OldYear))
    }

    fn day(&self, field: OldField) -> Result<Option<Day>, OldFault> {
        let cell = self.cell(field);
        let told = cell.shown();
        let day = cell.day().or_else(|unfit| short_year(&told, self.source.today).map(Some).ok_or(unfit));
        // In a CSV file a day that lost its format is a text of figures.
        let day = day.or_else(|unfit| told.parse().map_or(Err(unfit), |serial| Cell::Number(serial).day()));
        match day {
            Err(Unfit) => Err(self.blame(field, &Mend::Day)),
            Ok(Some(day)) if day > self.source.today => Err(self.blame(field, &Mend::Later)),
            Ok(day) => Ok(day),
        }
    }

    fn whole(&self, field: OldField, most: i64) -> Result<Option<i64>, OldFault> {
        self.cell(field).whole(most).map_err(|Unfit| self.blame(field, &Mend::Number { most }))
    }

    fn words(&self, field: OldField, most: usize) -> Result<Option<String>, OldFault> {
        let line = self.cell(field).line();
        field::optional_line("cell", line.as_deref(), most).map_err(|refused| {
            let Fault { code, vi, en, .. } = refused;
            OldFault { row: self.row, field: Some(field), cell: Some(self.cell(field).beginning()), code, vi, en }
        })
    }

    fn secrecy(&self) -> Result<Secrecy, OldFault> {
        match plain(&self.cell(OldField::Secrecy).shown()).as_str() {
            "" | "thuong" | "khong" => Ok(Secrecy::Open),
            "mat" => Ok(Secrecy::Secret),
            "toi mat" => Ok(Secrecy::HighlySecret),
            "tuyet mat" => Ok(Secrecy::TopSecret),
            _ => Err(self.blame(OldField::Secrecy, &Mend::Secrecy)),
        }
    }
}

/// The series within a year: the book; without one, outgoing papers have a series a genre, as their symbols show.
fn series(paper: &OldPaper) -> String {
    if !paper.book.is_empty() || paper.kind == RegisterKind::Incoming {
        return plain(&paper.book);
    }
    let symbol = paper.symbol.as_deref().unwrap_or_default();
    let tail = symbol.trim_start_matches(|first: char| first.is_ascii_digit());
    if tail.is_empty() { plain(paper.genre_name.as_deref().unwrap_or_default()) } else { plain(tail) }
}

/// A number for comparing: `012` is `12`, and `12A` is `12a`; but `12` is not `12a`.
fn folded_number(number: &str) -> String {
    let folded = plain(number).replace(' ', "");
    let bare = folded.trim_start_matches('0');
    if bare.is_empty() { folded } else { bare.to_owned() }
}

/// A day whose year has two figures: of the century in which it has come already.
fn short_year(words: &str, today: Day) -> Option<Day> {
    let parts: Vec<&str> = words.split(['/', '-', '.']).map(str::trim).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let figures = |part: &&str| part.chars().all(|one| one.is_ascii_digit());
    if year.len() != 2 || ![day, month, year].into_iter().all(figures) {
        return None;
    }
    let (day, month, year): (u8, u8, i32) = (day.parse().ok()?, month.parse().ok()?, year.parse().ok()?);
    let of = |century: i32| Day::new(century + year, month, day).ok();
    of(2000).filter(|day| *day <= today).or_else(|| of(1900))
}

#[cfg(test)]
mod tests;
