//! Every version, every feature and every lint is stated once, in the manifest of the workspace.

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

#[test]
fn versions_features_and_lints_are_stated_once() {
    let files = tree::files();
    let manifests = files.iter().filter(|(path, _)| path.ends_with("/Cargo.toml"));
    let members = manifests.map(|(path, text)| (path.clone(), toml::from_str(text).unwrap())).collect();
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
