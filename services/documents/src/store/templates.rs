//! Routings kept to be used again.

use schema_documents::RoutingTemplate;
use sea_orm::{IntoActiveModel, QuerySelect, entity::prelude::*};
use service::{InScope, Scope};
use wire::{
    Instant, Version,
    id::{OfficeId, PersonId, RoutingTemplateId},
};

use super::proposals::Routing;

/// A template.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "routing_template")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    version: i64,
    name: String,
    routing: Routing,
    saved_by: Uuid,
    saved_at: i64,
}

/// Templates are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<&RoutingTemplate> for Model {
    fn from(noun: &RoutingTemplate) -> Self {
        let RoutingTemplate { id, office, version, name, routing, by, at } = noun.clone();
        Self {
            id: id.into(),
            office_id: office.into(),
            version: version.0,
            name,
            routing: Routing(routing),
            saved_by: by.into(),
            saved_at: at.micros(),
        }
    }
}

impl From<Model> for RoutingTemplate {
    fn from(row: Model) -> Self {
        let Model { id, office_id, version, name, routing, saved_by, saved_at } = row;
        Self {
            id: RoutingTemplateId(id),
            office: OfficeId(office_id),
            version: Version(version),
            name,
            routing: routing.0,
            by: PersonId(saved_by),
            at: Instant::from_micros(saved_at),
        }
    }
}

/// Keeps a new template.
pub(crate) async fn insert(conn: &impl ConnectionTrait, template: &RoutingTemplate) -> Result<(), DbErr> {
    let row = Model::from(template).into_active_model().reset_all();
    Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// Keeps a template that took the place of an earlier one.
pub(crate) async fn update(conn: &impl ConnectionTrait, template: &RoutingTemplate) -> Result<(), DbErr> {
    let row = Model::from(template).into_active_model().reset_all();
    Entity::update(row).exec(conn).await.map(|_| ())
}

/// Deletes a template.
pub(crate) async fn delete(conn: &impl ConnectionTrait, scope: &Scope, id: RoutingTemplateId) -> Result<(), DbErr> {
    Entity::delete_many()
        .in_scope(scope, Column::OfficeId)
        .filter(Column::Id.eq(Uuid::from(id)))
        .exec(conn)
        .await
        .map(|_| ())
}

/// One template in scope, which nobody else changes before the transaction ends.
pub(crate) async fn hold(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: RoutingTemplateId,
) -> Result<Option<RoutingTemplate>, DbErr> {
    let query = service::lock(Entity::find_by_id(id).in_scope(scope, Column::OfficeId));
    Ok(query.one(conn).await?.map(RoutingTemplate::from))
}

/// The templates in scope, `most` of them, in the order of their names as people read them.
pub(crate) async fn all(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    most: usize,
) -> Result<Vec<RoutingTemplate>, DbErr> {
    let rows = Entity::find().in_scope(scope, Column::OfficeId).limit(most as u64).all(conn).await?;
    let mut found: Vec<RoutingTemplate> = rows.into_iter().map(RoutingTemplate::from).collect();
    found.sort_by_cached_key(|one| one.name.to_lowercase());
    Ok(found)
}
