//! The book: every service's own database, SQLite or PostgreSQL, behind one face.
//!
//! The chassis begins and commits; a service's stores only ever see a transaction or a reader.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

/// Audit rows, and the Merkle log that proves them.
pub mod audit;
/// Acts as readers ask for them: an office at a time, newest first.
pub mod audit_reading;
/// Idempotency: the row that is inserted before the work.
pub mod claims;
/// Columns and tables that mean the same on both databases.
pub mod column;
/// Consumer side: positions, and events that could not be applied.
pub mod inbox;
/// Work that is due later and survives a restart.
pub mod jobs;
/// RFC 6962 trees, as far as a log needs them. Pure.
pub mod merkle;
/// Migrations: the chassis' own tables first, then the service's.
pub mod migration;
/// Publisher side: committed events in a dense order.
pub mod outbox;

mod connect;
mod error;
mod m0001_continuity;
/// An index that no rule rests on goes.
mod m0002_events;
/// Acts of an office by time.
mod m0003_audit;
mod seen;
mod settings;
mod sql;
mod standing;
mod tables;
mod turn;

pub use connect::{Backend, Db};
pub use error::{OpenError, is_contended, is_disconnected, is_retryable, is_storage_failure, is_storage_full};
pub use seen::{Observer, Seen};
pub use settings::DbSettings;
pub use sql::Row;
pub use standing::{Pool, Standing, wal_of};
