//! One contract from those of several versions that are alive at once: everything that any of them answers, in the words
//! of the newest that does.

use std::cmp::Reverse;

use service::builtin::Described;
use uuid::Uuid;
use wire::Contract;

/// The union; nothing when there is none to join.
pub(crate) fn union<'a>(described: impl IntoIterator<Item = &'a Described>) -> Option<Contract> {
    let mut newest_first: Vec<&Described> = described.into_iter().collect();
    newest_first.sort_by_key(|one| Reverse(age(one)));
    let mut contracts = newest_first.into_iter().map(|one| &one.contract);
    let mut whole = contracts.next()?.clone();
    for older in contracts {
        for row in &older.calls {
            if whole.call(&row.name).is_none() {
                whole.calls.push(row.clone());
            }
        }
        for row in &older.events {
            if !whole.events.iter().any(|known| known.kind == row.kind) {
                whole.events.push(row.clone());
            }
        }
        for row in &older.refusals {
            if !whole.refusals.iter().any(|known| known.code == row.code) {
                whole.refusals.push(row.clone());
            }
        }
        // Contracts change by addition only, so the newer schema of a name also describes what the older one meant.
        for (name, schema) in &older.schemas {
            whole.schemas.entry(name.clone()).or_insert_with(|| schema.clone());
        }
    }
    Some(whole)
}

/// What sorts replicas by age: the version of the program, then when it was started, which its id tells.
fn age(described: &Described) -> (Vec<u64>, Uuid) {
    let parts = described.version.split(['.', '-', '+']).map(|part| part.parse().unwrap_or_default());
    (parts.collect(), described.instance)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn described(version: &str, calls: &[(&str, &str)], schema: &str) -> Described {
        let row = |(name, path): &(&str, &str)| {
            json!({
                "name": name, "effect": "read", "http": { "method": "GET", "path": path }, "need": "signed_in",
                "stored": false, "download": false, "request": true, "reply": true, "example": { "request": {} }
            })
        };
        let rows: Vec<_> = calls.iter().map(row).collect();
        let contract = json!({
            "service": "desk", "calls": rows, "events": [], "refusals": [],
            "schemas": { "Note": { "title": schema }, schema: true }
        });
        let contract = serde_json::from_value(contract).unwrap();
        Described { contract, version: version.to_owned(), instance: Uuid::nil() }
    }

    #[test]
    fn every_call_that_some_version_answers_is_there_once_in_the_words_of_the_newest() {
        let old = described("1.9.0", &[("get.v1", "/old"), ("gone.v1", "/gone")], "Old");
        let new = described("1.10.0", &[("get.v1", "/new"), ("get.v2", "/new2")], "New");
        for order in [[&old, &new], [&new, &old]] {
            let whole = union(order).unwrap();
            let paths: Vec<_> = whole.calls.iter().map(|row| row.http.clone().unwrap().path).collect();
            assert_eq!(paths, ["/new", "/new2", "/gone"]);
            assert_eq!(whole.schemas["Note"]["title"], "New");
            assert!(whole.schemas.contains_key("Old") && whole.schemas.contains_key("New"));
        }
        assert!(union([]).is_none());
    }
}
