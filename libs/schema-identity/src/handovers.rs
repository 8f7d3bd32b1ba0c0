//! Handing a post over (biên bản bàn giao): what was open, and that both have signed for it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wire::{
    Cursor, Instant, Version,
    id::{HandoverId, OfficeId, PersonId, PositionId},
};

/// A post that changes its holder. It is fixed for ever once both have signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Handover {
    /// Its id.
    pub id: HandoverId,
    /// The office of the position.
    pub office: OfficeId,
    /// The position.
    pub position: PositionId,
    /// Who leaves it.
    pub outgoing: PersonId,
    /// Who takes it over.
    pub incoming: PersonId,
    /// The decision, such as `12-QĐ/ĐU`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<String>,
    /// Who drew the list up.
    pub drawn_by: PersonId,
    /// When.
    pub drawn_at: Instant,
    /// When the person who leaves signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outgoing_signed_at: Option<Instant>,
    /// When the person who takes over signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incoming_signed_at: Option<Instant>,
    /// How often it was changed.
    pub version: Version,
}

/// What kind of work is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HandoverItemKind {
    /// An assignment (nhiệm vụ).
    Assignment,
    /// A document that came (văn bản đến).
    IncomingDocument,
    /// A document being made (văn bản đi).
    OutgoingDocument,
    /// Anything else, such as keys or a paper file.
    Other,
}

/// One piece of open work, as it was called on the day of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HandoverItem {
    /// What it is.
    pub kind: HandoverItemKind,
    /// Its id, when it is kept in the system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// What it is called, at most 200 characters.
    pub label: String,
}

/// A hand-over with its list, for the two and the direct head of the position.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HandoverRecord {
    /// The hand-over.
    pub handover: Handover,
    /// The open work, frozen when it was drawn up.
    pub items: Vec<HandoverItem>,
}

/// Draws up the list of open work of a position: one of the two, or the position's direct head.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CreateHandover {
    /// The position.
    pub position: PositionId,
    /// Who leaves it.
    pub outgoing: PersonId,
    /// Who takes it over.
    pub incoming: PersonId,
    /// The open work, at most 200 pieces; none when nothing is open.
    pub items: Vec<HandoverItem>,
    /// The decision, at most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<String>,
}

/// Signs for a hand-over; each of the two by a call of their own.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SignHandover {
    /// The hand-over.
    pub id: HandoverId,
}

/// Reads a hand-over with its list.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GetHandover {
    /// The hand-over.
    pub id: HandoverId,
}

/// Lists hand-overs, oldest first, without their lists.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ListHandovers {
    /// The office of the positions.
    pub office: OfficeId,
    /// Only those of this position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<PositionId>,
    /// How many at most, up to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on, as the previous page said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}
