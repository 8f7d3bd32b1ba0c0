//! Open papers in a spreadsheet: which column holds what, and each row as the order to register it.

use std::collections::BTreeMap;

use schema_documents::{NumberRegister, PaperColumn, PaperField, RegisterIncoming, RegisterKind, RowFault};
use wire::{
    Day, Secrecy, Urgency,
    id::{OfficeId, RegisterId},
};

use super::{
    incoming,
    mend::{Mend, fault, faults_of_rule},
    register,
    spreadsheet::{Cell, Row},
};

/// Rows among which the heads are looked for.
const HEADS_WITHIN: usize = 20;

/// Heads as they are written in registers, folded.
const HEADS: [(PaperField, &[&str]); 12] = [
    (PaperField::Number, &["so den", "so vao so", "so thu tu den"]),
    (PaperField::Arrived, &["ngay den", "ngay vao so", "ngay nhan"]),
    (
        PaperField::AuthorBody,
        &["tac gia", "tac gia van ban", "co quan ban hanh", "noi gui", "noi ban hanh", "co quan gui"],
    ),
    (PaperField::Symbol, &["so ky hieu", "so va ky hieu", "so ky hieu van ban", "so hieu", "ky hieu"]),
    (PaperField::DocumentDay, &["ngay van ban", "ngay thang van ban", "ngay ban hanh", "ngay thang", "ngay vb"]),
    (PaperField::GenreName, &["ten loai", "loai van ban", "the loai"]),
    (
        PaperField::Summary,
        &["trich yeu", "trich yeu noi dung", "noi dung", "ten loai va trich yeu", "ten loai va trich yeu noi dung"],
    ),
    (PaperField::Urgency, &["do khan", "muc do khan"]),
    (PaperField::Secrecy, &["do mat", "muc do mat"]),
    (PaperField::Pages, &["so trang", "so to"]),
    (PaperField::Due, &["han xu ly", "han giai quyet", "thoi han", "thoi han giai quyet", "han"]),
    (PaperField::Note, &["ghi chu"]),
];

/// A row that can be registered.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Paper {
    /// The row as a spreadsheet shows it.
    pub(crate) row: u32,
    /// Its arrival number.
    pub(crate) number: i64,
    /// Its arrival day.
    pub(crate) arrived: Day,
    /// The order to register it.
    pub(crate) order: RegisterIncoming,
}

/// What a spreadsheet holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Papers {
    /// What each column was taken for.
    pub(crate) columns: Vec<PaperColumn>,
    /// Rows below the heads.
    pub(crate) rows: u32,
    /// Those that can be registered.
    pub(crate) fit: Vec<Paper>,
    /// What is to be mended.
    pub(crate) faults: Vec<RowFault>,
}

/// Reads the rows; `given` says what columns hold whose heads do not say so.
pub(crate) fn read(rows: &[Row], given: &[PaperColumn], office: OfficeId, ceiling: Secrecy, today: Day) -> Papers {
    let mut found = Papers::default();
    let heads = rows.iter().take(HEADS_WITHIN).position(|(_, cells)| {
        let fields: Vec<PaperField> = cells.iter().filter_map(|cell| field_of(cell, given)).collect();
        fields.contains(&PaperField::Number) && fields.len() > 1
    });
    let Some(heads) = heads else {
        found.faults.push(fault(0, None, None, &Mend::NoHeads));
        return found;
    };
    let mut fields: BTreeMap<PaperField, usize> = BTreeMap::new();
    for (row, cells) in rows.iter().skip(heads).take(1) {
        for (place, cell) in cells.iter().enumerate() {
            let Some(field) = field_of(cell, given) else { continue };
            found.columns.push(PaperColumn { head: shown(cell), field });
            if fields.insert(field, place).is_some() {
                found.faults.push(fault(*row, Some(field), Some(shown(cell)), &Mend::ColumnTwice));
            }
        }
    }
    for (row, cells) in rows.iter().skip(heads + 1) {
        found.rows += 1;
        let reading = Reading { row: *row, cells, fields: &fields };
        match reading.paper(office, ceiling, today) {
            Ok(paper) => found.fit.push(paper),
            Err(faults) => found.faults.extend(faults),
        }
    }
    found
}

