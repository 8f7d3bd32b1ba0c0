//! Contracts change by addition only, seen from the version that others may already use.

use std::process::Command;

use wire::Contract;

use crate::{compare, tree};

/// What git answers, when it succeeds.
fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").arg("-C").arg(tree::root()).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8(output.stdout).unwrap())
}

/// The commit to compare with: what is merged, or else the last one.
fn base() -> Option<String> {
    ["origin/main", "HEAD"].into_iter().find_map(|name| {
        let commit = git(&["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")])?;
        Some(commit.trim().to_owned())
    })
}

#[test]
fn contracts_change_by_addition_only() {
    let Some(base) = base() else {
        println!("nothing to compare with: this is not a git repository, or has no commit yet");
        return;
    };
    let mut broken = Vec::new();
    for (path, now) in tree::contracts() {
        let place = format!("{base}:{path}");
        if git(&["cat-file", "-e", &place]).is_none() {
            println!("`{path}` is new: there is nothing it could break");
            continue;
        }
        match serde_json::from_str::<Contract>(&git(&["show", &place]).unwrap()) {
            Ok(was) => broken.extend(compare::breaks(&was, &now)),
            Err(why) => {
                broken.push(format!("`{place}` can no longer be read ({why}): `wire::Contract` must read the past"))
            }
        }
    }
    if !broken.is_empty() {
        broken.push(
            "a break is a new version beside the old one: CONTRIBUTING.md, \"When a contract must break\"".to_owned(),
        );
    }
    tree::quiet(broken);
}
