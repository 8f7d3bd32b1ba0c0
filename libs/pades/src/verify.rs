//! Verifying all signatures of a PDF: what was signed, by whom, when, and whether that can still be relied upon.

use std::collections::BTreeSet;

use wire::Instant;

use crate::{
    algorithm::Digest,
    asn1::{self, GENERALIZED_TIME, UTC_TIME},
    certificate::{Certificate, Party},
    chain::{self, Trust},
    changes,
    cms::{oid, read::SignedData},
    moment,
    pdf::{
        file::{Pdf, View},
        object::{Dict, Object, readable},
        pages::{self, SignatureField},
        parse::Read,
    },
    proofs::Proofs,
    range,
    report::{After, Finding, Kind, Report, Revocation, Signature, Stamp, Verdict},
    stamp,
    unreadable::Unreadable,
};

/// The most signatures of one document, and the most revisions that are searched for such as were taken out.
const MOST: usize = 64;

/// The most objects that are looked at for such, over all revisions.
const MOST_LOOKS: usize = 4_000_000;

/// Verifies all signatures of a PDF as of a moment. Nothing is fetched: what is not in the document or in `trust` is
/// not known, and the report says so.
///
/// # Errors
/// When the file cannot be read as a PDF. What is wrong with a signature stands in the report.
pub fn verify(pdf: &[u8], trust: &Trust, now: Instant) -> Result<Report, Unreadable> {
    let opened = Pdf::open(pdf)?;
    let view = opened.now()?;
    let proofs = Proofs::of(&view, trust)?;
    let (mut seen, mut signatures) = (BTreeSet::new(), Vec::new());
    for newest in 0..opened.sections.len().min(MOST).min(revisions(&opened)) {
        let view = opened.view(newest)?;
        let fields = match pages::signature_fields(&view) {
            // What stood in the file before need not be whole by itself; what stands there now must be.
            Err(_) if newest > 0 => continue,
            fields => fields?,
        };
        let verifier = Verifier { view: &view, trust, proofs: &proofs, now };
        for SignatureField { id, name, value, .. } in fields {
            let Some(value) = value.filter(|_| seen.insert(id)) else { continue };
            if signatures.len() == MOST {
                return Err(Unreadable::TooMuch("signatures"));
            }
            let mut signature = verifier.signature(name, &value)?;
            if newest > 0 {
                // A signature that was taken out of the form again must not go unnoticed.
                signature.findings.push(Finding::AlteredAfter);
            }
            signatures.push(signature.decided());
        }
    }
    signatures.sort_by_key(|signature: &Signature| signature.covered);
    if range::certified(&view)? == Some(1) {
        locked(&mut signatures);
    }
    Ok(Report::of(signatures, now))
}

/// How many revisions are worth a look: each costs as much as the file has objects.
fn revisions(pdf: &Pdf<'_>) -> usize {
    let entries: usize = pdf.sections.iter().map(|section| section.entries.len()).sum();
    1 + MOST_LOOKS / entries.max(1)
}

/// Whoever certified the document allowed no further signature; proofs may still be added (ISO 32000-2, 12.8.2.2).
fn locked(signatures: &mut [Signature]) {
    if let [first, later @ ..] = signatures
        && later.iter().any(|signature| signature.kind == Kind::Signature)
    {
        first.findings.push(Finding::AlteredAfter);
        *first = first.clone().decided();
    }
}

struct Verifier<'v> {
    view: &'v View<'v, 'v>,
    trust: &'v Trust,
    proofs: &'v Proofs,
    now: Instant,
}

