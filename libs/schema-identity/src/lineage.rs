//! Lineage of offices and units: which came of which by what act (hợp nhất, sáp nhập, chia), and who succeeds them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Day,
    id::{OfficeId, UnitId},
};

use crate::{Office, Unit};

/// How much of one went to another. Of everything that was divided by an act exactly one share is the main part: whoever
/// has it inherits the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Share {
    /// All of it.
    Whole,
    /// It was divided, and this is the main part.
    MainPart,
    /// It was divided, and this is another part.
    Part,
}

/// Offices end on a day by an act, and all of each goes to another office, which stands on that day (sáp nhập, hợp
/// nhất). From that day on whoever holds a position in it reaches the rows of the ended ones. An office that has ended
/// already on that very day is given its successor. Whoever administers the offices above all of them does it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MergeOffices {
    /// The office that succeeds.
    pub id: OfficeId,
    /// The offices that end, 1 to 50. Below them stands no office and in them no position from the day on.
    pub predecessors: Vec<OfficeId>,
    /// The first day on which they are no more.
    pub day: Day,
    /// The act, such as `1668/NQ-UBTVQH15`, at most 200 characters.
    pub instrument: String,
}

/// An office ends on a day by an act and is divided among others, which stand on that day (chia). The main one of them
/// reaches its rows from that day on; the others ask. Otherwise as a merger.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SplitOffice {
    /// The office that ends.
    pub id: OfficeId,
    /// Those that succeed, 2 to 50.
    pub successors: Vec<OfficeId>,
    /// The one of them that has the main part.
    pub main: OfficeId,
    /// The first day on which it is no more.
    pub day: Day,
    /// The act, at most 200 characters.
    pub instrument: String,
}

/// One office succeeded another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OfficeStep {
    /// The office that ended.
    pub predecessor: OfficeId,
    /// The office that succeeded it.
    pub successor: OfficeId,
    /// The first day of the successor's part in it.
    pub day: Day,
    /// How much of it.
    pub share: Share,
    /// The act.
    pub instrument: String,
}

/// What an act made of offices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OfficeSteps {
    /// Its steps, one for each predecessor and successor.
    pub steps: Vec<OfficeStep>,
}

/// Who succeeds an office on a day.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GetOfficeSuccessors {
    /// The office, which has begun by that day.
    pub id: OfficeId,
    /// The day; today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
}

/// Who succeeds an office on a day, through as many acts as there were.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OfficeSuccessors {
    /// The day.
    pub day: Day,
    /// Those that stand in its place, the main one first: the office itself while it stands. Nobody when it, or
    /// whoever succeeded it, ended without a successor.
    pub successors: Vec<OfficeSuccessor>,
    /// The steps that lead there, oldest first.
    pub steps: Vec<OfficeStep>,
}

/// An office that stands in the place of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OfficeSuccessor {
    /// The office as it stands on the day.
    pub office: Office,
    /// How much of the other went to it, through all acts; the main part is what main parts led to.
    pub share: Share,
}

/// Units end on a day by an act, and all of each goes to another unit, which stands on that day. It may be of another
/// office, when both are the caller's. A unit that has ended already on that very day, with its office too, is given its
/// successor.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MergeUnits {
    /// The unit that succeeds.
    pub id: UnitId,
    /// The units that end, 1 to 50. Below them stands no unit and in them no position from the day on.
    pub predecessors: Vec<UnitId>,
    /// The first day on which they are no more.
    pub day: Day,
    /// The act, at most 200 characters.
    pub instrument: String,
}

/// A unit ends on a day by an act and is divided among others, which stand on that day.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SplitUnit {
    /// The unit that ends.
    pub id: UnitId,
    /// Those that succeed, 2 to 50.
    pub successors: Vec<UnitId>,
    /// The one of them that has the main part.
    pub main: UnitId,
    /// The first day on which it is no more.
    pub day: Day,
    /// The act, at most 200 characters.
    pub instrument: String,
}

/// One unit succeeded another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnitStep {
    /// The unit that ended.
    pub predecessor: UnitId,
    /// The unit that succeeded it.
    pub successor: UnitId,
    /// The first day of the successor's part in it.
    pub day: Day,
    /// How much of it.
    pub share: Share,
    /// The act.
    pub instrument: String,
}

/// What an act made of units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnitSteps {
    /// Its steps, one for each predecessor and successor.
    pub steps: Vec<UnitStep>,
}

/// Who succeeds a unit on a day.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GetUnitSuccessors {
    /// The unit, which has begun by that day.
    pub id: UnitId,
    /// The day; today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
}

/// Who succeeds a unit on a day, through as many acts as there were.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnitSuccessors {
    /// The day.
    pub day: Day,
    /// Those that stand in its place, the main one first: the unit itself while it stands.
    pub successors: Vec<UnitSuccessor>,
    /// Where a unit on the way ended and no unit was named: who stands in the place of its office.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offices: Vec<OfficeSuccessor>,
    /// The steps that lead there, oldest first.
    pub steps: Vec<UnitStep>,
}

/// A unit that stands in the place of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnitSuccessor {
    /// The unit as it stands on the day.
    pub unit: Unit,
    /// How much of the other went to it, through all acts.
    pub share: Share,
}

/// The acts upon a unit, in order of their days.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GetUnitActs {
    /// The unit.
    pub id: UnitId,
}

/// The acts upon a unit that named an instrument, in order of their days; those that a later word replaced as well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnitActs {
    /// The acts.
    pub acts: Vec<UnitAct>,
}

/// An act upon a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnitAct {
    /// The first day on which it holds.
    pub day: Day,
    /// What it did.
    pub kind: UnitActKind,
    /// The act.
    pub instrument: String,
}

/// What an act did to a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnitActKind {
    /// Another name, or another unit above.
    Changed,
    /// It ended.
    Ended,
    /// It ended and went to another whole.
    Merged,
    /// It ended and was divided.
    Split,
}
