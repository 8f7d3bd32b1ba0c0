//! Content for looking around: invented people, and a week of invented documents that was lived through calls.

/// The accounts, with their random passwords.
pub mod accounts;
/// Filling a new folder.
pub mod filling;

/// An office that comes over from paper.
mod adopting;
/// The calendar of the coming week.
mod calendar;
/// People who sign in and call.
mod desk;
/// Dossiers of work.
mod filing;
/// Hiring the cast.
mod hiring;
/// Electronic mail that has come.
pub(crate) mod mail;
/// The organisations of the Party.
mod party;
/// A small PDF.
mod pdf;
/// The script as its files tell it.
mod script;
/// Keys for trials.
pub(crate) mod signing_keys;
/// The post of a week and what becomes of it.
mod week;
/// Work that is given and done.
mod working;
/// Documents that are written and issued.
mod writing;

pub use accounts::Account;
pub use filling::fill;
