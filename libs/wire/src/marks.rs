//! The marks a document bears: secrecy and urgency.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Degree of secrecy (độ mật; Luật 117/2025/QH15), least first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Secrecy {
    /// Not a state secret.
    #[default]
    Open,
    /// Mật.
    Secret,
    /// Tối mật.
    HighlySecret,
    /// Tuyệt mật.
    TopSecret,
}

/// Degree of urgency (độ khẩn), least first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// No mark.
    #[default]
    Normal,
    /// Khẩn.
    Urgent,
    /// Thượng khẩn.
    VeryUrgent,
    /// Hỏa tốc.
    Express,
}

impl Secrecy {
    /// The word as storage and settings write it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Secret => "secret",
            Self::HighlySecret => "highly_secret",
            Self::TopSecret => "top_secret",
        }
    }
}
