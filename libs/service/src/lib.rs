//! The chassis: everything a service does that is not its own business.
//!
//! A service is a contract plus one function per subject. The chassis decodes, authenticates, fetches authority,
//! authorizes, begins, claims, runs the function, stores reply, events and audit, commits, answers, relays, retries, and
//! runs jobs. Whoever has seen one service has seen all.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

/// What every service answers besides its own contract: describe, replay, snapshot, dead letters.
pub mod builtin;
/// Pure: what a consumer does with what it is offered.
pub mod consumer;
/// Pure: what the relay does next.
pub mod relay;
/// Settings of a process, and the sections of its services.
pub mod settings;

mod answers;
mod audit;
mod authority;
mod beside;
mod caller;
mod consuming;
mod context;
mod door;
mod error;
mod issuing;
mod job;
mod measuring;
mod platform;
mod process;
mod proving;
mod reading_audit;
mod reconciling;
mod relaying;
mod running;
mod sealed_files;
mod sealing;
mod set_to;
mod snapshot;
mod standard;
mod store;
mod table;
mod upkeep;
mod vitals;
mod working;
mod write;

pub use audit::Audit;
pub use auth::{Caller, Deed, ItemKey, PersonCaller, Scope};
pub use beside::{Beside, Nouns};
pub use caller::Keys;
pub use context::{Claimed, Read, Write};
pub use error::{Recorded, Result, recorded, step_up_needed};
pub use job::{Job, Next};
pub use measuring::measured;
pub use platform::{Platform, ServiceKeys};
pub use process::main;
pub use running::{Running, migrate, start};
pub use sealed_files::SealedUpload;
pub use sealing::{is_signed, origin};
pub use set_to::Configured;
pub use store::{InScope, lock};
pub use table::{Gone, Service};
pub use write::request_hash;
