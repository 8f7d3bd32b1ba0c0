//! Positions (chức danh), to which authority belongs, and the roles that give them permissions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, Version,
    id::{OfficeId, PositionId, UnitId},
};

/// How far a position looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Its own office.
    #[default]
    Own,
    /// Its own office and those directly below: for an administrator who keeps the accounts of the communes.
    Below,
}

/// A post in a unit. It keeps its authority while its holders change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Position {
    /// Its id.
    pub id: PositionId,
    /// The office of the unit.
    pub office: OfficeId,
    /// The unit in which it stands.
    pub unit: UnitId,
    /// The title, such as `Chánh Văn phòng`.
    pub title: String,
    /// The roles that give it permissions.
    pub roles: Vec<String>,
    /// Whether this is the head of the unit (người đứng đầu); a unit has at most one on any day.
    pub head: bool,
    /// How far it looks.
    #[serde(default)]
    pub reach: Reach,
    /// The position of the direct head (thủ trưởng trực tiếp) on the day that was asked for, or on the nearest day of
    /// its existence. Where none is named, the head of the unit stands in for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reports_to: Option<PositionId>,
    /// The first day of its existence.
    pub from: Day,
    /// The first day on which it is no more; absent while it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// How often it was changed.
    pub version: Version,
}

/// Who is the direct head of a position from one day until before another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReportingSpan {
    /// The first day.
    pub from: Day,
    /// The first day on which it no longer held; absent while it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// The position of the direct head.
    pub reports_to: PositionId,
}

/// A named set of permissions, as positions bear it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Role {
    /// The name that positions use, such as `document_clerk`.
    pub name: String,
    /// Its Vietnamese name.
    pub title: String,
    /// The permissions it gives.
    pub permissions: Vec<String>,
    /// The permissions that the release of the program gives it and this installation withholds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withheld: Vec<String>,
}

/// Every role there is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Roles {
    /// The roles, by name.
    pub items: Vec<Role>,
}

/// Lists the roles that a position may bear.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ListRoles {}

/// Lists the positions of an office, oldest first.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ListPositions {
    /// The office.
    pub office: OfficeId,
    /// Only positions of this unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// The day on which the positions exist; today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// How many at most, up to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on, as the previous page said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// One position as it stands on a day.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GetPosition {
    /// The position.
    pub id: PositionId,
    /// The day, on which it must exist. When absent: today, or the last day of a position that has ended, or the first
    /// of one that is to come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
}

/// Makes a position in a unit.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CreatePosition {
    /// The office.
    pub office: OfficeId,
    /// The unit.
    pub unit: UnitId,
    /// The title, at most 200 characters.
    pub title: String,
    /// The roles that give it permissions.
    pub roles: Vec<String>,
    /// Whether this is the head of the unit.
    #[serde(default)]
    pub head: bool,
    /// How far it looks; `below` is for the role `administrator` alone, given by one who has it.
    #[serde(default)]
    pub reach: Reach,
    /// The position of the direct head, which must exist on the first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reports_to: Option<PositionId>,
    /// The first day of its existence.
    pub from: Day,
    /// The first day on which it is no more, when that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
}

/// Names the direct head (thủ trưởng trực tiếp) of a position from a day on. What held before that day stays as it was;
/// what was planned for after it is replaced. It holds as long as both positions do.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ChangeDirectHead {
    /// The position.
    pub id: PositionId,
    /// The first day on which the change holds.
    pub from: Day,
    /// The position of the direct head; nobody is named from that day on when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reports_to: Option<PositionId>,
}

/// Ends a position on a day, once nobody holds it any more.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EndPosition {
    /// The position.
    pub id: PositionId,
    /// The first day on which it is no more.
    pub to: Day,
}

/// A position was made or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PositionChanged {
    /// The position after the change, as it stood on the day on which this was told.
    pub position: Position,
    /// Its direct heads, oldest first, so that a reader knows them on every day. On a day in none of these spans nobody
    /// is named. Absent in what was told before heads were dated.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reporting: Vec<ReportingSpan>,
}
