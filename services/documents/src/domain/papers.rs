//! Open papers in a spreadsheet: which column holds what, and each row as the order to register it.

use std::collections::BTreeMap;

use schema_documents::{NumberRegister, PaperColumn, PaperField, RegisterIncoming, RegisterKind, RowFault};
use sheet::{Cell, Heads, Row, Unfit, plain};
use wire::{
    Day, Secrecy, Urgency,
    id::{OfficeId, RegisterId},
};

use super::{
    incoming,
    mend::{Mend, fault, faults_of_rule},
    register,
};

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
    let Some(heads) = sheet::heads(rows, PaperField::Number, |head| field_of(head, given)) else {
        found.faults.push(fault(0, None, None, &Mend::NoHeads));
        return found;
    };
    found.columns =
        heads.columns.iter().map(|(head, field)| PaperColumn { head: head.clone(), field: *field }).collect();
    for (head, field) in &heads.twice {
        found.faults.push(fault(heads.row, Some(*field), Some(head.clone()), &Mend::ColumnTwice));
    }
    for (row, cells) in heads.below(rows) {
        found.rows += 1;
        let reading = Reading { row: *row, cells, heads: &heads };
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

fn field_of(head: &str, given: &[PaperColumn]) -> Option<PaperField> {
    let named = given.iter().find(|column| plain(&column.head) == head).map(|column| column.field);
    named.or_else(|| HEADS.iter().find(|(_, heads)| heads.contains(&head)).map(|(field, _)| *field))
}

/// A row being read.
struct Reading<'a> {
    row: u32,
    cells: &'a [Cell],
    heads: &'a Heads<PaperField>,
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
            intake: None,
        };
        match incoming::describe(&order, None, ceiling, today) {
            Ok(_) => Ok(Paper { row: self.row, number, arrived, order }),
            Err(refused) => Err(vec![faults_of_rule(self.row, refused)]),
        }
    }

    fn cell(&self, field: PaperField) -> &Cell {
        self.heads.cell(self.cells, field)
    }

    fn blame(&self, field: PaperField, mend: &Mend) -> RowFault {
        let cell = Some(self.cell(field).beginning()).filter(|cell| !cell.is_empty());
        fault(self.row, Some(field), cell, mend)
    }

    fn words(&self, field: PaperField) -> Option<String> {
        self.cell(field).line()
    }

    fn day(&self, field: PaperField) -> Result<Option<Day>, RowFault> {
        self.cell(field).day().map_err(|Unfit| self.blame(field, &Mend::Day))
    }

    fn whole(&self, field: PaperField, most: i64) -> Result<Option<i64>, RowFault> {
        self.cell(field).whole(most).map_err(|Unfit| self.blame(field, &Mend::Number { most }))
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
        plain(&self.cell(field).shown())
    }
}

#[cfg(test)]
mod tests;
