//! Segments and scans of JPEG (ITU-T T.81). Tables, frames, scans, colour profile and the two marks that say how colours
//! are meant stay; Exif, XMP, IPTC, comments, embedded previews, and all that follows upon the picture go. The turn of
//! the camera is said anew, because without it the picture would lie on its side.

use bytes::Bytes;

use super::{Malformed, Piece, Plan, Read};

/// How much is seen at once; more than the longest segment.
const WINDOW: u64 = 256 * 1024;
/// The least that tells how long a segment is: mark, kind, length.
const HEAD: usize = 4;

const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const COMMENT: u8 = 0xfe;

pub(super) struct Reader {
    size: u64,
    at: u64,
    /// Within the coded data of a scan, which has no length and ends with a mark.
    in_scan: bool,
    /// The turn of the camera has been said.
    turned: bool,
    ended: bool,
    plan: Plan,
}

/// What becomes of a segment.
enum Fate {
    Copied,
    Replaced(Vec<u8>),
    LeftOut,
}

impl Reader {
    pub(super) fn new(size: u64) -> Self {
        Self { size, at: 0, in_scan: false, turned: false, ended: false, plan: Plan::default() }
    }

    /// Reads on with what stands at `from`.
    pub(super) fn read(&mut self, from: u64, seen: &[u8]) -> Result<Read, Malformed> {
        let skipped = usize::try_from(self.at.saturating_sub(from)).unwrap_or(usize::MAX);
        let mut rest = seen.get(skipped..).unwrap_or_default();
        while !self.ended {
            let used = if self.in_scan { self.scan(rest)? } else { self.segment(rest)? };
            let Some(used) = used else { return Ok(Read::On(self.at..self.at.saturating_add(WINDOW))) };
            self.at += used as u64;
            rest = rest.get(used..).unwrap_or_default();
        }
        Ok(Read::End(std::mem::take(&mut self.plan)))
    }

    /// Goes on in coded data: to the next mark, or as far as can be seen. Tells how many bytes were used; nothing when
    /// more must be seen. A picture that is cut off inside a scan is shown as far as it goes, with its end put to it.
    fn scan(&mut self, rest: &[u8]) -> Result<Option<usize>, Malformed> {
        let marks = |pair: &[u8]| matches!(pair, [0xff, kind] if !matches!(kind, 0x00 | 0xd0..=0xd7 | 0xff));
        let found = rest.windows(2).position(marks);
        let is_last = self.at + rest.len() as u64 == self.size;
        // The first half of a mark may be all that can be seen of it.
        let data = found.unwrap_or(rest.len() - usize::from(rest.last() == Some(&0xff)));
        self.plan.copy(self.at..self.at + data as u64)?;
        if found.is_some() {
            self.in_scan = false;
        } else if is_last {
            self.plan.push(Piece::Made(Bytes::from_static(&[0xff, EOI])))?;
            self.ended = true;
        } else if data == 0 {
            return Ok(None);
        }
        Ok(Some(data))
    }

    /// Reads one segment, which begins here.
    fn segment(&mut self, rest: &[u8]) -> Result<Option<usize>, Malformed> {
        let kind = match rest {
            [0xff, kind, ..] => *kind,
            [0xff] | [] => return Ok(None),
            _ => return Err(Malformed("something stands between its segments")),
        };
        match kind {
            SOI if self.at == 0 => {
                self.plan.copy(0..2)?;
                return Ok(Some(2));
            }
            _ if self.at == 0 => return Err(Malformed("it does not begin as a JPEG does")),
            EOI => {
                self.plan.copy(self.at..self.at + 2)?;
                self.ended = true;
                return Ok(Some(2));
            }
            // Marks may be preceded by any number of these.
            0xff => return Ok(Some(1)),
            0xc0..=0xcf | SOS..=0xef | COMMENT => {}
            _ => return Err(Malformed("one of its segments is of a kind that none should be")),
        }
        let Some(length) = rest.get(2..HEAD).and_then(|two| two.try_into().ok()) else { return Ok(None) };
        let whole = 2 + usize::from(u16::from_be_bytes(length));
        if whole < HEAD {
            return Err(Malformed("one of its segments has no length"));
        }
        let Some(content) = rest.get(HEAD..whole) else { return Ok(None) };
        match self.fate(kind, content) {
            Fate::Copied => self.plan.copy(self.at..self.at + whole as u64)?,
            Fate::Replaced(bytes) => self.plan.push(Piece::Made(bytes.into()))?,
            Fate::LeftOut => {}
        }
        self.in_scan = kind == SOS;
        Ok(Some(whole))
    }

    fn fate(&mut self, kind: u8, content: &[u8]) -> Fate {
        match kind {
            // Its preview is left out; what it says of density and proportion is not.
            0xe0 if content.starts_with(b"JFIF\0") => match content.get(..12) {
                Some(told) => Fate::Replaced(segment(kind, &[told, &[0, 0]].concat())),
                None => Fate::LeftOut,
            },
            0xe1 if content.starts_with(b"Exif\0\0") && !self.turned => match turn(content) {
                Some(turn) => {
                    self.turned = true;
                    Fate::Replaced(turn_segment(turn))
                }
                None => Fate::LeftOut,
            },
            0xe2 if content.starts_with(b"ICC_PROFILE\0") => Fate::Copied,
            0xee if content.starts_with(b"Adobe") => match content.get(..12) {
                Some(told) => Fate::Replaced(segment(kind, told)),
                None => Fate::LeftOut,
            },
            0xe0..=0xef | COMMENT => Fate::LeftOut,
            _ => Fate::Copied,
        }
    }
}

fn segment(kind: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap_or(u16::MAX).to_be_bytes();
    [&[0xff, kind], length.as_slice(), content].concat()
}

/// An Exif segment that says nothing but how the camera was turned.
fn turn_segment(turn: u8) -> Vec<u8> {
    let mut content = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    content.extend_from_slice(&[turn, 0, 0, 0, 0, 0, 0]);
    segment(0xe1, &content)
}

/// How the camera was turned (tag 274 of the first directory): 2 to 8; nothing when it was not, or is not said.
fn turn(content: &[u8]) -> Option<u8> {
    const TAG: u16 = 274;
    const SHORT: u16 = 3;
    let exif = content.get(6..)?;
    let big = match exif.get(..4)? {
        b"MM\0*" => true,
        b"II*\0" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let two: [u8; 2] = exif.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if big { u16::from_be_bytes(two) } else { u16::from_le_bytes(two) })
    };
    let four: [u8; 4] = exif.get(4..8)?.try_into().ok()?;
    let directory = if big { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) };
    let directory = usize::try_from(directory).ok()?;
    let entries = usize::from(short(directory)?);
    let entry = (0..entries)
        .map_while(|number| directory.checked_add(2 + 12 * number).filter(|at| at + 12 <= exif.len()))
        .find(|at| short(*at) == Some(TAG) && short(*at + 2) == Some(SHORT))?;
    u8::try_from(short(entry + 8)?).ok().filter(|turn| (2..=8).contains(turn))
}
