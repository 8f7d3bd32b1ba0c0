//! Real servers for tests: a NATS server and PostgreSQL as child processes that never outlive the test, on a memory
//! file system where there is one, with every setting that production demands.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

/// Authenticator apps and passkeys in software.
pub mod authenticator;
/// Services at work on any pair of bus and database, and people to call them.
pub mod bench;
/// Folders that go away with the test.
pub mod dir;
/// What other programs say of signatures.
pub mod judges;
/// A real `nats-server` of one's own.
pub mod nats;
/// Small PDFs, signed and unsigned.
pub mod pdf;
/// Signed-in people with any authority, for services that are tested without identity.
mod people;
/// A fresh database in a real PostgreSQL.
pub mod postgres;
/// Child processes, and waiting for them without sleeping blindly.
pub mod process;
/// Where the servers' programs are.
mod program;
/// Papers as offices write them, by the thousand.
pub mod prose;
/// A time-stamp authority.
pub mod stamper;
/// Small Word documents.
pub mod word;

pub use bench::{Bench, Pair};
pub use people::Person;
