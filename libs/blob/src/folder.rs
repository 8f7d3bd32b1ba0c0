//! The durable acts on a local folder: write beside the place, sync, move in, sync the folder.
//!
//! Reading, listing and removing go through `object_store`, so that another backend can take their place. Writing
//! does not, because its local store must be told a file's name before the content's hash is known, hides what a crash
//! left behind from the sweep, links only within one file system, and trusts a folder that another writer has just made
//! but not yet synced.

use std::collections::HashSet;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use crate::{Error, key};

/// How many folders are remembered as durable before the memory starts afresh; forgetting costs one sync each.
const REMEMBERED: usize = 10_000;

/// A local folder that holds a blob store.
pub(crate) struct Folder {
    root: PathBuf,
    /// Folders whose entry in their parent has been synced by this process.
    durable: Mutex<HashSet<PathBuf>>,
    parts: AtomicU64,
}

/// A file that is still being written, under a name that no reader asks for. Dropped unfinished, it is removed.
pub(crate) struct Part {
    path: PathBuf,
    file: File,
    hash: Sha256,
    in_place: bool,
}

impl Folder {
    /// Opens the folder, which is made when it is not there, readable by its owner alone.
    pub(crate) fn open(root: PathBuf) -> Result<Self, Error> {
        let mut builder = DirBuilder::new();
        builder.recursive(true).mode(0o700).create(&root).map_err(|e| Error::io("making the folder", &root, e))?;
        let root = root.canonicalize().map_err(|e| Error::io("resolving the folder", &root, e))?;
        let folder = Self { root, durable: Mutex::default(), parts: AtomicU64::default() };
        sync(folder.root.parent().unwrap_or(&folder.root))?;
        folder.directory(&[key::STAGING])?;
        Ok(folder)
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A fresh part in a first-level folder, which is where the sweep looks for what a crash left behind.
    pub(crate) fn part(&self, first_level: &str) -> Result<Part, Error> {
        let directory = self.directory(&[first_level])?;
        loop {
            let number = self.parts.fetch_add(1, Ordering::Relaxed);
            let path = directory.join(format!(".part-{}-{number}", std::process::id()));
            match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
                Ok(file) => return Ok(Part { path, file, hash: Sha256::new(), in_place: false }),
                // An earlier process with our number was killed; the sweep will have its part.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(Error::io("creating", &path, error)),
            }
        }
    }

    /// Makes the part durable in staging under its own hash, and returns that hash.
    pub(crate) fn stage(&self, part: Part) -> Result<String, Error> {
        let hash = hex::encode(part.hash.clone().finalize());
        let place = self.directory(&[key::STAGING])?.join(&hash);
        publish(part, &place)?;
        Ok(hash)
    }

    /// Makes the part durable in an area under its own hash, and returns that hash.
    pub(crate) fn keep(&self, part: Part, service: &str, office: &str) -> Result<String, Error> {
        let hash = hex::encode(part.hash.clone().finalize());
        let place = self.directory(&[service, office, key::fan(&hash)])?.join(&hash);
        publish(part, &place)?;
        Ok(hash)
    }

    /// Removes a staged file durably; `false` when there was none.
    pub(crate) fn unstage(&self, hash: &str) -> Result<bool, Error> {
        let staging = self.root.join(key::STAGING);
        let removed = remove(&staging.join(hash))?;
        sync(&staging)?;
        Ok(removed)
    }

    /// Puts the staged file of this hash and size durably into an area. What is there already stays, unless its
    /// size shows that it was damaged.
    pub(crate) fn claim(&self, service: &str, office: &str, hash: &str, size: u64) -> Result<(), Error> {
        let directory = self.directory(&[service, office, key::fan(hash)])?;
        let place = directory.join(hash);
        let held = length(&place)?;
        if held == Some(size) {
            // The sync covers a claim that was cut off after its link.
            return sync(&directory);
        }
        let staged = self.root.join(key::STAGING).join(hash);
        match length(&staged)? {
            None => return Err(Error::Missing { hash: hash.to_owned() }),
            Some(found) if found != size => return Err(Error::Altered { hash: hash.to_owned() }),
            Some(_) => {}
        }
        if held.is_some() {
            remove(&place)?;
        }
        match fs::hard_link(&staged, &place) {
            Ok(()) => sync(&directory),
            // Another claim of the same file was quicker.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => sync(&directory),
            Err(error) if error.kind() == ErrorKind::NotFound => Err(Error::Missing { hash: hash.to_owned() }),
            // Another file system, one without links, or one link too many.
            Err(_) => self.copy(&staged, service, &place, hash),
        }
    }

    fn copy(&self, staged: &Path, service: &str, place: &Path, hash: &str) -> Result<(), Error> {
        let mut part = self.part(service)?;
        let mut source = File::open(staged).map_err(|e| Error::io("opening", staged, e))?;
        io::copy(&mut source, &mut part).map_err(|e| Error::io("copying", staged, e))?;
        if hex::encode(part.hash.clone().finalize()) != hash {
            return Err(Error::Altered { hash: hash.to_owned() });
        }
        publish(part, place)
    }

