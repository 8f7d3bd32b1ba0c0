//! Key files: written once with mode 600, read back, and refused when others can read them.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use auth::Signer;
use tempfile::TempDir;

/// The key of 32 ones in the form of RFC 8410, section 7, as `openssl pkey` writes it.
const ONES: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB
-----END PRIVATE KEY-----
";

fn open(path: &Path, seed: u8) -> anyhow::Result<Signer> {
    Signer::load_or_create(path, "identity", [seed; 32])
}

fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("identity.pem");
    (folder, path)
}

#[test]
fn the_first_start_writes_a_key_and_the_next_reads_it() {
    let (folder, path) = place();
    let first = open(&path, 1).unwrap();
    let next = open(&path, 2).unwrap();
    assert_eq!(first.public(), next.public());
    assert_eq!(first.public(), Signer::from_seed("identity", [1; 32]).public());
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read_to_string(&path).unwrap(), ONES);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn a_key_that_others_can_use_is_refused_with_the_remedy() {
    let (_folder, path) = place();
    open(&path, 1).unwrap();
    for mode in [0o640, 0o604, 0o620, 0o602, 0o610, 0o644, 0o777] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        let error = open(&path, 1).unwrap_err().to_string();
        assert!(error.contains(&format!("(mode {mode:o})")), "{error}");
        assert!(error.contains(&format!("chmod 600 '{}'", path.display())), "{error}");
    }
    fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).unwrap();
    assert!(open(&path, 1).is_ok());
}

#[test]
fn a_damaged_key_is_refused_and_left_as_it_is() {
    let (_folder, path) = place();
    open(&path, 1).unwrap();
    let pem = fs::read_to_string(&path).unwrap();
    for damaged in ["", &pem[..60], "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"] {
        fs::write(&path, damaged).unwrap();
        let error = open(&path, 1).unwrap_err().to_string();
        assert!(error.contains("holds no Ed25519 key in PKCS#8 PEM; restore it from a backup"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), damaged);
    }
}

#[test]
fn starts_at_the_same_moment_end_with_the_same_key() {
    let (folder, path) = place();
    let keys: Vec<_> = std::thread::scope(|scope| {
        let starts: Vec<_> = (0..8)
            .map(|seed| {
                scope.spawn({
                    let path = &path;
                    move || open(path, seed)
                })
            })
            .collect();
        starts.into_iter().map(|start| start.join().unwrap().unwrap().public()).collect()
    });
    assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_missing_folder_is_named() {
    let (_folder, path) = place();
    let error = open(&path.join("deeper.pem"), 1).unwrap_err().to_string();
    assert!(error.contains("deeper.pem"), "{error}");
}
