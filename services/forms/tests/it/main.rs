//! Forms through the bus, over real databases; its papers judged by programs that are not ours.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod bad_input;
mod judges;
mod looking;
mod measures;
mod office;
mod papers;
mod pictures;
mod signed;
