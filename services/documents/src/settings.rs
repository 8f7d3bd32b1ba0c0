//! The section `[documents]` of the settings.

use serde::{Deserialize, Serialize};
use wire::Secrecy;

/// What an installation decides about its documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The highest degree of secrecy whose content may be kept here. A system with a way to the Internet keeps none:
    /// `open`, the default. Above it only masked lines are entered.
    pub secrecy_ceiling: Secrecy,
    /// Whether the arrival register of a calendar year opens itself with the first document of the year, unless the
    /// office has a register of its own for any day of it.
    pub open_arrival_registers: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { secrecy_ceiling: Secrecy::Open, open_arrival_registers: true }
    }
}
