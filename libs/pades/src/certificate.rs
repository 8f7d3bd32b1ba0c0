//! A certificate (RFC 5280), read once: whose it is, what it may be used for, and its bytes as they were signed.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use wire::Instant;
use x509_parser::{
    certificate::X509Certificate,
    extensions::ParsedExtension,
    objects::oid_registry,
    pem::Pem,
    prelude::{ASN1Time, FromDer as _},
    x509::X509Name,
};

use crate::{
    algorithm::{Check, PublicKey, Scheme},
    asn1::{self, BIT_STRING, SEQUENCE},
};

/// The most bytes of a certificate.
const LARGEST: usize = 64 << 10;

/// A certificate of a person, an organisation or an authority.
#[derive(Clone, PartialEq, Eq)]
pub struct Certificate {
    der: Vec<u8>,
    party: Party,
    pub(crate) subject: Vec<u8>,
    pub(crate) issuer: Vec<u8>,
    pub(crate) serial: Vec<u8>,
    pub(crate) key: PublicKey,
    pub(crate) key_id: Option<Vec<u8>>,
    pub(crate) scheme: Scheme,
    signed: Vec<u8>,
    signature: Vec<u8>,
    pub(crate) rights: Rights,
}

/// Who stands in a certificate, as it is shown and kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// The common name, or the whole subject where there is none.
    pub name: String,
    /// The whole subject, such as `C=VN, O=…, CN=…`.
    pub subject: String,
    /// The whole name of the authority that issued the certificate.
    pub issuer: String,
    /// The serial number, in hexadecimal.
    pub serial: String,
    /// From when the certificate holds.
    pub not_before: Instant,
    /// Until when the certificate holds.
    pub not_after: Instant,
}

/// What a certificate may be used for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rights {
    /// Whether it is an authority's; none when the certificate does not say.
    pub(crate) authority: Option<bool>,
    /// How many authorities may stand between this one and a signer.
    pub(crate) longest_path: Option<u32>,
    pub(crate) signs_certificates: bool,
    pub(crate) signs_lists: bool,
    pub(crate) signs_documents: bool,
    /// For time stamps and nothing else, as RFC 3161 (2.3) asks.
    pub(crate) stamps_time: bool,
    pub(crate) answers_status: bool,
    /// Something critical stands in it that nobody here understands.
    pub(crate) beyond_us: bool,
}

/// The bytes are no certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoCertificate;

impl fmt::Display for NoCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is no certificate: give an X.509 certificate in DER or PEM")
    }
}

impl std::error::Error for NoCertificate {}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Certificate({}, {})", self.party.subject, self.party.serial)
    }
}

impl Certificate {
    /// Reads a certificate in DER.
    ///
    /// # Errors
    /// When the bytes are not exactly one certificate.
    pub fn from_der(der: &[u8]) -> Result<Self, NoCertificate> {
        if der.len() > LARGEST {
            return Err(NoCertificate);
        }
        let (rest, parsed) = X509Certificate::from_der(der).map_err(|_| NoCertificate)?;
        if !rest.is_empty() || parsed.tbs_certificate.signature != parsed.signature_algorithm {
            return Err(NoCertificate);
        }
        Self::read(der, &parsed).ok_or(NoCertificate)
    }

    /// Reads all certificates of a PEM text; other blocks are passed over.
    ///
    /// # Errors
    /// When a block is broken, or none is a certificate.
    pub fn from_pem(text: &[u8]) -> Result<Vec<Self>, NoCertificate> {
        let mut found = Vec::new();
        for block in Pem::iter_from_buffer(text) {
            let block = block.map_err(|_| NoCertificate)?;
            if block.label == "CERTIFICATE" {
                found.push(Self::from_der(&block.contents)?);
            }
        }
        if found.is_empty() { Err(NoCertificate) } else { Ok(found) }
    }

