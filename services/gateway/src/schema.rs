//! Looking into JSON schemas: references, fields, and the kinds of value a schema accepts.

use std::collections::BTreeMap;

use serde_json::Value;

/// Schemas by name, as a contract carries them.
pub(crate) type Named = BTreeMap<String, Value>;

/// What references begin with.
pub(crate) const REFERENCE: &str = "#/components/schemas/";

/// More references than this in a row lead in a circle.
const LONGEST_CHAIN: usize = 16;

/// A field of an object.
#[derive(Clone, Debug)]
pub(crate) struct Field<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// Its schema.
    pub(crate) schema: &'a Value,
    /// Whether it must be there.
    pub(crate) required: bool,
}

/// The name a schema refers to.
pub(crate) fn reference(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix(REFERENCE)
}

/// The schema itself, references followed.
pub(crate) fn resolve<'a>(schema: &'a Value, named: &'a Named) -> &'a Value {
    let mut schema = schema;
    for _ in 0..LONGEST_CHAIN {
        match reference(schema).and_then(|name| named.get(name)) {
            Some(target) => schema = target,
            None => break,
        }
    }
    schema
}

/// The fields of an object, in the order of its schema.
pub(crate) fn fields<'a>(schema: &'a Value, named: &'a Named) -> Vec<Field<'a>> {
    let schema = resolve(schema, named);
    let required: Vec<&str> = listed(schema, "required").iter().filter_map(Value::as_str).collect();
    let properties = schema.get("properties").and_then(Value::as_object);
    let field =
        |(name, schema): (&'a String, &'a Value)| Field { name, schema, required: required.contains(&name.as_str()) };
    properties.into_iter().flatten().map(field).collect()
}

/// The alternatives of a schema: those of `anyOf` and `oneOf`, or the schema itself.
pub(crate) fn alternatives<'a>(schema: &'a Value, named: &'a Named) -> Vec<&'a Value> {
    let schema = resolve(schema, named);
    let any: Vec<&Value> = listed(schema, "anyOf").iter().chain(listed(schema, "oneOf")).collect();
    if any.is_empty() { vec![schema] } else { any.into_iter().flat_map(|one| alternatives(one, named)).collect() }
}

/// Whether a schema accepts some value of this JSON type (`string`, `integer`, …).
pub(crate) fn accepts(schema: &Value, named: &Named, kind: &str) -> bool {
    alternatives(schema, named).iter().any(|one| match one.get("type") {
        Some(Value::String(stated)) => stated == kind,
        Some(Value::Array(stated)) => stated.iter().any(|stated| stated == kind),
        _ => match one.get("const") {
            Some(only) => kind_of(only) == kind,
            // Without a word about types everything is accepted.
            None => one.get("properties").is_none() || kind == "object",
        },
    })
}

/// The schema of the items, when the schema accepts arrays.
pub(crate) fn items<'a>(schema: &'a Value, named: &'a Named) -> Option<&'a Value> {
    alternatives(schema, named).into_iter().find_map(|one| one.get("items"))
}

/// The JSON type of a value.
pub(crate) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// The list under a keyword; empty when there is none.
pub(crate) fn listed<'a>(schema: &'a Value, keyword: &str) -> &'a [Value] {
    schema.get(keyword).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn kinds_are_seen_through_references_and_alternatives() {
        let named = Named::from([
            ("Cursor".to_owned(), json!({ "type": "string" })),
            ("Word".to_owned(), json!({ "oneOf": [{ "const": "open" }, { "type": "string", "const": "shut" }] })),
            ("Loop".to_owned(), json!({ "$ref": "#/components/schemas/Loop" })),
        ]);
        let cases = [
            (json!({ "type": ["integer", "null"] }), "integer", true),
            (json!({ "type": ["integer", "null"] }), "string", false),
            (json!({ "anyOf": [{ "$ref": "#/components/schemas/Cursor" }, { "type": "null" }] }), "string", true),
            (json!({ "anyOf": [{ "$ref": "#/components/schemas/Cursor" }, { "type": "null" }] }), "null", true),
            (json!({ "$ref": "#/components/schemas/Word" }), "string", true),
            (json!({ "$ref": "#/components/schemas/Word" }), "boolean", false),
            (json!({ "properties": {} }), "string", false),
            (json!(true), "array", true),
            (json!({ "$ref": "#/components/schemas/Loop" }), "string", true),
        ];
        for (schema, kind, expected) in cases {
            assert_eq!(accepts(&schema, &named, kind), expected, "{schema} {kind}");
        }
    }

    #[test]
    fn fields_come_in_the_order_of_the_schema() {
        let schema = json!({ "properties": { "b": {}, "a": {} }, "required": ["a"] });
        let found: Vec<_> =
            fields(&schema, &Named::new()).iter().map(|field| (field.name.to_owned(), field.required)).collect();
        assert_eq!(found, [("b".to_owned(), false), ("a".to_owned(), true)]);
    }
}
