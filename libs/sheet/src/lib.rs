//! Spreadsheets as people send them: rows of cells, and which column holds what.
//!
//! Nothing here does I/O or knows an office: bytes go in, rows or the reason why there are none come out.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

/// One cell and what it says.
mod cell;
/// The row of heads.
mod heads;
/// From bytes to rows.
mod read;

pub use cell::{Cell, Unfit};
pub use heads::{Heads, heads, plain};
pub use read::{LARGEST, Row, Unreadable, read};
