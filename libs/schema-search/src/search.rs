//! Asking: by words and fields, and while typing.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{Cursor, Day, id::OfficeId};

use crate::SearchKind;

/// Looks for nouns that the caller may read. At least one of words, symbol, genre and days must be given.
///
/// In `q` every word counts, with or without accents. `"…"` is a phrase; `-word` excludes; `số:817-CV/VPTU`,
/// `loại:"công văn"`, `cơ-quan:"tỉnh ủy"`, `từ:01/10/2026`, `đến:31/10/2026` and `năm:2026` are filters, which may also be
/// typed without accents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Search {
    /// What to look for, up to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Only this kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<SearchKind>,
    /// Only of this office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<OfficeId>,
    /// Only of this genre: its name or its key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genre: Option<String>,
    /// From this day on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Up to and with this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Number and symbol, or the beginning of it: `817`, `817-CV`, `817cvvptu`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    /// In which order.
    #[serde(default)]
    pub order: SearchOrder,
    /// How many at most, up to 50; 20 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on, as the previous page said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// The order of what is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SearchOrder {
    /// The caller's own offices first, and in them what fits best; without words the latest first.
    #[default]
    Relevance,
    /// The latest day first.
    Latest,
}

/// Asks for the rest of what is being typed, accents not needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Suggest {
    /// What was typed so far, up to 100 characters; the last word may be unfinished.
    pub q: String,
    /// Only of this office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<OfficeId>,
}

/// What could be meant: phrases as they stand in titles and names of bodies that the caller may read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Suggestions {
    /// At most eight, the likeliest first.
    pub items: Vec<String>,
}
