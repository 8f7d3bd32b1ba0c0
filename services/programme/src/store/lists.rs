//! Lists of assignments: every one in a stable order, page by page, and within an index that the office leads.

use schema_programme::{Assignment, AssignmentState, ListAssignments};
use sea_orm::{Condition, QueryOrder as _, QuerySelect as _, Select, entity::prelude::*};
use service::{InScope as _, Scope};
use wire::{
    Day,
    id::{AssignmentId, PersonId, UnitId},
};

use crate::{
    domain::{access::Own, watch::Blocked},
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
    /// Only those this person handles, within these units where units are named.
    pub(crate) handler: Option<(PersonId, Option<&'a [UnitId]>)>,
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
        .add_option(own.map(belongs));
    page_by_due(Entity::find().in_scope(scope, Column::OfficeId).filter(wanted), conn, after, limit, today).await
}

/// What is someone's own and owed, by due day; one more than `limit` when more follow.
pub(crate) async fn mine(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    own: &Own,
    after: Option<ByDue>,
    limit: u16,
    today: Day,
) -> Result<Vec<Assignment>, DbErr> {
    let owed = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::Owed.eq(true)).filter(belongs(own));
    page_by_due(owed, conn, after, limit, today).await
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
    let (handler, within) = wanted.handler.unzip();
    let wanted = Condition::all()
        .add(Column::Owed.eq(true))
        .add(Column::Due.lte(wanted.until.0))
        .add_option(wanted.unit.map(|unit| Column::LeadUnitId.eq(Uuid::from(unit))))
        .add_option(handler.map(|person| Column::HandlerId.eq(Uuid::from(person))))
        .add_option(within.flatten().map(|units| Column::LeadUnitId.is_in(units.iter().copied().map(Uuid::from))))
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

/// What someone handles, and what is not accepted yet and waits for their position or the unit they head.
fn belongs(own: &Own) -> Condition {
    let to_position = Column::LeadPositionId.is_in(own.positions.iter().copied().map(Uuid::from));
    let to_unit = Condition::all()
        .add(Column::LeadPositionId.is_null())
        .add(Column::LeadUnitId.is_in(own.headed.iter().copied().map(Uuid::from)));
    let not_accepted = Condition::all()
        .add(Column::State.eq(AssignmentState::Assigned.word()))
        .add(Condition::any().add(to_position).add(to_unit));
    Condition::any().add(Column::HandlerId.eq(Uuid::from(own.person))).add(not_accepted)
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
