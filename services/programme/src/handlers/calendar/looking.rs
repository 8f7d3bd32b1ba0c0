//! Looking at the calendar: one entry, its history, a week.

use std::collections::BTreeSet;

use schema_programme::{
    CalendarEntry, CalendarEntryChanged, CalendarRecord, CalendarWeek, GetCalendarEntry, GetCalendarWeek,
    ListCalendarRecords, ListCalendarWeek, Refusal,
};
use sea_orm::prelude::Uuid;
use service::{Read, Result};
use wire::{Page, Version, id::CalendarEntryId};

use crate::{
    domain::calendar::{
        access::{self, Eyes},
        clash::{self, shown, things},
        week::{monday, span},
    },
    handlers::cursor,
    store::calendar::{entries, lists, records, weeks},
};

/// The most entries on a page: whole nouns with their conflicts have to fit into one message.
const MOST: u16 = 100;
/// The most bytes of a page; the rest of a message is left to its frame.
const BYTES: usize = wire::MESSAGE_LIMIT / 4 * 3;

/// One entry, with what it conflicts with.
pub(crate) async fn get(cx: Read, call: GetCalendarEntry) -> Result<CalendarEntry> {
    let (entry, eyes) = seen(&cx, call.id).await?;
    let shown = with_conflicts(&cx, vec![entry], &eyes).await?.pop();
    Ok(shown.ok_or(Refusal::EntryMissing { id: call.id })?)
}

/// The history of an entry, the oldest record first.
pub(crate) async fn history(cx: Read, call: ListCalendarRecords) -> Result<Page<CalendarRecord>> {
    seen(&cx, call.id).await?;
    let limit = Page::<CalendarRecord>::limit(call.limit);
    let after = cursor::version(call.cursor.as_ref())?;
    let items = records::list(cx.db(), cx.scope(), call.id, after, limit).await?;
    page(items, limit, |last| {
        let Version(version) = last.version;
        version.to_string()
    })
}

/// The entries of a week, by beginning.
pub(crate) async fn week(cx: Read, call: ListCalendarWeek) -> Result<Page<CalendarEntry>> {
    let scope = cx.office(call.office)?;
    let eyes = access::eyes(cx.authority()?, call.office);
    let limit = Page::<CalendarEntry>::limit(call.limit).min(MOST);
    let after = cursor::by_start(call.cursor.as_ref())?;
    let wanted = (&call, span(monday(call.week)));
    let items = lists::week(cx.db(), &scope, wanted, &eyes, after, limit, cx.now.day()).await?;
    let items = with_conflicts(&cx, items, &eyes).await?;
    page(items, limit, |last| cursor::start_key(last.starts, last.id))
}

/// Whether a week is published.
pub(crate) async fn issue(cx: Read, call: GetCalendarWeek) -> Result<CalendarWeek> {
    let scope = cx.office(call.office)?;
    Ok(weeks::one(cx.db(), &scope, call.office, monday(call.week)).await?)
}

/// The present state of entries, for whoever begins to listen.
pub(crate) async fn snapshot(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<CalendarEntryChanged>> {
    let found = entries::after(cx.db(), cx.scope(), after, limit, cx.now.day()).await?;
    Ok(found.into_iter().map(|entry| CalendarEntryChanged { entry, by: None }).collect())
}

/// An entry that the caller may see, and what else they see.
async fn seen(cx: &Read, id: CalendarEntryId) -> Result<(CalendarEntry, Eyes)> {
    let found = entries::one(cx.db(), cx.scope(), id, cx.now.day()).await?;
    let entry = found.ok_or(Refusal::EntryMissing { id })?;
    let eyes = access::eyes(cx.authority()?, entry.office);
    if eyes.see(&entry) { Ok((entry, eyes)) } else { Err(Refusal::EntryMissing { id }.into()) }
}

/// Entries of one office with what they conflict with.
async fn with_conflicts(cx: &Read, items: Vec<CalendarEntry>, eyes: &Eyes) -> Result<Vec<CalendarEntry>> {
    let Some((office, span)) = items.first().map(|entry| entry.office).zip(clash::span(&items)) else {
        return Ok(items);
    };
    let needed: BTreeSet<_> = items.iter().flat_map(things).collect();
    let scope = cx.office(office)?;
    let rivals = lists::rivals(cx.db(), &scope, office, &needed, span, cx.now.day()).await?;
    let with = |entry: CalendarEntry| {
        let conflicts = clash::of(&entry, &rivals, eyes);
        shown(entry, conflicts)
    };
    Ok(items.into_iter().map(with).collect())
}

/// A page of at most `limit` items that fits a message; one that fills a page alone is a page.
fn page<T: serde::Serialize>(items: Vec<T>, limit: u16, key: impl FnOnce(&T) -> String) -> Result<Page<T>> {
    let mut bytes = 0;
    let mut fitting: u16 = 0;
    for item in items.iter().take(limit.into()) {
        bytes += serde_json::to_vec(item)?.len();
        if bytes > BYTES && fitting > 0 {
            break;
        }
        fitting += 1;
    }
    Ok(Page::cut(items, fitting.max(1), key))
}
