//! What is refused, and that nothing breaks the reader.

use docx::{LARGEST, LONGEST, read};
use proptest::prelude::*;

use crate::made::{archive, document, p, table};

fn code(bytes: &[u8]) -> &'static str {
    read(bytes).map_or_else(|unreadable| unreadable.code(), |_| "read")
}

fn main(text: &str) -> Vec<u8> {
    archive(&[("word/document.xml", text.as_bytes())])
}

#[test]
fn what_is_no_docx_is_told_apart() {
    let ole = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let locked = [ole.clone(), vec![0; 64], name].concat();
    let table: [(Vec<u8>, &str); 10] = [
        (Vec::new(), "docx.not_docx"),
        (b"%PDF-1.7".to_vec(), "docx.not_docx"),
        (ole, "docx.old_doc"),
        (locked, "docx.locked"),
        (b"PK\x03\x04 and then nothing".to_vec(), "docx.damaged"),
        (archive(&[("xl/workbook.xml", b"<workbook/>")]), "docx.not_docx"),
        (main("<book/>"), "docx.not_docx"),
        (main("<document><body></document>"), "docx.malformed"),
        (main("<!DOCTYPE a><document><body/></document>"), "docx.entities"),
        (archive(&[("word/document.xml", b"\xFF\xFE<\0")]), "docx.malformed"),
    ];
    for (bytes, expected) in table {
        assert_eq!(code(&bytes), expected, "{:?}", &bytes[..bytes.len().min(20)]);
    }
    let broken = serde_json::to_string(&read(&main("<a>")).unwrap_err()).unwrap();
    assert_eq!(broken, r#"{"kind":"malformed","part":"word/document.xml"}"#);
}

#[test]
fn what_is_too_much_is_refused() {
    assert_eq!(code(&vec![0; LARGEST + 1]), "docx.too_large");
    assert_eq!(code(&document(&"<w:sdt>".repeat(300), &[])), "docx.too_deep");
    let long = p(&"chữ ".repeat(LONGEST / 7));
    assert_eq!(code(&document(&long, &[])), "read");
    assert_eq!(code(&document(&long.repeat(2), &[])), "docx.too_long");
    let many = vec![b' '; 65 * 1024 * 1024];
    assert_eq!(code(&archive(&[("word/media/a", &many)])), "docx.unfolds_too_far");
    let nodes = "<a/>".repeat(1_600_000);
    assert_eq!(code(&main(&format!("<document><body>{nodes}</body></document>"))), "docx.unfolds_too_far");
    let names: Vec<String> = (0..5_000).map(|at| at.to_string()).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert_eq!(code(&archive(&parts)), "docx.unfolds_too_far");
}

/// What an archive declares is not believed: here it says that a part of 65 MiB has ten bytes.
#[test]
fn what_really_unfolds_is_bounded() {
    let size: u32 = 65 * 1024 * 1024;
    let mut bytes = main(&format!("<document>{}</document>", " ".repeat(size as usize - 21)));
    let declared = size.to_le_bytes();
    let places: Vec<usize> = (0..bytes.len() - 4).filter(|at| bytes[*at..*at + 4] == declared).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    assert!(["docx.unfolds_too_far", "docx.damaged"].contains(&code(&bytes)), "{}", code(&bytes));
}

/// Text that is referred to again and again, and cells that go over many columns, are bounded by what comes of them.
#[test]
fn little_that_comes_to_much_is_refused() {
    let footnote = format!("<w:footnotes><w:footnote w:id='1'>{}</w:footnote></w:footnotes>", p(&"x".repeat(100_000)));
    let body = format!("<w:p>{}</w:p>", "<w:r><w:footnoteReference w:id='1'/></w:r>".repeat(50));
    assert_eq!(code(&document(&body, &[("footnotes", &footnote)])), "docx.too_long");
    let row: &[&[&str]] = &[&["x"], &["y"]];
    let rows = table(true, &vec![row; 20_000]).replace("<w:tc>", "<w:tc><w:tcPr><w:gridSpan w:val='60'/></w:tcPr>");
    assert_eq!(code(&document(&rows, &[])), "docx.too_long");
}

fn whole() -> Vec<u8> {
    let body = p("Điều 1.") + &table(true, &[&[&["a"], &["b"]]]) + &table(false, &[&[&["Nơi nhận:"], &["BÍ THƯ"]]]);
    let styles = "<w:styles><w:style w:styleId='a'><w:basedOn w:val='b'/></w:style></w:styles>";
    document(&body, &[("styles", styles)])
}

fn piece() -> impl Strategy<Value = String> {
    let tags = [
        "<w:p>",
        "</w:p>",
        "<w:r>",
        "</w:r>",
        "<w:t>",
        "</w:t>",
        "<w:tbl>",
        "</w:tbl>",
        "<w:tr>",
        "</w:tr>",
        "<w:tc>",
        "</w:tc>",
        "<w:br/>",
        "<w:drawing>",
        "</w:drawing>",
        "<w:txbxContent>",
        "</w:txbxContent>",
        "<w:ins>",
        "</w:ins>",
        "|",
        "Nơi nhận:",
        "Kính gửi:",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Số 1-CV/ĐU",
        "<w:jc w:val='center'/>",
        "&amp;",
        "§",
    ];
    prop_oneof![prop::sample::select(tags.to_vec()).prop_map(str::to_owned), "\\PC{0,6}"]
}

proptest! {
    #[test]
    fn no_bytes_break_it(bytes in prop::collection::vec(any::<u8>(), 0..200), at in any::<prop::sample::Index>()) {
        code(&bytes);
        let mut whole = whole();
        let at = at.index(whole.len());
        for (place, byte) in whole.iter_mut().skip(at).zip(&bytes) {
            *place = *byte;
        }
        code(&whole);
        whole.truncate(at);
        code(&whole);
    }

    #[test]
    fn no_xml_breaks_it(pieces in prop::collection::vec(piece(), 0..40)) {
        code(&document(&pieces.concat(), &[]));
    }

    #[test]
    fn words_come_through(words in prop::collection::vec("[a-zđơưA-Z0-9ắ,.;]{1,8}( [a-zđơư]{1,5}){0,4}", 1..10)) {
        let body: String = words.iter().map(|words| p(words)).collect();
        let words: Vec<String> = words.iter().map(|words| text::nfc(words)).collect();
        prop_assert_eq!(read(&document(&body, &[])).unwrap().text, words.join("\n"));
    }
}
