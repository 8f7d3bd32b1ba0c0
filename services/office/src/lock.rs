//! One lock on the data folder: two offices over the same databases would each believe to be the only one.

use std::{
    fmt,
    fs::{File, OpenOptions, TryLockError},
    io::{Read as _, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Context as _;

/// The file in the data folder that is locked; it holds the number of the process that locked it.
const FILE: &str = "office.lock";
/// An office that was killed a moment ago may not be quite gone.
const PATIENCE: Duration = Duration::from_secs(1);
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// The lock on a data folder, held until it is dropped or the process ends, however it ends.
#[derive(Debug)]
pub struct FolderLock {
    _file: File,
}

/// Somebody else holds the lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The folder.
    pub folder: PathBuf,
    /// The process that holds it, as it wrote down itself.
    pub pid: Option<u32>,
}

impl fmt::Display for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let folder = self.folder.display();
        match self.pid {
            Some(pid) => write!(
                f,
                "an office is running over `{folder}` already, as process {pid}: stop it (`kill {pid}`), or choose \
                 another folder with `--data`"
            ),
            None => {
                write!(f, "`{folder}` is in use by another process: stop it, or choose another folder with `--data`")
            }
        }
    }
}

impl std::error::Error for Held {}

impl FolderLock {
    /// Locks a folder, which must be there.
    ///
    /// # Errors
    /// [`Held`] when another process has it and keeps it; otherwise when the file cannot be written.
    pub async fn take(folder: &Path) -> anyhow::Result<Self> {
        let path = folder.join(FILE);
        let cannot = || format!("cannot lock the folder `{}`", folder.display());
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&path)
            .with_context(cannot)?;
        let begun = tokio::time::Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if begun.elapsed() < PATIENCE => tokio::time::sleep(LOOK_EVERY).await,
                Err(TryLockError::WouldBlock) => {
                    let mut written = String::new();
                    let _ = file.read_to_string(&mut written);
                    return Err(Held { folder: folder.to_owned(), pid: written.trim().parse().ok() }.into());
                }
                Err(TryLockError::Error(error)) => return Err(error).with_context(cannot),
            }
        }
        file.set_len(0).with_context(cannot)?;
        write!(file, "{}", std::process::id()).with_context(cannot)?;
        Ok(Self { _file: file })
    }
}
