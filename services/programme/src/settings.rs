//! The section `[programme]` of the settings.

use serde::{Deserialize, Serialize};

/// What an office can set for its assignments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// How many days ahead work counts as due soon, when a list does not say.
    pub due_soon_days: u16,
}

impl Default for Settings {
    fn default() -> Self {
        Self { due_soon_days: 3 }
    }
}
