//! The official list of administrative units as a file: what the command line reads before it calls `import_units.v1`.

use schema_identity::{ImportUnits, RowError, UnitRow};
use serde::Deserialize;
use time::macros::date;
use wire::Day;

/// The 34 provinces and 3,321 communes since 1 July 2025 (19/2025/QĐ-TTg), as CSV.
pub const OFFICIAL: &str = include_str!("../data/administrative_units.csv");

/// The day on which the offices of that list begin.
pub const OFFICIAL_SINCE: Day = Day(date!(2025 - 07 - 01));

/// How many rows one call brings, so that it commits well within a second.
const ROWS: usize = 100;

/// The calls that load a list, to be made one after the other; progress is their number.
pub fn calls(rows: &[UnitRow], from: Day) -> impl ExactSizeIterator<Item = ImportUnits> {
    rows.chunks(ROWS).map(move |rows| ImportUnits { from, rows: rows.to_vec() })
}

/// Reads a list in CSV with the columns `code`, `name`, `kind`, `parent_code`; provinces come before their communes.
///
/// # Errors
/// Every line that cannot be read, with what to do about it.
pub fn read(csv: &str) -> Result<Vec<UnitRow>, Vec<RowError>> {
    #[derive(Deserialize)]
    struct Line {
        code: String,
        name: String,
        kind: String,
        #[serde(default)]
        parent_code: String,
    }
    let mut rows = Vec::new();
    let mut errors = Vec::new();
    for (index, line) in csv::Reader::from_reader(csv.as_bytes()).into_deserialize::<Line>().enumerate() {
        // The first line holds the names of the columns.
        let number = u32::try_from(index).unwrap_or(u32::MAX).saturating_add(2);
        match line {
            Ok(Line { code, name, kind, parent_code }) => {
                rows.push(UnitRow { line: number, code, name: text::nfc(&name), kind, parent_code });
            }
            Err(error) => {
                let line = error.position().map_or(number, |at| u32::try_from(at.line()).unwrap_or(number));
                errors.push(RowError {
                    line,
                    what: "the line cannot be read".to_owned(),
                    remedy: "write UTF-8 with the columns `code`, `name`, `kind`, `parent_code`".to_owned(),
                });
            }
        }
    }
    if errors.is_empty() { Ok(rows) } else { Err(errors) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_official_list_reads_with_its_leading_zeros() {
        let rows = read(OFFICIAL).unwrap();
        assert_eq!(rows.len(), 3355);
        assert_eq!((rows[0].code.as_str(), rows[1].code.as_str(), rows[1].line), ("01", "00004", 3));
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named() {
        let errors = read("code,name,kind,parent_code\n15,Tỉnh Lào Cai,province,\n15\n").unwrap_err();
        assert_eq!(errors.iter().map(|error| error.line).collect::<Vec<_>>(), [3]);
    }
}
