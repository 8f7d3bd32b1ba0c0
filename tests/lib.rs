//! What several of the test binaries beside this file use: a client that speaks HTTP as anyone would, a whole
//! installation as processes, and people hired in it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

/// A client at the HTTP door.
pub mod client;
/// A whole installation as processes, in both deployed profiles.
pub mod installation;
/// A letter's way through the office, step by step.
pub mod letter;
/// People hired through the API, as an administrator does it.
pub mod staff;
