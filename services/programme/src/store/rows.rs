//! The row of an assignment, and the two ways between it and the noun.

use schema_programme::{
    Assignment, AssignmentActor, AssignmentDueReason, AssignmentEscalation, AssignmentEvidence, AssignmentExtension,
    AssignmentPause, AssignmentProgress, AssignmentReminder, AssignmentSource, AssignmentState, AssignmentTermUnit,
    AssignmentWait,
};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};
use wire::{
    Day, Instant, Urgency, Version,
    id::{AssignmentId, OfficeId, PersonId, PositionId, UnitId},
};

use crate::domain::petition;

/// An assignment: what is searched and sorted by stands in columns, what is only ever read whole in `parts`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "assignment")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    version: i64,
    title: String,
    /// The title as it is searched; empty for work from a petition, which no word may find.
    title_folded: String,
    expected_product: String,
    /// The id within `parts.source`.
    source_id: Option<Uuid>,
    lead_unit_id: Uuid,
    lead_position_id: Option<Uuid>,
    handler_id: Option<Uuid>,
    handler_position_id: Option<Uuid>,
    /// The position within `parts.assigned_by`.
    giver_position_id: Option<Uuid>,
    parent_id: Option<Uuid>,
    assigned_at: i64,
    due: TimeDate,
    original_due: TimeDate,
    done_at: Option<i64>,
    state: String,
    /// Whether the state is one in which the work is owed.
    owed: bool,
    /// Whether a wait is open.
    waiting: bool,
    parts: Parts,
}

/// What is only ever read with its assignment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
pub(crate) struct Parts {
    source: AssignmentSource,
    urgency: Urgency,
    coordinators: Vec<UnitId>,
    earlier_leads: Vec<UnitId>,
    assigned_by: AssignmentActor,
    /// For whom the handler accepted it.
    #[serde(default)]
    handler_for: Option<PersonId>,
    /// Unknown of work that was given before it was kept.
    #[serde(default)]
    term_unit: Option<AssignmentTermUnit>,
    due_reason: AssignmentDueReason,
    reason: Option<String>,
    progress: Option<AssignmentProgress>,
    #[serde(default)]
    reminder: Option<AssignmentReminder>,
    escalation: Option<AssignmentEscalation>,
    waits: Vec<AssignmentWait>,
    extensions: Vec<AssignmentExtension>,
    pauses: Vec<AssignmentPause>,
    evidence: Vec<AssignmentEvidence>,
}

/// Assignments are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Parts {
    /// The parts of an assignment. That none is forgotten, the way back makes sure, which needs them all.
    fn of(noun: &Assignment) -> Self {
        Self {
            source: noun.source.clone(),
            urgency: noun.urgency,
            coordinators: noun.coordinators.clone(),
            earlier_leads: noun.earlier_leads.clone(),
            assigned_by: noun.assigned_by,
            handler_for: noun.handler_for,
            term_unit: noun.term_unit,
            due_reason: noun.due_reason.clone(),
            reason: noun.reason.clone(),
            progress: noun.progress.clone(),
            reminder: noun.reminder,
            escalation: noun.escalation.clone(),
            waits: noun.waits.clone(),
            extensions: noun.extensions.clone(),
            pauses: noun.pauses.clone(),
            evidence: noun.evidence.clone(),
        }
    }
}

impl From<Assignment> for Model {
    fn from(noun: Assignment) -> Self {
        let title_folded = if petition::is_source_of(&noun) { String::new() } else { text::fold(&noun.title) };
        Self {
            id: noun.id.into(),
            office_id: noun.office.into(),
            version: noun.version.0,
            title_folded,
            expected_product: noun.expected_product.clone(),
            source_id: noun.source.id,
            lead_unit_id: noun.lead_unit.into(),
            lead_position_id: noun.lead_position.map(Uuid::from),
            handler_id: noun.handler.map(Uuid::from),
            handler_position_id: noun.handler_position.map(Uuid::from),
            giver_position_id: Some(noun.assigned_by.position.into()),
            parent_id: noun.parent.map(Uuid::from),
            assigned_at: noun.assigned_at.micros(),
            due: noun.due.0,
            original_due: noun.original_due.0,
            done_at: noun.done_at.map(Instant::micros),
            state: noun.state.word().to_owned(),
            owed: noun.state.owed(),
            waiting: noun.waiting().is_some(),
            parts: Parts::of(&noun),
            title: noun.title,
        }
    }
}

impl Model {
    /// The unit whose name the noun needs.
    pub(super) fn lead_unit(&self) -> UnitId {
        UnitId(self.lead_unit_id)
    }

    /// The noun; the lead unit's name comes from the copy of units.
    pub(super) fn noun(self, lead_unit_name: Option<String>) -> Result<Assignment, DbErr> {
        let Self {
            id,
            office_id,
            version,
            title,
            title_folded: _,
            expected_product,
            source_id: _,
            lead_unit_id,
            lead_position_id,
            handler_id,
            handler_position_id,
            giver_position_id: _,
            parent_id,
            assigned_at,
            due,
            original_due,
            done_at,
            state,
            owed: _,
            waiting: _,
            parts,
        } = self;
        // What an earlier version kept of a petition is not told either.
        Ok(petition::discreet(Assignment {
            id: AssignmentId(id),
            office: OfficeId(office_id),
            version: Version(version),
            source: parts.source,
            title,
            expected_product,
            lead_unit: UnitId(lead_unit_id),
            lead_unit_name,
            lead_position: lead_position_id.map(PositionId),
            handler: handler_id.map(PersonId),
            handler_position: handler_position_id.map(PositionId),
            handler_for: parts.handler_for,
            coordinators: parts.coordinators,
            earlier_leads: parts.earlier_leads,
            urgency: parts.urgency,
            assigned_by: parts.assigned_by,
            assigned_at: Instant::from_micros(assigned_at),
            due: Day(due),
            original_due: Day(original_due),
            term_unit: parts.term_unit,
            due_reason: parts.due_reason,
            state: state_of(&state)?,
            reason: parts.reason,
            progress: parts.progress,
            reminder: parts.reminder,
            escalation: parts.escalation,
            waits: parts.waits,
            extensions: parts.extensions,
            pauses: parts.pauses,
            evidence: parts.evidence,
            done_at: done_at.map(Instant::from_micros),
            parent: parent_id.map(AssignmentId),
        }))
    }
}

/// The state that a stored word means.
pub(super) fn state_of(word: &str) -> Result<AssignmentState, DbErr> {
    let state = AssignmentState::ALL.into_iter().find(|state| state.word() == word);
    state.ok_or_else(|| DbErr::Type(format!("`{word}` is no state of an assignment")))
}
