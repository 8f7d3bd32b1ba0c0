//! What an electronic letter or message of the queue holds: taken out of it when it is marked, and found again to be
//! destroyed.

use anyhow::Result;
use futures_util::TryStreamExt as _;
use service::{Claimed, Read};
use wire::id::OfficeId;

use super::intake_secrets;
use crate::{
    domain::{
        intake::LARGEST,
        mail_file::{self, Opened},
        mail_letter,
    },
    store::intake::Kept,
};

/// What was taken out of an item that is being marked.
#[derive(Clone, Debug, Default)]
pub(crate) struct TakenOut {
    /// The files, which lie in the office's area in the clear.
    pub(crate) parts: Vec<Claimed>,
    /// The rest.
    pub(crate) opened: Opened,
}

/// Takes out what a letter or message holds; nothing of any other file.
pub(crate) async fn take_out(cx: &Read, office: OfficeId, clear: &Claimed) -> Result<TakenOut> {
    let Some(format) = taken_apart(&clear.media_type, clear.size) else { return Ok(TakenOut::default()) };
    let area = cx.blobs().area("documents", &office.to_string())?;
    let chunks: Vec<bytes::Bytes> = area.open(&clear.sha256, None).await?.bytes.try_collect().await?;
    let Some(mut opened) = apart(chunks.concat(), format).await? else { return Ok(TakenOut::default()) };
    let mut parts: Vec<Claimed> = Vec::with_capacity(opened.parts.len());
    for part in std::mem::take(&mut opened.parts) {
        let (name, media_type) = (part.name, part.media_type.to_owned());
        let (sha256, size) = cx.keep_bytes(office, part.bytes).await?;
        if parts.iter().all(|other| other.sha256 != sha256) && sha256 != clear.sha256 {
            parts.push(Claimed { sha256, size, media_type, name });
        }
    }
    Ok(TakenOut { parts, opened })
}

/// The hashes of what a mark that was cut off, or came too late, may have left of a sealed item in the store.
pub(crate) async fn left(cx: &Read, kept: &Kept) -> Result<Vec<String>> {
    let media_type = kept.item.media_type.clone().unwrap_or_default();
    let Some(format) = taken_apart(&media_type, kept.item.size.unwrap_or_default()) else { return Ok(Vec::new()) };
    let Some(clear) = intake_secrets::unseal_bytes(cx, kept).await? else { return Ok(Vec::new()) };
    let parts = apart(clear, format).await?.map(|opened| opened.parts).unwrap_or_default();
    Ok(parts.iter().map(|part| mail_letter::sha256(&part.bytes)).collect())
}

fn taken_apart(media_type: &str, size: u64) -> Option<blob::Format> {
    let format = blob::Format::of_media_type(media_type)?;
    (matches!(format, blob::Format::Eml | blob::Format::Xml) && size <= LARGEST).then_some(format)
}

/// Takes a file apart beside the tasks that answer callers.
async fn apart(bytes: Vec<u8>, format: blob::Format) -> Result<Option<Opened>> {
    Ok(tokio::task::spawn_blocking(move || mail_file::open(&bytes, format)).await?)
}
