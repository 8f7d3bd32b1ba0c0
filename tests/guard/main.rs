//! The house rules as tests. A guard that fails says what to do instead; none of them starts a server.
//!
//! Every guard is a pure function from what it looks at to a list of complaints, and has tests of its own that show it
//! complain. `BLESS=1` rewrites the golden files it keeps in `tests/golden`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

/// What a changed contract breaks.
mod compare;
/// Every crate has what belongs to it.
mod complete;
/// Who calls and hears whom.
mod consumers;
/// Contracts change by addition only.
mod contracts;
/// Who imports whom among our own crates.
mod edges;
/// Golden files.
mod golden;
/// Licences of everything in the tree.
mod licences;
/// Fields of log lines are on the allow-list.
mod log_fields;
/// Every version, feature and lint is stated once, and nothing is named for nothing.
mod manifests;
/// Migrations only add.
mod migrations;
/// Calls that need no permission.
mod open_calls;
/// Third-party crates and who may name them.
mod owners;
/// What calls need is what roles give.
mod permissions;
/// Rules stay free of I/O, clock and randomness.
mod purity;
/// Whether what one side writes can be read by the other.
mod readable;
/// No reply puts figures beside a person.
mod refused_uses;
/// Every event has a sample.
mod samples;
/// One name, one meaning, in all contracts.
mod schemas;
/// Size, beginnings and names of files.
mod tidy;
/// What the guards look at.
mod tree;
/// Words that no file contains.
mod words;