impl Verifier<'_> {
    fn signature(&self, field: String, value: &Dict) -> Read<Signature> {
        let mut signature = self.claimed(field, value)?;
        let signed = match range::of(self.view, value)? {
            Ok(signed) => signed,
            Err(finding) => {
                signature.findings.push(finding);
                return Ok(signature);
            }
        };
        signature.covered = u64::try_from(signed.end).unwrap_or(u64::MAX);
        signature.after = changes::after(self.view.pdf, signed.end)?;
        if matches!(signature.after, After::Altered { .. }) {
            signature.findings.push(Finding::AlteredAfter);
        }
        let content = range::joined(self.view.pdf.bytes, &signed);
        let Object::Text(envelope) = self.view.value(value, "Contents")? else { return Ok(signature) };
        match (signature.kind, value.name("SubFilter")) {
            (Kind::DocumentStamp, _) => self.document_stamp(&mut signature, &envelope, &content),
            (_, Some(b"ETSI.CAdES.detached" | b"adbe.pkcs7.detached" | b"adbe.pkcs7.sha1")) => {
                self.envelope(&mut signature, &envelope, &content, value.name("SubFilter") == Some(b"adbe.pkcs7.sha1"));
                let names = value.name("SubFilter") != Some(b"ETSI.CAdES.detached");
                let read = SignedData::read(&envelope);
                if !names && read.is_ok_and(|read| !read.signer.names_certificate()) {
                    let why = "the signer's certificate is not among what is signed".to_owned();
                    signature.findings.push(Finding::IllFormed { why });
                }
            }
            (_, other) => {
                let name = String::from_utf8_lossy(other.unwrap_or_default()).into_owned();
                signature.findings.push(Finding::UnsupportedAlgorithm { name });
            }
        }
        Ok(signature)
    }

    /// What the signer tells, before anything is checked.
    fn claimed(&self, field: String, value: &Dict) -> Read<Signature> {
        let text = |key: &str| -> Read<Option<String>> { Ok(self.view.value(value, key)?.text().map(readable)) };
        let is_stamp = value.name("SubFilter") == Some(b"ETSI.RFC3161");
        Ok(Signature {
            field,
            kind: if is_stamp { Kind::DocumentStamp } else { Kind::Signature },
            verdict: Verdict::Invalid,
            signer: None,
            authorities: Vec::new(),
            claimed_at: text("M")?.and_then(|text| moment::of_pdf(&text)),
            stamp: None,
            reason: text("Reason")?,
            place: text("Location")?,
            covered: 0,
            after: After::Nothing,
            revocation: Revocation::Unknown,
            algorithm: String::new(),
            findings: Vec::new(),
        })
    }

    fn envelope(&self, signature: &mut Signature, bytes: &[u8], content: &[u8], by_sha1: bool) {
        let Ok(envelope) = SignedData::read(bytes) else {
            signature.findings.push(Finding::IllFormed { why: "its envelope cannot be read".to_owned() });
            return;
        };
        let checked = match (&envelope.content, by_sha1) {
            // The old form signs a digest that stands in the envelope instead of the content.
            (Some(held), true) => {
                signature.findings.push(Finding::WeakAlgorithm { name: Digest::Sha1.name().to_owned() });
                if Digest::Sha1.of_bytes(content).as_ref() != Some(held) {
                    signature.findings.push(Finding::ContentDiffers);
                }
                envelope.check(held)
            }
            (None, false) => envelope.check(content),
            _ => {
                signature.findings.push(Finding::IllFormed { why: "its envelope is of the wrong form".to_owned() });
                return;
            }
        };
        signature.algorithm = checked.algorithm;
        signature.findings.extend(checked.findings);
        signature.claimed_at = signature.claimed_at.or_else(|| signing_time(&envelope));
        let proofs = self.proofs.with(&envelope);
        if let Some(token) = envelope.signer.unsigned_attribute(oid::SIGNATURE_STAMP) {
            self.stamp(signature, token, &envelope.signer.signature, &proofs);
        } else {
            signature.findings.push(Finding::TimeClaimed);
        }
        let Some(signer) = checked.signer else { return };
        signature.signer = Some(signer.party().clone());
        if !signer.rights.signs_documents || signer.rights.authority == Some(true) {
            signature.findings.push(Finding::WrongUse { subject: signer.party().subject.clone() });
        }
        self.trust(signature, &signer, &proofs);
    }

    fn stamp(&self, signature: &mut Signature, token: &[u8], stamped: &[u8], proofs: &Proofs) {
        let doubtful = |why: &str| Finding::StampDoubtful { why: why.to_owned() };
        let Ok(token) = stamp::read(token) else {
            signature.findings.push(doubtful("it cannot be read"));
            return;
        };
        let mut why = None;
        if !token.is_over(stamped) {
            why = Some("it is over something else");
        } else if !token.findings.is_empty() {
            why = Some("it does not hold");
        } else if !self.is_trusted(token.by.as_ref(), &token.certificates, proofs, token.at) {
            why = Some("its authority is not trusted");
        }
        signature.findings.extend(why.map(doubtful));
        signature.stamp = Some(Stamp {
            at: token.at,
            by: token.by.as_ref().map(|authority| authority.party().clone()),
            trusted: why.is_none(),
        });
    }

    fn is_trusted(&self, by: Option<&Certificate>, own: &[Certificate], proofs: &Proofs, at: Instant) -> bool {
        let Some(authority) = by else { return false };
        let known = [own, &proofs.certificates].concat();
        chain::way(authority, &known, self.trust, at).is_ok_and(
            |way| !matches!(proofs.sources.along(&way, at), Revocation::Revoked { at: revoked, .. } if revoked <= at),
        )
    }

    /// The way to a trusted authority, and revocation along it, at the moment of signing.
    fn trust(&self, signature: &mut Signature, signer: &Certificate, proofs: &Proofs) {
        let proven = signature.stamp.as_ref().filter(|stamp| stamp.trusted).map(|stamp| stamp.at);
        let at = proven.or(signature.claimed_at).unwrap_or(self.now);
        let way = match chain::way(signer, &proofs.certificates, self.trust, at) {
            Ok(way) => way,
            Err(finding) => {
                signature.findings.push(finding);
                return;
            }
        };
        signature.authorities = way.iter().skip(1).map(parties).collect();
        signature.revocation = proofs.sources.along(&way, at);
        match &signature.revocation {
            Revocation::Good => {}
            Revocation::Unknown => signature.findings.push(Finding::RevocationUnknown),
            Revocation::Revoked { at: revoked, .. } if *revoked <= at => signature.findings.push(Finding::Revoked),
            Revocation::Revoked { .. } if proven.is_some() => signature.findings.push(Finding::RevokedSince),
            // Whoever has a revoked key can still claim an early date.
            Revocation::Revoked { .. } => signature.findings.push(Finding::TimeUnproven),
        }
        if proven.is_none() && way.iter().any(|certificate| !certificate.holds_at(self.now)) {
            signature.findings.push(Finding::TimeUnproven);
        }
    }

    fn document_stamp(&self, signature: &mut Signature, token: &[u8], content: &[u8]) {
        let Ok(token) = stamp::read(token) else {
            signature.findings.push(Finding::IllFormed { why: "its time stamp cannot be read".to_owned() });
            return;
        };
        if !token.is_over(content) {
            signature.findings.push(Finding::ContentDiffers);
        }
        signature.algorithm.clone_from(&token.algorithm);
        signature.findings.extend(token.findings.iter().cloned());
        signature.claimed_at = Some(token.at);
        let by = token.by.as_ref().map(parties);
        let Some(authority) = &token.by else { return };
        let proofs = Proofs {
            certificates: [token.certificates.as_slice(), &self.proofs.certificates].concat(),
            sources: self.proofs.sources.clone(),
        };
        signature.signer = by;
        self.trust(signature, authority, &proofs);
    }
}

fn parties(certificate: &Certificate) -> Party {
    certificate.party().clone()
}

/// The moment that the envelope claims, as signatures older than PAdES do.
fn signing_time(envelope: &SignedData) -> Option<Instant> {
    let value = asn1::Values::of(envelope.signer.attribute(oid::SIGNING_TIME)?).any().ok()?;
    match value.tag {
        UTC_TIME => moment::utc(value.content),
        GENERALIZED_TIME => moment::generalized(value.content),
        _ => None,
    }
}
