//! Signing and verifying: persons and organisations, tables and streams, certificates that are not fit.

use std::time::Duration;

use pades::{
    After, Certificate, Finding, KeyFailed, Revocation, Signer as _, SigningFailed, SoftwareKey, Subject, Trust,
    Unreadable, Verdict, sign, verify,
};
use proptest::prelude::*;

use crate::fixture::{self, House, details, now};

#[test]
fn a_person_and_then_the_organisation() {
    let house = House::new();
    for pdf in [fixture::with_table(), fixture::with_streams()] {
        let once = house.signed(&pdf);
        let twice = house.signed_twice(&pdf);
        assert!(once.starts_with(&pdf), "the file's own bytes stay as they are");
        let report = verify(&twice, &house.trust(), now()).unwrap();
        assert_eq!(report.verdict, Verdict::Valid, "{report:#?}");
        let [person, organisation] = report.signatures.as_slice() else { panic!("{report:#?}") };
        let signer = person.signer.as_ref().unwrap();
        assert_eq!((signer.name.as_str(), person.field.as_str()), ("Nguyễn Văn A", "Signature1"));
        assert!(signer.subject.contains("Tỉnh ủy X") && signer.issuer.contains("CA thử nghiệm"), "{signer:?}");
        assert_eq!(signer.serial, "02");
        assert_eq!(person.claimed_at, Some(now()));
        assert_eq!(person.reason.as_deref(), Some("Ký ban hành"));
        assert_eq!(person.place.as_deref(), Some("Hà Nội"));
        assert_eq!(person.algorithm, "ECDSA P-256, SHA-256");
        assert_eq!(person.after, After::SignaturesOnly);
        assert_eq!(person.authorities.len(), 1);
        assert_eq!(person.findings, [Finding::RevocationUnknown, Finding::TimeClaimed]);
        assert_eq!(organisation.signer.as_ref().unwrap().name, "Tỉnh ủy X");
        assert_eq!(organisation.after, After::Nothing);
        assert_eq!(organisation.covered, u64::try_from(twice.len()).unwrap());
    }
}

#[test]
fn an_end_of_line_goes_before_what_is_appended_where_there_was_none() {
    let house = House::new();
    let pdf = fixture::with_table();
    assert!(pdf.ends_with(b"%%EOF"));
    assert_eq!(house.signed(&pdf)[pdf.len()], b'\n');
    let ended = [pdf.as_slice(), b"\n"].concat();
    assert_eq!(&house.signed(&ended)[ended.len()..ended.len() + 2], b"1 ");
}

