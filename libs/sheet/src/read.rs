//! A spreadsheet as rows of cells: XLSX, or CSV in UTF-8 with commas, semicolons or tabs.

use std::io::Cursor;

use calamine::{DataRef, Reader as _, Xlsx};
use wire::Day;

use crate::Cell;

/// The largest file that is to be read, in bytes.
pub const LARGEST: u64 = 8 * 1024 * 1024;
/// What the parts of an XLSX file may unfold to, in bytes, as the file itself declares.
const UNFOLDED: u64 = 128 * 1024 * 1024;
/// Columns that are looked at.
const COLUMNS: usize = 60;

/// One row: its number as a spreadsheet shows it, and its cells.
pub type Row = (u32, Vec<Cell>);

/// Why a file is no spreadsheet that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Neither XLSX nor CSV in UTF-8.
    Form,
    /// More rows than are read, or it unfolds to more than is read.
    Length,
}

/// The rows of the first sheet that have something in them; `most` rows are read, heads and blank ones among them.
///
/// # Errors
/// When the file is no spreadsheet, or a longer one.
pub fn read(bytes: &[u8], most: u32) -> Result<Vec<Row>, Unreadable> {
    let rows = if bytes.starts_with(b"PK\x03\x04") { xlsx(bytes, most)? } else { csv(bytes, most)? };
    Ok(rows.into_iter().filter(|(_, cells)| cells.iter().any(|cell| *cell != Cell::Empty)).collect())
}

fn xlsx(bytes: &[u8], most: u32) -> Result<Vec<Row>, Unreadable> {
    if unfolded(bytes) > UNFOLDED {
        return Err(Unreadable::Length);
    }
    let form = |_| Unreadable::Form;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(form)?;
    let name = book.sheet_names().into_iter().next().ok_or(Unreadable::Form)?;
    let mut reader = book.worksheet_cells_reader(&name).map_err(form)?;
    let mut rows: Vec<Row> = Vec::new();
    while let Some(cell) = reader.next_cell().map_err(form)? {
        let (row, column) = cell.get_position();
        let column = usize::try_from(column).unwrap_or(COLUMNS);
        if column >= COLUMNS || *cell.get_value() == DataRef::Empty {
            continue;
        }
        if row >= most {
            return Err(Unreadable::Length);
        }
        if rows.last().is_none_or(|(last, _)| *last != row + 1) {
            rows.push((row + 1, Vec::new()));
        }
        if let Some((_, cells)) = rows.last_mut() {
            cells.resize(cells.len().max(column), Cell::Empty);
            cells.push(value(cell.get_value()));
        }
    }
    Ok(rows)
}

fn value(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Int(number) => Cell::Text(number.to_string()),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(words) | DataRef::DateTimeIso(words) | DataRef::DurationIso(words) => Cell::of(words),
        DataRef::SharedString(words) => Cell::of(words),
        DataRef::Bool(truth) => Cell::Text(truth.to_string()),
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            Day::new(year.into(), month, day).map_or(Cell::Number(moment.as_f64()), Cell::Day)
        }
        DataRef::Error(error) => Cell::Text(error.to_string()),
        DataRef::Empty => Cell::Empty,
    }
}

/// What the entries of the archive's directory declare to unfold to. The reader of archives stops where a part grows past it.
fn unfolded(bytes: &[u8]) -> u64 {
    let entries = bytes.windows(28).filter(|window| window.starts_with(b"PK\x01\x02"));
    let sizes = entries.filter_map(|entry| entry.get(24..28)?.try_into().ok()).map(u32::from_le_bytes);
    sizes.map(u64::from).sum()
}

fn csv(bytes: &[u8], most: u32) -> Result<Vec<Row>, Unreadable> {
    let words = std::str::from_utf8(bytes).map_err(|_| Unreadable::Form)?;
    let words = words.strip_prefix('\u{FEFF}').unwrap_or(words);
    let first = words.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |sign: u8| first.bytes().filter(|byte| *byte == sign).count();
    let sign = [b',', b';', b'\t'].into_iter().max_by_key(|sign| count(*sign)).unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(sign).has_headers(false).flexible(true).from_reader(words.as_bytes());
    let mut rows = Vec::new();
    for (row, record) in (1..).zip(reader.records()) {
        if row > most {
            return Err(Unreadable::Length);
        }
        let record = record.map_err(|_| Unreadable::Form)?;
        rows.push((row, record.iter().take(COLUMNS).map(Cell::of).collect()));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &str) -> Cell {
        Cell::Text(words.to_owned())
    }

    #[test]
    fn every_separator_is_understood() {
        for sign in [",", ";", "\t"] {
            let file = format!("\u{FEFF}Số đến{sign}Trích yếu\r\n7{sign}\"Về a, b; c\"\r\n{sign}\r\n'=8{sign}x\r\n");
            let rows = read(file.as_bytes(), 4).unwrap();
            let head = (1, vec![words("Số đến"), words("Trích yếu")]);
            assert_eq!(
                rows,
                [head, (2, vec![words("7"), words("Về a, b; c")]), (4, vec![words("=8"), words("x")])],
                "{sign:?}"
            );
        }
    }

    #[test]
    fn what_is_no_spreadsheet_is_said_to_be_none() {
        assert_eq!(read(b"\xff\xfeS\x00", 9), Err(Unreadable::Form));
        assert_eq!(read(b"PK\x03\x04 and then nothing", 9), Err(Unreadable::Form));
        let long = "1,2\n".repeat(10);
        assert_eq!(read(long.as_bytes(), 10).unwrap().len(), 10);
        assert_eq!(read(long.as_bytes(), 9), Err(Unreadable::Length));
        let mut huge = b"PK\x03\x04".to_vec();
        let mut entry = [0_u8; 28];
        entry[..4].copy_from_slice(b"PK\x01\x02");
        entry[24..].copy_from_slice(&u32::MAX.to_le_bytes());
        huge.extend(entry);
        assert_eq!(read(&huge, 9), Err(Unreadable::Length));
    }
}
