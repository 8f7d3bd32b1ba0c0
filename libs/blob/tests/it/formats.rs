//! Recognition: content decides, names choose only where content cannot, and everything else is refused.

use blob::{Format, HEAD_BYTES, Refused, recognise};
use proptest::prelude::*;

/// A ZIP archive of stored entries, as far as its local headers go.
fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = Vec::new();
    for (name, data) in entries {
        archive.extend_from_slice(b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0");
        archive.extend_from_slice(&(data.len() as u32).to_le_bytes());
        archive.extend_from_slice(&(data.len() as u32).to_le_bytes());
        archive.extend_from_slice(&(name.len() as u16).to_le_bytes());
        archive.extend_from_slice(&[0, 0]);
        archive.extend_from_slice(name.as_bytes());
        archive.extend_from_slice(data);
    }
    archive
}

const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and a table of contents far behind\0\0\0";
const SIGNED: &[u8] = b"\x30\x82\x10\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x82";
const LETTER: &[u8] =
    b"Received: from mx.example\r\nFrom: lan@example.vn\r\nSubject: =?utf-8?q?h=E1=BB=8Fi?=\r\n\r\n\xe0\xe9";

#[test]
fn accepted_files_are_recognised_by_content() {
    let types = ("[Content_Types].xml", &b"<Types/>"[..]);
    let rels = ("_rels/.rels", &b"<Relationships/>"[..]);
    let table: Vec<(Vec<u8>, &str, Format)> = vec![
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(), "Quyết định.PDF", Format::Pdf),
        (b"%PDF-1.7\n".to_vec(), "no extension", Format::Pdf),
        (zip(&[types, rels, ("word/document.xml", b"<w/>")]), "a.docx", Format::Docx),
        (zip(&[rels, ("docProps/app.xml", b""), ("word/document.xml", b"<w/>")]), "a", Format::Docx),
        (zip(&[types, rels, ("xl/workbook.xml", b"")]), "a.docx", Format::Xlsx),
        (zip(&[types, rels, ("ppt/presentation.xml", b"")]), "a.pptx", Format::Pptx),
        (zip(&[types, rels]), "parts behind the head.xlsx", Format::Xlsx),
        (zip(&[types, rels]), "parts behind the head.pdf", Format::Zip),
        (zip(&[("mimetype", b"application/vnd.oasis.opendocument.text")]), "a.odt", Format::Odt),
        (zip(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]), "a.ods", Format::Ods),
        (zip(&[("mimetype", b"application/vnd.etsi.asic-e+zip")]), "a.asice", Format::Asice),
        (zip(&[("word/notes.txt", b"a folder of that name")]), "a.zip", Format::Zip),
        (zip(&[("inner.docx", &zip(&[types, ("word/document.xml", b"")]))]), "a.zip", Format::Zip),
        (OLE.to_vec(), "a.doc", Format::Doc),
        (OLE.to_vec(), "a.xls", Format::Xls),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0".to_vec(), "scan.jpg", Format::Jpeg),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0".to_vec(), "really a photograph.png", Format::Jpeg),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "a.png", Format::Png),
        (b"II*\0\x08\0\0\0\0\0\0\0".to_vec(), "a.tif", Format::Tiff),
        (SIGNED.to_vec(), "a.pdf.p7m", Format::P7m),
        ("Kính gửi: Ban Thường vụ".as_bytes().to_vec(), "a.txt", Format::Text),
        ("BM.01 Biểu mẫu".as_bytes().to_vec(), "begins like a bitmap.txt", Format::Text),
        ("họ tên;số\nLan;1\n".as_bytes().to_vec(), "a.csv", Format::Csv),
        ("\u{feff}họ tên,số\n".as_bytes().to_vec(), "a.CSV", Format::Csv),
        (b"<?xml version='1.0'?><a/>".to_vec(), "a.xml", Format::Xml),
        (b"<edXML/>".to_vec(), "a.xml", Format::Xml),
        (b"not <xml>".to_vec(), "a.xml", Format::Text),
        (LETTER.to_vec(), "a.eml", Format::Eml),
        (b"no header at all".to_vec(), "a.eml", Format::Text),
    ];
    for (head, name, expected) in table {
        assert_eq!(recognise(&head, name), Ok(expected), "{name}");
    }
}

