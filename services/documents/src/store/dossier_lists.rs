//! The lists of years.

use schema_documents::DossierList;
use sea_orm::{IntoActiveModel, entity::prelude::*};
use service::{InScope, Scope};
use wire::{
    Day, Version,
    id::{DossierListId, OfficeId},
};

use super::{dossier_entries, word};

/// A list.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "dossier_list")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    version: i64,
    year: i64,
    approved_on: Option<TimeDate>,
    instrument: Option<String>,
}

/// Lists are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<&DossierList> for Model {
    fn from(list: &DossierList) -> Self {
        let DossierList { id, office, version, year, approved_on, instrument, entries: _ } = list.clone();
        Self {
            id: id.into(),
            office_id: office.into(),
            version: version.0,
            year: year.into(),
            approved_on: approved_on.map(|day| day.0),
            instrument,
        }
    }
}

async fn noun(conn: &impl ConnectionTrait, scope: &Scope, row: Option<Model>) -> Result<Option<DossierList>, DbErr> {
    let Some(row) = row else { return Ok(None) };
    let entries = dossier_entries::count(conn, scope, DossierListId(row.id)).await?;
    Ok(Some(DossierList {
        id: DossierListId(row.id),
        office: OfficeId(row.office_id),
        version: Version(row.version),
        year: word::year(row.year)?,
        approved_on: row.approved_on.map(Day),
        instrument: row.instrument,
        entries,
    }))
}

/// Keeps a new list.
pub(crate) async fn insert(conn: &impl ConnectionTrait, list: &DossierList) -> Result<(), DbErr> {
    let row = Model::from(list).into_active_model().reset_all();
    Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// Keeps a changed list.
pub(crate) async fn update(conn: &impl ConnectionTrait, list: &DossierList) -> Result<(), DbErr> {
    let row = Model::from(list).into_active_model().reset_all();
    Entity::update(row).exec(conn).await.map(|_| ())
}

/// A list in scope, which nobody else changes before the transaction ends.
pub(crate) async fn hold(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: DossierListId,
) -> Result<Option<DossierList>, DbErr> {
    let row = service::lock(Entity::find_by_id(id).in_scope(scope, Column::OfficeId)).one(conn).await?;
    noun(conn, scope, row).await
}

/// A list in scope.
pub(crate) async fn get(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: DossierListId,
) -> Result<Option<DossierList>, DbErr> {
    let row = Entity::find_by_id(id).in_scope(scope, Column::OfficeId).one(conn).await?;
    noun(conn, scope, row).await
}

/// The list of a year.
pub(crate) async fn of_year(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    (office, year): (OfficeId, u16),
) -> Result<Option<DossierList>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::OfficeId.eq(Uuid::from(office)));
    let row = query.filter(Column::Year.eq(i64::from(year))).one(conn).await?;
    noun(conn, scope, row).await
}
