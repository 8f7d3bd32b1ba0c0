//! Absences (vắng mặt): the days on which a person is away from a position, and who stands in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, Version,
    id::{AbsenceId, DelegationId, OfficeId, PersonId, PositionId},
};

/// Why somebody is away, as far as colleagues need to know: nothing about health or family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AbsenceKind {
    /// On leave (nghỉ phép).
    Leave,
    /// Away on duty (đi công tác).
    Duty,
    /// In training (đi học).
    Training,
    /// Anything else.
    Other,
}

/// A person away from a position. What waits at the position shows to the deputy of the cover through its permissions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Absence {
    /// Its id.
    pub id: AbsenceId,
    /// The office of the position.
    pub office: OfficeId,
    /// Who is away.
    pub person: PersonId,
    /// From which position.
    pub position: PositionId,
    /// The first day away.
    pub from: Day,
    /// The day of coming back.
    pub to: Day,
    /// Why.
    pub kind: AbsenceKind,
    /// The delegation by which somebody stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<DelegationId>,
    /// Who stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub covered_by: Option<PersonId>,
    /// How often it was changed.
    pub version: Version,
}

/// Says that somebody is away: oneself, or an administrator or direct head for another.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CreateAbsence {
    /// Who is away; the caller when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// From which position, held on the first day.
    pub position: PositionId,
    /// The first day away.
    pub from: Day,
    /// The day of coming back.
    pub to: Day,
    /// Why.
    pub kind: AbsenceKind,
    /// The delegation of this person and position by which somebody stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<DelegationId>,
}

/// Ends an absence early. The delegation of the cover is taken back by a call of its own.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EndAbsence {
    /// The absence.
    pub id: AbsenceId,
    /// The day of coming back; the first day when it comes to nothing.
    pub to: Day,
}

/// Lists absences, oldest first.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ListAbsences {
    /// The office of the positions.
    pub office: OfficeId,
    /// The day on which somebody is away; all absences when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// How many at most, up to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on, as the previous page said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// An absence was told or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AbsenceChanged {
    /// The absence after the change.
    pub absence: Absence,
}
