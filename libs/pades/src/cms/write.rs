//! A signature's envelope as PAdES wants it (ETSI EN 319 122-1, baseline; EN 319 142-1, 6.3): content type, digest and
//! the signer's certificate are signed; the time is not, because the PDF tells it.

use crate::{
    algorithm::{Digest, Scheme},
    asn1::{self, OCTET_STRING, OID, Read, SEQUENCE, SET, context},
    certificate::Certificate,
    cms::oid,
};

/// The set of attributes that the key signs.
pub(crate) fn signed_attributes(digest: Digest, content_digest: &[u8], certificate: &Certificate) -> Vec<u8> {
    let attribute =
        |oid: &[u8], value: Vec<u8>| asn1::der(SEQUENCE, &[asn1::der(OID, &[oid]), asn1::der(SET, &[value])]);
    asn1::set_of(
        SET,
        vec![
            attribute(oid::CONTENT_TYPE, asn1::der(OID, &[oid::DATA])),
            attribute(oid::MESSAGE_DIGEST, asn1::der(OCTET_STRING, &[content_digest])),
            attribute(oid::SIGNING_CERTIFICATE_V2, signing_certificate(digest, certificate)),
        ],
    )
}

/// `SigningCertificateV2` (RFC 5035): the digest of the signer's certificate; SHA-256 goes without saying.
fn signing_certificate(digest: Digest, certificate: &Certificate) -> Vec<u8> {
    let mut parts = Vec::new();
    if digest != Digest::Sha256 {
        parts.push(digest.identifier());
    }
    parts.push(asn1::der(OCTET_STRING, &[digest.of_bytes(certificate.der()).unwrap_or_default()]));
    let list = asn1::der(SEQUENCE, &[asn1::der(SEQUENCE, &parts)]);
    asn1::der(SEQUENCE, &[list])
}

/// The whole envelope: the certificates from the signer upwards, the one signer, no content.
pub(crate) fn envelope(
    digest: Digest,
    scheme: &Scheme,
    chain: &[Certificate],
    signed_attributes: &[u8],
    signature: &[u8],
) -> Read<Vec<u8>> {
    let signer = chain.first().ok_or(asn1::IllFormed)?;
    let version = asn1::integer(&[1]);
    let who = asn1::der(SEQUENCE, &[signer.issuer.clone(), asn1::integer(&signer.serial)]);
    let attributes = asn1::value(signed_attributes, SET)?;
    let info = asn1::der(
        SEQUENCE,
        &[
            version.clone(),
            who,
            digest.identifier(),
            asn1::der(context(0), &[attributes.content]),
            scheme.identifier(),
            asn1::der(OCTET_STRING, &[signature]),
        ],
    );
    let certificates = chain.iter().map(|certificate| certificate.der().to_vec()).collect();
    let data = asn1::der(
        SEQUENCE,
        &[
            version,
            asn1::der(SET, &[digest.identifier()]),
            asn1::der(SEQUENCE, &[asn1::der(OID, &[oid::DATA])]),
            asn1::set_of(context(0), certificates),
            asn1::der(SET, &[info]),
        ],
    );
    Ok(asn1::der(SEQUENCE, &[asn1::der(OID, &[oid::SIGNED_DATA]), asn1::der(context(0), &[data])]))
}

/// The same envelope with a time stamp over its signature as an unsigned attribute. The signed bytes stay as they are;
/// an envelope that already has unsigned attributes gets one more.
pub(crate) fn with_stamp(envelope: &[u8], token: &[u8]) -> Read<Vec<u8>> {
    let attribute = asn1::der(SEQUENCE, &[asn1::der(OID, &[oid::SIGNATURE_STAMP]), asn1::der(SET, &[token])]);
    let mut info = asn1::value(envelope, SEQUENCE)?.inside();
    let kind = info.next(OID)?.whole;
    let mut parts = info.next(context(0))?.inside().next(SEQUENCE)?.inside().all()?;
    let signer = parts.pop().filter(|part| part.tag == SET).ok_or(asn1::IllFormed)?.inside().next(SEQUENCE)?;
    let mut inside = signer.inside().all()?;
    let mut unsigned = vec![attribute];
    if let Some(last) = inside.pop_if(|last| last.tag == context(1)) {
        unsigned.extend(last.inside().all()?.iter().map(|value| value.whole.to_vec()));
    }
    let mut signer: Vec<Vec<u8>> = inside.iter().map(|part| part.whole.to_vec()).collect();
    signer.push(asn1::set_of(context(1), unsigned));
    let mut data: Vec<Vec<u8>> = parts.iter().map(|part| part.whole.to_vec()).collect();
    data.push(asn1::der(SET, &[asn1::der(SEQUENCE, &signer)]));
    let data = asn1::der(context(0), &[asn1::der(SEQUENCE, &data)]);
    Ok(asn1::der(SEQUENCE, &[kind.to_vec(), data]))
}
