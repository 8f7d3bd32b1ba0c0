//! What every decision gives back: the assignment after the act, and the act's entry in the history.

use schema_programme::{Assignment, AssignmentAct, AssignmentActor, AssignmentEntry, Refusal};
use wire::Instant;

use crate::domain::{petition, state};

/// An assignment after an act, with the entry that tells of it. The two are stored together or not at all.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Change {
    /// The assignment after the act.
    pub(crate) assignment: Assignment,
    /// The entry of the act.
    pub(crate) entry: AssignmentEntry,
}

/// Who acts, and when. Nobody is named where a service acts under a legal rule, or because a document was voided.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hand {
    /// Who.
    pub(crate) by: Option<AssignmentActor>,
    /// When.
    pub(crate) at: Instant,
}

/// Moves an assignment to the state and version after an act, or refuses.
pub(crate) fn step(mut current: Assignment, act: AssignmentAct) -> Result<Assignment, Refusal> {
    current.state = state::step(current.state, act)?;
    current.version = current.version.next();
    Ok(current)
}

/// Closes a decision: what was done, by whom, and what was said with it; of a petition nothing that was typed.
pub(crate) fn told(assignment: Assignment, act: AssignmentAct, hand: Hand, note: Option<String>) -> Change {
    let assignment = petition::discreet(assignment);
    let note = petition::note(&assignment, act, note);
    let entry = AssignmentEntry {
        assignment: assignment.id,
        version: assignment.version,
        act,
        by: hand.by,
        at: hand.at,
        note,
        state: assignment.state,
        lead_unit: assignment.lead_unit,
        due: assignment.due,
    };
    Change { assignment, entry }
}
