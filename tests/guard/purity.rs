//! The rules of a service, in its `domain/`, do no I/O, read no clock and throw no dice: what they need is an argument.

use std::collections::BTreeMap;

use crate::tree;

/// What rules do not name, and what to do instead.
const FORBIDDEN: [(&str, &str); 11] = [
    ("async", "let the handler wait, and pass in what it got"),
    ("await", "let the handler wait, and pass in what it got"),
    ("sea_orm", "let `store/` turn rows into nouns"),
    ("db", "let `store/` turn rows into nouns"),
    ("tokio", "let the handler do it"),
    ("fs", "let the handler read it"),
    ("env", "settings come in as arguments"),
    ("Clock", "time comes in as an argument"),
    ("SystemTime", "time comes in as an argument"),
    ("rand", "randomness comes in as an argument"),
    ("println", "give the text back"),
];

/// Names that a line of code speaks, without its comment. `db`, `fs` and `env` count as paths only.
fn names(line: &str) -> Vec<&str> {
    let code = line.split("//").next().unwrap_or_default();
    let mut rest = code;
    let mut found = Vec::new();
    while let Some(start) = rest.find(|one: char| one.is_alphanumeric() || one == '_') {
        rest = &rest[start..];
        let end = rest.find(|one: char| !one.is_alphanumeric() && one != '_').unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let is_path = after.starts_with("::") || code.contains(&format!("std::{name}"));
        if is_path || !["db", "fs", "env"].contains(&name) {
            found.push(name);
        }
        rest = after;
    }
    found
}

fn complaints(files: &BTreeMap<String, String>) -> Vec<String> {
    let is_rule = |path: &str| path.starts_with("services/") && path.contains("/src/domain/") && tree::is_rust(path);
    let mut found = Vec::new();
    for (path, text) in files.iter().filter(|(path, _)| is_rule(path)) {
        for (number, line) in text.lines().enumerate() {
            let spoken = names(line);
            for (name, instead) in FORBIDDEN.iter().filter(|(name, _)| spoken.contains(name)) {
                found.push(format!("{path}:{}: rules must not name `{name}`: {instead}", number + 1));
            }
        }
    }
    found
}

#[test]
fn rules_are_pure() {
    tree::quiet(complaints(&tree::files()));
}

#[test]
fn impure_lines_are_named() {
    let judge = |path: &str, line: &str| complaints(&BTreeMap::from([(path.to_owned(), line.to_owned())])).len();
    let rule = "services/finance/src/domain/account.rs";
    for line in [
        "pub(crate) async fn open() {",
        "let held = store::held().await?;",
        "use sea_orm::prelude::Uuid;",
        "use db::Db;",
        "use std::fs;",
        "let text = std::env::var(\"NOW\");",
        "fn now(clock: &Clock) -> Instant {",
        "let dice = rand::rng();",
        "tokio::spawn(go());",
    ] {
        assert_eq!(judge(rule, line), 1, "{line}");
        assert_eq!(judge("services/finance/src/handlers/accounts.rs", line), 0, "{line}");
    }
    for line in ["// no async, no rand, no sea_orm", "let random = brand;", "let db = 1;", "/// awaits nothing"] {
        assert_eq!(judge(rule, line), 0, "{line}");
    }
}
