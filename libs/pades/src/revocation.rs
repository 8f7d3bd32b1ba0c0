//! Whether certificates were revoked, as lists (CRL, RFC 5280, 5) and answers (OCSP, RFC 6960) tell. Nothing is fetched.

use wire::Instant;
use x509_parser::{
    extensions::ParsedExtension,
    prelude::FromDer as _,
    revocation_list::{CertificateRevocationList, RevokedCertificate},
};

use crate::{
    algorithm::{Check, Scheme},
    asn1::{self, BIT_STRING, SEQUENCE},
    certificate::{Certificate, instant},
    ocsp,
    report::Revocation,
};

/// The most lists and answers that are looked at for one document, and the most bytes of one.
const MOST: usize = 256;
const LARGEST: usize = 64 << 20;

/// What is known of one certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Good,
    Revoked { at: Instant, reason: Option<u8> },
    Unknown,
}

/// Lists and answers, from the document and from those who verify.
#[derive(Clone, Default)]
pub(crate) struct Sources {
    pub(crate) lists: Vec<Vec<u8>>,
    pub(crate) answers: Vec<Vec<u8>>,
}

impl Sources {
    /// What is known at a moment of every certificate of a way but the trusted authority at its end.
    pub(crate) fn along(&self, way: &[Certificate], at: Instant) -> Revocation {
        let mut all = Revocation::Good;
        for pair in way.windows(2) {
            let [certificate, issuer] = pair else { continue };
            match self.status(certificate, issuer, at) {
                Status::Good => {}
                Status::Unknown => all = Revocation::Unknown,
                Status::Revoked { at, reason } => {
                    return Revocation::Revoked { subject: certificate.party().subject.clone(), at, reason };
                }
            }
        }
        all
    }

    /// A revocation counts whoever tells it; that a certificate is good must be told of the moment or later.
    fn status(&self, certificate: &Certificate, issuer: &Certificate, at: Instant) -> Status {
        let lists = self.lists.iter().take(MOST).map(|list| listed(list, certificate, issuer, at));
        let answers = self.answers.iter().take(MOST).map(|answer| ocsp::status(answer, certificate, issuer, at));
        let mut best = Status::Unknown;
        for status in lists.chain(answers).flatten() {
            match status {
                Status::Revoked { .. } => return status,
                Status::Good => best = Status::Good,
                Status::Unknown => {}
            }
        }
        best
    }
}

/// What a list tells of a certificate; none when the list is not the issuer's.
fn listed(list: &[u8], certificate: &Certificate, issuer: &Certificate, at: Instant) -> Option<Status> {
    if list.len() > LARGEST || !issuer.rights.signs_lists {
        return None;
    }
    let (_, parsed) = CertificateRevocationList::from_der(list).ok()?;
    let tbs = &parsed.tbs_cert_list;
    if tbs.issuer.as_raw() != issuer.subject || certificate.issuer != issuer.subject || !whole(&parsed) {
        return None;
    }
    let mut outer = asn1::value(list, SEQUENCE).ok()?.inside();
    let signed = outer.next(SEQUENCE).ok()?.whole;
    let scheme = Scheme::read(outer.next(SEQUENCE).ok()?, None).ok()?;
    let signature = outer.next(BIT_STRING).ok()?.content.get(1..)?;
    if issuer.key.check(&scheme, signed, signature) != Check::Good {
        return None;
    }
    let entry = tbs.revoked_certificates.iter().find(|entry| asn1::digits(entry.raw_serial()) == certificate.serial);
    if let Some(entry) = entry {
        return Some(revoked(entry));
    }
    let known_until = tbs.next_update.map(instant);
    // Authorities take expired certificates from their lists, so a list made after that says nothing of them.
    let still_listed = instant(tbs.this_update) <= certificate.party().not_after;
    Some(if still_listed && covers(instant(tbs.this_update), known_until, at) { Status::Good } else { Status::Unknown })
}

fn revoked(entry: &RevokedCertificate<'_>) -> Status {
    // `removeFromCRL` takes a suspension back.
    match entry.reason_code().map(|(_, code)| code.0) {
        Some(8) => Status::Good,
        reason => Status::Revoked { at: instant(entry.revocation_date), reason },
    }
}

/// Whether what was told at one moment, and meant until another, says something about a third.
pub(crate) fn covers(told: Instant, until: Option<Instant>, at: Instant) -> bool {
    told >= at || until.is_some_and(|until| until >= at)
}

/// Whether a list speaks of all certificates of its issuer: no part of it, no change to another list.
fn whole(list: &CertificateRevocationList<'_>) -> bool {
    list.extensions().iter().all(|extension| match extension.parsed_extension() {
        ParsedExtension::IssuingDistributionPoint(point) => {
            !point.only_contains_ca_certs
                && !point.only_contains_attribute_certs
                && !point.only_contains_user_certs
                && point.only_some_reasons.is_none()
                && !point.indirect_crl
        }
        _ => !extension.critical,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_told_counts_while_it_was_meant_and_for_the_time_before() {
        let day = |day: i64| Instant::from_micros(day * 86_400_000_000);
        assert!(covers(day(5), Some(day(9)), day(3)));
        assert!(covers(day(5), Some(day(9)), day(9)));
        assert!(!covers(day(5), Some(day(9)), day(10)));
        assert!(!covers(day(5), None, day(6)));
    }
}
