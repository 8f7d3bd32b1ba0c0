//! Programme through the bus, over a real database, with identity and documents played.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod book;
mod calendar_desk;
mod calendar_entries;
mod calendar_refusals;
mod calendar_weeks;
mod closures;
mod deputies;
mod desk;
mod giving;
mod lapsing;
mod lists;
mod moving;
mod refusals;
mod succession;
mod telling;
