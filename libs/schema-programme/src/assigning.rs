//! Giving work, and looking at what was given.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wire::{
    Cursor, Day, Urgency,
    id::{AssignmentId, OfficeId, PositionId, UnitId},
};

use crate::{AssignmentSource, AssignmentState};

/// Gives a piece of work to a lead unit (giao việc).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Assign {
    /// The office that gives it.
    pub office: OfficeId,
    /// Where the work comes from. An incoming document must be of this office and disposed to be processed.
    pub source: AssignmentSource,
    /// The work, in one line. Work from a petition gets a fixed title; what is said here is not kept.
    pub title: String,
    /// What must lie on the table when it is done; fixed as well where the work comes from a petition.
    pub expected_product: String,
    /// The one unit that answers for it.
    pub lead_unit: UnitId,
    /// The position in that unit it is addressed to; leave out to let the unit decide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_position: Option<PositionId>,
    /// Units that help.
    #[serde(default)]
    pub coordinators: Vec<UnitId>,
    /// How urgent it is.
    #[serde(default)]
    pub urgency: Urgency,
    /// The last day for it; or else `term`. Neither may lead beyond the due day of the incoming document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// A term counted from today; or else `due`. Without either the due day of the incoming document counts, even one
    /// that has passed, and where there is none the usual term of offices, which is practice and not law.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<AssignmentTerm>,
    /// The larger piece of work this is a part of: of the same office, and still owed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<AssignmentId>,
}

/// A length of time allowed for a piece of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AssignmentTerm {
    /// How many days, at least one. The day the work is given does not count.
    pub days: u16,
    /// Which days are counted.
    pub unit: AssignmentTermUnit,
}

/// Which days a term counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssignmentTermUnit {
    /// Working days (ngày làm việc).
    WorkingDays,
    /// Calendar days; an end on a day off moves to the next working day.
    CalendarDays,
}

/// One assignment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetAssignment {
    /// Which one.
    pub id: AssignmentId,
}

/// Assignments of an office, the earliest due first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListAssignments {
    /// The office.
    pub office: OfficeId,
    /// Only those this unit leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_unit: Option<UnitId>,
    /// Only those in this state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<AssignmentState>,
    /// Only those due before this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_before: Option<Day>,
    /// Only the caller's own: those they handle, those owed whose handler held a position that is theirs now, those not
    /// yet accepted that wait for their position or for the unit they head, and those given in their position that are
    /// reported done and wait to be closed. Looks back one year, as `q` does.
    #[serde(default)]
    pub mine: bool,
    /// Only those from this source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Uuid>,
    /// Only those whose title has these words in this order, tone marks and case aside. Looks at one year of due days
    /// up to `due_before`; without that at the last year and everything later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// How many at most, up to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// Everything that was done to an assignment, the oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListAssignmentHistory {
    /// Which assignment.
    pub id: AssignmentId,
    /// How many at most, up to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}
