//! Recognising a format by its content. The file's name chooses only among formats the content cannot tell apart, and
//! a name that the reader's computer would run is refused whatever the content.
//!
//! Only the head is looked at: a recognised file may still be damaged, carry macros further in, or be an archive of
//! anything. Files are therefore always served under the recognised media type, as attachments, and never opened here.

use std::fmt;

use crate::format::Format;
use crate::staging::HEAD_BYTES;
use crate::zip;

/// Why a file is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is nothing in it.
    Empty,
    /// Its name ends in something no accepted format is named with.
    Name {
        /// The extension in lower case, without the dot.
        extension: String,
    },
    /// The content is of a kind that is not accepted.
    Kind {
        /// The media type found.
        found: &'static str,
    },
    /// An office document that carries macros.
    Macros,
    /// The content is of no kind known here; a text in another encoding than UTF-8, perhaps.
    Unknown,
}

/// The format of a file by its first [`HEAD_BYTES`] bytes (all of them when it is shorter) and the name it came with.
///
/// # Errors
/// The reason why the file is not accepted.
pub fn recognise(head: &[u8], file_name: &str) -> Result<Format, Refused> {
    if head.is_empty() {
        return Err(Refused::Empty);
    }
    let extension = extension(file_name);
    let named = Format::named(&extension);
    if named.is_none() && !extension.is_empty() {
        return Err(Refused::Name { extension });
    }
    if head.starts_with(b"%PDF-") {
        Ok(Format::Pdf)
    } else if is_signed_data(head) {
        Ok(Format::P7m)
    } else if head.starts_with(zip::ENTRY_MARK) {
        archive(head, named)
    } else if named == Some(Format::Eml) && is_message(head) {
        Ok(Format::Eml)
    } else if is_text(head) {
        text(head, named)
    } else {
        binary(head, named)
    }
}

/// What stands behind the last dot, in lower case; empty without a dot.
fn extension(file_name: &str) -> String {
    file_name.trim_end().rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default()
}

/// ZIP and what is built upon it, told apart by the entries' names.
fn archive(head: &[u8], named: Option<Format>) -> Result<Format, Refused> {
    let entries = zip::entries(head);
    if let Some(first) = entries.first().filter(|first| first.name == b"mimetype") {
        let stated = Format::all().find(|format| format.media_type().as_bytes() == first.packed);
        return stated.ok_or(Refused::Kind { found: "application/zip with an unknown media type of its own" });
    }
    let has = |test: fn(&[u8]) -> bool| entries.iter().any(|entry| test(entry.name));
    if has(|name| name.ends_with(b"vbaProject.bin")) {
        return Err(Refused::Macros);
    }
    if !has(|name| name == b"[Content_Types].xml" || name == b"_rels/.rels") {
        return Ok(Format::Zip);
    }
    let seen = [
        (Format::Docx, has(|name| name.starts_with(b"word/"))),
        (Format::Xlsx, has(|name| name.starts_with(b"xl/"))),
        (Format::Pptx, has(|name| name.starts_with(b"ppt/"))),
    ];
    let by_content = seen.iter().find(|(_, seen)| *seen).map(|(format, _)| *format);
    // The parts may begin behind the head; the content has said Office Open XML, the name says which.
    let by_name = named.filter(|named| seen.iter().any(|(format, _)| format == named));
    Ok(by_content.or(by_name).unwrap_or(Format::Zip))
}

/// Text, where the content shows XML and hides the rest: comma-separated values are only a manner of writing.
fn text(head: &[u8], named: Option<Format>) -> Result<Format, Refused> {
    const ACTIVE: [&str; 4] = ["text/html", "text/x-shellscript", "application/rtf", "application/postscript"];
    let found = infer::get(head).map(|found| found.mime_type()).unwrap_or_default();
    if let Some(found) = ACTIVE.into_iter().find(|active| *active == found) {
        return Err(Refused::Kind { found });
    }
    match named {
        _ if found == "text/xml" => Ok(Format::Xml),
        Some(Format::Xml) if head.trim_ascii_start().starts_with(b"<") => Ok(Format::Xml),
        Some(Format::Csv) => Ok(Format::Csv),
        _ => Ok(Format::Text),
    }
}

/// Everything with a signature of its own.
fn binary(head: &[u8], named: Option<Format>) -> Result<Format, Refused> {
    let found = infer::get(head).ok_or(Refused::Unknown)?.mime_type();
    let older = named.filter(|named| matches!(named, Format::Doc | Format::Xls));
    match (found, older) {
        // The older Office formats share a container whose table of contents often stands behind the head.
        ("application/x-ole-storage", Some(older)) => Ok(older),
        // A signature inside the first kilobyte, behind something else: readers disagree on what such a file is.
        ("application/pdf", _) => Err(Refused::Unknown),
        _ => Format::of_media_type(found).ok_or(Refused::Kind { found }),
    }
}

/// A CMS envelope in DER or BER: a sequence that begins with the identifier of signed data (RFC 5652, section 5.1).
fn is_signed_data(head: &[u8]) -> bool {
    const SIGNED_DATA: &[u8] = &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
    let Some((0x30, rest)) = head.split_first() else { return false };
    // One byte of length, and up to four more that it announces.
    (1..=5).any(|length| rest.get(length..).is_some_and(|behind| behind.starts_with(SIGNED_DATA)))
}

/// UTF-8 without control characters other than those of plain text. The last character may be cut by a full head.
fn is_text(head: &[u8]) -> bool {
    let valid = match std::str::from_utf8(head) {
        Ok(_) => head,
        Err(error) if error.error_len().is_none() && head.len() >= HEAD_BYTES => {
            head.get(..error.valid_up_to()).unwrap_or_default()
        }
        Err(_) => return false,
    };
    valid.iter().all(|byte| matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x20..=0x7e | 0x80..))
}

/// A letter: header lines first, one of which only a letter has (RFC 5322). Its body may be in any encoding.
fn is_message(head: &[u8]) -> bool {
    const TELLING: [&[u8]; 5] = [b"from:", b"received:", b"return-path:", b"message-id:", b"delivered-to:"];
    let lines = || head.split(|byte| *byte == b'\n').take_while(|line| !line.trim_ascii().is_empty());
    let begins = |line: &[u8], field: &[u8]| line.get(..field.len()).is_some_and(|b| b.eq_ignore_ascii_case(field));
    let is_field = |line: &[u8]| {
        let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
        name.len() < line.len() && !name.is_empty() && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-')
    };
    !head.contains(&0)
        && lines().next().is_some_and(is_field)
        && lines().any(|line| TELLING.iter().any(|field| begins(line, field)))
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the file is empty"),
            Self::Name { extension } => write!(f, "files named `.{extension}` are not accepted"),
            Self::Kind { found } => write!(f, "files of the kind `{found}` are not accepted"),
            Self::Macros => f.write_str("the document carries macros; save it without them"),
            Self::Unknown => f.write_str("the content is of no accepted kind; a text must be in UTF-8"),
        }
    }
}

impl std::error::Error for Refused {}
