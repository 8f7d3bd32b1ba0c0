//! Lists of assignments: every one in a stable order, page by page, and within an index that the office leads.

use schema_programme::{Assignment, AssignmentState, ListAssignments};
use sea_orm::{Condition, QueryOrder as _, QuerySelect as _, Select, entity::prelude::*};
use service::{InScope as _, Scope};
use wire::{
    Day,
    id::{AssignmentId, PersonId, UnitId},
};

use crate::{
    domain::{
        access::{Own, Subordinates},
        watch::Blocked,
    },
    store::{
        assignments::nouns,
        rows::{Column, Entity},
    },
};

/// Where a page by due day begins: after this day and id.
pub(crate) type ByDue = (Day, AssignmentId);

/// Where a page by unit and due day begins.
pub(crate) type ByUnit = (UnitId, Day, AssignmentId);

/// Which cases that are owed are wanted.
pub(crate) struct Owed<'a> {
    /// Only those this unit leads.
    pub(crate) unit: Option<UnitId>,
    /// Only those this person handles, as a subordinate where that is how one looks.
    pub(crate) handler: Option<(PersonId, Option<&'a Subordinates>)>,
    /// Only those due on this day or before it.
    pub(crate) until: Day,
}

/// Assignments as a call asks for them, by due day; one more than `limit` when more follow.
pub(crate) async fn list(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    call: &ListAssignments,
    own: Option<&Own>,
    after: Option<ByDue>,
    limit: u16,
    today: Day,
) -> Result<Vec<Assignment>, DbErr> {
    let words = call.q.as_deref().map(text::fold).filter(|words| !words.is_empty());
    // No index helps to look into titles or for one's own among everybody's; a bound on the days does.
    let sought = words.is_some() || own.is_some();
    let year_back = call.due_before.unwrap_or(today).plus(-366).filter(|_| sought);
    let wanted = Condition::all()
        .add_option(year_back.map(|day| Column::Due.gte(day.0)))
        .add_option(call.lead_unit.map(|unit| Column::LeadUnitId.eq(Uuid::from(unit))))
        .add_option(call.state.map(|state| Column::State.eq(state.word())))
        .add_option(call.due_before.map(|day| Column::Due.lt(day.0)))
        .add_option(call.source.map(|source| Column::SourceId.eq(source)))
        .add_option(words.map(|words| Column::TitleFolded.contains(words)))
        .add_option(own.map(|own| belongs(own).add(Column::HandlerId.eq(Uuid::from(own.person)))));
    page_by_due(Entity::find().in_scope(scope, Column::OfficeId).filter(wanted), conn, after, limit, today).await
}

/// What someone owes, and what they gave and have to close, by due day; one more than `limit` when more follow.
pub(crate) async fn mine(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    own: &Own,
    after: Option<ByDue>,
    limit: u16,
    today: Day,
) -> Result<Vec<Assignment>, DbErr> {
    page_by_due(Entity::find().in_scope(scope, Column::OfficeId).filter(belongs(own)), conn, after, limit, today).await
}

/// What is done and not closed, by due day; one more than `limit` when more follow.
pub(crate) async fn unclosed(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    after: Option<ByDue>,
    limit: u16,
    today: Day,
) -> Result<Vec<Assignment>, DbErr> {
    let done = Entity::find().in_scope(scope, Column::OfficeId).filter(is_done());
    page_by_due(done, conn, after, limit, today).await
}

