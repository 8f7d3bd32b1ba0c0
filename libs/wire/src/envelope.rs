//! Events in transit: envelopes with dense numbers, bundled into messages.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Instant, id::OfficeId};

/// Where a reader stands in a publisher's events. Within an epoch numbers are dense from 1; a new epoch begins when
/// the publisher's database was restored, and says that numbers seen before mean nothing any more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Position {
    /// The life of the publisher's database, counted from 1.
    pub epoch: i32,
    /// The number of the last event within the epoch; 0 before the first.
    pub seq: i64,
}

/// One event as it travels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Envelope {
    /// The event's own id.
    pub id: Uuid,
    /// Name and version, such as `incoming_registered.v1`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its place in the publisher's order.
    #[serde(flatten)]
    pub position: Position,
    /// The noun it is about; events of one aggregate are applied in order, and parked together when one is poison.
    pub aggregate: Uuid,
    /// The office whose row changed.
    pub office: OfficeId,
    /// When the change was made.
    pub at: Instant,
    /// W3C trace context of the change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trace: Option<String>,
    /// The fact itself.
    pub body: serde_json::Value,
}

/// One message of a publisher: consecutive envelopes of one epoch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Bundle {
    /// The publishing service.
    pub publisher: String,
    /// Consecutive envelopes, lowest number first.
    pub envelopes: Vec<Envelope>,
}
