//! Digital signatures on what arrives: looked at when a file comes, and kept as they were found.

use std::{fmt::Write as _, time::Duration};

use pades::{Details, Subject, TrialAuthority, sign};
use schema_documents::{
    AttachIncomingFile, DetachIncomingFile, FileSignatures, GetIncomingSignatures, IncomingDocument,
    IncomingSignatures, RegisterIncoming, SignatureCheckState as State, SignatureRevocation,
    SignatureVerdict as Verdict,
};
use serde_json::json;
use testbed::{Pair, process::until};
use wire::{Instant, id::IncomingId};

use crate::house::House;

/// A PDF of one page that says this.
fn pdf(said: &str) -> Vec<u8> {
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

/// The same, signed by somebody to whom the authority issued a certificate.
fn signed(authority: &mut TrialAuthority, at: Instant) -> Vec<u8> {
    let who = Subject::Person { name: "Nguyễn Văn Mẫu", organisation: "Văn phòng Ví Dụ" };
    let key = authority.issue(&who, at).unwrap().signer().unwrap();
    let details = Details { at, name: None, reason: Some("Ký ban hành".into()), place: None };
    sign(&pdf("Bao cao so 15"), &key, &details).unwrap().pdf().to_vec()
}

/// What was found once everything that came has been looked at.
async fn found(house: &House, id: IncomingId) -> Vec<FileSignatures> {
    let call = GetIncomingSignatures { id };
    until("the files to be looked at", Duration::from_secs(20), || async {
        let IncomingSignatures { files, .. } = house.clerk.call(&call).await.unwrap();
        files.iter().all(|file| file.state != State::Waiting).then_some(files)
    })
    .await
    .unwrap()
}

async fn arrived(house: &House, number: u32, content: Vec<u8>) -> IncomingDocument {
    let ticket = house.upload_bytes(&house.clerk, content, "bao-cao.pdf", "incoming_document").await;
    house.clerk.call(&RegisterIncoming { files: vec![ticket], ..house.order(number) }).await.unwrap()
}

/// A document whose file was looked at.
pub(crate) async fn looked_at(house: &House, number: u32) {
    let document = arrived(house, number, pdf("Khong ky")).await;
    found(house, document.id).await;
}

#[tokio::test]
async fn who_signed_what_arrived_is_found_and_kept_on_both_databases() {
    for pair in [Pair::LocalSqlite, Pair::LocalPostgres] {
        let mut house = House::open(pair).await;
        let now = house.bench.platform.clock.now();
        let mut authority = TrialAuthority::new("Tổ chức thử nghiệm", now).unwrap();
        let whole = signed(&mut authority, now);

        // Nobody is trusted yet: what holds is told to be unproven, and stays what was found then.
        let early = arrived(&house, 1, whole.clone()).await;
        let told = found(&house, early.id).await;
        assert_eq!((told.len(), told[0].verdict), (1, Some(Verdict::Unproven)), "{told:?}");
        let only = &told[0].signatures[0];
        assert!(only.unchanged && only.findings.contains(&"untrusted_issuer".to_owned()), "{only:?}");
        assert_eq!(only.signer.as_ref().map(|party| party.name.as_str()), Some("Nguyễn Văn Mẫu"));

        let trusted = tempfile::tempdir().unwrap();
        let path = trusted.path().join("authority.der");
        std::fs::write(&path, authority.certificate().der()).unwrap();
        house.bench.halt("documents").await;
        let section = json!({ "signatures": { "authorities": [path] } });
        house.bench.run_with(documents::service(), Some(section)).await.unwrap();
        assert_eq!(found(&house, early.id).await, told, "a record does not change");

        let mut altered = signed(&mut authority, now);
        let place = altered.windows(10).position(|bytes| bytes == b"Bao cao so").unwrap();
        altered[place] = b'R';
        let good = arrived(&house, 2, signed(&mut authority, now)).await;
        for content in [altered, pdf("Khong ky"), b"%PDF-1.7 gay".to_vec()] {
            let ticket = house.upload_bytes(&house.clerk, content, "kem.pdf", "incoming_document").await;
            house.clerk.call(&AttachIncomingFile { id: good.id, ticket }).await.unwrap();
        }
        let told = found(&house, good.id).await;
        let seen: Vec<_> = told.iter().map(|file| (file.state, file.verdict)).collect();
        let expected = [
            (State::Checked, Some(Verdict::Valid)),
            (State::Checked, Some(Verdict::Invalid)),
            (State::Checked, Some(Verdict::Unsigned)),
            (State::Unreadable, None),
        ];
        assert_eq!(seen, expected);
        let (first, second) = (&told[0].signatures[0], &told[1].signatures[0]);
        // A PDF tells moments to the second.
        let claimed = first.claimed_at.unwrap();
        assert!(first.unchanged && now.since(claimed) < Duration::from_secs(1), "{first:?}");
        assert_eq!(first.revocation, SignatureRevocation::Unknown, "no list says anything");
        assert!(!second.unchanged && second.findings.contains(&"content_differs".to_owned()), "{second:?}");

        // What names people goes with its file.
        house.clerk.call(&DetachIncomingFile { id: good.id, file: told[0].file }).await.unwrap();
        assert_eq!(found(&house, good.id).await.len(), 3);
        house.close().await;
    }
}
