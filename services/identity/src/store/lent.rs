//! What is lent to a person, with everything it hangs on, in one indexed query: it is part of every answer about
//! authority.

use sea_orm::{ConnectionTrait, DbErr, Iterable, QueryResult, Statement, prelude::TimeDate};
use uuid::Uuid;
use wire::{Day, id::PersonId};

use super::{days, delegations, delegations::row};
use crate::domain::{
    deputies::{Hold, Lent, Link},
    interval::Interval,
};

/// Delegations to a person whose dates hold on a day, oldest first, those that were taken back and those whose chain
/// has ended among them.
pub(crate) async fn to(db: &impl ConnectionTrait, deputy: PersonId, day: Day) -> Result<Vec<Lent>, DbErr> {
    let find = format!(
        "SELECT {}, {}, p.office_id AS p_office, p.unit_id AS p_unit, p.title AS p_title, p.roles AS p_roles,
            p.from_day AS p_from, p.to_day AS p_to,
            da.from_day AS d_from, da.to_day AS d_to, dp.active AS d_active,
            fa.from_day AS f_from, fa.to_day AS f_to, fp.active AS f_active,
            ga.from_day AS g_from, ga.to_day AS g_to, gp.active AS g_active, ga.instrument AS g_instrument
        FROM delegation l
        JOIN position p ON p.id = l.position_id
        JOIN appointment da ON da.id = l.deputy_appointment_id JOIN person dp ON dp.id = l.deputy_id
        LEFT JOIN delegation f ON f.id = l.passed_on_from_id
        LEFT JOIN appointment fa ON fa.id = f.deputy_appointment_id LEFT JOIN person fp ON fp.id = f.deputy_id
        LEFT JOIN appointment ga ON ga.id = l.grantor_appointment_id LEFT JOIN person gp ON gp.id = l.grantor_id
        WHERE l.deputy_id = $1 AND l.from_day <= $2 AND (l.to_day IS NULL OR l.to_day > $2)
        ORDER BY l.id",
        columns("l"),
        columns("f")
    );
    let values = [Uuid::from(deputy).into(), day.0.into()];
    let found = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), find, values)).await?;
    found.iter().map(noun).collect()
}

/// The columns of a delegation under a prefix, so that two of them fit into one row.
fn columns(table: &str) -> String {
    use sea_orm::IdenStatic as _;
    let named = |column: row::Column| format!("{table}.{0} AS {table}_{0}", column.as_str());
    row::Column::iter().map(named).collect::<Vec<_>>().join(", ")
}

fn noun(found: &QueryResult) -> Result<Lent, DbErr> {
    let link = |prefix: &str, hold: &str| {
        let delegation = delegations::noun(row::prefixed(found, prefix)?)?;
        Ok::<_, DbErr>(hold_of(found, hold)?.map(|deputy| Link { delegation, deputy }))
    };
    let id: Uuid = found.try_get("l_", "id")?;
    let passed_on: Option<Uuid> = found.try_get("f_", "id")?;
    let last = link("l_", "d_")?.ok_or_else(|| DbErr::RecordNotFound(format!("the deputy's appointment of {id}")))?;
    Ok(Lent {
        last,
        first: if passed_on.is_some() { link("f_", "f_")? } else { None },
        office: found.try_get::<Uuid>("p_", "office")?.into(),
        unit: found.try_get::<Uuid>("p_", "unit")?.into(),
        title: found.try_get("p_", "title")?,
        roles: delegations::read(found.try_get("p_", "roles")?, id)?,
        stands: Interval { from: Day(found.try_get("p_", "from")?), to: days::day(found.try_get("p_", "to")?) },
        grantor: hold_of(found, "g_")?,
        appointed_by: found.try_get("g_", "instrument")?,
    })
}

/// A person's hold of a position; nothing where no appointment was joined.
fn hold_of(found: &QueryResult, prefix: &str) -> Result<Option<Hold>, DbErr> {
    let from: Option<TimeDate> = found.try_get(prefix, "from")?;
    let to: Option<TimeDate> = found.try_get(prefix, "to")?;
    let active: Option<bool> = found.try_get(prefix, "active")?;
    let hold = |from| Hold { days: Interval { from: Day(from), to: days::day(to) }, active: active.unwrap_or(false) };
    Ok(from.map(hold))
}
