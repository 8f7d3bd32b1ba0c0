//! What an import makes of the rows of a spreadsheet: an order for each, or what is to be mended.

use std::collections::BTreeMap;

use schema_identity::{
    Appointment, DirectoryFault, DirectoryImport, DirectoryImportKind, DirectoryImportState, Position, Refusal,
    UnitHistory,
};
use serde::{Deserialize, Serialize};
use wire::{
    Day,
    id::{OfficeId, PersonId, UnitId},
};

use super::{
    import_mend::{Mend, fault},
    import_people,
    import_sheet::{Line, Lines},
    import_units,
    interval::Interval,
};

/// Rows of one file at most, heads, titles and blank ones not counted.
pub(crate) const ROWS: u32 = 2_000;
/// Offices that one file names at most.
pub(crate) const OFFICES: usize = 200;

/// An office as the planner knows it.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// The office.
    pub(crate) office: OfficeId,
    /// Its days.
    pub(crate) life: Interval,
    /// Its units.
    pub(crate) units: Vec<UnitHistory>,
    /// Its people.
    pub(crate) people: Vec<Known>,
    /// Its positions.
    pub(crate) positions: Vec<Position>,
    /// Its appointments.
    pub(crate) appointments: Vec<Appointment>,
}

/// A person who is there.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    /// The person.
    pub(crate) id: PersonId,
    /// The name, folded.
    pub(crate) name: String,
    /// The contact, folded.
    pub(crate) contact: Option<String>,
    /// Whether they are not disabled.
    pub(crate) active: bool,
    /// Whether they are disabled because the import that made them was undone.
    pub(crate) undone: bool,
}

/// The offices in which the caller may do this.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    /// The office of rows that name none.
    pub(crate) home: Place,
    /// Those that rows name, by official code.
    pub(crate) named: BTreeMap<String, Place>,
    /// The caller, when a person: nobody appoints themselves.
    pub(crate) caller: Option<PersonId>,
    /// The day.
    pub(crate) today: Day,
}

/// What is to be done with a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Order {
    /// A unit is made.
    Unit {
        /// In this office.
        office: OfficeId,
        /// Below this one.
        above: Above,
        /// Under this name.
        name: String,
        /// With this code.
        body: Option<String>,
        /// From this day on.
        from: Day,
    },
    /// Somebody is appointed to a position that is made.
    Post(Post),
}

/// The unit above.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Above {
    /// One that is there.
    Unit(UnitId),
    /// The one that a row makes.
    Row(u32),
}

/// An appointment to a position that is made for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Post {
    /// The office.
    pub(crate) office: OfficeId,
    /// The unit.
    pub(crate) unit: UnitId,
    /// Who.
    pub(crate) who: Who,
    /// Their name.
    pub(crate) full_name: String,
    /// How to reach them.
    pub(crate) contact: Option<String>,
    /// The title.
    pub(crate) title: String,
    /// The roles.
    pub(crate) roles: Vec<String>,
    /// Whether it is the head's position.
    pub(crate) head: bool,
    /// The first day.
    pub(crate) from: Day,
    /// The day on which the unit ends, when that is planned.
    pub(crate) to: Option<Day>,
    /// The decision.
    pub(crate) instrument: Option<String>,
}

/// Who is appointed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Who {
    /// Somebody who is made.
    New,
    /// Somebody who is there.
    There(PersonId),
    /// Somebody whom an import had made that was undone.
    Again(PersonId),
    /// Whoever a row makes.
    Row(u32),
}

/// What an import would do.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    /// The orders in the order in which they are done, by row.
    pub(crate) orders: Vec<(u32, Order)>,
    /// Rows that are there already.
    pub(crate) known: u32,
    /// What is to be mended, in order of rows.
    pub(crate) faults: Vec<DirectoryFault>,
}

impl Plan {
    /// Notes a fault of a row.
    pub(crate) fn blame(
        &mut self,
        line: &Line,
        field: schema_identity::DirectoryField,
        cell: Option<String>,
        mend: &Mend,
    ) {
        self.faults.push(fault(line.row, Some(field), cell, mend));
    }
}

/// Plans an import.
pub(crate) fn plan(kind: DirectoryImportKind, lines: &Lines, places: &Places) -> Plan {
    let mut plan = Plan { faults: lines.faults.clone(), ..Plan::default() };
    match kind {
        DirectoryImportKind::Units => import_units::plan(&mut plan, &lines.fit, places),
        DirectoryImportKind::People => import_people::plan(&mut plan, &lines.fit, places),
    }
    plan.faults.sort_by_key(|fault| fault.row);
    plan
}

/// The office of a row, when it goes on; otherwise a fault is noted.
pub(crate) fn place<'a>(plan: &mut Plan, line: &Line, places: &'a Places) -> Option<&'a Place> {
    let found = match &line.office {
        None => Some(&places.home),
        Some(code) => places.named.get(code),
    };
    let mend = match found {
        Some(place) if place.life.reaches(places.today) => return Some(place),
        Some(_) => Mend::OfficeEnded,
        None => Mend::Office,
    };
    plan.blame(line, schema_identity::DirectoryField::Office, line.office.clone(), &mend);
    None
}

/// Refuses to change what is no draft.
pub(crate) fn drafted(import: &DirectoryImport) -> Result<(), Refusal> {
    if import.state == DirectoryImportState::Draft { Ok(()) } else { Err(Refusal::ImportNotDraft) }
}

/// Whether an import is in force, which is true again and again; refuses what was undone.
pub(crate) fn in_force(import: &DirectoryImport) -> Result<bool, Refusal> {
    match import.state {
        DirectoryImportState::Applying | DirectoryImportState::Applied => Ok(true),
        DirectoryImportState::Undoing | DirectoryImportState::Undone => Err(Refusal::ImportUndone),
        DirectoryImportState::Draft => Ok(false),
    }
}

/// Refuses a plan with faults, naming the first.
pub(crate) fn sound(plan: &Plan) -> Result<(), Refusal> {
    let Some(DirectoryFault { row, code, .. }) = plan.faults.first() else { return Ok(()) };
    let faulty = u32::try_from(plan.faults.len()).unwrap_or(u32::MAX);
    Err(Refusal::ImportFaulty { faulty, row: *row, why: code.clone() })
}

#[cfg(test)]
mod tests;
