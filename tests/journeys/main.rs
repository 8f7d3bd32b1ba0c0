//! Journeys: one story each through the HTTP door, on both deployed profiles.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod letter;
mod openapi;
/// Ids of the demo office for the examples.
mod placeholders;
mod trace;
