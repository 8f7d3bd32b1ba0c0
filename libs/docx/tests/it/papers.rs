//! Papers written as DOCX, and read again.

use std::io::{Cursor, Read as _};

use docx::{Arrangement, Layout, Note, Read, read, write};
use proptest::prelude::*;
use schema_forms::{Block, Column, DocumentPaper, HeadingRank, Letterhead, Signature};
use wire::{Secrecy, Urgency};
use zip::ZipArchive;

fn owned(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

fn signature(authority: &[&str], position: &str, name: &str) -> Signature {
    let (position, name) = (position.to_owned(), Some(name.to_owned()));
    Signature { authority: owned(authority), position, name, mark: Vec::new() }
}

fn body() -> Vec<Block> {
    let heading = |rank, number: &str, text: &str| Block::Heading {
        rank,
        number: Some(number.to_owned()),
        text: text.to_owned(),
    };
    let column = |head: &str, width, centred| Column { head: head.to_owned(), width, centred };
    vec![
        Block::Ground { text: "- Căn cứ Điều lệ Đảng;".into() },
        heading(HeadingRank::Chapter, "Chương I.", "NHỮNG VẤN ĐỀ CHUNG"),
        Block::Article { number: "Điều 1.".into(), text: "Phạm vi".into() },
        Block::Clause { number: "1.".into(), text: "Đúng thẩm quyền & <đúng> thể thức.".into() },
        Block::Point { number: "a)".into(), text: "Rõ người, rõ việc.".into() },
        heading(HeadingRank::Section, "I-", "NHIỆM VỤ"),
        Block::Table {
            caption: Some("Biểu 1. Việc và thời hạn".into()),
            columns: vec![column("TT", 8, true), column("Nội dung", 62, false), column("Thời hạn", 30, true)],
            rows: vec![owned(&["1", "Chữ ký số", "30/11/2026"]), owned(&["2", "", "15/12/2026"])],
        },
        Block::Paragraph { text: "Văn phòng theo dõi, đôn đốc việc thực hiện".into() },
    ]
}

const BODY: [&str; 11] = [
    "- Căn cứ Điều lệ Đảng;",
    "Chương I. NHỮNG VẤN ĐỀ CHUNG",
    "Điều 1. Phạm vi",
    "1. Đúng thẩm quyền & <đúng> thể thức.",
    "a) Rõ người, rõ việc.",
    "I- NHIỆM VỤ",
    "Biểu 1. Việc và thời hạn",
    "| TT | Nội dung | Thời hạn |",
    "| 1 | Chữ ký số | 30/11/2026 |",
    "| 2 | | 15/12/2026 |",
    "Văn phòng theo dõi, đôn đốc việc thực hiện.",
];
const RECIPIENTS: [&str; 3] = ["Nơi nhận:", "- Như trên,", "- Lưu Văn phòng Đảng ủy."];

fn paper() -> DocumentPaper {
    DocumentPaper {
        genre: "resolution".into(),
        head: Letterhead {
            superior: Some("TỈNH ỦY THANH HÓA".into()),
            bodies: owned(&["ĐẢNG ỦY XÃ TÂN LẬP"]),
            number: Some("05".into()),
            notation: Some("NQ/ĐU".into()),
            place: Some("Tân Lập".into()),
            day: Some("2026-03-05".parse().unwrap()),
        },
        summary: Some("về chuyển đổi số năm 2026".into()),
        secrecy: Secrecy::Open,
        urgency: Urgency::Normal,
        circulation: None,
        draft: None,
        addressees: Vec::new(),
        body: body(),
        signatures: vec![signature(&["T/M BAN THƯỜNG VỤ"], "PHÓ BÍ THƯ", "Nguyễn Văn Mẫu")],
        recipients: owned(&["Như trên", "Lưu Văn phòng Đảng ủy"]),
        typist: None,
    }
}

fn layout(genre: &str, arrangement: Arrangement) -> Layout {
    Layout { genre: genre.to_owned(), arrangement, ..Layout::default() }
}

fn again(paper: &DocumentPaper, layout: &Layout) -> Read {
    read(&write(paper, layout).unwrap()).unwrap()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    ZipArchive::new(Cursor::new(bytes)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_resolution_comes_back_without_its_head() {
    let read = again(&paper(), &layout("NGHỊ QUYẾT", Arrangement::Titled));
    let signed = ["T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Nguyễn Văn Mẫu"];
    let expected: Vec<&str> = BODY.iter().chain(&RECIPIENTS).chain(&signed).copied().collect();
    assert_eq!(read.text.lines().collect::<Vec<_>>(), expected);
    let [Note::LetterheadLeftOut { lines }] = read.notes.as_slice() else { panic!("{:?}", read.notes) };
    let head = [
        "TỈNH ỦY THANH HÓA",
        "ĐẢNG ỦY XÃ TÂN LẬP",
        "*",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Số 05-NQ/ĐU",
        "Tân Lập, ngày 05 tháng 3 năm 2026",
        "NGHỊ QUYẾT",
        "về chuyển đổi số năm 2026",
        "-----",
    ];
    assert_eq!(*lines, head);
}

#[test]
fn a_letter_comes_back_with_its_addressees() {
    let letter = layout("CÔNG VĂN", Arrangement::Letter);
    let table: &[(&[&str], &[&str])] = &[
        (&[], &[]),
        (&["Tỉnh ủy Thanh Hóa"], &["Kính gửi: Tỉnh ủy Thanh Hóa"]),
        (&["Các chi bộ", "Văn phòng"], &["Kính gửi:", "- Các chi bộ,", "- Văn phòng."]),
    ];
    for (addressees, expected) in table {
        let mut paper = DocumentPaper { addressees: owned(addressees), ..paper() };
        (paper.secrecy, paper.urgency, paper.draft) = (Secrecy::Secret, Urgency::Express, Some(2));
        (paper.head.number, paper.head.day) = (None, None);
        let read = again(&paper, &letter);
        let lines: Vec<&str> = read.text.lines().collect();
        assert_eq!(lines[..expected.len()], **expected);
        assert_eq!(lines[expected.len()], BODY[0]);
        assert!(matches!(read.notes.as_slice(), [Note::LetterheadLeftOut { .. }]), "{:?}", read.notes);
    }
}

#[test]
fn several_who_sign_come_back_in_their_order() {
    let names = [("NGƯỜI GHI BIÊN BẢN", "Lê Thị B"), ("CHỦ TRÌ", "Trần Văn A"), ("BÍ THƯ", "Vũ Văn C")];
    let signatures = names.iter().map(|(position, name)| signature(&[], position, name)).collect();
    let paper = DocumentPaper { signatures, typist: Some("VT, 5 bản".into()), ..paper() };
    let text = again(&paper, &layout("BIÊN BẢN", Arrangement::Minutes)).text;
    let expected = names.iter().flat_map(|(position, name)| [*position, *name]).chain(RECIPIENTS).chain(["VT, 5 bản"]);
    assert_eq!(text.lines().skip(BODY.len()).collect::<Vec<_>>(), expected.collect::<Vec<_>>());
}

#[test]
fn the_file_says_what_it_is() {
    let bytes = write(&paper(), &layout("NGHỊ QUYẾT", Arrangement::Titled)).unwrap();
    let properties = part(&bytes, "docProps/core.xml");
    assert!(properties.contains("<dc:title>Nghị quyết – Số 05-NQ/ĐU – về chuyển đổi số năm 2026</dc:title>"));
    assert!(properties.contains("<dc:creator>ĐẢNG ỦY XÃ TÂN LẬP</dc:creator>"));
    assert!(part(&bytes, "word/styles.xml").contains("<w:lang w:val=\"vi-VN\""));
    let document = part(&bytes, "word/document.xml");
    for markup in [
        "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>",
        "w:top=\"1134\" w:right=\"850\" w:bottom=\"1134\" w:left=\"1701\"",
        "<w:cantSplit/><w:tblHeader/>",
        "<w:pStyle w:val=\"Heading2\"/>",
    ] {
        assert!(document.contains(markup), "{markup}");
    }
    let slip = write(&paper(), &layout("GIẤY GIỚI THIỆU", Arrangement::Slip)).unwrap();
    assert!(part(&slip, "word/document.xml").contains("w:h=\"8391\" w:orient=\"landscape\""));
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    let layout = layout("NGHỊ QUYẾT", Arrangement::Titled);
    assert_eq!(write(&paper(), &layout), write(&paper(), &layout));
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{0,20}", any::<String>(), "[a-zđơưắ]{1,5}( [a-zđơư]{1,5}){0,4}"]
}

proptest! {
    /// Whatever is written, what comes of it is a DOCX, and plain words come back.
    #[test]
    fn any_words_make_a_file_that_can_be_read(
        given in prop::collection::vec(words(), 1..8),
        cells in prop::collection::vec(prop::collection::vec(words(), 0..4), 0..4),
        width in 0_u8..,
        length in any::<f64>(),
    ) {
        let mut paper = paper();
        paper.body = given.iter().map(|text| Block::Paragraph { text: format!("x {text} y.") }).collect();
        let columns = vec![Column { head: given[0].clone(), width, centred: false }];
        paper.body.push(Block::Table { caption: None, columns, rows: cells });
        paper.signatures = vec![Signature { authority: given.clone(), position: given[0].clone(), name: None, mark: given.clone() }];
        (paper.addressees, paper.recipients, paper.summary) = (given.clone(), given.clone(), Some(given[0].clone()));
        let mut layout = layout(&given[0], Arrangement::Letter);
        (layout.indent, layout.margins.left) = (length, length);
        let text = again(&paper, &layout).text;
        let is_plain = |words: &&String| words.chars().all(char::is_alphanumeric) && !words.is_empty();
        for words in given.iter().filter(is_plain) {
            let line = format!("x {} y.", text::nfc(words));
            prop_assert!(text.lines().any(|other| other == line), "{line} in {text}");
        }
    }
}
