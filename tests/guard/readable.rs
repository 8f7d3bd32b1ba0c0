//! Whether what one side writes can still be read by the other, when a schema changed.
//!
//! What a service accepts is written by callers that know the old schema and read by the new one; what it answers or
//! tells is written by the new and read by the old. Readers ignore fields they do not know. Whatever this file does not
//! understand counts as broken.

use serde_json::{Map, Value, json};

/// What references begin with.
const REFERENCE: &str = "#/components/schemas/";

/// Keywords that change nothing about which values are good.
const WORDS: [&str; 5] = ["title", "description", "examples", "deprecated", "default"];

/// Keywords that are looked at one by one below.
const UNDERSTOOD: [&str; 14] = [
    "$ref",
    "type",
    "const",
    "enum",
    "anyOf",
    "oneOf",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "uniqueItems",
    "minimum",
    "maximum",
    "format",
];

/// Which way the values of a schema travel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Travels {
    /// To the service: calls.
    In,
    /// From the service: replies and events.
    Out,
}

/// The named schemas of a contract before and after the change.
#[derive(Clone, Copy)]
pub(crate) struct Named<'a> {
    pub(crate) old: &'a dyn Fn(&str) -> Option<&'a Value>,
    pub(crate) new: &'a dyn Fn(&str) -> Option<&'a Value>,
}

/// What the change breaks; `at` says where in the words of a reader, such as `request`.
pub(crate) fn broken(at: &str, old: &Value, new: &Value, named: Named, travels: Travels) -> Vec<String> {
    Comparison { named, travels }.compare(at, old, new, &mut Vec::new())
}

struct Comparison<'a> {
    named: Named<'a>,
    travels: Travels,
}

/// One shape that values of a schema may have, and the name it goes by, if it has one.
struct Shape {
    name: Option<String>,
    schema: Value,
}

/// Pairs of named shapes that are being compared, so that schemas that contain themselves come to an end.
type Inside = Vec<(String, String)>;

impl Comparison<'_> {
    /// Whatever the writer may write, some shape of the reader takes.
    fn compare(&self, at: &str, old: &Value, new: &Value, inside: &mut Inside) -> Vec<String> {
        let (old, new) = (shapes(old, None, self.named.old), shapes(new, None, self.named.new));
        let (writer, reader) = if self.travels == Travels::In { (old, new) } else { (new, old) };
        let mut found = Vec::new();
        for written in &writer {
            let takes = reader.iter().filter(|read| is_alike(&written.schema, &read.schema));
            let tried = takes.map(|read| match self.travels {
                Travels::In => self.pair(at, written, read, inside),
                Travels::Out => self.pair(at, read, written, inside),
            });
            let what = outline(&written.schema);
            match (tried.min_by_key(Vec::len), self.travels) {
                (Some(least), _) => found.extend(least),
                (None, Travels::In) => found.push(format!("{at}: no longer accepts {what}")),
                (None, Travels::Out) => found.push(format!("{at}: may now be {what}, which nobody expects")),
            }
        }
        found
    }

    fn pair(&self, at: &str, old: &Shape, new: &Shape, inside: &mut Inside) -> Vec<String> {
        let (Some(was), Some(is)) = (&old.name, &new.name) else {
            return self.one(at, &old.schema, &new.schema, inside);
        };
        let names = (was.clone(), is.clone());
        if inside.contains(&names) {
            return Vec::new();
        }
        inside.push(names);
        let found = self.one(at, &old.schema, &new.schema, inside);
        inside.pop();
        found
    }

    fn one(&self, at: &str, old: &Value, new: &Value, inside: &mut Inside) -> Vec<String> {
        let mut found = self.fields(at, old, new, inside);
        for (keyword, below) in [("items", "[]"), ("additionalProperties", "{}")] {
            match (old.get(keyword), new.get(keyword)) {
                (Some(old), Some(new)) => found.extend(self.compare(&format!("{at}{below}"), old, new, inside)),
                (None, None) => {}
                _ => found.push(format!("{at}: `{keyword}` came or went")),
            }
        }
        let (writer, reader) = if self.travels == Travels::In { (old, new) } else { (new, old) };
        found.extend(limits(writer, reader).into_iter().map(|what| format!("{at}: {what}")));
        for keyword in keywords(old, new) {
            if old.get(keyword) != new.get(keyword) {
                found.push(format!("{at}: `{keyword}` changed, and this guard cannot tell what that breaks"));
            }
        }
        found
    }

    fn fields(&self, at: &str, old: &Value, new: &Value, inside: &mut Inside) -> Vec<String> {
        let empty = Map::new();
        let of = |schema: &Value| schema.get("properties").and_then(Value::as_object).unwrap_or(&empty).clone();
        let (old_fields, new_fields) = (of(old), of(new));
        let mut found = Vec::new();
        for (name, before) in &old_fields {
            let Some(after) = new_fields.get(name) else {
                found.push(match self.travels {
                    Travels::In => format!("{at}: no longer accepts `{name}`"),
                    Travels::Out => format!("{at}: lost `{name}`"),
                });
                continue;
            };
            found.extend(self.compare(&format!("{at}.{name}"), before, after, inside));
            let meant = before.get("default");
            if self.travels == Travels::In && meant.is_some() && meant != after.get("default") {
                found.push(format!("{at}: to leave out `{name}` now means something else"));
            }
        }
        let (was, is) = (required(old), required(new));
        match self.travels {
            Travels::In => found.extend(minus(&is, &was).map(|name| format!("{at}: now demands `{name}`"))),
            Travels::Out => found.extend(
                minus(&was, &is)
                    .filter(|name| new_fields.contains_key(*name))
                    .map(|name| format!("{at}: may now leave out `{name}`")),
            ),
        }
        found
    }
}

