//! The directories of TIFF 6.0. Everything in such a file is found by its place, so places stay: the directories are
//! written anew where they stood, with the entries that draw their page and no others; the values of those, and the
//! strips and tiles of the page, are copied; all the rest is zeros, whoever pointed to it or nobody. Reduced copies of
//! a page are left out of the chain, and so are the directories that hang below a page (Exif, GPS, makers' notes).

use std::ops::Range;

use super::{
    Malformed, Piece, Plan, Read,
    tiff_entry::{ENTRY, Entry, LENGTHS, OFFSETS, Order},
};

/// The first bytes: order, the number 42, the place of the first directory.
const HEAD: u64 = 8;
/// The most pages, the most entries of one, and the most places of strips and tiles of all.
const MOST_PAGES: usize = 1024;
const MOST_ENTRIES: usize = 256;
const MOST_STRIPS: usize = 100_000;
/// What tells that a page is a reduced copy of another, and that strips are in the JPEG of TIFF 6.0, whose parts lie
/// anywhere in the file and were given up in 1995.
const SUBFILE: u16 = 254;
const COMPRESSION: u16 = 259;
const OLD_JPEG: u64 = 6;

pub(super) struct Reader {
    size: u64,
    order: Order,
    wants: Wants,
    pages: Vec<Page>,
    /// Bytes of the file that stay where they are.
    kept: Vec<Range<u64>>,
    /// Values of entries that go: nothing that stays may reach into them.
    gone: Vec<Range<u64>>,
    offsets: Vec<u64>,
    lengths: Vec<u64>,
    strips: usize,
}

/// What was asked for.
enum Wants {
    Nothing,
    Head,
    /// How many entries stand in the directory here.
    Count(u64),
    Directory(u64),
    /// The places of strips, then their lengths.
    Offsets,
    Lengths,
}

struct Page {
    at: u64,
    /// Its length in the file.
    length: u64,
    entries: Vec<Entry>,
    /// Where the values of its entries stand.
    values: Vec<Range<u64>>,
    is_copy: bool,
    next: u64,
}

impl Reader {
    pub(super) fn new(size: u64) -> Self {
        Self {
            size,
            order: Order::Little,
            wants: Wants::Nothing,
            pages: Vec::new(),
            kept: Vec::new(),
            gone: Vec::new(),
            offsets: Vec::new(),
            lengths: Vec::new(),
            strips: 0,
        }
    }

    /// Reads on with what was asked for.
    pub(super) fn read(&mut self, seen: &[u8]) -> Result<Read, Malformed> {
        match self.wants {
            Wants::Nothing => Ok(self.look(Wants::Head, 0, HEAD)),
            Wants::Head => {
                self.order = match seen.get(..4) {
                    Some(b"MM\0*") => Order::Big,
                    Some(b"II*\0") => Order::Little,
                    _ => return Err(Malformed("it does not begin as a TIFF does")),
                };
                let first = self.order.long(seen, 4).ok_or(SHORT)?;
                self.directory_at(u64::from(first))
            }
            Wants::Count(at) => {
                let count = usize::from(self.order.short(seen, 0).ok_or(SHORT)?);
                if count == 0 || count > MOST_ENTRIES {
                    return Err(Malformed("one of its directories is none"));
                }
                Ok(self.look(Wants::Directory(at), at, 2 + (count * ENTRY) as u64 + 4))
            }
            Wants::Directory(at) => self.directory(at, seen),
            Wants::Offsets => {
                self.offsets = self.entry(&OFFSETS).map(|entry| entry.numbers(seen)).unwrap_or_default();
                self.lengths()
            }
            Wants::Lengths => {
                self.lengths = self.entry(&LENGTHS).map(|entry| entry.numbers(seen)).unwrap_or_default();
                self.end_page()
            }
        }
    }

    fn look(&mut self, wants: Wants, at: u64, length: u64) -> Read {
        self.wants = wants;
        Read::On(at..at.saturating_add(length))
    }