/// The rows with their registers: those of the day of arrival, below whose opening number they lie. What cannot be placed
/// or stands twice is a fault.
pub(crate) fn place(papers: &Papers, registers: &[NumberRegister]) -> (Vec<(RegisterId, Paper)>, Vec<RowFault>) {
    let (mut placed, mut faults) = (Vec::new(), papers.faults.clone());
    let mut seen: BTreeMap<(RegisterId, i64), u32> = BTreeMap::new();
    for paper in &papers.fit {
        let fits = |one: &&NumberRegister| one.kind == RegisterKind::Incoming && register::covers(one, paper.arrived);
        let mut blame = |field, cell: String, mend: &Mend| faults.push(fault(paper.row, Some(field), Some(cell), mend));
        let Some(register) = registers.iter().find(fits) else {
            blame(PaperField::Arrived, paper.arrived.to_string(), &Mend::NoRegister);
            continue;
        };
        if paper.number >= register.opening {
            let mend = Mend::NumberNotBelow { opening: register.opening };
            blame(PaperField::Number, paper.number.to_string(), &mend);
        } else if let Some(first) = seen.insert((register.id, paper.number), paper.row) {
            blame(PaperField::Number, paper.number.to_string(), &Mend::NumberTwice { first });
        } else {
            placed.push((register.id, paper.clone()));
        }
    }
    faults.sort_by_key(|fault| fault.row);
    (placed, faults)
}

fn field_of(head: &Cell, given: &[PaperColumn]) -> Option<PaperField> {
    let Cell::Text(head) = head else { return None };
    let plain = |words: &str| text::fold(words).split_whitespace().collect::<Vec<_>>().join(" ");
    let folded = plain(head);
    let named = given.iter().find(|column| plain(&column.head) == folded).map(|column| column.field);
    named.or_else(|| HEADS.iter().find(|(_, heads)| heads.contains(&folded.as_str())).map(|(field, _)| *field))
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(words) => words.chars().take(80).collect(),
        Cell::Number(number) => number.to_string(),
        Cell::Day(day) => day.to_string(),
    }
}

/// A row being read.
struct Reading<'a> {
    row: u32,
    cells: &'a [Cell],
    fields: &'a BTreeMap<PaperField, usize>,
}

