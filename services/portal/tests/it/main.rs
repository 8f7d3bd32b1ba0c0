//! The portal through real HTTP, with the real services behind it on the in-process bus.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

/// One's own account: second step, fresh proofs, factors, devices, the choice of a post.
mod account;
/// Who stands in for whom, hand-overs, imports of the directory.
mod account_standing;
/// The administrator's pages, and the directory.
mod admin;
/// Calendar, notices, overdue work, the head's own unit, search and help.
mod calendar;
/// What is decided upon what came in, and the work that comes from it.
mod deciding;
/// Forms: forged ones, repeated ones, wrong ones, and what is kept of them.
mod forms;
/// What comes as a file through an ordinary form.
mod handed_in;
/// An office with all its services at work, its people, and what they have written.
mod house;
/// Files in forms, the file beside the words, and likely duplicates.
mod intake;
/// What changes on an open page.
mod live;
/// Opening acts of registers.
mod opening;
/// What goes out: from the first draft to the number.
mod outgoing;
/// What must hold in every template and on every page.
mod page_rules;
/// Pages as somebody sees them.
mod pages;
/// What came back, the send list of a day, both kinds of documents by words.
mod papers;
/// The clerk's queue.
mod queue;
/// An account recovered by two administrators.
mod recovery;
/// Signing in and out.
mod signing_in;
/// A portal before services whose answers a test gives, and a browser.
mod stage;
/// What lies between the portal and the services.
mod tap;
/// The log of acts, the check of it, and how the services are.
mod watching;
/// A portal before a house, and a browser.
mod world;
