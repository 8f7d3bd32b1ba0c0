//! Who acts for whom (thay mặt): what a deputy and the one they stand in for are told.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, Instant,
    id::{DelegationId, OfficeId, PersonId, PositionId},
};

/// That somebody acts for another, as both are told: "you act for X from … to …".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StandIn {
    /// The delegation by which they do.
    pub delegation: DelegationId,
    /// The office of the position.
    pub office: OfficeId,
    /// The position whose powers are lent.
    pub position: PositionId,
    /// Who holds it; absent where the deputy acts in a vacant post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<PersonId>,
    /// Who acts.
    pub deputy: PersonId,
    /// The first day.
    pub from: Day,
    /// The first day without it; absent while it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Whether what waits for the holder is told to the deputy meanwhile: in an absence, and where a post is acted in.
    pub moves_work: bool,
    /// When it was made.
    pub made_at: Instant,
    /// When it was taken back, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Instant>,
    /// The absence that it covers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absence: Option<StandInAbsence>,
}

/// The absence for which somebody stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StandInAbsence {
    /// The first day away.
    pub from: Day,
    /// The day of coming back.
    pub to: Day,
}

/// Lists for whom the caller stands in and who stands in for the caller, the latest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListStandIns {
    /// Only those of this office; of every office of the caller when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<OfficeId>,
    /// Those that are over too; without it only what goes on or is to come.
    #[serde(default)]
    pub past: bool,
    /// How many at most, up to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on, as the previous page said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}
