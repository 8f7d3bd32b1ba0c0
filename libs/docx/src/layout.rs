//! The measures by which a paper is written. They are data of whoever knows the rules of layout of a day.

use serde::{Deserialize, Serialize};

/// Twips, twentieths of a point, in a millimetre.
const MILLIMETRE: f64 = 1440.0 / 25.4;

/// How a paper is to be set: what it is called, and its measures in millimetres and points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Layout {
    /// The words of its genre, such as `NGHỊ QUYẾT`.
    pub genre: String,
    /// Where title and abstract stand.
    pub arrangement: Arrangement,
    /// Margins in millimetres.
    pub margins: Margins,
    /// Indent of the first line of a paragraph, in millimetres.
    pub indent: f64,
    /// From line to line, in points.
    pub pitch: f64,
    /// Between paragraphs, in points.
    pub gap: f64,
    /// What ends a text whose last paragraph has no mark of its own.
    pub closing: String,
    /// Sizes of letters, in points.
    pub sizes: Sizes,
}

/// Where title and abstract stand on a paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arrangement {
    /// The title, then the abstract, both centred.
    #[default]
    Titled,
    /// No title; the abstract stands under the number.
    Letter,
    /// Titled; several sign side by side.
    Minutes,
    /// Titled, on a sheet of A5 across.
    Slip,
}

/// Margins of a page, in millimetres.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Margins {
    /// Above.
    pub top: f64,
    /// Below.
    pub bottom: f64,
    /// At the left.
    pub left: f64,
    /// At the right.
    pub right: f64,
}

/// Sizes of letters, in points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sizes {
    /// The title of the Party.
    pub party: f64,
    /// The superior body.
    pub superior: f64,
    /// The issuing bodies.
    pub body_name: f64,
    /// The number.
    pub number: f64,
    /// Place and day.
    pub place: f64,
    /// The title of the genre.
    pub genre: f64,
    /// The abstract.
    pub summary: f64,
    /// The abstract of an official letter.
    pub letter_summary: f64,
    /// The text.
    pub text: f64,
    /// Marks of secrecy and urgency.
    pub mark: f64,
    /// The words above the recipients.
    pub recipients_head: f64,
    /// The recipients.
    pub recipients: f64,
    /// The typist's line, and the mark of a digital signature.
    pub small: f64,
    /// The number of the page.
    pub page: f64,
    /// Cells of tables.
    pub cells: f64,
}

impl Default for Margins {
    fn default() -> Self {
        Self { top: 20.0, bottom: 20.0, left: 30.0, right: 15.0 }
    }
}

impl Default for Sizes {
    fn default() -> Self {
        Self {
            party: 15.0,
            superior: 14.0,
            body_name: 14.0,
            number: 14.0,
            place: 14.0,
            genre: 16.0,
            summary: 15.0,
            letter_summary: 12.0,
            text: 14.0,
            mark: 14.0,
            recipients_head: 14.0,
            recipients: 12.0,
            small: 11.0,
            page: 13.0,
            cells: 12.0,
        }
    }
}

/// The measures of Hướng dẫn 36-HD/VPTW, which 05-HD/VPTW kept; without a title.
impl Default for Layout {
    fn default() -> Self {
        Self {
            genre: String::new(),
            arrangement: Arrangement::default(),
            margins: Margins::default(),
            indent: 10.0,
            pitch: 18.0,
            gap: 6.0,
            closing: ".".to_owned(),
            sizes: Sizes::default(),
        }
    }
}

/// Millimetres in twips.
pub(crate) fn millimetres(length: f64) -> u32 {
    whole(length * MILLIMETRE)
}

/// Points in twips.
pub(crate) fn points(length: f64) -> u32 {
    whole(length * 20.0)
}

/// Points in halves, in which sizes of letters are given.
pub(crate) fn halves(size: f64) -> u32 {
    whole(size * 2.0)
}

/// A length that a page may have; what is no length is none.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded, and within 0 and the bound")]
fn whole(length: f64) -> u32 {
    length.round().clamp(0.0, 30_000.0) as u32
}
