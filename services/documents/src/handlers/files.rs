//! Files of documents: claiming uploads, attaching, taking off, downloading.

use anyhow::Result;
use schema_documents::{
    AttachIncomingFile, AttachIssuedOutgoingFile, AttachOutgoingFile, DetachIncomingFile, DetachOutgoingFile,
    DocumentAct, DownloadIncomingFile, DownloadOutgoingFile, IncomingDocument, OutgoingDocument, Refusal,
};
use service::{Claimed, Read, Write};
use wire::{
    Download, FileRef, Ticket,
    id::{FileId, OfficeId},
};

use super::{incoming, outgoing, signatures, sweep::SAFETY_AGE, telling};
use crate::{
    domain::{
        attachment,
        incoming::{describable, standing},
        outgoing::{attachable, drafted, signable},
    },
    store::{
        files::{self, Owner},
        loose,
    },
};

/// What a ticket for an incoming document must have been given for.
pub(crate) const INCOMING: &str = "incoming_document";
/// What a ticket for an outgoing document must have been given for.
pub(crate) const OUTGOING: &str = "outgoing_document";

/// Claims uploads for an office, each content once.
pub(crate) async fn claim(cx: &Read, tickets: &[Ticket], purpose: &str, office: OfficeId) -> Result<Vec<Claimed>> {
    let mut claimed: Vec<Claimed> = Vec::new();
    for ticket in tickets {
        let file = cx.claim(ticket, purpose, office).await?;
        if claimed.iter().all(|other| other.sha256 != file.sha256) {
            claimed.push(file);
        }
    }
    Ok(claimed)
}

/// Makes files of claimed uploads. A content on its way out of the store cannot be taken up.
pub(crate) async fn take_up(cx: &Write, office: OfficeId, claimed: Vec<Claimed>) -> Result<Vec<FileRef>> {
    let mut files = Vec::with_capacity(claimed.len());
    for Claimed { sha256, size, media_type, name } in claimed {
        if let Some(until) = loose::take_up(cx.tx(), office, &sha256, cx.now).await? {
            return Err(Refusal::FileCleared { until }.into());
        }
        files.push(FileRef { id: cx.fresh(), name: attachment::name(&name), media_type, size, sha256 });
    }
    Ok(files)
}

/// Claims the upload for an incoming document that may have it.
pub(crate) async fn facts_incoming(cx: Read, call: AttachIncomingFile) -> Result<Vec<Claimed>> {
    let document = incoming::seen(&cx, call.id).await?;
    describable(&document)?;
    claim(&cx, &[call.ticket], INCOMING, document.office).await
}

/// Attaches a file to an incoming document.
pub(crate) async fn attach_incoming(
    cx: Write,
    call: AttachIncomingFile,
    claimed: Vec<Claimed>,
) -> Result<IncomingDocument> {
    let mut document = incoming::held(&cx, call.id).await?;
    describable(&document)?;
    let fresh = attached(&cx, document.office, Owner::Incoming(document.id), &document.files, claimed).await?;
    signatures::await_check(&cx, document.office, &fresh).await?;
    let names = names(&fresh);
    document.files.extend(fresh);
    telling::incoming_changed(&cx, document, DocumentAct::FileAttached, &[("file", names)]).await
}

/// Takes a file off an incoming document.
pub(crate) async fn detach_incoming(cx: Write, call: DetachIncomingFile) -> Result<IncomingDocument> {
    let mut document = incoming::held(&cx, call.id).await?;
    standing(&document)?;
    let gone = detached(&cx, document.office, Owner::Incoming(document.id), &mut document.files, call.file).await?;
    telling::incoming_changed(&cx, document, DocumentAct::FileDetached, &[("file", Some(gone.name))]).await
}

/// Directs to a file of an incoming document.
pub(crate) async fn download_incoming(cx: Read, call: DownloadIncomingFile) -> Result<Download> {
    let IncomingDocument { office, files, .. } = incoming::seen(&cx, call.id).await?;
    download(office, files, call.file)
}

/// Claims the upload for an outgoing document that may have it.
pub(crate) async fn facts_outgoing(cx: Read, call: AttachOutgoingFile) -> Result<Vec<Claimed>> {
    let document = outgoing::seen(&cx, call.id).await?;
    attachable(&document)?;
    claim(&cx, &[call.ticket], OUTGOING, document.office).await
}

