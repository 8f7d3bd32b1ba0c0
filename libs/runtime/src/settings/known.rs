//! Which keys the program reads, which of the given ones it does not, and where each came from.

use std::collections::{BTreeMap, BTreeSet};

use config::{Value, ValueKind};
use serde_json::Value as Json;

use super::{Origin, UnknownKey};

/// Every value that is not a section, by its dotted key. An empty section counts as a value.
pub(super) fn leaves(tree: &Json) -> Vec<(String, &Json)> {
    fn walk<'a>(tree: &'a Json, path: &str, found: &mut Vec<(String, &'a Json)>) {
        match tree {
            Json::Object(fields) if !fields.is_empty() => {
                for (key, field) in fields {
                    walk(field, &join(path, key), found);
                }
            }
            _ => found.push((path.to_owned(), tree)),
        }
    }
    let mut found = Vec::new();
    walk(tree, "", &mut found);
    found
}

/// The mark of the layer each given value came from, by dotted key.
pub(super) fn marks(merged: &Value) -> BTreeMap<String, Option<String>> {
    fn walk(value: &Value, path: &str, found: &mut BTreeMap<String, Option<String>>) {
        match &value.kind {
            ValueKind::Table(fields) if !fields.is_empty() => {
                for (key, field) in fields {
                    walk(field, &join(path, key), found);
                }
            }
            _ => {
                found.insert(path.to_owned(), value.origin().map(str::to_owned));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(merged, "", &mut found);
    found
}

/// Where an effective key came from. A key that a type writes although no layer has it is a default.
pub(super) fn origin(marks: &BTreeMap<String, Option<String>>, key: &str) -> Origin {
    Origin::of(marks.get(key).and_then(Option::as_deref))
}

/// The given keys that have no place in the settings as they were read and written again: nothing has read them.
pub(super) fn unknown(merged: &Value, effective: &Json, defaults: &Json) -> Vec<UnknownKey> {
    let mut found = Vec::new();
    compare(merged, effective, "", &mut found);
    let known = keys([effective, defaults].into_iter().flat_map(leaves).map(|(key, _)| key));
    let mut unknown: Vec<_> = found
        .into_iter()
        // A default that a later layer made meaningless (another variant was chosen) is nobody's mistake.
        .filter(|(_, origin)| *origin != Origin::Default)
        .map(|(key, origin)| stranger(key, origin, &known))
        .collect();
    unknown.sort_unstable_by(|a, b| a.key.cmp(&b.key));
    unknown
}

/// A key that nothing reads, with what an operator may have meant.
pub(super) fn stranger(key: String, origin: Origin, known: &BTreeSet<String>) -> UnknownKey {
    let within = key.rsplit_once('.').map(|(section, _)| section);
    let beside = |other: &&String| within.is_some() && other.rsplit_once('.').map(|(section, _)| section) == within;
    UnknownKey { nearest: nearest(&key, known), beside: known.iter().filter(beside).cloned().collect(), key, origin }
}

/// Keys, and the sections they lie in.
pub(super) fn keys(leaves: impl IntoIterator<Item = String>) -> BTreeSet<String> {
    leaves.into_iter().flat_map(|key| with_sections(&key)).collect()
}

/// A key and the sections it lies in: `a.b.c`, `a.b`, `a`.
fn with_sections(key: &str) -> Vec<String> {
    let ends = key.match_indices('.').map(|(end, _)| end).chain([key.len()]);
    ends.filter_map(|end| key.get(..end)).map(str::to_owned).collect()
}

fn compare(given: &Value, effective: &Json, path: &str, found: &mut Vec<(String, Origin)>) {
    match (&given.kind, effective) {
        (ValueKind::Table(fields), Json::Object(known)) => {
            for (key, field) in fields {
                match known.get(key) {
                    Some(place) => compare(field, place, &join(path, key), found),
                    None => found.push((join(path, key), first_origin(field))),
                }
            }
        }
        (ValueKind::Array(items), Json::Array(known)) => {
            for (index, (item, place)) in items.iter().zip(known).enumerate() {
                compare(item, place, &join(path, &index.to_string()), found);
            }
        }
        _ => {}
    }
}

/// A section carries no mark of its own, so its first value that is no default speaks for it.
fn first_origin(value: &Value) -> Origin {
    match &value.kind {
        ValueKind::Table(fields) => {
            let mut inside = fields.values().map(first_origin);
            inside.find(|origin| *origin != Origin::Default).unwrap_or_else(|| Origin::of(value.origin()))
        }
        _ => Origin::of(value.origin()),
    }
}

/// The known key that takes the fewest changed letters, when those are at most a third of the key or its last part
/// is the same.
fn nearest(key: &str, known: &BTreeSet<String>) -> Option<String> {
    let last = |key: &str| key.rsplit('.').next().unwrap_or_default().to_owned();
    let close = |other: &&String| distance(key, other) * 3 <= key.len().max(3) || last(key) == last(other);
    known.iter().filter(close).min_by_key(|other| distance(key, other)).cloned()
}

/// How many letters to add, drop or change to get from `a` to `b` (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (line, left) in a.chars().enumerate() {
        let mut above_left = line;
        let mut before = line + 1;
        for (cell, right) in row.iter_mut().skip(1).zip(b.chars()) {
            let changed = above_left + usize::from(left != right);
            above_left = *cell;
            before = changed.min(before + 1).min(above_left + 1);
            *cell = before;
        }
        if let Some(first) = row.first_mut() {
            *first = line + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_changed_letters() {
        let cases = [("", "abc", 3), ("bus.url", "bus.url", 0), ("prot", "port", 2), ("lisen", "listen", 1)];
        for (a, b, expected) in cases {
            assert_eq!(distance(a, b), expected, "{a} {b}");
            assert_eq!(distance(b, a), expected, "{b} {a}");
        }
    }

    #[test]
    fn the_nearest_key_is_near_or_nothing() {
        let known = ["bus.url", "database.url", "http.listen"].into_iter().flat_map(with_sections).collect();
        let cases = [
            ("http.lisen", Some("http.listen")),
            ("db.url", Some("bus.url")),
            ("listen", Some("http.listen")),
            ("databse", Some("database")),
            ("quite.other", None),
        ];
        for (key, expected) in cases {
            assert_eq!(nearest(key, &known).as_deref(), expected, "{key}");
        }
    }
}
