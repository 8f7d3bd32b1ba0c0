//! Hand-overs, always within a scope.

use schema_identity::{Handover, HandoverItem, HandoverRecord};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use service::{InScope as _, Scope};
use uuid::Uuid;
use wire::{
    Instant, Version,
    id::{HandoverId, PositionId},
};

use super::delegations::read;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "handover")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub office_id: Uuid,
        pub position_id: Uuid,
        pub outgoing_id: Uuid,
        pub incoming_id: Uuid,
        pub items: Json,
        pub instrument: Option<String>,
        pub drawn_by_id: Uuid,
        pub drawn_at: i64,
        pub outgoing_signed_at: Option<i64>,
        pub incoming_signed_at: Option<i64>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Hand-overs after an id, oldest first; only those of a position, when that is given.
pub(crate) async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    position: Option<PositionId>,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Handover>, DbErr> {
    let condition = Condition::all()
        .add_option(position.map(|position| row::Column::PositionId.eq(Uuid::from(position))))
        .add_option(after.map(|after| row::Column::Id.gt(after)));
    let query = row::Entity::find().in_scope(scope, row::Column::OfficeId).filter(condition);
    Ok(query.order_by_asc(row::Column::Id).limit(limit).all(db).await?.into_iter().map(noun).collect())
}

/// One hand-over with its list.
pub(crate) async fn get(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: HandoverId,
) -> Result<Option<HandoverRecord>, DbErr> {
    let query = row::Entity::find_by_id(Uuid::from(id)).in_scope(scope, row::Column::OfficeId);
    let Some(row) = query.one(db).await? else { return Ok(None) };
    let items = read(row.items.clone(), row.id)?;
    Ok(Some(HandoverRecord { handover: noun(row), items }))
}

/// One hand-over, locked until the transaction ends.
pub(crate) async fn lock(tx: &DatabaseTransaction, scope: &Scope, id: HandoverId) -> Result<Option<Handover>, DbErr> {
    let query = row::Entity::find_by_id(Uuid::from(id)).in_scope(scope, row::Column::OfficeId);
    Ok(service::lock(query).one(tx).await?.map(noun))
}

/// Writes a new hand-over down with its list.
pub(crate) async fn insert(tx: &DatabaseTransaction, handover: &Handover, items: &[HandoverItem]) -> Result<(), DbErr> {
    let Handover { id, office, position, outgoing, incoming, instrument, drawn_by, drawn_at, .. } = handover;
    let row = row::ActiveModel {
        id: Set((*id).into()),
        office_id: Set((*office).into()),
        position_id: Set((*position).into()),
        outgoing_id: Set((*outgoing).into()),
        incoming_id: Set((*incoming).into()),
        items: Set(serde_json::json!(items)),
        instrument: Set(instrument.clone()),
        drawn_by_id: Set((*drawn_by).into()),
        drawn_at: Set(drawn_at.micros()),
        version: Set(handover.version.0),
        outgoing_signed_at: Set(None),
        incoming_signed_at: Set(None),
    };
    row::Entity::insert(row).exec_without_returning(tx).await.map(|_| ())
}

/// Writes the signatures down; nothing else of a hand-over changes.
pub(crate) async fn save_signed(tx: &DatabaseTransaction, handover: &Handover) -> Result<(), DbErr> {
    let change = row::ActiveModel {
        id: Set(handover.id.into()),
        outgoing_signed_at: Set(handover.outgoing_signed_at.map(Instant::micros)),
        incoming_signed_at: Set(handover.incoming_signed_at.map(Instant::micros)),
        version: Set(handover.version.0),
        ..Default::default()
    };
    row::Entity::update(change).exec(tx).await.map(|_| ())
}

fn noun(row: row::Model) -> Handover {
    Handover {
        id: row.id.into(),
        office: row.office_id.into(),
        position: row.position_id.into(),
        outgoing: row.outgoing_id.into(),
        incoming: row.incoming_id.into(),
        instrument: row.instrument,
        drawn_by: row.drawn_by_id.into(),
        drawn_at: Instant::from_micros(row.drawn_at),
        outgoing_signed_at: row.outgoing_signed_at.map(Instant::from_micros),
        incoming_signed_at: row.incoming_signed_at.map(Instant::from_micros),
        version: Version(row.version),
    }
}
