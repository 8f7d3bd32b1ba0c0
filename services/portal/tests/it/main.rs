//! The portal through real HTTP, with services played on the in-process bus.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

/// Forms: forged ones, repeated ones, wrong ones, and what is kept of them.
mod forms;
/// What must hold in every template and on every page.
mod page_rules;
/// Pages as somebody sees them.
mod pages;
/// Signing in and out.
mod signing_in;
/// A portal with played services, and a browser.
mod world;
