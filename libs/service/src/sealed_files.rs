//! Files that rest sealed: an upload is encrypted as it is claimed, and opened when it may be read.

use auth::{CHUNK, ItemKey, TAG};
use blob::{Content, Staging};
use futures_util::TryStreamExt as _;
use uuid::Uuid;
use wire::{Ticket, id::OfficeId};

use crate::{Claimed, Read, Result, Write, context::bad_ticket};

/// An upload that was sealed under a key of its own. Without the key nothing of it can be read again.
#[derive(Clone, Debug)]
pub struct SealedUpload {
    /// SHA-256 of the sealed content, hex: the name under which this service's area holds it.
    pub sha256: String,
    /// Size of the sealed content in bytes.
    pub size: u64,
    /// The upload as its ticket promised it. It still lies in staging until [`Read::unstage`] removes it.
    pub upload: Claimed,
    /// The key.
    pub key: ItemKey,
}

impl Read {
    /// Seals a staged upload under a fresh key into this service's area for the office. For `prepare` only. The upload
    /// stays in staging, so that a repeat finds it: whoever keeps the row removes it by [`Read::unstage`] after the
    /// commit.
    ///
    /// # Errors
    /// As [`Read::claim`]; invalid, too, when the upload was removed from staging meanwhile.
    pub async fn claim_sealed(&self, ticket: &Ticket, purpose: &str, office: OfficeId) -> Result<SealedUpload> {
        let upload = self.promised(ticket, purpose, office)?;
        let source = match self.blobs().staged(&upload.sha256).await {
            Ok(source) if source.size == upload.size => source,
            Ok(_) | Err(blob::Error::Missing { .. }) => return Err(bad_ticket().into()),
            Err(error) => return Err(error.into()),
        };
        let key = ItemKey::new(rand::random());
        let mut sealing = key.sealing()?;
        let area = self.blobs().area(self.frame.shared.name(), &office.to_string())?;
        let begun = area.begin(u64::MAX).await?;
        let written = recut(source, CHUNK, begun, |piece, last| sealing.seal(piece, last)).await?;
        let kept = area.keep(written).await?;
        Ok(SealedUpload { sha256: kept.hash, size: kept.size, upload, key })
    }

    /// Seals bytes under a fresh key into this service's area for the office: the name, the size and the key of what lies
    /// there. For `prepare` only, since a file comes before the row that names it.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn seal_bytes(&self, office: OfficeId, clear: &[u8]) -> Result<(String, u64, ItemKey)> {
        let key = ItemKey::new(rand::random());
        let mut sealing = key.sealing()?;
        let area = self.blobs().area(self.frame.shared.name(), &office.to_string())?;
        let mut begun = area.begin(u64::MAX).await?;
        let mut pieces = clear.chunks(CHUNK).peekable();
        loop {
            let mut piece = pieces.next().unwrap_or_default().to_vec();
            let last = pieces.peek().is_none();
            sealing.seal(&mut piece, last)?;
            begun.write(piece.into()).await?;
            if last {
                break;
            }
        }
        let kept = area.keep(begun).await?;
        Ok((kept.hash, kept.size, key))
    }

    /// Opens what was sealed, and keeps it nowhere.
    ///
    /// # Errors
    /// As [`Read::unseal`].
    pub async fn unseal_bytes(&self, office: OfficeId, sealed: &str, key: &ItemKey) -> Result<Vec<u8>> {
        let area = self.blobs().area(self.frame.shared.name(), &office.to_string())?;
        let content = area.open(sealed, None).await?;
        let chunks: Vec<bytes::Bytes> = content.bytes.try_collect().await?;
        let (sealed, mut clear) = (chunks.concat(), Vec::new());
        let mut opening = key.opening()?;
        let mut pieces = sealed.chunks(CHUNK + TAG).peekable();
        while let Some(piece) = pieces.next() {
            let mut piece = piece.to_vec();
            opening.open(&mut piece, pieces.peek().is_none())?;
            clear.append(&mut piece);
        }
        Ok(clear)
    }

    /// Keeps clear bytes in this service's area for the office; gives their hash and size. For `prepare` only.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn keep_bytes(&self, office: OfficeId, clear: Vec<u8>) -> Result<(String, u64)> {
        let area = self.blobs().area(self.frame.shared.name(), &office.to_string())?;
        let mut begun = area.begin(u64::MAX).await?;
        begun.write(clear.into()).await?;
        let kept = area.keep(begun).await?;
        Ok((kept.hash, kept.size))
    }

    /// Removes an upload from staging, where it lies unsealed.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn unstage(&self, sha256: &str) -> Result<bool> {
        Ok(self.blobs().unstage(sha256).await?)
    }

    /// Opens what [`Read::claim_sealed`] sealed, and puts the clear content into the same area; gives its hash and size.
    /// For `prepare` only, since a file comes before the row that names it.
    ///
    /// # Errors
    /// When it was sealed under another key, or was changed.
    pub async fn unseal(&self, office: OfficeId, sealed: &str, key: &ItemKey) -> Result<(String, u64)> {
        let area = self.blobs().area(self.frame.shared.name(), &office.to_string())?;
        let source = area.open(sealed, None).await?;
        let mut opening = key.opening()?;
        let begun = area.begin(u64::MAX).await?;
        let written = recut(source, CHUNK + TAG, begun, |piece, last| opening.open(piece, last)).await?;
        let kept = area.keep(written).await?;
        Ok((kept.hash, kept.size))
    }
}

impl Write {
    /// Seals a short secret for the row of this id.
    ///
    /// # Errors
    /// In a service that has no sealing key.
    pub fn seal(&self, row: Uuid, clear: &[u8]) -> Result<String> {
        self.sealing()?.seal(row.as_bytes(), clear, rand::random())
    }
}

/// Cuts a content into pieces of one size, the last of which may be shorter, and writes what `turn` makes of each.
async fn recut(
    mut source: Content,
    size: usize,
    mut into: Staging,
    mut turn: impl FnMut(&mut Vec<u8>, bool) -> Result<()>,
) -> Result<Staging> {
    let mut piece = Vec::with_capacity(size);
    while let Some(chunk) = source.bytes.try_next().await? {
        let mut rest = chunk.as_ref();
        while !rest.is_empty() {
            if piece.len() == size {
                turn(&mut piece, false)?;
                into.write(std::mem::take(&mut piece).into()).await?;
            }
            let (now, later) = rest.split_at(rest.len().min(size - piece.len()));
            piece.extend_from_slice(now);
            rest = later;
        }
    }
    turn(&mut piece, true)?;
    into.write(piece.into()).await?;
    Ok(into)
}
