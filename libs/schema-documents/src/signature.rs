//! Digital signatures on the files of documents that arrived: who signed, when, and whether it is what they signed, as it
//! was found when the file came (kiểm tra chữ ký số).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Instant,
    id::{FileId, IncomingId},
};

/// What was found in the PDFs of a document. Other files have no line here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IncomingSignatures {
    /// The document.
    pub id: IncomingId,
    /// Its PDFs, in the order in which they were attached.
    pub files: Vec<FileSignatures>,
}

/// What was found in one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FileSignatures {
    /// The file.
    pub file: FileId,
    /// How far the check is.
    pub state: SignatureCheckState,
    /// When it was checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_at: Option<Instant>,
    /// The worst of all its signatures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<SignatureVerdict>,
    /// Its signatures, the earliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signatures: Vec<FileSignature>,
}

/// How far the check of a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignatureCheckState {
    /// It came before files were looked at here, and is not looked at any more.
    Unchecked,
    /// It has still to be looked at.
    Waiting,
    /// It was looked at.
    Checked,
    /// It cannot be read as a PDF: broken, or locked by a password.
    Unreadable,
    /// It is larger than what is looked at here.
    TooLarge,
}

/// One plain word upon a signature, or upon all of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignatureVerdict {
    /// It holds.
    Valid,
    /// Nothing is disproved, but something that belongs to the proof is missing, such as a trusted authority.
    Unproven,
    /// It is disproved: what was signed was altered, or the signer had no right to sign then.
    Invalid,
    /// There is no signature.
    Unsigned,
}

/// One signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FileSignature {
    /// Whether it holds.
    pub verdict: SignatureVerdict,
    /// Whose certificate it is; absent when none stands in the signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signer: Option<SignatureParty>,
    /// When it was signed, as the signer claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed_at: Option<Instant>,
    /// When a time-stamp authority saw it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stamped_at: Option<Instant>,
    /// Why it was signed, as the signer tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whether what was signed stands unchanged; signatures that came later change nothing.
    pub unchanged: bool,
    /// What is known of a revocation of the certificates.
    pub revocation: SignatureRevocation,
    /// How it is signed, such as `ECDSA P-256, SHA-256`.
    pub algorithm: String,
    /// What is to be said of it, the gravest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<SignatureFinding>,
}

/// One thing to be said of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignatureFinding {
    /// It does not say properly which bytes it covers.
    RangeWrong,
    /// The content is not what was signed.
    ContentDiffers,
    /// It is not the signature of the key in the certificate.
    SignatureDiffers,
    /// The certificate is not the one that the signer meant.
    CertificateSwapped,
    /// Something other than signatures was appended afterwards.
    AlteredAfter,
    /// A certificate was revoked when it was used.
    Revoked,
    /// A certificate did not hold yet, or no longer, when it was used.
    OutOfTime,
    /// The certificate is not for signing.
    WrongUse,
    /// It cannot be read.
    IllFormed,
    /// No certificate stands in it.
    NoCertificate,
    /// No way leads from the signer to an authority that this installation trusts.
    UntrustedIssuer,
    /// A time stamp does not hold, or its authority is not trusted.
    StampDoubtful,
    /// An algorithm is too old to prove anything.
    WeakAlgorithm,
    /// An algorithm cannot be checked here.
    UnsupportedAlgorithm,
    /// The certificate has ended or was revoked since, and no time stamp proves that the signature is older.
    TimeUnproven,
    /// Whether certificates were revoked is not known.
    RevocationUnknown,
    /// The time is the signer's word: there is no time stamp.
    TimeClaimed,
    /// The certificate was revoked after the time stamp; the signature is older.
    RevokedSince,
}

/// Whose a certificate is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SignatureParty {
    /// The common name.
    pub name: String,
    /// The whole subject, such as `C=VN, O=…, CN=…`.
    pub subject: String,
    /// The authority that issued the certificate.
    pub issuer: String,
    /// The serial number, in hexadecimal.
    pub serial: String,
    /// Until when the certificate holds.
    pub not_after: Instant,
}

/// What is known of a revocation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignatureRevocation {
    /// All certificates are known to have been good.
    Good,
    /// One was revoked.
    Revoked,
    /// Of at least one nothing is known.
    Unknown,
}

/// The signatures on the files of a document that arrived.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetIncomingSignatures {
    /// The document.
    pub id: IncomingId,
}
