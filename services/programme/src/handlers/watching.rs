//! What is due soon, what is overdue, and who waits for whom.

use schema_programme::{
    DueCase, ListDueAssignments, ListMyAssignments, ListUnclosedAssignments, ListWaitCircles, Refusal, WaitCircles,
};
use service::{Read, Result};
use wire::Page;

use crate::{
    Settings,
    domain::{
        access::{self, ByPerson},
        watch::{due_case, wait_circles},
    },
    handlers::cursor,
    store::{
        lists::{self, Owed},
        units,
    },
};

/// What is owed and overdue or due soon, unit by unit.
pub(crate) async fn due(cx: Read, call: ListDueAssignments) -> Result<Page<DueCase>> {
    let (scope, today) = (cx.office(call.office)?, cx.now.day());
    let day = call.as_of.unwrap_or(today);
    if day < today {
        return Err(Refusal::DayPast { day }.into());
    }
    let by_person = match call.handler {
        Some(person) => Some(access::by_person(cx.authority()?, person)?),
        None => None,
    };
    let under = by_person.as_ref().and_then(ByPerson::subordinates);
    let window = call.window.unwrap_or_else(|| cx.settings::<Settings>().due_soon_days);
    let until = day.plus(window.into()).unwrap_or(day);
    let wanted = Owed { unit: call.unit, handler: call.handler.map(|person| (person, under)), until };
    let limit = Page::<DueCase>::limit(call.limit);
    let after = cursor::by_unit(call.cursor.as_ref())?;
    let found = lists::owed(cx.db(), &scope, &wanted, after, limit, today).await?;
    let cases = found.into_iter().map(|assignment| due_case(assignment, day, cx.now)).collect();
    Ok(Page::cut(cases, limit, |last: &DueCase| cursor::unit_key((last.lead_unit, last.due, last.assignment))))
}

/// What the caller owes, in every office.
pub(crate) async fn mine(cx: Read, call: ListMyAssignments) -> Result<Page<DueCase>> {
    let own = access::own(cx.authority()?);
    let limit = Page::<DueCase>::limit(call.limit);
    let after = cursor::by_due(call.cursor.as_ref())?;
    let found = lists::mine(cx.db(), cx.scope(), &own, after, limit, cx.now.day()).await?;
    let cases = found.into_iter().map(|assignment| due_case(assignment, cx.now.day(), cx.now)).collect();
    Ok(Page::cut(cases, limit, |last: &DueCase| cursor::due_key(last.due, last.assignment)))
}

/// What is done and waits to be closed, whoever gave it.
pub(crate) async fn unclosed(cx: Read, call: ListUnclosedAssignments) -> Result<Page<DueCase>> {
    let scope = cx.office(call.office)?;
    let limit = Page::<DueCase>::limit(call.limit);
    let after = cursor::by_due(call.cursor.as_ref())?;
    let found = lists::unclosed(cx.db(), &scope, after, limit, cx.now.day()).await?;
    let cases = found.into_iter().map(|assignment| due_case(assignment, cx.now.day(), cx.now)).collect();
    Ok(Page::cut(cases, limit, |last: &DueCase| cursor::due_key(last.due, last.assignment)))
}

/// Which units wait for each other in a circle.
pub(crate) async fn circles(cx: Read, call: ListWaitCircles) -> Result<WaitCircles> {
    let scope = cx.office(call.office)?;
    let blocked = lists::blocked(cx.db(), &scope).await?;
    let involved: Vec<_> =
        blocked.iter().flat_map(|case| [Some(case.lead_unit), case.wait.on_unit]).flatten().collect();
    let names = units::names(cx.db(), involved, cx.now.day()).await?;
    Ok(WaitCircles { office: call.office, circles: wait_circles(&blocked, &names) })
}
