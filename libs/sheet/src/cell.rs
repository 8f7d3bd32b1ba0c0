//! One cell, and what it says as a line, a day, a whole number.

use serde::{Deserialize, Serialize};
use wire::Day;

/// The most characters of a cell that are repeated to whoever has to mend it.
const BEGINNING: usize = 80;

/// One cell. Of a formula it is the value that was calculated last.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text.
    Text(String),
    /// A number; a day without its format is one, too.
    Number(f64),
    /// A day.
    Day(Day),
}

/// A cell does not say what it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unfit;

impl Cell {
    /// Text; the apostrophe that keeps a spreadsheet from calculating is not part of it.
    pub(crate) fn of(words: &str) -> Self {
        let words = words.trim();
        let plain = words.strip_prefix('\'').unwrap_or(words);
        if plain.is_empty() { Self::Empty } else { Self::Text(plain.to_owned()) }
    }

    /// What stands in it.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(words) => words.clone(),
            Self::Number(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
        }
    }

    /// Its beginning, for whoever has to mend it.
    #[must_use]
    pub fn beginning(&self) -> String {
        self.shown().chars().take(BEGINNING).collect()
    }

    /// One line of text: the breaks within a cell are blanks. Nothing when there is none.
    #[must_use]
    pub fn line(&self) -> Option<String> {
        let line = self.shown().split_whitespace().collect::<Vec<_>>().join(" ");
        (!line.is_empty()).then_some(line)
    }

    /// The day that it says; nothing when it is blank.
    ///
    /// # Errors
    /// When it says something else.
    pub fn day(&self) -> Result<Option<Day>, Unfit> {
        match self {
            Self::Empty => Ok(None),
            Self::Day(day) => Ok(Some(*day)),
            Self::Text(words) => text::date::parse_date(words).map(|day| Some(Day(day))).map_err(|_| Unfit),
            Self::Number(number) => serial(*number).map(Some).ok_or(Unfit),
        }
    }

    /// The whole number from 1 to `most` that it says; nothing when it is blank.
    ///
    /// # Errors
    /// When it says something else.
    pub fn whole(&self, most: i64) -> Result<Option<i64>, Unfit> {
        let number = match self {
            Self::Empty => return Ok(None),
            Self::Text(words) => words.strip_suffix(".0").unwrap_or(words).parse().ok(),
            #[allow(clippy::cast_possible_truncation, reason = "a whole number in range loses nothing")]
            Self::Number(number) if number.fract() == 0.0 && number.abs() < 1e9 => Some(*number as i64),
            Self::Number(_) | Self::Day(_) => None,
        };
        number.filter(|number| (1..=most).contains(number)).map(Some).ok_or(Unfit)
    }
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
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn days_are_read_however_they_came() {
        let table = [
            (Cell::Empty, Ok(None)),
            (Cell::Day(day("2026-03-05")), Ok(Some(day("2026-03-05")))),
            (Cell::of("05/3/2026"), Ok(Some(day("2026-03-05")))),
            (Cell::Number(46_086.0), Ok(Some(day("2026-03-05")))),
            (Cell::of("31/2/2026"), Err(Unfit)),
            (Cell::Number(7.0), Err(Unfit)),
        ];
        for (cell, said) in table {
            assert_eq!(cell.day(), said, "{cell:?}");
        }
    }

    #[test]
    fn whole_numbers_are_whole_and_in_range() {
        let table = [
            (Cell::Empty, Ok(None)),
            (Cell::of("7"), Ok(Some(7))),
            (Cell::of("7.0"), Ok(Some(7))),
            (Cell::Number(7.0), Ok(Some(7))),
            (Cell::of("7.5"), Err(Unfit)),
            (Cell::Number(7.5), Err(Unfit)),
            (Cell::of("bảy"), Err(Unfit)),
            (Cell::of("101"), Err(Unfit)),
            (Cell::of("0"), Err(Unfit)),
        ];
        for (cell, said) in table {
            assert_eq!(cell.whole(100), said, "{cell:?}");
        }
    }

    proptest! {
        #[test]
        fn a_line_has_no_breaks_and_stays_as_it_is(words in "[ \\t\\n'a-cđ]{0,40}") {
            let cell = Cell::of(&words);
            if let Some(line) = cell.line() {
                prop_assert!(!line.contains(['\n', '\t']) && !line.contains("  ") && line.trim() == line);
                prop_assert_eq!(Cell::Text(line.clone()).line(), Some(line));
            }
        }
    }
}
