//! Every paper is what it claims to be, says what it was told to say, and comes out the same again.

use std::collections::BTreeMap;

use schema_forms::{
    Block, Column, DocumentPaper, FormContent, HeadingRank, OutgoingLine, OutgoingRegisterPaper, Paper, ReceiptItem,
    ReceiptPaper, RoutingSlipPaper, Signature,
};
use serde::Deserialize;
use testbed::Pair;
use wire::{Secrecy, Urgency};

use crate::{
    judges::{Files, fonts, words},
    office::{Office, day, letter, paragraph, register},
};

/// The genres of `documents`.
pub(crate) fn genres() -> Vec<String> {
    #[derive(Deserialize)]
    struct Genre {
        key: String,
    }
    let table: BTreeMap<String, Vec<Genre>> =
        toml::from_str(include_str!("../../../documents/data/genres.toml")).unwrap();
    let mut keys: Vec<String> = table["genre"].iter().map(|genre| genre.key.clone()).collect();
    keys.sort();
    keys.dedup();
    keys
}

/// A text with every kind of piece.
fn text() -> Vec<Block> {
    let heading =
        |rank, number: &str, text: &str| Block::Heading { rank, number: Some(number.into()), text: text.into() };
    let column = |head: &str, width| Column { head: head.into(), width, centred: width < 10 };
    vec![
        Block::Ground { text: "- Căn cứ Điều lệ Đảng;".into() },
        heading(HeadingRank::Part, "Phần thứ nhất", "TÌNH HÌNH"),
        heading(HeadingRank::Subsection, "1.", "Kết quả"),
        paragraph("Kết quả tốt."),
        heading(HeadingRank::Chapter, "Chương II", "NHIỆM VỤ"),
        Block::Article { number: "Điều 1.".into(), text: "Phạm vi".into() },
        Block::Clause { number: "1.".into(), text: "Rõ người, rõ việc.".into() },
        Block::Point { number: "a)".into(), text: "Rõ thời hạn.".into() },
        Block::Table {
            caption: Some("Biểu 1".into()),
            columns: vec![column("TT", 8), column("Nội dung", 60)],
            rows: vec![vec!["1".into(), "Chữ ký số".into()], vec!["2".into(), String::new()]],
        },
        paragraph("Nghị quyết này có hiệu lực kể từ ngày ký"),
    ]
}

/// A document of a genre, with everything that one can bear.
pub(crate) fn full(genre: &str) -> DocumentPaper {
    let second = Signature {
        authority: Vec::new(),
        position: "CHỦ TRÌ HỘI NGHỊ".into(),
        name: Some("Lê Văn Ước".into()),
        mark: vec!["Ký bởi: Lê Văn Ước".into(), "Thời gian ký: 16:20 ngày 05/3/2026".into()],
    };
    let mut signatures = letter().signatures;
    if genre == "minutes" {
        signatures.push(second);
    }
    DocumentPaper {
        genre: genre.into(),
        secrecy: Secrecy::Open,
        urgency: Urgency::Express,
        circulation: Some("Xem xong trả lại".into()),
        draft: Some(2),
        addressees: vec!["Ban Thường vụ Tỉnh ủy".into(), "Văn phòng Tỉnh ủy".into()],
        body: text(),
        signatures,
        typist: Some("NTA – 05 bản".into()),
        ..letter()
    }
}

