//! What this crate is written in, for tests that read it.

use std::path::Path;

/// Every file below these folders of the crate, as name and text.
pub(crate) fn under(folders: &[&str]) -> Vec<(String, String)> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut open: Vec<_> = folders.iter().map(|folder| home.join(folder)).collect();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            if entry.path().is_dir() {
                open.push(entry.path());
            } else {
                let text = std::fs::read_to_string(entry.path()).unwrap();
                found.push((entry.file_name().to_string_lossy().into_owned(), text));
            }
        }
    }
    found
}
