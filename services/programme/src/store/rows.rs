//! The row of an assignment, and the two ways between it and the noun.

use schema_programme::{
    Assignment, AssignmentActor, AssignmentDueReason, AssignmentEscalation, AssignmentEvidence, AssignmentExtension,
    AssignmentPause, AssignmentProgress, AssignmentSource, AssignmentSourceKind, AssignmentState, AssignmentWait,
};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};
use wire::{
    Day, Instant, Urgency, Version,
    id::{AssignmentId, OfficeId, PersonId, PositionId, UnitId},
};

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
    due_reason: AssignmentDueReason,
    reason: Option<String>,
    progress: Option<AssignmentProgress>,
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

impl From<Assignment> for Model {
    fn from(noun: Assignment) -> Self {
        let (waiting, owed) = (noun.waiting().is_some(), noun.state.owed());
        let searched = noun.source.kind != AssignmentSourceKind::Petition;
        let Assignment {
            id,
            office,
            version,
            source,
            title,
            expected_product,
            lead_unit,
            lead_unit_name: _,
            lead_position,
            handler,
            coordinators,
            earlier_leads,
            urgency,
            assigned_by,
            assigned_at,
            due,
            original_due,
            due_reason,
            state,
            reason,
            progress,
            escalation,
            waits,
            extensions,
            pauses,
            evidence,
            done_at,
            parent,
        } = noun;
        let parts = Parts {
            source,
            urgency,
            coordinators,
            earlier_leads,
            assigned_by,
            due_reason,
            reason,
            progress,
            escalation,
            waits,
            extensions,
            pauses,
            evidence,
        };
        Self {
            id: id.into(),
            office_id: office.into(),
            version: version.0,
            title_folded: if searched { text::fold(&title) } else { String::new() },
            title,
            expected_product,
            source_id: parts.source.id,
            lead_unit_id: lead_unit.into(),
            lead_position_id: lead_position.map(Uuid::from),
            handler_id: handler.map(Uuid::from),
            parent_id: parent.map(Uuid::from),
            assigned_at: assigned_at.micros(),
            due: due.0,
            original_due: original_due.0,
            done_at: done_at.map(Instant::micros),
            state: state.word().to_owned(),
            owed,
            waiting,
            parts,
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
        Ok(Assignment {
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
            coordinators: parts.coordinators,
            earlier_leads: parts.earlier_leads,
            urgency: parts.urgency,
            assigned_by: parts.assigned_by,
            assigned_at: Instant::from_micros(assigned_at),
            due: Day(due),
            original_due: Day(original_due),
            due_reason: parts.due_reason,
            state: state_of(&state)?,
            reason: parts.reason,
            progress: parts.progress,
            escalation: parts.escalation,
            waits: parts.waits,
            extensions: parts.extensions,
            pauses: parts.pauses,
            evidence: parts.evidence,
            done_at: done_at.map(Instant::from_micros),
            parent: parent_id.map(AssignmentId),
        })
    }
}

/// The state that a stored word means.
pub(super) fn state_of(word: &str) -> Result<AssignmentState, DbErr> {
    let state = AssignmentState::ALL.into_iter().find(|state| state.word() == word);
    state.ok_or_else(|| DbErr::Type(format!("`{word}` is no state of an assignment")))
}
