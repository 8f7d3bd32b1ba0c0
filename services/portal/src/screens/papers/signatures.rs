//! G5: digital signatures in the PDFs of a document that arrived, as they were found when they came.

use schema_documents::{
    FileSignature, FileSignatures, GetIncomingSignatures, IncomingDocument, SignatureCheckState, SignatureFinding,
    SignatureRevocation, SignatureVerdict,
};

use crate::{
    asking::Part,
    format,
    kit::chip::{Chip, Tone},
    visit::Inside,
    words::Words,
};

/// What was found in one file.
pub(crate) struct Looked {
    pub(crate) name: String,
    pub(crate) chip: Chip,
    pub(crate) when: Option<String>,
    pub(crate) signatures: Vec<Line>,
}

/// One signature.
pub(crate) struct Line {
    pub(crate) who: String,
    pub(crate) chip: Chip,
    pub(crate) said: Vec<String>,
}

/// Asks what was found; nothing for a document without a PDF.
pub(crate) async fn of(inside: &Inside, document: &IncomingDocument) -> Option<Part<Vec<Looked>>> {
    if document.files.iter().all(|file| file.media_type != "application/pdf") {
        return None;
    }
    let found = inside.part(&GetIncomingSignatures { id: document.id }).await;
    let name = |file: &FileSignatures| {
        let known = document.files.iter().find(|known| known.id == file.file);
        known.map(|known| known.name.clone()).unwrap_or_default()
    };
    let w = inside.visit.words;
    Some(found.map(|found| found.files.iter().map(|file| looked(file, name(file), w)).collect()))
}

fn looked(file: &FileSignatures, name: String, w: Words) -> Looked {
    Looked {
        name,
        chip: whole(file, w),
        when: file.checked_at.map(|at| w.with("papers-signed-checked", &[("at", &format::moment(at))])),
        signatures: file.signatures.iter().map(|one| line(one, w)).collect(),
    }
}

fn whole(file: &FileSignatures, w: Words) -> Chip {
    match (file.state, file.verdict) {
        (SignatureCheckState::Checked, Some(word)) => verdict(word, w),
        (SignatureCheckState::Unchecked, _) => Chip::new(Tone::Plain, "paper", w.t("papers-signed-unchecked")),
        (SignatureCheckState::TooLarge, _) => Chip::new(Tone::Soon, "warning", w.t("papers-signed-too-large")),
        (SignatureCheckState::Unreadable, _) => Chip::new(Tone::Soon, "warning", w.t("papers-signed-unreadable")),
        (SignatureCheckState::Waiting | SignatureCheckState::Checked, _) => {
            Chip::new(Tone::Info, "waiting", w.t("papers-signed-waiting"))
        }
    }
}

fn verdict(verdict: SignatureVerdict, w: Words) -> Chip {
    match verdict {
        SignatureVerdict::Valid => Chip::new(Tone::Good, "ok", w.t("papers-signed-valid")),
        SignatureVerdict::Unproven => Chip::new(Tone::Soon, "warning", w.t("papers-signed-unproven")),
        SignatureVerdict::Invalid => Chip::new(Tone::Late, "stop", w.t("papers-signed-invalid")),
        SignatureVerdict::Unsigned => Chip::new(Tone::Plain, "paper", w.t("papers-signed-not")),
    }
}

fn line(one: &FileSignature, w: Words) -> Line {
    let signer = one.signer.as_ref();
    let at = match (one.stamped_at, one.claimed_at) {
        (Some(at), _) => Some(w.with("papers-signed-stamped", &[("at", &format::moment(at))])),
        (None, Some(at)) => Some(w.with("papers-signed-claimed", &[("at", &format::moment(at))])),
        (None, None) => None,
    };
    let revocation = w.t(match one.revocation {
        SignatureRevocation::Good => "papers-signed-good",
        SignatureRevocation::Revoked => "papers-signed-revoked",
        SignatureRevocation::Unknown => "papers-signed-unknown",
    });
    let unchanged = w.t(if one.unchanged { "papers-signed-unchanged" } else { "papers-signed-changed" });
    let issuer = signer.map(|party| w.with("papers-signed-issuer", &[("issuer", &party.issuer)]));
    let more = one.findings.iter().filter_map(|finding| Some(w.t(said(*finding)?)));
    Line {
        who: signer.map_or_else(|| w.t("papers-signed-nobody"), |party| party.name.clone()),
        chip: verdict(one.verdict, w),
        said: [at, Some(unchanged), issuer, Some(revocation)].into_iter().flatten().chain(more).collect(),
    }
}

/// The words of a finding; nothing for what the other lines say already.
fn said(finding: SignatureFinding) -> Option<&'static str> {
    Some(match finding {
        SignatureFinding::RangeWrong => "papers-finding-range-wrong",
        SignatureFinding::ContentDiffers => "papers-finding-content-differs",
        SignatureFinding::SignatureDiffers => "papers-finding-signature-differs",
        SignatureFinding::CertificateSwapped => "papers-finding-certificate-swapped",
        SignatureFinding::AlteredAfter => "papers-finding-altered-after",
        SignatureFinding::OutOfTime => "papers-finding-out-of-time",
        SignatureFinding::WrongUse => "papers-finding-wrong-use",
        SignatureFinding::IllFormed => "papers-finding-ill-formed",
        SignatureFinding::NoCertificate => "papers-finding-no-certificate",
        SignatureFinding::UntrustedIssuer => "papers-finding-untrusted-issuer",
        SignatureFinding::StampDoubtful => "papers-finding-stamp-doubtful",
        SignatureFinding::WeakAlgorithm => "papers-finding-weak-algorithm",
        SignatureFinding::UnsupportedAlgorithm => "papers-finding-unsupported-algorithm",
        SignatureFinding::TimeUnproven => "papers-finding-time-unproven",
        SignatureFinding::RevokedSince => "papers-finding-revoked-since",
        SignatureFinding::Revoked | SignatureFinding::RevocationUnknown | SignatureFinding::TimeClaimed => return None,
    })
}
