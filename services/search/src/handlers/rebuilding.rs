//! Making the index anew, and telling how it is.

use schema_search::{GetIndexStatus, IndexStatus, RebuildIndex, Refusal};
use sea_orm::ConnectionTrait;
use service::{Audit, Read, Result, Write};
use uuid::Uuid;

use crate::{following::blocking, index::shelf::Shelf, store::ledger};

/// Has it made anew: every process of the service sees within moments that it was asked for.
pub(crate) async fn rebuild(cx: Write, _: RebuildIndex, shelf: Shelf) -> Result<IndexStatus> {
    ledger::ask(cx.tx()).await?;
    cx.audit(Audit::of("search_index", Uuid::nil())).await?;
    told(cx.tx(), &shelf).await
}

/// How it is.
pub(crate) async fn status(cx: Read, _: GetIndexStatus, shelf: Shelf) -> Result<IndexStatus> {
    told(cx.db(), &shelf).await
}

async fn told(conn: &impl ConnectionTrait, shelf: &Shelf) -> Result<IndexStatus> {
    let index = shelf.serving().ok_or(Refusal::NotReady)?;
    let ledger = ledger::read(conn).await?;
    let stand = index.stand();
    let (nouns, bytes) = blocking(move || Ok((index.nouns(), index.bytes()))).await?;
    Ok(IndexStatus {
        asked: ledger.asked,
        serving: stand.rebuild,
        rebuilding: ledger.asked > stand.rebuild,
        waiting: ledger.change - stand.change,
        nouns,
        bytes,
    })
}
