//! Outgoing documents: reading and keeping them.

use std::collections::BTreeMap;

use schema_documents::{ListOrder, ListOutgoing, OutgoingDocument};
use sea_orm::{Condition, ConnectionTrait, DbErr, IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*};
use service::{InScope, Scope};
use wire::{
    Day,
    id::{IncomingId, OfficeId, OutgoingId},
};

use super::{
    files, found,
    outgoing_row::{Column, Entity, Model},
    replies, word,
};

/// Keeps a new document with what it answers.
pub(crate) async fn insert(conn: &impl ConnectionTrait, document: &OutgoingDocument) -> Result<(), DbErr> {
    let row = Model::from(document).into_active_model().reset_all();
    Entity::insert(row).exec_without_returning(conn).await?;
    replies::insert(conn, document.office, document.id, &document.replies_to).await
}

/// Keeps a changed document.
pub(crate) async fn update(conn: &impl ConnectionTrait, document: &OutgoingDocument) -> Result<(), DbErr> {
    let row = Model::from(document).into_active_model().reset_all();
    Entity::update(row).exec(conn).await.map(|_| ())
}

/// One document in scope.
pub(crate) async fn get(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: OutgoingId,
) -> Result<Option<OutgoingDocument>, DbErr> {
    let row = Entity::find_by_id(id).in_scope(scope, Column::OfficeId).one(conn).await?;
    Ok(nouns(conn, scope, row.into_iter().collect()).await?.into_iter().next())
}

/// One document in scope, which nobody else changes before the transaction ends.
pub(crate) async fn hold(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: OutgoingId,
) -> Result<Option<OutgoingDocument>, DbErr> {
    let query = service::lock(Entity::find_by_id(id).in_scope(scope, Column::OfficeId));
    let row = query.one(conn).await?;
    Ok(nouns(conn, scope, row.into_iter().collect()).await?.into_iter().next())
}

/// Documents in scope by id, in no particular order.
pub(crate) async fn by_ids(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    ids: impl IntoIterator<Item = OutgoingId>,
) -> Result<Vec<OutgoingDocument>, DbErr> {
    let ids: Vec<Uuid> = ids.into_iter().map(Uuid::from).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::Id.is_in(ids)).all(conn).await?;
    nouns(conn, scope, rows).await
}

/// A page of a list by when each was begun, in the order asked for; `beside` is the last item of the page before.
pub(crate) async fn list(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    call: &ListOutgoing,
    beside: Option<Uuid>,
    limit: u64,
) -> Result<Vec<OutgoingDocument>, DbErr> {
    let ListOutgoing { office: _, state, genre, replies_to, from, to, q, order, limit: _, cursor: _ } = call;
    let query = Entity::find().in_scope(scope, Column::OfficeId);
    let mut query = query.order_by(Column::Id, found::order(*order)).limit(limit);
    if let Some(state) = state {
        query = query.filter(Column::State.eq(word::of(state)));
    }
    if let Some(genre) = genre {
        // A masked line in this list would tell its genre.
        query = query.filter(Column::Genre.eq(genre)).filter(Column::Masked.eq(false));
    }
    let undated = || Condition::any().add(Column::Dated.is_null());
    if let Some(from) = from {
        query = query.filter(undated().add(Column::Dated.gte(from.0)));
    }
    if let Some(to) = to {
        query = query.filter(undated().add(Column::Dated.lte(to.0)));
    }
    let mut query = query.filter(found::by(Column::Search, q.as_deref()));
    if let Some(incoming) = replies_to {
        query = query.filter(Column::Id.is_in(replies::answering(conn, scope, *incoming).await?));
    }
    if let Some(beside) = beside {
        query = query.filter(match order {
            ListOrder::LatestFirst => Column::Id.lt(beside),
            ListOrder::OldestFirst => Column::Id.gt(beside),
        });
    }
    nouns(conn, scope, query.all(conn).await?).await
}

/// Documents by id after one, for snapshots.
pub(crate) async fn after(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<OutgoingDocument>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId).order_by_asc(Column::Id).limit(limit);
    let query = after.into_iter().fold(query, |query, after| query.filter(Column::Id.gt(after)));
    let rows = query.all(conn).await?;
    nouns(conn, scope, rows).await
}

async fn nouns(conn: &impl ConnectionTrait, scope: &Scope, rows: Vec<Model>) -> Result<Vec<OutgoingDocument>, DbErr> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut held = files::of(conn, scope, ids.iter().copied()).await?;
    let mut answered: BTreeMap<Uuid, Vec<IncomingId>> = replies::of(conn, scope, ids).await?;
    rows.into_iter()
        .map(|row| {
            let replies_to = answered.remove(&row.id).unwrap_or_default();
            let files = held.remove(&row.id).unwrap_or_default();
            row.noun(replies_to, files)
        })
        .collect()
}

/// The documents that answer one that arrived.
pub(crate) async fn answering(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    incoming: IncomingId,
) -> Result<Vec<OutgoingDocument>, DbErr> {
    let ids = replies::answering(conn, scope, incoming).await?;
    by_ids(conn, scope, ids.into_iter().map(OutgoingId)).await
}

/// The document of an office that bears one of these symbols, and this day where one is known; the latest of several.
pub(crate) async fn of_symbol(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    office: OfficeId,
    (symbols, dated): (Vec<String>, Option<Day>),
) -> Result<Option<OutgoingId>, DbErr> {
    let query = Entity::find().select_only().column(Column::Id).in_scope(scope, Column::OfficeId);
    let query = query.filter(Column::OfficeId.eq(Uuid::from(office))).filter(Column::Symbol.is_in(symbols));
    let query = dated.into_iter().fold(query, |query, day| query.filter(Column::Dated.eq(day.0)));
    let found: Option<Uuid> = query.order_by_desc(Column::Id).limit(1).into_tuple().one(conn).await?;
    Ok(found.map(OutgoingId))
}

/// The latest day of an issued document of this body code, from a day on.
pub(crate) async fn latest_sealed(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    body_code: &str,
    from: Day,
) -> Result<Option<Day>, DbErr> {
    let days: Vec<TimeDate> = Entity::find()
        .select_only()
        .column(Column::Dated)
        .in_scope(scope, Column::OfficeId)
        .filter(Column::BodyCode.eq(body_code))
        .filter(Column::Dated.gte(from.0))
        .filter(Column::Seal.is_not_null())
        .order_by_desc(Column::Dated)
        .limit(1)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(days.into_iter().next().map(Day))
}
