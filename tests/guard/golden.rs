//! Golden files: lists that may change only in sight of a reviewer.

use std::fs;

use crate::tree;

/// Compares a list with `tests/golden/<name>`; `BLESS=1` makes it the new one.
pub(crate) fn check(name: &str, heading: &str, lines: &[String]) {
    let path = tree::root().join("tests/golden").join(name);
    let now = format!(
        "# {heading}\n# Written by `BLESS=1 cargo test -p tests --test guard`; look at what changed.\n\n{}\n",
        lines.join("\n")
    );
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &now).unwrap();
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    let differences = differences(&golden, &now);
    assert!(
        differences.is_empty(),
        "`tests/golden/{name}` no longer tells the truth; if the change is meant, write it anew with BLESS=1:\n{}",
        differences.join("\n")
    );
}

/// Lines that only one of the two has, the lost ones first.
fn differences(golden: &str, now: &str) -> Vec<String> {
    let only = |mark: &str, of: &str, other: &str| -> Vec<String> {
        let lost = of.lines().filter(|line| !other.lines().any(|found| found == *line));
        lost.map(|line| format!("{mark} {line}")).collect()
    };
    [only("-", golden, now), only("+", now, golden)].concat()
}

#[test]
fn differences_name_what_went_and_what_came() {
    assert_eq!(differences("a\nb\n", "b\nc\n"), ["- a", "+ c"]);
    assert!(differences("a\n", "a\n").is_empty());
}
