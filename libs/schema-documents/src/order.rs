//! In which order a list stands.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The order of a list. A cursor goes on in the order of the call that it is given to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ListOrder {
    /// What came last stands first.
    #[default]
    LatestFirst,
    /// What came first stands first.
    OldestFirst,
}
