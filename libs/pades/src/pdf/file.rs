//! A PDF as it stands now, or as it stood before something was appended: objects by number, read when they are wanted.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, HashMap},
    rc::Rc,
};

use super::{
    flate,
    object::{Dict, Id, Object},
    parse::{Cursor, Read},
    xref::{self, Entry, Section},
};
use crate::{LARGEST, unreadable::Unreadable};

/// The most bytes that all streams of objects together are unfolded to.
const LARGEST_UNFOLDED: usize = 128 << 20;

/// How many references may lead from one to the next.
const LONGEST_WAY: usize = 16;

/// A file and its cross-reference sections.
pub(crate) struct Pdf<'a> {
    pub(crate) bytes: &'a [u8],
    /// Newest first.
    pub(crate) sections: Vec<Section>,
    packed: RefCell<HashMap<usize, Rc<Packed>>>,
    unfolded: Cell<usize>,
    /// How many objects are being read for the sake of each other.
    within: Cell<usize>,
}

/// A stream of objects, unfolded: the number and the place of each.
struct Packed {
    data: Vec<u8>,
    places: Vec<(u32, usize)>,
}

/// The objects as of one section and those before it.
pub(crate) struct View<'p, 'a> {
    pub(crate) pdf: &'p Pdf<'a>,
    index: BTreeMap<u32, Entry>,
    pub(crate) trailer: &'p Dict,
}

impl<'a> Pdf<'a> {
    pub(crate) fn open(bytes: &'a [u8]) -> Read<Self> {
        if bytes.len() > LARGEST {
            return Err(Unreadable::TooLarge);
        }
        if !bytes.starts_with(b"%PDF-") {
            return Err(Unreadable::NotPdf);
        }
        let sections = xref::sections(bytes)?;
        if sections.iter().any(|section| section.trailer.get("Encrypt").is_some()) {
            return Err(Unreadable::Encrypted);
        }
        Ok(Self { bytes, sections, packed: RefCell::default(), unfolded: Cell::new(0), within: Cell::new(0) })
    }

    /// As the file stands now.
    pub(crate) fn now(&self) -> Read<View<'_, 'a>> {
        self.view(0)
    }

    /// As of a section, counted from the newest.
    pub(crate) fn view(&self, newest: usize) -> Read<View<'_, 'a>> {
        let sections = self.sections.get(newest..).unwrap_or_default();
        let Some(first) = sections.first() else {
            return Cursor::new(self.bytes, 0).broken("the file has no cross-reference section");
        };
        let mut index = BTreeMap::new();
        for section in sections {
            for (number, entry) in &section.entries {
                index.entry(*number).or_insert(*entry);
            }
        }
        Ok(View { pdf: self, index, trailer: &first.trailer })
    }
}

