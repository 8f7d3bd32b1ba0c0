//! JSON read strictly: a name that stands twice in one object is refused, because readers disagree on which one counts.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Value};

use crate::Refusal;

/// What the message of our own error begins with; the rest is the name.
const TWICE: &str = "twice: ";

/// Reads a JSON text.
///
/// # Errors
/// Tells where it is no JSON, or which name stands twice.
pub(crate) fn read(text: &[u8]) -> Result<Value, Refusal> {
    let Strict(value) = serde_json::from_slice(text).map_err(|error| {
        let said = error.to_string();
        let twice = said.strip_prefix(TWICE).and_then(|rest| rest.rsplit_once(" at line "));
        match twice {
            Some((name, _)) => Refusal::FieldTwice { at: name.to_owned() },
            None => Refusal::UnreadableJson { line: error.line(), column: error.column() },
        }
    })?;
    Ok(value)
}

/// A value without repeated names.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_any(Reading).map(Self)
    }
}

struct Reading;

impl<'de> Visitor<'de> for Reading {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut read = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            read.push(item);
        }
        Ok(read.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut read = Map::new();
        while let Some(name) = fields.next_key::<String>()? {
            if read.contains_key(&name) {
                return Err(A::Error::custom(format!("{TWICE}{name}")));
            }
            let Strict(value) = fields.next_value()?;
            read.insert(name, value);
        }
        Ok(read.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_stands_once() {
        let cases = [
            (r#"{"a":1,"a":1}"#, Refusal::FieldTwice { at: "a".into() }),
            (r#"{"a":[{"số":1,"số":2}]}"#, Refusal::FieldTwice { at: "số".into() }),
            (r#"{"a at line 7":1,"a at line 7":2}"#, Refusal::FieldTwice { at: "a at line 7".into() }),
            ("{\n\"a\":}", Refusal::UnreadableJson { line: 2, column: 5 }),
            ("{} {}", Refusal::UnreadableJson { line: 1, column: 4 }),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text.as_bytes()), Err(expected), "{text}");
        }
        assert!(read("[".repeat(100_000).as_bytes()).is_err(), "nesting is bounded");
    }

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            (-1e9..1e9_f64).prop_map(Value::from),
            ".{0,12}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map(".{0,6}", inner, 0..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        /// Whatever is sound is read as any other reader reads it.
        #[test]
        fn sound_json_is_read_as_by_everybody(value in json()) {
            let text = value.to_string();
            prop_assert_eq!(read(text.as_bytes()).unwrap(), serde_json::from_str::<Value>(&text).unwrap());
        }
    }
}
