//! Writing an upload: hashed, counted and limited while it streams, in constant memory.

use std::sync::Arc;

use bytes::Bytes;
use tokio::task::JoinHandle;

use crate::Error;
use crate::folder::{Folder, Part};
use crate::store::blocking;

/// How much is gathered before it is written at once, in bytes. While one such piece is hashed and written the next is
/// gathered: an upload takes at most twice this much memory.
const PIECE: usize = 1024 * 1024;

/// How much is written before the disk is told to begin, in bytes. What it has written by the end of the upload needs no
/// waiting for then.
const SYNC_EVERY: usize = 64 * 1024 * 1024;

/// How much of the beginning is kept to recognise the format by, in bytes.
pub const HEAD_BYTES: usize = 8 * 1024;

/// An upload under way. Dropped before [`Staging::finish`], it leaves nothing behind.
pub struct Staging {
    folder: Arc<Folder>,
    /// Absent while a piece is awaited, and for good after a write has failed or was cancelled.
    part: Option<Writing>,
    gathered: Vec<Bytes>,
    gathered_bytes: usize,
    /// Bytes written since the disk was last told to begin, and the sync that this began.
    unsynced: usize,
    syncing: Option<JoinHandle<Result<(), Error>>>,
    head: Vec<u8>,
    size: u64,
    limit: u64,
}

/// The file of an upload: at rest, or with a piece on its way into it.
enum Writing {
    AtRest(Part),
    UnderWay(JoinHandle<Result<Part, Error>>),
}

/// A finished upload, durable in staging until it is claimed or swept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staged {
    /// SHA-256 of the content, hex.
    pub hash: String,
    /// Size in bytes.
    pub size: u64,
}

impl Staging {
    pub(crate) async fn start(folder: Arc<Folder>, first_level: &str, limit: u64) -> Result<Self, Error> {
        let (opened, first_level) = (Arc::clone(&folder), first_level.to_owned());
        let part = blocking(move || opened.part(&first_level)).await?;
        Ok(Self {
            folder,
            part: Some(Writing::AtRest(part)),
            gathered: Vec::new(),
            gathered_bytes: 0,
            unsynced: 0,
            syncing: None,
            head: Vec::new(),
            size: 0,
            limit,
        })
    }

    /// Appends a chunk. It may be written later, at the latest by [`Staging::finish`]; what the disk says to it comes
    /// then.
    ///
    /// # Errors
    /// [`Error::TooLarge`] as soon as the limit is passed, [`Error::NoSpace`] on a full disk. After any error the
    /// upload is lost and must be started again.
    pub async fn write(&mut self, chunk: Bytes) -> Result<(), Error> {
        self.size = self.size.saturating_add(chunk.len() as u64);
        if self.size > self.limit {
            self.part = None;
            return Err(Error::TooLarge { limit: self.limit });
        }
        let wanted = HEAD_BYTES.saturating_sub(self.head.len()).min(chunk.len());
        self.head.extend_from_slice(chunk.get(..wanted).unwrap_or_default());
        self.gathered_bytes += chunk.len();
        self.gathered.push(chunk);
        if self.gathered_bytes < PIECE {
            return Ok(());
        }
        let part = self.rest().await?;
        self.sync_what_is_there(&part).await?;
        self.part = Some(Writing::UnderWay(tokio::spawn(blocking(self.piece(part)))));
        Ok(())
    }

    /// Has the disk write what it was given while more is on its way.
    async fn sync_what_is_there(&mut self, part: &Part) -> Result<(), Error> {
        self.unsynced += self.gathered_bytes;
        if self.unsynced < SYNC_EVERY {
            return Ok(());
        }
        self.unsynced = 0;
        self.synced().await?;
        self.syncing = Some(tokio::spawn(blocking(part.syncing()?)));
        Ok(())
    }

    /// Waits for the last sync that was begun.
    async fn synced(&mut self) -> Result<(), Error> {
        match self.syncing.take() {
            Some(syncing) => joined(syncing).await,
            None => Ok(()),
        }
    }

    /// Writes what was gathered.
    fn piece(&mut self, mut part: Part) -> impl FnOnce() -> Result<Part, Error> + Send + use<> {
        self.gathered_bytes = 0;
        let gathered = std::mem::take(&mut self.gathered);
        move || {
            gathered.iter().try_for_each(|chunk| part.append(chunk))?;
            Ok(part)
        }
    }

    /// The first [`HEAD_BYTES`] bytes written, or all when there are fewer: what [`crate::recognise`] looks at.
    #[must_use]
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Makes the upload durable under its hash.
    ///
    /// # Errors
    /// [`Error::NoSpace`] on a full disk; one that [must stop the process](Error::must_stop) when a sync fails.
    pub async fn finish(self) -> Result<Staged, Error> {
        self.end(|folder, part| folder.stage(part)).await
    }

    /// Makes what was written durable in a place of its own.
    pub(crate) async fn end(
        mut self,
        place: impl FnOnce(&Folder, Part) -> Result<String, Error> + Send + 'static,
    ) -> Result<Staged, Error> {
        let part = self.rest().await?;
        self.synced().await?;
        let last = self.piece(part);
        let folder = Arc::clone(&self.folder);
        let hash = blocking(move || place(&folder, last()?)).await?;
        Ok(Staged { hash, size: self.size })
    }

    /// The file, when the last piece is in it.
    async fn rest(&mut self) -> Result<Part, Error> {
        let lost = || continuing(std::io::Error::other("an earlier write failed or was cancelled"));
        match self.part.take().ok_or_else(lost)? {
            Writing::AtRest(part) => Ok(part),
            Writing::UnderWay(piece) => joined(piece).await,
        }
    }
}

async fn joined<T>(work: JoinHandle<Result<T, Error>>) -> Result<T, Error> {
    work.await.map_err(|error| continuing(std::io::Error::other(error)))?
}

fn continuing(source: std::io::Error) -> Error {
    Error::Io { doing: "continuing an upload".to_owned(), source }
}
