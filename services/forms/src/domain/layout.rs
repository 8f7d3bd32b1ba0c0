//! Rules of layout (thể thức và kỹ thuật trình bày) as data with instrument and validity: Hướng dẫn 36-HD/VPTW of 2018, then
//! 05-HD/VPTW of 2026. The day of the paper chooses, so that an old paper printed again stands as it stood.

use std::{collections::BTreeMap, sync::LazyLock};

use schema_forms::{FormLayout, FormMark, Refusal};
use serde::{Deserialize, Serialize};
use wire::Day;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    layout: Vec<Layout>,
}

const FILE: &str = include_str!("../../data/layouts.toml");

/// A test keeps the file readable; were it not, no layout would be known.
static LAYOUTS: LazyLock<Vec<Layout>> = LazyLock::new(|| parse().unwrap_or_default());

/// The measures of one instrument. Templates read them as they stand in the file.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Layout {
    /// The number and symbol of the instrument.
    pub(crate) key: String,
    instrument: String,
    mark: FormMark,
    /// The first day on which it holds.
    pub(crate) valid_from: Day,
    valid_to: Option<Day>,
    /// What ends a text whose last paragraph has no mark of its own.
    pub(crate) closing: String,
    margins: Margins,
    book_margins: Margins,
    indent: f64,
    pitch: f64,
    gap: f64,
    sizes: BTreeMap<String, f64>,
    /// The columns of the register of what arrived.
    pub(crate) incoming: Vec<BookColumn>,
    /// The columns of the register of what was issued.
    pub(crate) outgoing: Vec<BookColumn>,
}

/// Margins in millimetres.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Margins {
    top: f64,
    bottom: f64,
    left: f64,
    right: f64,
}

/// A column of a book.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BookColumn {
    /// What stands in it.
    pub(crate) of: BookCell,
    head: String,
    width: u8,
    #[serde(default)]
    centred: bool,
}

/// What can stand in a column of a book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum BookCell {
    Number,
    Day,
    Author,
    Symbol,
    DocumentDay,
    Summary,
    Handler,
    Sheets,
    Due,
    Signatory,
    Recipients,
    Keeper,
    Copies,
    Sent,
    Note,
    /// Left empty for the pen.
    Blank,
}

fn parse() -> Result<Vec<Layout>, toml::de::Error> {
    toml::from_str(FILE).map(|File { layout }| layout)
}

impl Layout {
    fn holds(&self, day: Day) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|to| day < to)
    }

    fn noun(&self) -> FormLayout {
        FormLayout {
            key: self.key.clone(),
            instrument: self.instrument.clone(),
            mark: self.mark,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
        }
    }
}

/// The layout in force on a day.
pub(crate) fn of(day: Day) -> Result<&'static Layout, Refusal> {
    LAYOUTS.iter().find(|layout| layout.holds(day)).ok_or(Refusal::LayoutUnknown { day })
}

/// The layouts there are, the oldest first; only those in force on a day, when one is named.
pub(crate) fn list(day: Option<Day>) -> impl Iterator<Item = FormLayout> {
    LAYOUTS.iter().filter(move |layout| day.is_none_or(|day| layout.holds(day))).map(Layout::noun)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn the_file_is_readable_and_its_rows_follow_each_other() {
        let layouts = parse().unwrap();
        for pair in layouts.windows(2) {
            assert_eq!(pair[0].valid_to, Some(pair[1].valid_from), "{} and {}", pair[0].key, pair[1].key);
            assert_eq!(pair[0].sizes.keys().collect::<Vec<_>>(), pair[1].sizes.keys().collect::<Vec<_>>());
        }
        assert_eq!(layouts.last().unwrap().valid_to, None);
    }

    #[test]
    fn the_day_of_the_paper_chooses() {
        let table = [
            ("2018-04-02", None),
            ("2018-04-03", Some("36-HD/VPTW")),
            ("2026-05-26", Some("36-HD/VPTW")),
            ("2026-05-27", Some("05-HD/VPTW")),
            ("2099-01-01", Some("05-HD/VPTW")),
        ];
        for (on, key) in table {
            assert_eq!(of(day(on)).ok().map(|layout| layout.key.as_str()), key, "{on}");
        }
    }
}