    /// Those of the staged files that are gone, or that an area holds as well and that need no room of their own.
    pub(crate) fn settled(&self, mut hashes: Vec<String>) -> Result<Vec<String>, Error> {
        let staging = self.root.join(key::STAGING);
        let mut failed = None;
        hashes.retain(|hash| {
            let path = staging.join(hash);
            match key::hash(hash).map(|_| fs::metadata(&path)) {
                Err(_) => false,
                Ok(Ok(metadata)) => metadata.nlink() > 1,
                Ok(Err(error)) if error.kind() == ErrorKind::NotFound => true,
                Ok(Err(error)) => {
                    failed = Some(Error::io("looking at", &path, error));
                    false
                }
            }
        });
        failed.map_or(Ok(hashes), Err)
    }

    /// Removes what stands directly in a first-level folder and was last written before this moment: files there
    /// are in passage, either unclaimed uploads or parts that a crash left behind. Returns how many.
    pub(crate) fn sweep(&self, before: SystemTime) -> Result<u64, Error> {
        let mut removed = 0;
        for level in entries(&self.root)? {
            let name = level.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            // A mounted volume may hold folders that are not ours.
            if name != key::STAGING && key::service(name).is_err() {
                continue;
            }
            for path in entries(&level)? {
                let written = match fs::symlink_metadata(&path) {
                    Ok(metadata) if metadata.is_file() => metadata.modified(),
                    Ok(_) => continue,
                    // A part that was finished, or a twin of this sweep.
                    Err(error) if error.kind() == ErrorKind::NotFound => continue,
                    Err(error) => Err(error),
                };
                if written.map_err(|e| Error::io("looking at", &path, e))? < before && remove(&path)? {
                    removed += 1;
                }
            }
        }
        Ok(removed)
    }

    /// The folder below the root, made when needed, with every entry on the way to it durable.
    fn directory(&self, names: &[&str]) -> Result<PathBuf, Error> {
        let mut path = self.root.clone();
        for name in names {
            let parent = path.clone();
            path.push(name);
            if self.durable.lock().unwrap_or_else(PoisonError::into_inner).contains(&path) {
                continue;
            }
            match DirBuilder::new().mode(0o700).create(&path) {
                Ok(()) => {}
                // Perhaps made by another process that has not synced it yet: sync it all the same.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(Error::io("making the folder", &path, error)),
            }
            sync(&parent)?;
            let mut durable = self.durable.lock().unwrap_or_else(PoisonError::into_inner);
            if durable.len() >= REMEMBERED {
                durable.clear();
            }
            durable.insert(path.clone());
        }
        Ok(path)
    }
}

impl Write for Part {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Part {
    pub(crate) fn append(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.write_all(bytes).map_err(|e| Error::io("writing", &self.path, e))
    }

    /// Work that makes durable what was written until it begins.
    pub(crate) fn syncing(&self) -> Result<impl FnOnce() -> Result<(), Error> + Send + use<>, Error> {
        let (path, file) = (self.path.clone(), self.file.try_clone());
        let file = file.map_err(|e| Error::io("opening once more", &path, e))?;
        Ok(move || file.sync_data().map_err(|e| Error::sync(&path, e)))
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.in_place {
            // What cannot be removed now is swept later.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Syncs a part, moves it to its place and syncs the folder, in the only order that survives a power cut.
fn publish(mut part: Part, place: &Path) -> Result<(), Error> {
    part.file.sync_all().map_err(|e| Error::sync(&part.path, e))?;
    fs::rename(&part.path, place).map_err(|e| Error::io("moving into place", place, e))?;
    part.in_place = true;
    sync(place.parent().unwrap_or(place))
}

/// Makes the entries of a folder durable.
pub(crate) fn sync(directory: &Path) -> Result<(), Error> {
    let handle = File::open(directory).map_err(|e| Error::io("opening", directory, e))?;
    handle.sync_all().map_err(|e| Error::sync(directory, e))
}

/// Size in bytes, or `None` when there is no such file.
fn length(path: &Path) -> Result<Option<u64>, Error> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(Some(metadata.len())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::io("looking at", path, error)),
    }
}

/// Removes a file; `false` when it is gone already.
fn remove(path: &Path) -> Result<bool, Error> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Error::io("removing", path, error)),
    }
}

fn entries(directory: &Path) -> Result<Vec<PathBuf>, Error> {
    let list = fs::read_dir(directory).and_then(|list| list.map(|entry| Ok(entry?.path())).collect());
    list.map_err(|e| Error::io("listing", directory, e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_apart() {
        let path = PathBuf::from("/dev/full");
        let Ok(file) = OpenOptions::new().write(true).open(&path) else { return };
        let mut part = Part { path, file, hash: Sha256::new(), in_place: true };
        assert!(matches!(part.append(b"one byte too many"), Err(Error::NoSpace)));
    }
}
