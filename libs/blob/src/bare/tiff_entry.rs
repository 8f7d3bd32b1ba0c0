//! What a directory of TIFF says, entry by entry, and which entries draw the picture.

use std::ops::Range;

use super::Malformed;

/// The length of an entry in bytes.
pub(super) const ENTRY: usize = 12;
/// The longest value of an entry that is no list, in bytes. Longer ones are no measures but somebody's words.
const LONGEST_VALUE: u64 = 256;
/// The longest list, in bytes.
const LONGEST_LIST: u64 = 1024 * 1024;

/// Tags whose values are measures and choices needed to draw a page (TIFF 6.0, sections 3 to 22).
const MEASURES: [u16; 47] = [
    254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 274, 277, 278, 280, 281, 282, 283, 284, 286, 287, 290, 292,
    293, 296, 297, 317, 318, 319, 321, 322, 323, 326, 327, 328, 332, 334, 336, 338, 339, 340, 341, 342, 529, 530, 531,
    532,
];
/// Tags with long lists of numbers: grey response, transfer function, colour map.
const LISTS: [u16; 3] = [291, 301, 320];
/// Tags with bytes that only a decoder understands: JPEG tables, colour profile.
const TABLES: [u16; 2] = [347, 34675];
/// Where the picture's data lie: offsets of strips and tiles, and their lengths.
pub(super) const OFFSETS: [u16; 2] = [273, 324];
pub(super) const LENGTHS: [u16; 2] = [279, 325];

/// The order of bytes in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Big,
    Little,
}

impl Order {
    /// The 16 bits at a place.
    pub(super) fn short(self, bytes: &[u8], at: usize) -> Option<u16> {
        let two: [u8; 2] = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self == Self::Big { u16::from_be_bytes(two) } else { u16::from_le_bytes(two) })
    }

    /// The 32 bits at a place.
    pub(super) fn long(self, bytes: &[u8], at: usize) -> Option<u32> {
        let four: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self == Self::Big { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) })
    }

    pub(super) fn of_short(self, number: u16) -> [u8; 2] {
        if self == Self::Big { number.to_be_bytes() } else { number.to_le_bytes() }
    }

    pub(super) fn of_long(self, number: u32) -> [u8; 4] {
        if self == Self::Big { number.to_be_bytes() } else { number.to_le_bytes() }
    }
}

/// An entry as it stands in the directory.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) tag: u16,
    kind: u16,
    pub(super) count: u32,
    pub(super) raw: [u8; ENTRY],
    order: Order,
}

impl Entry {
    /// Reads an entry.
    pub(super) fn read(raw: [u8; ENTRY], order: Order) -> Option<Self> {
        let (tag, kind) = (order.short(&raw, 0)?, order.short(&raw, 2)?);
        Some(Self { tag, kind, count: order.long(&raw, 4)?, raw, order })
    }

    /// The bytes of one of its numbers; nothing for a kind that nobody knows.
    pub(super) fn width(&self) -> Option<u64> {
        match self.kind {
            1 | 2 | 6 | 7 => Some(1),
            3 | 8 => Some(2),
            4 | 9 | 11 | 13 => Some(4),
            5 | 10 | 12 => Some(8),
            _ => None,
        }
    }

    fn length(&self) -> Option<u64> {
        Some(self.width()? * u64::from(self.count))
    }

    /// Where its value stands when it does not fit into the entry.
    pub(super) fn place(&self) -> Option<Range<u64>> {
        let length = self.length().filter(|length| *length > 4)?;
        let at = u64::from(self.order.long(&self.raw, 8)?);
        Some(at..at + length)
    }

    /// Its value when it fits into the entry.
    pub(super) fn inline(&self) -> Option<&[u8]> {
        let length = usize::try_from(self.length()?).ok().filter(|length| *length <= 4)?;
        self.raw.get(8..8 + length)
    }

    /// Whether it is kept: because it draws the page, and holds no more than such an entry does.
    pub(super) fn stays(&self) -> Result<bool, Malformed> {
        let Some(length) = self.length() else { return Ok(false) };
        let is_number = !matches!(self.kind, 1 | 2 | 6 | 7);
        let limit = if MEASURES.contains(&self.tag) {
            // Small numbers may be bytes, words never.
            if is_number { LONGEST_VALUE } else { 4 * u64::from(self.kind != 2) }
        } else if LISTS.contains(&self.tag) && is_number {
            LONGEST_LIST
        } else if TABLES.contains(&self.tag) && self.kind != 2 {
            u64::from(u32::MAX)
        } else if OFFSETS.contains(&self.tag) || LENGTHS.contains(&self.tag) {
            if !matches!(self.kind, 3 | 4) || length > LONGEST_LIST {
                return Err(Malformed("the places of its strips cannot be read"));
            }
            LONGEST_LIST
        } else {
            0
        };
        Ok(length > 0 && length <= limit)
    }

    /// The numbers in a value, when they are of 16 or 32 bits.
    pub(super) fn numbers(&self, value: &[u8]) -> Vec<u64> {
        let order = self.order;
        let number = |bytes: &[u8]| order.long(bytes, 0).or_else(|| order.short(bytes, 0).map(u32::from));
        let width = if self.width() == Some(2) { 2 } else { 4 };
        value.chunks_exact(width).filter_map(number).map(u64::from).collect()
    }
}
