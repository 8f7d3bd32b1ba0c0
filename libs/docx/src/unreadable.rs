//! Why a file cannot be read at all.

use serde::Serialize;

/// Why a file is no DOCX that can be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Unreadable {
    /// Neither a DOCX nor the form of Word before it.
    NotDocx,
    /// The form of Word before 2007 (`.doc`), or another file of its kind: it has to be saved as DOCX.
    OldDoc,
    /// A password is needed to open it.
    Locked,
    /// The archive is broken.
    Damaged,
    /// The file has more bytes than [`crate::LARGEST`].
    TooLarge,
    /// Its parts unfold to more than any honest file.
    UnfoldsTooFar,
    /// A part is nested deeper than any honest file.
    TooDeep {
        /// The name of the part.
        part: String,
    },
    /// A part declares entities of its own, which no DOCX needs.
    Entities {
        /// The name of the part.
        part: String,
    },
    /// A part is not well-formed.
    Malformed {
        /// The name of the part.
        part: String,
    },
    /// Its text has more bytes than [`crate::LONGEST`].
    TooLong,
}

impl Unreadable {
    /// The code that stays the same whatever is said to people about it.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotDocx => "docx.not_docx",
            Self::OldDoc => "docx.old_doc",
            Self::Locked => "docx.locked",
            Self::Damaged => "docx.damaged",
            Self::TooLarge => "docx.too_large",
            Self::UnfoldsTooFar => "docx.unfolds_too_far",
            Self::TooDeep { .. } => "docx.too_deep",
            Self::Entities { .. } => "docx.entities",
            Self::Malformed { .. } => "docx.malformed",
            Self::TooLong => "docx.too_long",
        }
    }
}
