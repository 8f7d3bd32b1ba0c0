//! How somebody wants to see the pages of an office, kept with their account, since desks are shared.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::id::AppointmentId;

/// Shows the caller's own preferences; the usual ones while they have set none.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct GetMyPreferences {}

/// The language of pages. Records stay in the language in which they were written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InterfaceLanguage {
    /// Tiếng Việt.
    #[default]
    Vi,
    /// English.
    En,
}

/// How somebody wants to see pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MyPreferences {
    /// The language of pages.
    pub language: InterfaceLanguage,
    /// The size of letters, in percent of the usual one.
    pub text_size: u16,
    /// Whether rows stand close.
    pub dense: bool,
    /// Whether single keys act (WCAG 2.1.4: they can be turned off).
    pub single_keys: bool,
    /// In which of several posts they work; absent for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<AppointmentId>,
}

impl Default for MyPreferences {
    fn default() -> Self {
        Self { language: InterfaceLanguage::Vi, text_size: 100, dense: false, single_keys: true, post: None }
    }
}

/// Sets the caller's own preferences, all at once.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SetMyPreferences {
    /// The language of pages.
    pub language: InterfaceLanguage,
    /// The size of letters, in percent of the usual one: 100 to 150.
    pub text_size: u16,
    /// Whether rows stand close.
    pub dense: bool,
    /// Whether single keys act.
    pub single_keys: bool,
    /// In which of their posts they work: an appointment of theirs that is in force.
    #[serde(default)]
    pub post: Option<AppointmentId>,
}
