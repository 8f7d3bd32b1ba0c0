//! The portal through real HTTP, with the real services behind it on the in-process bus.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

/// One's own account: second step, first use, factors, devices, the choice of a post.
mod account;
/// How pages look for whom, wherever they sign in; and what is lent to them.
mod account_kept;
/// Who stands in for whom, hand-overs, imports of the directory.
mod account_standing;
/// The administrator's pages, and the directory.
mod admin;
/// Registers: whether a number is missing, and what stands on paper.
mod books;
/// The calendar of a week.
mod calendar;
/// What the rules of form find in a draft, and its printed page.
mod coaching;
/// What is decided upon what came in, and the work that comes from it.
mod deciding;
/// Forms: forged ones, repeated ones, wrong ones, and what is kept of them.
mod desk_books;
mod forms;
/// What comes as a file through an ordinary form.
mod handed_in;
/// An office with all its services at work, its people, and what they have written.
mod house;
/// Second factors and one-time codes.
mod house_account;
/// What an administrator looks after.
mod house_admin;
/// The calendar of an office, and orders by word of mouth.
mod house_calendar;
/// What is decided in an office.
mod house_deciding;
/// What a clerk brings into the queue.
mod house_intake;
/// What an office writes.
mod house_outgoing;
/// More people, and the office below.
mod house_people;
/// Who stands in for whom, hand-overs, imports.
mod house_standing;
/// Files in forms, the file beside the words, and likely duplicates.
mod intake;
/// What changes on an open page.
mod live;
/// What the office says of itself, and its emblem.
mod office_page;
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
/// Fresh proofs of who is there.
mod proving;
/// The clerk's queue.
mod queue;
/// An account recovered by two administrators.
mod recovery;
/// What is withheld from roles.
mod roles_page;
/// Signing in and out.
mod signing_in;
/// What lies between the portal and the services.
mod tap;
/// Notices, one's own work, what is overdue, the head's own unit, search and help.
mod waiting;
/// The log of acts, the check of it, and how the services are.
mod watching;
/// The working days of a year.
mod workdays;
/// A portal before a house, and a browser.
mod world;
