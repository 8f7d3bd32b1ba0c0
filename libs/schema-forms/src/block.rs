//! What the text of a document is made of, in the order of the paper.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A piece of a document's text. Numbers are given as they are printed, because the author chose them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A heading (phần, chương, mục).
    Heading {
        /// How high it stands.
        rank: HeadingRank,
        /// Its number, such as `Chương II` or `I-`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<String>,
        /// Its words.
        text: String,
    },
    /// An article (điều).
    Article {
        /// Its number, such as `Điều 3.`.
        number: String,
        /// Its title or its first sentence.
        text: String,
    },
    /// A clause (khoản).
    Clause {
        /// Its number, such as `2.`.
        number: String,
        /// Its words.
        text: String,
    },
    /// A point (điểm), or a dash.
    Point {
        /// Its letter or dash, such as `a)` or `-`.
        number: String,
        /// Its words.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// Its words.
        text: String,
    },
    /// A ground on which the document rests (căn cứ).
    Ground {
        /// Its words.
        text: String,
    },
    /// A table.
    Table {
        /// What it is about, above it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        caption: Option<String>,
        /// Its columns, at least one.
        columns: Vec<Column>,
        /// Its rows, each with as many cells as there are columns.
        rows: Vec<Vec<String>>,
    },
}

/// How high a heading stands among others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HeadingRank {
    /// Phần.
    Part,
    /// Chương.
    Chapter,
    /// Mục, or a Roman numeral (I-, II-).
    Section,
    /// An Arabic numeral (1., 2.) that heads paragraphs.
    Subsection,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Column {
    /// What stands in its head.
    pub head: String,
    /// How wide it is beside the others, 1 to 100.
    pub width: u8,
    /// Whether its cells are centred, as numbers and days are.
    #[serde(default)]
    pub centred: bool,
}
