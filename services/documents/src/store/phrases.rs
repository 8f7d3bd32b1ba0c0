//! Templates of papers.

use schema_documents::{PaperPhrases, PaperTemplate};
use sea_orm::{FromJsonQueryResult, IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use service::{InScope, Scope};
use wire::{
    Day, Instant,
    id::{OfficeId, PaperTemplateId, PersonId},
};

/// What a template says, in its column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Says(PaperPhrases);

/// A template.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "paper_template")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    genre: Option<String>,
    valid_from: TimeDate,
    says: Says,
    saved_by: Uuid,
    saved_at: i64,
}

/// Templates are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<&PaperTemplate> for Model {
    fn from(noun: &PaperTemplate) -> Self {
        let PaperTemplate { id, office, genre, from, says, by, at } = noun.clone();
        Self {
            id: id.into(),
            office_id: office.into(),
            genre,
            valid_from: from.0,
            says: Says(says),
            saved_by: by.into(),
            saved_at: at.micros(),
        }
    }
}

impl From<Model> for PaperTemplate {
    fn from(row: Model) -> Self {
        let Model { id, office_id, genre, valid_from, says, saved_by, saved_at } = row;
        Self {
            id: PaperTemplateId(id),
            office: OfficeId(office_id),
            genre,
            from: Day(valid_from),
            says: says.0,
            by: PersonId(saved_by),
            at: Instant::from_micros(saved_at),
        }
    }
}

/// Keeps a template.
pub(crate) async fn insert(conn: &impl ConnectionTrait, template: &PaperTemplate) -> Result<(), DbErr> {
    let row = Model::from(template).into_active_model().reset_all();
    Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// One in scope.
pub(crate) async fn get(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: PaperTemplateId,
) -> Result<Option<PaperTemplate>, DbErr> {
    let row = Entity::find_by_id(Uuid::from(id)).in_scope(scope, Column::OfficeId).one(conn).await?;
    Ok(row.map(PaperTemplate::from))
}

/// Those of an office, saved last first.
pub(crate) async fn list(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<PaperTemplate>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId).order_by_desc(Column::Id).limit(limit);
    let query = before.into_iter().fold(query, |query, before| query.filter(Column::Id.lt(before)));
    Ok(query.all(conn).await?.into_iter().map(PaperTemplate::from).collect())
}

/// Those of an office that hold from a day or an earlier one on: as many as can still be in force for a genre.
pub(crate) async fn until(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    day: Day,
    limit: u64,
) -> Result<Vec<PaperTemplate>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::ValidFrom.lte(day.0));
    let query = query.order_by_desc(Column::ValidFrom).order_by_desc(Column::Id).limit(limit);
    Ok(query.all(conn).await?.into_iter().map(PaperTemplate::from).collect())
}
