//! What comes of a spreadsheet: how many rows would be added, are there already, or are to be mended, and each that is to be.

use wire::Lang;

use crate::{
    asking::capital,
    format,
    kit::chip::{Chip, Tone},
    words::Words,
};

/// How many rows, and what of them.
pub(crate) struct Count {
    pub(crate) rows: String,
    pub(crate) chip: Chip,
}

/// A row of the spreadsheet that needs a look.
#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) row: u32,
    /// What the column holds that is at fault.
    pub(crate) column: String,
    pub(crate) cell: String,
    pub(crate) why: String,
}

/// How far a job is.
pub(crate) struct Progress {
    pub(crate) done: u32,
    pub(crate) rows: u32,
    pub(crate) said: String,
}

impl Count {
    pub(crate) fn new(rows: u32, (tone, icon): (Tone, &'static str), key: &str, w: Words) -> Self {
        Self { rows: format::number(rows.into(), w.0), chip: Chip::new(tone, icon, w.t(key)) }
    }
}

impl Row {
    /// What is to be mended, in the reader's language. `column` is what the contract calls the field.
    pub(crate) fn new(
        row: u32,
        column: Option<String>,
        cell: Option<&String>,
        (vi, en): (&str, &str),
        w: Words,
    ) -> Self {
        let why = match w.0 {
            Lang::Vi => vi,
            Lang::En => en,
        };
        Self {
            row,
            column: column.map(|column| w.t(&format!("handed-column-{column}"))).unwrap_or_default(),
            cell: cell.cloned().unwrap_or_default(),
            why: capital(why),
        }
    }
}

impl Progress {
    pub(crate) fn new(done: u32, rows: u32, w: Words) -> Self {
        let values = [format::number(done.into(), w.0), format::number(rows.into(), w.0)];
        let [of_done, of_rows] = values.each_ref().map(String::as_str);
        let said = w.with("account-import-progress", &[("done", of_done), ("rows", of_rows)]);
        Self { done, rows: rows.max(1), said }
    }
}

/// What putting a spreadsheet into force would change, and what it would leave.
pub(crate) fn would(fit: u32, known: u32, faulty: u32, w: Words) -> Vec<Count> {
    vec![
        Count::new(fit, (Tone::Good, "add"), "handed-would-add", w),
        Count::new(known, (Tone::Plain, "check"), "handed-would-keep", w),
        Count::new(faulty, (Tone::Late, "warning"), "handed-would-mend", w),
    ]
}