/// Attaches a file to a draft.
pub(crate) async fn attach_outgoing(
    cx: Write,
    call: AttachOutgoingFile,
    claimed: Vec<Claimed>,
) -> Result<OutgoingDocument> {
    let document = outgoing::held(&cx, call.id).await?;
    attachable(&document)?;
    enclose(&cx, document, claimed).await
}

/// Claims the upload for an issued document.
pub(crate) async fn facts_issued(cx: Read, call: AttachIssuedOutgoingFile) -> Result<Vec<Claimed>> {
    let document = outgoing::seen(&cx, call.id).await?;
    signable(&document)?;
    claim(&cx, &[call.ticket], OUTGOING, document.office).await
}

/// Attaches a file, such as the signed copy, to an issued document.
pub(crate) async fn attach_issued(
    cx: Write,
    call: AttachIssuedOutgoingFile,
    claimed: Vec<Claimed>,
) -> Result<OutgoingDocument> {
    let document = outgoing::held(&cx, call.id).await?;
    signable(&document)?;
    enclose(&cx, document, claimed).await
}

async fn enclose(cx: &Write, mut document: OutgoingDocument, claimed: Vec<Claimed>) -> Result<OutgoingDocument> {
    let fresh = attached(cx, document.office, Owner::Outgoing(document.id), &document.files, claimed).await?;
    let names = names(&fresh);
    document.files.extend(fresh);
    telling::outgoing_changed(cx, document, DocumentAct::FileAttached, &[("file", names)]).await
}

/// Takes a file off a draft.
pub(crate) async fn detach_outgoing(cx: Write, call: DetachOutgoingFile) -> Result<OutgoingDocument> {
    let mut document = outgoing::held(&cx, call.id).await?;
    drafted(&document)?;
    let gone = detached(&cx, document.office, Owner::Outgoing(document.id), &mut document.files, call.file).await?;
    telling::outgoing_changed(&cx, document, DocumentAct::FileDetached, &[("file", Some(gone.name))]).await
}

/// Directs to a file of an outgoing document.
pub(crate) async fn download_outgoing(cx: Read, call: DownloadOutgoingFile) -> Result<Download> {
    let OutgoingDocument { office, files, .. } = outgoing::seen(&cx, call.id).await?;
    download(office, files, call.file)
}

async fn attached(
    cx: &Write,
    office: OfficeId,
    owner: Owner,
    held: &[FileRef],
    claimed: Vec<Claimed>,
) -> Result<Vec<FileRef>> {
    for file in &claimed {
        attachment::fresh(held, &file.sha256)?;
    }
    let files = take_up(cx, office, claimed).await?;
    files::attach(cx.tx(), office, owner, &files, cx.now).await?;
    Ok(files)
}

async fn detached(cx: &Write, office: OfficeId, owner: Owner, held: &mut Vec<FileRef>, id: FileId) -> Result<FileRef> {
    let missing = || Refusal::FileMissing { id };
    let place = held.iter().position(|file| file.id == id).ok_or_else(missing)?;
    let file = held.remove(place);
    if !files::detach(cx.tx(), cx.scope(), owner, id).await? {
        return Err(missing().into());
    }
    // Whether another row still names the content is looked at when its time has come.
    loose::let_go(cx.tx(), office, file.sha256.clone(), cx.now).await?;
    Ok(file)
}

/// Takes all files off an incoming document, so that the next sweep condemns what no other row names.
pub(crate) async fn abandon(cx: &Write, document: &IncomingDocument) -> Result<()> {
    for file in &document.files {
        let_go(cx, document.office, Owner::Incoming(document.id), file).await?;
    }
    Ok(())
}

/// Takes a file off its owner, so that the next sweep condemns its content unless another row names it.
pub(crate) async fn let_go(cx: &Write, office: OfficeId, owner: Owner, file: &FileRef) -> Result<()> {
    files::detach(cx.tx(), cx.scope(), owner, file.id).await?;
    Ok(loose::let_go(cx.tx(), office, file.sha256.clone(), cx.now.minus(SAFETY_AGE)).await?)
}

/// Directs to one of some files of an office.
pub(crate) fn download(office: OfficeId, files: Vec<FileRef>, id: FileId) -> Result<Download> {
    let file = files.into_iter().find(|file| file.id == id).ok_or(Refusal::FileMissing { id })?;
    let FileRef { id: _, name, media_type, size, sha256 } = file;
    Ok(Download { service: "documents".to_owned(), office, sha256, size, media_type, name, bare: true })
}

fn names(files: &[FileRef]) -> Option<String> {
    Some(files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(", "))
}