    /// Goes to the directory at a place, or to the end when there is none.
    fn directory_at(&mut self, at: u64) -> Result<Read, Malformed> {
        if at == 0 {
            return self.end().map(Read::End);
        }
        let is_new = at >= HEAD && self.pages.iter().all(|page| page.at != at);
        if !is_new || self.pages.len() >= MOST_PAGES {
            return Err(Malformed("its directories do not end"));
        }
        Ok(self.look(Wants::Count(at), at, 2))
    }

    fn directory(&mut self, at: u64, seen: &[u8]) -> Result<Read, Malformed> {
        let count = usize::from(self.order.short(seen, 0).ok_or(SHORT)?);
        let next = self.order.long(seen, 2 + count * ENTRY).ok_or(SHORT)?;
        let length = 2 + (count * ENTRY) as u64 + 4;
        let mut page =
            Page { at, length, entries: Vec::new(), values: Vec::new(), is_copy: false, next: u64::from(next) };
        for raw in seen.get(2..2 + count * ENTRY).ok_or(SHORT)?.as_chunks::<ENTRY>().0 {
            let entry = Entry::read(*raw, self.order).ok_or(SHORT)?;
            // A tag stands once in a directory; what comes again is not read by anybody.
            if !entry.stays()? || page.entries.iter().any(|known| known.tag == entry.tag) {
                self.gone.extend(entry.place());
                continue;
            }
            match entry.place() {
                Some(place) if place.end > self.size => return Err(SHORT),
                Some(place) => page.values.push(place),
                None => {}
            }
            let number = entry.inline().and_then(|value| entry.numbers(value).first().copied());
            if entry.tag == COMPRESSION && number == Some(OLD_JPEG) {
                return Err(Malformed("it is packed in a way that was given up"));
            }
            page.is_copy |= entry.tag == SUBFILE && number.is_some_and(|number| number & 1 == 1);
            page.entries.push(entry);
        }
        self.pages.push(page);
        (self.offsets, self.lengths) = (Vec::new(), Vec::new());
        match self.entry(&OFFSETS).copied() {
            None => Err(Malformed("one of its pages has no picture")),
            Some(entry) => match entry.place() {
                Some(place) => Ok(self.look(Wants::Offsets, place.start, place.end - place.start)),
                None => {
                    self.offsets = entry.inline().map(|value| entry.numbers(value)).unwrap_or_default();
                    self.lengths()
                }
            },
        }
    }

    fn lengths(&mut self) -> Result<Read, Malformed> {
        let entry = *self.entry(&LENGTHS).ok_or(Malformed("the lengths of its strips are not told"))?;
        match entry.place() {
            Some(place) => Ok(self.look(Wants::Lengths, place.start, place.end - place.start)),
            None => {
                self.lengths = entry.inline().map(|value| entry.numbers(value)).unwrap_or_default();
                self.end_page()
            }
        }
    }

    /// The entry of the page at hand that has one of these tags.
    fn entry(&self, tags: &[u16]) -> Option<&Entry> {
        self.pages.last()?.entries.iter().find(|entry| tags.contains(&entry.tag))
    }

    /// Keeps the strips of the page at hand, and goes on to the next.
    fn end_page(&mut self) -> Result<Read, Malformed> {
        let told = |tags| self.entry(tags).map_or(0, |entry| entry.count as usize);
        let read = [self.offsets.len(), self.lengths.len()];
        let strips = self.strips + self.offsets.len();
        if [told(&OFFSETS), told(&LENGTHS)] != read || read.first() != read.last() || strips > MOST_STRIPS {
            return Err(Malformed("the places of its strips cannot be read"));
        }
        self.strips = strips;
        let strips = self.offsets.iter().zip(&self.lengths).map(|(at, length)| *at..at + length);
        let strips: Vec<Range<u64>> = strips.collect();
        if strips.iter().any(|strip| strip.end > self.size) {
            return Err(SHORT);
        }
        if let Some(page) = self.pages.last_mut().filter(|page| !page.is_copy) {
            self.kept.extend(strips);
            self.kept.append(&mut page.values);
        }
        let next = self.pages.last().map_or(0, |page| page.next);
        self.directory_at(next)
    }
}

