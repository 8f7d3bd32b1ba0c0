//! The present state of nouns, for consumers that begin or have fallen behind.

use anyhow::Result;
use schema_documents::{CitizenLetterChanged, IncomingChanged, OutgoingChanged};
use sea_orm::prelude::Uuid;
use service::Read;

use crate::{domain::masked, store};

/// Incoming documents by id.
pub(crate) async fn incoming(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<IncomingChanged>> {
    let found = store::incoming::after(cx.db(), cx.scope(), after, limit.into()).await?;
    Ok(found.into_iter().map(|document| IncomingChanged { document: masked::incoming(document) }).collect())
}

/// Citizens' letters by id.
pub(crate) async fn letters(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<CitizenLetterChanged>> {
    let found = store::letters::after(cx.db(), cx.scope(), after, limit.into()).await?;
    Ok(found.into_iter().map(|letter| CitizenLetterChanged { letter }).collect())
}

/// Outgoing documents by id, drafts among them.
pub(crate) async fn outgoing(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<OutgoingChanged>> {
    let found = store::outgoing::after(cx.db(), cx.scope(), after, limit.into()).await?;
    Ok(found.into_iter().map(|document| OutgoingChanged { document: masked::outgoing(document) }).collect())
}
