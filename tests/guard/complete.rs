//! Every crate has what belongs to it. A new service works this list until it is quiet.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree;

type Files = BTreeMap<String, String>;

/// Services without a contract of their own: the doors, and all in one.
const WITHOUT_CONTRACT: [&str; 3] = ["gateway", "portal", "office"];

/// The service that is no process beside the others: it is all of them in one.
const ALL_IN_ONE: &str = "office";

/// The most lines of a `main.rs`: it names the service, and the chassis does the rest.
const LONGEST_MAIN: usize = 20;

/// The shortest beginning of a `lib.rs` that says anything, in characters.
const SHORTEST_PARAGRAPH: usize = 40;

/// Names of the folders directly in `within`, such as `services/`.
fn folders(files: &Files, within: &str) -> BTreeSet<String> {
    let name = |path: &String| Some(path.strip_prefix(within)?.split_once('/')?.0.to_owned());
    files.keys().filter_map(name).collect()
}

/// Whether a line of CODEOWNERS gives this folder to somebody.
fn is_owned(files: &Files, folder: &str) -> bool {
    let owners = files.get(".github/CODEOWNERS").map_or("", String::as_str);
    owners.lines().filter(|line| !line.starts_with('#')).any(|line| {
        let mut words = line.split_whitespace();
        words.next() == Some(format!("/{folder}/").as_str()) && words.next().is_some()
    })
}

/// A heading such as "Invariants that SQL cannot express", or "What always holds".
fn is_about_invariants(line: &str) -> bool {
    line.starts_with("## ") && (line.contains("nvariants") || line.ends_with("holds"))
}

fn of_service(files: &Files, name: &str) -> Vec<String> {
    let folder = format!("services/{name}");
    let mut missing = Vec::new();
    match files.get(&format!("{folder}/README.md")) {
        None => missing.push("a `README.md`: what it owns, what it listens to, its invariants".to_owned()),
        Some(text) if !text.lines().any(is_about_invariants) => {
            missing.push(
                "a section `## Invariants` in its `README.md`: what must always hold between its rows".to_owned(),
            );
        }
        Some(_) => {}
    }
    if !files.contains_key(&format!("{folder}/tests/it/main.rs")) {
        missing.push("its tests from outside, in one binary: `tests/it/main.rs`".to_owned());
    }
    match files.get(&format!("{folder}/src/main.rs")) {
        None => missing.push("a `src/main.rs` of three lines: `service::main(…)`".to_owned()),
        Some(text) if text.lines().count() > LONGEST_MAIN => {
            missing.push(format!("a `src/main.rs` of at most {LONGEST_MAIN} lines: move the rest to the library"));
        }
        Some(_) => {}
    }
    if !is_owned(files, &folder) {
        missing.push(format!("a line `/{folder}/ @team` in `.github/CODEOWNERS`"));
    }
    if !WITHOUT_CONTRACT.contains(&name) && !files.contains_key(&format!("libs/schema-{name}/Cargo.toml")) {
        missing.push(format!("its contract: `libs/schema-{name}`"));
    }
    let compose = files.get("docker-compose.yml").map_or("", String::as_str);
    if name != ALL_IN_ONE && !compose.lines().any(|line| line == format!("  {name}:")) {
        missing.push("an entry in `docker-compose.yml`".to_owned());
    }
    missing.into_iter().map(|what| format!("`{folder}` lacks {what}")).collect()
}

fn of_schema(files: &Files, name: &str) -> Vec<String> {
    let folder = format!("libs/schema-{name}");
    let any = |inside: &str| files.keys().any(|path| path.starts_with(&format!("{folder}/{inside}/")));
    let mut missing = Vec::new();
    if !files.contains_key(&format!("{folder}/contract.json")) {
        missing.push("its golden `contract.json`: run its tests with BLESS=1".to_owned());
    }
    if !files.contains_key(&format!("{folder}/tests/contract.rs")) {
        missing.push("`tests/contract.rs`: the golden contract, the samples and the examples".to_owned());
    }
    let tells = files.get(&format!("{folder}/contract.json")).is_none_or(|text| !text.contains("\"events\": []"));
    if tells && !any("samples") {
        missing.push("`samples/`: one real body of every event".to_owned());
    }
    if !any("examples") {
        missing.push("`examples/`: a request and a reply of every call at the HTTP door".to_owned());
    }
    if !is_owned(files, &folder) {
        missing.push(format!("a line `/{folder}/ @team @contracts` in `.github/CODEOWNERS`"));
    }
    if !files.contains_key(&format!("services/{name}/Cargo.toml")) {
        missing.push(format!("a service that keeps its promises: `services/{name}`"));
    }
    missing.into_iter().map(|what| format!("`{folder}` lacks {what}")).collect()
}

