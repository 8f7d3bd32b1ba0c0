//! No reply puts a figure beside a person: no ranking of named staff, no scores, no counts by head. Figures about a
//! person are for that person and the direct head, in order of name, and each such call is argued for in
//! `tests/golden/figures-about-people.txt`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use wire::{Contract, call_subject};

use crate::tree;

/// Words of a field's name that make it a person, or people.
const PEOPLE: [&str; 12] = [
    "person",
    "persons",
    "people",
    "staff",
    "member",
    "members",
    "handler",
    "handlers",
    "holder",
    "account",
    "position",
    "appointment",
];

/// Words of a field's name that make it a figure.
const FIGURES: [&str; 16] = [
    "count", "counts", "total", "totals", "rank", "ranking", "score", "scores", "rating", "average", "median",
    "duration", "days", "hours", "minutes", "overdue",
];

type Schemas = BTreeMap<String, Value>;

fn has_word(name: &str, words: &[&str]) -> bool {
    name.split('_').any(|word| words.contains(&word))
}

fn resolve<'a>(schema: &'a Value, schemas: &'a Schemas) -> (Option<&'a str>, &'a Value) {
    let name = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
    match name.and_then(|name| schemas.get(name)) {
        Some(target) => (name, target),
        None => (None, schema),
    }
}

/// The schemas directly inside: those of alternatives, of a map's values and, when asked, of items.
fn parts(schema: &Value, with_items: bool) -> Vec<&Value> {
    let listed = ["anyOf", "oneOf", "allOf"].iter().filter_map(|keyword| schema.get(keyword)?.as_array()).flatten();
    let single = schema.get("additionalProperties").into_iter();
    listed.chain(single).chain(schema.get("items").filter(|_| with_items)).collect()
}

/// Names of fields in the object and what it is made of, down to other lists when `with_items`; `seen` ends circles.
fn fields(schema: &Value, schemas: &Schemas, with_items: bool, seen: &mut BTreeSet<String>) -> Vec<String> {
    let (name, schema) = resolve(schema, schemas);
    if name.is_some_and(|name| !seen.insert(name.to_owned())) {
        return Vec::new();
    }
    let properties = schema.get("properties").and_then(Value::as_object);
    let mut found = Vec::new();
    for (field, inner) in properties.into_iter().flatten() {
        found.push(field.clone());
        found.extend(fields(inner, schemas, with_items, seen));
    }
    for part in parts(schema, with_items) {
        found.extend(fields(part, schemas, with_items, seen));
    }
    found
}

/// Every object of a schema that names a person and has a figure beside or below, as (its name, the figure).
fn found_in(schema: &Value, schemas: &Schemas, at: &str, seen: &mut BTreeSet<String>) -> Vec<(String, String)> {
    let (name, schema) = resolve(schema, schemas);
    if name.is_some_and(|name| !seen.insert(name.to_owned())) {
        return Vec::new();
    }
    let at = name.unwrap_or(at);
    let mut found = Vec::new();
    let properties = schema.get("properties").and_then(Value::as_object);
    if properties.is_some() {
        let people = fields(schema, schemas, false, &mut BTreeSet::new());
        let figures = fields(schema, schemas, true, &mut BTreeSet::new());
        if people.iter().any(|field| has_word(field, &PEOPLE))
            && let Some(figure) = figures.into_iter().find(|field| has_word(field, &FIGURES))
        {
            found.push((at.to_owned(), figure));
        }
    }
    for (field, inner) in properties.into_iter().flatten() {
        found.extend(found_in(inner, schemas, &format!("{at}.{field}"), seen));
    }
    for part in parts(schema, true) {
        found.extend(found_in(part, schemas, at, seen));
    }
    found
}

/// `allowed` are lines `<subject> <schema>: <reason>`; one that is of no use any more is a complaint too.
fn complaints(contracts: &[Contract], allowed: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let mut used = BTreeSet::new();
    for contract in contracts {
        for row in &contract.calls {
            let subject = call_subject(&contract.service, &row.name);
            for (at, figure) in found_in(row.reply.as_value(), &contract.schemas, "reply", &mut BTreeSet::new()) {
                let entry = format!("{subject} {at}:");
                match allowed.iter().find(|line| line.starts_with(&entry)) {
                    Some(line) if line.len() > entry.len() + 1 => drop(used.insert(*line)),
                    _ => found.push(format!(
                        "{subject}: `{at}` has `{figure}` beside a person; show cases by what the office still owes, or, \
                         for a call that only the person and the direct head may make, write `{entry} <reason>` into \
                         `tests/golden/figures-about-people.txt`"
                    )),
                }
            }
        }
    }
    let idle = allowed.iter().filter(|line| !used.contains(*line));
    found
        .extend(idle.map(|line| format!("`tests/golden/figures-about-people.txt` allows what is not there: `{line}`")));
    found
}

#[test]
fn no_figures_stand_beside_people() {
    let contracts: Vec<Contract> = tree::contracts().into_iter().map(|(_, contract)| contract).collect();
    let files = tree::files();
    let list = files["tests/golden/figures-about-people.txt"].lines();
    let allowed: Vec<&str> = list.filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    tree::quiet(complaints(&contracts, &allowed));
}

#[cfg(test)]
mod tests;