/// What is owed by a day, by unit and due day; one more than `limit` when more follow.
pub(crate) async fn owed(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    wanted: &Owed<'_>,
    after: Option<ByUnit>,
    limit: u16,
    today: Day,
) -> Result<Vec<Assignment>, DbErr> {
    let (handler, under) = wanted.handler.unzip();
    let wanted = Condition::all()
        .add(Column::Owed.eq(true))
        .add(Column::Due.lte(wanted.until.0))
        .add_option(wanted.unit.map(|unit| Column::LeadUnitId.eq(Uuid::from(unit))))
        .add_option(handler.map(|person| Column::HandlerId.eq(Uuid::from(person))))
        .add_option(under.flatten().map(is_under))
        .add_option(after.map(|(unit, day, id)| {
            let unit = Uuid::from(unit);
            let same = Condition::all().add(Column::LeadUnitId.eq(unit)).add(later((day, id)));
            let after = Condition::any().add(Column::LeadUnitId.gt(unit)).add(same);
            Condition::all().add(Column::LeadUnitId.gte(unit)).add(after)
        }));
    let rows = Entity::find()
        .in_scope(scope, Column::OfficeId)
        .filter(wanted)
        .order_by_asc(Column::LeadUnitId)
        .order_by_asc(Column::Due)
        .order_by_asc(Column::Id)
        .limit(u64::from(limit) + 1)
        .all(conn)
        .await?;
    nouns(conn, rows, today).await
}

/// Every assignment that is blocked now.
pub(crate) async fn blocked(conn: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<Blocked>, DbErr> {
    let rows = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::Waiting.eq(true)).all(conn).await?;
    let cases = rows.into_iter().map(|row| row.noun(None)).collect::<Result<Vec<_>, _>>()?;
    let blocked = |case: Assignment| {
        let wait = case.waiting()?.clone();
        Some(Blocked { assignment: case.id, title: case.title, lead_unit: case.lead_unit, wait })
    };
    Ok(cases.into_iter().filter_map(blocked).collect())
}

/// What is handled in a position under a head; where the position is not known, in a unit they head.
fn is_under(head: &Subordinates) -> Condition {
    let unknown = Condition::all()
        .add(Column::HandlerPositionId.is_null())
        .add(Column::LeadUnitId.is_in(head.headed.iter().copied().map(Uuid::from)));
    let known = Column::HandlerPositionId.is_in(head.positions.iter().copied().map(Uuid::from));
    Condition::any().add(known).add(unknown)
}

/// What someone owes: what they handle or what was accepted in a position of theirs, and what is not accepted yet and
/// waits for their position or the unit they head. And what was given in their position and waits to be closed.
fn belongs(own: &Own) -> Condition {
    let positions = || own.positions.iter().copied().map(Uuid::from);
    let to_position = Column::LeadPositionId.is_in(positions());
    let to_unit = Condition::all()
        .add(Column::LeadPositionId.is_null())
        .add(Column::LeadUnitId.is_in(own.headed.iter().copied().map(Uuid::from)));
    let not_accepted = Condition::all()
        .add(Column::State.eq(AssignmentState::Assigned.word()))
        .add(Condition::any().add(to_position).add(to_unit));
    let handled = Condition::any()
        .add(Column::HandlerId.eq(Uuid::from(own.person)))
        .add(Column::HandlerPositionId.is_in(positions()));
    let owed = Condition::all().add(Column::Owed.eq(true)).add(handled.add(not_accepted));
    let to_close = Condition::all().add(is_done()).add(Column::GiverPositionId.is_in(positions()));
    Condition::any().add(owed).add(to_close)
}

fn is_done() -> Condition {
    Condition::all().add(Column::State.eq(AssignmentState::Done.word()))
}

/// What comes after a day and an id. The first comparison says nothing new, but an index can begin there.
fn later((day, id): ByDue) -> Condition {
    let same = Condition::all().add(Column::Due.eq(day.0)).add(Column::Id.gt(Uuid::from(id)));
    let after = Condition::any().add(Column::Due.gt(day.0)).add(same);
    Condition::all().add(Column::Due.gte(day.0)).add(after)
}

async fn page_by_due(
    query: Select<Entity>,
    conn: &impl ConnectionTrait,
    after: Option<ByDue>,
    limit: u16,
    today: Day,
) -> Result<Vec<Assignment>, DbErr> {
    let wanted = Condition::all().add_option(after.map(later));
    let rows = query
        .filter(wanted)
        .order_by_asc(Column::Due)
        .order_by_asc(Column::Id)
        .limit(u64::from(limit) + 1)
        .all(conn)
        .await?;
    nouns(conn, rows, today).await
}
