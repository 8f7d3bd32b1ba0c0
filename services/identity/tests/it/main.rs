//! Identity through the bus, against real databases.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod authority;
mod deputies;
mod directory;
mod enrolling;
mod handovers;
mod lineage;
mod offices;
mod own_password;
mod peers;
mod people;
mod positions;
mod signing_in;
mod tokens;
mod world;
