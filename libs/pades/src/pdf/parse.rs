//! From bytes to objects (ISO 32000-1, 7.2 and 7.3), strictly: what readers could understand in two ways is refused.

use std::collections::BTreeMap;

use super::object::{Dict, Id, Object};
use crate::unreadable::Unreadable;

/// How deep arrays and dictionaries may stand in each other.
const DEEPEST: usize = 64;

pub(crate) type Read<T> = Result<T, Unreadable>;

/// A place in the bytes of a file, or of a stream in it.
pub(crate) struct Cursor<'a> {
    bytes: &'a [u8],
    pub(crate) at: usize,
    depth: usize,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at, depth: 0 }
    }

    pub(crate) fn broken<T>(&self, why: &'static str) -> Read<T> {
        Err(Unreadable::Broken { at: self.at, why })
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    /// Passes over white space and comments.
    pub(crate) fn space(&mut self) {
        while let Some(byte) = self.peek() {
            if is_space(byte) {
                self.at += 1;
            } else if byte == b'%' {
                let line = self.rest().iter().position(|byte| matches!(byte, b'\r' | b'\n'));
                self.at += line.unwrap_or(self.rest().len());
            } else {
                break;
            }
        }
    }

    /// Passes over a word when it stands here as a whole.
    pub(crate) fn word(&mut self, word: &str) -> bool {
        let Some(after) = self.rest().strip_prefix(word.as_bytes()) else { return false };
        if after.first().is_some_and(|byte| is_regular(*byte)) {
            return false;
        }
        self.at += word.len();
        true
    }

    /// A whole number that is not negative.
    pub(crate) fn count(&mut self) -> Read<u64> {
        self.space();
        let digits = self.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
        let text = self.rest().get(..digits).and_then(|digits| std::str::from_utf8(digits).ok());
        match text.and_then(|text| text.parse().ok()) {
            Some(value) if digits < 16 => {
                self.at += digits;
                Ok(value)
            }
            _ => self.broken("a whole number belongs here"),
        }
    }

    pub(crate) fn object(&mut self) -> Read<Object> {
        self.space();
        match self.peek() {
            Some(b'/') => self.name().map(Object::Name),
            Some(b'(') => self.literal().map(Object::Text),
            Some(b'<') if self.rest().starts_with(b"<<") => self.nested(Self::dict).map(Object::Dict),
            Some(b'<') => self.hex().map(Object::Text),
            Some(b'[') => self.nested(Self::array).map(Object::Array),
            Some(b'0'..=b'9' | b'+' | b'-' | b'.') => self.number(),
            _ if self.word("true") => Ok(Object::Bool(true)),
            _ if self.word("false") => Ok(Object::Bool(false)),
            _ if self.word("null") => Ok(Object::Null),
            _ => self.broken("an object belongs here"),
        }
    }

    fn nested<T>(&mut self, read: fn(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth == DEEPEST {
            return Err(Unreadable::TooMuch("arrays and dictionaries within each other"));
        }
        self.depth += 1;
        let found = read(self);
        self.depth -= 1;
        found
    }

    fn dict(&mut self) -> Read<Dict> {
        self.at += 2;
        let mut entries = BTreeMap::new();
        loop {
            self.space();
            if self.rest().starts_with(b">>") {
                self.at += 2;
                return Ok(Dict(entries));
            }
            if self.peek() != Some(b'/') {
                return self.broken("a key belongs here");
            }
            let key = self.name()?;
            let value = self.object()?;
            if entries.insert(key, value).is_some() {
                return self.broken("a key stands twice in a dictionary");
            }
        }
    }

    fn array(&mut self) -> Read<Vec<Object>> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.space();
            if self.peek() == Some(b']') {
                self.at += 1;
                return Ok(items);
            }
            items.push(self.object()?);
        }
    }

    fn name(&mut self) -> Read<Vec<u8>> {
        self.at += 1;
        let mut name = Vec::new();
        while let Some(byte) = self.peek().filter(|byte| is_regular(*byte)) {
            self.at += 1;
            let escaped = (byte == b'#').then(|| self.rest().get(..2).and_then(hex_pair)).flatten();
            self.at += if escaped.is_some() { 2 } else { 0 };
            name.push(escaped.unwrap_or(byte));
        }
        Ok(name)
    }

    fn hex(&mut self) -> Read<Vec<u8>> {
        self.at += 1;
        let Some(end) = self.rest().iter().position(|byte| *byte == b'>') else {
            return self.broken("a text in hexadecimal has no end");
        };
        let inside = self.rest().get(..end).unwrap_or_default();
        let Some(text) = unhex(inside) else { return self.broken("a text in hexadecimal has other letters") };
        self.at += end + 1;
        Ok(text)
    }

    fn literal(&mut self) -> Read<Vec<u8>> {
        self.at += 1;
        let (mut text, mut open) = (Vec::new(), 1_usize);
        while let Some(byte) = self.take() {
            match byte {
                b'(' => open += 1,
                b')' => open -= 1,
                b'\\' => {
                    text.extend(self.escape());
                    continue;
                }
                _ => {}
            }
            if open == 0 {
                return Ok(text);
            }
            text.push(byte);
        }
        self.broken("a text has no end")
    }

    fn escape(&mut self) -> Option<u8> {
        Some(match self.take()? {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            b'\n' => return None,
            b'\r' => {
                self.at += usize::from(self.peek() == Some(b'\n'));
                return None;
            }
            first @ b'0'..=b'7' => {
                let mut value = u32::from(first - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    self.at += 1;
                    value = value * 8 + u32::from(digit - b'0');
                }
                u8::try_from(value & 0xFF).unwrap_or_default()
            }
            other => other,
        })
    }

    fn number(&mut self) -> Read<Object> {
        let length = self.rest().iter().take_while(|byte| is_regular(**byte)).count();
        let word = self.rest().get(..length).unwrap_or_default();
        if length > 32 || !word.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.')) {
            return self.broken("a number belongs here");
        }
        self.at += length;
        let Some(value) = std::str::from_utf8(word).ok().and_then(|word| word.parse::<i64>().ok()) else {
            return Ok(Object::Real(word.to_vec()));
        };
        Ok(self.reference(value).map_or(Object::Int(value), Object::Ref))
    }

    /// `12 0 R`, once `12` has been read.
    fn reference(&mut self, number: i64) -> Option<Id> {
        let number = u32::try_from(number).ok()?;
        let before = self.at;
        let generation = self.count().ok().and_then(|value| u16::try_from(value).ok());
        self.space();
        if let (Some(generation), true) = (generation, self.word("R")) {
            return Some(Id { number, generation });
        }
        self.at = before;
        None
    }

    /// `12 0 obj … endobj`. `length` finds the length of a stream that stands in an object of its own.
    pub(crate) fn indirect(&mut self, length: &dyn Fn(Id) -> Option<i64>) -> Read<(Id, Object)> {
        let (number, generation) = (self.count()?, self.count()?);
        self.space();
        let id = u32::try_from(number).ok().zip(u16::try_from(generation).ok());
        let (Some((number, generation)), true) = (id, self.word("obj")) else {
            return self.broken("an object with its number belongs here");
        };
        let id = Id { number, generation };
        let object = self.object()?;
        self.space();
        match object {
            Object::Dict(dict) if self.word("stream") => {
                let data = self.stream_data(&dict, length)?;
                Ok((id, Object::Stream(dict, data)))
            }
            object if self.word("endobj") => Ok((id, object)),
            _ => self.broken("an object has no end"),
        }
    }

    fn stream_data(&mut self, dict: &Dict, length: &dyn Fn(Id) -> Option<i64>) -> Read<Vec<u8>> {
        self.at += usize::from(self.peek() == Some(b'\r'));
        self.at += usize::from(self.peek() == Some(b'\n'));
        let told = match dict.get("Length") {
            Some(Object::Ref(id)) => length(*id),
            Some(object) => object.int(),
            None => None,
        };
        let data = told.and_then(|told| self.rest().get(..usize::try_from(told).ok()?)).map(<[u8]>::to_vec);
        let Some(data) = data else { return self.broken("a stream tells no length that fits") };
        self.at += data.len();
        self.space();
        if self.word("endstream") { Ok(data) } else { self.broken("a stream does not end where it says") }
    }
}