fn others() -> Vec<(&'static str, Paper)> {
    let head = register(0).head;
    let line =
        OutgoingLine {
            symbol: "05-CV/ĐU".into(), summary: "Công văn mời họp".into(), ..OutgoingLine::default()
        };
    let outgoing = OutgoingRegisterPaper {
        head: head.clone(),
        span: "Nhiệm kỳ 2025 – 2030".into(),
        lines: vec![line],
        signatures: letter().signatures,
        remark: Some("In thử".into()),
    };
    let slip = RoutingSlipPaper {
        head: head.clone(),
        number: 2_417,
        day: day("2026-11-20"),
        author: "Tỉnh ủy Thanh Hóa".into(),
        symbol: "84-KH/TU".into(),
        document_day: None,
        summary: "Kế hoạch chuyển đổi số".into(),
        due: Some(day("2026-11-30")),
        steps: Vec::new(),
        signatures: Vec::new(),
    };
    let receipt = ReceiptPaper {
        head,
        giver: "Bà Trần Thị Bưởi".into(),
        taker: "Ông Đỗ Văn Ổi".into(),
        items: vec![ReceiptItem { name: "Báo cáo".into(), sheets: Some(4), note: String::new() }],
        remark: None,
        signatures: letter().signatures,
    };
    let stamp = serde_json::json!({ "body": "VĂN PHÒNG TỈNH ỦY", "number": 7, "day": "2026-11-20" });
    let book = |book| {
        let head = serde_json::json!({ "superior": "TỈNH ỦY VÍ DỤ", "bodies": ["VĂN PHÒNG"] });
        let blank =
            serde_json::json!({ "form": "secret_book", "head": head, "book": book, "span": "Năm 2026", "pages": 3 });
        serde_json::from_value::<Paper>(blank).unwrap()
    };
    vec![
        ("secret-incoming", book("incoming")),
        ("secret-outgoing", book("outgoing")),
        ("secret-copies", book("copies")),
        ("incoming", Paper::IncomingRegister(register(60))),
        ("empty", Paper::IncomingRegister(register(0))),
        ("outgoing", Paper::OutgoingRegister(outgoing)),
        ("slip", Paper::RoutingSlip(slip)),
        ("receipt", Paper::Receipt(receipt)),
        ("stamp", Paper::ArrivalStamp(serde_json::from_value(stamp).unwrap())),
    ]
}

#[tokio::test]
async fn every_paper_is_pdf_a_and_pdf_ua() {
    let office = Office::plain().await;
    let mut files = Files::new();
    let mut papers: Vec<(String, Paper)> =
        genres().into_iter().map(|genre| (genre.clone(), Paper::Document(full(&genre)))).collect();
    papers.extend(others().into_iter().map(|(name, paper)| (name.to_owned(), paper)));
    let bare = DocumentPaper { summary: None, addressees: vec![], signatures: vec![], recipients: vec![], ..letter() };
    papers.push(("bare".into(), Paper::Document(bare)));
    for (name, paper) in papers {
        let (_, pdf) = office.print(paper, "2026-11-20").await.unwrap_or_else(|fault| panic!("{name}: {fault:?}"));
        for font in fonts(&pdf).lines().skip(2) {
            let (name, flags) = font.split_at(37);
            assert!(name.contains("Tinos"), "{font}");
            // Embedded, a part of the font, with the letters of its codes.
            assert!(flags.contains("yes yes yes"), "{font}");
        }
        files.add(&name, &pdf);
    }
    assert_eq!(files.complaints(), "");
    office.bench.finish().await;
}

/// A judge that finds nothing wrong with anything would let everything pass.
#[test]
fn the_judge_refuses_what_is_no_pdf_a() {
    let mut files = Files::new();
    let plain = "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
                 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    files.add("plain", plain.as_bytes());
    let complaints = files.complaints();
    assert!(complaints.contains("FAIL 2b") && complaints.contains("FAIL ua1"), "{complaints}");
}

