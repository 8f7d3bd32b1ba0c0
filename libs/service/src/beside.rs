//! What runs beside the calls of a service in every process of it, from its start to the end of its life: keeping
//! something that is not in the database in step with it, such as an index in a folder.

use std::{future::Future, sync::Arc};

use futures_util::future::BoxFuture;
use sea_orm::DatabaseTransaction;
use uuid::Uuid;
use wire::Event;

use crate::{
    Read, Result, Service, Write,
    builtin::{ReadSnapshot, SNAPSHOT, SnapshotPage},
    consuming::{ask, own_frame},
    measuring,
    running::Shared,
};

/// Runs until the process stops.
pub(crate) type BesideFn = Arc<dyn Fn(Beside) -> BoxFuture<'static, ()> + Send + Sync>;

/// What may be used beside the calls. It acts in the service's own name.
#[derive(Clone)]
pub struct Beside {
    shared: Arc<Shared>,
}

/// A page of a publisher's nouns as they are now.
#[derive(Clone, Debug)]
pub struct Nouns<E> {
    /// The nouns, by id.
    pub nouns: Vec<E>,
    /// Whether the publisher offers them at all.
    pub offered: bool,
    /// Whether there may be more after these.
    pub more: bool,
}

impl Service {
    /// Runs something beside the calls, in every process of the service, from its start to the end of its life. It must
    /// end when [`Beside::stopping`] says so.
    #[must_use]
    pub fn beside<F, Fut>(mut self, name: &'static str, run: F) -> Self
    where
        F: Fn(Beside) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = ()> + Send + 'static,
    {
        self.beside.push((name, Arc::new(move |beside| Box::pin(run(beside)))));
        self
    }
}

impl Beside {
    pub(crate) fn of(shared: &Arc<Shared>) -> Self {
        Self { shared: Arc::clone(shared) }
    }

    /// For looking, at this moment.
    ///
    /// # Errors
    /// Never in a sound service.
    pub fn read(&self) -> Result<Read> {
        let frame = own_frame(&self.shared, &format!("{}.beside", self.shared.name()), false)?;
        Ok(Read { now: frame.now, frame })
    }

    /// Changes something in one transaction, which commits when the work succeeds.
    ///
    /// # Errors
    /// What the work or the database says.
    pub async fn write<T, Fut>(&self, work: impl FnOnce(Write) -> Fut) -> Result<T>
    where
        Fut: Future<Output = Result<T>>,
    {
        let frame = own_frame(&self.shared, &format!("{}.beside", self.shared.name()), false)?;
        let tx: Arc<DatabaseTransaction> = Arc::new(self.shared.db.begin().await?);
        let done = work(Write { now: frame.now, frame, tx: Arc::clone(&tx) }).await?;
        let tx = Arc::into_inner(tx).ok_or_else(|| anyhow::anyhow!("the work kept its context past its end"))?;
        measuring::commit(&self.shared, tx).await?;
        Ok(done)
    }

    /// Asks a publisher that this service listens to for a page of its nouns as they are now, after an id.
    ///
    /// # Errors
    /// When the publisher cannot be reached, or says what cannot be read.
    pub async fn snapshot<E: Event>(&self, after: Option<Uuid>) -> Result<Nouns<E>> {
        let call = ReadSnapshot { kind: E::KIND.to_owned(), after };
        let page: SnapshotPage = ask(&self.shared, E::SERVICE, SNAPSHOT, &call).await?;
        let nouns: Result<Vec<E>> = page.nouns.into_iter().map(|noun| Ok(serde_json::from_value(noun.body)?)).collect();
        Ok(Nouns { nouns: nouns?, offered: page.offered, more: page.more })
    }

    /// Comes to an end when the process is to stop.
    pub async fn stopping(&self) {
        self.shared.platform.life.stopping().await;
    }

    /// Whether the databases were put back from a backup before this start.
    #[must_use]
    pub fn restored(&self) -> bool {
        self.shared.platform.restored
    }
}
