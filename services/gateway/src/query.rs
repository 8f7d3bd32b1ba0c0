//! Query and path texts, read as their schemas say: numbers, yes or no, lists by repeated names.

use axum::{extract::Query, http::Uri};
use serde_json::{Map, Value};

use crate::{
    Refusal,
    schema::{self, Named, accepts},
};

/// The pairs of a query, decoded, in order. What is not UTF-8 becomes the replacement character.
///
/// # Errors
/// When the query cannot be read at all.
pub(crate) fn pairs(uri: &Uri) -> Result<Vec<(String, String)>, Refusal> {
    let Query(pairs) = Query::try_from_uri(uri).map_err(|_| wrong("query", "pairs of name and value"))?;
    Ok(pairs)
}

/// The pairs as fields of a call; `fields` are those that the query may hold.
///
/// # Errors
/// Names the field that is not known, is given twice without being a list, or cannot be read.
pub(crate) fn fields(
    pairs: Vec<(String, String)>,
    fields: &[schema::Field<'_>],
    named: &Named,
) -> Result<Map<String, Value>, Refusal> {
    let mut gathered: Vec<(String, Vec<String>)> = Vec::new();
    for (name, text) in pairs {
        match gathered.iter_mut().find(|(known, _)| *known == name) {
            Some((_, texts)) => texts.push(text),
            None => gathered.push((name, vec![text])),
        }
    }
    let read = |(name, texts): (String, Vec<String>)| {
        let field = fields.iter().find(|field| field.name == name);
        let field = field.ok_or_else(|| Refusal::UnknownField { at: name.clone() })?;
        let value = value(&name, &texts, field.schema, named)?;
        Ok((name, value))
    };
    gathered.into_iter().map(read).collect()
}

fn value(name: &str, texts: &[String], schema: &Value, named: &Named) -> Result<Value, Refusal> {
    if let Some(items) = schema::items(schema, named) {
        return texts.iter().map(|text| single(name, text, items, named)).collect();
    }
    match texts {
        [text] => single(name, text, schema, named),
        _ => Err(Refusal::FieldTwice { at: name.to_owned() }),
    }
}

/// One text as a value of its schema.
///
/// # Errors
/// Says what was expected.
pub(crate) fn single(name: &str, text: &str, schema: &Value, named: &Named) -> Result<Value, Refusal> {
    let accepts = |kind| accepts(schema, named, kind);
    if accepts("string") {
        return Ok(Value::from(text));
    }
    // JSON's own grammar, so that `+7`, `0x7` or `1_000` are no numbers here either.
    let read: Option<Value> = serde_json::from_str(text).ok();
    match read {
        Some(value) if value.is_boolean() && accepts("boolean") => Ok(value),
        Some(value) if (value.is_i64() || value.is_u64()) && (accepts("integer") || accepts("number")) => Ok(value),
        Some(value) if value.is_number() && accepts("number") => Ok(value),
        _ if accepts("integer") => Err(wrong(name, "an integer")),
        _ if accepts("number") => Err(wrong(name, "a number")),
        _ if accepts("boolean") => Err(wrong(name, "true or false")),
        _ => Err(wrong(name, "a value that can stand in a query; use a call that takes a body")),
    }
}

fn wrong(at: &str, expected: &str) -> Refusal {
    Refusal::WrongValue { at: at.to_owned(), expected: expected.to_owned() }
}

/// A segment of a path, its percent encoding undone; nothing when what it stands for is not UTF-8.
pub(crate) fn decoded(segment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let (digits, behind) = rest.split_at_checked(2)?;
        let [high, low] = [digits.first()?, digits.get(1)?].map(|digit| char::from(*digit).to_digit(16));
        bytes.push(u8::try_from(high? * 16 + low?).ok()?);
        rest = behind;
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn read(query: &str) -> Result<Value, Refusal> {
        let schema = json!({ "properties": {
            "q": { "type": ["string", "null"] }, "limit": { "type": ["integer", "null"] }, "ratio": { "type": "number" },
            "late": { "type": "boolean" }, "day": { "anyOf": [{ "$ref": "#/components/schemas/Day" }, { "type": "null" }] },
            "numbers": { "type": "array", "items": { "type": "integer" } },
            "words": { "type": ["array", "null"], "items": { "$ref": "#/components/schemas/Day" } },
            "object": { "type": "object" },
        } });
        let named = Named::from([("Day".to_owned(), json!({ "type": "string" }))]);
        let uri: Uri = format!("/api/v1/notes?{query}").parse().unwrap();
        fields(pairs(&uri)?, &schema::fields(&schema, &named), &named).map(Value::Object)
    }

    #[test]
    fn texts_take_the_type_of_their_field() {
        let cases = [
            ("", json!({})),
            ("q=c%C3%B4ng+v%C4%83n&limit=20", json!({ "q": "công văn", "limit": 20 })),
            ("q=17", json!({ "q": "17" })),
            ("q=", json!({ "q": "" })),
            ("ratio=2&late=true&day=2026-11-20", json!({ "ratio": 2, "late": true, "day": "2026-11-20" })),
            ("ratio=2.5", json!({ "ratio": 2.5 })),
            ("numbers=3&numbers=-4", json!({ "numbers": [3, -4] })),
            ("numbers=3", json!({ "numbers": [3] })),
            ("words=a&words=b", json!({ "words": ["a", "b"] })),
        ];
        for (query, expected) in cases {
            assert_eq!(read(query).unwrap(), expected, "{query}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let cases = [
            ("limt=20", "limt"),
            ("limit=many", "limit"),
            ("limit=", "limit"),
            ("limit=%2B7", "limit"),
            ("limit=1.5", "limit"),
            ("late=yes", "late"),
            ("late=1", "late"),
            ("limit=1&limit=2", "limit"),
            ("numbers=3&numbers=x", "numbers"),
            ("object=x", "object"),
        ];
        for (query, field) in cases {
            let refusal = read(query).expect_err(query);
            let (Refusal::UnknownField { at } | Refusal::FieldTwice { at } | Refusal::WrongValue { at, .. }) = refusal
            else {
                panic!("{query}: {refusal:?}");
            };
            assert_eq!(at, field, "{query}");
        }
    }

    #[test]
    fn percent_encoding_is_undone_once() {
        let cases = [
            ("a%2Fb", Some("a/b")),
            ("c%C3%B4ng", Some("công")),
            ("%2541", Some("%41")),
            ("a+b", Some("a+b")),
            ("%", None),
            ("%4", None),
            ("%zz", None),
            ("%ff", None),
        ];
        for (segment, expected) in cases {
            assert_eq!(decoded(segment).as_deref(), expected, "{segment}");
        }
    }

    proptest! {
        /// Whatever a client sends, decoding ends without a panic.
        #[test]
        fn decoding_never_panics(segment in ".{0,40}") {
            let _ = decoded(&segment);
        }
    }
}
