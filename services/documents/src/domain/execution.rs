//! The way of an issued document to its digital signatures: laid out, signed by its signer, sealed by the clerk. Each step
//! fits one state, and none takes anything back.

use schema_documents::{
    Execution, ExecutionRefusal, ExecutionSignature, ExecutionSigner, ExecutionState, OutgoingDocument,
};
use schema_identity::{AuthorityHistory, AuthorityWay};
use wire::{
    FileRef, Instant, Version,
    id::{OfficeId, PersonId},
};

/// The permission to sign.
pub(crate) const SIGN: &str = "documents.outgoing.sign";

/// Codes of bodies that have no seal: a cell's document counts with the signature alone (Hướng dẫn 36-HD/VPTW of 2018 and
/// 05-HD/VPTW of 2026).
const WITHOUT_SEAL: [&str; 1] = ["CB"];

/// Whose signature is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The person's.
    Sign,
    /// The organisation's.
    Seal,
}

/// Begins the way of a document that has just been numbered.
pub(crate) fn begin(document: &OutgoingDocument, signer: ExecutionSigner) -> Result<Execution, ExecutionRefusal> {
    if document.masked {
        return Err(ExecutionRefusal::SignerMasked);
    }
    if document.draft.is_none() {
        return Err(ExecutionRefusal::NoTextToSign);
    }
    Ok(Execution {
        id: document.id,
        office: document.office,
        version: Version::FIRST,
        state: ExecutionState::LayingOut,
        symbol: document.symbol.clone().unwrap_or_default(),
        summary: document.summary.clone(),
        signer,
        file: None,
        sha256: None,
        pages: None,
        trouble: None,
        signed: None,
        sealed: None,
    })
}

/// Whether somebody may sign for the office in that position, as identity remembers the day.
pub(crate) fn may_sign(
    signer: ExecutionSigner,
    office: OfficeId,
    remembered: &AuthorityHistory,
) -> Result<(), ExecutionRefusal> {
    let fits = |way: &AuthorityWay| way.position == signer.position && way.office == office;
    if remembered.ways.iter().any(fits) { Ok(()) } else { Err(ExecutionRefusal::SignerUnfit) }
}

/// The way after the document was laid out; nothing when that is not awaited any more.
pub(crate) fn laid_out(before: &Execution, file: &FileRef, pages: u32) -> Option<Execution> {
    (before.state == ExecutionState::LayingOut).then(|| Execution {
        state: ExecutionState::ToSign,
        pages: Some(pages),
        trouble: None,
        ..with_file(before, file)
    })
}

/// The way while the document cannot be laid out; nothing when that changes nothing.
pub(crate) fn troubled(before: &Execution, code: &str) -> Option<Execution> {
    let known = before.trouble.as_deref() == Some(code);
    let awaited = before.state == ExecutionState::LayingOut;
    (awaited && !known).then(|| Execution { trouble: Some(code.to_owned()), ..changed(before) })
}

/// Whether a step fits, and the caller may take it with the file that they have read.
pub(crate) fn fits(before: &Execution, step: Step, by: PersonId, read: &str) -> Result<(), ExecutionRefusal> {
    let state = match step {
        Step::Sign => ExecutionState::ToSign,
        Step::Seal => ExecutionState::ToSeal,
    };
    if before.state != state {
        return Err(ExecutionRefusal::StepUnfit { state: before.state });
    }
    if step == Step::Sign && before.signer.person != by {
        return Err(ExecutionRefusal::NotTheSigner);
    }
    if before.sha256.as_deref() == Some(read) { Ok(()) } else { Err(ExecutionRefusal::PaperChanged) }
}

/// The way after a signature was made.
pub(crate) fn advanced(
    before: &Execution,
    step: Step,
    file: &FileRef,
    made: ExecutionSignature,
    body_code: &str,
) -> Execution {
    let next = with_file(before, file);
    match step {
        Step::Sign if WITHOUT_SEAL.contains(&body_code) => {
            Execution { state: ExecutionState::Complete, signed: Some(made), ..next }
        }
        Step::Sign => Execution { state: ExecutionState::ToSeal, signed: Some(made), ..next },
        Step::Seal => Execution { state: ExecutionState::Complete, sealed: Some(made), ..next },
    }
}

/// The way after a time-stamp authority vouched for the last signature; nothing when another file stands by now.
pub(crate) fn stamped(before: &Execution, was: &str, file: &FileRef) -> Option<Execution> {
    if before.sha256.as_deref() != Some(was) {
        return None;
    }
    let mut next = with_file(before, file);
    let last = if next.sealed.is_some() { &mut next.sealed } else { &mut next.signed };
    last.as_mut()?.stamped = true;
    Some(next)
}

/// The way of a document that is laid out once more.
pub(crate) fn again(before: &Execution) -> Result<Execution, ExecutionRefusal> {
    match before.state {
        ExecutionState::LayingOut => Ok(Execution { trouble: None, ..changed(before) }),
        state => Err(ExecutionRefusal::StepUnfit { state }),
    }
}

/// The way left for signing by hand. What is complete needs no hand, and what the person signed is not thrown away.
pub(crate) fn by_hand(before: &Execution) -> Result<Execution, ExecutionRefusal> {
    match before.state {
        ExecutionState::LayingOut | ExecutionState::ToSign | ExecutionState::ToSeal => {
            Ok(Execution { state: ExecutionState::ByHand, trouble: None, ..changed(before) })
        }
        state => Err(ExecutionRefusal::StepUnfit { state }),
    }
}

/// The way of a document whose number is voided.
pub(crate) fn voided(before: &Execution) -> Execution {
    Execution { state: ExecutionState::Voided, trouble: None, ..changed(before) }
}

/// A signature as it is kept.
pub(crate) fn made(certificate: &pades::Certificate, by: PersonId, at: Instant, stamped: bool) -> ExecutionSignature {
    let party = certificate.party();
    ExecutionSignature { by, at, name: party.name.clone(), serial: party.serial.clone(), stamped }
}

/// What is drawn where the hand would sign.
pub(crate) fn mark(signer: &str, body: &str) -> Vec<String> {
    vec![format!("Ký số: {signer}"), format!("Đóng dấu số: {body}")]
}

fn with_file(before: &Execution, file: &FileRef) -> Execution {
    Execution { file: Some(file.id), sha256: Some(file.sha256.clone()), ..changed(before) }
}

fn changed(before: &Execution) -> Execution {
    Execution { version: before.version.next(), ..before.clone() }
}

#[cfg(test)]
mod tests;
