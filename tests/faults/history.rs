//! What a client was told, written down by the client and synced before it goes on: the oracle of the drills, which
//! knows nothing of the system but its answers.

use std::{
    collections::BTreeMap,
    fs::{File, OpenOptions},
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    sync::Mutex,
};

use serde::{Deserialize, Serialize};

/// One acknowledged registration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Told {
    /// The idempotency key of the attempt.
    pub(crate) key: String,
    /// The document.
    pub(crate) id: String,
    /// Its register.
    pub(crate) register: String,
    /// Its arrival number.
    pub(crate) number: i64,
    /// The assignment that was made of it, when one was.
    pub(crate) assignment: Option<String>,
}

/// A file of acknowledgements.
pub(crate) struct History {
    path: PathBuf,
    file: Mutex<File>,
}

impl History {
    /// Begins an empty history.
    pub(crate) fn create(path: &Path) -> std::io::Result<Self> {
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        Ok(Self { path: path.to_owned(), file: Mutex::new(file) })
    }

    /// Writes one acknowledgement down, synced.
    pub(crate) fn note(&self, told: &Told) -> std::io::Result<()> {
        let mut file = self.file.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        serde_json::to_writer(&mut *file, told)?;
        file.write_all(b"\n")?;
        file.sync_data()
    }

    /// Everything that was told, by key; a key told twice must have been told the same.
    pub(crate) fn read(&self) -> std::io::Result<BTreeMap<String, Told>> {
        let mut all = BTreeMap::new();
        for line in BufReader::new(File::open(&self.path)?).lines() {
            let told: Told = serde_json::from_str(&line?)?;
            let before = all.insert(told.key.clone(), told.clone());
            assert!(before.is_none_or(|before| before == told), "one key, two answers: {told:?}");
        }
        Ok(all)
    }
}
