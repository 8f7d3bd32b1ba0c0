//! ASN.1 values: read leniently (BER, as time-stamp authorities and old programs write it), written strictly (DER).

/// Why a value cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct IllFormed;

pub(crate) type Read<T> = Result<T, IllFormed>;

pub(crate) const BOOLEAN: u8 = 0x01;
pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const BIT_STRING: u8 = 0x03;
pub(crate) const OCTET_STRING: u8 = 0x04;
pub(crate) const NULL: u8 = 0x05;
pub(crate) const OID: u8 = 0x06;
pub(crate) const ENUMERATED: u8 = 0x0A;
pub(crate) const UTC_TIME: u8 = 0x17;
pub(crate) const GENERALIZED_TIME: u8 = 0x18;
pub(crate) const SEQUENCE: u8 = 0x30;
pub(crate) const SET: u8 = 0x31;

/// The tag `[n]` of a constructed value.
pub(crate) const fn context(number: u8) -> u8 {
    0xA0 | number
}

/// The tag `[n]` of a value that is not constructed.
pub(crate) const fn primitive(number: u8) -> u8 {
    0x80 | number
}

/// How deep values may stand in each other.
const DEEPEST: usize = 48;

/// One value: its tag, what is in it, and the whole of its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Value<'a> {
    pub(crate) tag: u8,
    pub(crate) content: &'a [u8],
    pub(crate) whole: &'a [u8],
}

impl<'a> Value<'a> {
    pub(crate) fn inside(self) -> Values<'a> {
        Values { rest: self.content }
    }
}

/// Values one after the other, with definite lengths.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Values<'a> {
    pub(crate) rest: &'a [u8],
}

impl<'a> Values<'a> {
    pub(crate) fn of(rest: &'a [u8]) -> Self {
        Self { rest }
    }

    pub(crate) fn is_empty(self) -> bool {
        self.rest.is_empty()
    }

    pub(crate) fn any(&mut self) -> Read<Value<'a>> {
        let (tag, header, length) = head(self.rest)?;
        let end = length.and_then(|length| header.checked_add(length)).ok_or(IllFormed)?;
        let whole = self.rest.get(..end).ok_or(IllFormed)?;
        self.rest = self.rest.get(end..).unwrap_or_default();
        Ok(Value { tag, content: whole.get(header..).unwrap_or_default(), whole })
    }

    pub(crate) fn next(&mut self, tag: u8) -> Read<Value<'a>> {
        self.optional(tag)?.ok_or(IllFormed)
    }

    pub(crate) fn optional(&mut self, tag: u8) -> Read<Option<Value<'a>>> {
        if self.rest.first() == Some(&tag) { self.any().map(Some) } else { Ok(None) }
    }

    /// All values that are left.
    pub(crate) fn all(mut self) -> Read<Vec<Value<'a>>> {
        let mut found = Vec::new();
        while !self.is_empty() {
            found.push(self.any()?);
        }
        Ok(found)
    }
}

/// The one value at the beginning of the bytes.
pub(crate) fn value(bytes: &[u8], tag: u8) -> Read<Value<'_>> {
    Values::of(bytes).next(tag)
}

/// Tag, length of the head, and length of the content unless it is indefinite.
fn head(bytes: &[u8]) -> Read<(u8, usize, Option<usize>)> {
    let tag = *bytes.first().ok_or(IllFormed)?;
    let mut at = 1;
    if tag & 0x1F == 0x1F {
        while bytes.get(at).ok_or(IllFormed)? & 0x80 != 0 {
            at += 1;
        }
        at += 1;
    }
    let first = usize::from(*bytes.get(at).ok_or(IllFormed)?);
    at += 1;
    if first < 0x80 {
        return Ok((tag, at, Some(first)));
    }
    let count = first & 0x7F;
    if count == 0 {
        return Ok((tag, at, None));
    }
    let digits = bytes.get(at..at + count).filter(|_| count <= 8).ok_or(IllFormed)?;
    let length = digits.iter().try_fold(0_usize, |value, byte| value.checked_mul(256)?.checked_add(usize::from(*byte)));
    Ok((tag, at + count, Some(length.ok_or(IllFormed)?)))
}

/// The first value of the bytes, with definite lengths throughout and texts in one piece. What was so already keeps its
/// bytes, also a set whose items do not stand in the order of DER, because signatures are over bytes.
pub(crate) fn definite(bytes: &[u8]) -> Read<Vec<u8>> {
    let mut out = Vec::new();
    copy(bytes, &mut out, 0)?;
    Ok(out)
}

