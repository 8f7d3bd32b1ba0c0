//! Names in a request that its schema does not know. Services ignore what they do not know, so that versions can differ;
//! at the door a name nobody reads is a mistake that its writer should hear of.

use serde_json::Value;

use crate::schema::{Named, kind_of, listed, resolve};

/// The first field of a value that its schema does not know, as a JSON pointer without its first slash.
pub(crate) fn unknown_field(value: &Value, schema: &Value, named: &Named) -> Option<String> {
    let mut path = Vec::new();
    find(value, &[schema], named, &mut path).then(|| pointer(&path))
}

/// Whether something below `value` is known to none of the schemas; `path` then leads to it.
fn find(value: &Value, schemas: &[&Value], named: &Named, path: &mut Vec<String>) -> bool {
    let shapes: Vec<&Value> = schemas.iter().flat_map(|schema| shapes(value, schema, named)).collect();
    match value {
        Value::Object(fields) => fields.iter().any(|(name, field)| {
            path.push(name.clone());
            let known: Vec<&Value> = shapes.iter().flat_map(|shape| of_field(shape, name)).collect();
            let found = match known.is_empty() {
                true => !shapes.iter().any(|shape| is_free(shape)),
                false => find(field, &known, named, path),
            };
            leave(path, found)
        }),
        Value::Array(items) => {
            let known: Vec<&Value> = shapes.iter().filter_map(|shape| shape.get("items")).collect();
            !known.is_empty()
                && items.iter().enumerate().any(|(index, item)| {
                    path.push(index.to_string());
                    let found = find(item, &known, named, path);
                    leave(path, found)
                })
        }
        _ => false,
    }
}

fn leave(path: &mut Vec<String>, found: bool) -> bool {
    if !found {
        path.pop();
    }
    found
}

/// The plain schemas that speak about a value: references followed, all parts of `allOf`, and of alternatives those that
/// can be meant; when none can, all of them, since the service will say better what is wrong.
fn shapes<'a>(value: &Value, schema: &'a Value, named: &'a Named) -> Vec<&'a Value> {
    let schema = resolve(schema, named);
    let mut found = vec![schema];
    found.extend(listed(schema, "allOf").iter().flat_map(|part| shapes(value, part, named)));
    for alternatives in [listed(schema, "anyOf"), listed(schema, "oneOf")] {
        let meant: Vec<&Value> = alternatives.iter().filter(|one| can_mean(value, one, named)).collect();
        let chosen = if meant.is_empty() { alternatives.iter().collect() } else { meant };
        found.extend(chosen.into_iter().flat_map(|one| shapes(value, one, named)));
    }
    found
}

/// Whether an alternative can be the one that is meant: the types agree, and so do all words that tell variants apart.
fn can_mean(value: &Value, schema: &Value, named: &Named) -> bool {
    let schema = resolve(schema, named);
    let type_fits = match schema.get("type") {
        Some(Value::String(kind)) => kind == kind_of(value) || (kind == "number" && value.is_number()),
        _ => true,
    };
    let properties = schema.get("properties").and_then(Value::as_object);
    let words_fit = properties.into_iter().flatten().all(|(name, field)| {
        match (value.get(name), resolve(field, named).get("const")) {
            (Some(given), Some(only)) => given == only,
            _ => true,
        }
    });
    type_fits && words_fit
}

/// What a plain schema says of a field.
fn of_field<'a>(schema: &'a Value, name: &str) -> Option<&'a Value> {
    let stated = schema.get("properties").and_then(|properties| properties.get(name));
    stated.or_else(|| schema.get("additionalProperties").filter(|rest| rest.is_object()))
}

/// Whether a plain schema leaves the names of fields open.
fn is_free(schema: &Value) -> bool {
    const SAYS_MORE: [&str; 7] = ["properties", "allOf", "anyOf", "oneOf", "const", "enum", "items"];
    match schema {
        Value::Object(stated) => match stated.get("additionalProperties") {
            Some(rest) => rest != &Value::Bool(false),
            None => {
                let about_fields = SAYS_MORE.iter().any(|keyword| stated.contains_key(*keyword));
                !about_fields && stated.get("type").is_none_or(|kind| kind == "object")
            }
        },
        other => other == &Value::Bool(true),
    }
}

