//! How files are packed: base64, and inside it a ZIP with the file.

use std::io::{Cursor, Read as _};

use base64::{
    DecodeError, Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use zip::ZipArchive;

use crate::tree::Piece;

/// Reads with and without `=` at the end.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Why a text is no base64.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NotBase64 {
    /// Where the first wrong character stands in the file, when there is one.
    pub(crate) at: Option<usize>,
    /// What is wrong, for people.
    pub(crate) what: String,
}

/// Decoded bytes, and whether the padding was there.
pub(crate) fn decode(pieces: &[Piece<'_>]) -> Result<(Vec<u8>, bool), NotBase64> {
    let total = pieces.iter().map(|piece| piece.text.len()).sum();
    let mut letters = Vec::with_capacity(total);
    for piece in pieces {
        for (at, letter) in piece.text.char_indices() {
            match u8::try_from(letter) {
                Ok(byte) if byte.is_ascii_whitespace() => {}
                Ok(byte) if byte.is_ascii_alphanumeric() || b"+/=".contains(&byte) => letters.push(byte),
                _ => return Err(NotBase64 { at: Some(piece.at + at), what: format!("`{letter}`") }),
            }
        }
    }
    let is_padded = letters.len() % 4 == 0;
    let bytes = BASE64.decode(&letters).map_err(|error| match error {
        DecodeError::InvalidByte(at, _) => NotBase64 { at: place(pieces, at), what: "`=`".to_owned() },
        DecodeError::InvalidLastSymbol(at, _) => NotBase64 { at: place(pieces, at), what: cut(&letters) },
        DecodeError::InvalidLength(_) | DecodeError::InvalidPadding => NotBase64 { at: None, what: cut(&letters) },
    })?;
    Ok((bytes, is_padded))
}

fn cut(letters: &[u8]) -> String {
    format!("{} ký tự, bị cụt (characters, cut off)", letters.len())
}

/// Where the so-and-so-many-th letter stands in the file.
fn place(pieces: &[Piece<'_>], letter: usize) -> Option<usize> {
    let all = pieces.iter().flat_map(|piece| piece.text.char_indices().map(|(at, one)| (piece.at + at, one)));
    all.filter(|(_, one)| !one.is_ascii_whitespace()).nth(letter).map(|(at, _)| at)
}

/// What a ZIP turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unpacked {
    /// The one file in it.
    File(Vec<u8>),
    /// A ZIP that is itself the file, or that holds so many files.
    Kept(usize),
    /// It does not open, or its checksum is wrong.
    Damaged,
    /// It has a password.
    Locked,
    /// It unfolds to more than is left.
    TooFar,
}

/// Whether bytes begin like a ZIP.
pub(crate) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Takes the file out of its ZIP. `left` is how many bytes it may unfold to.
pub(crate) fn unpack(bytes: &[u8], name: &str, left: usize) -> Unpacked {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Unpacked::Damaged };
    if archive.len() != 1 {
        return Unpacked::Kept(archive.len());
    }
    match archive.by_index_data(0) {
        Ok(entry) if entry.encrypted() => return Unpacked::Locked,
        Ok(_) => {}
        Err(_) => return Unpacked::Damaged,
    }
    let Ok(file) = archive.by_index(0) else { return Unpacked::Damaged };
    let inner = extension(&String::from_utf8_lossy(file.name_raw()));
    // A ZIP by name that holds something else is the file, not its packing.
    if extension(name) == "zip" && inner != "zip" {
        return Unpacked::Kept(1);
    }
    let mut out = Vec::new();
    let most = u64::try_from(left).unwrap_or(u64::MAX);
    match file.take(most.saturating_add(1)).read_to_end(&mut out) {
        Ok(length) if length > left => Unpacked::TooFar,
        Ok(_) => Unpacked::File(out),
        Err(_) => Unpacked::Damaged,
    }
}

/// The end of a name after its last dot, in small letters.
pub(crate) fn extension(name: &str) -> String {
    name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).unwrap_or_default()
}

/// What files of a kind begin with.
const MAGIC: [(&str, &[u8], &str); 12] = [
    ("pdf", b"%PDF", "PDF"),
    ("docx", b"PK\x03\x04", "ZIP"),
    ("xlsx", b"PK\x03\x04", "ZIP"),
    ("pptx", b"PK\x03\x04", "ZIP"),
    ("zip", b"PK", "ZIP"),
    ("doc", b"\xD0\xCF\x11\xE0", "DOC/XLS"),
    ("xls", b"\xD0\xCF\x11\xE0", "DOC/XLS"),
    ("png", b"\x89PNG", "PNG"),
    ("jpg", b"\xFF\xD8\xFF", "JPEG"),
    ("jpeg", b"\xFF\xD8\xFF", "JPEG"),
    ("rar", b"Rar!", "RAR"),
    ("7z", b"7z\xBC\xAF", "7z"),
];

/// Whether content can be what its name says: unknown when the name says nothing.
pub(crate) fn fits(name: &str, bytes: &[u8]) -> Option<bool> {
    let end = extension(name);
    MAGIC.iter().find(|(known, ..)| *known == end).map(|(_, magic, _)| bytes.starts_with(magic))
}

/// What content is, by how it begins.
pub(crate) fn kind(bytes: &[u8]) -> Option<&'static str> {
    MAGIC.iter().find(|(_, magic, _)| bytes.starts_with(magic)).map(|(.., kind)| *kind)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    fn packed(name: &str, bytes: &[u8], options: SimpleFileOptions) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file(name, options).unwrap();
        archive.write_all(bytes).unwrap();
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn a_file_comes_out_of_its_packing_and_a_zip_stays_one() {
        let bytes = [7; 1_000];
        let options = SimpleFileOptions::default();
        let one = packed("x.pdf", &bytes, options);
        assert_eq!(unpack(&one, "cong-van.pdf", 1_000), Unpacked::File(bytes.to_vec()));
        assert_eq!(unpack(&one, "cong-van.pdf", 999), Unpacked::TooFar);
        assert_eq!(unpack(&one, "ho-so.zip", 1_000), Unpacked::Kept(1));
        let nested = packed("ho-so.zip", &one, options);
        assert_eq!(unpack(&nested, "ho-so.zip", 10_000), Unpacked::File(one));
        assert_eq!(unpack(b"PK\x03\x04", "a.pdf", 10), Unpacked::Damaged);
    }

    #[test]
    fn what_needs_a_password_is_locked() {
        let options = SimpleFileOptions::default();
        let mut one = packed("x.pdf", b"%PDF", options);
        // The first bit of the flags, in both heads.
        let central = one.windows(4).position(|part| part == b"PK\x01\x02").unwrap();
        one[6] |= 1;
        one[central + 8] |= 1;
        assert_eq!(unpack(&one, "x.pdf", 10), Unpacked::Locked);
    }
}