/// Hexadecimal letters, white space between them left out, a last odd one filled up with zero; none for other letters.
pub(crate) fn unhex(text: &[u8]) -> Option<Vec<u8>> {
    let mut digits: Vec<u8> = text.iter().copied().filter(|byte| !is_space(*byte)).collect();
    if digits.len() % 2 == 1 {
        digits.push(b'0');
    }
    digits.chunks_exact(2).map(hex_pair).collect()
}

fn hex_pair(pair: &[u8]) -> Option<u8> {
    let [high, low] = pair else { return None };
    let digit = |letter: &u8| char::from(*letter).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(digit(high)? * 16 + digit(low)?)
}

pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Read<Object> {
        Cursor::new(text.as_bytes(), 0).object()
    }

    #[test]
    fn objects_are_read_as_they_are_written() {
        let reference = Object::Ref(Id { number: 12, generation: 0 });
        let cases = [
            ("  % a remark\n 42", Object::Int(42)),
            ("-1.50", Object::Real(b"-1.50".to_vec())),
            ("/A#42 ", Object::named("AB")),
            ("(a\\(b\\051(c)\\\nd)", Object::Text(b"a(b)(c)d".to_vec())),
            ("<48 6>", Object::Text(b"H\x60".to_vec())),
            ("[12 0 R 12 0]", Object::Array(vec![reference, Object::Int(12), Object::Int(0)])),
            ("null", Object::Null),
        ];
        for (text, object) in cases {
            assert_eq!(parsed(text).unwrap(), object, "{text}");
        }
        let Object::Dict(dict) = parsed("<</A<</B true>>/C[/D]>>").unwrap() else { panic!() };
        assert_eq!(dict.get("A").and_then(Object::dict).unwrap().get("B"), Some(&Object::Bool(true)));
    }

    #[test]
    fn what_is_broken_is_refused() {
        for text in ["", "<</A 1/A 2>>", "(", "<4", "<4G>", "[1", "<<1 2>>", "tru", "1x", ")", "<</A"] {
            assert!(parsed(text).is_err(), "{text}");
        }
        let deep = "[".repeat(4_000_000);
        assert!(matches!(parsed(&deep), Err(Unreadable::TooMuch(_))));
        assert!(parsed(&format!("{}{}", "[".repeat(DEEPEST), "]".repeat(DEEPEST))).is_ok());
    }
}
