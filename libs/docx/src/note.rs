//! What whoever brings a file in should know about its reading: what was left out, changed or guessed.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// The most names of fonts that are told.
const FONTS: usize = 20;

/// Something to know about a reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "note", rename_all = "snake_case")]
pub enum Note {
    /// The file has macros; they were not looked at.
    MacrosLeftOut,
    /// Embedded objects, charts and other files are left out.
    ObjectsLeftOut {
        /// How many.
        count: u32,
    },
    /// Pictures are left out.
    PicturesLeftOut {
        /// How many.
        count: u32,
    },
    /// Tracked changes: what was inserted is in the text, what was deleted is not.
    ChangesTaken {
        /// Insertions.
        inserted: u32,
        /// Deletions.
        deleted: u32,
    },
    /// Comments are left out.
    CommentsLeftOut {
        /// How many.
        count: u32,
    },
    /// Footnotes and endnotes stand in parentheses where they are referred to.
    FootnotesInlined {
        /// How many.
        count: u32,
    },
    /// Words stand at the top or the foot of each page; they are left out.
    PageHeadsLeftOut,
    /// Text that is marked as hidden is left out.
    HiddenLeftOut {
        /// How many pieces.
        count: u32,
    },
    /// Signs of a symbol font that have no letter stand as `�`.
    SymbolsUnknown {
        /// How many.
        count: u32,
    },
    /// Letters of fonts from before Unicode (TCVN3, VNI) were turned into Unicode.
    FontsConverted {
        /// The names of the fonts.
        fonts: Vec<String>,
    },
    /// The head of the paper (bodies, number, place and day, title, abstract) is left out: a form asks for it.
    LetterheadLeftOut {
        /// The lines that were left out.
        lines: Vec<String>,
    },
    /// Something like the head of a paper is in the text, because it was not certain what is what.
    LetterheadKept,
}

/// What was met while reading.
#[derive(Debug, Default)]
pub(crate) struct Met {
    pub(crate) macros: bool,
    pub(crate) objects: u32,
    pub(crate) pictures: u32,
    pub(crate) inserted: u32,
    pub(crate) deleted: u32,
    pub(crate) comments: u32,
    pub(crate) footnotes: u32,
    pub(crate) page_heads: bool,
    pub(crate) hidden: u32,
    pub(crate) symbols: u32,
    pub(crate) fonts: BTreeSet<String>,
}

impl Met {
    /// The notes, in the order of their list.
    pub(crate) fn notes(self) -> Vec<Note> {
        let Self { macros, objects, pictures, inserted, deleted, comments, footnotes, page_heads, hidden, .. } = self;
        let fonts: Vec<String> = self.fonts.into_iter().take(FONTS).collect();
        let symbols = self.symbols;
        let all = [
            macros.then_some(Note::MacrosLeftOut),
            (objects > 0).then_some(Note::ObjectsLeftOut { count: objects }),
            (pictures > 0).then_some(Note::PicturesLeftOut { count: pictures }),
            (inserted + deleted > 0).then_some(Note::ChangesTaken { inserted, deleted }),
            (comments > 0).then_some(Note::CommentsLeftOut { count: comments }),
            (footnotes > 0).then_some(Note::FootnotesInlined { count: footnotes }),
            page_heads.then_some(Note::PageHeadsLeftOut),
            (hidden > 0).then_some(Note::HiddenLeftOut { count: hidden }),
            (symbols > 0).then_some(Note::SymbolsUnknown { count: symbols }),
            (!fonts.is_empty()).then_some(Note::FontsConverted { fonts }),
        ];
        all.into_iter().flatten().collect()
    }
}
