//! Reading with ranges; a whole file is hashed on the way and its last chunk held back until the hash agrees.

use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use object_store::{ObjectStore, ObjectStoreExt, path::Path};
use sha2::{Digest, Sha256};
use tokio::sync::mpsc;

use crate::Error;

/// How much is read at once, in bytes: a stream of the local store gives eight kilobytes at a time, each by a thread of
/// its own.
const PIECE: u64 = 256 * 1024;
/// How many pieces are read, and how many wait with their hash taken, ahead of the reader.
const AHEAD: usize = 2;

/// A file opened for reading.
pub struct Content {
    /// Size of the whole file in bytes.
    pub size: u64,
    /// The bytes that follow, clipped to the file.
    pub range: Range<u64>,
    /// The bytes themselves. [`Error::Altered`] ends the stream when they are not what was stored; the last chunk
    /// of a whole file is not handed out before its hash has been compared, so that a reader never gets it all.
    pub bytes: BoxStream<'static, Result<Bytes, Error>>,
}

/// Opens the file of this hash, or the part of it that the range and the file have in common.
pub(crate) async fn open(
    objects: &Arc<dyn ObjectStore>,
    path: &Path,
    hash: &str,
    range: Option<Range<u64>>,
) -> Result<Content, Error> {
    let size = objects.head(path).await.map_err(|error| Error::object(hash, error))?.size;
    let range = match range {
        None => 0..size,
        Some(range) if range.is_empty() || range.start >= size => return Err(Error::OutOfRange { size }),
        Some(range) => range.start..range.end.min(size),
    };
    let whole = range == (0..size);
    let source = Source { objects: Arc::clone(objects), path: path.clone(), size };
    let reading = Reading {
        inner: Some(source.pieces(range.clone())),
        source,
        hash: hash.to_owned(),
        hasher: whole.then(Sha256::new),
        held: None,
    };
    Ok(Content { size, range, bytes: on_its_own(stream::try_unfold(reading, Reading::next).boxed()) })
}

/// Reads and hashes in a task of its own, so that the next pieces are made while the reader still sends the last one.
fn on_its_own(mut pieces: BoxStream<'static, Result<Bytes, Error>>) -> BoxStream<'static, Result<Bytes, Error>> {
    let (give, take) = mpsc::channel(AHEAD);
    tokio::spawn(async move {
        while let Some(piece) = pieces.next().await {
            if give.send(piece).await.is_err() {
                return;
            }
        }
    });
    stream::unfold(take, async |mut take| take.recv().await.map(|piece| (piece, take))).boxed()
}

/// Where the bytes come from.
struct Source {
    objects: Arc<dyn ObjectStore>,
    path: Path,
    /// The size when it was opened.
    size: u64,
}

impl Source {
    fn pieces(&self, range: Range<u64>) -> BoxStream<'static, object_store::Result<Bytes>> {
        let (objects, path, end) = (Arc::clone(&self.objects), self.path.clone(), range.end);
        let places = stream::iter(std::iter::successors(Some(range.start), |place| place.checked_add(PIECE)));
        let places = places.take_while(move |place| std::future::ready(*place < end));
        let read = move |place: u64| {
            let (objects, path) = (Arc::clone(&objects), path.clone());
            async move { objects.get_range(&path, place..place.saturating_add(PIECE).min(end)).await }
        };
        places.map(read).buffered(AHEAD).boxed()
    }

    /// Whether the file became another one after it was opened.
    async fn is_altered(&self) -> bool {
        self.objects.head(&self.path).await.is_ok_and(|found| found.size != self.size)
    }
}

/// A stream on its way to the reader.
struct Reading {
    /// Absent once the end was reached.
    inner: Option<BoxStream<'static, object_store::Result<Bytes>>>,
    source: Source,
    hash: String,
    /// Absent when only a part is read, which no hash can vouch for.
    hasher: Option<Sha256>,
    held: Option<Bytes>,
}

impl Reading {
    async fn next(mut self) -> Result<Option<(Bytes, Self)>, Error> {
        while let Some(inner) = &mut self.inner {
            let Some(chunk) = inner.next().await else {
                self.inner = None;
                self.compare()?;
                break;
            };
            let chunk = match chunk {
                Ok(chunk) => chunk,
                Err(_) if self.source.is_altered().await => return Err(Error::Altered { hash: self.hash }),
                Err(error) => return Err(Error::object(&self.hash, error)),
            };
            if let Some(hasher) = &mut self.hasher {
                hasher.update(&chunk);
            }
            if let Some(ready) = self.held.replace(chunk) {
                return Ok(Some((ready, self)));
            }
        }
        Ok(self.held.take().map(|last| (last, self)))
    }

    fn compare(&mut self) -> Result<(), Error> {
        let found = self.hasher.take().map(|hasher| hex::encode(hasher.finalize()));
        match found {
            Some(found) if found != self.hash => Err(Error::Altered { hash: self.hash.clone() }),
            _ => Ok(()),
        }
    }
}
