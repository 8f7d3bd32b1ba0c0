//! From bytes to text: how the file is encoded, and what stands before the XML.

use std::ops::Range;

use crate::{LARGEST, diagnosis::Docket, place::Spot, rule::xml};

/// How far the first `<` may be from the beginning.
const JUNK: usize = 1024;
/// How much of a text is looked at for its declaration.
const HEAD: usize = 200;

/// What other files begin with.
const OTHERS: [(&[u8], &str); 7] = [
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP (DOCX, XLSX)"),
    (b"\xD0\xCF\x11\xE0", "DOC/XLS"),
    (b"{", "JSON"),
    (b"<!doctype html", "HTML"),
    (b"<html", "HTML"),
    (b"\x30\x82", "PKCS #7"),
];

/// A stretch outside all elements.
pub(crate) fn outside(at: usize, length: usize) -> Spot {
    Spot { at, length, path: String::new() }
}

/// The text of a file; nothing when there is none to look at further.
pub(crate) fn text<'a>(bytes: &'a [u8], docket: &mut Docket) -> Option<&'a str> {
    let start = outside(0, 1);
    if bytes.len() > LARGEST {
        docket.refuse(&xml::TOO_LARGE, start, &bytes.len().to_string(), &LARGEST.to_string());
        return None;
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        docket.refuse(&xml::EMPTY, start, "", "");
        return None;
    }
    if let Some(form) = utf16(bytes) {
        docket.refuse(&xml::NOT_UTF8, start, form, "");
        return None;
    }
    let begins = |magic: &[u8]| bytes.get(..magic.len()).is_some_and(|head| head.eq_ignore_ascii_case(magic));
    if let Some((_, name)) = OTHERS.iter().find(|(magic, _)| begins(magic)) {
        docket.refuse(&xml::NOT_EDXML, start, name, "");
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        // Half a character at the very end: the file is cut off, and the rest of it is sound text.
        Err(error) if error.error_len().is_none() => std::str::from_utf8(bytes.get(..error.valid_up_to())?).ok(),
        Err(error) => {
            let at = error.valid_up_to();
            let sound = std::str::from_utf8(bytes.get(..at)?).ok()?;
            let byte = bytes.get(at).copied().unwrap_or_default();
            let declared = declared(sound).map_or_else(String::new, |name| format!(", encoding=\"{name}\""));
            docket.refuse(&xml::NOT_UTF8, outside(at, 1), &format!("byte 0x{byte:02X}{declared}"), "");
            None
        }
    }
}

/// The text up to where bytes cease to be text: what a place is counted in.
pub(crate) fn countable(bytes: &[u8]) -> &str {
    let end = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    bytes.get(..end).and_then(|sound| std::str::from_utf8(sound).ok()).unwrap_or_default()
}

fn utf16(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => Some("UTF-16 LE"),
        [0xFE, 0xFF, ..] | [0, b'<', ..] => Some("UTF-16 BE"),
        _ => None,
    }
}

/// Where the XML begins; nothing when there is none.
pub(crate) fn beginning(text: &str, docket: &mut Docket) -> Option<usize> {
    let body = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mark = text.len() - body.len();
    if is_base64(body) {
        docket.refuse(&xml::WHOLE_BASE64, outside(mark, 1), "", "");
        return None;
    }
    let Some(junk) = body.find('<').filter(|at| *at <= JUNK) else {
        docket.refuse(&xml::NOT_EDXML, outside(mark, 1), "văn bản thường (plain text)", "");
        return None;
    };
    let stray = body.get(..junk).unwrap_or_default();
    let is_declared = body.get(junk..).is_some_and(|rest| rest.starts_with("<?xml"));
    if !stray.trim().is_empty() || (junk > 0 && is_declared) {
        docket.say(&xml::JUNK_BEFORE, outside(mark, junk), stray, "");
    }
    if let Some(name) = declared(body).filter(|name| !is_utf8(name)) {
        let at = text.find(name).unwrap_or(0);
        docket.say(&xml::ENCODING_DECLARED, outside(at, name.len()), name, "");
    }
    Some(mark + junk)
}

fn is_utf8(name: &str) -> bool {
    ["utf-8", "utf8", "us-ascii", "ascii"].contains(&name.to_ascii_lowercase().as_str())
}

/// Whether a text is the base64 of something that begins like XML.
fn is_base64(text: &str) -> bool {
    ["PD94bW", "PGVkWE1M", "77u/PD", "PGVkWE"].iter().any(|head| text.trim_start().starts_with(head))
        && !text.contains('<')
}

/// The encoding that the declaration names.
fn declared(text: &str) -> Option<&str> {
    let head = text.get(..text.floor_char_boundary(HEAD.min(text.len())))?;
    let declaration = head.get(head.find("<?xml")?..)?.split("?>").next()?;
    let after = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = after.chars().next().filter(|one| matches!(one, '"' | '\''))?;
    after.get(1..)?.split(quote).next()
}

/// The first character that may not stand in XML 1.0.
pub(crate) fn forbidden(text: &str) -> Option<(usize, char)> {
    let is_bad = |letter: char| {
        (letter < ' ' && !matches!(letter, '\t' | '\n' | '\r')) || matches!(letter, '\u{FFFE}' | '\u{FFFF}')
    };
    text.char_indices().find(|(_, letter)| is_bad(*letter))
}

/// Which stretch of the text a place in it may be quoted from: its line.
#[must_use]
pub fn line_of(bytes: &[u8], line: usize) -> Option<&str> {
    let text = countable(bytes);
    let range: Range<usize> = {
        let start = if line <= 1 { 0 } else { text.match_indices('\n').nth(line - 2)?.0 + 1 };
        let end = text.get(start..)?.find('\n').map_or(text.len(), |length| start + length);
        start..end
    };
    text.get(range).map(|line| line.trim_end_matches('\r'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_declared_encoding_is_found() {
        assert_eq!(declared("<?xml version='1.0' encoding = 'windows-1258' ?><a/>"), Some("windows-1258"));
        assert_eq!(declared("<?xml version=\"1.0\"?><a encoding=\"x\"/>"), None);
    }

    #[test]
    fn lines_are_quoted() {
        assert_eq!(line_of(b"a\nb\r\nc", 2), Some("b"));
        assert_eq!(line_of(b"a\nb\r\nc\xFF", 3), Some("c"));
        assert_eq!(line_of(b"a", 2), None);
    }
}
