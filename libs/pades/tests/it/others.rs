//! What programs that are not ours say: pyHanko, and pdfsig, whose exit code says nothing, so that its text counts.

use pades::{Subject, TrialAuthority, Verdict, sign, verify};
use testbed::judges::Judges;

use crate::{
    fixture::{self, House, details},
    stamps::{Stamper, clock},
};

const NONCE: [u8; 16] = [0x3C; 16];

#[test]
fn both_programs_call_both_signatures_valid() {
    let house = House::at(clock());
    let bench = Judges::new(house.authority.certificate());
    for pdf in [fixture::with_table(), fixture::with_streams()] {
        let once = sign(&pdf, &house.person.signer().unwrap(), &today()).unwrap();
        assert_eq!(bench.pyhanko(once.pdf()), ["Signature1 valid intact entire_file unstamped"]);
        assert_eq!(bench.pdfsig(once.pdf()), [(true, true)]);
        let twice = sign(once.pdf(), &house.organisation.signer().unwrap(), &today()).unwrap();
        let said = bench.pyhanko(twice.pdf());
        assert_eq!(
            said,
            ["Signature1 valid intact entire_revision unstamped", "Signature2 valid intact entire_file unstamped"]
        );
        assert_eq!(bench.pdfsig(twice.pdf()), [(true, true), (true, true)]);
        bench.run("qpdf", &["--check", "file.pdf"]);
    }
}

fn today() -> pades::Details {
    pades::Details { at: clock(), ..details() }
}

#[test]
fn a_stamp_is_believed() {
    let mut house = House::at(clock());
    let stamper = Stamper::of(&mut house.authority);
    let bench = Judges::new(house.authority.certificate());
    let person = sign(&fixture::with_table(), &house.person.signer().unwrap(), &today()).unwrap();
    let person = person.stamped(&stamper.answer(&person.stamp_request(NONCE)), NONCE).unwrap();
    assert_eq!(bench.pyhanko(&person), ["Signature1 valid intact entire_file stamped"]);
    let both = sign(&person, &house.organisation.signer().unwrap(), &today()).unwrap();
    let both = both.stamped(&stamper.answer(&both.stamp_request(NONCE)), NONCE).unwrap();
    let said = bench.pyhanko(&both);
    assert!(
        said.len() == 2 && said.iter().all(|line| line.contains(" valid ") && line.ends_with("stamped")),
        "{said:?}"
    );
    assert_eq!(bench.pdfsig(&both), [(true, true), (true, true)]);
    assert_eq!(verify(&both, &house.trust(), clock()).unwrap().verdict, Verdict::Valid);
}

#[test]
fn a_byte_that_was_changed_is_seen_by_all() {
    let house = House::at(clock());
    let bench = Judges::new(house.authority.certificate());
    let pdf = sign(&fixture::with_table(), &house.person.signer().unwrap(), &today()).unwrap();
    let mut pdf = sign(pdf.pdf(), &house.organisation.signer().unwrap(), &today()).unwrap().pdf().to_vec();
    let place = fixture::find(&pdf, "so 15");
    pdf[place + 3] = b'9';
    assert_eq!(bench.pdfsig(&pdf), [(false, false), (false, false)]);
    let said = bench.pyhanko(&pdf);
    assert!(said.len() == 2 && said.iter().all(|line| line.contains(" invalid altered ")), "{said:?}");
    let report = verify(&pdf, &house.trust(), clock()).unwrap();
    assert!(report.signatures.iter().all(|signature| signature.verdict == Verdict::Invalid), "{report:#?}");
}

#[test]
fn keys_of_other_kinds_are_believed_as_well() {
    let mut authority = TrialAuthority::new("CA thử nghiệm", clock()).unwrap();
    let bench = Judges::new(authority.certificate());
    let kinds = [
        ("RSA", "rsa_keygen_bits:2048", "RSA 2048, SHA-256"),
        ("EC", "ec_paramgen_curve:P-384", "ECDSA P-384, SHA-384"),
    ];
    for (kind, option, named) in kinds {
        let key = bench.run("openssl", &["genpkey", "-algorithm", kind, "-pkeyopt", option]);
        let issued = authority.issue_to(&Subject::Organisation { name: "Tỉnh ủy X" }, &key, clock()).unwrap();
        let pdf = sign(&fixture::with_table(), &issued.signer().unwrap(), &today()).unwrap();
        assert_eq!(bench.pyhanko(pdf.pdf()), ["Signature1 valid intact entire_file unstamped"], "{kind}");
        assert_eq!(bench.pdfsig(pdf.pdf()), [(true, true)], "{kind}");
        let trust = pades::Trust { anchors: vec![authority.certificate().clone()], ..pades::Trust::default() };
        let report = verify(pdf.pdf(), &trust, clock()).unwrap();
        assert_eq!((report.verdict, report.signatures[0].algorithm.as_str()), (Verdict::Valid, named));
    }
}
