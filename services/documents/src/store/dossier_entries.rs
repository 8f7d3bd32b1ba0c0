//! The entries of the lists of dossiers.

use schema_documents::{DossierEntry, Retention};
use sea_orm::{IntoActiveModel, PaginatorTrait, QueryOrder, QuerySelect, entity::prelude::*};
use service::{InScope, Scope};
use wire::id::{DossierEntryId, DossierListId, OfficeId, UnitId};

use super::dossiers;

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "dossier_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    list_id: Uuid,
    heading: String,
    code: String,
    title: String,
    retention: i64,
    keeper_id: Uuid,
    keeper_name: String,
}

/// Entries are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A term as its column holds it: years, 0 for one without end.
pub(super) fn years(retention: Retention) -> i64 {
    match retention {
        Retention::Permanent => 0,
        Retention::Years(years) => years.into(),
    }
}

/// The term of a column.
pub(super) fn term(years: i64) -> Result<Retention, DbErr> {
    match u8::try_from(years) {
        Ok(0) => Ok(Retention::Permanent),
        Ok(years) => Ok(Retention::Years(years)),
        Err(_) => Err(DbErr::Type(format!("`{years}` is no term"))),
    }
}

impl From<&DossierEntry> for Model {
    fn from(entry: &DossierEntry) -> Self {
        let DossierEntry { id, list, office, heading, code, title, retention, keeper, keeper_name, .. } = entry.clone();
        Self {
            id: id.into(),
            office_id: office.into(),
            list_id: list.into(),
            heading,
            code,
            title,
            retention: years(retention),
            keeper_id: keeper.into(),
            keeper_name,
        }
    }
}

impl Model {
    fn noun(self) -> Result<DossierEntry, DbErr> {
        Ok(DossierEntry {
            id: DossierEntryId(self.id),
            list: DossierListId(self.list_id),
            office: OfficeId(self.office_id),
            heading: self.heading,
            code: self.code,
            title: self.title,
            retention: term(self.retention)?,
            keeper: UnitId(self.keeper_id),
            keeper_name: self.keeper_name,
            dossier: None,
        })
    }
}

/// Keeps new entries.
pub(crate) async fn insert(conn: &impl ConnectionTrait, entries: &[DossierEntry]) -> Result<(), DbErr> {
    for entry in entries {
        let row = Model::from(entry).into_active_model().reset_all();
        Entity::insert(row).exec_without_returning(conn).await?;
    }
    Ok(())
}

/// Keeps a changed entry.
pub(crate) async fn update(conn: &impl ConnectionTrait, entry: &DossierEntry) -> Result<(), DbErr> {
    let row = Model::from(entry).into_active_model().reset_all();
    Entity::update(row).exec(conn).await.map(|_| ())
}

/// Takes an entry out of its list.
pub(crate) async fn remove(conn: &impl ConnectionTrait, scope: &Scope, id: DossierEntryId) -> Result<(), DbErr> {
    let ours = Entity::delete_many().in_scope(scope, Column::OfficeId).filter(Column::Id.eq(Uuid::from(id)));
    ours.exec(conn).await.map(|_| ())
}

/// An entry in scope.
pub(crate) async fn get(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: DossierEntryId,
) -> Result<Option<DossierEntry>, DbErr> {
    let row = Entity::find_by_id(id).in_scope(scope, Column::OfficeId).one(conn).await?;
    row.map(Model::noun).transpose()
}

/// The entry of a list that has a code.
pub(crate) async fn coded(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    list: DossierListId,
    code: &str,
) -> Result<Option<DossierEntryId>, DbErr> {
    let row = of(scope, list).filter(Column::Code.eq(code)).one(conn).await?;
    Ok(row.map(|row| DossierEntryId(row.id)))
}

/// How many entries a list has.
pub(crate) async fn count(conn: &impl ConnectionTrait, scope: &Scope, list: DossierListId) -> Result<u32, DbErr> {
    let count = of(scope, list).count(conn).await?;
    u32::try_from(count).map_err(|_| DbErr::Type(format!("`{count}` is no count")))
}

/// Entries of a list by their codes, after one; each with the dossier that was opened last of it.
pub(crate) async fn list(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    list: DossierListId,
    after: Option<String>,
    limit: u64,
) -> Result<Vec<DossierEntry>, DbErr> {
    let query = after.into_iter().fold(of(scope, list), |query, after| query.filter(Column::Code.gt(after)));
    let rows = query.order_by_asc(Column::Code).limit(limit).all(conn).await?;
    let mut opened = dossiers::of_entries(conn, scope, rows.iter().map(|row| row.id).collect()).await?;
    let with = |row: Model| {
        let dossier = opened.remove(&row.id);
        row.noun().map(|entry| DossierEntry { dossier, ..entry })
    };
    rows.into_iter().map(with).collect()
}

fn of(scope: &Scope, list: DossierListId) -> Select<Entity> {
    Entity::find().in_scope(scope, Column::OfficeId).filter(Column::ListId.eq(Uuid::from(list)))
}
