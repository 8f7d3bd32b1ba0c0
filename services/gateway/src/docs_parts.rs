//! The pieces of the reference page: one call, its fields, its examples, the types.

use std::fmt::Write as _;

use serde_json::Value;

use crate::{docs_page::Operation, schema::reference};

/// What holds for every call.
pub(crate) const CONVENTIONS: &str = include_str!("conventions.html");

/// Text as HTML.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Text as HTML, what stands between backticks as code.
fn prose(text: &str) -> String {
    let mut html = String::new();
    for (index, part) in text.split('`').enumerate() {
        let part = escaped(part);
        html.push_str(&if index % 2 == 1 { format!("<code>{part}</code>") } else { part });
    }
    html
}

/// The text under a name; empty when there is none.
pub(crate) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The list under a name; empty when there is none.
pub(crate) fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    crate::schema::listed(value, name)
}

/// One call.
pub(crate) fn operation(page: &mut String, document: &Value, operation: &Operation<'_>) {
    let says = operation.says;
    let permission = match text(says, "x-permission") {
        "open" => "không cần đăng nhập <small lang=\"en\">open to everyone</small>".to_owned(),
        "signed_in" => "đã đăng nhập <small lang=\"en\">signed in</small>".to_owned(),
        permission => format!("<code>{}</code>", escaped(permission)),
    };
    let method = operation.method.to_uppercase();
    let _ = write!(
        page,
        "<article id=\"{anchor}\"><h3><a href=\"#{anchor}\">{call}</a></h3><p class=\"line\"><b class=\"{class}\">{method}</b> \
         <code>{path}</code></p><p lang=\"en\">{summary} {more}</p><p>Quyền <small lang=\"en\">Permission</small>: \
         {permission}</p>",
        anchor = escaped(&operation.anchor()),
        call = escaped(operation.call()),
        class = escaped(operation.method),
        path = escaped(operation.path),
        summary = prose(text(says, "summary")),
        more = prose(text(says, "description")),
    );
    parameters(page, document, says);
    let _ = write!(page, "<pre>{method} {}</pre>", escaped(&example_address(operation)));
    content(page, "Yêu cầu", "Request", says.get("requestBody"));
    for (status, response) in says.get("responses").and_then(Value::as_object).into_iter().flatten() {
        if response.get("content").is_some() {
            content(page, &format!("Kết quả {status}"), "Reply", Some(response));
        }
    }
    page.push_str("</article>");
}

/// The path of a call with the examples of its parameters.
fn example_address(operation: &Operation<'_>) -> String {
    let (mut path, mut query) = (operation.path.to_owned(), Vec::new());
    for parameter in list(operation.says, "parameters") {
        let name = text(parameter, "name");
        let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        match (text(parameter, "in"), parameter.get("example")) {
            ("path", Some(example)) => path = path.replace(&format!("{{{name}}}"), &plain(example)),
            ("query", Some(Value::Array(items))) => {
                query.extend(items.iter().map(|item| format!("{name}={}", plain(item))));
            }
            ("query", Some(example)) => query.push(format!("{name}={}", plain(example))),
            _ => {}
        }
    }
    if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
}

/// The parameters in path, query and headers.
fn parameters(page: &mut String, document: &Value, says: &Value) {
    let all = list(says, "parameters").iter().map(|parameter| match parameter.get("$ref").and_then(Value::as_str) {
        Some(shared) => document.pointer(shared.trim_start_matches('#')).unwrap_or(parameter),
        None => parameter,
    });
    let rows: Vec<String> = all
        .map(|parameter| {
            let place = match text(parameter, "in") {
                "path" => "đường dẫn",
                "query" => "truy vấn",
                _ => "tiêu đề",
            };
            let required = parameter.get("required") == Some(&Value::Bool(true));
            let kind = parameter.get("schema").map(kind).unwrap_or_default();
            row(text(parameter, "name"), place, required, &kind, text(parameter, "description"))
        })
        .collect();
    table(page, &rows, true);
}

/// A body: its fields, and an example.
fn content(page: &mut String, vi: &str, en: &str, body: Option<&Value>) {
    let kinds = body.and_then(|body| body.get("content")).and_then(Value::as_object);
    for (media_type, content) in kinds.into_iter().flatten() {
        let schema = content.get("schema");
        let of = schema.map(kind).filter(|_| schema.is_some_and(|schema| schema.get("properties").is_none()));
        let _ = write!(
            page,
            "<h4>{vi} <small lang=\"en\">{en}</small> <small>{} {}</small></h4>",
            escaped(media_type),
            of.unwrap_or_default()
        );
        if let Some(schema) = schema {
            fields(page, schema, "nội dung");
        }
        match content.get("example") {
            Some(Value::String(text)) => drop(write!(page, "<pre>{}</pre>", escaped(text))),
            Some(example) if !example.is_null() => {
                let pretty = serde_json::to_string_pretty(example).unwrap_or_default();
                let _ = write!(page, "<pre>{}</pre>", escaped(&pretty));
            }
            _ => {}
        }
    }
}

