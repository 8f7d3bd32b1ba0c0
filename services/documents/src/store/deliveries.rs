//! What other offices sent: a row for each office that gets something. It belongs to that office; the one that sent sees
//! where it stands.

use std::collections::BTreeMap;

use schema_documents::{Delivery, DeliveryState, SentDocument};
use sea_orm::{FromJsonQueryResult, IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use service::{InScope, Scope};
use wire::{
    Instant, Version,
    id::{DeliveryId, DispatchId, IncomingId, OfficeId, OutgoingId},
};

use super::word;
use crate::domain::dispatch::OPEN;

/// Rows that are written at once: a statement takes 32,766 values at most.
const AT_ONCE: usize = 1_000;

/// A delivery.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "delivery")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    sender_id: Uuid,
    dispatch_id: Uuid,
    document_id: Uuid,
    office_name: String,
    version: i64,
    state: String,
    delivered_at: i64,
    opened_at: Option<i64>,
    settled_at: Option<i64>,
    incoming_id: Option<Uuid>,
    reason: Option<String>,
    sent: Sent,
}

/// What was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Sent(SentDocument);

/// Deliveries are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

fn row(noun: &Delivery, document: OutgoingId) -> Model {
    let Delivery { id, dispatch, office, office_name, version, state, delivered_at, .. } = noun.clone();
    let Delivery { opened_at, settled_at, incoming, reason, sent, .. } = noun.clone();
    Model {
        id: id.into(),
        office_id: office.into(),
        sender_id: sent.office.into(),
        dispatch_id: dispatch.into(),
        document_id: document.into(),
        office_name,
        version: version.0,
        state: word::of(state),
        delivered_at: delivered_at.micros(),
        opened_at: opened_at.map(Instant::micros),
        settled_at: settled_at.map(Instant::micros),
        incoming_id: incoming.map(Uuid::from),
        reason,
        sent: Sent(sent),
    }
}

impl Model {
    fn noun(self) -> Result<Delivery, DbErr> {
        Ok(Delivery {
            given_back_at: None,
            id: DeliveryId(self.id),
            dispatch: DispatchId(self.dispatch_id),
            office: OfficeId(self.office_id),
            office_name: self.office_name,
            version: Version(self.version),
            state: word::read(self.state)?,
            delivered_at: Instant::from_micros(self.delivered_at),
            opened_at: self.opened_at.map(Instant::from_micros),
            settled_at: self.settled_at.map(Instant::from_micros),
            incoming: self.incoming_id.map(IncomingId),
            reason: self.reason,
            sent: self.sent.0,
        })
    }
}

/// Keeps new deliveries of a document.
pub(crate) async fn insert(
    conn: &impl ConnectionTrait,
    document: OutgoingId,
    deliveries: &[Delivery],
) -> Result<(), DbErr> {
    for some in deliveries.chunks(AT_ONCE) {
        let rows = some.iter().map(|one| row(one, document).into_active_model().reset_all());
        Entity::insert_many(rows).exec_without_returning(conn).await?;
    }
    Ok(())
}

/// Keeps a changed delivery, and tells of which document it is.
pub(crate) async fn update(conn: &impl ConnectionTrait, delivery: &Delivery) -> Result<OutgoingId, DbErr> {
    let stands = Entity::find_by_id(Uuid::from(delivery.id)).filter(Column::OfficeId.eq(Uuid::from(delivery.office)));
    let document: Option<Uuid> = stands.select_only().column(Column::DocumentId).into_tuple().one(conn).await?;
    let document = document.ok_or_else(|| DbErr::RecordNotFound("a delivery".to_owned()))?;
    Entity::update(row(delivery, OutgoingId(document)).into_active_model().reset_all()).exec(conn).await?;
    Ok(OutgoingId(document))
}

/// One delivery in scope of the office that gets it.
pub(crate) async fn get(conn: &impl ConnectionTrait, scope: &Scope, id: DeliveryId) -> Result<Option<Delivery>, DbErr> {
    let row = Entity::find_by_id(Uuid::from(id)).in_scope(scope, Column::OfficeId).one(conn).await?;
    row.map(Model::noun).transpose()
}

