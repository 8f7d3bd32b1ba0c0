//! Digital signatures on what arrives: looked at when a file comes, and kept as they were found.

use std::time::Duration;

use pades::TrialAuthority;
use schema_documents::{
    AttachIncomingFile, DetachIncomingFile, FileSignatures, GetIncomingSignatures, IncomingDocument,
    IncomingSignatures, RegisterIncoming, SignatureCheckState as State, SignatureFinding, SignatureRevocation,
    SignatureVerdict as Verdict,
};
use serde_json::json;
use testbed::{
    Pair,
    pdf::{page, signed},
    process::until,
};
use wire::id::IncomingId;

use crate::house::House;

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
    let document = arrived(house, number, page("Khong ky")).await;
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
        assert!(only.unchanged && only.findings.contains(&SignatureFinding::UntrustedIssuer), "{only:?}");
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
        for content in [altered, page("Khong ky"), b"%PDF-1.7 gay".to_vec()] {
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
        assert!(!second.unchanged && second.findings.contains(&SignatureFinding::ContentDiffers), "{second:?}");

        // What names people goes with its file.
        house.clerk.call(&DetachIncomingFile { id: good.id, file: told[0].file }).await.unwrap();
        assert_eq!(found(&house, good.id).await.len(), 3);

        // What came before files were looked at is not told to be looked at still.
        house.bench.meddle("documents", "DELETE FROM signature_check").await.unwrap();
        let told = found(&house, good.id).await;
        assert!(told.iter().all(|file| file.state == State::Unchecked), "{told:?}");
        house.close().await;
    }
}
