//! Files: uploads are staged, claimed by the service that names them, and read back with their hash checked.
//!
//! ```text
//! <root>/staging/<hash>                        what an upload left; swept when nobody claims it
//! <root>/<service>/<office>/<aa>/<hash>        what a service holds for an office; <aa> = the hash's first two digits
//! ```
//!
//! A file's name is the SHA-256 of its content, so the same content is stored once within one service and office, and
//! never shared beyond: knowing a hash opens nothing. A file is durable before this crate says so; the row that names
//! it comes after. Pictures can be read without the metadata that cameras and programs put into them; the stored file keeps
//! it. This crate reads no clock and writes nothing but these two places.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

/// What can go wrong, and which of it must stop the process.
mod error;
/// The durable acts on a local folder. Synchronous; called through `spawn_blocking`.
mod folder;
/// The only door to file names: nothing else may reach the file system.
mod key;
/// Reading with ranges, the hash checked on the way.
mod reading;
/// Writing an upload: hashed, counted and limited while it streams.
mod staging;
/// The store and the area of one service for one office.
mod store;

/// Reading what a plan shows of a picture.
mod cutting;

/// Pictures without what was written into them.
pub mod bare;
/// Which formats an office accepts, and how each is named.
pub mod format;
/// Recognising a format by its content.
pub mod sniff;
/// Looking into the head of a ZIP archive.
mod zip;

pub use error::Error;
pub use format::Format;
pub use reading::Content;
pub use sniff::{Refused, recognise};
pub use staging::{HEAD_BYTES, Staged, Staging};
pub use store::{Area, Held, Store};
