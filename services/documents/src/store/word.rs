//! Enums as the words that columns hold: the same words as on the wire.

use sea_orm::DbErr;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// The word of a plain enum.
pub(super) fn of<T: Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        // Only plain enums come here; a test of each row that holds one would fail on this.
        _ => String::new(),
    }
}

/// The enum of a word.
pub(super) fn read<T: DeserializeOwned>(word: String) -> Result<T, DbErr> {
    serde_json::from_value(Value::String(word)).map_err(|error| DbErr::Type(error.to_string()))
}

/// A count that a column holds.
pub(super) fn count(number: i64) -> Result<u32, DbErr> {
    u32::try_from(number).map_err(|_| DbErr::Type(format!("`{number}` is no count")))
}

/// A year that a column holds.
pub(super) fn year(number: i64) -> Result<u16, DbErr> {
    u16::try_from(number).map_err(|_| DbErr::Type(format!("`{number}` is no year")))
}
