//! What was appended after a signature: told, and judged.

use std::io::Write as _;

use pades::{After, Finding, Verdict, verify};

use crate::fixture::{self, House, find_last, now};

/// Appends objects with a table of their own, as an editor does.
fn appended(pdf: &[u8], objects: &[(u32, &str)], trailer: &str) -> Vec<u8> {
    let mut out = pdf.to_vec();
    let start = find_last(pdf, "startxref");
    let previous = String::from_utf8_lossy(&pdf[start + 10..]).lines().next().unwrap().to_owned();
    let mut table = String::from("xref\n");
    for (number, object) in objects {
        table.push_str(&format!("{number} 1\n{:010} 00000 n\r\n", out.len()));
        write!(out, "{number} 0 obj\n{object}\nendobj\n").unwrap();
    }
    let start = out.len();
    write!(out, "{table}trailer\n<</Size 40/Root 1 0 R/Prev {previous}{trailer}>>\nstartxref\n{start}\n%%EOF\n")
        .unwrap();
    out
}

fn places(house: &House, pdf: &[u8]) -> Vec<String> {
    let report = verify(pdf, &house.trust(), now()).unwrap();
    assert_eq!(report.verdict, Verdict::Invalid, "{report:#?}");
    assert!(report.signatures[0].findings.contains(&Finding::AlteredAfter));
    let After::Altered { places } = &report.signatures[0].after else { panic!("{report:#?}") };
    places.clone()
}

#[test]
fn another_content_another_page_and_another_catalog_are_told() {
    let house = House::new();
    let pdf = house.signed(&fixture::with_table());
    let content = "<</Length 2>>stream\nET\nendstream";
    assert_eq!(places(&house, &appended(&pdf, &[(4, content)], "")), ["page 1: Contents"]);
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Annots[8 0 R]>>";
    assert_eq!(places(&house, &appended(&pdf, &[(3, page)], "")), ["page 1: Contents, MediaBox, Resources"]);
    let catalog = "<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R/OpenAction 9 0 R>>";
    assert_eq!(places(&house, &appended(&pdf, &[(1, catalog)], "")), ["catalog: OpenAction, AcroForm"]);
}

#[test]
fn a_note_over_the_page_is_told() {
    let house = House::new();
    let pdf = house.signed(&fixture::with_table());
    let page = String::from_utf8_lossy(&pdf[find_last(&pdf, "3 0 obj\n") + 8..]).lines().next().unwrap().to_owned();
    let noted = page.replace("/Annots [8 0 R]", "/Annots [8 0 R 9 0 R]");
    assert_ne!(page, noted);
    let note = "<</Type/Annot/Subtype/FreeText/Rect[0 0 500 500]/Contents(Khac)>>";
    assert_eq!(places(&house, &appended(&pdf, &[(3, &noted), (9, note)], "")), ["page 1: Annots"]);
}

#[test]
fn bytes_to_which_nothing_leads_are_told() {
    let house = House::new();
    let pdf = house.signed(&fixture::with_table());
    let report = verify(&[&pdf[..], b"  \n"].concat(), &house.trust(), now()).unwrap();
    assert_eq!(report.verdict, Verdict::Valid);
    assert_eq!(places(&house, &[&pdf[..], b"4 0 obj<<>>endobj"].concat()), ["bytes to which nothing leads"]);
}

#[test]
fn other_metadata_and_harmless_copies_are_no_alteration() {
    let house = House::new();
    let pdf = house.signed(&fixture::with_table());
    let same = "<</Type /Pages /Kids [3 0 R] /Count 1>>";
    let pdf = appended(&pdf, &[(2, same), (30, "<</Producer(Khac)>>")], "/Info 30 0 R");
    let report = verify(&pdf, &house.trust(), now()).unwrap();
    assert_eq!((report.verdict, &report.signatures[0].after), (Verdict::Valid, &After::SignaturesOnly));
}

#[test]
fn a_signature_of_someone_else_does_not_cover_up_an_alteration() {
    let house = House::new();
    let altered = appended(&house.signed(&fixture::with_table()), &[(4, "<</Length 2>>stream\nET\nendstream")], "");
    let pdf = fixture::signed_by(&altered, &house.organisation.signer().unwrap());
    let report = verify(&pdf, &house.trust(), now()).unwrap();
    assert_eq!(report.verdict, Verdict::Invalid);
    assert_eq!(report.signatures[0].verdict, Verdict::Invalid, "the person did not sign this");
    assert_eq!(report.signatures[1].verdict, Verdict::Valid, "the organisation did");
}

#[test]
fn a_range_that_leaves_out_more_than_the_signature_is_refused() {
    let house = House::new();
    let pdf = house.signed(&fixture::with_table());
    let from = find_last(&pdf, "/ByteRange [") + 12;
    let to = from + pdf[from..].iter().position(|byte| *byte == b']').unwrap();
    let told: Vec<usize> =
        String::from_utf8_lossy(&pdf[from..to]).split(' ').map(|number| number.parse().unwrap()).collect();
    let [first, before, after, length] = told[..] else { panic!() };
    let cases = [
        [first, before - 100, after, length],
        [first, before, after + 2, length - 2],
        [1, before - 1, after, length],
        [first, before, after, length + 1],
        [first, after, before, length],
        [first, before, after, 0],
        [first, before, 9_999_999_999_999, 9_999_999_999_999],
    ];
    for case in cases {
        let text = case.map(|number| number.to_string()).join(" ");
        let mut changed = pdf.clone();
        changed[from..from + 46].fill(b' ');
        changed[from..from + text.len()].copy_from_slice(text.as_bytes());
        changed[from + text.len()] = b']';
        let report = verify(&changed, &house.trust(), now()).unwrap();
        assert_eq!(report.verdict, Verdict::Invalid, "{text}");
        let wrong = report.signatures[0].findings.iter().any(|it| matches!(it, Finding::RangeWrong { .. }));
        assert!(wrong, "{text}: {report:#?}");
    }
}
