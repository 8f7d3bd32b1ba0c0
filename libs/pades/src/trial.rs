//! A certificate authority for trials: it issues certificates to persons, organisations and time-stamp authorities, and
//! lists of revoked ones. Its name says that nothing it signs counts.

use std::fmt;

use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, CustomExtension, DnType, IsCa, Issuer,
    KeyIdMethod, KeyPair, KeyUsagePurpose, RevocationReason, RevokedCertParams, SerialNumber,
};
use time::{Duration, OffsetDateTime};
use wire::Instant;

use crate::{certificate::Certificate, signer::SoftwareKey};

/// How long the authority holds, and how long what it issues.
const AUTHORITY_HOLDS: Duration = Duration::days(3_650);
const ISSUED_HOLDS: Duration = Duration::days(730);
/// What is issued begins a little earlier, because clocks differ.
const BACKDATED: Duration = Duration::hours(1);
/// How long a list of revoked certificates is meant.
const LIST_HOLDS: Duration = Duration::days(7);

/// For time stamps and nothing else, critical as RFC 3161 (2.3) asks.
const STAMPS_TIME: [u8; 12] = [0x30, 10, 6, 8, 0x2B, 6, 1, 5, 5, 7, 3, 8];

/// An authority whose key is held in memory.
pub struct TrialAuthority {
    certificate: Certificate,
    issuer: Issuer<'static, KeyPair>,
    issued: u64,
    revoked: Vec<(Certificate, Instant)>,
}

/// Whom a certificate is for.
#[derive(Clone, Debug)]
pub enum Subject<'a> {
    /// A person of an organisation.
    Person {
        /// The full name.
        name: &'a str,
        /// Where the person works.
        organisation: &'a str,
    },
    /// An organisation, for the signature that takes the place of its seal.
    Organisation {
        /// The name.
        name: &'a str,
    },
    /// A time-stamp authority.
    Stamper {
        /// The name.
        name: &'a str,
    },
}

/// A certificate and its key.
pub struct Issued {
    /// The certificate.
    pub certificate: Certificate,
    /// The key, as a PEM text (PKCS #8).
    pub key: String,
    chain: Vec<Certificate>,
    pkcs8: Vec<u8>,
}

/// A certificate could not be made.
#[derive(Clone, Debug)]
pub struct NotIssued(String);

impl fmt::Display for NotIssued {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the trial authority could not make a certificate: {}", self.0)
    }
}

impl std::error::Error for NotIssued {}

fn failed(why: impl fmt::Display) -> NotIssued {
    NotIssued(why.to_string())
}

impl TrialAuthority {
    /// A new authority with a key of its own.
    ///
    /// # Errors
    /// When the name cannot stand in a certificate.
    pub fn new(name: &str, now: Instant) -> Result<Self, NotIssued> {
        let key = KeyPair::generate().map_err(failed)?;
        let mut params = params(now, AUTHORITY_HOLDS, 1);
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let root = params.self_signed(&key).map_err(failed)?;
        let certificate = Certificate::from_der(root.der()).map_err(failed)?;
        Ok(Self { certificate, issuer: Issuer::new(params, key), issued: 1, revoked: Vec::new() })
    }

    /// The authority's own certificate: what a verifier trusts.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// A certificate with a fresh key (ECDSA on P-256), good for two years.
    ///
    /// # Errors
    /// When a name cannot stand in a certificate.
    pub fn issue(&mut self, subject: &Subject<'_>, now: Instant) -> Result<Issued, NotIssued> {
        self.issue_for(subject, KeyPair::generate().map_err(failed)?, now)
    }

    /// A certificate for a key that is there already (PEM, PKCS #8), good for two years.
    ///
    /// # Errors
    /// When the key is of no kind that can sign, or a name cannot stand in a certificate.
    pub fn issue_to(&mut self, subject: &Subject<'_>, key: &str, now: Instant) -> Result<Issued, NotIssued> {
        self.issue_for(subject, KeyPair::from_pem(key).map_err(failed)?, now)
    }

    fn issue_for(&mut self, subject: &Subject<'_>, key: KeyPair, now: Instant) -> Result<Issued, NotIssued> {
        self.issued += 1;
        let mut params = params(now, ISSUED_HOLDS, self.issued);
        params.is_ca = IsCa::ExplicitNoCa;
        params.use_authority_key_identifier_extension = true;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::ContentCommitment];
        let names = &mut params.distinguished_name;
        match subject {
            Subject::Person { name, organisation } => {
                names.push(DnType::OrganizationName, *organisation);
                names.push(DnType::CommonName, *name);
            }
            Subject::Organisation { name } => {
                names.push(DnType::OrganizationName, *name);
                names.push(DnType::CommonName, *name);
            }
            Subject::Stamper { name } => {
                names.push(DnType::CommonName, *name);
                let mut use_for = CustomExtension::from_oid_content(&[2, 5, 29, 37], STAMPS_TIME.to_vec());
                use_for.set_criticality(true);
                params.custom_extensions = vec![use_for];
            }
        }
        let made = params.signed_by(&key, &self.issuer).map_err(failed)?;
        let certificate = Certificate::from_der(made.der()).map_err(failed)?;
        Ok(Issued {
            chain: vec![certificate.clone(), self.certificate.clone()],
            certificate,
            key: key.serialize_pem(),
            pkcs8: key.serialize_der(),
        })
    }

    /// Revokes a certificate from a moment on; the next list tells it.
    pub fn revoke(&mut self, certificate: &Certificate, at: Instant) {
        self.revoked.push((certificate.clone(), at));
    }

    /// The list of revoked certificates (CRL, in DER), meant for a week.
    ///
    /// # Errors
    /// When the key fails.
    pub fn list(&self, now: Instant) -> Result<Vec<u8>, NotIssued> {
        let revoked = self.revoked.iter().map(|(certificate, at)| RevokedCertParams {
            serial_number: SerialNumber::from_slice(&certificate.serial),
            revocation_time: calendar(*at),
            reason_code: Some(RevocationReason::KeyCompromise),
            invalidity_date: None,
        });
        let list = CertificateRevocationListParams {
            this_update: calendar(now),
            next_update: calendar(now).saturating_add(LIST_HOLDS),
            crl_number: SerialNumber::from(1),
            issuing_distribution_point: None,
            revoked_certs: revoked.collect(),
            key_identifier_method: KeyIdMethod::Sha256,
        };
        Ok(list.signed_by(&self.issuer).map_err(failed)?.der().to_vec())
    }
}

impl Issued {
    /// A signer with this certificate and its key.
    ///
    /// # Errors
    /// When the key is of no kind that signs here.
    pub fn signer(&self) -> Result<SoftwareKey, NotIssued> {
        SoftwareKey::new(&self.pkcs8, self.chain.clone()).map_err(failed)
    }
}

fn params(now: Instant, holds: Duration, serial: u64) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.remove(DnType::CommonName);
    params.distinguished_name.push(DnType::CountryName, "VN");
    params.not_before = calendar(now).saturating_sub(BACKDATED);
    params.not_after = calendar(now).saturating_add(holds);
    params.serial_number = Some(SerialNumber::from(serial));
    params
}

fn calendar(moment: Instant) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(moment.unix_seconds()).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}