/// The fields of an object.
fn fields(page: &mut String, schema: &Value, place: &str) {
    let required: Vec<&str> = list(schema, "required").iter().filter_map(Value::as_str).collect();
    let properties = schema.get("properties").and_then(Value::as_object);
    let rows: Vec<String> = properties
        .into_iter()
        .flatten()
        .map(|(name, field)| {
            row(name, place, required.contains(&name.as_str()), &kind(field), text(field, "description"))
        })
        .collect();
    table(page, &rows, !place.is_empty());
}

fn row(name: &str, place: &str, required: bool, kind: &str, description: &str) -> String {
    let mark = if required { " <abbr title=\"bắt buộc, required\">*</abbr>" } else { "" };
    let place = if place.is_empty() { String::new() } else { format!("<td>{place}</td>") };
    format!(
        "<tr><td><code>{}</code>{mark}</td>{place}<td>{kind}</td><td lang=\"en\">{}</td></tr>",
        escaped(name),
        prose(description)
    )
}

fn table(page: &mut String, rows: &[String], with_places: bool) {
    if rows.is_empty() {
        return;
    }
    let place = if with_places { "<th>Ở <small lang=\"en\">In</small></th>" } else { "" };
    let _ = write!(
        page,
        "<div class=\"wide\"><table class=\"fields\"><thead><tr><th>Trường <small lang=\"en\">Field</small></th>{place}\
         <th>Kiểu <small lang=\"en\">Type</small></th><th>Ý nghĩa <small lang=\"en\">Meaning</small></th></tr></thead>\
         <tbody>"
    );
    rows.iter().for_each(|row| page.push_str(row));
    page.push_str("</tbody></table></div>");
}

/// A type in a few words, linked to where it is explained.
fn kind(schema: &Value) -> String {
    if let Some(name) = reference(schema) {
        return format!("<a href=\"#type.{0}\">{0}</a>", escaped(name));
    }
    if let Some(items) = schema.get("items") {
        return format!("[{}]", kind(items));
    }
    let alternatives: Vec<String> = ["anyOf", "oneOf"]
        .into_iter()
        .flat_map(|keyword| list(schema, keyword))
        .filter(|one| one.get("type") != Some(&Value::from("null")))
        .map(kind)
        .collect();
    if !alternatives.is_empty() {
        return alternatives.join(" | ");
    }
    if let Some(only) = schema.get("const") {
        return format!("<code>{}</code>", escaped(&only.to_string()));
    }
    let stated = match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null"),
        Some(Value::String(kind)) => Some(kind.as_str()),
        _ => None,
    };
    match (stated, schema.get("format").and_then(Value::as_str)) {
        (Some(stated), Some(format)) => format!("{} <small>{}</small>", escaped(stated), escaped(format)),
        (Some(stated), None) => escaped(stated),
        (None, _) => "tùy ý".to_owned(),
    }
}

/// Every named type.
pub(crate) fn types(page: &mut String, document: &Value) {
    page.push_str("<section id=\"types\"><h2>Kiểu dữ liệu <small lang=\"en\">Types</small></h2>");
    for (name, schema) in document.pointer("/components/schemas").and_then(Value::as_object).into_iter().flatten() {
        let _ = write!(
            page,
            "<article id=\"type.{0}\"><h3>{0}</h3><p lang=\"en\">{1}</p>",
            escaped(name),
            prose(text(schema, "description"))
        );
        fields(page, schema, "");
        variants(page, schema);
        if schema.get("properties").is_none() && schema.get("oneOf").is_none() {
            let _ = write!(page, "<p>{}</p>", kind(schema));
        }
        page.push_str("</article>");
    }
    page.push_str("</section>");
}

/// The words of a closed list, or the shapes a value can have.
fn variants(page: &mut String, schema: &Value) {
    let all = list(schema, "oneOf");
    if all.is_empty() {
        return;
    }
    page.push_str("<ul>");
    for variant in all {
        let _ = write!(page, "<li>{} <span lang=\"en\">{}</span>", kind(variant), prose(text(variant, "description")));
        fields(page, variant, "");
        page.push_str("</li>");
    }
    page.push_str("</ul>");
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn nothing_that_a_contract_says_becomes_markup() {
        assert_eq!(prose("a `<b>` & \"c\""), "a <code>&lt;b&gt;</code> &amp; &quot;c&quot;");
        assert_eq!(kind(&json!({ "type": "<i>", "format": "'x'" })), "&lt;i&gt; <small>&#39;x&#39;</small>");
    }

    #[test]
    fn a_type_is_told_in_a_few_words() {
        let cases = [
            (json!({ "type": ["integer", "null"], "format": "uint16" }), "integer <small>uint16</small>"),
            (json!({ "type": "array", "items": { "type": "string" } }), "[string]"),
            (
                json!({ "anyOf": [{ "$ref": "#/components/schemas/Cursor" }, { "type": "null" }] }),
                "<a href=\"#type.Cursor\">Cursor</a>",
            ),
            (json!({ "const": "open" }), "<code>&quot;open&quot;</code>"),
            (json!(true), "tùy ý"),
        ];
        for (schema, expected) in cases {
            assert_eq!(kind(&schema), expected, "{schema}");
        }
    }
}
