//! Small PDFs, signed and unsigned.

use std::fmt::Write as _;

use pades::{Details, Subject, TrialAuthority, sign};
use wire::Instant;

/// A PDF of one page that says this, in plain letters.
pub fn page(said: &str) -> Vec<u8> {
    let content = format!("BT /F 12 Tf 72 720 Td ({said}) Tj ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>".to_owned(),
        format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>".to_owned(),
    ];
    let (mut pdf, mut table) = ("%PDF-1.7\n".to_owned(), "xref\n0 6\n0000000000 65535 f\r\n".to_owned());
    for (at, object) in objects.iter().enumerate() {
        write!(table, "{:010} 00000 n\r\n", pdf.len()).unwrap();
        write!(pdf, "{} 0 obj\n{object}\nendobj\n", at + 1).unwrap();
    }
    let start = pdf.len();
    write!(pdf, "{table}trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n{start}\n%%EOF").unwrap();
    pdf.into_bytes()
}

/// The page `Bao cao so 15`, signed by `Nguyễn Văn Mẫu`, to whom the authority issues a certificate.
pub fn signed(authority: &mut TrialAuthority, at: Instant) -> Vec<u8> {
    let who = Subject::Person { name: "Nguyễn Văn Mẫu", organisation: "Văn phòng Ví Dụ" };
    let key = authority.issue(&who, at).unwrap().signer().unwrap();
    let details = Details { at, name: None, reason: Some("Ký ban hành".into()), place: None };
    sign(&page("Bao cao so 15"), &key, &details).unwrap().pdf().to_vec()
}
