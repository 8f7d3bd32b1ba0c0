//! What became of dossiers, step by step; lines that do not change.

use schema_documents::{DossierAct, DossierStep};
use sea_orm::{QueryOrder, QuerySelect, Set, entity::prelude::*};
use service::{InScope, Scope};
use wire::{
    Instant,
    id::{DossierId, OfficeId, PersonId},
};

use super::word;

/// A step.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "dossier_step")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    dossier_id: Uuid,
    at: i64,
    by_person: Option<Uuid>,
    act: String,
    said: Option<String>,
}

/// Steps are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Keeps a step.
pub(crate) async fn add(
    conn: &impl ConnectionTrait,
    (id, office, dossier): (Uuid, OfficeId, DossierId),
    step: DossierStep,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: Set(id),
        office_id: Set(office.into()),
        dossier_id: Set(dossier.into()),
        at: Set(step.at.micros()),
        by_person: Set(step.by.map(Uuid::from)),
        act: Set(word::of::<DossierAct>(step.act)),
        said: Set(step.said),
    };
    Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// Steps of a dossier, the earliest first, after one; each with its id.
pub(crate) async fn list(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    dossier: DossierId,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<(Uuid, DossierStep)>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::DossierId.eq(Uuid::from(dossier)));
    let query = after.into_iter().fold(query, |query, after| query.filter(Column::Id.gt(after)));
    let rows = query.order_by_asc(Column::Id).limit(limit).all(conn).await?;
    let step = |row: Model| {
        let (at, by) = (Instant::from_micros(row.at), row.by_person.map(PersonId));
        Ok((row.id, DossierStep { at, by, act: word::read(row.act)?, said: row.said }))
    };
    rows.into_iter().map(step).collect()
}
