//! What a check of signatures found, in the words of the contract.

use pades::{After, Finding, Report, Revocation, Signature, Unreadable, Verdict};
use schema_documents::{
    FileSignature, FileSignatures, SignatureCheckState, SignatureFinding, SignatureParty, SignatureRevocation,
    SignatureVerdict,
};
use wire::{FileRef, Instant, id::FileId};

/// The largest file that is looked at, in bytes: it is held in memory whole.
pub(crate) const LARGEST: u64 = 64 * 1024 * 1024;

/// Whether a file can bear a signature that is checked here.
pub(crate) fn is_signable(file: &FileRef) -> bool {
    file.media_type == "application/pdf"
}

/// A file of which nothing was ever noted: it came before that was done.
pub(crate) fn unchecked(file: FileId) -> FileSignatures {
    bare(file, SignatureCheckState::Unchecked, None)
}

/// A file that is too large to be looked at.
pub(crate) fn too_large(file: FileId, at: Instant) -> FileSignatures {
    bare(file, SignatureCheckState::TooLarge, Some(at))
}

/// What was found in a file.
pub(crate) fn found(file: FileId, report: Result<Report, Unreadable>, at: Instant) -> FileSignatures {
    match report {
        Ok(Report { verdict: whole, verified_at, signatures }) => FileSignatures {
            verdict: Some(verdict(whole)),
            signatures: signatures.into_iter().map(one).collect(),
            ..bare(file, SignatureCheckState::Checked, Some(verified_at))
        },
        Err(_) => bare(file, SignatureCheckState::Unreadable, Some(at)),
    }
}

fn bare(file: FileId, state: SignatureCheckState, checked_at: Option<Instant>) -> FileSignatures {
    FileSignatures { file, state, checked_at, verdict: None, signatures: Vec::new() }
}

fn one(signature: Signature) -> FileSignature {
    let untouched = |finding: &Finding| {
        !matches!(finding, Finding::ContentDiffers | Finding::RangeWrong { .. } | Finding::AlteredAfter)
    };
    FileSignature {
        verdict: verdict(signature.verdict),
        signer: signature.signer.map(|party| SignatureParty {
            name: party.name,
            subject: party.subject,
            issuer: party.issuer,
            serial: party.serial,
            not_after: party.not_after,
        }),
        claimed_at: signature.claimed_at,
        stamped_at: signature.stamp.filter(|stamp| stamp.trusted).map(|stamp| stamp.at),
        reason: signature.reason,
        unchanged: !matches!(signature.after, After::Altered { .. }) && signature.findings.iter().all(untouched),
        revocation: match signature.revocation {
            Revocation::Good => SignatureRevocation::Good,
            Revocation::Revoked { .. } => SignatureRevocation::Revoked,
            Revocation::Unknown => SignatureRevocation::Unknown,
        },
        algorithm: signature.algorithm,
        findings: signature.findings.iter().map(named).collect(),
    }
}

fn verdict(verdict: Verdict) -> SignatureVerdict {
    match verdict {
        Verdict::Valid => SignatureVerdict::Valid,
        Verdict::Unproven => SignatureVerdict::Unproven,
        Verdict::Invalid => SignatureVerdict::Invalid,
        Verdict::Unsigned => SignatureVerdict::Unsigned,
    }
}

/// A finding by its name.
fn named(finding: &Finding) -> SignatureFinding {
    match finding {
        Finding::RangeWrong { .. } => SignatureFinding::RangeWrong,
        Finding::ContentDiffers => SignatureFinding::ContentDiffers,
        Finding::SignatureDiffers => SignatureFinding::SignatureDiffers,
        Finding::CertificateSwapped => SignatureFinding::CertificateSwapped,
        Finding::AlteredAfter => SignatureFinding::AlteredAfter,
        Finding::Revoked => SignatureFinding::Revoked,
        Finding::OutOfTime { .. } => SignatureFinding::OutOfTime,
        Finding::WrongUse { .. } => SignatureFinding::WrongUse,
        Finding::IllFormed { .. } => SignatureFinding::IllFormed,
        Finding::NoCertificate => SignatureFinding::NoCertificate,
        Finding::UntrustedIssuer => SignatureFinding::UntrustedIssuer,
        Finding::StampDoubtful { .. } => SignatureFinding::StampDoubtful,
        Finding::WeakAlgorithm { .. } => SignatureFinding::WeakAlgorithm,
        Finding::UnsupportedAlgorithm { .. } => SignatureFinding::UnsupportedAlgorithm,
        Finding::TimeUnproven => SignatureFinding::TimeUnproven,
        Finding::RevocationUnknown => SignatureFinding::RevocationUnknown,
        Finding::TimeClaimed => SignatureFinding::TimeClaimed,
        Finding::RevokedSince => SignatureFinding::RevokedSince,
    }
}
