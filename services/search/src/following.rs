//! Keeping the index in step with the book, in every process of the service.
//!
//! The book numbers its changes; the index writes the number of the last one it holds into each of its commits. So a
//! process that was killed anywhere in between goes on where its index stands, and takes a change twice rather than never.

use std::{sync::Arc, time::Duration};

use anyhow::{Context as _, Result};
use service::Beside;
use tokio::task::JoinHandle;

use crate::{
    Settings,
    domain::paper::Noun,
    healing::Healing,
    index::{
        held::{Index, Stand},
        shelf::{Place, Shelf},
    },
    store::{
        ledger,
        papers::{self, Change},
    },
};

/// How often the book is looked at while nothing happens.
const LOOK_EVERY: Duration = Duration::from_millis(200);
/// How long is waited after something failed.
const PAUSE: Duration = Duration::from_secs(1);
/// How many changes are read at once.
const CHANGES: u64 = 2_000;
/// Threads that write an index that is being made. The one that serves has one.
const MAKING: usize = 2;
/// How long after something was taken away its words leave the files: soon where a segment is small, and within a quarter
/// of an hour where it is large. Writing large ones anew for each paper that is voided would keep a disk busy.
const PURGE_EVERY: Duration = Duration::from_secs(20);
const PURGE_ALL_EVERY: Duration = Duration::from_secs(900);
/// The most nouns of a small segment.
const SMALL: u32 = 100_000;

/// Follows the book until the process stops.
pub(crate) async fn follow(beside: Beside, shelf: Shelf) {
    let stopping = beside.clone();
    let stopping = stopping.stopping();
    tokio::pin!(stopping);
    let now = tokio::time::Instant::now();
    let mut follower =
        Follower { beside, shelf, place: None, making: None, purging: None, purged: now, purged_all: now };
    loop {
        let pause = match follower.step().await {
            Ok(true) => Duration::ZERO,
            Ok(false) => LOOK_EVERY,
            Err(error) => {
                tracing::warn!(error = format!("{error:#}"), "the index waits");
                PAUSE
            }
        };
        tokio::select! {
            biased;
            () = &mut stopping => break,
            () = tokio::time::sleep(pause) => {}
        }
    }
    follower.shelf.serve(None);
}

/// An index that is being made.
struct Making {
    rebuild: i64,
    /// What is still to be compared with what the publishers say; nothing once that is done.
    healing: Option<Healing>,
    index: Arc<Index>,
}

struct Follower {
    beside: Beside,
    shelf: Shelf,
    place: Option<Arc<Place>>,
    making: Option<Making>,
    /// A purge that is going on beside.
    purging: Option<JoinHandle<Result<bool>>>,
    purged: tokio::time::Instant,
    purged_all: tokio::time::Instant,
}

impl Follower {
    /// Does the next piece of work; tells whether there may be more at once.
    async fn step(&mut self) -> Result<bool> {
        let ledger = ledger::read(self.beside.read()?.db()).await?;
        let Some(serving) = self.shelf.serving() else {
            self.open(ledger.change, ledger.asked).await?;
            return Ok(true);
        };
        let followed = self.catch_up(&serving, serving.stand().rebuild).await?;
        let making = self.make(ledger.asked, &serving).await?;
        self.purge(serving).await?;
        Ok(followed || making)
    }

    /// Begins a purge when it is time for one; changes are taken meanwhile.
    async fn purge(&mut self, index: Arc<Index>) -> Result<()> {
        if self.purging.as_ref().is_some_and(|purging| !purging.is_finished()) {
            return Ok(());
        }
        if let Some(purging) = self.purging.take() {
            purging.await.context("a purge of the index broke off")??;
        }
        if self.purged.elapsed() < PURGE_EVERY {
            return Ok(());
        }
        self.purged = tokio::time::Instant::now();
        let thorough = self.purged_all.elapsed() >= PURGE_ALL_EVERY;
        if thorough {
            self.purged_all = self.purged;
        }
        let largest = if thorough { u32::MAX } else { SMALL };
        self.purging = Some(tokio::task::spawn_blocking(move || index.purge(largest)));
        Ok(())
    }

