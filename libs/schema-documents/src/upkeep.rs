//! Upkeep of the stored files, asked for by our own services and the operator's command.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::id::OfficeId;

/// Clears away stored contents of an office that no document names: found loose once, they are condemned after seven
/// days and removed by the next sweep after that.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SweepFiles {
    /// The office.
    pub office: OfficeId,
}

/// What a sweep did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FilesSwept {
    /// Contents removed for good.
    pub removed: u32,
    /// Contents that no document names at this moment, on their way out.
    pub loose: u32,
}
