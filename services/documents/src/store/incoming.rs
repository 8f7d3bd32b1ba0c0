//! Incoming documents: reading and keeping them.

use std::collections::BTreeMap;

use schema_documents::{Disposition, IncomingDocument, IncomingState, ListIncoming, ListOrder};
use sea_orm::{
    ActiveValue, Condition, ConnectionTrait, DbErr, IntoActiveModel, Order, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, NullOrdering},
};
use service::{InScope, Scope};
use wire::{
    Day, FileRef,
    id::{IncomingId, RegisterId},
};

use super::{
    files, found,
    incoming_row::{Column, Entity, Model},
    word,
};
use crate::domain::duplicate::{Earlier, Likeness};

/// Documents alike are a handful; more than this are a mistake of the office that wrote them.
const MOST_ALIKE: u64 = 200;

/// Keeps a new document; its files are kept by [`files::attach`].
pub(crate) async fn insert(conn: &impl ConnectionTrait, document: &IncomingDocument) -> Result<(), DbErr> {
    let row = Model::from(document).into_active_model().reset_all();
    Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// Keeps a changed document; whether somebody has it stays as it is.
pub(crate) async fn update(conn: &impl ConnectionTrait, document: &IncomingDocument) -> Result<(), DbErr> {
    let mut row = Model::from(document).into_active_model().reset_all();
    row.assigned = ActiveValue::NotSet;
    Entity::update(row).exec(conn).await.map(|_| ())
}

/// Writes down whether somebody has a standing document. The document is held by the caller.
pub(crate) async fn set_assigned(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: IncomingId,
    assigned: bool,
) -> Result<(), DbErr> {
    Entity::update_many()
        .in_scope(scope, Column::OfficeId)
        .col_expr(Column::Assigned, Expr::value(assigned))
        .filter(Column::Id.eq(Uuid::from(id)))
        .filter(Column::State.eq(word::of(IncomingState::Registered)))
        .filter(Column::Assigned.ne(assigned))
        .exec(conn)
        .await
        .map(|_| ())
}

/// One document in scope.
pub(crate) async fn get(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: IncomingId,
) -> Result<Option<IncomingDocument>, DbErr> {
    let row = Entity::find_by_id(id).in_scope(scope, Column::OfficeId).one(conn).await?;
    Ok(nouns(conn, scope, row.into_iter().collect()).await?.into_iter().next())
}

/// One document in scope, which nobody else changes before the transaction ends.
pub(crate) async fn hold(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: IncomingId,
) -> Result<Option<IncomingDocument>, DbErr> {
    let query = service::lock(Entity::find_by_id(id).in_scope(scope, Column::OfficeId));
    let row = query.one(conn).await?;
    Ok(nouns(conn, scope, row.into_iter().collect()).await?.into_iter().next())
}

/// Documents in scope by id, in no particular order.
pub(crate) async fn by_ids(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    ids: impl IntoIterator<Item = IncomingId>,
) -> Result<Vec<IncomingDocument>, DbErr> {
    let ids: Vec<Uuid> = ids.into_iter().map(Uuid::from).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::Id.is_in(ids)).all(conn).await?;
    nouns(conn, scope, rows).await
}

/// The documents of a register under these numbers, in no particular order.
pub(crate) async fn by_numbers(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    register: RegisterId,
    numbers: &[i64],
) -> Result<Vec<IncomingDocument>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::RegisterId.eq(Uuid::from(register)));
    nouns(conn, scope, query.filter(Column::Number.is_in(numbers.iter().copied())).all(conn).await?).await
}

/// A page of a list by day of arrival, in the order asked for; `beside` is the place of the last item of the page before.
pub(crate) async fn list(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    call: &ListIncoming,
    beside: Option<(Day, Uuid)>,
    limit: u64,
) -> Result<Vec<IncomingDocument>, DbErr> {
    let mut all = wanted(call);
    if let Some((arrived, id)) = beside {
        let (that_day, further) = match call.order {
            ListOrder::LatestFirst => (
                Column::Arrived.lte(arrived.0),
                Condition::any().add(Column::Arrived.lt(arrived.0)).add(Column::Id.lt(id)),
            ),
            ListOrder::OldestFirst => (
                Column::Arrived.gte(arrived.0),
                Condition::any().add(Column::Arrived.gt(arrived.0)).add(Column::Id.gt(id)),
            ),
        };
        all = all.add(that_day).add(further);
    }
    let order = found::order(call.order);
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(all);
    let query = query.order_by(Column::Arrived, order.clone()).order_by(Column::Id, order);
    nouns(conn, scope, query.limit(limit).all(conn).await?).await
}