fn copy(bytes: &[u8], out: &mut Vec<u8>, depth: usize) -> Read<usize> {
    let (tag, header, length) = head(bytes)?;
    let end = length.map(|length| header.checked_add(length).ok_or(IllFormed)).transpose()?;
    let content = bytes.get(header..end.unwrap_or(bytes.len())).ok_or(IllFormed)?;
    let constructed = tag & 0x20 != 0;
    if depth == DEEPEST || (end.is_none() && !constructed) {
        return Err(IllFormed);
    }
    if !constructed {
        let end = end.ok_or(IllFormed)?;
        out.extend(bytes.get(..end).ok_or(IllFormed)?);
        return Ok(end);
    }
    let (mut inner, mut at) = (Vec::new(), 0);
    loop {
        let rest = content.get(at..).unwrap_or_default();
        if end.is_some() && rest.is_empty() {
            break;
        }
        if end.is_none() && rest.starts_with(&[0, 0]) {
            at += 2;
            break;
        }
        at += copy(rest, &mut inner, depth + 1)?;
    }
    if tag == OCTET_STRING | 0x20 {
        let pieces = Values::of(&inner).all()?;
        out.extend(der(OCTET_STRING, &pieces.iter().map(|piece| piece.content).collect::<Vec<_>>()));
    } else if end.is_some() && inner == content {
        out.extend(bytes.get(..header + at).ok_or(IllFormed)?);
    } else {
        let tag_length = header - length_of_length(bytes, header);
        out.extend(bytes.get(..tag_length).ok_or(IllFormed)?);
        out.extend(length_octets(inner.len()));
        out.extend(inner);
    }
    Ok(header + at)
}

/// How many of a head's octets tell the length.
fn length_of_length(bytes: &[u8], header: usize) -> usize {
    let tag = if bytes.first().is_some_and(|tag| tag & 0x1F == 0x1F) {
        2 + bytes.iter().skip(1).take_while(|byte| **byte & 0x80 != 0).count()
    } else {
        1
    };
    header.saturating_sub(tag)
}

fn length_octets(length: usize) -> Vec<u8> {
    match u8::try_from(length) {
        Ok(short) if short < 0x80 => vec![short],
        _ => {
            let digits: Vec<u8> = length.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
            let count = u8::try_from(digits.len()).unwrap_or_default();
            [0x80 | count].into_iter().chain(digits).collect()
        }
    }
}

/// A value made of a tag and parts.
pub(crate) fn der<P: AsRef<[u8]>>(tag: u8, parts: &[P]) -> Vec<u8> {
    let length = parts.iter().map(|part| part.as_ref().len()).sum();
    let mut out = vec![tag];
    out.extend(length_octets(length));
    for part in parts {
        out.extend(part.as_ref());
    }
    out
}

/// A set in the order of DER (ITU-T X.690, 11.6).
pub(crate) fn set_of(tag: u8, mut items: Vec<Vec<u8>>) -> Vec<u8> {
    items.sort();
    der(tag, &items)
}

/// A whole number that is not negative, from its digits.
pub(crate) fn integer(digits: &[u8]) -> Vec<u8> {
    let mut digits: Vec<u8> = digits.iter().copied().skip_while(|byte| *byte == 0).collect();
    if digits.first().is_none_or(|first| first & 0x80 != 0) {
        digits.insert(0, 0);
    }
    der(INTEGER, &[digits])
}

/// The digits of a whole number without the zeros before them, so that numbers can be compared.
pub(crate) fn digits(content: &[u8]) -> &[u8] {
    let zeros = content.iter().take_while(|byte| **byte == 0).count();
    content.get(zeros..).unwrap_or_default()
}

/// An object identifier as people write it: `1.2.840.113549.1.7.1`.
pub(crate) fn dotted(oid: &[u8]) -> String {
    let (mut arcs, mut arc): (Vec<String>, u64) = (Vec::new(), 0);
    for byte in oid.iter().take(64) {
        arc = arc.wrapping_mul(128).wrapping_add(u64::from(byte & 0x7F));
        if byte & 0x80 != 0 {
            continue;
        }
        if arcs.is_empty() {
            let first = (arc / 40).min(2);
            arcs.push(first.to_string());
            arc -= first * 40;
        }
        arcs.push(arc.to_string());
        arc = 0;
    }
    arcs.join(".")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn indefinite_lengths_become_definite() {
        let given = [0x30, 0x80, 0x24, 0x80, 4, 1, 7, 4, 2, 8, 9, 0, 0, 0x02, 0x81, 1, 5, 0, 0, 0xFF];
        assert_eq!(definite(&given).unwrap(), [0x30, 9, 4, 3, 7, 8, 9, 2, 0x81, 1, 5]);
        let unsorted = der(SET, &[der(INTEGER, &[[9]]), der(INTEGER, &[[1]])]);
        assert_eq!(definite(&unsorted).unwrap(), unsorted);
    }

    #[test]
    fn depth_and_length_have_limits() {
        assert_eq!(definite(&[0x30, 0x80].repeat(2_000_000)), Err(IllFormed));
        assert_eq!(definite(&[0x30, 0x88, 255, 255, 255, 255, 255, 255, 255, 255]), Err(IllFormed));
        assert_eq!(definite(&[0x30, 0x84, 255, 255, 255, 255, 1]), Err(IllFormed));
        assert_eq!(definite(&[]), Err(IllFormed));
    }

    #[test]
    fn identifiers_and_numbers_are_readable() {
        assert_eq!(dotted(&[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 1]), "1.2.840.113549.1.7.1");
        assert_eq!(integer(&[0, 0x80]), [2, 2, 0, 0x80]);
        assert_eq!(integer(&[]), [2, 1, 0]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(found) = definite(&bytes) {
                prop_assert_eq!(definite(&found), Ok(found.clone()));
            }
            let _ = Values::of(&bytes).all();
            let _ = dotted(&bytes);
        }
    }
}
