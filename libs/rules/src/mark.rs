//! How sure we are of a legal fact, and names in our two languages.

use serde::Deserialize;
use wire::Lang;

/// How sure we are of a rule, a term or a row of the calendar.
///
/// What is not verified is shown as such to staff and never told to a citizen as law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Found in a public source.
    Verified,
    /// From memory; no source was at hand.
    Memory,
    /// Follows from a verified rule, but no instrument says so for this case yet.
    Computed,
    /// The habit of offices, not law.
    Practice,
    /// Sources disagree, or a part of it was not found.
    Uncertain,
}

impl Mark {
    /// Whether it may be told as law.
    #[must_use]
    pub fn is_verified(self) -> bool {
        self == Self::Verified
    }
}

/// A name or a sentence in our two languages.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize)]
pub struct Bilingual {
    /// Tiếng Việt.
    pub vi: String,
    /// English.
    pub en: String,
}

impl Bilingual {
    /// The text in one language.
    #[must_use]
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}
