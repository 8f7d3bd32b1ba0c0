//! Every genre signed by a person, and then by the organisation: still PDF/A and PDF/UA, believed by a program that is not
//! ours, and with the same words.

use pades::{Details, Subject, TrialAuthority, sign};
use schema_forms::Paper;
use testbed::{judges::Judges, stamper::clock};

use crate::{
    judges::{Files, words},
    office::Office,
    papers::{full, genres},
};

#[tokio::test]
async fn every_genre_stays_what_it_is_when_it_is_signed() {
    let office = Office::plain().await;
    let mut authority = TrialAuthority::new("Tổ chức chứng thực thử nghiệm", clock()).unwrap();
    let mut key = |subject: &Subject<'_>| authority.issue(subject, clock()).unwrap().signer().unwrap();
    let person = key(&Subject::Person { name: "Nguyễn Thị Ẩn", organisation: "Đảng ủy xã Tân Lập" });
    let body = key(&Subject::Organisation { name: "Đảng ủy xã Tân Lập" });
    let (judges, mut files) = (Judges::new(authority.certificate()), Files::new());
    let details = |reason: &str| Details { at: clock(), name: None, reason: Some(reason.to_owned()), place: None };
    let (mut names, mut expected) = (Vec::new(), Vec::new());
    for genre in genres() {
        let (_, plain) = office.print(Paper::Document(full(&genre)), "2026-11-20").await.unwrap();
        let once = sign(&plain, &person, &details("Ký ban hành")).unwrap().pdf().to_vec();
        let twice = sign(&once, &body, &details("Phát hành")).unwrap().pdf().to_vec();
        assert_eq!(words(&twice), words(&plain), "{genre}");
        for (name, pdf) in [(format!("{genre}-person"), &once), (format!("{genre}-both"), &twice)] {
            files.add(&name, pdf);
            judges.write(&format!("{name}.pdf"), pdf);
            names.push(format!("{name}.pdf"));
        }
        expected.push(format!("{genre}-person.pdf Signature1 valid intact entire_file unstamped"));
        expected.push(format!("{genre}-both.pdf Signature1 valid intact entire_revision unstamped"));
        expected.push(format!("{genre}-both.pdf Signature2 valid intact entire_file unstamped"));
    }
    assert_eq!(files.complaints(), "");
    assert_eq!(judges.pyhanko_all(&names), expected);
    office.bench.finish().await;
}
