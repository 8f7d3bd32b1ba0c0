//! Where a service's database is.

use serde::{Deserialize, Serialize};

/// The database of one service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DbSettings {
    /// `sqlite:///path/to/file.db` or `postgres://user@host:port/database`.
    pub url: String,
    /// The PostgreSQL schema this service keeps its tables in; unused on SQLite.
    pub schema: String,
    /// The most connections to PostgreSQL; SQLite always has one writer and two readers.
    pub connections: u32,
}

impl Default for DbSettings {
    fn default() -> Self {
        Self { url: String::new(), schema: "public".to_owned(), connections: 8 }
    }
}
