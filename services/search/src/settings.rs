//! The section `[search]` of the settings.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// What an installation can set for its index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The folder of the index. It holds nothing that cannot be made anew, and needs no backup. Empty for a passing one,
    /// made anew at each start.
    pub folder: PathBuf,
    /// How much memory, in MB, changes may take before they are written to the index.
    pub memory_mb: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { folder: PathBuf::new(), memory_mb: 64 }
    }
}