    /// Opens the index that was whole last, or begins an empty one that serves while it is filled.
    async fn open(&mut self, change: i64, asked: i64) -> Result<()> {
        let settings = self.beside.read()?.settings::<Settings>();
        let place = match &self.place {
            Some(place) => Arc::clone(place),
            None => Arc::new(Place::of(&settings.folder)?),
        };
        self.place = Some(Arc::clone(&place));
        let restored = self.beside.restored();
        let memory = memory(&settings);
        let index = blocking(move || {
            let found = place.open_latest(|folder| Index::open(folder, 1, memory))?;
            // An index that is ahead of its book belongs to a later copy of it.
            let found = found.filter(|(_, index)| !restored && index.stand().change <= change);
            let stand = Stand { change: 0, rebuild: asked };
            match found {
                Some((_, index)) => Ok(index),
                None => {
                    place.clear_but(None)?;
                    let index = Index::open(&place.folder(asked), 1, memory)?;
                    index.commit(stand)?;
                    place.mark(asked, stand)?;
                    Ok(index)
                }
            }
        });
        self.shelf.serve(Some(Arc::new(index.await.context("the index cannot be opened")?)));
        Ok(())
    }

    /// Takes the next changes into an index; tells whether there may be more.
    async fn catch_up(&self, index: &Arc<Index>, rebuild: i64) -> Result<bool> {
        let stand = index.stand();
        let changes = papers::after(self.beside.read()?.db(), stand.change, CHANGES).await?;
        let Some(last) = changes.last().map(|last| last.number) else { return Ok(false) };
        let more = changes.len() as u64 >= CHANGES;
        let index = Arc::clone(index);
        blocking(move || {
            let taken = take(&index, &changes).and_then(|()| index.commit(Stand { change: last, rebuild }));
            // What was half taken must not become visible with the next commit.
            taken.inspect_err(|_| drop(index.undo()))
        })
        .await?;
        Ok(more)
    }

    /// Goes on with the rebuild that was asked for, if one was; tells whether there may be more at once.
    async fn make(&mut self, asked: i64, serving: &Arc<Index>) -> Result<bool> {
        if asked <= serving.stand().rebuild {
            return Ok(false);
        }
        let mut making = match self.making.take() {
            Some(making) => making,
            None => self.begin(asked).await?,
        };
        if let Some(healing) = making.healing.take() {
            let rest = healing.step(&self.beside).await;
            making.healing = rest.as_ref().map_or(Some(healing), Clone::clone);
            self.making = Some(making);
            return rest.map(|_| true);
        }
        let (index, rebuild) = (Arc::clone(&making.index), making.rebuild);
        self.making = Some(making);
        if self.catch_up(&index, rebuild).await? {
            return Ok(true);
        }
        self.change_over().await?;
        Ok(true)
    }

    async fn begin(&mut self, rebuild: i64) -> Result<Making> {
        let place = Arc::clone(self.place.as_ref().context("the folder of the index is not open")?);
        let memory = memory(&self.beside.read()?.settings::<Settings>());
        let index = blocking(move || {
            let folder = place.folder(rebuild);
            if folder.exists() {
                std::fs::remove_dir_all(&folder)?;
            }
            let index = Index::open(&folder, MAKING, memory * MAKING)?;
            index.commit(Stand { change: 0, rebuild })?;
            Ok(index)
        });
        tracing::info!(event = "rebuild", seq = rebuild, "the index is made anew");
        Ok(Making { rebuild, healing: Some(Healing::default()), index: Arc::new(index.await?) })
    }

    /// The new index has everything: it serves from here on, and the old one goes.
    async fn change_over(&mut self) -> Result<()> {
        let Some(making) = self.making.take() else { return Ok(()) };
        let place = Arc::clone(self.place.as_ref().context("the folder of the index is not open")?);
        let (rebuild, stand) = (making.rebuild, making.index.stand());
        blocking(move || place.mark(rebuild, stand)).await?;
        self.shelf.serve(Some(making.index));
        let place = Arc::clone(self.place.as_ref().context("the folder of the index is not open")?);
        blocking(move || place.clear_but(Some(rebuild))).await?;
        tracing::info!(event = "rebuild", seq = rebuild, "the index that was made anew serves");
        Ok(())
    }
}

fn take(index: &Index, changes: &[Change]) -> Result<()> {
    index.take(changes.iter().map(|change| -> &Noun { &change.noun }))
}

fn memory(settings: &Settings) -> usize {
    usize::try_from(settings.memory_mb).unwrap_or(usize::MAX).saturating_mul(1_000_000)
}

/// Runs what waits for disks beside the tasks that wait for nothing.
pub(crate) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.context("work on the index broke off")?
}