/// The same for changing: nobody else changes it before the transaction ends.
pub(crate) async fn hold(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: DeliveryId,
) -> Result<Option<Delivery>, DbErr> {
    let query = service::lock(Entity::find_by_id(Uuid::from(id)).in_scope(scope, Column::OfficeId));
    query.one(conn).await?.map(Model::noun).transpose()
}

/// The queue of an office, the oldest first: what is open, or what stands in a state.
pub(crate) async fn queue(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    state: Option<DeliveryState>,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Delivery>, DbErr> {
    let states: Vec<String> = state.map_or_else(|| OPEN.map(word::of).to_vec(), |state| vec![word::of(state)]);
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::State.is_in(states));
    let query = after.into_iter().fold(query, |query, after| query.filter(Column::Id.gt(after)));
    query.order_by_asc(Column::Id).limit(limit).all(conn).await?.into_iter().map(Model::noun).collect()
}

/// The deliveries of a dispatch, in scope of its sender.
pub(crate) async fn of_dispatch(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    (dispatch, state): (DispatchId, Option<DeliveryState>),
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Delivery>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::SenderId).filter(Column::DispatchId.eq(Uuid::from(dispatch)));
    let query = state.into_iter().fold(query, |query, state| query.filter(Column::State.eq(word::of(state))));
    let query = after.into_iter().fold(query, |query, after| query.filter(Column::Id.gt(after)));
    query.order_by_asc(Column::Id).limit(limit).all(conn).await?.into_iter().map(Model::noun).collect()
}

/// Those of a dispatch that nobody has settled, held: nobody else changes them before the transaction ends.
pub(crate) async fn hold_open(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    dispatch: DispatchId,
) -> Result<Vec<Delivery>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::SenderId).filter(Column::DispatchId.eq(Uuid::from(dispatch)));
    let query = query.filter(Column::State.is_in(OPEN.map(word::of))).order_by_asc(Column::Id);
    service::lock(query).all(conn).await?.into_iter().map(Model::noun).collect()
}

/// How many deliveries of dispatches stand where, in scope of their sender.
pub(crate) async fn counts(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    dispatches: &[DispatchId],
) -> Result<BTreeMap<DispatchId, BTreeMap<DeliveryState, u32>>, DbErr> {
    let ids: Vec<Uuid> = dispatches.iter().copied().map(Uuid::from).collect();
    let rows: Vec<(Uuid, String, i64)> = Entity::find()
        .select_only()
        .column(Column::DispatchId)
        .column(Column::State)
        .column_as(Column::Id.count(), "deliveries")
        .in_scope(scope, Column::SenderId)
        .filter(Column::DispatchId.is_in(ids))
        .group_by(Column::DispatchId)
        .group_by(Column::State)
        .into_tuple()
        .all(conn)
        .await?;
    let mut counts: BTreeMap<DispatchId, BTreeMap<DeliveryState, u32>> = BTreeMap::new();
    for (dispatch, state, count) in rows {
        counts.entry(DispatchId(dispatch)).or_default().insert(word::read(state)?, word::count(count)?);
    }
    Ok(counts)
}

/// The name of one of these offices that has the document already and has not sent it back; nothing when none has.
pub(crate) async fn sent_before(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    document: OutgoingId,
    offices: &[OfficeId],
) -> Result<Option<String>, DbErr> {
    let standing = [DeliveryState::Delivered, DeliveryState::Opened, DeliveryState::Received].map(word::of);
    for some in offices.chunks(AT_ONCE) {
        let ids: Vec<Uuid> = some.iter().copied().map(Uuid::from).collect();
        let query = Entity::find().select_only().column(Column::OfficeName).in_scope(scope, Column::SenderId);
        let query = query.filter(Column::DocumentId.eq(Uuid::from(document))).filter(Column::OfficeId.is_in(ids));
        let query = query.filter(Column::State.is_in(standing.clone())).limit(1);
        if let Some(name) = query.into_tuple().one(conn).await? {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// Deliveries by id after one, for snapshots.
pub(crate) async fn after(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Delivery>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId).order_by_asc(Column::Id).limit(limit);
    let query = after.into_iter().fold(query, |query, after| query.filter(Column::Id.gt(after)));
    query.all(conn).await?.into_iter().map(Model::noun).collect()
}
