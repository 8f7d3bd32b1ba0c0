//! A signature's envelope as it comes (CMS `SignedData`, RFC 5652): read leniently, checked strictly.

use crate::{
    algorithm::{Check, Digest, Scheme},
    asn1::{self, INTEGER, IllFormed, OCTET_STRING, OID, Read, SEQUENCE, SET, Value, Values, context, primitive},
    certificate::Certificate,
    cms::oid,
    report::Finding,
};

/// The most certificates and lists of an envelope.
const MOST: usize = 64;

/// What stands in an envelope with one signer.
pub(crate) struct SignedData {
    pub(crate) content_type: Vec<u8>,
    /// The content, when the envelope brings it along.
    pub(crate) content: Option<Vec<u8>>,
    pub(crate) certificates: Vec<Certificate>,
    /// Lists of revoked certificates.
    pub(crate) lists: Vec<Vec<u8>>,
    pub(crate) signer: SignerInfo,
}

/// The one signer of an envelope.
pub(crate) struct SignerInfo {
    who: Who,
    digest: Option<Digest>,
    digest_name: String,
    scheme: Scheme,
    /// What is signed besides the content, as the set that the signature is over.
    signed_bytes: Option<Vec<u8>>,
    pub(crate) signed: Vec<Attribute>,
    pub(crate) signature: Vec<u8>,
    pub(crate) unsigned: Vec<Attribute>,
}

/// By what an envelope names its signer.
enum Who {
    Serial { issuer: Vec<u8>, serial: Vec<u8> },
    Key(Vec<u8>),
}

/// An attribute and its values, each with its tag.
pub(crate) struct Attribute {
    pub(crate) oid: Vec<u8>,
    pub(crate) values: Vec<Vec<u8>>,
}

/// What came of checking an envelope against its content.
pub(crate) struct Checked {
    pub(crate) signer: Option<Certificate>,
    pub(crate) algorithm: String,
    pub(crate) findings: Vec<Finding>,
}

impl SignedData {
    /// Reads the envelope at the beginning of the bytes; what follows it, such as zeros that fill a place up, is left.
    pub(crate) fn read(bytes: &[u8]) -> Read<Self> {
        let bytes = asn1::definite(bytes)?;
        let mut info = asn1::value(&bytes, SEQUENCE)?.inside();
        if info.next(OID)?.content != oid::SIGNED_DATA {
            return Err(IllFormed);
        }
        let mut data = info.next(context(0))?.inside().next(SEQUENCE)?.inside();
        data.next(INTEGER)?;
        data.next(SET)?;
        let mut content = data.next(SEQUENCE)?.inside();
        let content_type = content.next(OID)?.content.to_vec();
        let content = match content.optional(context(0))? {
            Some(explicit) => Some(explicit.inside().next(OCTET_STRING)?.content.to_vec()),
            None => None,
        };
        let certificates = items(data.optional(context(0))?)?;
        let lists = items(data.optional(context(1))?)?;
        let signers = data.next(SET)?.inside().all()?;
        let [signer] = signers.as_slice() else { return Err(IllFormed) };
        Ok(Self {
            content_type,
            content,
            // Other kinds of certificates may stand among them; they are nobody's here.
            certificates: certificates.iter().filter_map(|item| Certificate::from_der(item.whole).ok()).collect(),
            lists: lists.iter().map(|item| item.whole.to_vec()).collect(),
            signer: SignerInfo::read(*signer)?,
        })
    }

    /// Checks the signature, over the content that stands in the envelope or the one that is given.
    pub(crate) fn check(&self, content: &[u8]) -> Checked {
        let signer = self.certificates.iter().find(|certificate| self.signer.is(certificate)).cloned();
        let mut findings = self.signer.check_content(&self.content_type, content);
        let mut algorithm = self.signer.digest_name.clone();
        match &signer {
            None => findings.push(Finding::NoCertificate),
            Some(certificate) => {
                algorithm = certificate.key.describe(&self.signer.scheme);
                let weak = certificate.key.weak(&self.signer.scheme);
                findings.extend(weak.into_iter().map(|name| Finding::WeakAlgorithm { name }));
                let message = self.signer.signed_bytes.as_deref().unwrap_or(content);
                match self.signer.check_signature(certificate, message) {
                    Check::Good => {}
                    Check::Bad => findings.push(Finding::SignatureDiffers),
                    Check::Unsupported => findings.push(Finding::UnsupportedAlgorithm { name: algorithm.clone() }),
                }
                if self.signer.means_another(certificate) {
                    findings.push(Finding::CertificateSwapped);
                }
            }
        }
        Checked { signer, algorithm, findings }
    }
}