#[test]
fn a_report_is_kept_as_json_and_comes_back() {
    let house = House::new();
    let report = verify(&house.signed_twice(&fixture::with_table()), &house.trust(), now()).unwrap();
    let kept = serde_json::to_string(&report).unwrap();
    assert!(kept.contains(r#""verdict":"valid""#) && kept.contains(r#"{"code":"time_claimed"}"#), "{kept}");
    assert_eq!(serde_json::from_str::<pades::Report>(&kept).unwrap(), report);
}

#[test]
fn without_trust_nothing_is_proven_and_without_a_signature_nothing_is_signed() {
    let house = House::new();
    let pdf = house.signed(&fixture::with_table());
    let stranger = House::new();
    for trust in [Trust::default(), stranger.trust()] {
        let report = verify(&pdf, &trust, now()).unwrap();
        assert_eq!(report.verdict, Verdict::Unproven);
        assert!(report.signatures[0].findings.contains(&Finding::UntrustedIssuer));
    }
    let report = verify(&fixture::with_table(), &house.trust(), now()).unwrap();
    assert_eq!((report.verdict, report.signatures.len()), (Verdict::Unsigned, 0));
}

#[test]
fn unfit_certificates_and_keys_do_not_sign() {
    let mut house = House::new();
    let pdf = fixture::with_table();
    let signer = house.person.signer().unwrap();
    let at = |days: u64| pades::Details { at: now().plus(Duration::from_secs(days * 86_400)), ..details() };
    assert_eq!(sign(&pdf, &signer, &at(731)).unwrap_err(), SigningFailed::OutOfTime);
    assert!(sign(&pdf, &signer, &at(729)).is_ok());
    let other = house.authority.issue(&Subject::Organisation { name: "Khác" }, now()).unwrap();
    let mixed = SoftwareKey::from_pem(other.key.as_bytes(), &pem(house.person.certificate.der()));
    assert_eq!(mixed.err(), Some(KeyFailed::OtherKey));
    assert_eq!(SoftwareKey::from_pem(b"", b"").err(), Some(KeyFailed::UnfitKey));
    let fine = SoftwareKey::from_pem(house.person.key.as_bytes(), &pem(house.person.certificate.der())).unwrap();
    assert_eq!(fine.chain(), std::slice::from_ref(&house.person.certificate));
}

#[test]
fn a_certificate_that_expired_is_told() {
    let house = House::new();
    let pdf = house.signed(&fixture::with_table());
    let later = now().plus(Duration::from_secs(800 * 86_400));
    let report = verify(&pdf, &house.trust(), later).unwrap();
    assert_eq!(report.verdict, Verdict::Unproven, "the claimed time alone does not prove an old signature");
    assert!(report.signatures[0].findings.contains(&Finding::TimeUnproven));
}

#[test]
fn a_key_under_the_wrong_certificate_is_noticed_before_anything_is_handed_out() {
    struct Confused(SoftwareKey, Vec<Certificate>);
    impl pades::Signer for Confused {
        fn chain(&self) -> &[Certificate] {
            &self.1
        }
        fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyFailed> {
            self.0.sign(message)
        }
    }
    let house = House::new();
    let confused = Confused(house.person.signer().unwrap(), vec![house.organisation.certificate.clone()]);
    let failed = sign(&fixture::with_table(), &confused, &details()).unwrap_err();
    assert_eq!(failed, SigningFailed::Key(KeyFailed::OtherKey));
}

#[test]
fn encrypted_and_foreign_files_are_refused_with_a_reason() {
    let house = House::new();
    let signer = house.person.signer().unwrap();
    let encrypted = String::from_utf8_lossy(&fixture::with_table()).replace("/Root", "/Encrypt 9 0 R/Root");
    let cases: [(&[u8], Unreadable); 2] = [(b"", Unreadable::NotPdf), (b"PK\x03\x04", Unreadable::NotPdf)];
    for (file, why) in cases {
        assert_eq!(verify(file, &house.trust(), now()).unwrap_err(), why);
        assert_eq!(sign(file, &signer, &details()).unwrap_err(), SigningFailed::Unreadable(why));
    }
    let why = verify(&with_right_start(&encrypted), &house.trust(), now()).unwrap_err();
    assert_eq!(why, Unreadable::Encrypted);
}

/// The text's `startxref` may have moved.
fn with_right_start(text: &str) -> Vec<u8> {
    let bytes: Vec<u8> = text.replace('\u{FFFD}', "x").into_bytes();
    let place = fixture::find(&bytes, "xref\n0 ");
    let end = fixture::find(&bytes, "startxref");
    [&bytes[..end], format!("startxref\n{place}\n%%EOF\n").as_bytes()].concat()
}

fn pem(der: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut openssl = std::process::Command::new("openssl")
        .args(["x509", "-inform", "DER"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    openssl.stdin.take().unwrap().write_all(der).unwrap();
    openssl.wait_with_output().unwrap().stdout
}

#[test]
fn revocation_is_told_as_unknown_where_nothing_is_known() {
    let house = House::new();
    let report = verify(&house.signed(&fixture::with_table()), &house.trust(), now()).unwrap();
    assert_eq!(report.signatures[0].revocation, Revocation::Unknown);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whichever byte outside the signature's own place is changed, the document is not valid any more. Within it stand
    /// things that nobody signed, such as the certificates of authorities, but never another signer's name.
    #[test]
    fn no_byte_can_be_changed(place in 0_usize..1 << 20, flip in 1_u8..=255) {
        let house = House::new();
        let mut pdf = house.signed(&fixture::with_table());
        let own = fixture::find(&pdf, "/Contents <") + 11..fixture::find_last(&pdf, ">>>\nendobj");
        let place = place % pdf.len();
        pdf[place] ^= flip;
        let Ok(report) = verify(&pdf, &house.trust(), now()) else { return Ok(()) };
        if report.verdict == Verdict::Valid {
            prop_assert!(own.contains(&place), "{}", place);
            prop_assert_eq!(report.signatures[0].signer.as_ref(), Some(house.person.certificate.party()));
        }
    }
}
