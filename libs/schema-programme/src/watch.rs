//! What is due soon, what is overdue, and who waits for whom. Lists of cases: no reply here names a person.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, Instant, Urgency,
    id::{AssignmentId, OfficeId, PersonId, UnitId},
};

use crate::{AssignmentState, AssignmentWait};

/// Work still owed that is overdue or due soon, unit by unit, the earliest due first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListDueAssignments {
    /// The office.
    pub office: OfficeId,
    /// Only those this unit leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// Only those this person handles: for that person, and for the direct head of the position in which the person
    /// accepted the work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handler: Option<PersonId>,
    /// The legal day to count from, today or later; today when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// How many days ahead counts as soon; the office's setting when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<u16>,
    /// How many at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// What the caller owes, in every office, the earliest due first: what they handle, what was handled in a position that
/// is theirs now, what is not yet accepted and waits for their position or for the unit they head, and what was given in
/// their position, is reported done and waits to be closed or returned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListMyAssignments {
    /// How many at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// Work of an office that is reported done and waits for whoever gave it to close or return it, the earliest due first.
/// For those who oversee the office's work (theo dõi chung) and may close it in the giver's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListUnclosedAssignments {
    /// The office.
    pub office: OfficeId,
    /// How many at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// One case that is owed, or done and not closed yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DueCase {
    /// The assignment.
    pub assignment: AssignmentId,
    /// Its office.
    pub office: OfficeId,
    /// The unit that answers for it.
    pub lead_unit: UnitId,
    /// That unit's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_unit_name: Option<String>,
    /// The work.
    pub title: String,
    /// Where it comes from, in words.
    pub source: String,
    /// How urgent it is.
    pub urgency: Urgency,
    /// How far it is.
    pub state: AssignmentState,
    /// The last day for it.
    pub due: Day,
    /// Calendar days left; 0 on the last day, below 0 when overdue. Waiting does not change it. Of work reported done,
    /// the days that were left then: lying unclosed makes nothing late.
    pub days_left: i64,
    /// When it waited for whom, to be shown beside the mark ("chờ X từ …").
    pub waits: Vec<AssignmentWait>,
    /// Whole hours since it was given, until it was reported done if it was, waits taken out: the time of the process,
    /// never a measure of lateness.
    pub process_hours: i64,
}

/// Which units of an office wait for each other in a circle ("chờ nhau").
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListWaitCircles {
    /// The office.
    pub office: OfficeId,
}

/// The circles of an office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WaitCircles {
    /// The office.
    pub office: OfficeId,
    /// The circles, each with at least two units; empty when nobody waits in a circle.
    pub circles: Vec<WaitCircle>,
}

/// Units each of which waits, directly or through the others, for every other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WaitCircle {
    /// Who waits for whom: of each pair of units the wait that began first.
    pub links: Vec<WaitLink>,
}

/// One unit waiting for another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WaitLink {
    /// The unit that waits.
    pub unit: UnitId,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_name: Option<String>,
    /// The unit waited for.
    pub on: UnitId,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_name: Option<String>,
    /// The assignment that is blocked.
    pub assignment: AssignmentId,
    /// Its title.
    pub title: String,
    /// Since when.
    pub since: Instant,
}
