//! A document of any genre (văn bản).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{Secrecy, Urgency};

use crate::{Block, Letterhead, Signature};

/// A document as it is to stand on paper. Its genre decides where things stand: an official letter has no title and bears
/// its abstract under the number; minutes have two signatures side by side; some administrative papers are of A5.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentPaper {
    /// The key of the genre, as in the list of genres of `documents`.
    pub genre: String,
    /// The head of the first page.
    pub head: Letterhead,
    /// What it is about (trích yếu).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Degree of secrecy, printed as a mark.
    #[serde(default)]
    pub secrecy: Secrecy,
    /// Degree of urgency, printed as a mark.
    #[serde(default)]
    pub urgency: Urgency,
    /// How far it may be passed on, such as `XEM XONG TRẢ LẠI`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub circulation: Option<String>,
    /// Which draft it is (dự thảo lần n), from 1; absent once it is issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<u32>,
    /// To whom it is addressed (kính gửi).
    #[serde(default)]
    pub addressees: Vec<String>,
    /// The text.
    pub body: Vec<Block>,
    /// Who signs, one or more.
    pub signatures: Vec<Signature>,
    /// To whom it goes (nơi nhận).
    #[serde(default)]
    pub recipients: Vec<String>,
    /// The typist's initials and the number of copies, as printed at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typist: Option<String>,
}
