//! Jobs: reactions to time. Each run is one transaction.

use serde::{Serialize, de::DeserializeOwned};
use wire::Instant;

/// Work that is done later. What it needs to know is its fields.
pub trait Job: Serialize + DeserializeOwned + Clone + Send + Sync + 'static {
    /// The kind of work, unique within the service.
    const KIND: &'static str;
}

/// What becomes of a job after a run.
#[derive(Clone, Debug)]
pub enum Next<J> {
    /// It is done.
    Done,
    /// It goes on at a later moment, with this to know; progress is kept this way.
    Again(J, Instant),
}
