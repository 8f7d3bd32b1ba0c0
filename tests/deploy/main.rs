//! A deployment as services: what `vanphong deploy init` makes, held against a real broker and a real database.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod compose;
mod deployment;
mod discovery;
mod files;
mod rights;
mod roles;
mod running;
mod terminal;
