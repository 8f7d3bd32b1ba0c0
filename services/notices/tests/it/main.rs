//! Notices through the bus, over a real database and a real mail server, with the other services played.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod book;
mod deputising;
mod due;
mod mailing;
mod office;
mod settings;
mod smtp;
mod turns;
