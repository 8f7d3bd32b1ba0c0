//! Lists and versions: cursor pages with a stable order and no totals, and versions that become ETags.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One page of a list in a stable order. There is no total: counting everything is work nobody asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "{T}Page")]
pub struct Page<T> {
    /// The items of this page.
    pub items: Vec<T>,
    /// Where the next page begins; absent on the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// The most items one page may hold.
    pub const LIMIT: u16 = 200;

    /// The size of a page when the caller names none.
    pub const DEFAULT_LIMIT: u16 = 50;

    /// Makes a page of at most `limit` items from rows fetched with `limit + 1`: the extra row only tells that
    /// more follow. `key` gives the cursor that continues after an item.
    pub fn cut(mut items: Vec<T>, limit: u16, key: impl FnOnce(&T) -> String) -> Self {
        let more = items.len() > usize::from(limit);
        items.truncate(usize::from(limit));
        let next = if more { items.last().map(|last| Cursor(key(last))) } else { None };
        Self { items, next }
    }

    /// The page size to use for what the caller asked.
    #[must_use]
    pub fn limit(asked: Option<u16>) -> u16 {
        asked.unwrap_or(Self::DEFAULT_LIMIT).clamp(1, Self::LIMIT)
    }

    /// The same page with other items.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next: self.next }
    }
}

/// An opaque place in a list; only the call that gave it understands it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Cursor(pub String);

/// How often a noun was changed, starting at 1. At the HTTP door it is the ETag and what `If-Match` must name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Version(pub i64);

impl Version {
    /// The version of a noun that has just been made.
    pub const FIRST: Self = Self(1);

    /// The version after one more change.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// The strong entity tag, quotes included.
    #[must_use]
    pub fn etag(self) -> String {
        format!("\"{}\"", self.0)
    }

    /// Reads an entity tag as `If-Match` carries it.
    #[must_use]
    pub fn from_etag(tag: &str) -> Option<Self> {
        tag.trim().strip_prefix('"')?.strip_suffix('"')?.parse().ok().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extra_row_only_tells_that_more_follow() {
        let page = Page::cut(vec![1, 2, 3], 2, |last| last.to_string());
        assert_eq!(page, Page { items: vec![1, 2], next: Some(Cursor("2".into())) });
        assert_eq!(Page::cut(vec![1, 2], 2, |last| last.to_string()).next, None);
    }

    #[test]
    fn a_version_is_a_strong_etag() {
        assert_eq!(Version(7).etag(), "\"7\"");
        assert_eq!(Version::from_etag(" \"7\" "), Some(Version(7)));
        assert_eq!(Version::from_etag("7"), None);
        assert_eq!(Version::from_etag("W/\"7\""), None);
    }
}