/// What is pointed to is not there.
const SHORT: Malformed = Malformed("it ends before its picture does");

impl Reader {
    /// Writes the plan: directories anew, what is kept in its place, zeros between.
    fn end(&mut self) -> Result<Plan, Malformed> {
        let shown: Vec<&Page> = self.pages.iter().filter(|page| !page.is_copy).collect();
        let first = shown.first().ok_or(Malformed("it has no page of its own"))?;
        let mut made = vec![(0..HEAD, self.head(first.at)?)];
        for (number, page) in shown.iter().enumerate() {
            let next = shown.get(number + 1).map_or(0, |page| page.at);
            made.push((page.at..page.at + page.length, self.written(page, next)?));
        }
        let copies = self.pages.iter().filter(|page| page.is_copy);
        self.gone.extend(copies.map(|page| page.at..page.at + page.length));
        self.gone.extend(made.iter().map(|(place, _)| place.clone()));
        let kept = apart(std::mem::take(&mut self.kept), std::mem::take(&mut self.gone))?;
        let copied = kept.into_iter().map(|range| (range.start, Piece::Copy(range)));
        let made = made.into_iter().map(|(place, bytes)| (place.start, Piece::Made(bytes.into())));
        let mut pieces: Vec<(u64, Piece)> = copied.chain(made).collect();
        pieces.sort_by_key(|(at, _)| *at);
        let mut plan = Plan::default();
        for (at, piece) in pieces {
            let gap = at.checked_sub(plan.size()).ok_or(Malformed("its directories lie upon each other"))?;
            plan.push(Piece::Zeros(gap))?;
            match piece {
                Piece::Copy(range) => plan.copy(range)?,
                other => plan.push(other)?,
            }
        }
        Ok(plan)
    }

    fn head(&self, first: u64) -> Result<Vec<u8>, Malformed> {
        let begin: &[u8] = if self.order == Order::Big { b"MM\0*" } else { b"II*\0" };
        Ok([begin, &self.order.of_long(u32::try_from(first).map_err(|_| SHORT)?)].concat())
    }

    /// A directory with the entries that stay. It is no longer than the one in its place.
    fn written(&self, page: &Page, next: u64) -> Result<Vec<u8>, Malformed> {
        let mut bytes = self.order.of_short(u16::try_from(page.entries.len()).map_err(|_| SHORT)?).to_vec();
        page.entries.iter().for_each(|entry| bytes.extend_from_slice(&entry.raw));
        bytes.extend_from_slice(&self.order.of_long(u32::try_from(next).map_err(|_| SHORT)?));
        Ok(bytes)
    }
}

/// Strips may be set apart by so many bytes, so that they begin at even places.
const PADDING: u64 = 3;

/// The ranges that stay, in order and without overlap. None may reach into one that goes: then the file says of the
/// same bytes that they are the picture and that they are not.
fn apart(mut kept: Vec<Range<u64>>, mut gone: Vec<Range<u64>>) -> Result<Vec<Range<u64>>, Malformed> {
    kept.retain(|range| !range.is_empty());
    kept.sort_by_key(|range| range.start);
    gone.sort_by_key(|range| range.start);
    let mut merged: Vec<Range<u64>> = Vec::new();
    for range in kept {
        match merged.last_mut().filter(|last| last.end + PADDING >= range.start) {
            Some(last) => last.end = last.end.max(range.end),
            None => merged.push(range),
        }
    }
    let mut gone = gone.into_iter().peekable();
    let mut reach = 0_u64;
    for range in &merged {
        // The furthest end of what begins before this range ends.
        while let Some(next) = gone.next_if(|next| next.start < range.end) {
            reach = reach.max(next.end);
        }
        if reach > range.start {
            return Err(Malformed("its picture lies upon something else"));
        }
    }
    Ok(merged)
}
