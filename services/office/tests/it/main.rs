//! `vanphong` as its operator meets it: a program with a folder, a door and commands.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(unreachable_pub)]

/// Settings and the command line.
mod config;
/// The demo, from an empty folder and again.
mod demo;
/// Messages between offices.
mod edxml;
/// The first administrator.
mod enrol;
/// The program as a child of the test.
mod program;
/// The index of searches.
#[cfg(feature = "search")]
mod search;
/// Who signed a document.
mod signatures;
/// Starting, refusing, stopping, coming back.
mod up;
