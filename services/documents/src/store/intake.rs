//! Items of the clerk's queue. Their contents stand among the files.

use std::collections::BTreeMap;

use schema_documents::{DocumentActor, IntakeItem, IntakeMail, IntakeSource, IntakeState};
use sea_orm::{FromJsonQueryResult, IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use service::{InScope, Scope};
use wire::{
    FileRef, Instant, Version,
    id::{IncomingId, IntakeBatchId, IntakeItemId, OfficeId},
};

use super::{files, mails, word};

/// An item.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    version: i64,
    batch_id: Uuid,
    state: String,
    source: String,
    at: i64,
    by_actor: Option<Actor>,
    media_type: Option<String>,
    size: Option<i64>,
    sealed: Option<String>,
    incoming_id: Option<Uuid>,
    letter_id: Option<Uuid>,
    reason: Option<String>,
    handled_at: Option<i64>,
}

/// Who acted, and for whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Actor(DocumentActor);

/// Items are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// An item with what its row keeps beside the noun.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    /// The noun; of a sealed item without name and file.
    pub(crate) item: IntakeItem,
    /// Key and name, sealed for the row.
    pub(crate) sealed: Option<String>,
    /// The stored content: encrypted while the item is sealed, clear from then on. What was taken out of it stands with
    /// the noun.
    pub(crate) content: Option<FileRef>,
}

impl From<&Kept> for Model {
    fn from(kept: &Kept) -> Self {
        let IntakeItem { id, office, version, batch, state, source, brought_in_at, by, .. } = kept.item.clone();
        let IntakeItem { media_type, size, incoming, letter, reason, handled_at, .. } = kept.item.clone();
        Self {
            id: id.into(),
            office_id: office.into(),
            version: version.0,
            batch_id: batch.into(),
            state: word::of(state),
            source: word::of(source),
            at: brought_in_at.micros(),
            by_actor: by.map(Actor),
            media_type,
            size: size.map(|size| i64::try_from(size).unwrap_or(i64::MAX)),
            sealed: kept.sealed.clone(),
            incoming_id: incoming.map(Uuid::from),
            letter_id: letter.map(Uuid::from),
            reason: reason.map(word::of),
            handled_at: handled_at.map(Instant::micros),
        }
    }
}

impl Model {
    fn kept(self, mut files: Vec<FileRef>, mail: Option<IntakeMail>) -> Result<Kept, DbErr> {
        let parts = files.split_off(files.len().min(1));
        let content = files.pop();
        let file = content.clone().filter(|_| self.sealed.is_none());
        let item = IntakeItem {
            id: IntakeItemId(self.id),
            office: OfficeId(self.office_id),
            version: Version(self.version),
            batch: IntakeBatchId(self.batch_id),
            state: word::read(self.state)?,
            source: word::read(self.source)?,
            brought_in_at: Instant::from_micros(self.at),
            by: self.by_actor.map(|actor| actor.0),
            name: file.as_ref().map(|file| file.name.clone()),
            media_type: self.media_type,
            size: self.size.and_then(|size| u64::try_from(size).ok()),
            file,
            parts,
            mail,
            incoming: self.incoming_id.map(IncomingId),
            letter: self.letter_id.map(IncomingId),
            reason: self.reason.map(word::read).transpose()?,
            handled_at: self.handled_at.map(Instant::from_micros),
        };
        Ok(Kept { item, sealed: self.sealed, content })
    }
}

/// Which items are wanted.
pub(crate) struct Wanted<'a> {
    /// Those in one of these states.
    pub(crate) states: &'a [IntakeState],
    /// Those of this batch.
    pub(crate) batch: Option<IntakeBatchId>,
    /// Those after this one.
    pub(crate) after: Option<Uuid>,
}

