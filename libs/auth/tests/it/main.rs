//! What this crate promises to the rest of the house, tested through its public face.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod acting;
mod bent;
mod commitments;
mod forgeries;
mod key_files;
mod keys;
mod people;
mod policy;
mod policy_laws;
mod sealing;
mod tokens;
