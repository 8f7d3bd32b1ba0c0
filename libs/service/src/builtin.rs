//! What every service answers besides its own contract, for other chassis and for operators. All of it is for services
//! only: the caller must bear a service's token. Versions run side by side during an upgrade: fields are only added, each
//! with a default.

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wire::{Contract, Envelope, Fault, Kind, Position};

/// Its contract and who answers: how the gateway learns what there is.
pub const DESCRIBE: &str = "describe.v1";
/// Where the publisher stands; tells it where the asking consumer stands.
pub const POSITION: &str = "position.v1";
/// Events after a number.
pub const EVENTS: &str = "events.v1";
/// The present state of a noun, a page at a time.
pub const SNAPSHOT: &str = "snapshot.v1";
/// Begin a new epoch after this one, because this database is an older copy.
pub const BEGIN_EPOCH: &str = "begin_epoch.v1";
/// Events that could not be applied.
pub const DEAD_LETTERS: &str = "dead_letters.v1";
/// Apply the parked events of an aggregate after all.
pub const RETRY_DEAD: &str = "retry_dead.v1";

/// All of them.
pub const ALL: [&str; 7] = [DESCRIBE, POSITION, EVENTS, SNAPSHOT, BEGIN_EPOCH, DEAD_LETTERS, RETRY_DEAD];

/// Answer of [`DESCRIBE`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Described {
    /// What the service promises.
    pub contract: Contract,
    /// The version of its program.
    pub version: String,
    /// The replica that answers.
    pub instance: Uuid,
}

/// Call of [`POSITION`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WhereAreYou {
    /// Where the asking consumer stands; nothing when it has not begun.
    pub at: Option<Position>,
}

/// Answer of [`POSITION`].
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct StandsAt {
    /// The last event made.
    pub last: Position,
    /// The oldest event still kept.
    pub kept_from: i64,
    /// The event where the asker stands, when it is kept.
    #[serde(default)]
    pub here: Option<Uuid>,
}

/// Call of [`EVENTS`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EventsAfter {
    /// The events that follow this place.
    pub after: Position,
    /// The event the asker has there, when it knows. A publisher that has another one answers with nothing.
    #[serde(default)]
    pub event: Option<Uuid>,
}

/// Call of [`SNAPSHOT`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReadSnapshot {
    /// The event that tells of the noun, such as `unit_changed.v1`.
    pub kind: String,
    /// The last noun of the page before.
    pub after: Option<Uuid>,
}

/// Answer of [`SNAPSHOT`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SnapshotPage {
    /// The publisher's place before the page was read: events after it must still be applied.
    pub valid_from: Position,
    /// The event at that place, when there is one.
    #[serde(default)]
    pub event: Option<Uuid>,
    /// Whether the noun is offered at all: only then is what the pages do not name no more.
    #[serde(default)]
    pub offered: bool,
    /// The nouns, by id; none when there are no more or the noun is not offered.
    pub nouns: Vec<Envelope>,
    /// Whether there may be more after these. A service of an earlier version does not say; its end is an empty page.
    #[serde(default = "maybe")]
    pub more: bool,
}

const fn maybe() -> bool {
    true
}

/// Call of [`BEGIN_EPOCH`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BeginEpoch {
    /// The new epoch is greater than this.
    pub after: i32,
}

/// Call of [`RETRY_DEAD`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RetryDead {
    /// Whose events.
    pub aggregate: Uuid,
}

/// One parked event, without its content.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Parked {
    /// Who published it.
    pub publisher: String,
    /// What it is.
    pub kind: String,
    /// Whose.
    pub aggregate: Uuid,
    /// Its place.
    pub position: Position,
    /// Why it was parked.
    pub error: String,
}

/// The refusal of everyone who is not a service.
pub(crate) fn only_services() -> Fault {
    Fault::new(Kind::Denied, "wire.denied", "this is for our own services only", "chỉ dành cho các dịch vụ nội bộ")
}
