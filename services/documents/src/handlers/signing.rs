//! The two acts of signing: the person's and the organisation's. The signature is made before the transaction begins, with
//! the file that was read; only a signature that verifies is kept.

use anyhow::{Context as _, Result};
use bytes::Bytes;
use futures_util::TryStreamExt as _;
use pades::{Certificate, Details, Signed, SigningFailed, Verdict};
use schema_documents::{
    Execution, ExecutionRefusal, ExecutionSignature, ExecutionStep, GetOwnCertificate, OutgoingDocument,
    OwnCertificate, OwnKeyState, Refusal, SealOutgoing, SignOutgoing,
};
use service::{Claimed, Read, Write};
use wire::{
    FileRef, Instant,
    id::{OfficeId, OutgoingId},
};

use super::{
    desk_books, executions, files, outgoing,
    stamping::{self, StampPaper},
    trusting::{self, Holder},
};
use crate::{
    domain::execution::{self, Step},
    settings::Settings,
    store::{self, files::Owner},
};

/// A file with one signature more, and whose it is.
#[derive(Clone)]
pub(crate) struct Made {
    file: Claimed,
    signature: ExecutionSignature,
}

/// Makes the person's signature.
pub(crate) async fn sign_facts(cx: Read, call: SignOutgoing) -> Result<Made> {
    let person = cx.person()?.person;
    make(&cx, (call.id, &call.sha256), Step::Sign, |_| Holder::Person(person)).await
}

/// Keeps it.
pub(crate) async fn sign(cx: Write, call: SignOutgoing, made: Made) -> Result<Execution> {
    keep(cx, (call.id, &call.sha256), Step::Sign, made).await
}

/// Makes the organisation's signature.
pub(crate) async fn seal_facts(cx: Read, call: SealOutgoing) -> Result<Made> {
    let holder = |document: &OutgoingDocument| Holder::Body(document.office, document.body_code.clone());
    make(&cx, (call.id, &call.sha256), Step::Seal, holder).await
}

/// Keeps it.
pub(crate) async fn seal(cx: Write, call: SealOutgoing, made: Made) -> Result<Execution> {
    keep(cx, (call.id, &call.sha256), Step::Seal, made).await
}

/// The certificate of the caller's own key.
pub(crate) async fn own_certificate(cx: Read, _: GetOwnCertificate) -> Result<OwnCertificate> {
    let (given, person, now) = (cx.settings::<Settings>().signing.clone(), cx.person()?.person, cx.now);
    let found = tokio::task::spawn_blocking(move || {
        trusting::key(&given, &Holder::Person(person)).map(|key| key.chain().first().cloned())
    });
    let bare = |state| OwnCertificate { state, name: None, issuer: None, serial: None, not_after: None };
    match found.await? {
        Ok(Some(certificate)) => Ok(told(&certificate, now)),
        Ok(None) => Ok(bare(OwnKeyState::Missing)),
        Err(error) => match error.downcast_ref::<ExecutionRefusal>() {
            Some(ExecutionRefusal::KeyAway) => Ok(bare(OwnKeyState::Away)),
            Some(_) => Ok(bare(OwnKeyState::Missing)),
            None => Err(error),
        },
    }
}

fn told(certificate: &Certificate, now: Instant) -> OwnCertificate {
    let party = certificate.party().clone();
    let state = if certificate.holds_at(now) { OwnKeyState::Ready } else { OwnKeyState::OutOfTime };
    OwnCertificate {
        state,
        name: Some(party.name),
        issuer: Some(party.issuer),
        serial: Some(party.serial),
        not_after: Some(party.not_after),
    }
}

/// Signs the file that was read, outside the transaction.
async fn make(
    cx: &Read,
    (id, read): (OutgoingId, &str),
    step: Step,
    holder: impl FnOnce(&OutgoingDocument) -> Holder,
) -> Result<Made> {
    let document = outgoing::seen(cx, id).await?;
    let way = store::executions::get(cx.db(), cx.scope(), id).await?.ok_or(ExecutionRefusal::NotElectronic)?;
    let person = cx.person()?.person;
    execution::fits(&way, step, person, read)?;
    let file = document.files.iter().find(|file| Some(file.id) == way.file).context("the file of the way is kept")?;
    let pdf = content(cx, document.office, read).await?;
    let (given, holder, now) = (cx.settings::<Settings>(), holder(&document), cx.now);
    let reason = match step {
        Step::Sign => "Ký ban hành",
        Step::Seal => "Phát hành",
    };
    let signed = tokio::task::spawn_blocking(move || signed(&given, &holder, &pdf, reason, now));
    let (signed, certificate) = signed.await??;
    let stamped = stamping::now(cx, &signed).await;
    let pdf = stamped.clone().unwrap_or_else(|| signed.pdf().to_vec());
    let claimed = kept(cx, document.office, pdf, file).await?;
    Ok(Made { file: claimed, signature: execution::made(&certificate, person, now, stamped.is_some()) })
}

