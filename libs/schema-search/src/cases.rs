//! Earlier cases (việc trước tương tự): what like this was handled before.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{SearchHit, SearchKind};

/// Asks for the nearest earlier cases of a noun that the caller may read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EarlierCases {
    /// What it is.
    pub kind: SearchKind,
    /// Its id.
    pub id: Uuid,
}

/// One earlier case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EarlierCase {
    /// The case; what both have in common is marked.
    pub hit: SearchHit,
    /// How much of what is particular in the title stands in both, in hundredths.
    pub alike_percent: u8,
}

/// The nearest earlier cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EarlierCasesFound {
    /// At most five, the nearest first; empty means that none was found, and nothing is guessed.
    pub items: Vec<EarlierCase>,
}
