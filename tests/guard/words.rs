//! Words that no file contains: signs of unfinished work, and places that exist on one machine only.

use std::collections::BTreeMap;

use crate::tree;

/// Signs of unfinished work. Parted, because this file is looked at too.
const UNFINISHED: [&str; 7] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("X", "XX"),
    concat!("to", "do!"),
    concat!("unimple", "mented!"),
    concat!("#[ig", "nore"),
    concat!("db", "g!"),
];

/// Folders of one machine, and hosts that hand out packages: what is fetched is said by name and checksum.
const PLACES: [&str; 9] = [
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/Us", "ers/"),
    concat!("/wo", "rk/"),
    concat!("index.crates", ".io"),
    concat!("static.crates", ".io"),
    concat!("pypi", ".org"),
    concat!("pythonhosted", ".org"),
    concat!("registry.npmjs", ".org"),
];

/// Whether a word stands in a line, with nothing that could belong to it on either side. A sign that begins or ends
/// with punctuation is free on that side.
fn stands(line: &str, word: &str) -> bool {
    let belongs = |found: Option<char>, edge: Option<char>| {
        let is_word = |one: char| one.is_alphanumeric() || one == '_';
        found.is_some_and(is_word) && edge.is_some_and(is_word)
    };
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        !belongs(before, word.chars().next()) && !belongs(after, word.chars().next_back())
    })
}

fn complaints(files: &BTreeMap<String, String>) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in files {
        for (number, line) in text.lines().enumerate() {
            let at = format!("{path}:{}", number + 1);
            for word in UNFINISHED.iter().filter(|word| stands(line, word)) {
                found.push(format!("{at}: `{word}`: finish it, or take it out and say in the README what is missing"));
            }
            for place in PLACES.iter().filter(|place| line.contains(*place)) {
                found.push(format!("{at}: `{place}` is not there for others: use a relative path or a setting"));
            }
        }
    }
    found
}

#[test]
fn no_file_is_unfinished_or_bound_to_one_machine() {
    tree::quiet(complaints(&tree::files()));
}

#[test]
fn each_word_is_found_and_its_likeness_is_not() {
    let judge = |line: &str| complaints(&BTreeMap::from([("a.rs".to_owned(), line.to_owned())])).len();
    for word in UNFINISHED.iter().chain(&PLACES) {
        assert_eq!(judge(&format!("before {word} after")), 1, "{word}");
        assert_eq!(judge(&format!("({word})")), 1, "{word}");
    }
    for fine in ["MCMXXX", "mastodons", "a homework/b", "crates.io", "ignore it", "`/works/`", "/worked/"] {
        assert_eq!(judge(fine), 0, "{fine}");
    }
}
