//! Digital signatures on PDFs: made as PAdES-B-B and B-T (ETSI EN 319 142-1), and verified whoever made them.
//!
//! Nothing here does I/O but a token's module, reads a clock, or invents cryptography: bytes, moments and whom to trust
//! come in, signed bytes or a report go out.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

/// Digests and signatures, by `ring`.
mod algorithm;
/// ASN.1 values: read leniently, written strictly.
mod asn1;
/// Whose a certificate is and what it may be used for.
mod certificate;
/// From a signer to a trusted authority.
mod chain;
/// What was appended after a signature.
mod changes;
/// The envelope of a signature.
mod cms {
    /// Object identifiers.
    pub(crate) mod oid;
    /// As it comes.
    pub(crate) mod read;
    /// As PAdES wants it.
    pub(crate) mod write;
}
/// Moments as PDF and ASN.1 write them.
mod moment;
/// Answers about single certificates.
mod ocsp;
/// The file format, as far as signatures need it.
mod pdf {
    /// Objects by number, now and as they were.
    pub(crate) mod file;
    /// Compressed streams.
    mod flate;
    /// What a PDF is made of.
    pub(crate) mod object;
    /// Pages and form fields.
    pub(crate) mod pages;
    /// From bytes to objects.
    pub(crate) mod parse;
    /// What is appended.
    pub(crate) mod write;
    /// Where each object stands.
    pub(crate) mod xref;
}
/// What a document brings along for its own proof.
mod proofs;
/// Which bytes a signature covers.
mod range;
/// What verification tells.
mod report;
/// Whether certificates were revoked.
mod revocation;
/// Signing.
mod sign;
/// Who signs.
mod signer;
/// Time stamps.
mod stamp;
/// A key in a token.
mod token;
/// An authority for trials.
mod trial;
/// Why a file cannot be read.
mod unreadable;
/// Verifying.
mod verify;

pub use certificate::{Certificate, NoCertificate, Party};
pub use chain::Trust;
pub use report::{After, Finding, Kind, Report, Revocation, Signature, Stamp, Verdict};
pub use sign::{Details, Signed, SigningFailed, sign};
pub use signer::{KeyFailed, Signer, SoftwareKey};
pub use stamp::{BadStamp, nonce as stamp_nonce};
pub use token::{TokenKey, TokenPlace};
pub use trial::{Issued, NotIssued, Subject, TrialAuthority};
pub use unreadable::Unreadable;
pub use verify::verify;

/// The most bytes of a PDF that is signed or verified here: 128 MiB.
pub const LARGEST: usize = 128 << 20;
