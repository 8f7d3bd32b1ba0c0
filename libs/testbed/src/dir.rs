//! Folders that go away with the test, in memory where there is enough of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;

use anyhow::{Context, Result};
use tempfile::TempDir;

const PREFIX: &str = "vanphong-test-";
const MEMORY: &str = "/dev/shm";

/// A memory file system smaller than this is left alone, in KiB: containers often have one of 64 MiB, which two
/// PostgreSQL servers would fill.
const MEMORY_NEEDED: u64 = 1024 * 1024;

/// What a killed test left behind is removed after this long.
const FORGOTTEN: Duration = Duration::from_secs(24 * 60 * 60);

/// A fresh folder that is removed when it is dropped.
///
/// # Errors
/// When neither the memory file system nor `$TMPDIR` can be written.
pub fn temp() -> Result<TempDir> {
    static BASE: OnceLock<PathBuf> = OnceLock::new();
    let base = BASE.get_or_init(|| {
        let base = base();
        sweep(&base);
        base
    });
    let made = tempfile::Builder::new().prefix(PREFIX).tempdir_in(base);
    made.with_context(|| format!("no test folder can be made in `{}`", base.display()))
}

fn base() -> PathBuf {
    let memory = Path::new(MEMORY);
    if free(memory).is_some_and(|free| free >= MEMORY_NEEDED) && tempfile::tempfile_in(memory).is_ok() {
        return memory.to_owned();
    }
    std::env::temp_dir()
}

/// Free space in KiB, as `df` of POSIX prints it: the fourth column of the second line.
fn free(path: &Path) -> Option<u64> {
    let printed = Command::new("df").arg("-Pk").arg(path).output().ok()?.stdout;
    String::from_utf8(printed).ok()?.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()
}

/// Removes what tests that were killed more than a day ago could not. Nothing depends on its success.
fn sweep(base: &Path) {
    for entry in fs::read_dir(base).into_iter().flatten().flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        let written = entry.metadata().and_then(|metadata| metadata.modified());
        let age = written.ok().and_then(|written| written.elapsed().ok()).unwrap_or_default();
        if ours && age > FORGOTTEN {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
