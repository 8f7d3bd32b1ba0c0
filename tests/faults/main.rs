//! Faults: what was acknowledged stays, whatever is killed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

/// What a client was told, written down by the client and synced before it goes on.
mod history;
mod kill;
