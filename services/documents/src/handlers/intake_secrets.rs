//! What the clerk's queue keeps sealed: sealing uploads, opening them, removing the uploads.

use anyhow::{Context as _, Result};
use schema_documents::{BringInIntake, IntakeItem, ProposedField};
use sea_orm::prelude::Uuid;
use serde::{Deserialize, Serialize};
use service::{Claimed, ItemKey, Job, Next, Read, SealedUpload, Write};
use wire::id::IntakeItemId;

use crate::{
    domain::{
        field,
        intake::{self, FILES, Secret},
    },
    store::{intake::Kept, intake_proposals},
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
    let Secret { key, name, .. } = secret(cx.sealing()?.open(place(kept).as_bytes(), sealed))?;
    let (sha256, size) = cx.unseal(kept.item.office, &content.sha256, &ItemKey::new(key)).await?;
    let media_type = kept.item.media_type.clone().unwrap_or_default();
    Ok(Some(Claimed { sha256, size, media_type, name }))
}

/// The clear content of a sealed item, kept nowhere; nothing when it is not sealed.
pub(crate) async fn unseal_bytes(cx: &Read, kept: &Kept) -> Result<Option<Vec<u8>>> {
    let (Some(sealed), Some(content)) = (&kept.sealed, &kept.content) else { return Ok(None) };
    let Secret { key, .. } = secret(cx.sealing()?.open(place(kept).as_bytes(), sealed))?;
    Ok(Some(cx.unseal_bytes(kept.item.office, &content.sha256, &ItemKey::new(key)).await?))
}

/// Keeps what is proposed for an item that was marked, sealed for it.
pub(crate) async fn propose(cx: &Write, item: &IntakeItem, fields: &[ProposedField]) -> Result<()> {
    let sealed = cx.seal(item.id.into(), &serde_json::to_vec(fields)?)?;
    Ok(intake_proposals::keep(cx.tx(), item.office, item.id, sealed).await?)
}

/// What is proposed for an item; nothing when nothing was read of it.
pub(crate) async fn proposed(cx: &Read, id: IntakeItemId) -> Result<Option<Vec<ProposedField>>> {
    let Some(sealed) = intake_proposals::of(cx.db(), cx.scope(), id).await? else { return Ok(None) };
    let fields = cx.sealing()?.open(Uuid::from(id).as_bytes(), &sealed).context("a proposal cannot be opened")?;
    Ok(Some(serde_json::from_slice(&fields)?))
}

/// The name of an item's file, sealed or not.
pub(crate) fn name(cx: &Read, kept: &Kept) -> Result<Option<String>> {
    let Some(sealed) = &kept.sealed else { return Ok(kept.item.name.clone()) };
    secret(cx.sealing()?.open(place(kept).as_bytes(), sealed)).map(|secret| Some(secret.name))
}

/// The hash that the clear content of a sealed item would have in the store; nothing when it is not sealed, or cannot be
/// opened any more.
pub(crate) fn clear_hash(cx: &Write, kept: &Kept) -> Result<Option<String>> {
    let Some(sealed) = &kept.sealed else { return Ok(None) };
    Ok(secret(cx.sealing()?.open(place(kept).as_bytes(), sealed)).ok().map(|secret| secret.sha256))
}

/// The place that a secret is sealed for.
fn place(kept: &Kept) -> Uuid {
    kept.item.id.into()
}

fn secret(opened: Option<Vec<u8>>) -> Result<Secret> {
    let secret = opened.as_deref().and_then(Secret::read);
    secret.context("an item of the queue cannot be opened: is `documents-sealing.pem` the file it was sealed with?")
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
