//! B-T with a time-stamp authority made of OpenSSL: its answers hold a chain of certificates in no particular order.

use pades::{BadStamp, Finding, Signed, Trust, Verdict, sign, verify};
pub(crate) use testbed::stamper::{Stamper, clock};

use crate::fixture::{self, House, details};

const NONCE: [u8; 16] = [0xA7; 16];

/// A house of today, its authority for time stamps, and a document signed today.
pub(crate) fn signed_today() -> (House, Stamper, Signed) {
    let mut house = House::at(clock());
    let stamper = Stamper::of(&mut house.authority);
    let today = pades::Details { at: clock(), ..details() };
    let signed = sign(&fixture::with_table(), &house.person.signer().unwrap(), &today).unwrap();
    (house, stamper, signed)
}

#[test]
fn a_stamped_signature_proves_its_time() {
    let (house, stamper, signed) = signed_today();
    let answer = stamper.answer(&signed.stamp_request(NONCE));
    let pdf = signed.stamped(&answer, NONCE).unwrap();
    assert_eq!(pdf.len(), signed.pdf().len(), "the stamp goes into the room that was left for it");
    let report = verify(&pdf, &house.trust(), clock()).unwrap();
    assert_eq!(report.verdict, Verdict::Valid, "{report:#?}");
    let stamp = report.signatures[0].stamp.as_ref().unwrap();
    assert!(stamp.trusted && stamp.by.as_ref() == Some(stamper.certificate.party()), "{stamp:?}");
    assert!(clock().since(stamp.at).as_secs() < 60);
    assert!(!report.signatures[0].findings.contains(&Finding::TimeClaimed));
    // Ten years later only the stamp shows that the signature is older than the end of the certificate.
    let later = clock().plus(std::time::Duration::from_secs(3_600 * 24 * 365 * 9));
    assert_eq!(verify(&pdf, &house.trust(), later).unwrap().verdict, Verdict::Valid);
    assert_eq!(verify(signed.pdf(), &house.trust(), later).unwrap().verdict, Verdict::Unproven);
}

#[test]
fn a_stamp_can_be_put_in_later_while_nothing_follows() {
    let (house, stamper, signed) = signed_today();
    let found = Signed::last_of(signed.pdf()).unwrap().unwrap();
    let pdf = found.stamped(&stamper.answer(&found.stamp_request(NONCE)), NONCE).unwrap();
    assert_eq!(verify(&pdf, &house.trust(), clock()).unwrap().verdict, Verdict::Valid);
    assert!(Signed::last_of(&pdf).unwrap().is_none(), "it has its stamp");
    assert!(Signed::last_of(&fixture::with_table()).unwrap().is_none());
}

#[test]
fn answers_to_other_requests_are_not_taken() {
    let (house, stamper, signed) = signed_today();
    let other = sign(&fixture::with_streams(), &house.organisation.signer().unwrap(), &details());
    let answer = stamper.answer(&signed.stamp_request(NONCE));
    assert_eq!(signed.stamped(&answer, [1; 16]), Err(BadStamp::OtherRequest));
    assert_eq!(signed.stamped(&stamper.answer(&signed.stamp_request([1; 16])), NONCE), Err(BadStamp::OtherRequest));
    assert!(other.is_err() || other.unwrap().stamped(&answer, NONCE) == Err(BadStamp::OtherContent));
    assert_eq!(signed.stamped(&[], NONCE), Err(BadStamp::IllFormed));
    assert_eq!(signed.stamped(&[0x30, 5, 0x30, 3, 2, 1, 2], NONCE), Err(BadStamp::Refused { status: 2 }));
    assert_eq!(signed.stamped(&vec![0; 1 << 20], NONCE), Err(BadStamp::TooLarge));
    let mut broken = answer;
    let last = broken.len() - 5;
    broken[last] ^= 1;
    assert!(matches!(signed.stamped(&broken, NONCE), Err(BadStamp::Unproven(_))));
}

#[test]
fn a_stamp_of_a_stranger_leaves_the_time_unproven() {
    let (house, stamper, signed) = signed_today();
    let mut elsewhere = House::at(clock());
    let stranger = Stamper::of(&mut elsewhere.authority);
    let pdf = signed.stamped(&stranger.answer(&signed.stamp_request(NONCE)), NONCE).unwrap();
    let report = verify(&pdf, &house.trust(), clock()).unwrap();
    assert_eq!(report.verdict, Verdict::Unproven);
    assert!(!report.signatures[0].stamp.as_ref().unwrap().trusted);
    let both = Trust { anchors: [house.trust().anchors, elsewhere.trust().anchors].concat(), ..Trust::default() };
    assert_eq!(verify(&pdf, &both, clock()).unwrap().verdict, Verdict::Valid);
    drop(stamper);
}
