//! Proposals of what is to happen with incoming documents.

use schema_documents::{DocumentActor, IncomingProposal, IncomingRouting, ProposalState};
use sea_orm::{FromJsonQueryResult, IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use service::{InScope, Scope};
use wire::{
    Instant, Version,
    id::{IncomingId, OfficeId, PositionId, ProposalId},
};

use super::word;

/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "proposal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    version: i64,
    incoming_id: Uuid,
    routing: Routing,
    put_to: Uuid,
    by_actor: Actor,
    at: i64,
    state: String,
    answered_by: Option<Actor>,
    answered_at: Option<i64>,
    reason: Option<String>,
}

/// What is proposed or instructed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Routing(pub(super) IncomingRouting);

/// Who acted, and for whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Actor(pub(super) DocumentActor);

/// Proposals are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<&IncomingProposal> for Model {
    fn from(noun: &IncomingProposal) -> Self {
        let IncomingProposal { id, office, version, document, routing, put_to, by, at, state, .. } = noun.clone();
        let IncomingProposal { answered_by, answered_at, reason, .. } = noun.clone();
        Self {
            id: id.into(),
            office_id: office.into(),
            version: version.0,
            incoming_id: document.into(),
            routing: Routing(routing),
            put_to: put_to.into(),
            by_actor: Actor(by),
            at: at.micros(),
            state: word::of(state),
            answered_by: answered_by.map(Actor),
            answered_at: answered_at.map(Instant::micros),
            reason,
        }
    }
}

impl Model {
    fn noun(self) -> Result<IncomingProposal, DbErr> {
        Ok(IncomingProposal {
            id: ProposalId(self.id),
            office: OfficeId(self.office_id),
            version: Version(self.version),
            document: IncomingId(self.incoming_id),
            routing: self.routing.0,
            put_to: PositionId(self.put_to),
            by: self.by_actor.0,
            at: Instant::from_micros(self.at),
            state: word::read(self.state)?,
            answered_by: self.answered_by.map(|actor| actor.0),
            answered_at: self.answered_at.map(Instant::from_micros),
            reason: self.reason,
        })
    }
}

/// Keeps a new proposal.
pub(crate) async fn insert(conn: &impl ConnectionTrait, proposal: &IncomingProposal) -> Result<(), DbErr> {
    let row = Model::from(proposal).into_active_model().reset_all();
    Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// Keeps a proposal that was answered.
pub(crate) async fn update(conn: &impl ConnectionTrait, proposal: &IncomingProposal) -> Result<(), DbErr> {
    let row = Model::from(proposal).into_active_model().reset_all();
    Entity::update(row).exec(conn).await.map(|_| ())
}

/// One proposal in scope. Whoever changes it holds its document.
pub(crate) async fn get(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: ProposalId,
) -> Result<Option<IncomingProposal>, DbErr> {
    let row = Entity::find_by_id(id).in_scope(scope, Column::OfficeId).one(conn).await?;
    row.map(Model::noun).transpose()
}

/// The proposal of a document that waits.
pub(crate) async fn waiting(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    document: IncomingId,
) -> Result<Option<IncomingProposal>, DbErr> {
    let of = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::IncomingId.eq(Uuid::from(document)));
    let row = of.filter(Column::State.eq(word::of(ProposalState::Waiting))).one(conn).await?;
    row.map(Model::noun).transpose()
}

/// A page of a document's proposals, the latest first.
pub(crate) async fn of(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    document: IncomingId,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<IncomingProposal>, DbErr> {
    let of = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::IncomingId.eq(Uuid::from(document)));
    let of = before.into_iter().fold(of, |of, before| of.filter(Column::Id.lt(before)));
    let rows = of.order_by_desc(Column::Id).limit(limit).all(conn).await?;
    rows.into_iter().map(Model::noun).collect()
}

/// A page of the proposals that wait at positions, the oldest first.
pub(crate) async fn put_to(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    positions: &[PositionId],
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<IncomingProposal>, DbErr> {
    let put = Entity::find()
        .in_scope(scope, Column::OfficeId)
        .filter(Column::State.eq(word::of(ProposalState::Waiting)))
        .filter(Column::PutTo.is_in(positions.iter().copied().map(Uuid::from)));
    let put = after.into_iter().fold(put, |put, after| put.filter(Column::Id.gt(after)));
    let rows = put.order_by_asc(Column::Id).limit(limit).all(conn).await?;
    rows.into_iter().map(Model::noun).collect()
}

/// Proposals by id after one, for snapshots.
pub(crate) async fn after(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<IncomingProposal>, DbErr> {
    let all = Entity::find().in_scope(scope, Column::OfficeId).order_by_asc(Column::Id).limit(limit);
    let all = after.into_iter().fold(all, |all, after| all.filter(Column::Id.gt(after)));
    all.all(conn).await?.into_iter().map(Model::noun).collect()
}
