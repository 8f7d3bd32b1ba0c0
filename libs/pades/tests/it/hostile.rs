//! Broken and malicious files: each is answered, none makes us panic, run for long or take much memory.

use std::time::{Duration, Instant};

use pades::{Certificate, Report, Trust, Unreadable, Verdict, sign, verify};
use proptest::prelude::*;

use crate::fixture::{self, House, details, find, find_last, now};

fn judged(pdf: &[u8], trust: &Trust) -> Result<Report, Unreadable> {
    let began = Instant::now();
    let report = verify(pdf, trust, now());
    assert!(began.elapsed() < Duration::from_secs(60), "it took {:?}", began.elapsed());
    report
}

/// A file whose catalog, form or pages are what the case says.
fn odd(objects: &[&str]) -> Vec<u8> {
    fixture::of_objects(objects)
}

#[test]
fn circles_are_left() {
    let trust = Trust::default();
    let pages = odd(&["<</Type/Catalog/Pages 2 0 R>>", "<</Kids[2 0 R]/Count 1>>"]);
    assert!(judged(&pages, &trust).is_ok(), "a document without a form has no signature, whatever its pages");
    let house = House::new();
    assert!(sign(&pages, &house.person.signer().unwrap(), &details()).is_err());
    let fields = odd(&["<</Type/Catalog/AcroForm<</Fields[2 0 R]>>>>", "<</T(a)/Kids[2 0 R]>>"]);
    assert!(matches!(judged(&fields, &trust), Err(Unreadable::TooMuch(_))));
    let references = odd(&["<</Type/Catalog/AcroForm 2 0 R>>", "3 0 R", "2 0 R"]);
    assert!(matches!(judged(&references, &trust), Err(Unreadable::TooMuch(_))));
    let length = odd(&["<</Type/Catalog/AcroForm 2 0 R>>", "<</Length 2 0 R>>stream\nx\nendstream"]);
    assert!(judged(&length, &trust).is_err());
    let mut section = fixture::with_table();
    let start = find_last(&section, "xref\n0 ");
    let size = find(&section, "/Size");
    section.splice(size..size, format!("/Prev {start} ").bytes());
    assert!(matches!(judged(&section, &trust), Err(Unreadable::Broken { .. })));
}

#[test]
fn several_megabytes_of_nesting_are_refused() {
    let trust = Trust::default();
    for (open, close) in [("[", "]"), ("<</A", ">>"), ("(", ")")] {
        let nested = format!("<</Type/Catalog/AcroForm {}1{}>>", open.repeat(2_000_000), close.repeat(2_000_000));
        let judged = judged(&odd(&[&nested]), &trust);
        assert!(judged.is_err() || open == "(", "{judged:?}");
    }
}

#[test]
fn huge_numbers_are_refused() {
    let trust = Trust::default();
    let pdf = String::from_utf8_lossy(&fixture::with_table()).into_owned();
    let start = pdf.lines().rev().nth(1).unwrap().to_owned();
    for number in ["99999999999999999999999", "18446744073709551615", "4294967296", "-1", "999999999"] {
        let far = pdf.replace(&format!("startxref\n{start}"), &format!("startxref\n{number}"));
        assert!(judged(far.as_bytes(), &trust).is_err(), "{number}");
        let many = pdf.replace("xref\n0 7", &format!("xref\n0 {number}"));
        assert!(judged(many.as_bytes(), &trust).is_err(), "{number}");
    }
    let streams = fixture::with_streams();
    let start = find_last(&streams, "8 0 obj");
    for (from, to) in [("/W[1 2 1]", "/W[9 9 9]"), ("/Columns 4", "/Columns 0"), ("/Size 9", "/Size 3")] {
        let place = start + find(&streams[start..], from);
        let mut changed = streams.clone();
        changed[place..place + from.len()].copy_from_slice(to.as_bytes());
        let _ = judged(&changed, &trust);
    }
}

