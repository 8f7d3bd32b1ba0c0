//! What is found (kết quả tra cứu).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wire::{Cursor, Day, id::OfficeId};

/// The kinds of nouns that can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SearchKind {
    /// A document that arrived (văn bản đến).
    IncomingDocument,
    /// A document of the office, drafts among them (văn bản đi, dự thảo).
    OutgoingDocument,
    /// A piece of assigned work (nhiệm vụ).
    Assignment,
}

impl SearchKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::IncomingDocument, Self::OutgoingDocument, Self::Assignment];

    /// The word as storage and messages write it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::IncomingDocument => "incoming_document",
            Self::OutgoingDocument => "outgoing_document",
            Self::Assignment => "assignment",
        }
    }
}

/// A stretch of a text that was looked for, in characters (Unicode scalar values) from 0; `to` is the first one after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SearchMark {
    /// The first character.
    pub from: u32,
    /// The first character after it.
    pub to: u32,
}

/// A text in Unicode form NFC, with what was looked for marked in it. Marks are in order and do not touch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SearchText {
    /// The text.
    pub text: String,
    /// What to highlight.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<SearchMark>,
}

/// One noun that was found. It names no person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SearchHit {
    /// What it is.
    pub kind: SearchKind,
    /// Its id, by which the service that keeps it shows it.
    pub id: Uuid,
    /// The office it belongs to.
    pub office: OfficeId,
    /// What it is about (trích yếu, tên việc); absent where the register holds none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<SearchText>,
    /// Number and symbol (số và ký hiệu).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<SearchText>,
    /// The body that wrote it, issues it, or leads the work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<SearchText>,
    /// The name of its genre (tên loại).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genre_name: Option<String>,
    /// The number in the register (số đến, số đi).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<i64>,
    /// Its day: the day it bears, else the day it arrived; of work the day it was given. A draft has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
}

/// How many nouns the caller may read that fit, by kind. The filter on kinds does not count here, so that each number
/// says what its tab would hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SearchCounts {
    /// Documents that arrived.
    pub incoming_documents: u64,
    /// Documents of the office.
    pub outgoing_documents: u64,
    /// Work.
    pub assignments: u64,
}

/// A page of what was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SearchFound {
    /// The hits of this page.
    pub items: Vec<SearchHit>,
    /// Where the next page begins; absent on the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Cursor>,
    /// How many fit.
    pub counts: SearchCounts,
    /// Whether nothing held every word as it was typed, and these are the nearest: one letter apart, or most of the words.
    #[serde(default)]
    pub nearest: bool,
    /// Whether the index is behind what was told (chỉ mục chậm): something may be missing for a moment.
    #[serde(default)]
    pub behind: bool,
}
