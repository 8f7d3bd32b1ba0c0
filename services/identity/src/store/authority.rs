//! What a session leads to, in a few indexed queries and that of `lent`: it is asked every few seconds by every service.

use std::collections::BTreeSet;

use schema_identity::Reach;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, QueryResult, Statement, prelude::TimeDate};
use uuid::Uuid;
use wire::{
    Day, Instant,
    id::{AccountId, PersonId, PositionId, SessionId},
};

use crate::domain::{
    authority::{Held, MOST_REPORTS, Reports},
    interval::Interval,
};

/// What a session and its account have of proofs.
pub(crate) struct Proven {
    /// Until when the session is stepped up.
    pub(crate) until: Option<Instant>,
    /// Whether the account has a second factor.
    pub(crate) has_factor: bool,
}

/// The person behind a session that goes on, whose account and person are not disabled.
pub(crate) async fn person_of(
    db: &impl ConnectionTrait,
    account: AccountId,
    session: SessionId,
    now: Instant,
) -> Result<Option<(PersonId, Proven)>, DbErr> {
    const FIND: &str = "SELECT p.id AS person, f.stepped_up_until,
        CASE WHEN EXISTS (SELECT 1 FROM totp t WHERE t.account_id = a.id AND t.confirmed IS NOT NULL)
          OR EXISTS (SELECT 1 FROM passkey k WHERE k.account_id = a.id) THEN 1 ELSE 0 END AS has_factor
        FROM session s
        LEFT JOIN session_proof f ON f.session_id = s.id
        JOIN account a ON a.id = s.account_id
        JOIN person p ON p.id = a.person_id
        WHERE s.id = $1 AND s.account_id = $2 AND s.ended IS NULL AND s.expires > $3
          AND a.state = 'active' AND p.active = $4";
    let values = [Uuid::from(session).into(), Uuid::from(account).into(), now.micros().into(), true.into()];
    let found = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), FIND, values)).await?;
    let noun = |row: QueryResult| {
        let until = row.try_get::<Option<i64>>("", "stepped_up_until")?.map(Instant::from_micros);
        let has_factor = row.try_get::<i32>("", "has_factor")? == 1;
        Ok((row.try_get::<Uuid>("", "person")?.into(), Proven { until, has_factor }))
    };
    found.map(noun).transpose()
}

#[derive(FromQueryResult)]
struct Row {
    appointment: Uuid,
    position: Uuid,
    office_id: Uuid,
    unit_id: Uuid,
    title: String,
    roles: serde_json::Value,
    head: bool,
    below: bool,
    from_day: TimeDate,
    to_day: Option<TimeDate>,
    stands_from: TimeDate,
    stands_to: Option<TimeDate>,
}

/// What a person holds on a day or later.
pub(crate) async fn held(db: &impl ConnectionTrait, person: PersonId, day: Day) -> Result<Vec<Held>, DbErr> {
    const FIND: &str = "SELECT a.id AS appointment, p.id AS position, p.office_id, p.unit_id, p.title, p.roles, p.head,
            p.below, a.from_day, a.to_day, p.from_day AS stands_from, p.to_day AS stands_to
        FROM appointment a JOIN position p ON p.id = a.position_id
        WHERE a.person_id = $1 AND (a.to_day IS NULL OR a.to_day > $2)
        ORDER BY a.id";
    let values = [Uuid::from(person).into(), day.0.into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), FIND, values);
    Row::find_by_statement(statement).all(db).await?.into_iter().map(noun).collect()
}

/// Who reports to these positions on a day: whoever names one of them, and in a unit that one of them heads whoever names
/// nobody. Of each at most one more than a grant may name, found in the order of an index, so that a large unit costs no
/// more and crowds nobody out.
pub(crate) async fn reports(
    db: &impl ConnectionTrait,
    held: &[&Held],
    day: Day,
) -> Result<Vec<(Reports, PositionId)>, DbErr> {
    const NAMED: &str = "SELECT TRUE AS named, head_id AS head, position_id AS position FROM reporting
        WHERE head_id = @ AND from_day <= $1 AND (to_day IS NULL OR to_day > $1)";
    const OF_UNIT: &str = "SELECT FALSE, p.unit_id, p.id AS position FROM position p
        WHERE p.unit_id = @ AND p.office_id = % AND p.from_day <= $1 AND (p.to_day IS NULL OR p.to_day > $1)
          AND NOT EXISTS (SELECT 1 FROM reporting r
            WHERE r.position_id = p.id AND r.from_day <= $1 AND (r.to_day IS NULL OR r.to_day > $1))";
    if held.is_empty() {
        return Ok(Vec::new());
    }
    let mut values = vec![day.0.into()];
    let mut place = |id: Uuid| {
        values.push(id.into());
        format!("${}", values.len())
    };
    let mut parts: Vec<String> = held.iter().map(|held| NAMED.replace('@', &place(held.position.into()))).collect();
    let units: BTreeSet<(Uuid, Uuid)> =
        held.iter().filter(|held| held.head).map(|held| (held.office.into(), held.unit.into())).collect();
    for (office, unit) in units {
        parts.push(OF_UNIT.replace('@', &place(unit)).replace('%', &place(office)));
    }
    let cut = |(place, find): (usize, String)| {
        format!("SELECT * FROM ({find} ORDER BY position LIMIT {}) AS part_{place}", MOST_REPORTS + 1)
    };
    let find = parts.into_iter().enumerate().map(cut).collect::<Vec<_>>().join(" UNION ALL ");
    let found = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), find, values)).await?;
    let reports = |row: QueryResult| {
        let (named, head): (bool, Uuid) = (row.try_get("", "named")?, row.try_get("", "head")?);
        let to = if named { Reports::To(head.into()) } else { Reports::ToHeadOf(head.into()) };
        Ok((to, row.try_get::<Uuid>("", "position")?.into()))
    };
    found.into_iter().map(reports).collect()
}

fn noun(row: Row) -> Result<Held, DbErr> {
    let roles = serde_json::from_value(row.roles)
        .map_err(|error| DbErr::Type(format!("position {} has roles that cannot be read: {error}", row.position)))?;
    Ok(Held {
        appointment: row.appointment.into(),
        position: row.position.into(),
        office: row.office_id.into(),
        unit: row.unit_id.into(),
        title: row.title,
        roles,
        head: row.head,
        reach: if row.below { Reach::Below } else { Reach::Own },
        appointed: Interval { from: Day(row.from_day), to: row.to_day.map(Day) },
        stands: Interval { from: Day(row.stands_from), to: row.stands_to.map(Day) },
    })
}