#[test]
fn everything_else_is_refused_with_its_reason() {
    let macros = zip(&[("[Content_Types].xml", b""), ("word/vbaProject.bin", b"")]);
    let kind = |found| Refused::Kind { found };
    let named = |extension: &str| Refused::Name { extension: extension.to_owned() };
    let unknown_container = kind("application/zip with an unknown media type of its own");
    let table: Vec<(Vec<u8>, &str, Refused)> = vec![
        (vec![], "a.pdf", Refused::Empty),
        (b"%PDF-1.7".to_vec(), "a.exe", named("exe")),
        (b"%PDF-1.7".to_vec(), "a.pdf.HTA ", named("hta")),
        (zip(&[("a", b"")]), "a.docm", named("docm")),
        (
            b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff".to_vec(),
            "a.pdf",
            kind("application/vnd.microsoft.portable-executable"),
        ),
        ([&b"\x7fELF\x02\x01\x01"[..], &[0; 57]].concat(), "a", kind("application/x-executable")),
        (b"<!DOCTYPE html><script>".to_vec(), "a.txt", kind("text/html")),
        (b"#!/bin/sh\nrm".to_vec(), "a.txt", kind("text/x-shellscript")),
        (b"{\\rtf1 }".to_vec(), "a.doc", kind("application/rtf")),
        (OLE.to_vec(), "a.pdf", kind("application/x-ole-storage")),
        (b"GIF89a\x01\0\x01\0\x80".to_vec(), "a.png", kind("image/gif")),
        (b"\xfe\x01 then %PDF-1.4".to_vec(), "a.pdf", Refused::Unknown),
        (macros, "a.docx", Refused::Macros),
        (zip(&[("mimetype", b"application/epub+zip")]), "a.zip", unknown_container),
        (b"\xcb\xf3\xe1 in an old encoding".to_vec(), "a.txt", Refused::Unknown),
        (b"a NUL\0 within".to_vec(), "a.txt", Refused::Unknown),
        (b"\xff\xfeK\0\xed\0".to_vec(), "utf-16.txt", Refused::Unknown),
        ("cut ".bytes().chain([0xe1, 0xbb]).collect(), "a.txt", Refused::Unknown),
    ];
    for (head, name, expected) in table {
        assert_eq!(recognise(&head, name), Err(expected), "{name}");
    }
}

#[test]
fn a_character_cut_by_the_head_is_still_text() {
    let mut head = "ế".repeat(HEAD_BYTES).into_bytes();
    head.truncate(HEAD_BYTES);
    assert!(std::str::from_utf8(&head).is_err(), "the head must cut a character");
    assert_eq!(recognise(&head, "a.txt"), Ok(Format::Text));
}

#[test]
fn each_format_is_found_by_its_own_names_and_by_nobody_elses() {
    for format in Format::all() {
        assert_eq!(Format::of_media_type(format.media_type()), Some(format));
        assert!(!format.extensions().is_empty());
        assert!(format.extensions().iter().all(|extension| Format::named(extension) == Some(format)));
    }
}

proptest! {
    /// Hostile heads must be answered, not crash the gateway: random bytes behind each signature that is parsed.
    #[test]
    fn any_head_gets_an_answer(
        signature in prop::sample::select(vec![&b""[..], b"PK\x03\x04", &OLE[..8], b"\x30", b"%PDF-", b"II*\0", b"From:"]),
        bytes in prop::collection::vec(any::<u8>(), 0..2000),
        name in prop::sample::select(vec!["", "a.docx", "a.doc", "a.eml", "a.csv"]),
    ) {
        let _ = recognise(&[signature, &bytes].concat(), name);
    }
}
