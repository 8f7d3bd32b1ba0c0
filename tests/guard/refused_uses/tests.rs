//! Replies that count people, and replies that do not.

use serde_json::{Value, json};
use wire::Contract;

use super::complaints;

fn contract(reply: Value) -> Contract {
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    serde_json::from_value(json!({
        "service": "finance", "events": [], "refusals": [],
        "calls": [{
            "name": "list_work.v1", "effect": "read", "need": "signed_in", "stored": false, "download": false,
            "request": {}, "reply": reply, "example": { "request": {} }
        }],
        "schemas": {
            "Actor": object(&["person", "position"]),
            "Tally": object(&["count"]),
            "Case": { "properties": { "title": {}, "by": reference("Actor"), "sub": reference("Case") } },
            "Loaded": { "properties": { "by": reference("Actor"), "tally": reference("Tally") } },
            "Cases": { "properties": { "items": { "items": reference("Case") } } },
            "Crowd": { "properties": { "items": { "items": reference("Loaded") } } },
        }
    }))
    .unwrap()
}

fn object(fields: &[&str]) -> Value {
    json!({ "properties": fields.iter().map(|name| ((*name).to_owned(), json!({}))).collect::<serde_json::Map<_, _>>() })
}

fn named(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

#[test]
fn figures_beside_people_are_refused_however_they_are_wrapped() {
    for bad in [
        object(&["person", "count"]),
        object(&["person_id", "overdue_assignments"]),
        object(&["assigned_person", "days_late"]),
        object(&["handler", "average_duration"]),
        object(&["position", "process_hours"]),
        json!({ "properties": { "items": { "items": object(&["person", "rank"]) } } }),
        json!({ "anyOf": [object(&["person", "score"]), { "type": "null" }] }),
        json!({ "properties": { "person": {}, "months": { "items": object(&["total"]) } } }),
        json!({ "additionalProperties": object(&["people", "counts"]) }),
        named("Loaded"),
        named("Crowd"),
    ] {
        let found = complaints(&[contract(bad.clone())], &[]);
        assert!(!found.is_empty() && found[0].contains("beside a person"), "{bad}");
    }
}

#[test]
fn cases_and_figures_without_people_are_fine() {
    for good in [
        object(&["person", "title", "due"]),
        object(&["unit", "count"]),
        object(&["days_left", "county", "discount"]),
        named("Case"),
        named("Cases"),
        // A figure of the whole list, with people inside its items, tells of nobody.
        json!({ "properties": { "total": {}, "items": { "items": object(&["person"]) } } }),
    ] {
        assert_eq!(complaints(&[contract(good.clone())], &[]), [""; 0], "{good}");
    }
}

#[test]
fn an_exception_needs_a_reason_and_a_use() {
    let subject = "call.finance.list_work.v1";
    let own = contract(named("Loaded"));
    let line = format!("{subject} Loaded: one's own load, for oneself");
    assert!(complaints(std::slice::from_ref(&own), &[&line]).is_empty());
    assert!(!complaints(std::slice::from_ref(&own), &[&format!("{subject} Loaded:")]).is_empty());
    let idle = complaints(&[contract(named("Case"))], &[&line]);
    assert!(idle.len() == 1 && idle[0].contains("allows what is not there"));
}
