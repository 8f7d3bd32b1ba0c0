//! The whole office in one process: `vanphong`.
//!
//! Links every service, runs them over the in-process bus with one SQLite file each, opens the HTTP door, and gives the
//! operator a command line. Nothing of the rules is here: whatever this crate does to data it does through calls.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

/// The command line: what can be typed, and which command runs.
pub mod cli;
/// The socket on which a running office answers the commands of its operator.
pub mod control;
/// Content for looking around: invented people and a week of invented documents.
pub mod demo;
/// Running an office as services: what must be there before they start.
pub mod deploy {
    /// The configuration of the broker.
    pub mod broker;
    /// Certificates of the servers.
    pub mod certificates;
    /// The commands.
    pub mod command;
    /// The folder of keys and configuration.
    pub mod folder;
    /// Asking an address whether all is well.
    pub mod health;
    /// Making what is missing.
    pub mod init;
    /// Keys and passwords.
    pub mod keys;
    /// Speaking to the broker of a deployment.
    pub mod operator;
    /// Who may say and hear what on the bus.
    pub mod rights;
    /// Roles and schemas of PostgreSQL.
    pub mod roles;
}
/// How a command ends: its exit code, and how errors are told.
pub mod exit;
/// One lock on the data folder.
pub mod lock;
/// Settings of the process, with a section for each service.
pub mod settings;
/// Starting and stopping everything.
pub mod standalone;

/// What the commands do.
mod command {
    pub(crate) mod demo;
    pub(crate) mod edxml;
    pub(crate) mod enrol;
    pub(crate) mod import;
    pub(crate) mod look;
    #[cfg(feature = "search")]
    pub(crate) mod search;
    pub(crate) mod signatures;
    pub(crate) mod up;
}
/// The first administrator and the code that makes one.
mod first;
/// The operator's end of the line to the office, running or not.
mod line;
/// How far a longer piece of work has come.
mod progress;
/// Keeping `vanphong up` alive.
mod supervise;
/// The official list of offices.
mod units;

pub use settings::Settings;
pub use standalone::{Standalone, Start};

use service::Service;

/// Every service of an office that has a database, in the order of the alphabet.
#[must_use]
pub fn services() -> Vec<Service> {
    vec![
        documents::service(),
        #[cfg(feature = "forms")]
        forms::service(),
        identity::service(),
        notices::service(),
        programme::service(),
        #[cfg(feature = "search")]
        search::service(),
    ]
}
