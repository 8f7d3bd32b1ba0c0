//! Time stamps (RFC 3161): the request that is sent to an authority, and what its answer must hold. Who sends the
//! request and gets the answer is up to the caller.

use std::fmt;

use ring::rand::{SecureRandom as _, SystemRandom};
use wire::Instant;

use crate::{
    algorithm::Digest,
    asn1::{
        self, BOOLEAN, GENERALIZED_TIME, INTEGER, IllFormed, NULL, OCTET_STRING, OID, Read, SEQUENCE, Value, context,
        primitive,
    },
    certificate::Certificate,
    cms::{oid, read::SignedData},
    report::Finding,
};

/// The most bytes of an answer.
pub(crate) const LARGEST: usize = 64 << 10;

/// Why a time-stamp authority's answer is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadStamp {
    /// The authority refused.
    Refused {
        /// The status of the answer (RFC 3161, 2.4.2).
        status: u8,
    },
    /// The answer cannot be read.
    IllFormed,
    /// The stamp is over something else.
    OtherContent,
    /// The stamp answers another request.
    OtherRequest,
    /// The stamp's signature or its certificate does not hold.
    Unproven(Vec<Finding>),
    /// The stamp does not fit into the place that the signature left for it.
    TooLarge,
}

impl fmt::Display for BadStamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { status } => write!(f, "the time-stamp authority refused with status {status}"),
            Self::IllFormed => f.write_str("the time-stamp authority's answer cannot be read"),
            Self::OtherContent => f.write_str("the time stamp is over another signature"),
            Self::OtherRequest => f.write_str("the time stamp answers another request: its nonce differs"),
            Self::Unproven(findings) => write!(f, "the time stamp does not hold: {findings:?}"),
            Self::TooLarge => f.write_str("the time stamp is larger than the place that the signature left for it"),
        }
    }
}

impl std::error::Error for BadStamp {}

/// Something random for a request, so that its answer is none of another one.
#[must_use]
pub fn nonce() -> Option<[u8; 16]> {
    let mut nonce = [0; 16];
    SystemRandom::new().fill(&mut nonce).ok().map(|()| nonce)
}

/// A request for a time stamp over bytes, which are hashed with SHA-256; the nonce must be random.
pub(crate) fn request(stamped: &[u8], nonce: [u8; 16]) -> Vec<u8> {
    let hash = Digest::Sha256.of_bytes(stamped).unwrap_or_default();
    let algorithm = asn1::der(SEQUENCE, &[asn1::der(OID, &[Digest::Sha256.oid()]), vec![NULL, 0]]);
    let imprint = asn1::der(SEQUENCE, &[algorithm, asn1::der(OCTET_STRING, &[hash])]);
    let wants_certificate = asn1::der(BOOLEAN, &[[0xFF]]);
    asn1::der(SEQUENCE, &[asn1::integer(&[1]), imprint, asn1::integer(&nonce), wants_certificate])
}

/// The token of an authority's answer, after all that a client must check: status, imprint, nonce, signature, and that
/// the certificate is for time stamps. Whether the authority is trusted is told when the document is verified.
pub(crate) fn token(answer: &[u8], stamped: &[u8], nonce: [u8; 16]) -> Result<Vec<u8>, BadStamp> {
    if answer.len() > LARGEST {
        return Err(BadStamp::TooLarge);
    }
    let answer = asn1::definite(answer).map_err(|_| BadStamp::IllFormed)?;
    let token = granted(&answer)?;
    let read = read(token).map_err(|_| BadStamp::IllFormed)?;
    if !read.is_over(stamped) {
        return Err(BadStamp::OtherContent);
    }
    if read.nonce.as_deref() != Some(asn1::digits(&nonce)) {
        return Err(BadStamp::OtherRequest);
    }
    if read.findings.is_empty() { Ok(token.to_vec()) } else { Err(BadStamp::Unproven(read.findings)) }
}

/// `TimeStampResp`: the token, when the status is `granted` or `grantedWithMods`.
fn granted(answer: &[u8]) -> Result<&[u8], BadStamp> {
    let parts = || -> Read<(u8, Option<Value<'_>>)> {
        let mut inside = asn1::value(answer, SEQUENCE)?.inside();
        let status = inside.next(SEQUENCE)?.inside().next(INTEGER)?.content;
        Ok((*status.last().ok_or(IllFormed)?, inside.optional(SEQUENCE)?))
    };
    match parts().map_err(|_| BadStamp::IllFormed)? {
        (0 | 1, Some(token)) => Ok(token.whole),
        (0 | 1, None) => Err(BadStamp::IllFormed),
        (status, _) => Err(BadStamp::Refused { status }),
    }
}

/// A token, read and checked as far as that goes without knowing whom to trust.
pub(crate) struct Token {
    pub(crate) at: Instant,
    pub(crate) by: Option<Certificate>,
    pub(crate) certificates: Vec<Certificate>,
    pub(crate) algorithm: String,
    pub(crate) findings: Vec<Finding>,
    digest: Option<Digest>,
    imprint: Vec<u8>,
    nonce: Option<Vec<u8>>,
}

impl Token {
    /// Whether the stamp is over these bytes.
    pub(crate) fn is_over(&self, stamped: &[u8]) -> bool {
        self.digest.and_then(|digest| digest.of_bytes(stamped)).as_ref() == Some(&self.imprint)
    }
}

/// Reads and checks a `TimeStampToken`.
pub(crate) fn read(token: &[u8]) -> Read<Token> {
    let envelope = SignedData::read(token)?;
    let content = envelope.content.as_deref().filter(|_| envelope.content_type == oid::STAMP).ok_or(IllFormed)?;
    let mut info = asn1::value(content, SEQUENCE)?.inside();
    info.next(INTEGER)?;
    info.next(OID)?;
    let mut imprint = info.next(SEQUENCE)?.inside();
    let digest = Digest::of(imprint.next(SEQUENCE)?.inside().next(OID)?.content);
    let imprint = imprint.next(OCTET_STRING)?.content.to_vec();
    info.next(INTEGER)?;
    let at = crate::moment::generalized(info.next(GENERALIZED_TIME)?.content).ok_or(IllFormed)?;
    info.optional(SEQUENCE)?;
    info.optional(BOOLEAN)?;
    let nonce = info.optional(INTEGER)?.map(|nonce| asn1::digits(nonce.content).to_vec());
    info.optional(context(0)).and(info.optional(primitive(0)))?;
    let checked = envelope.check(content);
    let mut findings = checked.findings;
    findings.extend(
        digest
            .filter(|digest| matches!(digest, Digest::Md5 | Digest::Sha1))
            .map(|digest| Finding::WeakAlgorithm { name: digest.name().to_owned() }),
    );
    if let Some(authority) = checked.signer.as_ref().filter(|authority| !authority.rights.stamps_time) {
        findings.push(Finding::WrongUse { subject: authority.party().subject.clone() });
    }
    if checked.signer.as_ref().is_some_and(|authority| !authority.holds_at(at)) {
        findings.extend(
            checked.signer.as_ref().map(|authority| Finding::OutOfTime { subject: authority.party().subject.clone() }),
        );
    }
    Ok(Token {
        at,
        by: checked.signer,
        certificates: envelope.certificates,
        algorithm: checked.algorithm,
        findings,
        digest,
        imprint,
        nonce,
    })
}
