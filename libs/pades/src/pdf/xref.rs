//! The cross-reference sections of a PDF, newest first: where each object stands (ISO 32000-1, 7.5.4 and 7.5.8).

use std::collections::{BTreeMap, BTreeSet};

use super::{
    flate,
    object::{Dict, Object},
    parse::{Cursor, Read},
};
use crate::unreadable::Unreadable;

/// The most sections, which is the most times that a file was added to.
const MOST_SECTIONS: usize = 1_000;

/// The most entries of all sections together.
const MOST_ENTRIES: usize = 1_000_000;

/// Where an object stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    Free,
    At { offset: usize, generation: u16 },
    In { container: u32, index: usize },
}

/// What was written at one time: the entries and the trailer.
pub(crate) struct Section {
    pub(crate) offset: usize,
    pub(crate) entries: BTreeMap<u32, Entry>,
    pub(crate) trailer: Dict,
    /// Whether the section is a stream rather than a table; what is appended must be of the same kind.
    pub(crate) is_stream: bool,
}

/// The place that the last `startxref` tells.
pub(crate) fn start(bytes: &[u8]) -> Read<usize> {
    let word = b"startxref";
    let tail = bytes.len().saturating_sub(2_048);
    let last = bytes.get(tail..).unwrap_or_default().windows(word.len()).rposition(|window| window == word);
    let mut cursor = Cursor::new(bytes, tail + last.unwrap_or_default() + word.len());
    if last.is_none() {
        return cursor.broken("the file has no `startxref` at its end");
    }
    usize::try_from(cursor.count()?).or(cursor.broken("`startxref` leads nowhere"))
}

/// All sections, newest first.
pub(crate) fn sections(bytes: &[u8]) -> Read<Vec<Section>> {
    let (mut found, mut seen, mut entries) = (Vec::new(), BTreeSet::new(), 0);
    let mut next = Some(start(bytes)?);
    while let Some(offset) = next {
        if !seen.insert(offset) {
            return Cursor::new(bytes, offset).broken("the cross-reference sections go round in a circle");
        }
        if found.len() == MOST_SECTIONS {
            return Err(Unreadable::TooMuch("cross-reference sections"));
        }
        let section = section(bytes, offset)?;
        entries += section.entries.len();
        if entries > MOST_ENTRIES {
            return Err(Unreadable::TooMuch("cross-reference entries"));
        }
        next = match section.trailer.get("Prev") {
            None => None,
            Some(previous) => match previous.int().and_then(|offset| usize::try_from(offset).ok()) {
                Some(offset) => Some(offset),
                None => return Cursor::new(bytes, offset).broken("`Prev` is no place in the file"),
            },
        };
        found.push(section);
    }
    Ok(found)
}

fn section(bytes: &[u8], offset: usize) -> Read<Section> {
    let mut cursor = Cursor::new(bytes, offset);
    cursor.space();
    if !cursor.word("xref") {
        return stream_section(bytes, offset);
    }
    let mut entries = BTreeMap::new();
    loop {
        cursor.space();
        if cursor.word("trailer") {
            break;
        }
        subsection(&mut cursor, &mut entries)?;
    }
    let Object::Dict(trailer) = cursor.object()? else { return cursor.broken("the trailer is no dictionary") };
    // A hybrid file keeps in a stream what old readers need not see; there it is free in the table.
    if let Some(hidden) = trailer.int("XRefStm").and_then(|offset| usize::try_from(offset).ok()) {
        for (number, entry) in stream_section(bytes, hidden)?.entries {
            if entries.get(&number).is_none_or(|entry| *entry == Entry::Free) {
                entries.insert(number, entry);
            }
        }
    }
    Ok(Section { offset, entries, trailer, is_stream: false })
}

fn subsection(cursor: &mut Cursor<'_>, entries: &mut BTreeMap<u32, Entry>) -> Read<()> {
    let (first, count) = (cursor.count()?, cursor.count()?);
    for number in first..first.saturating_add(count) {
        let (offset, generation) = (cursor.count()?, cursor.count()?);
        cursor.space();
        let entry = match (usize::try_from(offset), u16::try_from(generation)) {
            (Ok(offset), Ok(generation)) if cursor.word("n") => Entry::At { offset, generation },
            _ if cursor.word("f") => Entry::Free,
            _ => return cursor.broken("an entry of the cross-reference table belongs here"),
        };
        let Ok(number) = u32::try_from(number) else { return cursor.broken("an object has too high a number") };
        entries.insert(number, entry);
    }
    Ok(())
}

fn stream_section(bytes: &[u8], offset: usize) -> Read<Section> {
    let mut cursor = Cursor::new(bytes, offset);
    let (_, object) = cursor.indirect(&|_| None)?;
    let (trailer, data) = match object {
        Object::Stream(dict, data) if dict.is_a("XRef") => (dict, data),
        _ => return cursor.broken("a cross-reference section belongs here"),
    };
    let data = flate::decoded(&trailer, data)?;
    let numbers = |key: &str| -> Option<Vec<usize>> {
        trailer.get(key)?.array()?.iter().map(|item| usize::try_from(item.int()?).ok()).collect()
    };
    let Some([kind, second, third]) = numbers("W").and_then(|widths| <[usize; 3]>::try_from(widths).ok()) else {
        return cursor.broken("a cross-reference stream tells no widths");
    };
    let wide = kind.max(second).max(third) > 8 || kind + second + third == 0;
    let index = numbers("Index").or_else(|| Some(vec![0, usize::try_from(trailer.int("Size")?).ok()?]));
    let (Some(index), false) = (index, wide) else { return cursor.broken("a cross-reference stream is ill-formed") };
    let numbers = index.chunks_exact(2).flat_map(|pair| match pair {
        [first, count] => *first..first.saturating_add(*count),
        _ => 0..0,
    });
    let mut entries = BTreeMap::new();
    for (row, number) in data.chunks_exact(kind + second + third).zip(numbers) {
        let (first, rest) = row.split_at(kind);
        let (middle, last) = rest.split_at(second);
        let (middle, last) = (big_endian(middle), big_endian(last));
        let entry = match (if kind == 0 { 1 } else { big_endian(first) }, u16::try_from(last), u32::try_from(middle)) {
            (1, Ok(generation), _) => Entry::At { offset: middle, generation },
            (2, _, Ok(container)) => Entry::In { container, index: last },
            _ => Entry::Free,
        };
        let Ok(number) = u32::try_from(number) else { return cursor.broken("an object has too high a number") };
        entries.insert(number, entry);
    }
    Ok(Section { offset, entries, trailer, is_stream: true })
}

fn big_endian(bytes: &[u8]) -> usize {
    bytes.iter().fold(0_usize, |value, byte| value.wrapping_shl(8) | usize::from(*byte))
}
