//! Which outgoing document answers which incoming ones.

use std::collections::BTreeMap;

use sea_orm::{QueryOrder, QuerySelect, Set, entity::prelude::*};
use service::{InScope, Scope};
use wire::id::{IncomingId, OfficeId, OutgoingId};

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outgoing_reply")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    office_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    outgoing_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    incoming_id: Uuid,
}

/// Answers are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Keeps what a new document answers.
pub(crate) async fn insert(
    conn: &impl ConnectionTrait,
    office: OfficeId,
    outgoing: OutgoingId,
    answered: &[IncomingId],
) -> Result<(), DbErr> {
    let row = |incoming: &IncomingId| ActiveModel {
        outgoing_id: Set(outgoing.into()),
        incoming_id: Set((*incoming).into()),
        office_id: Set(office.into()),
    };
    if answered.is_empty() {
        return Ok(());
    }
    Entity::insert_many(answered.iter().map(row)).exec_without_returning(conn).await.map(|_| ())
}

/// What each of these documents answers.
pub(super) async fn of(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    outgoing: Vec<Uuid>,
) -> Result<BTreeMap<Uuid, Vec<IncomingId>>, DbErr> {
    let mut answered: BTreeMap<Uuid, Vec<IncomingId>> = BTreeMap::new();
    if outgoing.is_empty() {
        return Ok(answered);
    }
    let rows = Entity::find()
        .in_scope(scope, Column::OfficeId)
        .filter(Column::OutgoingId.is_in(outgoing))
        .order_by_asc(Column::IncomingId)
        .all(conn)
        .await?;
    for row in rows {
        answered.entry(row.outgoing_id).or_default().push(IncomingId(row.incoming_id));
    }
    Ok(answered)
}

/// The documents that answer one; an incoming document has a handful of answers at most.
pub(super) async fn answering(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    incoming: IncomingId,
) -> Result<Vec<Uuid>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::OutgoingId)
        .in_scope(scope, Column::OfficeId)
        .filter(Column::IncomingId.eq(Uuid::from(incoming)))
        .limit(1_000)
        .into_tuple()
        .all(conn)
        .await
}
