//! The only shape of an error on the wire.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What kind of no this is. The HTTP status follows from it and from nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The request itself is wrong (422).
    Invalid,
    /// Nobody is signed in, or the token is no longer good (401).
    Unauthenticated,
    /// The caller lacks the permission this call needs, whatever the object (403).
    Denied,
    /// No such thing, or it lies outside the caller's scope: the two look the same (404).
    Missing,
    /// The state of things does not allow it (409).
    Conflict,
    /// The noun has changed since the caller read it (412).
    Stale,
    /// Too large (413).
    TooLarge,
    /// Too often (429).
    Limited,
    /// Nobody can answer just now; try again (503).
    Busy,
    /// The time allowed has passed; whether it was done is not known (504).
    OutOfTime,
    /// No room to store it (507).
    OutOfSpace,
    /// Our mistake; it has been logged under the trace id (500).
    Broken,
}

/// The languages we speak; Vietnamese unless asked otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Tiếng Việt.
    #[default]
    Vi,
    /// English.
    En,
}

/// A no, with its reason in two languages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Fault {
    /// What kind of no.
    pub kind: Kind,
    /// A stable code that programs may match on, such as `documents.series_closed`.
    pub code: String,
    /// The sentence in English.
    pub en: String,
    /// The sentence in Vietnamese.
    pub vi: String,
    /// The field at fault, as a JSON pointer without its first slash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The legal instrument, when a legal rule refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<String>,
    /// The values of the refusal, for programs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<serde_json::Value>,
    /// Seconds after which trying again makes sense.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<u32>,
}

impl Fault {
    /// A fault with nothing but its kind, code and sentences.
    #[must_use]
    pub fn new(kind: Kind, code: &str, en: impl Into<String>, vi: impl Into<String>) -> Self {
        Self {
            kind,
            code: code.to_owned(),
            en: en.into(),
            vi: vi.into(),
            field: None,
            instrument: None,
            detail: None,
            retry_after_s: None,
        }
    }

    /// The same fault, saying when to try again.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after_s = Some(seconds);
        self
    }

    /// The same fault, naming the field at fault.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// The sentence in a language.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({})", self.en, self.code)
    }
}

impl std::error::Error for Fault {}
