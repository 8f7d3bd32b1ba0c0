//! Secrets live in files of their own; a setting holds only the path.

use std::{
    fmt,
    fs::File,
    io::{self, Read as _},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

/// The bits that let the group or others read, write or enter.
const NOT_THE_OWNER: u32 = 0o077;

/// The path of a file that holds a secret. Printing a setting of this type shows the path and never the secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(PathBuf);

impl Secret {
    /// A secret kept in the file at `path`.
    #[must_use]
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// Where the secret is kept.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The secret as text, without the line end that editors add.
    ///
    /// # Errors
    /// When the file cannot be read, is not UTF-8, or can be read by others than its owner.
    pub fn read(&self) -> Result<String, SecretError> {
        let mut text = String::from_utf8(self.read_bytes()?).map_err(|_| SecretError::NotText(self.0.clone()))?;
        text.truncate(text.trim_end_matches(['\r', '\n']).len());
        Ok(text)
    }

    /// The secret as it stands in the file.
    ///
    /// # Errors
    /// When the file cannot be read, or can be read by others than its owner.
    pub fn read_bytes(&self) -> Result<Vec<u8>, SecretError> {
        let unreadable = |error: io::Error| SecretError::Unreadable { path: self.0.clone(), kind: error.kind() };
        // The mode is asked of the opened file: asking the path would answer for a file that may be another by then.
        let mut file = File::open(&self.0).map_err(unreadable)?;
        let mode = file.metadata().map_err(unreadable)?.permissions().mode();
        if mode & NOT_THE_OWNER != 0 {
            return Err(SecretError::Open { path: self.0.clone(), mode: mode & 0o777 });
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(unreadable)?;
        Ok(bytes)
    }
}

/// Why a secret was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretError {
    /// Others than the owner may read the file.
    Open {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The file cannot be opened or read.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system answered.
        kind: io::ErrorKind,
    },
    /// A text was expected and the file holds something else.
    NotText(PathBuf),
}

impl fmt::Display for SecretError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open { path, mode } => {
                let path = path.display();
                write!(f, "secret file `{path}` is open to others than its owner (mode {mode:03o}): `chmod 600 {path}`")
            }
            Self::Unreadable { path, kind } => write!(f, "secret file `{}`: {kind}", path.display()),
            Self::NotText(path) => write!(f, "secret file `{}` is not UTF-8 text", path.display()),
        }
    }
}

impl std::error::Error for SecretError {}

#[cfg(test)]
mod tests {
    use std::{fs, io::Write as _};

    use super::*;

    fn secret(content: &[u8], mode: u32) -> (tempfile::TempDir, Secret) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        File::create(&path).unwrap().write_all(content).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        (folder, Secret::at(path))
    }

    #[test]
    fn only_a_file_of_the_owner_alone_is_read() {
        for (mode, allowed) in [(0o600, true), (0o400, true), (0o640, false), (0o604, false), (0o620, false)] {
            let (_folder, secret) = secret(b"hunter2\n", mode);
            let read = secret.read();
            assert_eq!(read.is_ok(), allowed, "{mode:o}");
            match read {
                Ok(text) => assert_eq!(text, "hunter2"),
                Err(error) => {
                    let remedy = format!("`chmod 600 {}`", secret.path().display());
                    assert!(error.to_string().ends_with(&remedy), "{error}");
                }
            }
        }
    }

    #[test]
    fn a_missing_file_is_named_and_a_binary_one_is_read_as_bytes() {
        let missing = Secret::at("/nonexistent/secret").read().unwrap_err();
        assert_eq!(missing.to_string(), "secret file `/nonexistent/secret`: entity not found");
        let (_folder, secret) = secret(&[0xff, 0x0a], 0o600);
        assert!(matches!(secret.read(), Err(SecretError::NotText(_))));
        assert_eq!(secret.read_bytes().unwrap(), [0xff, 0x0a]);
    }
}
