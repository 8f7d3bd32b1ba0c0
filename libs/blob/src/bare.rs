//! Pictures without what cameras and programs wrote into them about maker, place and day: which bytes of the stored
//! file to show, found from its structure alone.
//!
//! The stored file stays as it came; it is the evidence. What is shown is a [`Plan`]: pieces of the file, and bytes put
//! between them. Everything is by allow-list: what is not known to draw the picture is left out, even where nobody
//! knows what it says. Whatever cannot be read as its format is refused, because what is not understood cannot be
//! bared. What is hidden in the drawn pixels themselves stays.
//!
//! A planner does no I/O: it says which bytes it must see next, is shown them, and ends with a plan.

use std::collections::VecDeque;
use std::ops::Range;

use bytes::Bytes;

use crate::Format;

/// Segments and scans of JPEG (ITU-T T.81).
mod jpeg;
/// Chunks of PNG (W3C, third edition).
mod png;
/// The directories of TIFF 6.0.
mod tiff;
/// What a directory of TIFF says, entry by entry.
mod tiff_entry;

/// The most pieces of one plan: a picture that needs more is no picture of an office, but an attempt on our memory.
const MOST_PIECES: usize = 8192;
/// The most bytes that are looked at for one plan.
const MOST_SEEN: u64 = 512 * 1024 * 1024;

/// Why a picture cannot be bared, as the end of a sentence about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Malformed(pub(crate) &'static str);

/// A piece of what is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// These bytes of the stored file.
    Copy(Range<u64>),
    /// Bytes made here.
    Made(Bytes),
    /// So many zeros, in place of what is left out of a format whose parts must keep their places.
    Zeros(u64),
}

/// What is shown of a stored picture. Copied pieces come in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    pieces: VecDeque<Piece>,
    size: u64,
}

/// What a planner wants.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// To see these bytes of the file, which lie inside it.
    Look(Range<u64>),
    /// Nothing more.
    Done(Plan),
}

/// Whether pictures of this format are shown without what was written into them.
#[must_use]
pub fn covers(format: Format) -> bool {
    matches!(format, Format::Jpeg | Format::Png | Format::Tiff)
}

/// The reading of one picture's structure.
pub(crate) struct Planner {
    reader: Reader,
    size: u64,
    /// What was asked for last.
    last: Range<u64>,
    left: u64,
}

enum Reader {
    Jpeg(jpeg::Reader),
    Png(png::Reader),
    Tiff(tiff::Reader),
}

/// What the reader of a format makes of the bytes it is shown.
enum Read {
    /// These are to be seen next; clipped to the file.
    On(Range<u64>),
    /// The picture has ended.
    End(Plan),
}

impl Planner {
    /// Begins with a file of this format and size; nothing when the format is not [covered](covers).
    pub(crate) fn new(format: Format, size: u64) -> Option<Self> {
        let reader = match format {
            Format::Jpeg => Reader::Jpeg(jpeg::Reader::new(size)),
            Format::Png => Reader::Png(png::Reader::new(size)),
            Format::Tiff => Reader::Tiff(tiff::Reader::new(size)),
            _ => return None,
        };
        Some(Self { reader, size, last: 0..0, left: MOST_SEEN })
    }

    /// Takes the bytes that were asked for, none at first, and says what must be seen next.
    pub(crate) fn step(&mut self, seen: &[u8]) -> Result<Step, Malformed> {
        let read = match &mut self.reader {
            Reader::Jpeg(reader) => reader.read(self.last.start, seen)?,
            Reader::Png(reader) => reader.read(self.last.start, seen)?,
            Reader::Tiff(reader) => reader.read(seen)?,
        };
        let wanted = match read {
            Read::End(plan) => return Ok(Step::Done(plan)),
            Read::On(wanted) => wanted.start..wanted.end.min(self.size),
        };
        // To want the same again is to want more than there is.
        let length = wanted.end.saturating_sub(wanted.start);
        if length == 0 || wanted == self.last {
            return Err(Malformed("it ends before its picture does"));
        }
        self.left = self.left.checked_sub(length).ok_or(Malformed("too much of it must be read to know its parts"))?;
        self.last = wanted.clone();
        Ok(Step::Look(wanted))
    }
}

impl Plan {
    /// How many bytes are shown.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The plan of a part of what is shown; a part behind the end is empty.
    #[must_use]
    pub(crate) fn part(&self, part: &Range<u64>) -> Self {
        let mut cut = Self::default();
        let mut at = 0_u64;
        for piece in &self.pieces {
            let length = piece.length();
            let from = part.start.saturating_sub(at).min(length);
            let to = part.end.saturating_sub(at).min(length);
            if from < to {
                cut.size += to - from;
                cut.pieces.push_back(piece.part(from, to));
            }
            at += length;
        }
        cut
    }

    /// The part of the stored file from the first copied byte to the last; nothing when no byte is copied.
    pub(crate) fn source(&self) -> Option<Range<u64>> {
        let mut copied = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Copy(range) => Some(range),
            Piece::Made(_) | Piece::Zeros(_) => None,
        });
        let first = copied.next()?;
        Some(first.start..copied.next_back().unwrap_or(first).end)
    }

    /// The pieces in order.
    pub(crate) fn into_pieces(self) -> VecDeque<Piece> {
        self.pieces
    }

    /// Shows these bytes of the file next. What follows upon the piece before becomes one with it.
    fn copy(&mut self, range: Range<u64>) -> Result<(), Malformed> {
        if let Some(Piece::Copy(last)) = self.pieces.back_mut().filter(|_| !range.is_empty())
            && last.end == range.start
        {
            self.size += range.end - range.start;
            last.end = range.end;
            return Ok(());
        }
        self.push(Piece::Copy(range))
    }

    fn push(&mut self, piece: Piece) -> Result<(), Malformed> {
        let length = piece.length();
        if length == 0 {
            return Ok(());
        }
        if self.pieces.len() >= MOST_PIECES {
            return Err(Malformed("it has more parts than any picture needs"));
        }
        self.size += length;
        self.pieces.push_back(piece);
        Ok(())
    }
}

impl Piece {
    fn length(&self) -> u64 {
        match self {
            Self::Copy(range) => range.end.saturating_sub(range.start),
            Self::Made(bytes) => bytes.len() as u64,
            Self::Zeros(length) => *length,
        }
    }

    /// The part between two places inside the piece.
    fn part(&self, from: u64, to: u64) -> Self {
        let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
        match self {
            Self::Copy(range) => Self::Copy(range.start + from..range.start + to),
            Self::Made(bytes) => Self::Made(bytes.slice(place(from)..place(to).min(bytes.len()))),
            Self::Zeros(_) => Self::Zeros(to - from),
        }
    }
}

#[cfg(test)]
mod tests;
