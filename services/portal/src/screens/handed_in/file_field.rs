//! A field for files, as every form that takes files shows it: what may be chosen, how large, and what waits already.

use crate::hand_in::Kept;

/// What the field says and holds. Its name is the part of the form that the door reads.
pub(crate) struct FileField {
    pub(crate) name: &'static str,
    pub(crate) label: String,
    /// What may be chosen, and what becomes of it.
    pub(crate) said: String,
    /// The endings that browsers offer first; empty for all.
    pub(crate) accept: &'static str,
    pub(crate) multiple: bool,
    /// Files that were taken already and wait for the form.
    pub(crate) held: Vec<Kept>,
}

/// What spreadsheets are called.
pub(crate) const SHEETS: &str = ".xlsx,.csv";
/// What scans are called.
pub(crate) const SCANS: &str = ".pdf,.png,.jpg,.jpeg,.tif,.tiff";

impl FileField {
    /// One file.
    pub(crate) fn one(name: &'static str, accept: &'static str, (label, said): (String, String)) -> Self {
        Self { name, label, said, accept, multiple: false, held: Vec::new() }
    }

    /// Any number of files of any kind.
    pub(crate) fn many(name: &'static str, (label, said): (String, String)) -> Self {
        Self { name, label, said, accept: "", multiple: true, held: Vec::new() }
    }

    /// The same with what waits already.
    pub(crate) fn holding(mut self, held: Vec<Kept>) -> Self {
        self.held = held;
        self
    }
}