/// Keeps a new item.
pub(crate) async fn insert(conn: &impl ConnectionTrait, kept: &Kept) -> Result<(), DbErr> {
    let row = Model::from(kept).into_active_model().reset_all();
    Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// Keeps a changed item; a key that it does not bear any more is overwritten.
pub(crate) async fn update(conn: &impl ConnectionTrait, kept: &Kept) -> Result<(), DbErr> {
    let row = Model::from(kept).into_active_model().reset_all();
    Entity::update(row).exec(conn).await.map(|_| ())
}

/// One item in scope.
pub(crate) async fn get(conn: &impl ConnectionTrait, scope: &Scope, id: IntakeItemId) -> Result<Option<Kept>, DbErr> {
    let row = Entity::find_by_id(id).in_scope(scope, Column::OfficeId).one(conn).await?;
    Ok(with_contents(conn, scope, row.into_iter().collect()).await?.pop())
}

/// One item in scope, which nobody else changes before the transaction ends.
pub(crate) async fn hold(conn: &impl ConnectionTrait, scope: &Scope, id: IntakeItemId) -> Result<Option<Kept>, DbErr> {
    let query = service::lock(Entity::find_by_id(id).in_scope(scope, Column::OfficeId));
    let row = query.one(conn).await?;
    Ok(with_contents(conn, scope, row.into_iter().collect()).await?.pop())
}

/// A page of items, the oldest first.
pub(crate) async fn list(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    wanted: Wanted<'_>,
    limit: u64,
) -> Result<Vec<Kept>, DbErr> {
    let Wanted { states, batch, after } = wanted;
    let query = Entity::find()
        .in_scope(scope, Column::OfficeId)
        .filter(Column::State.is_in(states.iter().map(|state| word::of(*state))));
    let query = batch.into_iter().fold(query, |query, batch| query.filter(Column::BatchId.eq(Uuid::from(batch))));
    let query = after.into_iter().fold(query, |query, after| query.filter(Column::Id.gt(after)));
    let rows = query.order_by_asc(Column::Id).limit(limit).all(conn).await?;
    with_contents(conn, scope, rows).await
}

/// How many items stand where, of batches; or of the whole queue, as far as it is open.
pub(crate) async fn counts(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    states: &[IntakeState],
    batches: Option<Vec<Uuid>>,
) -> Result<Vec<(Uuid, IntakeState, u32)>, DbErr> {
    let query = Entity::find()
        .select_only()
        .column(Column::BatchId)
        .column(Column::State)
        .column_as(Column::Id.count(), "items")
        .in_scope(scope, Column::OfficeId)
        .filter(Column::State.is_in(states.iter().map(|state| word::of(*state))))
        .group_by(Column::BatchId)
        .group_by(Column::State);
    let query = batches.into_iter().fold(query, |query, batches| query.filter(Column::BatchId.is_in(batches)));
    let rows: Vec<(Uuid, String, i64)> = query.into_tuple().all(conn).await?;
    rows.into_iter().map(|(batch, state, items)| Ok((batch, word::read(state)?, word::count(items)?))).collect()
}

/// Items by id after one, for snapshots.
pub(crate) async fn after(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<IntakeItem>, DbErr> {
    let all = Entity::find().in_scope(scope, Column::OfficeId).order_by_asc(Column::Id).limit(limit);
    let all = after.into_iter().fold(all, |all, after| all.filter(Column::Id.gt(after)));
    all.all(conn).await?.into_iter().map(|row| row.kept(Vec::new(), None).map(|kept| kept.item)).collect()
}

async fn with_contents(conn: &impl ConnectionTrait, scope: &Scope, rows: Vec<Model>) -> Result<Vec<Kept>, DbErr> {
    let mut held = files::of(conn, scope, rows.iter().map(|row| row.id)).await?;
    let came = rows.iter().filter(|row| row.source == word::of(IntakeSource::Mail)).map(|row| row.id).collect();
    let mut outsides: BTreeMap<_, _> = mails::outsides(conn, scope, came).await?.into_iter().collect();
    rows.into_iter()
        .map(|row| {
            let (files, mail) = (held.remove(&row.id).unwrap_or_default(), outsides.remove(&IntakeItemId(row.id)));
            row.kept(files, mail)
        })
        .collect()
}
