//! Dossiers of work.

use std::collections::BTreeMap;

use schema_documents::{Dossier, ListDossiers};
use sea_orm::{Condition, IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*};
use service::{InScope, Scope};
use wire::{
    Instant, Version,
    id::{DossierEntryId, DossierId, OfficeId, UnitId},
};

use super::{
    dossier_entries::{term, years},
    word,
};

/// A dossier.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "dossier")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    version: i64,
    year: i64,
    state: String,
    entry_id: Option<Uuid>,
    code: Option<String>,
    title: String,
    retention: i64,
    keeper_id: Uuid,
    keeper_name: String,
    offered_id: Option<Uuid>,
    offered_name: Option<String>,
    reason: Option<String>,
    opened_at: i64,
    closed_at: Option<i64>,
}

/// Dossiers are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<&Dossier> for Model {
    fn from(dossier: &Dossier) -> Self {
        let Dossier { id, office, version, year, state, entry, code, title, retention, keeper, keeper_name, .. } =
            dossier.clone();
        let (offered_id, offered_name) = dossier.offered.clone().unzip();
        Self {
            id: id.into(),
            office_id: office.into(),
            version: version.0,
            year: year.into(),
            state: word::of(state),
            entry_id: entry.map(Uuid::from),
            code,
            title,
            retention: years(retention),
            keeper_id: keeper.into(),
            keeper_name,
            offered_id: offered_id.map(Uuid::from),
            offered_name,
            reason: dossier.reason.clone(),
            opened_at: dossier.opened_at.micros(),
            closed_at: dossier.closed_at.map(Instant::micros),
        }
    }
}

impl Model {
    fn noun(self) -> Result<Dossier, DbErr> {
        Ok(Dossier {
            id: DossierId(self.id),
            office: OfficeId(self.office_id),
            version: Version(self.version),
            year: word::year(self.year)?,
            state: word::read(self.state)?,
            entry: self.entry_id.map(DossierEntryId),
            code: self.code,
            title: self.title,
            retention: term(self.retention)?,
            keeper: UnitId(self.keeper_id),
            keeper_name: self.keeper_name,
            offered: self.offered_id.map(UnitId).zip(self.offered_name),
            reason: self.reason,
            opened_at: Instant::from_micros(self.opened_at),
            closed_at: self.closed_at.map(Instant::from_micros),
            papers: 0,
        })
    }
}

/// Keeps a new dossier.
pub(crate) async fn insert(conn: &impl ConnectionTrait, dossier: &Dossier) -> Result<(), DbErr> {
    let row = Model::from(dossier).into_active_model().reset_all();
    Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// Keeps a changed dossier.
pub(crate) async fn update(conn: &impl ConnectionTrait, dossier: &Dossier) -> Result<(), DbErr> {
    let row = Model::from(dossier).into_active_model().reset_all();
    Entity::update(row).exec(conn).await.map(|_| ())
}

/// A dossier in scope, without the count of what lies in it.
pub(crate) async fn get(conn: &impl ConnectionTrait, scope: &Scope, id: DossierId) -> Result<Option<Dossier>, DbErr> {
    let row = Entity::find_by_id(id).in_scope(scope, Column::OfficeId).one(conn).await?;
    row.map(Model::noun).transpose()
}

/// The same, which nobody else changes before the transaction ends.
pub(crate) async fn hold(conn: &impl ConnectionTrait, scope: &Scope, id: DossierId) -> Result<Option<Dossier>, DbErr> {
    let row = service::lock(Entity::find_by_id(id).in_scope(scope, Column::OfficeId)).one(conn).await?;
    row.map(Model::noun).transpose()
}

/// Several in scope, by their ids.
pub(crate) async fn by_ids(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    ids: Vec<Uuid>,
) -> Result<BTreeMap<DossierId, Dossier>, DbErr> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::Id.is_in(ids)).all(conn).await?;
    rows.into_iter().map(|row| row.noun().map(|dossier| (dossier.id, dossier))).collect()
}

/// A page of dossiers, the latest opened first.
pub(crate) async fn list(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    call: &ListDossiers,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Dossier>, DbErr> {
    let keeper = call.keeper.map(Uuid::from);
    let keeps = keeper.map(|unit| Condition::any().add(Column::KeeperId.eq(unit)).add(Column::OfferedId.eq(unit)));
    let wanted = Condition::all()
        .add(Column::OfficeId.eq(Uuid::from(call.office)))
        .add_option(call.year.map(|year| Column::Year.eq(i64::from(year))))
        .add_option(call.state.map(|state| Column::State.eq(word::of(state))))
        .add_option(keeps)
        .add_option(before.map(|before| Column::Id.lt(before)));
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(wanted);
    query.order_by_desc(Column::Id).limit(limit).all(conn).await?.into_iter().map(Model::noun).collect()
}

/// The dossier that was opened last of each of these entries.
pub(super) async fn of_entries(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    entries: Vec<Uuid>,
) -> Result<BTreeMap<Uuid, DossierId>, DbErr> {
    if entries.is_empty() {
        return Ok(BTreeMap::new());
    }
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::EntryId.is_in(entries));
    let rows = query.order_by_asc(Column::Id).all(conn).await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.entry_id?, DossierId(row.id)))).collect())
}
