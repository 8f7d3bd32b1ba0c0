//! The fields of events and spans are on the allow-list of `libs/runtime`: one that is not would be dropped unseen, and
//! whoever reads the log at night would miss it.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree;

/// Where the list stands.
const LIST: &str = "libs/runtime/src/telemetry/fields.rs";
/// The program that is careless on purpose.
const CARELESS: &str = "libs/runtime/src/telemetry/tests.rs";
/// What makes an event or a span.
const MACROS: [&str; 10] =
    ["error", "warn", "info", "debug", "trace", "error_span", "warn_span", "info_span", "debug_span", "trace_span"];

/// The names on the list: one at the beginning of each line.
fn allowed(text: &str) -> BTreeSet<&str> {
    let list =
        text.split_once("const ALLOWED").and_then(|(_, rest)| rest.split_once("];")).map_or("", |(list, _)| list);
    list.lines().filter_map(|line| line.trim().strip_prefix('"')?.split('"').next()).collect()
}

/// The arguments of the macro whose opening bracket was just read, parted at their commas.
fn arguments(text: &str) -> Vec<&str> {
    let (mut depth, mut quoted, mut escaped, mut begin, mut found) = (1, false, false, 0, Vec::new());
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 1 => {
                found.push(text[begin..at].trim());
                begin = at + 1;
            }
            _ => {}
        }
        if depth == 0 {
            found.push(text[begin..at].trim());
            break;
        }
    }
    found.retain(|argument| !argument.is_empty());
    found
}

/// The fields of every event and span in a file, with the number of the line.
fn fields(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (at, path) in text.match_indices("tracing::") {
        let rest = &text[at + path.len()..];
        let Some((name, rest)) = rest.split_once("!(") else { continue };
        if !MACROS.contains(&name) {
            continue;
        }
        let line = text[..at].lines().count() + usize::from(text[..at].ends_with('\n'));
        // A span is named first; the message of an event comes after its fields, and what it is made of behind it.
        let skipped = usize::from(name.ends_with("_span"));
        let given = arguments(rest).into_iter().filter(|argument| !is_about(argument)).skip(skipped);
        for argument in given.take_while(|argument| !argument.starts_with('"')) {
            let field = argument.trim_start_matches(['%', '?']);
            let end = field.find(|letter: char| !(letter.is_alphanumeric() || "_.".contains(letter)));
            found.push((line.max(1), field[..end.unwrap_or(field.len())].trim()));
        }
    }
    found
}

/// `target: …` and `parent: …` are no fields.
fn is_about(argument: &str) -> bool {
    argument.starts_with("target:") || argument.starts_with("parent:")
}

fn complaints(files: &BTreeMap<String, String>) -> Vec<String> {
    let allowed = allowed(files.get(LIST).map_or("", String::as_str));
    let is_program = |path: &str| {
        tree::is_rust(path) && (path.starts_with("libs/") || path.starts_with("services/")) && path.contains("/src/")
    };
    let mut found = Vec::new();
    for (path, text) in files.iter().filter(|(path, _)| is_program(path) && path.as_str() != CARELESS) {
        for (line, field) in fields(text) {
            // The bridge to OpenTelemetry reads these two itself.
            if !allowed.contains(field) && !matches!(field, "otel.name" | "otel.kind") {
                found
                    .push(format!("{path}:{line}: `{field}` would be dropped: give it a name of the list in `{LIST}`"));
            }
        }
    }
    found
}

#[test]
fn every_field_of_a_log_line_is_on_the_list() {
    let files = tree::files();
    assert!(allowed(&files[LIST]).len() > 20);
    tree::quiet(complaints(&files));
}

#[test]
fn fields_that_would_be_dropped_are_named() {
    let list = "const ALLOWED: &[&str] = &[\n    \"count\", // how many\n    \"error\",\n];";
    let cases = [
        ("tracing::info!(count = 1, \"done\");", None),
        ("tracing::warn!(%error, count = list.len(), \"{name}, {}\", name);", None),
        ("tracing::info!(target: \"x\", \"size, {size}\");", None),
        ("let span = tracing::info_span!(\"http\", otel.name = f(a, b), count = Empty);", None),
        ("\ntracing::error!(count, size = a(b, \"c, d = \\\" e\"), \"x\");", Some(":2: `size`")),
        ("tracing::debug!(?phone, \"x\");", Some(":1: `phone`")),
        ("let span = tracing::info_span!(\"job\", name);", Some(":1: `name`")),
    ];
    for (code, expected) in cases {
        let files = [(LIST, list), ("libs/a/src/lib.rs", code)];
        let found = complaints(&files.map(|(path, text)| (path.to_owned(), text.to_owned())).into());
        match (found.as_slice(), expected) {
            ([], None) => {}
            ([complaint], Some(part)) => assert!(complaint.contains(part), "{complaint}"),
            (found, expected) => panic!("{code}: {found:?} where {expected:?} was expected"),
        }
    }
}
