//! What people and programs may send: markup, letters that are none, too much of everything.

use schema_forms::{
    Block, Column, DocumentPaper, FormContent, Letterhead, Paper, ReceiptPaper, Refusal, Signature, StagedPaper,
};
use wire::Refusal as _;

use crate::{
    judges::{Files, words},
    office::{Office, letter, paragraph, register},
};

/// Words that would do something if they were read as markup or code, by typst or by a PDF.
const HOSTILE: [&str; 16] = [
    "#panic(1)",
    "#read(\"/etc/passwd\")",
    "#import \"@preview/x:1.0.0\"",
    "#set page(width: 1pt)",
    "#let data = 1",
    "*đậm* _nghiêng_ `mã`",
    "$x^2$",
    "= Tiêu đề",
    "+ mục",
    "/ từ: nghĩa",
    "@nguồn <nhãn>",
    "https://example.vn/a?b=c",
    "\\ \\u{41} \\n",
    "// chú thích /* và */",
    "[ ] { } ( ) ~ -- --- ...",
    "(endobj) /JS <</S/JavaScript>> %%EOF",
];

#[tokio::test]
async fn markup_is_text_wherever_it_stands() {
    let office = Office::plain().await;
    let mut files = Files::new();
    for (at, hostile) in HOSTILE.iter().enumerate() {
        let all = || (*hostile).to_owned();
        let column = Column { head: all(), width: 50, centred: false };
        let paper = DocumentPaper {
            genre: "resolution".into(),
            head: Letterhead { superior: Some(all()), bodies: vec![all()], place: Some(all()), ..letter().head },
            summary: Some(all()),
            circulation: Some(all()),
            addressees: vec![all()],
            body: vec![
                paragraph(hostile),
                Block::Article { number: all(), text: all() },
                Block::Table { caption: Some(all()), columns: vec![column], rows: vec![vec![all()]] },
            ],
            signatures: vec![Signature {
                authority: vec![all()],
                position: all(),
                name: Some(all()),
                mark: vec![all()],
            }],
            recipients: vec![all(), all()],
            typist: Some(all()),
            ..letter()
        };
        let (rendered, pdf) = office.print(Paper::Document(paper), "2026-11-20").await.unwrap();
        assert_eq!(rendered.pages, 1, "{hostile}");
        let found = words(&pdf).split_whitespace().collect::<Vec<_>>().join(" ");
        let times = found.matches(hostile.trim_end_matches('.')).count();
        assert!(times >= 10, "`{hostile}` stands {times} times: {found}");
        files.add(&at.to_string(), &pdf);
    }
    assert_eq!(files.complaints(), "");
    office.bench.finish().await;
}

#[tokio::test]
async fn a_long_abstract_and_a_long_word_stay_on_the_paper() {
    let office = Office::plain().await;
    let mut files = Files::new();
    let long = "kết quả chuyển đổi số ".repeat(136);
    let word = "x".repeat(280);
    for genre in ["official_letter", "resolution"] {
        let paper = DocumentPaper {
            genre: genre.into(),
            summary: Some(long.clone()),
            body: vec![paragraph(&word)],
            recipients: vec![word.clone()],
            ..letter()
        };
        let (_, pdf) = office.print(Paper::Document(paper), "2026-11-20").await.unwrap();
        // Nothing is lost, and no line is longer than the page is wide.
        let words = words(&pdf);
        let letters = words.chars().filter(|letter| *letter == 'x').count();
        assert!(letters >= 560, "{letters}");
        assert!(
            words.lines().all(|line| line.trim().chars().filter(|letter| *letter == 'x').count() <= 150),
            "{words}"
        );
        files.add(genre, &pdf);
    }
    assert_eq!(files.complaints(), "");
    office.bench.finish().await;
}

#[tokio::test]
async fn every_refusal_names_what_is_wrong_and_where() {
    let office = Office::plain().await;
    let column = |width| Column { head: "TT".into(), width, centred: false };
    let table = |width, rows: Vec<Vec<String>>| Block::Table { caption: None, columns: vec![column(width)], rows };
    let with = |body: Vec<Block>| Paper::Document(DocumentPaper { body, ..letter() });
    let receipt = ReceiptPaper {
        head: letter().head,
        giver: " ".into(),
        taker: "Ông Đỗ Văn Ổi".into(),
        items: vec![schema_forms::ReceiptItem { name: "Báo cáo".into(), sheets: None, note: String::new() }],
        remark: None,
        signatures: Vec::new(),
    };
    let cases = [
        (Paper::Document(DocumentPaper { genre: "poem".into(), ..letter() }), "forms.genre_unknown", "poem"),
        (Paper::Receipt(receipt), "forms.text_missing", "giver"),
        (with(vec![paragraph(&"a".repeat(20_001))]), "forms.text_too_long", "body/0/text"),
        (with(vec![paragraph("một\u{202E}hai")]), "forms.text_unclean", "U+202E"),
        (with(vec![paragraph("chữ 漢")]), "forms.letter_missing", "character 5 of `body/0/text` is `U+6F22`"),
        (with(vec![paragraph("a"); 10_001]), "forms.too_many", "body"),
        (with(vec![table(5, vec![vec!["1".into(), "2".into()]])]), "forms.row_uneven", "body/0/rows/0"),
        (with(vec![table(101, Vec::new())]), "forms.width_outside", "body/0/columns/0/width"),
        (Paper::IncomingRegister(register(5_001)), "forms.too_many", "lines"),
    ];
    for (paper, code, place) in cases {
        let content = office.stage(serde_json::to_vec(&paper).unwrap()).await;
        let fault = office.ask(FormContent::Staged { file: content }, "2026-11-20").await.unwrap_err();
        assert_eq!(fault.code, code);
        assert!(fault.en.contains(place), "{code}: {}", fault.en);
    }
    let gone = StagedPaper { sha256: "0".repeat(64), size: 1 };
    let nonsense = office.stage(b"{\"form\":\"poem\"}".to_vec()).await;
    let escaping = StagedPaper { sha256: "../../etc/passwd".into(), size: 1 };
    let shorter = StagedPaper { size: 1, ..nonsense.clone() };
    for file in [gone, nonsense, escaping, shorter] {
        let fault = office.ask(FormContent::Staged { file }, "2026-11-20").await.unwrap_err();
        assert_eq!(fault.code, "forms.staged_unreadable");
    }
    let heavy = office.stage(vec![b' '; 5 * 1024 * 1024]).await;
    let fault = office.ask(FormContent::Staged { file: heavy }, "2026-11-20").await.unwrap_err();
    assert_eq!(fault.code, "forms.content_too_large");
    assert_eq!(fault.code, Refusal::ContentTooLarge { most_mib: 4 }.fault().code);
    let fault = office.refused(with(vec![paragraph("\u{7}")])).await;
    assert!(fault.vi.contains("không in được"), "{}", fault.vi);
    office.bench.finish().await;
}