impl<'a> View<'_, 'a> {
    /// One more than the highest number of an object.
    pub(crate) fn size(&self) -> u32 {
        let highest = self.index.keys().next_back().copied().unwrap_or_default();
        let told = self.trailer.int("Size").and_then(|size| u32::try_from(size).ok()).unwrap_or_default();
        highest.saturating_add(1).max(told.min(1 << 24))
    }

    /// The object with a number; `Null` when there is none.
    pub(crate) fn get(&self, id: Id) -> Read<Object> {
        if self.pdf.within.get() >= LONGEST_WAY {
            return Err(Unreadable::TooMuch("objects that need each other"));
        }
        self.pdf.within.set(self.pdf.within.get() + 1);
        let found = match self.index.get(&id.number) {
            Some(Entry::At { offset, generation }) if *generation == id.generation => self.at(*offset, id),
            Some(Entry::In { container, index }) if id.generation == 0 => self.packed(*container, *index, id.number),
            _ => Ok(Object::Null),
        };
        self.pdf.within.set(self.pdf.within.get() - 1);
        found
    }

    fn at(&self, offset: usize, id: Id) -> Read<Object> {
        let mut cursor = Cursor::new(self.pdf.bytes, offset);
        let (found, object) = cursor.indirect(&|id| self.get(id).ok()?.int())?;
        if found == id { Ok(object) } else { cursor.broken("another object stands where one should be") }
    }

    fn packed(&self, container: u32, index: usize, number: u32) -> Read<Object> {
        let packed = self.container(container)?;
        match packed.places.get(index) {
            Some((found, place)) if *found == number => Cursor::new(&packed.data, *place).object(),
            _ => Cursor::new(&packed.data, 0).broken("a stream of objects lacks one"),
        }
    }

    fn container(&self, number: u32) -> Read<Rc<Packed>> {
        let Some(Entry::At { offset, generation }) = self.index.get(&number).copied() else {
            return Cursor::new(self.pdf.bytes, 0).broken("a stream of objects is missing");
        };
        if let Some(packed) = self.pdf.packed.borrow().get(&offset) {
            return Ok(Rc::clone(packed));
        }
        let packed = match self.get(Id { number, generation })? {
            Object::Stream(dict, data) if dict.is_a("ObjStm") => {
                let data = flate::decoded(&dict, data)?;
                self.pdf.unfolded.set(self.pdf.unfolded.get() + data.len());
                if self.pdf.unfolded.get() > LARGEST_UNFOLDED {
                    return Err(Unreadable::TooMuch("bytes in compressed streams"));
                }
                Packed { places: places(&dict, &data)?, data }
            }
            _ => return Cursor::new(self.pdf.bytes, offset).broken("a stream of objects belongs here"),
        };
        let packed = Rc::new(packed);
        self.pdf.packed.borrow_mut().insert(offset, Rc::clone(&packed));
        Ok(packed)
    }

    /// Where the object with a number stands in the file, when it is not packed in a stream.
    pub(crate) fn entry(&self, number: u32) -> Option<Entry> {
        self.index.get(&number).copied()
    }

    /// Follows references until something else stands there.
    pub(crate) fn follow(&self, object: &Object) -> Read<Object> {
        let mut object = object.clone();
        for _ in 0..LONGEST_WAY {
            match object {
                Object::Ref(id) => object = self.get(id)?,
                other => return Ok(other),
            }
        }
        Err(Unreadable::TooMuch("references to references"))
    }

    /// What a key of a dictionary holds, with references followed; `Null` when it holds nothing.
    pub(crate) fn value(&self, dict: &Dict, key: &str) -> Read<Object> {
        dict.get(key).map_or(Ok(Object::Null), |object| self.follow(object))
    }

    /// The dictionary that a key holds, also of a stream.
    pub(crate) fn dict(&self, dict: &Dict, key: &str) -> Read<Option<Dict>> {
        Ok(match self.value(dict, key)? {
            Object::Dict(found) | Object::Stream(found, _) => Some(found),
            _ => None,
        })
    }

    /// The array that a key holds; empty when it holds none.
    pub(crate) fn array(&self, dict: &Dict, key: &str) -> Read<Vec<Object>> {
        Ok(match self.value(dict, key)? {
            Object::Array(items) => items,
            _ => Vec::new(),
        })
    }

    /// The catalog, with its number.
    pub(crate) fn catalog(&self) -> Read<(Id, Dict)> {
        let broken = Cursor::new(self.pdf.bytes, 0);
        let Some(id) = self.trailer.reference("Root") else { return broken.broken("the trailer names no catalog") };
        match self.get(id)? {
            Object::Dict(catalog) => Ok((id, catalog)),
            _ => broken.broken("the catalog is missing"),
        }
    }

    /// The data of a stream that an object leads to, without its filter.
    pub(crate) fn data(&self, object: &Object) -> Read<Option<Vec<u8>>> {
        match self.follow(object)? {
            Object::Stream(dict, data) => {
                let data = flate::decoded(&dict, data)?;
                self.pdf.unfolded.set(self.pdf.unfolded.get() + data.len());
                if self.pdf.unfolded.get() > LARGEST_UNFOLDED {
                    return Err(Unreadable::TooMuch("bytes in compressed streams"));
                }
                Ok(Some(data))
            }
            _ => Ok(None),
        }
    }
}

/// The numbers and places at the beginning of a stream of objects.
fn places(dict: &Dict, data: &[u8]) -> Read<Vec<(u32, usize)>> {
    let mut cursor = Cursor::new(data, 0);
    let usize_of = |key: &str| dict.int(key).and_then(|value| usize::try_from(value).ok());
    let (Some(count), Some(first)) = (usize_of("N"), usize_of("First")) else {
        return cursor.broken("a stream of objects does not tell how many it has");
    };
    let mut places = Vec::new();
    for _ in 0..count {
        let (number, place) = (u32::try_from(cursor.count()?), usize::try_from(cursor.count()?));
        let (Ok(number), Ok(place)) = (number, place) else {
            return cursor.broken("a stream of objects is ill-formed");
        };
        places.push((number, first.saturating_add(place)));
    }
    Ok(places)
}
