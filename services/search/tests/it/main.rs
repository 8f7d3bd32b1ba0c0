//! Search through the bus, over a real database and a real index, with the other services played.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod access;
mod office;
mod relevance;
mod steps;
