//! Who may import whom among our own crates. The table is the drawing of the architecture that cannot go out of date.

use std::collections::BTreeSet;

use cargo_metadata::{DependencyKind, Metadata};

use crate::tree;

/// Where a crate lives.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Folder {
    Libs,
    Services,
    Tests,
}

/// One of our crates and what its manifest names, ours or not.
#[derive(Clone, Debug)]
struct Member {
    name: String,
    folder: Folder,
    imports: BTreeSet<String>,
    imports_in_tests: BTreeSet<String>,
}

/// What each lib may import. A lib that is not here may import nothing until someone has decided what.
const LIBS: [(&str, &[&str]); 14] = [
    ("wire", &[]),
    ("auth", &["wire"]),
    ("blob", &["wire"]),
    ("bus", &["wire"]),
    ("db", &["wire"]),
    ("runtime", &["wire"]),
    ("text", &["wire"]),
    ("rules", &["wire", "text"]),
    ("sheet", &["wire", "text"]),
    ("docx", &["wire", "text", "schema-forms"]),
    ("edxml", &["wire", "text", "rules"]),
    ("pades", &["wire"]),
    ("service", &["wire", "bus", "db", "auth", "runtime", "blob", "schema-identity"]),
    ("testbed", &["wire", "bus", "db", "auth", "runtime", "blob", "pades", "service", "schema-identity"]),
];

/// What a service may import besides schema crates: the chassis brings the bus, the clock and the telemetry.
const SERVICE: [&str; 11] =
    ["wire", "service", "db", "auth", "blob", "rules", "text", "sheet", "docx", "edxml", "pades"];

/// What a door may import besides schema crates: no database and no rules.
const DOOR: [&str; 6] = ["wire", "bus", "auth", "runtime", "service", "blob"];

/// The services that are doors.
const DOORS: [&str; 2] = ["gateway", "portal"];

/// The door whose tests stand before the real services: it has nothing of its own that could be tested without them.
const BEFORE_ALL: &str = "portal";

/// The one service that links the others: all of them in one process, and the operator's command line.
const ALL_IN_ONE: &str = "office";

/// Every edge that should not be there, with what to do instead.
fn complaints(members: &[Member]) -> Vec<String> {
    let folder = |name: &str| members.iter().find(|member| member.name == name).map(|member| member.folder);
    let mut found = Vec::new();
    for member in members {
        for import in &member.imports {
            if let Some(target) = folder(import)
                && !may_import(member, import, target)
            {
                found.push(format!(
                    "`{}` must not import `{import}`: {}",
                    member.name,
                    instead(member, import, target)
                ));
            }
        }
        for import in member.imports_in_tests.difference(&member.imports) {
            let may = member.folder == Folder::Tests || [ALL_IN_ONE, BEFORE_ALL].contains(&member.name.as_str());
            if folder(import) == Some(Folder::Services) && !may {
                found.push(format!(
                    "the tests of `{}` must not import `{import}`: play it with a `testbed` peer, or tell the story \
                     in `tests/journeys`",
                    member.name
                ));
            }
        }
    }
    found
}

fn is_schema(name: &str) -> bool {
    name.starts_with("schema-")
}

fn may_import(member: &Member, import: &str, target: Folder) -> bool {
    let name = member.name.as_str();
    match member.folder {
        Folder::Tests => true,
        Folder::Libs if is_schema(name) => import == "wire",
        Folder::Libs => LIBS.iter().any(|(lib, allowed)| *lib == name && allowed.contains(&import)),
        Folder::Services if name == ALL_IN_ONE => import != "testbed",
        Folder::Services => {
            let allowed: &[&str] = if DOORS.contains(&name) { &DOOR } else { &SERVICE };
            target == Folder::Libs && (is_schema(import) || allowed.contains(&import))
        }
    }
}

fn instead(member: &Member, import: &str, target: Folder) -> String {
    let name = member.name.as_str();
    match (member.folder, target) {
        (_, Folder::Tests) => "nothing imports the tests".to_owned(),
        (Folder::Services, Folder::Services) => {
            format!("services speak through the bus; import `schema-{import}` and declare the call")
        }
        (_, Folder::Services) => "libs do not know services; let the service pass in what the lib needs".to_owned(),
        _ if import == "testbed" => "it is for tests; move it to `[dev-dependencies]`".to_owned(),
        _ if is_schema(name) => {
            "a contract is made of `wire` alone; an id that crosses services belongs in `wire::id`".to_owned()
        }
        (Folder::Services, _) if DOORS.contains(&name) => {
            "a door has no database and no rules; ask the service that has by a call of its contract".to_owned()
        }
        (Folder::Services, _) => "the chassis brings it; take it from the context, or from `service`".to_owned(),
        _ => format!("let the caller pass it in; if `{name}` must, say so in `tests/guard/edges.rs`"),
    }
}