/// A page of a due list, earliest due day first and those without a day last; `after` is the place of the last item of
/// the page before.
pub(crate) async fn due(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    call: &ListIncoming,
    after: Option<(Option<Day>, Uuid)>,
    limit: u64,
) -> Result<Vec<IncomingDocument>, DbErr> {
    let mut all = wanted(call)
        .add(Column::Disposition.eq(word::of(Disposition::ToProcess)))
        .add(Column::State.eq(word::of(IncomingState::Registered)));
    if call.unassigned {
        all = all.add(Column::Assigned.eq(false));
    }
    if let Some(before) = call.due_before {
        all = all.add(Column::Due.lt(before.0));
    }
    all = match after {
        None => all,
        Some((None, id)) => all.add(Column::Due.is_null()).add(Column::Id.gt(id)),
        Some((Some(due), id)) => {
            let same = Condition::all().add(Column::Due.eq(due.0)).add(Column::Id.gt(id));
            all.add(Condition::any().add(Column::Due.gt(due.0)).add(Column::Due.is_null()).add(same))
        }
    };
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(all);
    let query = query.order_by_with_nulls(Column::Due, Order::Asc, NullOrdering::Last).order_by_asc(Column::Id);
    nouns(conn, scope, query.limit(limit).all(conn).await?).await
}

/// What every list of this call shows.
fn wanted(call: &ListIncoming) -> Condition {
    let ListIncoming { register, from, to, state, disposition, unit, q, .. } = call;
    let mut all = Condition::all();
    if let Some(register) = register {
        all = all.add(Column::RegisterId.eq(Uuid::from(*register)));
    }
    if let Some(from) = from {
        all = all.add(Column::Arrived.gte(from.0));
    }
    if let Some(to) = to {
        all = all.add(Column::Arrived.lte(to.0));
    }
    if let Some(state) = state {
        all = all.add(Column::State.eq(word::of(state)));
    }
    if let Some(disposition) = disposition {
        all = all.add(Column::Disposition.eq(word::of(disposition)));
    }
    if let Some(unit) = unit {
        all = all.add(Column::DeskUnit.eq(Uuid::from(*unit)));
    }
    all.add(found::by(Column::Search, q.as_deref()))
}

/// Documents by id after one, for snapshots.
pub(crate) async fn after(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<IncomingDocument>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId).order_by_asc(Column::Id).limit(limit);
    let query = after.into_iter().fold(query, |query, after| query.filter(Column::Id.gt(after)));
    let rows = query.all(conn).await?;
    nouns(conn, scope, rows).await
}

/// The standing documents that look like this one, or have one of these contents as a file. Two questions and not one,
/// so that each has its index.
pub(crate) async fn like(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    likeness: Option<&Likeness>,
    contents: &[String],
) -> Result<Vec<Earlier>, DbErr> {
    let mut rows = Vec::new();
    if let Some(Likeness { author, symbol, day }) = likeness {
        let query = Entity::find()
            .in_scope(scope, Column::OfficeId)
            .filter(Column::SymbolKey.eq(symbol))
            .filter(Column::DocumentDay.eq(day.0))
            .filter(Column::AuthorKey.eq(author));
        rows.extend(query.limit(MOST_ALIKE).all(conn).await?);
    }
    let holders = files::owners(conn, scope, contents).await?;
    if !holders.is_empty() {
        let query = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::Id.is_in(holders));
        rows.extend(query.limit(MOST_ALIKE).all(conn).await?);
    }
    Ok(rows.into_iter().filter_map(Model::earlier).collect())
}

async fn nouns(conn: &impl ConnectionTrait, scope: &Scope, rows: Vec<Model>) -> Result<Vec<IncomingDocument>, DbErr> {
    let mut held: BTreeMap<Uuid, Vec<FileRef>> = files::of(conn, scope, rows.iter().map(|row| row.id)).await?;
    rows.into_iter()
        .map(|row| {
            let files = held.remove(&row.id).unwrap_or_default();
            row.noun(files)
        })
        .collect()
}
