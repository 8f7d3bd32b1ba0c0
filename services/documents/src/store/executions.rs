//! The way of issued documents to their digital signatures: a row for each that is signed digitally.

use schema_documents::{Execution, ExecutionSignature, ExecutionSigner, ExecutionState};
use sea_orm::{FromJsonQueryResult, IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use service::{InScope, Scope};
use wire::{
    Version,
    id::{FileId, OfficeId, OutgoingId, PersonId, PositionId},
};

use super::word;

/// The way of a document.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "execution")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    outgoing_id: Uuid,
    office_id: Uuid,
    version: i64,
    state: String,
    symbol: String,
    summary: Option<String>,
    signer: Uuid,
    signer_position: Uuid,
    file_id: Option<Uuid>,
    sha256: Option<String>,
    pages: Option<i64>,
    trouble: Option<String>,
    signed: Option<Made>,
    sealed: Option<Made>,
}

/// A signature that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Made(ExecutionSignature);

/// Ways are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<&Execution> for Model {
    fn from(noun: &Execution) -> Self {
        let Execution { id, office, version, state, symbol, summary, signer, .. } = noun.clone();
        let Execution { file, sha256, pages, trouble, signed, sealed, .. } = noun.clone();
        Self {
            outgoing_id: id.into(),
            office_id: office.into(),
            version: version.0,
            state: word::of(state),
            symbol,
            summary,
            signer: signer.person.into(),
            signer_position: signer.position.into(),
            file_id: file.map(Uuid::from),
            sha256,
            pages: pages.map(i64::from),
            trouble,
            signed: signed.map(Made),
            sealed: sealed.map(Made),
        }
    }
}

impl Model {
    fn noun(self) -> Result<Execution, DbErr> {
        Ok(Execution {
            id: OutgoingId(self.outgoing_id),
            office: OfficeId(self.office_id),
            version: Version(self.version),
            state: word::read(self.state)?,
            symbol: self.symbol,
            summary: self.summary,
            signer: ExecutionSigner { person: PersonId(self.signer), position: PositionId(self.signer_position) },
            file: self.file_id.map(FileId),
            sha256: self.sha256,
            pages: self.pages.map(word::count).transpose()?,
            trouble: self.trouble,
            signed: self.signed.map(|Made(made)| made),
            sealed: self.sealed.map(|Made(made)| made),
        })
    }
}

/// Begins the way of a document.
pub(crate) async fn insert(conn: &impl ConnectionTrait, begun: &Execution) -> Result<(), DbErr> {
    Entity::insert(Model::from(begun).into_active_model().reset_all()).exec_without_returning(conn).await.map(|_| ())
}

/// Keeps where a document stands now.
pub(crate) async fn update(conn: &impl ConnectionTrait, changed: &Execution) -> Result<(), DbErr> {
    Entity::update(Model::from(changed).into_active_model().reset_all()).exec(conn).await.map(|_| ())
}

/// The way of a document; nothing when it is signed by hand.
pub(crate) async fn get(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: OutgoingId,
) -> Result<Option<Execution>, DbErr> {
    let row = Entity::find_by_id(Uuid::from(id)).in_scope(scope, Column::OfficeId).one(conn).await?;
    row.map(Model::noun).transpose()
}

/// The same for changing; the document is held already, so that nobody else changes it.
pub(crate) async fn hold(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: OutgoingId,
) -> Result<Option<Execution>, DbErr> {
    let query = service::lock(Entity::find_by_id(Uuid::from(id)).in_scope(scope, Column::OfficeId));
    query.one(conn).await?.map(Model::noun).transpose()
}

/// Every way by its document.
pub(crate) async fn after(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Execution>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId);
    let query = after.into_iter().fold(query, |query, after| query.filter(Column::OutgoingId.gt(after)));
    let rows = query.order_by_asc(Column::OutgoingId).limit(limit).all(conn).await?;
    rows.into_iter().map(Model::noun).collect()
}

/// What stands in a state, those that were begun first at the top; for a signer alone when one is named.
pub(crate) async fn waiting(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    (state, signer): (ExecutionState, Option<PersonId>),
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Execution>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::State.eq(word::of(state)));
    let query = signer.into_iter().fold(query, |query, signer| query.filter(Column::Signer.eq(Uuid::from(signer))));
    let query = after.into_iter().fold(query, |query, after| query.filter(Column::OutgoingId.gt(after)));
    let rows = query.order_by_asc(Column::OutgoingId).limit(limit).all(conn).await?;
    rows.into_iter().map(Model::noun).collect()
}
