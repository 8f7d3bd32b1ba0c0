//! What verification tells: of each signature who, when, whether it holds and why; of the document one plain verdict.

use serde::{Deserialize, Serialize};
use wire::Instant;

use crate::certificate::Party;

/// All that is known of a document's signatures at one moment; it can be kept as a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The worst of all signatures.
    pub verdict: Verdict,
    /// When it was verified.
    pub verified_at: Instant,
    /// In the order of the document's form, which is the order of signing.
    pub signatures: Vec<Signature>,
}

/// One plain word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Every signature holds.
    Valid,
    /// Nothing is disproved, but something that belongs to the proof is missing.
    Unproven,
    /// A signature is disproved: the content was altered, or the signer had no right to sign at that time.
    Invalid,
    /// There is no signature.
    Unsigned,
}

/// What a signature is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A person's or an organisation's signature.
    Signature,
    /// A time stamp over the whole document (`ETSI.RFC3161`).
    DocumentStamp,
}

/// One signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The name of its field in the form.
    pub field: String,
    /// What it is for.
    pub kind: Kind,
    /// Whether it holds.
    pub verdict: Verdict,
    /// Who signed; none when the certificate does not stand in the signature.
    pub signer: Option<Party>,
    /// The authorities above the signer, up to one that is trusted; empty when there is no such way.
    pub authorities: Vec<Party>,
    /// When it was signed, as the signer claims.
    pub claimed_at: Option<Instant>,
    /// The time stamp of an authority, if there is one.
    pub stamp: Option<Stamp>,
    /// Why it was signed, as the signer tells.
    pub reason: Option<String>,
    /// Where it was signed, as the signer tells.
    pub place: Option<String>,
    /// How many bytes of the file, from its beginning, the signature covers, its own place left out.
    pub covered: u64,
    /// What was appended after the signed bytes.
    pub after: After,
    /// Whether the certificates were revoked.
    pub revocation: Revocation,
    /// How it is signed, such as `ECDSA P-256, SHA-256`.
    pub algorithm: String,
    /// All that is to be said, the gravest first.
    pub findings: Vec<Finding>,
}

/// The time stamp of an authority (RFC 3161) over a signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The moment.
    pub at: Instant,
    /// The authority.
    pub by: Option<Party>,
    /// Whether the stamp holds and its authority is trusted.
    pub trusted: bool,
}

/// What was appended to the file after the bytes that a signature covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum After {
    /// Nothing: the signature covers the file.
    Nothing,
    /// Signatures, fields for them and proofs about them, and nothing that the signer saw was altered.
    SignaturesOnly,
    /// Something else: each place that was altered.
    Altered {
        /// In words, such as `page 1: Contents`.
        places: Vec<String>,
    },
}

/// What lists and answers of authorities tell about the signer's certificate and those above it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Revocation {
    /// All are known to be good at the time of signing.
    Good,
    /// One was revoked.
    Revoked {
        /// Whose.
        subject: String,
        /// When.
        at: Instant,
        /// Why, as the authority tells: the number of RFC 5280, 5.3.1.
        reason: Option<u8>,
    },
    /// Of at least one nothing is known.
    Unknown,
}

/// One thing to be said about a signature.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Finding {
    /// The signature does not say properly which bytes it covers.
    RangeWrong {
        /// What is wrong.
        why: String,
    },
    /// The content is not what was signed.
    ContentDiffers,
    /// The signature is not the one of the key in the certificate.
    SignatureDiffers,
    /// The certificate is not the one that the signer meant.
    CertificateSwapped,
    /// Something other than signatures was appended afterwards.
    AlteredAfter,
    /// A certificate was revoked when it was used.
    Revoked,
    /// A certificate did not hold yet, or no longer, when it was used.
    OutOfTime {
        /// Whose.
        subject: String,
    },
    /// The certificate is not for signing.
    WrongUse {
        /// Whose.
        subject: String,
    },
    /// The signature cannot be read.
    IllFormed {
        /// What is wrong.
        why: String,
    },
    /// The signer's certificate does not stand in the signature.
    NoCertificate,
    /// No way leads from the signer to a trusted authority.
    UntrustedIssuer,
    /// A time stamp does not hold, or its authority is not trusted.
    StampDoubtful {
        /// What is wrong.
        why: String,
    },
    /// An algorithm is too old to prove anything.
    WeakAlgorithm {
        /// Which.
        name: String,
    },
    /// An algorithm that cannot be checked here.
    UnsupportedAlgorithm {
        /// Which.
        name: String,
    },
    /// The certificate has expired or was revoked since, and no time stamp proves that the signature is older.
    TimeUnproven,
    /// Whether certificates were revoked is not known.
    RevocationUnknown,
    /// The time is the signer's word: there is no time stamp.
    TimeClaimed,
    /// The certificate was revoked after the time stamp; the signature is older.
    RevokedSince,
}

impl Finding {
    /// What the finding alone makes of a signature.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::RangeWrong { .. }
            | Self::ContentDiffers
            | Self::SignatureDiffers
            | Self::CertificateSwapped
            | Self::AlteredAfter
            | Self::Revoked
            | Self::OutOfTime { .. }
            | Self::WrongUse { .. } => Verdict::Invalid,
            Self::IllFormed { .. }
            | Self::NoCertificate
            | Self::UntrustedIssuer
            | Self::StampDoubtful { .. }
            | Self::WeakAlgorithm { .. }
            | Self::UnsupportedAlgorithm { .. }
            | Self::TimeUnproven => Verdict::Unproven,
            Self::RevocationUnknown | Self::TimeClaimed | Self::RevokedSince => Verdict::Valid,
        }
    }
}

impl Report {
    pub(crate) fn of(signatures: Vec<Signature>, verified_at: Instant) -> Self {
        let worst = signatures.iter().map(|signature| signature.verdict).max();
        Self { verdict: worst.unwrap_or(Verdict::Unsigned), verified_at, signatures }
    }
}

impl Signature {
    /// Puts the findings in order and lets them decide.
    pub(crate) fn decided(mut self) -> Self {
        self.findings.sort();
        self.findings.dedup();
        self.verdict = self.findings.iter().map(Finding::verdict).max().unwrap_or(Verdict::Valid);
        self
    }
}