/// The name a schema refers to.
fn name_of(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix(REFERENCE)
}

/// Every single shape of a schema: references followed, `anyOf`, `oneOf`, `enum` and lists of types taken apart. A name
/// that is nowhere stays a reference, which nothing is alike to but itself.
fn shapes<'a>(schema: &Value, name: Option<&str>, named: &dyn Fn(&str) -> Option<&'a Value>) -> Vec<Shape> {
    if let Some((name, target)) = name_of(schema).and_then(|name| Some((name, named(name)?))) {
        return shapes(target, Some(name), named);
    }
    for keyword in ["anyOf", "oneOf"] {
        if let Some(choices) = schema.get(keyword).and_then(Value::as_array) {
            return choices.iter().flat_map(|choice| shapes(choice, None, named)).collect();
        }
    }
    let shape = |schema: Value| Shape { name: name.map(str::to_owned), schema };
    let with = |keyword: &str, value: &Value| {
        let mut fields = schema.as_object().cloned().unwrap_or_default();
        fields.remove("enum");
        fields.insert(keyword.to_owned(), value.clone());
        shape(Value::Object(fields))
    };
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return words.iter().map(|word| with("const", word)).collect();
    }
    match schema.get("type").and_then(Value::as_array) {
        Some(types) => types
            .iter()
            .map(|one| if one == "null" { shape(json!({ "type": "null" })) } else { with("type", one) })
            .collect(),
        None => vec![shape(schema.clone())],
    }
}

/// What the reader's limits leave out of what the writer writes.
fn limits(writer: &Value, reader: &Value) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(format) = reader.get("format").filter(|format| writer.get("format") != Some(format)) {
        found.push(format!("the format {format} is not what the other side means"));
    }
    if reader.get("uniqueItems") == Some(&json!(true)) && writer.get("uniqueItems") != Some(&json!(true)) {
        found.push("items must now differ from each other".to_owned());
    }
    let bound = |schema: &Value, keyword: &str| schema.get(keyword).and_then(Value::as_f64);
    for (keyword, sign) in [("minimum", 1.0), ("maximum", -1.0)] {
        if let Some(limit) = bound(reader, keyword)
            && bound(writer, keyword).is_none_or(|written| written * sign < limit * sign)
        {
            found.push(format!("`{keyword}` {limit} leaves out values that were good"));
        }
    }
    found
}

/// Whether a reader's shape may be meant for what was written: the type and the constant fit, and so do the
/// constants among its fields, by which objects are told apart.
fn is_alike(written: &Value, read: &Value) -> bool {
    if read == &json!(true) || read == &json!({}) {
        return true;
    }
    let (kind, wanted) = (written.get("type"), read.get("type"));
    let fits = kind == wanted || (kind == Some(&json!("integer")) && wanted == Some(&json!("number")));
    let same_reference = written.get("$ref") == read.get("$ref");
    // `unknown` in a list of words is where a tolerant reader puts words it has not met.
    let constant = match (written.get("const"), read.get("const")) {
        (_, None) => true,
        (Some(word), Some(wanted)) => word == wanted || (word.is_string() && wanted == "unknown"),
        (None, Some(_)) => false,
    };
    fits && same_reference
        && constant
        && tags(read).all(|(name, tag)| field_constant(written, name).is_none_or(|one| one == tag))
}

fn field_constant<'a>(schema: &'a Value, name: &str) -> Option<&'a Value> {
    schema.get("properties")?.get(name)?.get("const")
}

fn tags(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    let fields = schema.get("properties").and_then(Value::as_object);
    fields.into_iter().flatten().filter_map(|(name, field)| Some((name, field.get("const")?)))
}

fn required(schema: &Value) -> Vec<String> {
    let names = schema.get("required").and_then(Value::as_array);
    names.into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

fn minus<'a>(all: &'a [String], without: &'a [String]) -> impl Iterator<Item = &'a String> {
    all.iter().filter(|name| !without.contains(name))
}

/// Keywords of either schema that this file knows nothing about.
fn keywords<'a>(old: &'a Value, new: &'a Value) -> impl Iterator<Item = &'a String> {
    let of = |schema: &'a Value| schema.as_object().into_iter().flat_map(Map::keys);
    let all: std::collections::BTreeSet<&String> = of(old).chain(of(new)).collect();
    all.into_iter().filter(|word| !WORDS.contains(&word.as_str()) && !UNDERSTOOD.contains(&word.as_str()))
}

/// A shape in few words.
fn outline(schema: &Value) -> String {
    match (schema.get("const"), schema.get("type").and_then(Value::as_str)) {
        (Some(word), _) => word.to_string(),
        (None, Some(kind)) => match tags(schema).next() {
            Some((name, tag)) => format!("{kind} with `{name}` {tag}"),
            None => kind.to_owned(),
        },
        (None, None) => "anything".to_owned(),
    }
}
