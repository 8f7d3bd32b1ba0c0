//! The accounts of the demo: random passwords, kept in the folder for whoever looks around.

use std::{
    fs::{self, OpenOptions},
    io::Write as _,
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

/// The file in the data folder.
pub const FILE: &str = "demo-accounts.json";

/// One account of the demo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The name to sign in with.
    pub username: String,
    /// The password; random for every folder.
    pub password: String,
    /// The full name of the invented person.
    pub person: String,
    /// The name of their office's committee.
    pub office: String,
    /// The roles of their position.
    pub roles: Vec<String>,
}

/// Reads the accounts of a folder.
///
/// # Errors
/// When the file is not there or cannot be read.
pub fn read(folder: &Path) -> Result<Vec<Account>> {
    let path = folder.join(FILE);
    let cannot = || format!("cannot read the accounts of the demo from `{}`", path.display());
    let text = fs::read_to_string(&path).with_context(cannot)?;
    serde_json::from_str(&text).with_context(cannot)
}

/// Writes the accounts into a folder, readable by its owner only.
///
/// # Errors
/// When the disk refuses.
pub fn write(folder: &Path, accounts: &[Account]) -> Result<()> {
    let path = folder.join(FILE);
    let cannot = || format!("cannot write `{}`", path.display());
    let text = serde_json::to_vec_pretty(accounts)?;
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).with_context(cannot)?;
    file.write_all(&text).and_then(|()| file.sync_all()).with_context(cannot)
}

/// A random password of four groups of four letters and digits: 80 bits, easy to copy.
pub(crate) fn password() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let bytes: [u8; 16] = rand::random();
    let letters: Vec<char> =
        bytes.iter().filter_map(|byte| LETTERS.get(usize::from(byte % 32)).copied().map(char::from)).collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_long_and_never_the_same() {
        let passwords: std::collections::BTreeSet<String> = (0..100).map(|_| password()).collect();
        assert_eq!(passwords.len(), 100);
        assert!(passwords.iter().all(|password| password.len() == 19));
    }
}
