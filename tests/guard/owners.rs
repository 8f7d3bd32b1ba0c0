//! Third-party crates and who may name them. The list is `[bans]` of `deny.toml`; here it is held against the tree.

use cargo_metadata::{DependencyKind, Metadata};
use serde::Deserialize;

use crate::tree;

/// `deny.toml`, as far as the guards read it.
#[derive(Deserialize)]
pub(crate) struct Deny {
    pub(crate) licenses: Licenses,
    bans: Bans,
}

#[derive(Deserialize)]
pub(crate) struct Licenses {
    pub(crate) allow: Vec<String>,
}

#[derive(Deserialize)]
struct Bans {
    deny: Vec<Ban>,
}

/// A crate that only `wrappers` may depend on, or nobody.
#[derive(Clone, Deserialize)]
struct Ban {
    #[serde(rename = "crate")]
    name: String,
    wrappers: Option<Vec<String>>,
    reason: String,
}

/// The list itself.
pub(crate) fn deny() -> Deny {
    toml::from_str(&tree::files()["deny.toml"]).unwrap()
}

/// `edges` are (who, on what) outside of tests.
fn complaints(bans: &[Ban], edges: &[(String, String)]) -> Vec<String> {
    let mut found = Vec::new();
    for ban in bans {
        for (who, _) in edges.iter().filter(|(_, on)| *on == ban.name) {
            let Ban { name, wrappers, reason } = ban;
            match wrappers {
                Some(owners) if owners.contains(who) => {}
                Some(owners) => found.push(format!("`{who}` must not name `{name}`: ask {owners:?}; {reason}")),
                None => found.push(format!("`{who}` brings `{name}` in, which nobody may: {reason}")),
            }
        }
    }
    found
}

fn edges(metadata: &Metadata) -> Vec<(String, String)> {
    let name = |id| metadata[id].name.to_string();
    let mut edges = Vec::new();
    for node in &metadata.resolve.as_ref().unwrap().nodes {
        for dependency in &node.deps {
            if dependency.dep_kinds.iter().any(|one| one.kind != DependencyKind::Development) {
                edges.push((name(&node.id), name(&dependency.pkg)));
            }
        }
    }
    edges
}

#[test]
fn every_heavy_crate_is_named_by_its_owner_only() {
    tree::quiet(complaints(&deny().bans.deny, &edges(&tree::metadata())));
}

/// The pin keeps a refresh of the lock from going back below the fix of the WAL-reset race; the rest stays as it is
/// here, whatever platform the guards run on.
#[test]
fn the_lock_holds_what_was_decided() {
    let lock: toml::Table = toml::from_str(&tree::files()["Cargo.lock"]).unwrap();
    let packages = lock["package"].as_array().unwrap();
    let field = |package: &toml::Value, key: &str| package.get(key).and_then(|value| value.as_str().map(str::to_owned));
    let named =
        |name: &str| packages.iter().filter(|one| field(one, "name").as_deref() == Some(name)).collect::<Vec<_>>();
    let sqlite: Vec<_> = named("libsqlite3-sys").iter().filter_map(|one| field(one, "version")).collect();
    assert_eq!(sqlite, ["0.37.0"], "below SQLite 3.51.3 committed writes can be lost: keep the pin in `Cargo.toml`");
    for ban in deny().bans.deny.iter().filter(|ban| ban.wrappers.is_none()) {
        assert!(named(&ban.name).is_empty(), "`Cargo.lock` has `{}`: {}", ban.name, ban.reason);
    }
    for source in packages.iter().filter_map(|one| field(one, "source")) {
        assert!(source.starts_with("registry+https://github.com/rust-lang/crates.io-index"), "`{source}` is not ours");
    }
}

#[test]
fn strangers_are_told_whom_to_ask() {
    let ban = |name: &str, wrappers: Option<&[&str]>| Ban {
        name: name.to_owned(),
        wrappers: wrappers.map(|owners| owners.iter().map(|one| (*one).to_owned()).collect()),
        reason: "the broker is behind `bus`".to_owned(),
    };
    let bans = [ban("async-nats", Some(&["bus"])), ban("openssl-sys", None)];
    let edge = |who: &str, on: &str| (who.to_owned(), on.to_owned());
    assert!(complaints(&bans, &[edge("bus", "async-nats"), edge("finance", "bus")]).is_empty());
    assert_eq!(
        complaints(&bans, &[edge("finance", "async-nats"), edge("native-tls", "openssl-sys")]),
        [
            "`finance` must not name `async-nats`: ask [\"bus\"]; the broker is behind `bus`",
            "`native-tls` brings `openssl-sys` in, which nobody may: the broker is behind `bus`",
        ]
    );
}
