//! Who calls whom, and who hears whom: a golden list, and no circles. It is read from what services declare, which is
//! also what their keys on the bus are allowed.

use std::collections::{BTreeMap, BTreeSet};

use service::Service;

use crate::{golden, tree};

/// What one service declares.
struct Declared {
    name: String,
    calls: BTreeSet<(String, String)>,
    hears: BTreeSet<String>,
}

impl Declared {
    fn of(service: &Service) -> Self {
        let calls = service.declared_calls().iter().map(|(whom, what)| ((*whom).to_owned(), (*what).to_owned()));
        Self {
            name: service.name().to_owned(),
            calls: calls.collect(),
            hears: service.listens_to().map(str::to_owned).collect(),
        }
    }

    /// The services it speaks to, itself left out.
    fn speaks_to(&self) -> BTreeSet<&str> {
        let called = self.calls.iter().map(|(whom, _)| whom.as_str());
        called.chain(self.hears.iter().map(String::as_str)).filter(|whom| *whom != self.name).collect()
    }
}

fn lines(all: &[Declared]) -> Vec<String> {
    let mut lines = Vec::new();
    for Declared { name, calls, hears } in all {
        lines.extend(calls.iter().map(|(whom, what)| format!("{name} calls {}", wire::call_subject(whom, what))));
        lines.extend(hears.iter().map(|whom| format!("{name} listens to {}", wire::event_subject(whom))));
    }
    lines.sort();
    lines
}

/// A chain of calls that comes back to where it began.
fn circle(all: &[Declared]) -> Option<Vec<String>> {
    let calls: BTreeMap<&str, BTreeSet<&str>> = all
        .iter()
        .map(|one| {
            let whom = one.calls.iter().map(|(whom, _)| whom.as_str()).filter(|whom| *whom != one.name);
            (one.name.as_str(), whom.collect())
        })
        .collect();
    calls.keys().find_map(|start| {
        let mut chains = vec![vec![*start]];
        let mut seen = BTreeSet::new();
        while let Some(chain) = chains.pop() {
            for next in chain.last().and_then(|last| calls.get(last)).into_iter().flatten() {
                let longer = [chain.as_slice(), &[*next]].concat();
                if next == start {
                    return Some(longer.into_iter().map(str::to_owned).collect());
                }
                if seen.insert(*next) {
                    chains.push(longer);
                }
            }
        }
        None
    })
}

/// `imports` are the schema crates in the manifest of the service. They are the drawing of the architecture: one that
/// it neither calls nor hears does not belong there.
fn idle(declared: &Declared, imports: &[&str]) -> Vec<String> {
    let spoken_to = declared.speaks_to();
    let other = |schema: &&&str| {
        let of = schema.trim_start_matches("schema-");
        of != declared.name && !spoken_to.contains(of)
    };
    let name = &declared.name;
    let complain = |schema: &&str| {
        format!("`{name}` imports `{schema}`, but neither calls nor hears it: declare the call, or drop the import")
    };
    imports.iter().filter(other).map(complain).collect()
}

#[test]
fn who_uses_whom_is_known() {
    let all: Vec<_> = office::services().iter().map(Declared::of).collect();
    golden::check("consumers.txt", "Which service calls and hears which.", &lines(&all));
}

#[test]
fn calls_go_in_no_circle() {
    let all: Vec<_> = office::services().iter().map(Declared::of).collect();
    let remedy = "keep a copy of what is needed, fed by events, instead of the last call";
    assert_eq!(circle(&all), None, "{remedy}");
}

#[test]
fn no_schema_is_imported_for_nothing() {
    let metadata = tree::metadata();
    let mut found = Vec::new();
    for declared in office::services().iter().map(Declared::of) {
        let package = metadata.workspace_packages().into_iter().find(|one| *one.name == *declared.name).unwrap();
        let normal = package.dependencies.iter().filter(|one| one.kind == cargo_metadata::DependencyKind::Normal);
        let schemas: Vec<_> = normal.map(|one| one.name.as_str()).filter(|name| name.starts_with("schema-")).collect();
        found.extend(idle(&declared, &schemas));
    }
    tree::quiet(found);
}

/// Whoever is not in the all-in-one process is not looked at here either.
#[test]
fn every_service_with_a_contract_is_listed() {
    let listed: BTreeSet<String> = office::services().iter().map(|one| one.name().to_owned()).collect();
    let promised: BTreeSet<String> = tree::contracts().into_iter().map(|(_, contract)| contract.service).collect();
    assert_eq!(listed, promised, "add the new one to `services()` in `services/office/src/lib.rs`");
}

#[test]
fn circles_and_idle_imports_are_named() {
    let declared = |name: &str, calls: &[&str], hears: &[&str]| Declared {
        name: name.to_owned(),
        calls: calls.iter().map(|whom| ((*whom).to_owned(), "get.v1".to_owned())).collect(),
        hears: hears.iter().map(|whom| (*whom).to_owned()).collect(),
    };
    let straight = [declared("a", &["b", "c"], &[]), declared("b", &["c", "b"], &["a"]), declared("c", &[], &["a"])];
    assert_eq!(circle(&straight), None);
    let round = [declared("a", &["b"], &[]), declared("b", &["c"], &[]), declared("c", &["a"], &[])];
    assert_eq!(circle(&round).unwrap(), ["a", "b", "c", "a"]);
    assert_eq!(lines(&straight[1..2]), ["b calls call.b.get.v1", "b calls call.c.get.v1", "b listens to event.a"]);
    assert!(idle(&straight[1], &["schema-a", "schema-b", "schema-c"]).is_empty());
    assert!(idle(&straight[1], &["schema-d"])[0].contains("imports `schema-d`"));
}
