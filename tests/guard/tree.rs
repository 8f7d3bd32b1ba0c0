//! What the guards look at: files, packages and contracts of this tree; and how they complain.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use cargo_metadata::{Metadata, MetadataCommand};
use wire::Contract;

/// Folders that are not part of the tree, wherever they stand.
const NOT_OURS: [&str; 3] = [".git", "target", "vanphong-data"];

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// Every text file of the tree by its path from the root, with `/` between folders.
pub(crate) fn files() -> BTreeMap<String, String> {
    let root = root();
    let mut found = BTreeMap::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            let kind = entry.file_type().unwrap();
            if kind.is_dir() && !NOT_OURS.contains(&name.as_str()) {
                folders.push(path);
            } else if kind.is_file()
                && let Ok(text) = fs::read_to_string(&path)
            {
                let inside = path.strip_prefix(&root).unwrap();
                let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
                found.insert(parts.join("/"), text);
            }
        }
    }
    found
}

/// The packages of the workspace and everything they depend on here. Nothing is fetched: what was built is there.
pub(crate) fn metadata() -> Metadata {
    let version = Command::new("rustc").arg("-vV").output().unwrap().stdout;
    let version = String::from_utf8(version).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let options = ["--locked", "--offline", "--filter-platform", host].map(str::to_owned);
    let metadata = MetadataCommand::new().current_dir(root()).other_options(options).exec();
    metadata.unwrap_or_else(|why| {
        panic!("build the workspace first, then the guards can look at what it is made of: {why}")
    })
}

/// The committed contract of every schema crate, with its path from the root.
pub(crate) fn contracts() -> Vec<(String, Contract)> {
    let is_contract = |path: &str| path.starts_with("libs/schema-") && path.ends_with("/contract.json");
    let read = |(path, text): (String, String)| match serde_json::from_str(&text) {
        Ok(contract) => (path, contract),
        Err(why) => panic!("`{path}` is not a contract: {why}; regenerate it with BLESS=1"),
    };
    files().into_iter().filter(|(path, _)| is_contract(path)).map(read).collect()
}

/// Whether a file is Rust.
pub(crate) fn is_rust(path: &str) -> bool {
    path.ends_with(".rs")
}

/// Fails with every complaint there is, so that one run shows all there is to do.
pub(crate) fn quiet(complaints: Vec<String>) {
    assert!(complaints.is_empty(), "{} complaint(s):\n  {}", complaints.len(), complaints.join("\n  "));
}
