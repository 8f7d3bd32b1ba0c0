//! Issued documents as messages, for whatever carries them to their addressees.

use anyhow::{Context as _, Result};
use edxml::Attachment;
use futures_util::TryStreamExt as _;
use schema_documents::{DownloadEdxml, MailRefusal};
use service::Read;
use wire::Download;

use super::{mail_writing, outgoing};
use crate::{domain::mail_export as rule, settings::Settings};

/// Writes the message, which our own validator has nothing against.
pub(crate) async fn edxml(cx: Read, call: DownloadEdxml) -> Result<Download> {
    let document = outgoing::seen(&cx, call.id).await?;
    rule::fit(&document)?;
    let settings = cx.settings::<Settings>();
    let place = settings.mail_in.iter().find(|place| place.office == document.office);
    let unset = || MailRefusal::NotAMessage {
        why: "cơ quan chưa được đặt mã định danh (documents.mail_in)".to_owned(),
    };
    let from = mail_writing::ours(place.ok_or_else(unset)?);
    let to = rule::receivers(&document, &call.to)?;
    let area = cx.blobs().area("documents", &document.office.to_string())?;
    let mut attachments = Vec::with_capacity(document.files.len());
    for (at, file) in document.files.iter().enumerate() {
        let chunks: Vec<bytes::Bytes> = area.open(&file.sha256, None).await?.bytes.try_collect().await?;
        attachments.push(Attachment {
            content_id: format!("tep-{}", at.saturating_add(1)),
            name: file.name.clone(),
            media_type: file.media_type.clone(),
            description: String::new(),
            bytes: chunks.concat(),
        });
    }
    let message = rule::message(&document, from, to, attachments);
    let written = tokio::task::spawn_blocking(move || edxml::write_message(&message)).await.context("writing")?;
    let bytes = written.map_err(|error| MailRefusal::NotAMessage { why: error.to_string() })?;
    let symbol = document.symbol.unwrap_or_default().replace('/', "-");
    let (sha256, size) = cx.keep_bytes(document.office, bytes).await?;
    Ok(Download {
        service: "documents".to_owned(),
        office: document.office,
        sha256,
        size,
        media_type: "application/xml".to_owned(),
        name: format!("{symbol}.edxml"),
        bare: false,
    })
}
