//! Looking at assignments: one, many, their history.

use schema_programme::{
    Assignment, AssignmentChanged, AssignmentEntry, GetAssignment, ListAssignmentHistory, ListAssignments, Refusal,
};
use sea_orm::prelude::Uuid;
use service::{Read, Result};
use wire::{Page, Version};

use crate::{
    domain::access,
    handlers::cursor,
    store::{assignments, entries, lists},
};

/// The most assignments on a page: whole nouns with their waits and extensions have to fit into one message.
const MOST: u16 = 100;

/// One assignment.
pub(crate) async fn get(cx: Read, call: GetAssignment) -> Result<Assignment> {
    let found = assignments::one(cx.db(), cx.scope(), call.id, cx.now.day()).await?;
    Ok(found.ok_or(Refusal::AssignmentMissing { id: call.id })?)
}

/// Assignments of an office, the earliest due first.
pub(crate) async fn list(cx: Read, call: ListAssignments) -> Result<Page<Assignment>> {
    let scope = cx.office(call.office)?;
    let limit = Page::<Assignment>::limit(call.limit).min(MOST);
    let after = cursor::by_due(call.cursor.as_ref())?;
    let own = if call.mine { Some(access::own(cx.authority()?)) } else { None };
    let items = lists::list(cx.db(), &scope, &call, own.as_ref(), after, limit, cx.now.day()).await?;
    Ok(Page::cut(items, limit, |last| cursor::due_key(last.due, last.id)))
}

/// The history of an assignment, the oldest entry first.
pub(crate) async fn history(cx: Read, call: ListAssignmentHistory) -> Result<Page<AssignmentEntry>> {
    let limit = Page::<AssignmentEntry>::limit(call.limit).min(MOST);
    let after = cursor::version(call.cursor.as_ref())?;
    let items = entries::list(cx.db(), cx.scope(), call.id, after, limit).await?;
    if items.is_empty() && after == Version(0) {
        return Err(Refusal::AssignmentMissing { id: call.id }.into());
    }
    Ok(Page::cut(items, limit, |last| last.version.0.to_string()))
}

/// The present state of assignments, for whoever begins to listen.
pub(crate) async fn snapshot(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<AssignmentChanged>> {
    let found = assignments::after(cx.db(), cx.scope(), after, limit, cx.now.day()).await?;
    Ok(found.into_iter().map(|assignment| AssignmentChanged { assignment, by: None }).collect())
}
