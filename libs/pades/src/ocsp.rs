//! Answers of authorities about single certificates (OCSP, RFC 6960).

use wire::Instant;

use crate::{
    algorithm::{Check, Digest, Scheme},
    asn1::{
        self, BIT_STRING, ENUMERATED, GENERALIZED_TIME, INTEGER, IllFormed, OCTET_STRING, OID, Read, SEQUENCE, Value,
        context, primitive,
    },
    certificate::Certificate,
    cms::oid,
    moment,
    revocation::{Status, covers},
};

/// The most bytes of an answer.
const LARGEST: usize = 1 << 20;

/// What an answer tells of a certificate; none when it is about another, or its signature does not count.
pub(crate) fn status(answer: &[u8], certificate: &Certificate, issuer: &Certificate, at: Instant) -> Option<Status> {
    if answer.len() > LARGEST {
        return None;
    }
    let answer = asn1::definite(answer).ok()?;
    read(&answer, certificate, issuer, at).ok().flatten()
}

fn read(answer: &[u8], certificate: &Certificate, issuer: &Certificate, at: Instant) -> Read<Option<Status>> {
    let mut basic = basic(asn1::value(answer, SEQUENCE)?)?.inside();
    let data = basic.next(SEQUENCE)?;
    let scheme = Scheme::read(basic.next(SEQUENCE)?, None)?;
    let signature = basic.next(BIT_STRING)?.content.get(1..).ok_or(IllFormed)?;
    let mut responders = vec![issuer.clone()];
    if let Some(explicit) = basic.optional(context(0))? {
        let certificates = explicit.inside().next(SEQUENCE)?.inside().all()?;
        let certificates = certificates.iter().take(8).filter_map(|value| Certificate::from_der(value.whole).ok());
        // Another may answer for the authority only with a certificate that the authority gave it for that.
        responders.extend(certificates.filter(|responder| {
            responder.rights.answers_status && responder.issuer == issuer.subject && responder.is_signed_by(issuer)
        }));
    }
    let told = |responder: &&Certificate| responder.key.check(&scheme, data.whole, signature) == Check::Good;
    let Some(responder) = responders.iter().find(told) else { return Ok(None) };
    let mut inside = data.inside();
    inside.optional(context(0))?;
    inside.any()?;
    let produced = moment::generalized(inside.next(GENERALIZED_TIME)?.content).ok_or(IllFormed)?;
    if responder != issuer && !responder.holds_at(produced) {
        return Ok(None);
    }
    for single in inside.next(SEQUENCE)?.inside().all()?.into_iter().take(64) {
        if let Some(status) = single_status(single, certificate, issuer, at)? {
            return Ok(Some(status));
        }
    }
    Ok(None)
}

/// The basic answer, alone or in the envelope with which it was sent.
fn basic(value: Value<'_>) -> Read<Value<'_>> {
    let mut inside = value.inside();
    let Some(status) = inside.optional(ENUMERATED)? else { return Ok(value) };
    if status.content != [0] {
        return Err(IllFormed);
    }
    let mut bytes = inside.next(context(0))?.inside().next(SEQUENCE)?.inside();
    if bytes.next(OID)?.content != oid::BASIC_ANSWER {
        return Err(IllFormed);
    }
    asn1::value(bytes.next(OCTET_STRING)?.content, SEQUENCE)
}

fn single_status(
    single: Value<'_>,
    certificate: &Certificate,
    issuer: &Certificate,
    at: Instant,
) -> Read<Option<Status>> {
    let mut inside = single.inside();
    let mut id = inside.next(SEQUENCE)?.inside();
    let digest = Digest::of(id.next(SEQUENCE)?.inside().next(OID)?.content);
    let name = id.next(OCTET_STRING)?.content;
    let key = id.next(OCTET_STRING)?.content;
    let serial = asn1::digits(id.next(INTEGER)?.content);
    let hash = |bytes: &[u8]| digest.and_then(|digest| digest.of_bytes(bytes));
    let same = hash(&issuer.subject).as_deref() == Some(name) && hash(issuer.key.bits()).as_deref() == Some(key);
    if !same || serial != certificate.serial {
        return Ok(None);
    }
    let status = inside.any()?;
    let told = moment::generalized(inside.next(GENERALIZED_TIME)?.content).ok_or(IllFormed)?;
    let until = match inside.optional(context(0))? {
        Some(explicit) => moment::generalized(explicit.inside().next(GENERALIZED_TIME)?.content),
        None => None,
    };
    Ok(Some(if status.tag == context(1) {
        let mut revoked = status.inside();
        let at = moment::generalized(revoked.next(GENERALIZED_TIME)?.content).ok_or(IllFormed)?;
        let reason = match revoked.optional(context(0))? {
            Some(explicit) => explicit.inside().next(ENUMERATED)?.content.first().copied(),
            None => None,
        };
        Status::Revoked { at, reason }
    } else if status.tag == primitive(0) && covers(told, until, at) {
        Status::Good
    } else {
        Status::Unknown
    }))
}
