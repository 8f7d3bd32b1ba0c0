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
    /// Whether the words say how large it may be, so that what the door takes at most is not said.
    pub(crate) sized: bool,
    /// Files that were taken already and wait for the form.
    pub(crate) held: Vec<Kept>,
}

impl FileField {
    /// One spreadsheet, of which the service says how large it may be.
    pub(crate) fn sheet(name: &'static str, label: String, said: String) -> Self {
        Self { name, label, said, accept: ".xlsx,.csv", multiple: false, sized: true, held: Vec::new() }
    }

    /// One scan or picture.
    pub(crate) fn scan(name: &'static str, label: String, said: String) -> Self {
        let accept = ".pdf,.png,.jpg,.jpeg,.tif,.tiff";
        Self { name, label, said, accept, multiple: false, sized: false, held: Vec::new() }
    }

    /// One Word document.
    pub(crate) fn word(name: &'static str, label: String, said: String) -> Self {
        Self { name, label, said, accept: ".docx", multiple: false, sized: true, held: Vec::new() }
    }

    /// Any number of files of any kind.
    pub(crate) fn many(name: &'static str, label: String, said: String) -> Self {
        Self { name, label, said, accept: "", multiple: true, sized: false, held: Vec::new() }
    }

    /// The same with what waits already.
    pub(crate) fn holding(mut self, held: Vec<Kept>) -> Self {
        self.held = held;
        self
    }
}
