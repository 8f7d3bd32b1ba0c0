//! Chunks of PNG (W3C, third edition). Those that draw the picture, or say how its colours, size and frames are meant,
//! stay when they are no longer than they may be; texts, times, Exif and whatever else there is go, and so does what
//! follows upon the end.

use super::{Malformed, Plan, Read};

/// How much is seen at once.
const WINDOW: u64 = 64 * 1024;
const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Length and kind stand before a chunk's content, a check sum behind it.
const AROUND: u64 = 12;
const HEAD: usize = 8;
/// No chunk is longer.
const LONGEST: u32 = 0x7fff_ffff;

/// The chunks that stay, and how long their content may be.
const KEPT: [(&[u8; 4], u32); 17] = [
    (b"IHDR", 13),
    (b"PLTE", 768),
    (b"IDAT", LONGEST),
    (b"IEND", 0),
    (b"tRNS", 256),
    (b"cHRM", 32),
    (b"gAMA", 4),
    (b"iCCP", LONGEST),
    (b"sBIT", 4),
    (b"sRGB", 1),
    (b"cICP", 4),
    (b"mDCV", 24),
    (b"cLLI", 8),
    (b"bKGD", 6),
    (b"pHYs", 9),
    (b"acTL", 8),
    (b"fcTL", 26),
];
/// A later frame of a moving picture.
const FRAME: &[u8] = b"fdAT";

pub(super) struct Reader {
    size: u64,
    at: u64,
    plan: Plan,
}

impl Reader {
    pub(super) fn new(size: u64) -> Self {
        Self { size, at: 0, plan: Plan::default() }
    }

    /// Reads on with what stands at `from`.
    pub(super) fn read(&mut self, from: u64, seen: &[u8]) -> Result<Read, Malformed> {
        loop {
            let skipped = usize::try_from(self.at.saturating_sub(from)).unwrap_or(usize::MAX);
            let Some(head) = seen.get(skipped..).and_then(|rest| rest.get(..HEAD)) else {
                return Ok(Read::On(self.at..self.at.saturating_add(WINDOW)));
            };
            if self.at == 0 {
                if head != SIGNATURE {
                    return Err(Malformed("it does not begin as a PNG does"));
                }
                self.plan.copy(0..HEAD as u64)?;
                self.at = HEAD as u64;
            } else if self.chunk(head)? {
                return Ok(Read::End(std::mem::take(&mut self.plan)));
            }
        }
    }

    /// Takes the chunk that begins here; tells whether it is the last.
    fn chunk(&mut self, head: &[u8]) -> Result<bool, Malformed> {
        let (length, kind) = head.split_at(4);
        let length = u32::from_be_bytes(length.try_into().unwrap_or_default());
        if length > LONGEST || !kind.iter().all(u8::is_ascii_alphabetic) {
            return Err(Malformed("one of its chunks is none"));
        }
        if self.at == HEAD as u64 && (kind != b"IHDR" || length != 13) {
            return Err(Malformed("it does not begin with its header"));
        }
        let whole = self.at..self.at + u64::from(length) + AROUND;
        if whole.end > self.size {
            return Err(Malformed("it ends before its picture does"));
        }
        self.at = whole.end;
        let stays = kind == FRAME || KEPT.iter().any(|(kept, longest)| kind == *kept && length <= *longest);
        if stays {
            self.plan.copy(whole)?;
        }
        if kind == b"IEND" && !stays {
            return Err(Malformed("its end has content"));
        }
        Ok(kind == b"IEND")
    }
}