fn members(metadata: &Metadata) -> Vec<Member> {
    let member = |package: &&cargo_metadata::Package| {
        let inside = package.manifest_path.strip_prefix(&metadata.workspace_root).unwrap();
        let folder = match inside.iter().next() {
            Some("libs") => Folder::Libs,
            Some("services") => Folder::Services,
            _ => Folder::Tests,
        };
        let named = |of_tests: bool| {
            let wanted =
                package.dependencies.iter().filter(|one| (one.kind == DependencyKind::Development) == of_tests);
            wanted.map(|one| one.name.clone()).collect()
        };
        Member { name: package.name.to_string(), folder, imports: named(false), imports_in_tests: named(true) }
    };
    metadata.workspace_packages().iter().map(member).collect()
}

#[test]
fn every_edge_is_in_the_drawing() {
    tree::quiet(complaints(&members(&tree::metadata())));
}

#[test]
fn a_directory_is_named_like_its_crate() {
    let metadata = tree::metadata();
    for package in metadata.workspace_packages() {
        assert_eq!(package.manifest_path.parent().unwrap().file_name().unwrap(), package.name.as_str());
    }
}

#[test]
fn wrong_edges_are_named_and_right_ones_are_not() {
    let member = |name: &str, folder, imports: &[&str], in_tests: &[&str]| Member {
        name: name.to_owned(),
        folder,
        imports: imports.iter().map(|one| (*one).to_owned()).collect(),
        imports_in_tests: in_tests.iter().map(|one| (*one).to_owned()).collect(),
    };
    use Folder::{Libs, Services, Tests};
    let cases: [(Member, Option<&str>); 19] = [
        (member("wire", Libs, &["serde"], &[]), None),
        (member("wire", Libs, &["text"], &[]), Some("`wire` must not import `text`: let the caller")),
        (member("db", Libs, &["wire", "bus"], &[]), Some("`db` must not import `bus`")),
        (member("bus", Libs, &["wire"], &["testbed"]), None),
        (member("bus", Libs, &["testbed"], &[]), Some("`bus` must not import `testbed`: it is for tests")),
        (member("schema-finance", Libs, &["wire"], &[]), None),
        (member("schema-finance", Libs, &["schema-identity"], &[]), Some("made of `wire` alone")),
        (member("newlib", Libs, &["wire"], &[]), Some("say so in `tests/guard/edges.rs`")),
        (member("service", Libs, &["citizens"], &[]), Some("libs do not know services")),
        (member("finance", Services, &["service", "schema-citizens", "rules"], &["testbed"]), None),
        (member("finance", Services, &["citizens"], &[]), Some("import `schema-citizens` and declare the call")),
        (member("finance", Services, &["bus"], &[]), Some("`finance` must not import `bus`: the chassis brings it")),
        (member("finance", Services, &[], &["citizens"]), Some("the tests of `finance` must not import `citizens`")),
        (member("gateway", Services, &["bus", "schema-finance"], &[]), None),
        (member("gateway", Services, &["db"], &[]), Some("a door has no database")),
        (member("portal", Services, &["rules"], &[]), Some("no rules")),
        (member("portal", Services, &["wire"], &["finance"]), None),
        (member("office", Services, &["finance", "citizens", "db"], &[]), None),
        (member("tests", Tests, &[], &["finance", "citizens", "db"]), None),
    ];
    let others = ["wire", "text", "bus", "db", "rules", "service", "testbed", "schema-identity", "schema-citizens"];
    for (subject, expected) in cases {
        let mut tree: Vec<Member> = others.iter().map(|name| member(name, Libs, &[], &[])).collect();
        tree.extend(["finance", "citizens"].map(|name| member(name, Services, &[], &[])));
        tree.retain(|one| one.name != subject.name);
        tree.push(subject.clone());
        let found = complaints(&tree);
        match expected {
            None => assert!(found.is_empty(), "{subject:?}: {found:?}"),
            Some(part) => assert!(found.len() == 1 && found[0].contains(part), "{subject:?}: {found:?}"),
        }
    }
}
