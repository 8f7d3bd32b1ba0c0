//! The vocabulary of contracts: what every service, client and bus message is made of.
//!
//! Nothing here does I/O, reads a clock or knows a database.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod audit;
mod authority;
mod contract;
mod contract_macro;
mod envelope;
mod fault;
mod file;
mod health;
mod marks;
mod meta;
mod money;
mod page;
mod sealed;
mod settings;
mod standard;
mod time;

/// Typed identifiers: one registry for the whole workspace.
pub mod id;
/// How a service says no: the `refusals!` table and its catalogue.
pub mod refusal;

pub use audit::{AuditBreach, AuditPrincipal, AuditProof, AuditRow, AuditState, ListAudit, VerifyAudit};
pub use authority::{Authority, FreshProof, Grant, OnBehalfOf, PublicKey};
pub use contract::{
    Call, CallRow, Contract, Effect, Event, EventRow, Example, Http, Method, Need, call_subject, event_subject,
};
pub use envelope::{Bundle, Envelope, Position};
pub use fault::{Fault, Kind, Lang};
pub use file::{Download, FileRef, Ticket};
pub use health::{GetHealth, HealthPart, HealthRow, HealthState, ServiceHealth};
pub use marks::{Secrecy, Urgency};
pub use meta::{Meta, header};
pub use money::Dong;
pub use page::{Cursor, Page, Version};
pub use refusal::{Refusal, RefusalRow};
pub use sealed::Sealed;
pub use settings::{GetSettings, ServiceSettings, SettingOrigin, SettingRow};
pub use standard::StandardCall;
pub use time::{BadDay, Day, Instant};

/// Used by the macros of this crate; not part of the vocabulary.
#[doc(hidden)]
pub mod reexport {
    pub use schemars;
    pub use serde;
    pub use serde_json;
    pub use uuid;
}

/// The largest message either transport carries, in bytes. Files and exports travel as blobs instead.
pub const MESSAGE_LIMIT: usize = 512 * 1024;
