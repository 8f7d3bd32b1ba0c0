//! Laying a paper out: made ready, set, staged.

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use schema_forms::{FormContent, Paper, Refusal, RenderForm, Rendered, StagedPaper};
use service::{Read, Result};

use crate::{
    domain::{
        sheet::{self, MOST_MIB},
        word,
    },
    press::{printing::Printed, queue, world::has_letter},
};

/// No paper comes near this many bytes.
const LARGEST_FILE: u64 = 256 * 1024 * 1024;

/// Lays a paper out into the staging area, whence the asking service claims it.
pub(crate) async fn render(cx: Read, call: RenderForm) -> Result<Rendered> {
    let paper = match call.content {
        FormContent::Here { paper } => *paper,
        FormContent::Staged { file } => staged(&cx, &file).await?,
    };
    if call.as_word {
        let word::Written { bytes, layout } = word::of(&paper, call.dated)?;
        let (sha256, size) = stage_bytes(&cx, bytes).await?;
        return Ok(Rendered { sha256, size, pages: 0, layout });
    }
    let sheet = sheet::of(&paper, call.dated, &has_letter)?;
    let layout = sheet.layout.clone();
    let printed = queue::set(sheet).await?;
    let pages = printed.pages;
    let (sha256, size) = stage(&cx, printed).await?;
    Ok(Rendered { sha256, size, pages, layout })
}

/// Puts a PDF into the staging area; gives its hash and size.
pub(crate) async fn stage(cx: &Read, printed: Printed) -> Result<(String, u64)> {
    stage_bytes(cx, printed.pdf).await
}

async fn stage_bytes(cx: &Read, bytes: Vec<u8>) -> Result<(String, u64)> {
    let mut file = cx.blobs().stage(LARGEST_FILE).await?;
    file.write(Bytes::from(bytes)).await?;
    let staged = file.finish().await?;
    Ok((staged.hash, staged.size))
}

/// Reads a paper that was too long for a message.
async fn staged(cx: &Read, file: &StagedPaper) -> Result<Paper> {
    let most = u64::from(MOST_MIB) * 1024 * 1024;
    let content = match cx.blobs().staged(&file.sha256).await {
        Ok(content) if content.size == file.size => content,
        Ok(_) | Err(blob::Error::Missing { .. } | blob::Error::BadKey { .. }) => {
            return Err(Refusal::StagedUnreadable.into());
        }
        Err(error) => return Err(error.into()),
    };
    if content.size > most {
        return Err(Refusal::ContentTooLarge { most_mib: MOST_MIB }.into());
    }
    let read = content.bytes.try_fold(Vec::new(), async |mut all, piece| {
        all.extend_from_slice(&piece);
        Ok(all)
    });
    // What is wrong with it is not told: the message could repeat a text.
    Ok(serde_json::from_slice(&read.await?).map_err(|_| Refusal::StagedUnreadable)?)
}
