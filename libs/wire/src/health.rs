//! How a service is, as its administrators see it: a word for each part it leans on, and figures for whoever looks after
//! the whole installation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// How one service is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetHealth {}

/// A word for how something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HealthState {
    /// As it should be.
    Good,
    /// It works, and somebody should look.
    Late,
    /// It does not do its work, or soon will not.
    Bad,
}

/// What a service leans on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HealthPart {
    /// Its database answers.
    Database,
    /// The courier of calls and events can be reached.
    Courier,
    /// Events that the courier has not taken.
    Outbox,
    /// Events of another service that it has still to apply.
    Consumer,
    /// Events of another service that could not be applied.
    DeadLetters,
    /// Jobs whose time has come.
    Jobs,
    /// Jobs put aside because they failed too often.
    ParkedJobs,
    /// Acts without a place in the signed log.
    Seal,
    /// Room on a disk.
    Room,
}

/// How one part is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HealthRow {
    /// Which part.
    pub part: HealthPart,
    /// Which one of several: another service, or `files` and `database` for disks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// How it is.
    pub state: HealthState,
    /// How many wait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting: Option<u64>,
    /// How long the oldest has waited, in milliseconds; of a database, how long it took to answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub took_ms: Option<u64>,
    /// Bytes that are free.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free_bytes: Option<u64>,
}

/// How a service is. Figures stand only in the answer to whoever administers every office in which people act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceHealth {
    /// The worst of its parts.
    pub state: HealthState,
    /// The version of its program.
    pub version: String,
    /// Since when it has been at work.
    pub started: Instant,
    /// What its clock says.
    pub now: Instant,
    /// Each part.
    pub parts: Vec<HealthRow>,
}
