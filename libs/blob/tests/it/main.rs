//! The blob store on a real folder, and the recognition of formats on real heads of files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod bare;
mod claiming;
mod formats;
mod reading;
mod staging;

use blob::{Area, Error, Staged, Store};
use bytes::Bytes;
use futures_util::TryStreamExt;
use tempfile::TempDir;

const OFFICE: &str = "01923f6e-7c1a-7b30-8f00-0123456789ab";
const OTHER_OFFICE: &str = "01923f6e-7c1a-7b30-8f00-0123456789ac";
const LIMIT: u64 = 1 << 22;

/// A store in a folder that goes away with it.
struct Bench {
    folder: TempDir,
    store: Store,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::folder(folder.path().join("blobs")).unwrap();
        Self { folder, store }
    }

    fn area(&self) -> Area {
        self.store.area("documents", OFFICE).unwrap()
    }

    async fn stage(&self, content: &[u8]) -> Staged {
        let mut staging = self.store.stage(LIMIT).await.unwrap();
        for chunk in content.chunks(3000) {
            staging.write(Bytes::copy_from_slice(chunk)).await.unwrap();
        }
        staging.finish().await.unwrap()
    }

    async fn hold(&self, content: &[u8]) -> Staged {
        let staged = self.stage(content).await;
        self.area().claim(&staged.hash, staged.size).await.unwrap();
        staged
    }

    /// Paths of all files below the store, relative to it, in order.
    fn files(&self) -> Vec<String> {
        let root = self.folder.path().join("blobs");
        let mut found = Vec::new();
        let mut open = vec![root.clone()];
        while let Some(directory) = open.pop() {
            for entry in std::fs::read_dir(directory).unwrap() {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true => open.push(path),
                    false => found.push(path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned()),
                }
            }
        }
        found.sort();
        found
    }

    fn path(&self, relative: &str) -> std::path::PathBuf {
        self.folder.path().join("blobs").join(relative)
    }
}

async fn read(area: &Area, hash: &str) -> Result<Vec<u8>, Error> {
    let chunks: Vec<Bytes> = area.open(hash, None).await?.bytes.try_collect().await?;
    Ok(chunks.concat())
}

/// Bytes without a visible pattern, the same on every run.
fn content(length: usize) -> Vec<u8> {
    (0..length as u64).map(|at| (at.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u8).collect()
}