/// The first segments of a contract's paths that `deploy/routes.toml` does not give to its service.
fn unrouted(service: &str, paths: &[String], routes: &toml::Table) -> Vec<String> {
    let given = routes.get(service).and_then(toml::Value::as_array);
    let given: Vec<&str> = given.into_iter().flatten().filter_map(toml::Value::as_str).collect();
    let segments: BTreeSet<&str> =
        paths.iter().filter_map(|path| path.strip_prefix("/api/v1/")?.split('/').next()).collect();
    let lost = segments.into_iter().filter(|segment| !given.contains(segment));
    lost.map(|segment| {
        format!(
            "`deploy/routes.toml` does not give `{segment}` to `{service}`: add it, or the gateway refuses its paths"
        )
    })
    .collect()
}

/// Whether a library says what it is: in a README, or in the paragraph that begins its `lib.rs`.
fn says_what_it_is(files: &Files, folder: &str) -> bool {
    let begins = files.get(&format!("{folder}/src/lib.rs")).map_or(0, |text| {
        let paragraph = text.lines().map_while(|line| line.strip_prefix("//!"));
        paragraph.map(|line| line.trim().chars().count()).sum()
    });
    files.contains_key(&format!("{folder}/README.md")) || begins >= SHORTEST_PARAGRAPH
}

#[test]
fn every_crate_has_what_belongs_to_it() {
    let files = tree::files();
    let mut missing = Vec::new();
    for name in folders(&files, "services/") {
        missing.extend(of_service(&files, &name));
    }
    for lib in folders(&files, "libs/") {
        if let Some(name) = lib.strip_prefix("schema-") {
            missing.extend(of_schema(&files, name));
        }
        if !says_what_it_is(&files, &format!("libs/{lib}")) {
            missing.push(format!("`libs/{lib}/src/lib.rs` must begin with a paragraph that says what the library is"));
        }
    }
    let routes: toml::Table = toml::from_str(&files["deploy/routes.toml"]).unwrap();
    for (_, contract) in tree::contracts() {
        let paths: Vec<_> = contract.calls.into_iter().filter_map(|row| Some(row.http?.path)).collect();
        missing.extend(unrouted(&contract.service, &paths, &routes));
    }
    tree::quiet(missing);
}

#[test]
fn whatever_is_taken_away_is_missed() {
    let whole = Files::from(
        [
            ("services/finance/README.md", "# Finance\n\n## Invariants\n"),
            ("services/finance/tests/it/main.rs", ""),
            ("services/finance/src/main.rs", "//! Finance.\n"),
            ("services/finance/Cargo.toml", ""),
            ("libs/schema-finance/Cargo.toml", ""),
            ("libs/schema-finance/contract.json", ""),
            ("libs/schema-finance/tests/contract.rs", ""),
            ("libs/schema-finance/samples/account_opened.v1.json", ""),
            ("libs/schema-finance/examples/open_account.v1.json", ""),
            (".github/CODEOWNERS", "/services/finance/ @a\n/libs/schema-finance/ @a @b\n"),
            ("docker-compose.yml", "services:\n  finance:\n"),
        ]
        .map(|(path, text)| (path.to_owned(), text.to_owned())),
    );
    let judge = |files: &Files| [of_service(files, "finance"), of_schema(files, "finance")].concat();
    assert_eq!(judge(&whole), [""; 0]);
    for path in whole.keys() {
        let mut less = whole.clone();
        less.remove(path);
        assert!(!judge(&less).is_empty(), "{path}");
    }
    for (path, worse) in [
        ("services/finance/README.md", "# Finance\n"),
        ("services/finance/src/main.rs", &"\n".repeat(LONGEST_MAIN + 1)),
        ("docker-compose.yml", "services:\n  finances:\n"),
        (".github/CODEOWNERS", "# /services/finance/ @a\n/services/finance/\n/libs/schema-finance/ @a\n"),
    ] {
        let mut changed = whole.clone();
        changed.insert(path.to_owned(), worse.to_owned());
        assert_eq!(judge(&changed).len(), 1, "{path}");
    }
}

#[test]
fn a_path_without_a_route_and_a_library_without_a_word_are_missed() {
    let routes = toml::from_str("finance = [\"accounts\"]").unwrap();
    let paths = ["/api/v1/accounts/{id}", "/api/v1/entries"].map(str::to_owned);
    let lost = unrouted("finance", &paths, &routes);
    assert!(lost.len() == 1 && lost[0].contains("does not give `entries` to `finance`"), "{lost:?}");
    let lib = |text: &str| Files::from([("libs/a/src/lib.rs".to_owned(), text.to_owned())]);
    assert!(says_what_it_is(&lib("//! Files of an office: written once,\n//! read often, never changed.\n"), "libs/a"));
    assert!(!says_what_it_is(&lib("//! Files.\n\nuse std::fs;\n"), "libs/a"));
}
