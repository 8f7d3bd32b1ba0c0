//! Masked lines of documents above the secrecy ceiling: why one is voided.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why a masked line was voided: a closed list, for free text could say what the document is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MaskedVoidReason {
    /// It was entered or numbered twice.
    EnteredTwice,
    /// It was entered in the wrong register, or with a wrong degree, day or count.
    EnteredWrongly,
    /// The document is not issued, or was taken back by its author.
    Withdrawn,
}
