//! Documents that another program signed: the old form, visible, certified, and archived with all its proofs (B-LTA).

use std::fs;

use pades::{After, Finding, Kind, Revocation, SigningFailed, Subject, Trust, Verdict, sign, verify};

use testbed::judges::Judges;

use crate::{
    fixture::{self, House, details},
    stamps::clock,
};

const PYHANKO: &str = include_str!("foreign.py");

/// pyHanko's signature on a document, by the person of a house.
fn signed(house: &mut House, kind: &str, pdf: &[u8]) -> Vec<u8> {
    let bench = Judges::new(house.authority.certificate());
    let rsa = bench.run("openssl", &["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]);
    let stamper = house.authority.issue_to(&Subject::Stamper { name: "Dấu thời gian" }, &rsa, clock()).unwrap();
    for (name, issued) in [("person", &house.person), ("stamper", &stamper)] {
        bench.write(&format!("{name}.key"), issued.key.as_bytes());
        bench.write(&format!("{name}.der"), issued.certificate.der());
        let (der, pem) = (format!("{name}.der"), format!("{name}.pem"));
        bench.run("openssl", &["x509", "-inform", "DER", "-in", &der, "-out", &pem]);
    }
    bench.write("list.crl", &house.authority.list(clock()).unwrap());
    bench.write("given.pdf", pdf);
    bench.run("python3", &["-c", PYHANKO, kind, &clock().to_string(), "given.pdf", "made.pdf"]);
    fs::read(bench.path().join("made.pdf")).unwrap()
}

#[test]
fn the_old_form_and_a_visible_signature_hold() {
    let mut house = House::at(clock());
    for kind in ["old", "visible"] {
        for pdf in [fixture::with_table(), fixture::with_streams()] {
            let once = signed(&mut house, kind, &pdf);
            let report = verify(&once, &house.trust(), clock()).unwrap();
            assert_eq!(report.verdict, Verdict::Valid, "{kind}: {report:#?}");
            assert_eq!(report.signatures[0].field, "Chu ky");
            // Ours on top leaves it as it was.
            let organisation = house.organisation.signer().unwrap();
            let twice = sign(&once, &organisation, &pades::Details { at: clock(), ..details() }).unwrap();
            let report = verify(twice.pdf(), &house.trust(), clock()).unwrap();
            assert_eq!((report.verdict, report.signatures.len()), (Verdict::Valid, 2), "{kind}: {report:#?}");
        }
    }
}

#[test]
fn theirs_on_top_of_ours_is_no_alteration() {
    let mut house = House::at(clock());
    let organisation = house.organisation.signer().unwrap();
    let today = pades::Details { at: clock(), ..details() };
    let ours = sign(&fixture::with_table(), &organisation, &today).unwrap();
    for kind in ["old", "visible", "archived"] {
        let both = signed(&mut house, kind, ours.pdf());
        let report = verify(&both, &house.trust(), clock()).unwrap();
        assert_eq!(report.verdict, Verdict::Valid, "{kind}: {report:#?}");
        assert_eq!(report.signatures[0].after, After::SignaturesOnly);
    }
}

#[test]
fn an_archived_document_brings_its_proofs_along() {
    let mut house = House::at(clock());
    let pdf = signed(&mut house, "archived", &fixture::with_table());
    let report = verify(&pdf, &house.trust(), clock()).unwrap();
    assert_eq!(report.verdict, Verdict::Valid, "{report:#?}");
    let [person, stamp] = report.signatures.as_slice() else { panic!("{report:#?}") };
    assert_eq!((person.kind, stamp.kind), (Kind::Signature, Kind::DocumentStamp));
    assert!(person.stamp.as_ref().unwrap().trusted);
    assert_eq!(person.revocation, Revocation::Good, "the list stands in the document");
    assert_eq!(person.findings, []);
    assert_eq!(stamp.signer.as_ref().unwrap().name, "Dấu thời gian");
    assert_eq!(verify(&pdf, &Trust::default(), clock()).unwrap().verdict, Verdict::Unproven);
}

#[test]
fn a_certified_document_is_not_signed_again() {
    let mut house = House::at(clock());
    let pdf = signed(&mut house, "certified", &fixture::with_table());
    assert_eq!(verify(&pdf, &house.trust(), clock()).unwrap().verdict, Verdict::Valid);
    let today = pades::Details { at: clock(), ..details() };
    let failed = sign(&pdf, &house.organisation.signer().unwrap(), &today).unwrap_err();
    assert_eq!(failed, SigningFailed::Locked);
    let theirs = signed(&mut house, "old", &fixture::with_table());
    let report = verify(&theirs, &house.trust(), clock()).unwrap();
    assert!(!report.signatures[0].findings.contains(&Finding::AlteredAfter));
}
