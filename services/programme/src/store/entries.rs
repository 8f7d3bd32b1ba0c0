//! The history of assignments. Entries are only ever added; the table itself refuses anything else.

use schema_programme::{AssignmentAct, AssignmentActor, AssignmentEntry};
use sea_orm::{DatabaseTransaction, IntoActiveModel as _, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use service::{InScope as _, Scope};
use wire::{
    Day, Instant, Version,
    id::{AssignmentId, OfficeId, PersonId, PositionId, UnitId},
};

use crate::{domain::change::Change, store::rows::state_of};

/// One act upon an assignment.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "assignment_entry")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    assignment_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    version: i64,
    office_id: Uuid,
    act: String,
    by_person_id: Option<Uuid>,
    by_position_id: Option<Uuid>,
    for_person_id: Option<Uuid>,
    at: i64,
    note: Option<String>,
    state: String,
    lead_unit_id: Uuid,
    due: TimeDate,
}

/// Entries are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The row of an entry; its office is the assignment's.
fn row(entry: AssignmentEntry, office: OfficeId) -> Model {
    let AssignmentEntry { assignment, version, act, by, at, note, state, lead_unit, due } = entry;
    Model {
        assignment_id: assignment.into(),
        version: version.0,
        office_id: office.into(),
        act: act.word().to_owned(),
        by_person_id: by.map(|by| by.person.into()),
        by_position_id: by.map(|by| by.position.into()),
        for_person_id: by.and_then(|by| by.on_behalf_of).map(Uuid::from),
        at: at.micros(),
        note,
        state: state.word().to_owned(),
        lead_unit_id: lead_unit.into(),
        due: due.0,
    }
}

impl TryFrom<Model> for AssignmentEntry {
    type Error = DbErr;

    fn try_from(row: Model) -> Result<Self, DbErr> {
        let Model { assignment_id, version, office_id: _, act, by_person_id, by_position_id, at, note, state, .. } =
            row;
        let known = AssignmentAct::ALL.into_iter().find(|known| known.word() == act);
        let by = by_person_id.zip(by_position_id);
        Ok(Self {
            assignment: AssignmentId(assignment_id),
            version: Version(version),
            act: known.ok_or_else(|| DbErr::Type(format!("`{act}` is no act upon an assignment")))?,
            by: by.map(|(person, position)| AssignmentActor {
                person: PersonId(person),
                position: PositionId(position),
                on_behalf_of: row.for_person_id.map(PersonId),
            }),
            at: Instant::from_micros(at),
            note,
            state: state_of(&state)?,
            lead_unit: UnitId(row.lead_unit_id),
            due: Day(row.due),
        })
    }
}

/// Adds the entry of a change.
pub(super) async fn append(tx: &DatabaseTransaction, change: &Change) -> Result<(), DbErr> {
    let row = row(change.entry.clone(), change.assignment.office).into_active_model();
    Entity::insert(row).exec_without_returning(tx).await.map(|_| ())
}

/// Entries of an assignment after a version, the oldest first; one more than `limit` when more follow.
pub(crate) async fn list(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    assignment: AssignmentId,
    after: Version,
    limit: u16,
) -> Result<Vec<AssignmentEntry>, DbErr> {
    let entries = Entity::find().in_scope(scope, Column::OfficeId);
    let entries = entries.filter(Column::AssignmentId.eq(Uuid::from(assignment))).filter(Column::Version.gt(after.0));
    let rows = entries.order_by_asc(Column::Version).limit(u64::from(limit) + 1).all(conn).await?;
    rows.into_iter().map(AssignmentEntry::try_from).collect()
}