impl SignerInfo {
    fn read(value: Value<'_>) -> Read<Self> {
        let mut inside = value.inside();
        inside.next(INTEGER)?;
        let who = if let Some(key) = inside.optional(primitive(0))? {
            Who::Key(key.content.to_vec())
        } else {
            let mut named = inside.next(SEQUENCE)?.inside();
            let issuer = named.next(SEQUENCE)?.whole.to_vec();
            Who::Serial { issuer, serial: asn1::digits(named.next(INTEGER)?.content).to_vec() }
        };
        let digest_oid = inside.next(SEQUENCE)?.inside().next(OID)?.content;
        let digest = Digest::of(digest_oid);
        let signed = inside.optional(context(0))?;
        let scheme = Scheme::read(inside.next(SEQUENCE)?, digest)?;
        let signature = inside.next(OCTET_STRING)?.content.to_vec();
        let unsigned = inside.optional(context(1))?;
        Ok(Self {
            who,
            digest,
            digest_name: digest.map_or_else(|| asn1::dotted(digest_oid), |digest| digest.name().to_owned()),
            scheme,
            // The signature is over the set with the tag of a set, not with the one under which it stands here.
            signed_bytes: signed.map(|value| asn1::der(SET, &[value.content])),
            signed: attributes(signed)?,
            signature,
            unsigned: attributes(unsigned)?,
        })
    }

    fn is(&self, certificate: &Certificate) -> bool {
        match &self.who {
            Who::Serial { issuer, serial } => certificate.issuer == *issuer && certificate.serial == *serial,
            Who::Key(id) => certificate.key_id.as_ref() == Some(id),
        }
    }

    /// The attribute of a kind, when it stands there once with one value.
    pub(crate) fn attribute(&self, oid: &[u8]) -> Option<&[u8]> {
        only(&self.signed, oid)
    }

    /// The unsigned attribute of a kind, when it stands there once with one value.
    pub(crate) fn unsigned_attribute(&self, oid: &[u8]) -> Option<&[u8]> {
        only(&self.unsigned, oid)
    }

    fn check_content(&self, content_type: &[u8], content: &[u8]) -> Vec<Finding> {
        let Some(computed) = self.digest.and_then(|digest| digest.of_bytes(content)) else {
            return vec![Finding::UnsupportedAlgorithm { name: self.digest_name.clone() }];
        };
        if self.signed_bytes.is_none() {
            return Vec::new();
        }
        let digest = self.attribute(oid::MESSAGE_DIGEST).and_then(|value| asn1::value(value, OCTET_STRING).ok());
        let kind = self.attribute(oid::CONTENT_TYPE).and_then(|value| asn1::value(value, OID).ok());
        if digest.is_some_and(|value| value.content == computed)
            && kind.is_some_and(|kind| kind.content == content_type)
        {
            return Vec::new();
        }
        vec![Finding::ContentDiffers]
    }

    /// The attributes are signed in the order of DER; where they stand in another, some signed them as they stand.
    fn check_signature(&self, certificate: &Certificate, message: &[u8]) -> Check {
        let check = certificate.key.check(&self.scheme, message, &self.signature);
        if check != Check::Bad || self.signed_bytes.is_none() {
            return check;
        }
        let items = asn1::value(message, SET).and_then(|set| set.inside().all());
        let items = items.unwrap_or_default().iter().map(|item| item.whole.to_vec()).collect();
        certificate.key.check(&self.scheme, &asn1::set_of(SET, items), &self.signature)
    }

    /// Whether the signer's own attribute names another certificate (RFC 5035).
    fn means_another(&self, certificate: &Certificate) -> bool {
        let first = |oid: &[u8]| {
            let mut list = asn1::value(self.attribute(oid)?, SEQUENCE).ok()?.inside().next(SEQUENCE).ok()?.inside();
            list.next(SEQUENCE).ok()
        };
        let (value, mut digest) = match (first(oid::SIGNING_CERTIFICATE_V2), first(oid::SIGNING_CERTIFICATE)) {
            (Some(value), _) => (value, Some(Digest::Sha256)),
            (None, Some(value)) => (value, Some(Digest::Sha1)),
            (None, None) => return false,
        };
        let mut inside = value.inside();
        if let Ok(Some(algorithm)) = inside.optional(SEQUENCE) {
            digest = algorithm.inside().next(OID).ok().and_then(|oid| Digest::of(oid.content));
        }
        let told = inside.next(OCTET_STRING).ok().map(|value| value.content.to_vec());
        told.is_none() || digest.and_then(|digest| digest.of_bytes(certificate.der())) != told
    }

    /// Whether the signer named its certificate in what it signed.
    pub(crate) fn names_certificate(&self) -> bool {
        self.attribute(oid::SIGNING_CERTIFICATE_V2).is_some() || self.attribute(oid::SIGNING_CERTIFICATE).is_some()
    }
}

fn only<'a>(attributes: &'a [Attribute], oid: &[u8]) -> Option<&'a [u8]> {
    let mut same = attributes.iter().filter(|attribute| attribute.oid == oid);
    match (same.next()?.values.as_slice(), same.next()) {
        ([value], None) => Some(value),
        _ => None,
    }
}

fn items(value: Option<Value<'_>>) -> Read<Vec<Value<'_>>> {
    let found = value.map_or(Ok(Vec::new()), |value| value.inside().all())?;
    if found.len() > MOST { Err(IllFormed) } else { Ok(found) }
}

fn attributes(value: Option<Value<'_>>) -> Read<Vec<Attribute>> {
    let read = |item: &Value<'_>| -> Read<Attribute> {
        let mut inside: Values<'_> = item.inside();
        let oid = inside.next(OID)?.content.to_vec();
        let values = inside.next(SET)?.inside().all()?;
        Ok(Attribute { oid, values: values.iter().map(|value| value.whole.to_vec()).collect() })
    };
    items(value)?.iter().map(read).collect()
}
