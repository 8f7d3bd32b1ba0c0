//! Lists of revoked certificates: known good, revoked before, revoked after, and lists that say nothing.

use std::time::Duration;

use pades::{Finding, Revocation, Trust, Verdict, verify};
use wire::Instant;

use crate::{
    fixture::{self, House, now},
    stamps::{clock, signed_today},
};

fn days(moment: Instant, count: u64) -> Instant {
    moment.plus(Duration::from_secs(count * 86_400))
}

fn with_list(house: &House, made: Instant) -> Trust {
    Trust { lists: vec![house.authority.list(made).unwrap()], ..house.trust() }
}

#[test]
fn a_fresh_list_says_good() {
    let house = House::new();
    let pdf = house.signed(&fixture::with_table());
    for made in [now(), days(now(), 3)] {
        let report = verify(&pdf, &with_list(&house, made), days(now(), 3)).unwrap();
        assert_eq!(report.signatures[0].revocation, Revocation::Good);
        assert_eq!(report.signatures[0].findings, [Finding::TimeClaimed]);
    }
}

#[test]
fn old_foreign_and_broken_lists_say_nothing() {
    let house = House::at(Instant::from_micros(now().micros() - 30 * 86_400_000_000));
    let pdf = house.signed(&fixture::with_table());
    let old = house.authority.list(Instant::from_micros(now().micros() - 20 * 86_400_000_000)).unwrap();
    let foreign = House::new().authority.list(now()).unwrap();
    let mut broken = house.authority.list(now()).unwrap();
    let last = broken.len() - 8;
    broken[last] ^= 1;
    for list in [old, foreign, broken, vec![], b"\x30\x80".to_vec()] {
        let trust = Trust { lists: vec![list.clone()], answers: vec![list], ..house.trust() };
        let report = verify(&pdf, &trust, now()).unwrap();
        assert_eq!(report.signatures[0].revocation, Revocation::Unknown);
        assert_eq!(report.verdict, Verdict::Valid);
    }
}

#[test]
fn a_certificate_revoked_before_signing_disproves() {
    let mut house = House::new();
    let pdf = house.signed(&fixture::with_table());
    let revoked_at = Instant::from_micros(now().micros() - 60_000_000);
    let certificate = house.person.certificate.clone();
    house.authority.revoke(&certificate, revoked_at);
    let report = verify(&pdf, &with_list(&house, now()), now()).unwrap();
    assert_eq!(report.verdict, Verdict::Invalid);
    assert!(report.signatures[0].findings.contains(&Finding::Revoked));
    let Revocation::Revoked { subject, at, reason } = &report.signatures[0].revocation else { panic!() };
    assert!(subject.contains("Nguyễn Văn A"));
    assert_eq!((*at, *reason), (revoked_at, Some(1)));
}

#[test]
fn a_certificate_revoked_after_signing_needs_a_stamp() {
    let (mut house, stamper, signed) = signed_today();
    let stamped = signed.stamped(&stamper.answer(&signed.stamp_request([5; 16])), [5; 16]).unwrap();
    let certificate = house.person.certificate.clone();
    house.authority.revoke(&certificate, days(clock(), 1));
    let (trust, later) = (with_list(&house, days(clock(), 2)), days(clock(), 2));
    let report = verify(signed.pdf(), &trust, later).unwrap();
    assert_eq!(report.verdict, Verdict::Unproven, "whoever has a revoked key can claim any date");
    let report = verify(&stamped, &trust, later).unwrap();
    assert_eq!(report.verdict, Verdict::Valid);
    assert!(report.signatures[0].findings.contains(&Finding::RevokedSince));
}