impl Reading<'_> {
    fn paper(&self, office: OfficeId, ceiling: Secrecy, today: Day) -> Result<Paper, Vec<RowFault>> {
        let number = self.whole(PaperField::Number, 9_999_999);
        let (arrived, document_day) = (self.day(PaperField::Arrived), self.day(PaperField::DocumentDay));
        let (due, pages) = (self.day(PaperField::Due), self.whole(PaperField::Pages, 100_000));
        let (secrecy, urgency) = (self.secrecy(), self.urgency());
        let number = number.and_then(|number| number.ok_or_else(|| self.blame(PaperField::Number, &Mend::Missing)));
        let arrived = arrived.and_then(|day| day.ok_or_else(|| self.blame(PaperField::Arrived, &Mend::Missing)));
        let (number, arrived, document_day, due, pages, secrecy, urgency) =
            match (number, arrived, document_day, due, pages, secrecy, urgency) {
                (Ok(a), Ok(b), Ok(c), Ok(d), Ok(e), Ok(f), Ok(g)) => (a, b, c, d, e, f, g),
                (a, b, c, d, e, f, g) => {
                    let all = [a.err(), b.err(), c.err(), d.err(), e.err(), f.err(), g.err()];
                    return Err(all.into_iter().flatten().collect());
                }
            };
        let order = RegisterIncoming {
            office,
            arrived: Some(arrived),
            late: true,
            secrecy,
            urgency,
            author_body: self.words(PaperField::AuthorBody),
            author_unit: None,
            symbol: self.words(PaperField::Symbol),
            document_day,
            genre_name: self.words(PaperField::GenreName),
            summary: self.words(PaperField::Summary),
            pages: pages.and_then(|pages| u32::try_from(pages).ok()),
            due,
            note: self.words(PaperField::Note),
            disposition: None,
            duplicate_of: None,
            files: Vec::new(),
        };
        match incoming::describe(&order, None, ceiling, today) {
            Ok(_) => Ok(Paper { row: self.row, number, arrived, order }),
            Err(refused) => Err(vec![faults_of_rule(self.row, refused)]),
        }
    }

    fn cell(&self, field: PaperField) -> &Cell {
        self.fields.get(&field).and_then(|place| self.cells.get(*place)).unwrap_or(&Cell::Empty)
    }

    fn blame(&self, field: PaperField, mend: &Mend) -> RowFault {
        let cell = Some(shown(self.cell(field))).filter(|cell| !cell.is_empty());
        fault(self.row, Some(field), cell, mend)
    }

    /// One line of text: the breaks within a cell are blanks.
    fn words(&self, field: PaperField) -> Option<String> {
        let words = shown_whole(self.cell(field));
        let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
        (!line.is_empty()).then_some(line)
    }

    fn day(&self, field: PaperField) -> Result<Option<Day>, RowFault> {
        let unfit = || self.blame(field, &Mend::Day);
        match self.cell(field) {
            Cell::Empty => Ok(None),
            Cell::Day(day) => Ok(Some(*day)),
            Cell::Text(words) => text::date::parse_date(words).map(|day| Some(Day(day))).map_err(|_| unfit()),
            Cell::Number(number) => serial(*number).map(Some).ok_or_else(unfit),
        }
    }

    fn whole(&self, field: PaperField, most: i64) -> Result<Option<i64>, RowFault> {
        let number = match self.cell(field) {
            Cell::Empty => return Ok(None),
            Cell::Text(words) => words.strip_suffix(".0").unwrap_or(words).parse().ok(),
            #[allow(clippy::cast_possible_truncation, reason = "a whole number in range loses nothing")]
            Cell::Number(number) if number.fract() == 0.0 && number.abs() < 1e9 => Some(*number as i64),
            Cell::Number(_) | Cell::Day(_) => None,
        };
        let fits = number.filter(|number| (1..=most).contains(number));
        fits.map(Some).ok_or_else(|| self.blame(field, &Mend::Number { most }))
    }

    fn secrecy(&self) -> Result<Secrecy, RowFault> {
        match self.folded(PaperField::Secrecy).as_str() {
            "" | "thuong" | "khong" => Ok(Secrecy::Open),
            "mat" => Ok(Secrecy::Secret),
            "toi mat" => Ok(Secrecy::HighlySecret),
            "tuyet mat" => Ok(Secrecy::TopSecret),
            _ => Err(self.blame(PaperField::Secrecy, &Mend::Secrecy)),
        }
    }

    fn urgency(&self) -> Result<Urgency, RowFault> {
        match self.folded(PaperField::Urgency).as_str() {
            "" | "thuong" | "khong" => Ok(Urgency::Normal),
            "khan" => Ok(Urgency::Urgent),
            "thuong khan" => Ok(Urgency::VeryUrgent),
            "hoa toc" => Ok(Urgency::Express),
            _ => Err(self.blame(PaperField::Urgency, &Mend::Urgency)),
        }
    }

    fn folded(&self, field: PaperField) -> String {
        text::fold(&shown_whole(self.cell(field))).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn shown_whole(cell: &Cell) -> String {
    if let Cell::Text(words) = cell { words.clone() } else { shown(cell) }
}

/// A day that lost its format: days since 30 December 1899, as spreadsheets count, from 1954 to 2119.
fn serial(number: f64) -> Option<Day> {
    if !(20_000.0..80_000.0).contains(&number) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation, reason = "the part of a day is left out")]
    let days = number as i64;
    Day::new(1899, 12, 30).ok()?.plus(days)
}

#[cfg(test)]
mod tests;
