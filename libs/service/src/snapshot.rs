//! Snapshots: the present state of nouns, told as events.

use std::{future::Future, sync::Arc};

use futures_util::future::BoxFuture;
use uuid::Uuid;
use wire::{Envelope, Event, Position};

use crate::{Read, Result};

/// Reads a page of nouns as envelopes that bear the position they are valid from.
pub(crate) type SnapshotFn =
    Arc<dyn Fn(Read, Option<Uuid>, u16, Position) -> BoxFuture<'static, Result<Vec<Envelope>>> + Send + Sync>;

pub(crate) fn snapshot_of<E, F, Fut>(read: F) -> SnapshotFn
where
    E: Event,
    F: Fn(Read, Option<Uuid>, u16) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Result<Vec<E>>> + Send + 'static,
{
    Arc::new(move |cx, after, limit, position| {
        let read = read.clone();
        Box::pin(async move {
            let at = cx.now;
            let nouns = read(cx, after, limit).await?;
            nouns
                .iter()
                .map(|noun| {
                    Ok(Envelope {
                        id: runtime::clock::fresh_id(),
                        kind: E::KIND.to_owned(),
                        position,
                        aggregate: noun.aggregate(),
                        office: noun.office(),
                        at,
                        trace: None,
                        body: serde_json::to_value(noun)?,
                    })
                })
                .collect()
        })
    })
}
