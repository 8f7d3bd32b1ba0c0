//! Pages of lists: cursors, and pages no larger than a message.

use std::str::FromStr;

use anyhow::Result;
use schema_documents::Refusal;
use sea_orm::prelude::Uuid;
use serde::Serialize;
use wire::{Cursor, Day, Instant, Page, id::IncomingId};

/// How many bytes of items a page holds at most; the rest of a message is left to its frame.
const BYTES: usize = wire::MESSAGE_LIMIT / 4 * 3;

/// One row more than the page tells that more follow.
pub(crate) fn rows(limit: u16) -> u64 {
    u64::from(limit) + 1
}

/// A page of at most `limit` items that fits a message; `key` gives the cursor after an item.
pub(crate) fn page<T: Serialize>(items: Vec<T>, limit: u16, key: impl FnOnce(&T) -> String) -> Result<Page<T>> {
    let mut bytes = 0;
    let mut fitting: u16 = 0;
    for item in items.iter().take(limit.into()) {
        bytes += serde_json::to_vec(item)?.len();
        // An item that fills a page alone is a page.
        if bytes > BYTES && fitting > 0 {
            break;
        }
        fitting += 1;
    }
    Ok(Page::cut(items, fitting.max(1), key))
}

/// A cursor that is one thing: an id or a number.
pub(crate) fn one<T: FromStr>(cursor: Option<&Cursor>) -> Result<Option<T>, Refusal> {
    cursor.map(|Cursor(text)| text.parse().map_err(|_| Refusal::CursorUnknown)).transpose()
}

/// A cursor that is a day and an id.
pub(crate) fn day_and_id(cursor: Option<&Cursor>) -> Result<Option<(Day, Uuid)>, Refusal> {
    pair(cursor)
}

/// A cursor that is a moment and an id.
pub(crate) fn moment_and_id(cursor: Option<&Cursor>) -> Result<Option<(Instant, Uuid)>, Refusal> {
    let pair: Option<(i64, Uuid)> = pair(cursor)?;
    Ok(pair.map(|(micros, id)| (Instant::from_micros(micros), id)))
}

/// A cursor that is a year and an id.
pub(crate) fn year_and_id(cursor: Option<&Cursor>) -> Result<Option<(i64, Uuid)>, Refusal> {
    pair(cursor)
}

/// What stands for the day of an item that has none.
const NO_DAY: &str = "none";

/// The place of an item in a due list.
pub(crate) fn due_place(due: Option<Day>, id: IncomingId) -> String {
    let due = due.map_or_else(|| NO_DAY.to_owned(), |due| due.to_string());
    format!("{due}.{id}")
}

/// A cursor that [`due_place`] made.
pub(crate) fn due_and_id(cursor: Option<&Cursor>) -> Result<Option<(Option<Day>, Uuid)>, Refusal> {
    if let Some(Cursor(text)) = cursor
        && let Some((NO_DAY, id)) = text.split_once('.')
    {
        return Ok(Some((None, id.parse().map_err(|_| Refusal::CursorUnknown)?)));
    }
    Ok(pair(cursor)?.map(|(due, id): (Day, Uuid)| (Some(due), id)))
}

fn pair<A: FromStr, B: FromStr>(cursor: Option<&Cursor>) -> Result<Option<(A, B)>, Refusal> {
    let Some(Cursor(text)) = cursor else { return Ok(None) };
    let (first, second) = text.split_once('.').ok_or(Refusal::CursorUnknown)?;
    match (first.parse(), second.parse()) {
        (Ok(first), Ok(second)) => Ok(Some((first, second))),
        _ => Err(Refusal::CursorUnknown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_ends_before_it_is_larger_than_a_message() {
        let long = "x".repeat(BYTES / 3);
        let items: Vec<(usize, String)> = (0..9).map(|n| (n, long.clone())).collect();
        let page = page(items, 8, |(n, _)| n.to_string()).unwrap();
        assert_eq!(page.items.len(), 2);
        assert_eq!(page.next, Some(Cursor("1".into())));
        let huge = "x".repeat(BYTES + 1);
        let alone = super::page(vec![huge.clone(), huge], 50, |_| "k".into()).unwrap();
        assert_eq!((alone.items.len(), alone.next.is_some()), (1, true));
    }

    #[test]
    fn the_last_page_has_no_next() {
        assert_eq!(page(vec![1, 2], 2, |n| n.to_string()).unwrap().next, None);
        assert_eq!(page(Vec::<i32>::new(), 2, |n| n.to_string()).unwrap().items, Vec::<i32>::new());
    }

    #[test]
    fn a_strange_cursor_is_refused() {
        for strange in ["", "x", "2026-11-20", "2026-11-20.x", "."] {
            assert_eq!(day_and_id(Some(&Cursor(strange.into()))), Err(Refusal::CursorUnknown), "{strange}");
        }
        let id = Uuid::from_u128(7);
        let cursor = Cursor(format!("2026-11-20.{id}"));
        assert_eq!(day_and_id(Some(&cursor)), Ok(Some(("2026-11-20".parse().unwrap(), id))));
        for due in [None, Some("2026-11-20".parse().unwrap())] {
            let cursor = Cursor(due_place(due, id.into()));
            assert_eq!(due_and_id(Some(&cursor)), Ok(Some((due, id))));
        }
        assert_eq!(due_and_id(Some(&Cursor("none.x".into()))), Err(Refusal::CursorUnknown));
        assert_eq!(one::<i64>(Some(&Cursor("12".into()))), Ok(Some(12)));
    }
}
