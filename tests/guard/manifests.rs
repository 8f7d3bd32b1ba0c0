//! Every version, every feature and every lint is stated once, in the manifest of the workspace; and what a crate names
//! there, it uses.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};

use crate::tree;

/// The tables of a manifest that name dependencies.
const KINDS: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

fn dependencies(manifest: &Table) -> impl Iterator<Item = (&String, &Value)> {
    KINDS.into_iter().filter_map(|kind| manifest.get(kind)?.as_table()).flatten()
}

/// `members` are the manifests of the workspace's crates by their paths.
fn complaints(workspace: &Table, members: &BTreeMap<String, Table>) -> Vec<String> {
    let mut found = Vec::new();
    let mut named = BTreeSet::new();
    for (path, manifest) in members {
        for (name, value) in dependencies(manifest) {
            named.insert(name);
            if value.get("workspace") != Some(&Value::Boolean(true)) || value.get("features").is_some() {
                found
                    .push(format!("`{path}`: state `{name}` in the root `Cargo.toml`; here `{name}.workspace = true`"));
            }
        }
        if manifest.get("lints").and_then(|lints| lints.get("workspace")) != Some(&Value::Boolean(true)) {
            found.push(format!("`{path}` goes without the lints of the workspace: say `[lints] workspace = true`"));
        }
    }
    for (name, value) in workspace.get("dependencies").and_then(Value::as_table).into_iter().flatten() {
        if !named.contains(name) && value.get("path").is_none() {
            found.push(format!("nobody uses `{name}`: take it out of the root `Cargo.toml`"));
        }
    }
    found
}

/// Pinned by naming it: nothing of it is used.
const PINNED: &str = "libsqlite3-sys";

/// Crates that code uses by the name of a derive, whose expansion names them.
const BY_DERIVE: [(&str, &str); 1] = [("serde_json", "FromJsonQueryResult")];

/// Dependencies that no line of the crate's code names. `rust` are its files by their paths below the crate.
fn unused(manifest: &Table, rust: &[(&str, &str)]) -> Vec<String> {
    let names = |path_is: &dyn Fn(&str) -> bool, name: &str| {
        let plain = name.replace('-', "_");
        let by_derive = BY_DERIVE.iter().find(|(of, _)| *of == plain).map(|(_, derive)| *derive);
        let is_it = |word: &str| word == plain || Some(word) == by_derive;
        rust.iter().any(|(path, text)| path_is(path) && text.split(|one: char| !is_word(one)).any(is_it))
    };
    let mut found = Vec::new();
    for kind in KINDS {
        let named = manifest.get(kind).and_then(Value::as_table).into_iter().flat_map(Table::keys);
        for name in named.filter(|name| *name != PINNED) {
            let in_code = names(&|path| kind != "dependencies" || !path.starts_with("tests/"), name);
            if !in_code && names(&|_| true, name) {
                found.push(format!("only its tests use `{name}`: move it to `[dev-dependencies]`"));
            } else if !in_code {
                found.push(format!("it does not use `{name}`: take it out"));
            }
        }
    }
    found
}

fn is_word(one: char) -> bool {
    one.is_alphanumeric() || one == '_'
}

#[test]
fn what_is_named_is_used() {
    let files = tree::files();
    let mut found = Vec::new();
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with("/Cargo.toml")) {
        let folder = path.trim_end_matches("Cargo.toml");
        let inside = files.iter().filter(|(path, _)| tree::is_rust(path));
        let rust: Vec<_> =
            inside.filter_map(|(path, text)| Some((path.strip_prefix(folder)?, text.as_str()))).collect();
        let complaints = unused(&toml::from_str(text).unwrap(), &rust);
        found.extend(complaints.into_iter().map(|what| format!("`{path}`: {what}")));
    }
    tree::quiet(found);
}

#[test]
fn versions_features_and_lints_are_stated_once() {
    let files = tree::files();
    let manifests = files.iter().filter(|(path, _)| path.ends_with("/Cargo.toml"));
    let read = |(path, text): (&String, &String)| (path.clone(), toml::from_str::<Table>(text).unwrap());
    // What is a workspace of its own, such as the fuzz targets, takes nothing from this one.
    let members = manifests.map(read).filter(|(_, manifest)| !manifest.contains_key("workspace")).collect();
    let root: Table = toml::from_str(&files["Cargo.toml"]).unwrap();
    tree::quiet(complaints(root["workspace"].as_table().unwrap(), &members));
}

#[test]
fn a_second_statement_is_refused() {
    let workspace: Table = toml::from_str("[dependencies]\nserde = \"1\"\nwire = { path = \"libs/wire\" }").unwrap();
    let judge = |manifest: &str| {
        let members = BTreeMap::from([("libs/a/Cargo.toml".to_owned(), toml::from_str(manifest).unwrap())]);
        complaints(&workspace, &members)
    };
    let good = "[lints]\nworkspace = true\n[dependencies]\nserde.workspace = true\n";
    assert!(judge(good).is_empty());
    assert!(judge("[dependencies]\nserde.workspace = true")[0].contains("goes without the lints"));
    assert!(judge("[lints]\nworkspace = true")[0].contains("nobody uses `serde`"));
    for second in [
        "[dev-dependencies]\nrand = \"0.9\"",
        "[build-dependencies]\nrand = { version = \"0.9\" }",
        "[dev-dependencies]\nrand = { workspace = true, features = [\"small_rng\"] }",
    ] {
        assert!(judge(&format!("{good}{second}"))[0].contains("state `rand` in the root"), "{second}");
    }
}

#[test]
fn what_is_named_for_nothing_is_named() {
    let manifest = "[dependencies]\nserde-json.workspace = true\n[dev-dependencies]\nrand.workspace = true";
    let judge = |rust: &[(&str, &str)]| unused(&toml::from_str(manifest).unwrap(), rust);
    let test = ("tests/it/main.rs", "use rand::rng;");
    assert!(judge(&[("src/lib.rs", "use serde_json::json;"), test]).is_empty());
    assert!(judge(&[("src/lib.rs", "#[derive(FromJsonQueryResult)]"), test]).is_empty());
    assert_eq!(judge(&[("src/lib.rs", "use my_serde_json;"), test]), ["it does not use `serde-json`: take it out"]);
    let moved = judge(&[("tests/it/main.rs", "use serde_json::json;"), test]);
    assert_eq!(moved, ["only its tests use `serde-json`: move it to `[dev-dependencies]`"]);
    assert_eq!(judge(&[("src/lib.rs", "use serde_json::json;")]), ["it does not use `rand`: take it out"]);
}