#[tokio::test]
async fn a_letter_says_what_it_was_told_where_the_guide_puts_it() {
    let office = Office::plain().await;
    let (rendered, pdf) = office.print(Paper::Document(letter()), "2026-11-20").await.unwrap();
    assert_eq!((rendered.pages, rendered.layout.as_str()), (1, "05-HD/VPTW"));
    let words = words(&pdf);
    assert_eq!(words, text::nfc(&words));
    let lines: Vec<String> = words.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).filter(|line| !line.is_empty()).collect();
    assert_eq!(
        lines,
        [
            "TỈNH ỦY THANH HÓA ĐẢNG CỘNG SẢN VIỆT NAM",
            "ĐẢNG ỦY XÃ TÂN LẬP",
            "*",
            "Số 05-CV/ĐU Tân Lập, ngày 05 tháng 3 năm 2026",
            "Về việc báo cáo kết quả quý I",
            "Kính gửi: Các chi bộ trực thuộc",
            "Đảng ủy xã đề nghị các chi bộ báo cáo kết quả quý I.",
            "Nơi nhận: T/M BAN THƯỜNG VỤ",
            "- Như trên, PHÓ BÍ THƯ",
            "- Lưu Văn phòng Đảng ủy.",
            "Nguyễn Thị Ẩn",
        ]
    );
    office.bench.finish().await;
}

/// Every letter of the alphabet in every tone, in NFD as some keyboards give it.
#[tokio::test]
async fn every_vietnamese_letter_is_read_back_in_nfc() {
    let office = Office::plain().await;
    let vowels = "aăâeêioôơuưy";
    let tones = ["", "\u{300}", "\u{309}", "\u{303}", "\u{301}", "\u{323}"];
    let small: Vec<String> =
        vowels.chars().map(|vowel| tones.iter().map(|tone| format!("{vowel}{tone}")).collect::<String>()).collect();
    let small = format!("{} đ", small.join(" "));
    let given = format!("{small} {}", small.to_uppercase());
    let paper = DocumentPaper { body: vec![paragraph(&given)], ..letter() };
    let (_, pdf) = office.print(Paper::Document(paper), "2026-11-20").await.unwrap();
    let read = words(&pdf).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(read.contains(&text::nfc(&given)), "{read}");
    office.bench.finish().await;
}

#[tokio::test]
async fn an_old_paper_is_printed_as_it_stood() {
    let office = Office::plain().await;
    let letter = || Paper::Document(letter());
    let (old, old_pdf) = office.print(letter(), "2024-05-06").await.unwrap();
    let (new, new_pdf) = office.print(letter(), "2026-11-20").await.unwrap();
    assert_eq!((old.layout.as_str(), new.layout.as_str()), ("36-HD/VPTW", "05-HD/VPTW"));
    assert!(words(&old_pdf).contains("kết quả quý I./."));
    assert!(words(&new_pdf).contains("kết quả quý I.\n"));
    let again = office.print(letter(), "2024-05-06").await.unwrap();
    assert!((old, old_pdf) == again, "the same paper is the same bytes");
    let before = office.print(letter(), "2018-04-02").await.unwrap_err();
    assert_eq!((before.code.as_str(), before.field.as_deref()), ("forms.layout_unknown", Some("dated")));
    office.bench.finish().await;
}

async fn a_register_has_its_head_on_every_page(pair: Pair) {
    let office = Office::open(pair).await;
    let paper = serde_json::to_vec(&Paper::IncomingRegister(register(60))).unwrap();
    let file = office.stage(paper).await;
    let (rendered, pdf) = office.ask(FormContent::Staged { file }, "2026-11-20").await.unwrap();
    let (here, _) = office.print(Paper::IncomingRegister(register(60)), "2026-11-20").await.unwrap();
    assert_eq!(rendered, here, "where the content lies makes no difference");
    assert!(rendered.pages > 2);
    let words = words(&pdf);
    for (at, page) in words.trim_end_matches('\u{C}').split('\u{C}').enumerate() {
        assert!(page.contains("Tác giả"), "page {}: {page}", at + 1);
        let number = (at + 1).to_string();
        assert_eq!(at > 0, page.lines().next().unwrap().trim() == number, "page {number}: {page}");
    }
    assert!(words.contains("60-BC/ĐUCA"));
    office.bench.finish().await;
}

#[tokio::test]
async fn a_register_on_sqlite() {
    a_register_has_its_head_on_every_page(Pair::LocalSqlite).await;
}

#[tokio::test]
async fn a_register_on_nats_and_postgresql() {
    a_register_has_its_head_on_every_page(Pair::NatsPostgres).await;
}