    fn read(der: &[u8], parsed: &X509Certificate<'_>) -> Option<Self> {
        let mut outer = asn1::value(der, SEQUENCE).ok()?.inside();
        let signed = outer.next(SEQUENCE).ok()?.whole.to_vec();
        let scheme = Scheme::read(outer.next(SEQUENCE).ok()?, None).ok()?;
        let signature = outer.next(BIT_STRING).ok()?.content.get(1..)?.to_vec();
        let tbs = &parsed.tbs_certificate;
        let subject = name(&tbs.subject);
        let common = tbs.subject.iter_common_name().next().and_then(|name| name.as_str().ok()).map(str::to_owned);
        let serial = asn1::digits(tbs.raw_serial()).to_vec();
        let party = Party {
            name: common.unwrap_or_else(|| subject.clone()),
            subject,
            issuer: name(&tbs.issuer),
            serial: serial.iter().map(|byte| format!("{byte:02x}")).collect(),
            not_before: instant(tbs.validity.not_before),
            not_after: instant(tbs.validity.not_after),
        };
        Some(Self {
            der: der.to_vec(),
            party,
            subject: tbs.subject.as_raw().to_vec(),
            issuer: tbs.issuer.as_raw().to_vec(),
            serial,
            key: PublicKey::read(asn1::value(tbs.subject_pki.raw, SEQUENCE).ok()?).ok()?,
            key_id: key_id(parsed),
            scheme,
            signed,
            signature,
            rights: rights(parsed),
        })
    }

    /// The bytes of the certificate.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The certificate as a PEM text.
    #[must_use]
    pub fn to_pem(&self) -> String {
        let letters = STANDARD.encode(&self.der);
        let lines: Vec<&str> =
            letters.as_bytes().chunks(64).filter_map(|line| std::str::from_utf8(line).ok()).collect();
        format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
    }

    /// Who stands in it.
    #[must_use]
    pub fn party(&self) -> &Party {
        &self.party
    }

    /// Whether it holds at a moment, by its own dates.
    #[must_use]
    pub fn holds_at(&self, moment: Instant) -> bool {
        self.party.not_before <= moment && moment <= self.party.not_after
    }

    /// Whether an authority's key signed this certificate.
    pub(crate) fn is_signed_by(&self, authority: &Self) -> bool {
        authority.key.check(&self.scheme, &self.signed, &self.signature) == Check::Good
    }
}

fn name(name: &X509Name<'_>) -> String {
    name.to_string_with_registry(oid_registry()).unwrap_or_else(|_| "?".to_owned())
}

/// A moment of a certificate or a list.
pub(crate) fn instant(time: ASN1Time) -> Instant {
    Instant::from_micros(time.timestamp().saturating_mul(1_000_000))
}

fn key_id(parsed: &X509Certificate<'_>) -> Option<Vec<u8>> {
    parsed.iter_extensions().find_map(|extension| match extension.parsed_extension() {
        ParsedExtension::SubjectKeyIdentifier(id) => Some(id.0.to_vec()),
        _ => None,
    })
}

fn rights(parsed: &X509Certificate<'_>) -> Rights {
    // Without the extension a key may be used for anything.
    let mut rights = Rights { signs_certificates: true, signs_lists: true, signs_documents: true, ..Rights::default() };
    for extension in parsed.iter_extensions() {
        match extension.parsed_extension() {
            ParsedExtension::BasicConstraints(constraints) => {
                rights.authority = Some(constraints.ca);
                rights.longest_path = constraints.path_len_constraint;
            }
            ParsedExtension::KeyUsage(usage) => {
                rights.signs_certificates = usage.key_cert_sign();
                rights.signs_lists = usage.crl_sign();
                rights.signs_documents = usage.digital_signature() || usage.non_repudiation();
            }
            ParsedExtension::ExtendedKeyUsage(usage) => {
                let alone = !usage.any && !usage.server_auth && !usage.client_auth && !usage.code_signing;
                rights.stamps_time = usage.time_stamping && alone && extension.critical;
                rights.answers_status = usage.ocsp_signing;
            }
            ParsedExtension::SubjectAlternativeName(_)
            | ParsedExtension::CertificatePolicies(_)
            | ParsedExtension::AuthorityKeyIdentifier(_)
            | ParsedExtension::SubjectKeyIdentifier(_) => {}
            _ => rights.beyond_us |= extension.critical,
        }
    }
    rights
}
