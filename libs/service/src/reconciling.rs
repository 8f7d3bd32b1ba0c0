//! Beginning from a snapshot: a new consumer, one that fell too far behind, and all of them when a publisher was put back
//! from an older copy. In that last case the copies of nouns that it does not know any more are given up.

use std::{collections::BTreeSet, sync::Arc};

use db::inbox::{self, Stand};
use uuid::Uuid;
use wire::Position;

use crate::{
    Read, Result, Write,
    builtin::{ReadSnapshot, SNAPSHOT, SnapshotPage},
    consuming::{Moving, apply, ask, is_storage, own_frame},
    running::Shared,
    table::Copies,
};

/// How many ids of copies are looked through at once.
const PAGE: u16 = 500;

/// One reading of a publisher's snapshot.
struct Reading<'a> {
    shared: &'a Arc<Shared>,
    publisher: &'a str,
    /// Where the consumer stands while it reads.
    began: Option<Position>,
    /// What the first page said: the reading ends there.
    ends: Option<Stand>,
}

/// Reads the nouns this service has reactions for, then stands where the publisher stood before the first page.
pub(crate) async fn read_snapshot(shared: &Arc<Shared>, publisher: &str, began: Option<Position>) -> Result<()> {
    let mut reading = Reading { shared, publisher, began, ends: None };
    let kinds = shared.service.reactions.get(publisher).map(|kinds| kinds.keys().copied().collect::<Vec<_>>());
    for kind in kinds.unwrap_or_default() {
        reading.read(kind).await?;
    }
    let Some(ends) = reading.ends else { return Ok(()) };
    let tx = shared.db.begin().await?;
    // Another process of this service may have read it as well, and gone on from there.
    if inbox::locked_position(&tx, publisher).await?.is_none_or(|at| at < ends.position) {
        inbox::advance(&tx, publisher, ends).await?;
    }
    tx.commit().await?;
    let Position { epoch, seq } = ends.position;
    tracing::info!(service = shared.name(), epoch, seq, "began from a snapshot");
    Ok(())
}

impl Reading<'_> {
    async fn read(&mut self, kind: &'static str) -> Result<()> {
        let mut after: Option<Uuid> = None;
        loop {
            let call = ReadSnapshot { kind: kind.to_owned(), after };
            let page: SnapshotPage = ask(self.shared, self.publisher, SNAPSHOT, &call).await?;
            if self.ends.is_none() {
                self.begin(&page).await?;
            }
            // What is made while the last page is on its way comes as events. Who asked for it here would, on a busy
            // morning, be given another few nouns for ever and never begin.
            let last = page.nouns.last().map(|noun| noun.aggregate).filter(|_| page.more);
            if page.offered && self.is_new_epoch() {
                let named = page.nouns.iter().map(|noun| noun.aggregate).collect();
                self.give_up(kind, after, last, &named).await?;
            }
            apply(self.shared, self.publisher, &page.nouns, Moving::Still(self.began)).await?;
            if last.is_none() {
                return Ok(());
            }
            after = last;
        }
    }

    async fn begin(&mut self, page: &SnapshotPage) -> Result<()> {
        self.ends = Some(Stand { position: page.valid_from, event: page.event });
        if !self.is_new_epoch() {
            return Ok(());
        }
        tracing::warn!(
            service = self.shared.name(),
            publisher = self.publisher,
            epoch = page.valid_from.epoch,
            "a publisher was put back from an older copy: what it says now stands"
        );
        let tx = self.shared.db.begin().await?;
        inbox::forget_parked(&tx, self.publisher, page.valid_from.epoch).await?;
        Ok(tx.commit().await?)
    }

    fn is_new_epoch(&self) -> bool {
        self.began.zip(self.ends).is_some_and(|(began, ends)| ends.position.epoch > began.epoch)
    }

    /// Gives up the copies between two ids that a page does not name.
    async fn give_up(
        &self,
        kind: &'static str,
        after: Option<Uuid>,
        last: Option<Uuid>,
        named: &BTreeSet<Uuid>,
    ) -> Result<()> {
        let Some(copies) = self.shared.service.copies.get(&(self.publisher.to_owned(), kind)) else {
            if after.is_none() {
                tracing::warn!(
                    service = self.shared.name(),
                    publisher = self.publisher,
                    event = kind,
                    "copies of what it does not know any more stay: this service does not say how to give them up"
                );
            }
            return Ok(());
        };
        let mut from = after;
        let mut count = 0_usize;
        loop {
            let frame = own_frame(self.shared, &format!("{}.gone.{kind}", self.shared.name()), true)?;
            let held = (copies.held)(Read { now: frame.now, frame }, from, PAGE).await?;
            for id in held.iter().filter(|id| last.is_none_or(|last| **id <= last) && !named.contains(id)) {
                self.give_up_one(kind, copies, *id).await?;
                count += 1;
            }
            match held.last() {
                Some(end) if last.is_none_or(|last| *end < last) => from = Some(*end),
                _ => break,
            }
        }
        if count > 0 {
            let (service, publisher) = (self.shared.name(), self.publisher);
            tracing::warn!(
                service,
                publisher,
                event = kind,
                count,
                "copies were given up: it does not know them any more"
            );
        }
        Ok(())
    }

    /// One that cannot be given up is told of and holds up nothing.
    async fn give_up_one(&self, kind: &'static str, copies: &Copies, id: Uuid) -> Result<()> {
        let tx = Arc::new(self.shared.db.begin().await?);
        // Should another process have read the snapshot and gone on, the copy may be of a noun made since.
        let at = inbox::locked_position(&tx, self.publisher).await?;
        anyhow::ensure!(at == self.began, "another process of this service has read the snapshot");
        let frame = own_frame(self.shared, &format!("{}.gone.{kind}", self.shared.name()), true)?;
        let gone = (copies.gone)(Write { now: frame.now, frame, tx: Arc::clone(&tx) }, id).await;
        match gone {
            Ok(()) => {
                let tx = Arc::into_inner(tx).ok_or_else(|| anyhow::anyhow!("`gone` kept its context past its end"))?;
                Ok(tx.commit().await?)
            }
            Err(error) if is_storage(&error) => Err(error),
            Err(error) => {
                let error = format!("{error:#}");
                tracing::error!(service = self.shared.name(), event = kind, error, "a copy cannot be given up");
                Ok(())
            }
        }
    }
}
