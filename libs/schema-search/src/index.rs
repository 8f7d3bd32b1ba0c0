//! The index itself, for whoever runs the installation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Has the index made anew from the snapshots of the services that keep the nouns, in a folder of its own, while the old
/// one serves. Asked again while that goes on, it begins once more afterwards.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RebuildIndex {}

/// Asks how the index is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetIndexStatus {}

/// How the index is, in the process that answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IndexStatus {
    /// How often a rebuild was asked for.
    pub asked: i64,
    /// Which of them the serving index comes from.
    pub serving: i64,
    /// Whether one is being made.
    pub rebuilding: bool,
    /// How many changes wait to be indexed.
    pub waiting: i64,
    /// How many nouns can be found.
    pub nouns: u64,
    /// How much room the index takes on disk, in bytes.
    pub bytes: u64,
}
