//! Writing an upload: hashed, counted and limited while it streams, in constant memory.

use std::sync::Arc;

use bytes::Bytes;

use crate::folder::{Folder, Part};
use crate::store::blocking;
use crate::{Error, key};

/// How much of the beginning is kept to recognise the format by, in bytes.
pub const HEAD_BYTES: usize = 8 * 1024;

/// An upload under way. Dropped before [`Staging::finish`], it leaves nothing behind.
pub struct Staging {
    folder: Arc<Folder>,
    /// Absent while a write is under way, and for good after one has failed or was cancelled.
    part: Option<Part>,
    head: Vec<u8>,
    size: u64,
    limit: u64,
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
        Ok(Self { folder, part: Some(part), head: Vec::new(), size: 0, limit })
    }

    /// Appends a chunk.
    ///
    /// # Errors
    /// [`Error::TooLarge`] as soon as the limit is passed, [`Error::NoSpace`] on a full disk. After any error the
    /// upload is lost and must be started again.
    pub async fn write(&mut self, chunk: Bytes) -> Result<(), Error> {
        let mut part = self.take()?;
        self.size = self.size.saturating_add(chunk.len() as u64);
        if self.size > self.limit {
            return Err(Error::TooLarge { limit: self.limit });
        }
        let wanted = HEAD_BYTES.saturating_sub(self.head.len()).min(chunk.len());
        self.head.extend_from_slice(chunk.get(..wanted).unwrap_or_default());
        let part = blocking(move || part.append(&chunk).map(|()| part)).await?;
        self.part = Some(part);
        Ok(())
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
        let part = self.take()?;
        let folder = Arc::clone(&self.folder);
        let hash = blocking(move || folder.stage(part)).await?;
        Ok(Staged { hash, size: self.size })
    }

    fn take(&mut self) -> Result<Part, Error> {
        let lost = || std::io::Error::other("an earlier write failed or was cancelled");
        self.part.take().ok_or_else(|| Error::Io { doing: "continuing an upload".to_owned(), source: lost() })
    }
}
