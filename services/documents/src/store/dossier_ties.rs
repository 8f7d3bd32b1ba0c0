//! Which assignments are tied to which dossiers.

use sea_orm::{Set, entity::prelude::*, sea_query::OnConflict};
use service::{InScope, Scope};
use wire::id::{AssignmentId, DossierId, OfficeId};

/// A tie.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "dossier_tie")]
pub struct Model {
    office_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    dossier_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    assignment_id: Uuid,
}

/// Ties are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Ties an assignment to a dossier, once.
pub(crate) async fn keep(
    conn: &impl ConnectionTrait,
    office: OfficeId,
    dossier: DossierId,
    assignment: AssignmentId,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        office_id: Set(office.into()),
        dossier_id: Set(dossier.into()),
        assignment_id: Set(assignment.into()),
    };
    let known = OnConflict::columns([Column::DossierId, Column::AssignmentId]).do_nothing().to_owned();
    Entity::insert(row).on_conflict(known).exec_without_returning(conn).await.map(|_| ())
}

/// The dossiers to which an assignment is tied.
pub(crate) async fn of(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    assignment: AssignmentId,
) -> Result<Vec<DossierId>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId);
    let rows = query.filter(Column::AssignmentId.eq(Uuid::from(assignment))).all(conn).await?;
    Ok(rows.into_iter().map(|row| DossierId(row.dossier_id)).collect())
}
