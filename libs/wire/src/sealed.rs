//! A value that stays shut: it can travel and rest only as ciphertext.

use std::{borrow::Cow, fmt, marker::PhantomData};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// Ciphertext of a `T`, base64, with the id of the key that opens it. There is no way to the clear from here, and
/// `Debug` prints nothing of it: opening is a reasoned, audited act of the `seal` library.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed<T> {
    key: String,
    ciphertext: String,
    #[serde(skip)]
    holds: PhantomData<fn() -> T>,
}

impl<T> Sealed<T> {
    /// Wraps what a sealing key has already encrypted.
    #[must_use]
    pub fn new(key: String, ciphertext: String) -> Self {
        Self { key, ciphertext, holds: PhantomData }
    }

    /// The id of the key that opens this.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The ciphertext, base64.
    #[must_use]
    pub fn ciphertext(&self) -> &str {
        &self.ciphertext
    }
}

impl<T> fmt::Debug for Sealed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("▮")
    }
}

impl<T> JsonSchema for Sealed<T> {
    fn schema_name() -> Cow<'static, str> {
        "Sealed".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "properties": { "key": { "type": "string" }, "ciphertext": { "type": "string" } },
            "required": ["key", "ciphertext"],
            "x-sealed": true
        })
    }
}
