//! Reading what a plan shows of a picture: its structure to make the plan, then the file with the rest left out.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use object_store::{ObjectStore, ObjectStoreExt, path::Path};

use crate::bare::{Piece, Plan, Planner, Step};
use crate::reading::{self, Content};
use crate::{Error, Format};

/// What stands for zeros, piece by piece.
static ZEROS: [u8; 64 * 1024] = [0; 64 * 1024];

/// Makes the plan of a picture.
pub(crate) async fn plan(
    objects: &dyn ObjectStore,
    path: &Path,
    hash: &str,
    format: Format,
) -> Result<Option<Plan>, Error> {
    let size = objects.head(path).await.map_err(|error| Error::object(hash, error))?.size;
    let Some(mut planner) = Planner::new(format, size) else { return Ok(None) };
    let mut seen = Bytes::new();
    loop {
        let step = planner.step(&seen);
        match step.map_err(|malformed| Error::Picture { hash: hash.to_owned(), why: malformed.0 })? {
            Step::Done(plan) => return Ok(Some(plan)),
            Step::Look(range) => {
                seen = objects.get_range(path, range).await.map_err(|error| Error::object(hash, error))?;
            }
        }
    }
}

/// Opens what a plan shows of the file of this hash, or a range of it.
pub(crate) async fn open(
    objects: &Arc<dyn ObjectStore>,
    path: &Path,
    hash: &str,
    plan: &Plan,
    range: Option<Range<u64>>,
) -> Result<Content, Error> {
    let size = plan.size();
    let (range, source) = match range {
        None => (0..size, reading::open(objects, path, hash, None).await?),
        Some(range) if range.is_empty() || range.start >= size => return Err(Error::OutOfRange { size }),
        Some(range) => {
            let range = range.start..range.end.min(size);
            // A part of nothing but zeros still tells whether the file is there.
            let source = plan.part(&range).source().unwrap_or(0..1);
            let opened = reading::open(objects, path, hash, Some(source)).await;
            (range, opened.map_err(|error| shorter(hash, error))?)
        }
    };
    let cutting = Cutting {
        pieces: plan.part(&range).into_pieces(),
        at: source.range.start,
        source: Some(source.bytes),
        chunk: Bytes::new(),
        held: None,
        hash: hash.to_owned(),
    };
    Ok(Content { size, range, bytes: stream::try_unfold(cutting, Cutting::next).boxed() })
}

/// A file that ends before what the plan takes from it is not the file the plan was made of.
fn shorter(hash: &str, error: Error) -> Error {
    if let Error::OutOfRange { .. } = error { Error::Altered { hash: hash.to_owned() } } else { error }
}

/// A file on its way to the reader, with the rest left out.
struct Cutting {
    pieces: VecDeque<Piece>,
    /// Absent once the end was reached, and with it the hash compared.
    source: Option<BoxStream<'static, Result<Bytes, Error>>>,
    /// What is at hand of the file, and where it begins.
    chunk: Bytes,
    at: u64,
    /// Not handed out before more is ready or the file has ended well.
    held: Option<Bytes>,
    hash: String,
}

impl Cutting {
    async fn next(mut self) -> Result<Option<(Bytes, Self)>, Error> {
        while let Some(source) = &mut self.source {
            let ready = match cut(&mut self.pieces, &self.chunk, self.at) {
                Some(ready) => ready,
                None => {
                    self.at += self.chunk.len() as u64;
                    match source.next().await {
                        Some(chunk) => self.chunk = chunk?,
                        None => self.source = None,
                    }
                    continue;
                }
            };
            if let Some(before) = self.held.replace(ready) {
                return Ok(Some((before, self)));
            }
        }
        if self.pieces.is_empty() {
            return Ok(self.held.take().map(|last| (last, self)));
        }
        // The file is shorter than when the plan was made.
        Err(Error::Altered { hash: self.hash })
    }
}

/// What can be shown next of the pieces, when `chunk` stands at `at` in the file; nothing when another chunk is needed,
/// or nothing is left.
fn cut(pieces: &mut VecDeque<Piece>, chunk: &Bytes, at: u64) -> Option<Bytes> {
    let piece = pieces.pop_front()?;
    let (ready, rest) = match piece {
        Piece::Made(bytes) => (Some(bytes), None),
        Piece::Zeros(length) => {
            let now = usize::try_from(length).unwrap_or(usize::MAX).min(ZEROS.len());
            let left = length - now as u64;
            (ZEROS.get(..now).map(Bytes::from_static), (left > 0).then_some(Piece::Zeros(left)))
        }
        Piece::Copy(range) => {
            let end = range.end.min(at + chunk.len() as u64);
            if range.start < at || range.start >= end {
                (None, Some(Piece::Copy(range)))
            } else {
                let place = |place: u64| usize::try_from(place - at).unwrap_or(usize::MAX).min(chunk.len());
                let ready = chunk.slice(place(range.start)..place(end));
                (Some(ready), (end < range.end).then_some(Piece::Copy(end..range.end)))
            }
        }
    };
    if let Some(rest) = rest {
        pieces.push_front(rest);
    }
    ready
}