/// A JSON pointer (RFC 6901) without its first slash.
fn pointer(path: &[String]) -> String {
    path.iter().map(|part| part.replace('~', "~0").replace('/', "~1")).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn named() -> Named {
        let text = json!({ "type": "string" });
        Named::from([
            (
                "Order".to_owned(),
                json!({ "type": "object", "properties": {
                    "id": text, "note": { "type": ["string", "null"] },
                    "lines": { "type": "array", "items": { "$ref": "#/components/schemas/Line" } },
                    "due": { "anyOf": [{ "$ref": "#/components/schemas/Due" }, { "type": "null" }] },
                    "labels": { "type": "object", "additionalProperties": text },
                    "anything": true,
                    "nothing": { "type": "object", "properties": {} },
                } }),
            ),
            (
                "Line".to_owned(),
                json!({ "type": "object", "properties": { "a/b": text, "inner": {
                "$ref": "#/components/schemas/Line" } } }),
            ),
            (
                "Due".to_owned(),
                json!({ "oneOf": [
                    { "type": "object", "properties": { "kind": { "const": "day" }, "day": text } },
                    { "type": "object", "properties": { "kind": { "const": "span" }, "days": { "type": "integer" } } },
                ] }),
            ),
            (
                "Both".to_owned(),
                json!({ "allOf": [{ "$ref": "#/components/schemas/Line" }], "properties": { "x": text } }),
            ),
        ])
    }

    #[test]
    fn an_unknown_name_is_found_however_deep_and_known_ones_are_left_alone() {
        let cases = [
            (
                "Order",
                json!({ "id": "1", "note": null, "labels": { "any": "thing" }, "anything": { "at": ["all"] } }),
                None,
            ),
            ("Order", json!({ "id": "1", "tittle": "x" }), Some("tittle")),
            ("Order", json!({ "lines": [{ "a/b": "" }, { "c": 1 }] }), Some("lines/1/c")),
            (
                "Order",
                json!({ "lines": [{ "inner": { "inner": { "a/c~": 1 } } }] }),
                Some("lines/0/inner/inner/a~1c~0"),
            ),
            ("Order", json!({ "due": { "kind": "day", "day": "2026-11-20" } }), None),
            ("Order", json!({ "due": { "kind": "day", "days": 3 } }), Some("due/days")),
            ("Order", json!({ "due": { "kind": "span", "days": 3 } }), None),
            ("Order", json!({ "due": { "kind": "neither", "days": 3 } }), None),
            ("Order", json!({ "due": { "kind": "neither", "hours": 3 } }), Some("due/hours")),
            ("Order", json!({ "due": null }), None),
            ("Order", json!({ "nothing": { "x": 1 } }), Some("nothing/x")),
            ("Order", json!({ "id": { "a": 1 } }), Some("id/a")),
            ("Both", json!({ "x": "", "a/b": "" }), None),
            ("Both", json!({ "x": "", "y": "" }), Some("y")),
        ];
        for (name, value, expected) in cases {
            let schema = json!({ "$ref": format!("#/components/schemas/{name}") });
            assert_eq!(unknown_field(&value, &schema, &named()).as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn every_example_of_today_is_known_to_its_own_schema() {
        for contract in [schema_identity::contract(), schema_documents::contract(), schema_programme::contract()] {
            for row in contract.calls.iter().filter(|row| row.http.is_some()) {
                for (value, schema) in [(&row.example.request, &row.request), (&row.example.reply, &row.reply)] {
                    let unknown = unknown_field(value, schema.as_value(), &contract.schemas);
                    assert_eq!(unknown, None, "in the example of `{}`", row.name);
                }
            }
        }
    }

    proptest! {
        /// What a schema says nothing about is never found fault with.
        #[test]
        fn a_free_schema_knows_every_name(names in prop::collection::vec(".{0,8}", 0..5)) {
            let value = Value::Object(names.into_iter().map(|name| (name, json!([1]))).collect());
            prop_assert_eq!(unknown_field(&value, &json!(true), &Named::new()), None);
            prop_assert_eq!(unknown_field(&value, &json!({ "type": "object" }), &Named::new()), None);
        }
    }
}
