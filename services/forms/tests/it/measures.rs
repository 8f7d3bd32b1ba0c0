//! The measures of the guide (36-HD/VPTW, kept by 05-HD/VPTW), taken from the page as poppler sees it.

use schema_forms::{DocumentPaper, Paper};

use crate::{
    judges::boxes,
    office::{Office, letter, paragraph},
};

/// Points of a millimetre.
const MM: f64 = 72.0 / 25.4;
/// A letter may reach a little over the edge of its box.
const SLACK: f64 = 1.0;

fn near(found: f64, wanted: f64) -> bool {
    (found - wanted).abs() < SLACK
}

#[tokio::test]
async fn a_document_keeps_the_margins_the_indent_and_the_pitch() {
    let office = Office::plain().await;
    let long = "Đảng ủy xã đề nghị các chi bộ trực thuộc báo cáo kết quả thực hiện nghị quyết. ".repeat(4);
    let body = (1..=18).map(|at| paragraph(&format!("Đoạn{at} {long}"))).collect();
    let paper = DocumentPaper { genre: "resolution".into(), body, ..letter() };
    let (rendered, pdf) = office.print(Paper::Document(paper), "2026-11-20").await.unwrap();
    assert!(rendered.pages >= 2);
    let (left, right) = (30.0 * MM, (210.0 - 15.0) * MM);
    let pages = boxes(&pdf);
    for (at, page) in pages.iter().enumerate() {
        let text: Vec<_> = page.iter().filter(|word| word.text != (at + 1).to_string() || word.top > 60.0).collect();
        let least = text.iter().map(|word| word.left).fold(f64::MAX, f64::min);
        let most = text.iter().map(|word| word.right).fold(0.0, f64::max);
        assert!(near(least, left) && near(most, right), "page {}: {least} to {most}", at + 1);
        assert!(
            text.iter().all(|word| word.top > 20.0 * MM - SLACK && word.bottom < 277.0 * MM + SLACK),
            "page {}",
            at + 1
        );
        let number = page.iter().filter(|word| word.top < 20.0 * MM - SLACK).map(|word| word.text.as_str());
        let expected = (at > 0).then(|| (at + 1).to_string());
        assert_eq!(number.collect::<Vec<_>>(), Vec::from_iter(expected.as_deref()), "only the number, from page 2");
    }
    let first = &pages[0];
    let begins = first.iter().find(|word| word.text == "Đoạn1").unwrap();
    assert!(near(begins.left, left + 10.0 * MM), "the first line is 10 mm in: {}", begins.left);
    // The next line begins at the margin, 18 points below.
    let below = first.iter().find(|word| word.top > begins.top + 5.0).unwrap();
    assert!(near(below.left, left) && near(below.top - begins.top, 18.0), "{} after {}", below.top, begins.top);
    // The title of the Party stands at the right edge.
    let party = first.iter().find(|word| word.text == "NAM").unwrap();
    assert!(near(party.right, right), "{}", party.right);
    office.bench.finish().await;
}
