//! Lists of entries of the calendar: of a week, waiting for approval, and rivals for the same things.

use std::collections::BTreeSet;

use schema_programme::{CalendarEntry, CalendarState, ListCalendarWeek};
use sea_orm::{Condition, DatabaseTransaction, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use service::{InScope as _, Scope};
use wire::{
    Day, Instant,
    id::{CalendarEntryId, OfficeId},
};

use crate::{
    domain::calendar::{access::Eyes, clash::Thing, content::LONGEST_DAYS},
    store::calendar::{
        busy,
        entries::nouns,
        rows::{Column, Entity},
    },
};

/// A stretch of time, the end not included.
pub(crate) type Span = (Instant, Instant);

/// Where a page begins: after this beginning and id.
pub(crate) type ByStart = (Instant, CalendarEntryId);

/// Entries that take up a part of a stretch of time. The bound on the beginning lets an index help.
fn within((from, to): Span) -> Condition {
    let earliest = from.micros().saturating_sub(LONGEST_DAYS * 86_400_000_000);
    Condition::all()
        .add(Column::Starts.gte(earliest))
        .add(Column::Starts.lt(to.micros()))
        .add(Column::Ends.gt(from.micros()))
}

fn visible(eyes: &Eyes) -> Option<Condition> {
    match eyes {
        Eyes::All => None,
        Eyes::Units(units) => {
            let theirs = Column::UnitId.is_in(units.iter().copied().map(Uuid::from));
            Some(Condition::any().add(Column::Announced.eq(true)).add(theirs))
        }
    }
}

fn keeping_busy() -> Condition {
    let states = CalendarState::ALL.into_iter().filter(|state| state.keeps_busy());
    Condition::all().add(Column::State.is_in(states.map(CalendarState::word)))
}

/// The entries of a week as a call asks for them, by beginning; one more than `limit` when more follow.
pub(crate) async fn week(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    (call, span): (&ListCalendarWeek, Span),
    eyes: &Eyes,
    after: Option<ByStart>,
    limit: u16,
    today: Day,
) -> Result<Vec<CalendarEntry>, DbErr> {
    let asked = [call.leader.map(Thing::Leader), call.resource.map(Thing::Resource)];
    let needs = |thing| Column::Id.in_subquery(busy::who_needs(call.office, &BTreeSet::from([thing]), span));
    let later = after.map(|(starts, id)| {
        let same = Condition::all().add(Column::Starts.eq(starts.micros())).add(Column::Id.gt(Uuid::from(id)));
        Condition::any().add(Column::Starts.gt(starts.micros())).add(same)
    });
    let wanted = asked.into_iter().flatten().map(needs).fold(within(span), Condition::add);
    let wanted = wanted.add_option(visible(eyes)).add_option(later);
    let found = Entity::find().in_scope(scope, Column::OfficeId).filter(wanted);
    let ordered = found.order_by_asc(Column::Starts).order_by_asc(Column::Id);
    nouns(conn, ordered.limit(u64::from(limit) + 1).all(conn).await?, today).await
}

/// What of a week the whole office knows of, by beginning: for print.
pub(crate) async fn announced(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    span: Span,
    today: Day,
) -> Result<Vec<CalendarEntry>, DbErr> {
    let known = within(span).add(Column::Announced.eq(true));
    let found = Entity::find().in_scope(scope, Column::OfficeId).filter(known);
    nouns(conn, found.order_by_asc(Column::Starts).order_by_asc(Column::Id).all(conn).await?, today).await
}

/// The proposed entries that begin in a stretch of time, at most so many, locked until the transaction ends.
pub(crate) async fn waiting(
    tx: &DatabaseTransaction,
    scope: &Scope,
    (from, to): Span,
    most: u64,
    today: Day,
) -> Result<Vec<CalendarEntry>, DbErr> {
    let waiting = Entity::find()
        .in_scope(scope, Column::OfficeId)
        .filter(Column::State.eq(CalendarState::Proposed.word()))
        .filter(Column::Starts.gte(from.micros()))
        .filter(Column::Starts.lt(to.micros()))
        .order_by_asc(Column::Id)
        .limit(most);
    nouns(tx, service::lock(waiting).all(tx).await?, today).await
}

/// The entries of an office that keep one of these things busy in a stretch of time.
pub(crate) async fn rivals(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    office: OfficeId,
    needed: &BTreeSet<Thing>,
    span: Span,
    today: Day,
) -> Result<Vec<CalendarEntry>, DbErr> {
    if needed.is_empty() {
        return Ok(Vec::new());
    }
    let rivals = keeping_busy().add(Column::Id.in_subquery(busy::who_needs(office, needed, span)));
    let found = Entity::find().in_scope(scope, Column::OfficeId).filter(rivals).order_by_asc(Column::Id);
    nouns(conn, found.all(conn).await?, today).await
}

/// Of these entries the one that keeps things busy longest.
pub(crate) async fn last_busy(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    ids: Vec<Uuid>,
    today: Day,
) -> Result<Option<CalendarEntry>, DbErr> {
    let found = Entity::find().in_scope(scope, Column::OfficeId).filter(keeping_busy().add(Column::Id.is_in(ids)));
    let row = found.order_by_desc(Column::Ends).one(conn).await?;
    Ok(nouns(conn, row.into_iter().collect(), today).await?.pop())
}

/// The offices that have a calendar.
pub(crate) async fn offices(conn: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<OfficeId>, DbErr> {
    let all = Entity::find().in_scope(scope, Column::OfficeId).select_only().column(Column::OfficeId).distinct();
    let ids: Vec<Uuid> = all.order_by_asc(Column::OfficeId).into_tuple().all(conn).await?;
    Ok(ids.into_iter().map(OfficeId).collect())
}
