//! Reading with ranges; a whole file is hashed on the way and its last chunk held back until the hash agrees.

use std::ops::Range;

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt, path::Path};
use sha2::{Digest, Sha256};

use crate::Error;

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
    objects: &dyn ObjectStore,
    path: &Path,
    hash: &str,
    range: Option<Range<u64>>,
) -> Result<Content, Error> {
    let failed = |error| Error::object(hash, error);
    let mut options = GetOptions::default();
    if let Some(range) = range {
        let size = objects.head(path).await.map_err(failed)?.size;
        if range.is_empty() || range.start >= size {
            return Err(Error::OutOfRange { size });
        }
        options.range = Some(GetRange::Bounded(range.start..range.end.min(size)));
    }
    let found = objects.get_opts(path, options).await.map_err(failed)?;
    let (size, range) = (found.meta.size, found.range.clone());
    let whole = range == (0..size);
    let reading = Reading {
        inner: Some(found.into_stream()),
        hash: hash.to_owned(),
        hasher: whole.then(Sha256::new),
        held: None,
    };
    Ok(Content { size, range, bytes: stream::try_unfold(reading, Reading::next).boxed() })
}

/// A stream on its way to the reader.
struct Reading {
    /// Absent once the end was reached.
    inner: Option<BoxStream<'static, object_store::Result<Bytes>>>,
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
            let chunk = chunk.map_err(|error| Error::object(&self.hash, error))?;
            if chunk.is_empty() {
                // The file became shorter after it was opened; object_store would hand out empty chunks for ever.
                return Err(Error::Altered { hash: self.hash });
            }
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
