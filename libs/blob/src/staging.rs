//! Writing an upload: hashed, counted and limited while it streams, in constant memory.

use std::sync::Arc;

use bytes::Bytes;
use tokio::task::JoinHandle;

use crate::folder::{Folder, Part};
use crate::store::blocking;
use crate::{Error, key};

/// How much is gathered before it is written at once, in bytes. While one such piece is hashed and written the next is
/// gathered: an upload takes at most twice this much memory.
const PIECE: usize = 1024 * 1024;

/// How much of the beginning is kept to recognise the format by, in bytes.
pub const HEAD_BYTES: usize = 8 * 1024;

/// An upload under way. Dropped before [`Staging::finish`], it leaves nothing behind.
pub struct Staging {
    folder: Arc<Folder>,
    /// Absent while a piece is awaited, and for good after a write has failed or was cancelled.
    part: Option<Writing>,
    gathered: Vec<Bytes>,
    gathered_bytes: usize,
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
    pub(crate) async fn start(folder: Arc<Folder>, limit: u64) -> Result<Self, Error> {
        let opened = Arc::clone(&folder);
        let part = blocking(move || opened.part(key::STAGING)).await?;
        let (part, head) = (Some(Writing::AtRest(part)), Vec::new());
        Ok(Self { folder, part, gathered: Vec::new(), gathered_bytes: 0, head, size: 0, limit })
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
        self.part = Some(Writing::UnderWay(tokio::spawn(blocking(self.piece(part)))));
        Ok(())
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
    pub async fn finish(mut self) -> Result<Staged, Error> {
        let part = self.rest().await?;
        let last = self.piece(part);
        let folder = Arc::clone(&self.folder);
        let hash = blocking(move || folder.stage(last()?)).await?;
        Ok(Staged { hash, size: self.size })
    }

    /// The file, when the last piece is in it.
    async fn rest(&mut self) -> Result<Part, Error> {
        let lost = || std::io::Error::other("an earlier write failed or was cancelled");
        let doing = || "continuing an upload".to_owned();
        match self.part.take().ok_or_else(|| Error::Io { doing: doing(), source: lost() })? {
            Writing::AtRest(part) => Ok(part),
            Writing::UnderWay(piece) => {
                piece.await.map_err(|error| Error::Io { doing: doing(), source: std::io::Error::other(error) })?
            }
        }
    }
}
