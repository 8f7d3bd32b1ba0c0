//! Small PDFs, written object by object, and an authority with a person and an organisation.

use std::{fmt::Write as _, io::Write as _};

use flate2::{Compression, write::ZlibEncoder};
use pades::{Details, Issued, SoftwareKey, Subject, TrialAuthority, Trust, sign};
use wire::Instant;

/// One page with a line of text, with the metadata that programs compare. `%%EOF` ends the file without an end of
/// line, as Typst ends it.
const OBJECTS: [&str; 6] = [
    "<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
    "<</Length 43>>stream\nBT /F 12 Tf 72 720 Td (Bao cao so 15) Tj ET\nendstream",
    "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>",
    "<</Type/Metadata/Subtype/XML/Length 183>>stream\n<?xpacket begin=\"\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"/></x:xmpmeta><?xpacket end=\"r\"?>\nendstream",
];

/// A PDF with a cross-reference table.
pub(crate) fn with_table() -> Vec<u8> {
    of_objects(&OBJECTS)
}

/// A PDF with a cross-reference table, of the objects given, the catalog first.
pub(crate) fn of_objects(objects: &[&str]) -> Vec<u8> {
    let mut pdf = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f\r\n", objects.len() + 1);
    for (index, object) in objects.iter().enumerate() {
        write!(table, "{:010} 00000 n\r\n", pdf.len()).unwrap();
        write!(pdf, "{} 0 obj\n{object}\nendobj\n", index + 1).unwrap();
    }
    let start = pdf.len();
    let size = objects.len() + 1;
    write!(pdf, "{table}trailer\n<</Size {size}/Root 1 0 R/ID[<01><01>]>>\nstartxref\n{start}\n%%EOF").unwrap();
    pdf
}

/// The same page, its objects packed in a compressed stream, with a compressed cross-reference stream.
pub(crate) fn with_streams() -> Vec<u8> {
    let mut pdf = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
    let mut plain = |number: usize| {
        let place = pdf.len();
        write!(pdf, "{number} 0 obj\n{}\nendobj\n", OBJECTS[number - 1]).unwrap();
        place
    };
    let (content, metadata) = (plain(4), plain(6));
    let (mut head, mut body) = (String::new(), String::new());
    for number in [1, 2, 3, 5] {
        write!(head, "{number} {} ", body.len()).unwrap();
        body.push_str(OBJECTS[number - 1]);
        body.push(' ');
    }
    let packed = pdf.len();
    let dict = format!("/Type/ObjStm/N 4/First {}", head.len());
    stream(&mut pdf, 7, &dict, &[head.as_bytes(), body.as_bytes()].concat());
    let start = pdf.len();
    let mut rows = vec![0, 0, 0, 0];
    let within = |index| (2, 7, index);
    let alone = |place| (1, place, 0);
    let entries =
        [within(0), within(1), within(2), alone(content), within(3), alone(metadata), alone(packed), alone(start)];
    for (kind, middle, last) in entries {
        let middle = u16::try_from(middle).unwrap().to_be_bytes();
        rows.extend([kind, middle[0], middle[1], last]);
    }
    // Each row as its difference from the one above, as most programs write it.
    let mut predicted = Vec::new();
    for (index, row) in rows.chunks(4).enumerate() {
        predicted.push(2);
        predicted.extend((0..4).map(|at| row[at].wrapping_sub(if index == 0 { 0 } else { rows[index * 4 - 4 + at] })));
    }
    let parms = "/DecodeParms<</Predictor 12/Columns 4>>";
    stream(&mut pdf, 8, &format!("/Type/XRef/W[1 2 1]/Size 9/Root 1 0 R{parms}"), &predicted);
    write!(pdf, "startxref\n{start}\n%%EOF\n").unwrap();
    pdf
}

fn stream(pdf: &mut Vec<u8>, number: u32, dict: &str, data: &[u8]) {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
    packed.write_all(data).unwrap();
    let packed = packed.finish().unwrap();
    write!(pdf, "{number} 0 obj\n<<{dict}/Filter/FlateDecode/Length {}>>stream\n", packed.len()).unwrap();
    pdf.extend(packed);
    pdf.extend(b"\nendstream\nendobj\n");
}

/// The moment of all tests that do not say another.
pub(crate) fn now() -> Instant {
    "2026-11-23T06:30:00Z".parse().unwrap()
}

pub(crate) fn details() -> Details {
    Details {
        at: now(),
        name: Some("Nguyễn Văn A".to_owned()),
        reason: Some("Ký ban hành".to_owned()),
        place: Some("Hà Nội".to_owned()),
    }
}

/// An authority, a person and an organisation.
pub(crate) struct House {
    pub(crate) authority: TrialAuthority,
    pub(crate) person: Issued,
    pub(crate) organisation: Issued,
}

impl House {
    pub(crate) fn new() -> Self {
        Self::at(now())
    }

    pub(crate) fn at(moment: Instant) -> Self {
        let mut authority = TrialAuthority::new("CA thử nghiệm", moment).unwrap();
        let person = Subject::Person { name: "Nguyễn Văn A", organisation: "Tỉnh ủy X" };
        let person = authority.issue(&person, moment).unwrap();
        let organisation = authority.issue(&Subject::Organisation { name: "Tỉnh ủy X" }, moment).unwrap();
        Self { authority, person, organisation }
    }

    pub(crate) fn trust(&self) -> Trust {
        Trust { anchors: vec![self.authority.certificate().clone()], ..Trust::default() }
    }

    pub(crate) fn signed(&self, pdf: &[u8]) -> Vec<u8> {
        signed_by(pdf, &self.person.signer().unwrap())
    }

    pub(crate) fn signed_twice(&self, pdf: &[u8]) -> Vec<u8> {
        signed_by(&self.signed(pdf), &self.organisation.signer().unwrap())
    }
}

pub(crate) fn signed_by(pdf: &[u8], signer: &SoftwareKey) -> Vec<u8> {
    sign(pdf, signer, &details()).unwrap().pdf().to_vec()
}

/// The place of the first occurrence of a text.
pub(crate) fn find(pdf: &[u8], text: &str) -> usize {
    pdf.windows(text.len()).position(|window| window == text.as_bytes()).unwrap()
}

/// The place of the last occurrence of a text.
pub(crate) fn find_last(pdf: &[u8], text: &str) -> usize {
    pdf.windows(text.len()).rposition(|window| window == text.as_bytes()).unwrap()
}
