//! Files: short, begun with a sentence, and named after what is in them.

use std::collections::BTreeMap;

use crate::tree;

/// The most lines of a Rust file.
const LONGEST: usize = 400;

/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 8] = ["util", "utils", "common", "helper", "helpers", "manager", "managers", "misc"];

fn complaints(files: &BTreeMap<String, String>) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in files.iter().filter(|(path, _)| tree::is_rust(path)) {
        let lines = text.lines().count();
        if lines > LONGEST {
            found.push(format!("`{path}` has {lines} lines, more than {LONGEST}: part it by noun"));
        }
        if !text.starts_with("//! ") {
            found.push(format!("`{path}` must begin with a `//!` sentence that says what it is for"));
        }
        if path.ends_with("/mod.rs") {
            found.push(format!("`{path}`: name the file like its module, beside the folder"));
        }
        let words = path.trim_end_matches(".rs").split(['/', '_', '-']);
        for word in words.filter(|word| EMPTY_NAMES.contains(word)) {
            found.push(format!("`{path}`: `{word}` says nothing; name the file after what is in it"));
        }
    }
    found
}

/// The middle of the lengths; files this short are read at a glance.
fn median(files: &BTreeMap<String, String>) -> usize {
    let rust = files.iter().filter(|(path, _)| tree::is_rust(path));
    let mut lengths: Vec<usize> = rust.map(|(_, text)| text.lines().count()).collect();
    lengths.sort_unstable();
    lengths.get(lengths.len() / 2).copied().unwrap_or_default()
}

#[test]
fn files_are_short_begun_with_a_sentence_and_well_named() {
    let files = tree::files();
    println!("the median Rust file has {} lines", median(&files));
    tree::quiet(complaints(&files));
}

#[test]
fn untidy_files_are_named() {
    let long = format!("//! Long.\n{}", "\n".repeat(LONGEST));
    let cases = [
        ("libs/a/src/lib.rs", "//! Tidy.\n", None),
        ("libs/a/src/commonplace.rs", "//! Tidy.\n", None),
        ("data/common.txt", "no Rust", None),
        ("libs/a/src/long.rs", &long, Some("401 lines")),
        ("libs/a/src/bare.rs", "use std::fs;\n", Some("must begin with a `//!` sentence")),
        ("libs/a/src/b/mod.rs", "//! Old.\n", Some("name the file like its module")),
        ("libs/a/src/date_utils.rs", "//! All sorts.\n", Some("`utils` says nothing")),
        ("libs/common/src/lib.rs", "//! All sorts.\n", Some("`common` says nothing")),
        ("services/a/src/row-manager.rs", "//! All sorts.\n", Some("`manager` says nothing")),
    ];
    for (path, text, expected) in cases {
        let found = complaints(&BTreeMap::from([(path.to_owned(), text.to_owned())]));
        match expected {
            None => assert!(found.is_empty(), "{path}: {found:?}"),
            Some(part) => assert!(found.len() == 1 && found[0].contains(part), "{path}: {found:?}"),
        }
    }
}

#[test]
fn the_median_is_the_middle() {
    let file = |name: &str, lines: usize| (format!("{name}.rs"), "\n".repeat(lines));
    assert_eq!(median(&BTreeMap::from([file("a", 9), file("b", 1), file("c", 4)])), 4);
    assert_eq!(median(&BTreeMap::new()), 0);
}
