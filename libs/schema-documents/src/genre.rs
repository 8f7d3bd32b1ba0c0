//! The genres of Party documents (thể loại văn bản của Đảng).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{Cursor, Day};

/// A genre of Party documents, with the instrument that names it and the days it holds for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Genre {
    /// The key by which documents and registers name it. A code does not do: `QĐ` is quyết định and quy định.
    pub key: String,
    /// Its name (tên loại).
    pub name: String,
    /// Its name in English.
    pub gloss: String,
    /// Its code in a symbol; a genre without one is not numbered by series.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// How well the code is attested; what is not verified is shown as such.
    pub mark: GenreMark,
    /// Whether it is an administrative paper (giấy tờ hành chính) rather than a named genre.
    #[serde(default)]
    pub administrative: bool,
    /// The instrument that names it.
    pub instrument: String,
    /// The first day on which it holds.
    pub valid_from: Day,
    /// The first day on which it no longer holds; absent while it is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Day>,
}

/// How well the code of a genre, or a rule of form, is attested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GenreMark {
    /// Found in a public source.
    Verified,
    /// From memory; no source was at hand.
    Memory,
    /// Seen in use; no source was at hand.
    Practice,
    /// Sources disagree, or it was not found.
    Uncertain,
}

/// The genres in force on a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListGenres {
    /// The day; today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}