/// A cross-reference stream of so many spaces.
fn unfolding(mebibytes: usize) -> Vec<u8> {
    use std::io::Write as _;
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    for _ in 0..mebibytes {
        packed.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let packed = packed.finish().unwrap();
    let mut pdf = b"%PDF-1.7\n1 0 obj\n".to_vec();
    let length = packed.len();
    writeln!(pdf, "<</Type/XRef/W[1 2 1]/Size 9999999/Root 1 0 R/Filter/FlateDecode/Length {length}>>stream").unwrap();
    pdf.extend(packed);
    pdf.extend(b"\nendstream\nendobj\nstartxref\n9\n%%EOF");
    pdf
}

#[test]
fn a_stream_that_unfolds_without_end_is_refused() {
    for mebibytes in [5, 33] {
        let judged = judged(&unfolding(mebibytes), &Trust::default());
        assert!(matches!(judged, Err(Unreadable::TooMuch(_))), "{judged:?}");
    }
}

#[test]
fn a_signature_with_nonsense_in_it_is_told() {
    let house = House::new();
    let pdf = house.signed(&fixture::with_table());
    let place = find(&pdf, "/Contents <") + 11;
    let end = find_last(&pdf, ">>>\nendobj");
    for nonsense in ["00", "30", "3080", "308430303030", "ffffffff"] {
        let mut changed = pdf.clone();
        let letters: Vec<u8> = nonsense.bytes().cycle().take(end - place).collect();
        changed[place..end].copy_from_slice(&letters);
        let report = judged(&changed, &house.trust()).unwrap();
        assert_eq!(report.verdict, Verdict::Unproven, "{nonsense}: {report:#?}");
    }
    // The same field twice, and a thousand fields with one signature.
    let many = "2 0 R ".repeat(1_000);
    let form = format!("<</Type/Catalog/AcroForm<</Fields[{many}]>>>>");
    let fields = odd(&[&form, "<</FT/Sig/T(a)/V<</ByteRange[0 1 2 3]/Contents<00>>>>>"]);
    assert!(judged(&fields, &house.trust()).is_err());
}

/// The bytes with the long texts in hexadecimal taken out.
fn without_signatures(pdf: &[u8]) -> Vec<u8> {
    let parts = pdf.split(|byte| matches!(byte, b'<' | b'>'));
    parts.filter(|part| part.len() < 1_000).collect::<Vec<_>>().join(&b'|')
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever is done to a signed file, there is an answer; and what was cut or overwritten is never valid.
    #[test]
    fn mutated_files_are_answered(
        which in 0_usize..4,
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..4, 1_usize..200), 1..6),
    ) {
        let house = House::new();
        let original = match which {
            0 => house.signed(&fixture::with_table()),
            1 => house.signed_twice(&fixture::with_table()),
            2 => house.signed(&fixture::with_streams()),
            _ => house.signed_twice(&fixture::with_streams()),
        };
        let mut pdf = original.clone();
        for (place, byte, kind, length) in edits {
            let place = place.index(pdf.len().max(1)).min(pdf.len());
            let end = (place + length).min(pdf.len());
            match kind {
                0 => pdf[place..end].fill(byte),
                1 => drop(pdf.drain(place..end)),
                2 => { let piece = pdf[place..end].to_vec(); pdf.splice(place..place, piece); }
                _ => pdf.truncate(place.max(64)),
            }
        }
        let report = judged(&pdf, &house.trust());
        let _ = sign(&pdf, &house.person.signer().unwrap(), &details());
        // What is still valid is what was signed, but for the places of the signatures themselves.
        if let Ok(report) = report && report.verdict == Verdict::Valid {
            for signature in &report.signatures {
                let covered = usize::try_from(signature.covered).unwrap();
                prop_assert_eq!(without_signatures(&pdf[..covered]), without_signatures(&original[..covered]));
            }
        }
    }

    /// The parts of a PDF in any order.
    #[test]
    fn tokens_in_any_order_are_answered(tokens in prop::collection::vec(prop::sample::select(vec![
        "%PDF-1.7\n", "1 0 obj\n", "endobj\n", "<<", ">>", "[", "]", "/Type/Catalog", "/Root 1 0 R", "xref\n0 2\n", "trailer",
        "0000000009 00000 n\r\n", "startxref\n", "9\n", "%%EOF", "/Prev 9", "stream\n", "endstream", "/Length 9", "/AcroForm 1 0 R",
        "/Fields[1 0 R]", "/Type/XRef/W[1 1 1]/Size 3", "/Kids[1 0 R]", "/FT/Sig", "/V 1 0 R", "(", ")", "<41>", "1 0 R ", "-5 ",
    ]), 0..60)) {
        let pdf = format!("%PDF-1.7\n{}\nstartxref\n9\n%%EOF", tokens.concat());
        let _ = judged(pdf.as_bytes(), &Trust::default());
    }

    /// A mutated certificate is read or refused.
    #[test]
    fn mutated_certificates_are_answered(place in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let house = House::new();
        let mut der = house.person.certificate.der().to_vec();
        let place = place.index(der.len());
        der[place] = byte;
        if cut {
            der.truncate(place);
        }
        let _ = Certificate::from_der(&der);
        let _ = Certificate::from_pem(&der);
    }
}