/// The signature, proved before anybody sees it.
fn signed(given: &Settings, holder: &Holder, pdf: &[u8], reason: &str, now: Instant) -> Result<(Signed, Certificate)> {
    let key = trusting::key(&given.signing, holder)?;
    let certificate = key.chain().first().cloned().ok_or(ExecutionRefusal::KeyMissing)?;
    let name = Some(certificate.party().name.clone());
    let details = Details { at: now, name, reason: Some(reason.to_owned()), place: None };
    let signed = pades::sign(pdf, key.as_ref(), &details).map_err(|failed| match failed {
        SigningFailed::Key(failed) => trusting::refusal(&failed),
        SigningFailed::OutOfTime => ExecutionRefusal::CertificateOutOfTime.into(),
        SigningFailed::WrongUse => ExecutionRefusal::CertificateUnfit.into(),
        other => anyhow::Error::msg(other.to_string()),
    })?;
    let report = pades::verify(signed.pdf(), &trusting::trust(&given.signatures)?, now);
    match report.map_err(|unreadable| anyhow::Error::msg(unreadable.to_string()))?.verdict {
        Verdict::Valid | Verdict::Unproven => Ok((signed, certificate)),
        Verdict::Invalid | Verdict::Unsigned => Err(ExecutionRefusal::CertificateUnfit.into()),
    }
}

/// Keeps a signature, unless another file stands by now.
async fn keep(cx: Write, (id, read): (OutgoingId, &str), step: Step, made: Made) -> Result<Execution> {
    let (mut document, way) = executions::held(&cx, id).await?;
    execution::fits(&way, step, cx.person()?.person, read)?;
    let Made { file, signature } = made;
    let stamp_later = !signature.stamped && stamping::wanted(&cx);
    let (file, before) = replaced(&cx, &mut document, &way, file).await?;
    let next = execution::advanced(&way, step, &file, signature.clone(), &document.body_code);
    let act = if step == Step::Sign { ExecutionStep::Signed } else { ExecutionStep::Sealed };
    if stamp_later {
        cx.enqueue(&StampPaper { id, office: document.office, sha256: file.sha256.clone(), tries: 0 }, cx.now).await?;
    }
    if step == Step::Seal {
        desk_books::entered(&cx, &document, (1, Some(&signature.name)), None).await?;
    }
    let way = executions::changed(&cx, document, next, act, &[("certificate", Some(signature.name))]).await?;
    let_go(&cx, &way, before).await?;
    Ok(way)
}

/// Puts a file in the place of the one before it, which it begins with; the other is let go once the way names this one.
pub(super) async fn replaced(
    cx: &Write,
    document: &mut OutgoingDocument,
    way: &Execution,
    file: Claimed,
) -> Result<(FileRef, Option<FileRef>)> {
    let at = document.files.iter().position(|held| Some(held.id) == way.file);
    let before = at.map(|at| document.files.remove(at));
    let file = files::take_up(cx, document.office, vec![file]).await?.pop().ok_or(Refusal::TextNotThere)?;
    let owner = Owner::Outgoing(document.id);
    store::files::attach(cx.tx(), document.office, owner, std::slice::from_ref(&file), cx.now).await?;
    document.files.push(file.clone());
    Ok((file, before))
}

/// Lets a file go that another one has taken the place of.
pub(super) async fn let_go(cx: &Write, way: &Execution, before: Option<FileRef>) -> Result<()> {
    let Some(FileRef { id, sha256, .. }) = before else { return Ok(()) };
    store::files::detach(cx.tx(), &cx.office(way.office)?, Owner::Outgoing(way.id), id).await?;
    Ok(store::loose::let_go(cx.tx(), way.office, sha256, cx.now).await?)
}

/// A content of the office, whole.
pub(super) async fn content(cx: &Read, office: OfficeId, sha256: &str) -> Result<Vec<u8>> {
    let area = cx.blobs().area("documents", &office.to_string())?;
    let chunks: Vec<Bytes> = area.open(sha256, None).await?.bytes.try_collect().await?;
    Ok(chunks.concat())
}

/// Puts a signed file into the office's area, where it waits for the row that names it.
pub(super) async fn kept(cx: &Read, office: OfficeId, pdf: Vec<u8>, before: &FileRef) -> Result<Claimed> {
    let area = cx.blobs().area("documents", &office.to_string())?;
    let mut begun = area.begin(u64::try_from(pades::LARGEST)?).await?;
    begun.write(pdf.into()).await?;
    let staged = area.keep(begun).await?;
    let (name, media_type) = (before.name.clone(), before.media_type.clone());
    Ok(Claimed { sha256: staged.hash, size: staged.size, media_type, name })
}
