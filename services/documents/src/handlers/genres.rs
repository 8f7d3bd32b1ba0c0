//! The list of genres.

use anyhow::Result;
use schema_documents::{Genre, ListGenres};
use service::Read;
use wire::Page;

use super::paging;
use crate::domain::genre;

/// The genres in force on a day, in the order of the instrument.
pub(crate) async fn list(cx: Read, call: ListGenres) -> Result<Page<Genre>> {
    let limit = Page::<Genre>::limit(call.limit);
    let after: usize = paging::one(call.cursor.as_ref())?.unwrap_or(0);
    let day = call.day.unwrap_or_else(|| cx.now.day());
    let items = genre::in_force(day).cloned().enumerate().skip(after).take(usize::from(limit) + 1).collect();
    Ok(paging::page(items, limit, |(place, _)| (place + 1).to_string())?.map(|(_, genre)| genre))
}
