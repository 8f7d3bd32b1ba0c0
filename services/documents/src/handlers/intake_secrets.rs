//! What the clerk's queue keeps sealed: sealing uploads, opening them, removing the uploads.

use anyhow::{Context as _, Result};
use schema_documents::BringInIntake;
use sea_orm::prelude::Uuid;
use serde::{Deserialize, Serialize};
use service::{Claimed, ItemKey, Job, Next, Read, SealedUpload, Write};

use crate::{
    domain::{
        field,
        intake::{self, FILES},
    },
    store::intake::Kept,
};

/// What a ticket for the queue must have been given for.
pub(crate) const ITEM: &str = "intake_item";

/// Removes uploads from staging, where they lie as they came.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct DropUploads {
    /// SHA-256 of their contents, hex.
    pub(crate) uploads: Vec<String>,
}

impl Job for DropUploads {
    const KIND: &'static str = "drop_uploads";
}

/// Seals the uploads of an order, each content once.
pub(crate) async fn seal_all(cx: &Read, call: &BringInIntake) -> Result<Vec<SealedUpload>> {
    field::few("tickets", &call.tickets, FILES)?;
    if call.tickets.is_empty() {
        return Err(schema_documents::Refusal::FieldMissing { name: "tickets".to_owned() }.at("tickets").into());
    }
    let mut promised: Vec<(usize, Claimed)> = Vec::new();
    for (at, ticket) in call.tickets.iter().enumerate() {
        let upload = cx.promised(ticket, ITEM, call.office)?;
        if promised.iter().all(|(_, other)| other.sha256 != upload.sha256) {
            promised.push((at, upload));
        }
    }
    let sizes: Vec<u64> = promised.iter().map(|(_, upload)| upload.size).collect();
    intake::fits(&sizes)?;
    let mut sealed = Vec::with_capacity(promised.len());
    for ticket in promised.iter().filter_map(|(at, _)| call.tickets.get(*at)) {
        sealed.push(cx.claim_sealed(ticket, ITEM, call.office).await?);
    }
    Ok(sealed)
}

/// Puts the clear content of a sealed item into the store; nothing when it is not sealed.
pub(crate) async fn unseal(cx: &Read, kept: &Kept) -> Result<Option<Claimed>> {
    let (Some(sealed), Some(content)) = (&kept.sealed, &kept.content) else { return Ok(None) };
    let (key, name) = secret(|place, sealed| Ok(cx.sealing()?.open(place.as_bytes(), sealed)), kept, sealed)?;
    let (sha256, size) = cx.unseal(kept.item.office, &content.sha256, &ItemKey::new(key)).await?;
    let media_type = kept.item.media_type.clone().unwrap_or_default();
    Ok(Some(Claimed { sha256, size, media_type, name }))
}

/// The name of a sealed item's file.
pub(crate) fn name(cx: &Read, kept: &Kept) -> Result<Option<String>> {
    let Some(sealed) = &kept.sealed else { return Ok(kept.item.name.clone()) };
    secret(|place, sealed| Ok(cx.sealing()?.open(place.as_bytes(), sealed)), kept, sealed).map(|(_, name)| Some(name))
}

/// Key and name of a sealed item.
fn secret(
    open: impl FnOnce(Uuid, &str) -> Result<Option<Vec<u8>>>,
    kept: &Kept,
    sealed: &str,
) -> Result<([u8; 32], String)> {
    let clear = open(kept.item.id.into(), sealed)?;
    let told = clear.as_deref().and_then(intake::told);
    told.context("an item of the queue cannot be opened: is `documents-sealing.pem` the file it was sealed with?")
}

/// Removes the uploads, outside the transaction.
pub(crate) async fn drop_found(cx: Read, job: DropUploads) -> Result<()> {
    for upload in &job.uploads {
        cx.unstage(upload).await?;
    }
    Ok(())
}

/// Nothing is left to do.
pub(crate) async fn dropped(_: Write, _: DropUploads, (): ()) -> Result<Next<DropUploads>> {
    Ok(Next::Done)
}
