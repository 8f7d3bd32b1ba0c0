//! Journeys: one story each through the HTTP door, on both deployed profiles.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

/// Keeps what processes export.
mod collector;
mod dashboard;
/// A small service run by a test itself.
mod guest;
mod letter;
mod notices;
mod openapi;
mod pages;
/// Ids of the demo office for the examples.
mod placeholders;
mod secrets;
mod team;
mod trace;
