//! Where the indexes of an installation lie: the one that serves, and the one that is being made.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use anyhow::{Context as _, Result};
use tempfile::TempDir;

use super::{
    fields::ARRANGEMENT,
    held::{Index, Stand, is_held},
};

/// Stands in a folder whose index is whole.
const READY: &str = "ready";

/// The shelf, which the calls and the follower share.
#[derive(Clone, Default)]
pub(crate) struct Shelf {
    serving: Arc<RwLock<Option<Arc<Index>>>>,
}

impl Shelf {
    /// The index that serves; nothing before it is opened.
    pub(crate) fn serving(&self) -> Option<Arc<Index>> {
        self.serving.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Lets another one serve from here on; whoever still asks the one before finishes there.
    pub(crate) fn serve(&self, index: Option<Arc<Index>>) {
        *self.serving.write().unwrap_or_else(PoisonError::into_inner) = index;
    }
}

/// The folder of the indexes. Without one in the settings it is made in the system's folder for temporary files, and goes
/// away in the end: the index is then made anew at each start.
pub(crate) struct Place {
    root: PathBuf,
    /// Keeps a passing folder for as long as this lives.
    _passing: Option<TempDir>,
}

impl Place {
    /// The folder of the settings, or a passing one for this process.
    pub(crate) fn of(folder: &Path) -> Result<Self> {
        if folder.as_os_str().is_empty() {
            let passing = tempfile::Builder::new().prefix("vanphong-search-").tempdir();
            let passing = passing.context("cannot make a folder for temporary files")?;
            return Ok(Self { root: passing.path().to_owned(), _passing: Some(passing) });
        }
        fs::create_dir_all(folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
        Ok(Self { root: folder.to_owned(), _passing: None })
    }

    /// The index that was whole last, opened; nothing when there is none or it cannot be read. Everything else in the
    /// folder that an earlier rebuild left is taken away.
    pub(crate) fn open_latest(&self, open: impl Fn(&Path) -> Result<Index>) -> Result<Option<(i64, Index)>> {
        let mut whole: Vec<i64> = self.rebuilds()?;
        whole.retain(|rebuild| self.folder(*rebuild).join(READY).is_file());
        let latest = whole.iter().max().copied();
        let opened = match latest.map(|rebuild| (rebuild, open(&self.folder(rebuild)))) {
            None => None,
            Some((rebuild, Ok(index))) => Some((rebuild, index)),
            // Another process is not to lose its index because this one was given the same folder.
            Some((_, Err(error))) if is_held(&error) => return Err(error),
            Some((_, Err(error))) => {
                tracing::warn!(error = format!("{error:#}"), "the index cannot be opened: it is made anew");
                None
            }
        };
        let kept = opened.as_ref().map(|(rebuild, _)| *rebuild);
        self.clear_but(kept)?;
        Ok(opened)
    }

    /// The folder of a rebuild.
    pub(crate) fn folder(&self, rebuild: i64) -> PathBuf {
        self.root.join(format!("index-{ARRANGEMENT}-{rebuild}"))
    }

    /// Says that the index of a rebuild is whole.
    pub(crate) fn mark(&self, rebuild: i64, stand: Stand) -> Result<()> {
        let path = self.folder(rebuild).join(READY);
        let file = fs::File::create(&path).with_context(|| format!("cannot write `{}`", path.display()))?;
        serde_json::to_writer(&file, &stand)?;
        file.sync_all()?;
        Ok(fs::File::open(self.folder(rebuild))?.sync_all()?)
    }

    /// Takes away the folder of every rebuild but one. What a reader still has open the system keeps until it lets go.
    pub(crate) fn clear_but(&self, kept: Option<i64>) -> Result<()> {
        for entry in fs::read_dir(&self.root)? {
            let path = entry?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if name.starts_with("index-") && kept.is_none_or(|kept| path != self.folder(kept)) {
                let removed = fs::remove_dir_all(&path);
                removed.or_else(missing_is_fine).with_context(|| format!("cannot take away `{}`", path.display()))?;
            }
        }
        Ok(())
    }

    fn rebuilds(&self) -> Result<Vec<i64>> {
        let prefix = format!("index-{ARRANGEMENT}-");
        let mut rebuilds = Vec::new();
        for entry in fs::read_dir(&self.root)? {
            let name = entry?.file_name();
            let number = name.to_str().and_then(|name| name.strip_prefix(&prefix));
            rebuilds.extend(number.and_then(|number| number.parse::<i64>().ok()));
        }
        Ok(rebuilds)
    }
}

fn missing_is_fine(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}
