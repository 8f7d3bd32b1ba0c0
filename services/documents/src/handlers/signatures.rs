//! Digital signatures on what arrives: each PDF is looked at once, when it comes, and what was found is kept.

use anyhow::Result;
use futures_util::TryStreamExt as _;
use schema_documents::{FileSignatures, GetIncomingSignatures, IncomingSignatures};
use serde::{Deserialize, Serialize};
use service::{Job, Next, Read, Write};
use wire::{
    FileRef,
    id::{FileId, OfficeId},
};

use super::{incoming, trusting};
use crate::{
    domain::{incoming::unsaid, signature},
    settings::Settings,
    store,
};

/// Looks at a file that came.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct CheckSignatures {
    /// The file.
    pub(crate) file: FileId,
    /// The office that it came to.
    pub(crate) office: OfficeId,
    /// SHA-256 of its content, hex.
    pub(crate) sha256: String,
    /// Its size in bytes.
    pub(crate) size: u64,
}

impl Job for CheckSignatures {
    const KIND: &'static str = "check_signatures";
}

/// Notes which files have to be looked at. That is done a moment later, so that nobody waits for a large one.
pub(crate) async fn await_check(cx: &Write, office: OfficeId, files: &[FileRef]) -> Result<()> {
    for file in files.iter().filter(|file| signature::is_signable(file)) {
        store::signatures::wait(cx.tx(), office, file.id).await?;
        let job = CheckSignatures { file: file.id, office, sha256: file.sha256.clone(), size: file.size };
        cx.enqueue(&job, cx.now).await?;
    }
    Ok(())
}

/// Looks at the file, outside the transaction; nothing when it was taken off meanwhile, and its content may be gone.
pub(crate) async fn look(cx: Read, job: CheckSignatures) -> Result<Option<FileSignatures>> {
    let CheckSignatures { file, office, sha256, size } = job;
    if store::signatures::of(cx.db(), &cx.office(office)?, &[file]).await?.is_empty() {
        return Ok(None);
    }
    if size > signature::LARGEST {
        return Ok(Some(signature::too_large(file, cx.now)));
    }
    let (given, now) = (cx.settings::<Settings>().signatures.clone(), cx.now);
    let chunks: Vec<bytes::Bytes> =
        cx.blobs().area("documents", &office.to_string())?.open(&sha256, None).await?.bytes.try_collect().await?;
    // It reads files and computes; nobody else waits for it.
    let looked = tokio::task::spawn_blocking(move || -> Result<Option<FileSignatures>> {
        let trust = trusting::trust(&given)?;
        Ok(Some(signature::found(file, pades::verify(&chunks.concat(), &trust, now), now)))
    });
    looked.await?
}

/// Keeps what was found.
pub(crate) async fn keep(
    cx: Write,
    job: CheckSignatures,
    found: Option<FileSignatures>,
) -> Result<Next<CheckSignatures>> {
    let scope = cx.office(job.office)?;
    if let Some(found) = found {
        store::signatures::keep(cx.tx(), &scope, job.office, found).await?;
    }
    Ok(Next::Done)
}

/// What was found in the files of a document.
pub(crate) async fn get(cx: Read, call: GetIncomingSignatures) -> Result<IncomingSignatures> {
    let document = incoming::seen(&cx, call.id).await?;
    if unsaid(&document) {
        return Ok(IncomingSignatures { id: document.id, files: Vec::new() });
    }
    let files: Vec<FileId> =
        document.files.iter().filter(|file| signature::is_signable(file)).map(|file| file.id).collect();
    let mut known = store::signatures::of(cx.db(), cx.scope(), &files).await?;
    let of_file = |file: &FileId| known.remove(file).unwrap_or_else(|| signature::unchecked(*file));
    Ok(IncomingSignatures { id: document.id, files: files.iter().map(of_file).collect() })
}
