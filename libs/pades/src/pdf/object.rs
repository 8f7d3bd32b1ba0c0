//! The objects of which a PDF is made (ISO 32000-1, 7.3).

use std::collections::BTreeMap;

/// The number by which one object names another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Id {
    pub(crate) number: u32,
    pub(crate) generation: u16,
}

/// Anything that may stand in a PDF. Numbers with a fraction stay as they were written, so that a copy is exact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Object {
    Null,
    Bool(bool),
    Int(i64),
    Real(Vec<u8>),
    Name(Vec<u8>),
    Text(Vec<u8>),
    Array(Vec<Object>),
    Dict(Dict),
    Stream(Dict, Vec<u8>),
    Ref(Id),
}

/// A dictionary; no key stands in it twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Dict(pub(crate) BTreeMap<Vec<u8>, Object>);

impl Dict {
    pub(crate) fn get(&self, key: &str) -> Option<&Object> {
        self.0.get(key.as_bytes()).filter(|value| **value != Object::Null)
    }

    pub(crate) fn set(&mut self, key: &str, value: Object) {
        self.0.insert(key.as_bytes().to_vec(), value);
    }

    pub(crate) fn int(&self, key: &str) -> Option<i64> {
        self.get(key).and_then(Object::int)
    }

    pub(crate) fn name(&self, key: &str) -> Option<&[u8]> {
        self.get(key).and_then(Object::name)
    }

    pub(crate) fn reference(&self, key: &str) -> Option<Id> {
        self.get(key).and_then(Object::reference)
    }

    pub(crate) fn is_a(&self, kind: &str) -> bool {
        self.name("Type") == Some(kind.as_bytes())
    }

    /// The keys whose values differ between two dictionaries, those missing on one side included.
    pub(crate) fn differing<'a>(&'a self, other: &'a Self) -> Vec<&'a [u8]> {
        let mut keys: Vec<&[u8]> = self.0.keys().chain(other.0.keys()).map(Vec::as_slice).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.retain(|key| self.0.get(*key) != other.0.get(*key));
        keys
    }
}

impl Object {
    pub(crate) fn named(name: &str) -> Self {
        Self::Name(name.as_bytes().to_vec())
    }

    pub(crate) fn int(&self) -> Option<i64> {
        if let Self::Int(value) = self { Some(*value) } else { None }
    }

    pub(crate) fn name(&self) -> Option<&[u8]> {
        if let Self::Name(value) = self { Some(value) } else { None }
    }

    pub(crate) fn text(&self) -> Option<&[u8]> {
        if let Self::Text(value) = self { Some(value) } else { None }
    }

    pub(crate) fn array(&self) -> Option<&[Object]> {
        if let Self::Array(value) = self { Some(value) } else { None }
    }

    pub(crate) fn dict(&self) -> Option<&Dict> {
        if let Self::Dict(value) | Self::Stream(value, _) = self { Some(value) } else { None }
    }

    pub(crate) fn reference(&self) -> Option<Id> {
        if let Self::Ref(value) = self { Some(*value) } else { None }
    }
}

/// A text string as people read it: UTF-16 with its mark, UTF-8 with its mark, otherwise one byte a letter.
pub(crate) fn readable(bytes: &[u8]) -> String {
    if let Some(rest) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        let units = rest.chunks_exact(2).map(|pair| match pair {
            [high, low] => u16::from_be_bytes([*high, *low]),
            _ => 0,
        });
        return char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    }
    if let Some(rest) = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        return String::from_utf8_lossy(rest).into_owned();
    }
    bytes.iter().copied().map(char::from).collect()
}

/// The opposite of [`readable`]: plain ASCII stays, all else becomes UTF-16 with its mark.
pub(crate) fn text_string(text: &str) -> Object {
    if text.is_ascii() {
        return Object::Text(text.as_bytes().to_vec());
    }
    let units = text.encode_utf16().flat_map(u16::to_be_bytes);
    Object::Text([0xFE, 0xFF].into_iter().chain(units).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_as_they_went() {
        for text in ["", "Ha Noi", "Văn phòng Tỉnh ủy", "𠀀"] {
            assert_eq!(readable(text_string(text).text().unwrap()), text);
        }
        assert_eq!(readable("\u{feff}Đảng".as_bytes()), "Đảng");
        assert_eq!(readable(&[0xFE, 0xFF, 0xD8, 0x00]), "\u{FFFD}");
    }
}
