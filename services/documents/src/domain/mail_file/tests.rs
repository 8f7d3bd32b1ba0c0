//! Files of electronic mail: what they fill, and that none of them does harm.

use proptest::prelude::*;

use super::*;

#[test]
fn symbols_are_joined_as_papers_bear_them() {
    for (number, notation, expected) in [
        ("12", "CV/TU", "12-CV/TU"),
        ("7806", "VPCP-TTĐT", "7806/VPCP-TTĐT"),
        ("5", "/QĐ-UBND", "5/QĐ-UBND"),
        ("", "CV/TU", "CV/TU"),
        (" 9 ", "", "9"),
    ] {
        assert_eq!(symbol(number, notation), expected);
    }
}

#[test]
fn a_letter_fills_the_form_and_keeps_what_cannot_be_taken() {
    let letter = b"From: \"So Ke hoach\" <a@example>\r\nSubject: =?UTF-8?Q?B=C3=A1o_c=C3=A1o?=\r\n quy\r\n\
        Content-Type: text/html\r\n\r\n<p>Xin <b>ch\xc3\xa0o</b></p>";
    let seen = look(letter, Format::Eml);
    assert_eq!((seen.kind, seen.from, seen.outside), (MailKind::Letter, None, Outside::default()));
    let opened = open(letter, Format::Eml).unwrap();
    let filled: Vec<_> = opened.filled.iter().map(|one| (one.field, one.value.as_str())).collect();
    assert_eq!(filled, [(IntakeField::Summary, "Báo cáo quy"), (IntakeField::AuthorBody, "So Ke hoach")]);
    assert!(String::from_utf8_lossy(&opened.parts[0].bytes).contains("Xin chào"), "{opened:?}");
}

#[test]
fn what_is_wrong_with_a_message_is_told_without_its_words() {
    let broken = b"<?xml version=\"1.0\"?><edXML xmlns=\"http://example/khong-phai\"><bi-mat>0471</bi-mat></edXML>";
    let seen = look(broken, Format::Xml);
    assert!(!seen.is_readable && !seen.remarks.is_empty());
    assert!(seen.remarks.iter().all(|remark| !format!("{remark:?}").contains("bi-mat")), "{seen:?}");
    assert!(open(broken, Format::Xml).is_none());
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..600), is_mail in any::<bool>()) {
        let format = if is_mail { Format::Eml } else { Format::Xml };
        look(&bytes, format);
        open(&bytes, format);
    }

    #[test]
    fn no_letter_makes_it_panic(head in "[A-Za-z-]{0,12}: [ -~]{0,40}\r\n", body in "(--b|Content-Type: multipart/mixed; boundary=b|\r\n|[ -~]{0,20}){0,30}") {
        let letter = format!("Content-Type: multipart/mixed; boundary=b\r\n{head}\r\n{body}");
        look(letter.as_bytes(), Format::Eml);
        open(letter.as_bytes(), Format::Eml);
    }
}
