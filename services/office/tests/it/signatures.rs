//! What the operator is told of the signatures of a document.

use std::{fmt::Write as _, path::Path, process::Command};

use pades::{Details, Subject, TrialAuthority, sign};
use runtime::Clock;

/// A page of nothing.
fn pdf() -> Vec<u8> {
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    ];
    let (mut file, mut table) = ("%PDF-1.7\n".to_owned(), "xref\n0 4\n0000000000 65535 f\r\n".to_owned());
    for (place, object) in objects.iter().enumerate() {
        write!(table, "{:010} 00000 n\r\n", file.len()).unwrap();
        write!(file, "{} 0 obj\n{object}\nendobj\n", place + 1).unwrap();
    }
    let start = file.len();
    write!(file, "{table}trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").unwrap();
    file.into_bytes()
}

fn asked(file: &Path, more: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vanphong"));
    let output = command.arg("signatures").arg(file).args(more).output().unwrap();
    (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

#[test]
fn a_document_says_who_signed_it_and_whether_it_is_what_they_signed() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    let now = Clock::system().now();
    let mut authority = TrialAuthority::new("CA thử nghiệm", now).unwrap();
    let subject = Subject::Person { name: "Nguyễn Văn Mẫu", organisation: "Tỉnh ủy Ví Dụ" };
    let signer = authority.issue(&subject, now).unwrap().signer().unwrap();
    let details = Details { at: now, name: None, reason: None, place: None };
    let signed = sign(&pdf(), &signer, &details).unwrap().pdf().to_vec();
    let root = put("ca.der", authority.certificate().der());
    let trusted = ["--trust", root.to_str().unwrap()];

    let good = put("good.pdf", &signed);
    let (code, said) = asked(&good, &trusted);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("hợp lệ · valid") && said.contains("Nguyễn Văn Mẫu"), "{said}");
    let (code, said) = asked(&good, &[]);
    assert!(code == Some(1) && said.contains("unproven") && said.contains("untrusted_issuer"), "{said}");
    let (_, said) = asked(&good, &[&trusted[..], &["--json"]].concat());
    assert_eq!(serde_json::from_str::<serde_json::Value>(&said).unwrap()["verdict"], "valid");

    let mut touched = signed;
    *touched.iter_mut().find(|byte| **byte == b'9').unwrap() = b'8';
    let (code, said) = asked(&put("touched.pdf", &touched), &trusted);
    assert!(code == Some(1) && said.contains("không hợp lệ · invalid"), "{said}");
    let (code, said) = asked(&put("plain.pdf", &pdf()), &trusted);
    assert!(code == Some(1) && said.contains("unsigned"), "{said}");
    let (code, said) = asked(&put("note.txt", b"no document"), &trusted);
    assert!(code == Some(78) && said.contains("note.txt"), "{said}");
    let (code, said) = asked(&folder.path().join("missing.pdf"), &[]);
    assert!(code == Some(78) && said.contains("missing.pdf"), "{said}");
}
