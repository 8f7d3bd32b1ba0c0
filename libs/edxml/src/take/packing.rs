//! How files are packed: base64, and inside it a ZIP with the file.

use std::io::{Cursor, Read as _};

use base64::{
    Engine as _, alphabet,
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

/// How many letters are decoded at once: a multiple of 4.
const CHUNK: usize = 64 * 1024;

/// Decoded bytes, and whether the padding was there. Beside them nothing grows with the file.
pub(crate) fn decode(pieces: &[Piece<'_>]) -> Result<(Vec<u8>, bool), NotBase64> {
    let total: usize = pieces.iter().map(|piece| piece.text.len()).sum();
    let mut out = Vec::with_capacity(total / 4 * 3 + 3);
    let mut chunk = Vec::with_capacity(CHUNK);
    let (mut count, mut padding, mut last) = (0_usize, None, 0);
    for piece in pieces {
        for (at, letter) in piece.text.char_indices().filter(|(_, letter)| !letter.is_ascii_whitespace()) {
            let at = piece.at + at;
            match u8::try_from(letter) {
                Ok(byte) if byte.is_ascii_alphanumeric() || b"+/".contains(&byte) => {
                    // `=` stands at the end alone.
                    if let Some(at) = padding {
                        return Err(NotBase64 { at: Some(at), what: "`=`".to_owned() });
                    }
                    chunk.push(byte);
                }
                Ok(b'=') => {
                    padding = padding.or(Some(at));
                    chunk.push(b'=');
                }
                _ => return Err(NotBase64 { at: Some(at), what: format!("`{letter}`") }),
            }
            (count, last) = (count + 1, at);
            if chunk.len() == CHUNK {
                BASE64.decode_vec(&chunk, &mut out).map_err(|_| cut(last, count))?;
                chunk.clear();
            }
        }
    }
    // All letters are of base64, so that what is wrong can only be where they end.
    BASE64.decode_vec(&chunk, &mut out).map_err(|_| cut(last, count))?;
    Ok((out, count % 4 == 0))
}

fn cut(last: usize, count: usize) -> NotBase64 {
    NotBase64 { at: Some(last), what: format!("{count} ký tự, bị cụt (characters, cut off)") }
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
    fn base64_is_decoded_whatever_its_length_and_breaks() {
        let decoded = |text: &str| decode(&[Piece { at: 10, text: text.into() }]);
        for length in [1, 2, 3, CHUNK / 4 * 3 - 1, CHUNK / 4 * 3, CHUNK / 4 * 3 + 1, CHUNK * 2] {
            let bytes: Vec<u8> = (0..length).map(|at| u8::try_from(at % 251).unwrap()).collect();
            let text = base64::engine::general_purpose::STANDARD.encode(&bytes);
            let broken = text.as_bytes().chunks(76).map(|row| std::str::from_utf8(row).unwrap()).collect::<Vec<_>>();
            assert_eq!(decoded(&broken.join("\r\n")), Ok((bytes.clone(), true)));
            let bare = text.trim_end_matches('=');
            assert_eq!(decoded(bare), Ok((bytes, bare == text)));
        }
        assert_eq!(decoded("AA=A").unwrap_err().at, Some(12));
        assert_eq!(decoded("AAAA A").unwrap_err().at, Some(15));
        assert_eq!(decoded("AA*A").unwrap_err(), NotBase64 { at: Some(12), what: "`*`".to_owned() });
        let long = format!("{}A", "A".repeat(CHUNK));
        assert!(decoded(&long).is_err());
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
