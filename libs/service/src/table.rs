//! The table of a service: its contract, and one function per subject.

use std::{any::Any, collections::BTreeMap, future::Future, marker::PhantomData, sync::Arc, time::Duration};

use bytes::Bytes;
use db::migration::Migrations;
use futures_util::future::BoxFuture;
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;
use wire::{Call, Contract, Effect, Event, Refusal};

use crate::{
    Job, Next, Read, Result, Write,
    beside::BesideFn,
    context::encode,
    error::{AsFault, as_fault, unreadable},
    settings::Section,
    snapshot::{SnapshotFn, snapshot_of},
    standard,
};

/// Looks and answers.
pub(crate) type ReadFn = Arc<dyn Fn(Read, Bytes) -> BoxFuture<'static, Result<Vec<u8>>> + Send + Sync>;
/// Prepares a write outside the transaction, and gives the work to be done inside it.
pub(crate) type PrepareFn = Arc<dyn Fn(Read, Bytes) -> BoxFuture<'static, Result<Work>> + Send + Sync>;
/// Work inside the transaction; it can be run again after a serialization failure.
pub(crate) type Work = Arc<dyn Fn(Write) -> BoxFuture<'static, Result<Vec<u8>>> + Send + Sync>;
/// Reacts to an event of another service.
pub(crate) type ReactFn = Arc<dyn Fn(Write, serde_json::Value) -> BoxFuture<'static, Result<()>> + Send + Sync>;
/// Prepares a run of a job outside the transaction, and gives the work to be done inside it.
pub(crate) type JobFn = Arc<dyn Fn(Read, String) -> BoxFuture<'static, Result<JobWork>> + Send + Sync>;
/// One run of a job; gives what it needs for its next run and when, or nothing when it is done.
pub(crate) type JobWork = Box<dyn FnOnce(Write) -> BoxFuture<'static, Result<Option<(String, wire::Instant)>>> + Send>;

type HeldFn = Box<dyn Fn(Read, Option<Uuid>, u16) -> BoxFuture<'static, Result<Vec<Uuid>>> + Send + Sync>;
type GoneFn = Box<dyn Fn(Write, Uuid) -> BoxFuture<'static, Result<()>> + Send + Sync>;

/// The copies a service keeps of a noun of another.
pub(crate) struct Copies {
    /// Their ids after one, at most so many.
    pub(crate) held: HeldFn,
    /// Gives one up.
    pub(crate) gone: GoneFn,
}

/// A noun, named by the event that tells of it, that its service does not know any more: it was put back from an older
/// copy of its database, made before the noun was.
#[derive(Clone, Copy, Debug)]
pub struct Gone<E> {
    /// Its id.
    pub aggregate: Uuid,
    told_by: PhantomData<E>,
}

pub(crate) enum Handler {
    Read(ReadFn),
    Write(PrepareFn),
}

/// A service: what it promises and how it keeps it.
pub struct Service {
    pub(crate) contract: Contract,
    pub(crate) as_fault: Vec<AsFault>,
    pub(crate) migrations: Migrations,
    pub(crate) section: Section,
    pub(crate) calls: Vec<(&'static str, &'static str)>,
    pub(crate) handlers: BTreeMap<String, Handler>,
    /// Publisher → event kind → reaction.
    pub(crate) reactions: BTreeMap<&'static str, BTreeMap<&'static str, ReactFn>>,
    /// (publisher, event kind) → what is kept of it.
    pub(crate) copies: BTreeMap<(String, &'static str), Copies>,
    pub(crate) jobs: BTreeMap<String, JobFn>,
    pub(crate) recurring: Vec<String>,
    pub(crate) snapshots: BTreeMap<&'static str, SnapshotFn>,
    /// What runs beside the calls.
    pub(crate) beside: Vec<(&'static str, BesideFn)>,
    /// Whether it keeps secrets at rest, and has a key for them.
    pub(crate) seals: bool,
}

impl Service {
    /// A service with its contract and its closed list of refusals. What every contract promises besides is answered
    /// already.
    #[must_use]
    pub fn new<R: Refusal>(contract: Contract) -> Self {
        let handlers = standard::handlers().into_iter().filter(|(name, _)| contract.call(name).is_some());
        Self {
            handlers: handlers.map(|(name, handler)| (name.to_owned(), handler)).collect(),
            contract,
            as_fault: vec![as_fault::<R>],
            migrations: Vec::new,
            section: Section::none(),
            calls: vec![(schema_identity::GetKeys::SERVICE, schema_identity::GetKeys::NAME)],
            reactions: BTreeMap::new(),
            copies: BTreeMap::new(),
            jobs: BTreeMap::new(),
            recurring: Vec::new(),
            snapshots: BTreeMap::new(),
            beside: Vec::new(),
            seals: false,
        }
    }

    /// The refusals of one more part of its contract ([`Contract::and`]).
    #[must_use]
    pub fn refuses<R: Refusal>(mut self) -> Self {
        self.as_fault.push(as_fault::<R>);
        self
    }

    /// Gives it a key of its own for what must rest sealed: `<service>-sealing.pem` of the key folder.
    #[must_use]
    pub fn sealing(mut self) -> Self {
        self.seals = true;
        self
    }

    /// Whether it has such a key.
    #[must_use]
    pub fn seals(&self) -> bool {
        self.seals
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.contract.service
    }

    /// What it promises.
    #[must_use]
    pub fn contract(&self) -> &Contract {
        &self.contract
    }

    /// Its migrations, oldest first.
    #[must_use]
    pub fn migrations(mut self, migrations: Migrations) -> Self {
        self.migrations = migrations;
        self
    }

    /// Its section of the settings.
    #[must_use]
    pub fn settings<S>(mut self) -> Self
    where
        S: Any + Default + Serialize + DeserializeOwned + Send + Sync,
    {
        self.section = Section::of::<S>();
        self
    }

    /// How its section of the settings is read.
    #[must_use]
    pub fn section(&self) -> &Section {
        &self.section
    }

    /// Declares a call to another service; an undeclared one is refused at run time.
    #[must_use]
    pub fn calls<C: Call>(mut self) -> Self {
        self.calls.push((C::SERVICE, C::NAME));
        self
    }

    /// Answers a call that only looks.
    #[must_use]
    pub fn read<C, F, Fut>(mut self, handler: F) -> Self
    where
        C: Call,
        F: Fn(Read, C) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<C::Reply>> + Send + 'static,
    {
        const { assert!(matches!(C::EFFECT, Effect::Read), "declared as a write") };
        let run: ReadFn = Arc::new(move |cx, body| {
            let handler = handler.clone();
            Box::pin(async move { encode(&handler(cx, decode(&body)?).await?) })
        });
        self.handlers.insert(C::NAME.to_owned(), Handler::Read(run));
        self
    }

    /// Answers a call that changes something, in one transaction.
    #[must_use]
    pub fn write<C, F, Fut>(self, handler: F) -> Self
    where
        C: Call,
        F: Fn(Write, C) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<C::Reply>> + Send + 'static,
    {
        self.write_after(|_, _: C| async { Ok(()) }, move |cx, call, ()| handler(cx, call))
    }

    /// Answers a call that changes something after `prepare` has gathered what lies outside: foreign facts, hashes,
    /// files. `prepare` runs before the transaction begins.
    #[must_use]
    pub fn write_after<C, P, Prepare, PrepareFut, F, Fut>(mut self, prepare: Prepare, handler: F) -> Self
    where
        C: Call,
        P: Clone + Send + Sync + 'static,
        Prepare: Fn(Read, C) -> PrepareFut + Clone + Send + Sync + 'static,
        PrepareFut: Future<Output = Result<P>> + Send + 'static,
        F: Fn(Write, C, P) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<C::Reply>> + Send + 'static,
    {
        const { assert!(matches!(C::EFFECT, Effect::Write), "declared as a read") };
        let run: PrepareFn = Arc::new(move |cx, body| {
            let (prepare, handler) = (prepare.clone(), handler.clone());
            Box::pin(async move {
                let call: C = decode(&body)?;
                let facts = prepare(cx, call.clone()).await?;
                let work: Work = Arc::new(move |cx| {
                    let decided = handler(cx, call.clone(), facts.clone());
                    Box::pin(async move { encode(&decided.await?) })
                });
                Ok(work)
            })
        });
        self.handlers.insert(C::NAME.to_owned(), Handler::Write(run));
        self
    }

    /// Reacts to an event of another service, exactly once, in one transaction with the position.
    #[must_use]
    pub fn on<E, F, Fut>(mut self, reaction: F) -> Self
    where
        E: Event,
        F: Fn(Write, E) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<()>> + Send + 'static,
    {
        let run: ReactFn = Arc::new(move |cx, body| {
            let reaction = reaction.clone();
            Box::pin(async move { reaction(cx, serde_json::from_value(body)?).await })
        });
        self.reactions.entry(E::SERVICE).or_default().insert(E::KIND, run);
        self
    }

    /// Gives up the copies of nouns that their service does not know any more, because it was put back from an older
    /// copy of its database. `held` gives the ids of the copies kept here that are greater than the one named, in order,
    /// at most `limit`; `gone` is told of each that a snapshot of the new epoch does not name, in a transaction of its
    /// own. Whoever keeps copies of a noun and no such function keeps those for ever, and the log says so.
    #[must_use]
    pub fn gone<E, H, HeldFut, G, GoneFut>(mut self, held: H, gone: G) -> Self
    where
        E: Event,
        H: Fn(Read, Option<Uuid>, u16) -> HeldFut + Send + Sync + 'static,
        HeldFut: Future<Output = Result<Vec<Uuid>>> + Send + 'static,
        G: Fn(Write, Gone<E>) -> GoneFut + Send + Sync + 'static,
        GoneFut: Future<Output = Result<()>> + Send + 'static,
    {
        let copies = Copies {
            held: Box::new(move |cx, after, limit| Box::pin(held(cx, after, limit))),
            gone: Box::new(move |cx, aggregate| Box::pin(gone(cx, Gone { aggregate, told_by: PhantomData }))),
        };
        self.copies.insert((E::SERVICE.to_owned(), E::KIND), copies);
        self
    }

    /// Runs jobs of a kind when they are due.
    #[must_use]
    pub fn job<J, F, Fut>(self, handler: F) -> Self
    where
        J: Job,
        F: Fn(Write, J) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<Next<J>>> + Send + 'static,
    {
        self.job_after(|_, _: J| async { Ok(()) }, move |cx, job, ()| handler(cx, job))
    }

    /// [`Service::job`] with a part that runs before the transaction begins, for what lies outside: files. It may run
    /// more than once for one run of the work.
    #[must_use]
    pub fn job_after<J, P, Prepare, PrepareFut, F, Fut>(mut self, prepare: Prepare, handler: F) -> Self
    where
        J: Job,
        P: Send + 'static,
        Prepare: Fn(Read, J) -> PrepareFut + Clone + Send + Sync + 'static,
        PrepareFut: Future<Output = Result<P>> + Send + 'static,
        F: Fn(Write, J, P) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<Next<J>>> + Send + 'static,
    {
        let run: JobFn = Arc::new(move |cx, payload| {
            let (prepare, handler) = (prepare.clone(), handler.clone());
            Box::pin(async move {
                let job: J = serde_json::from_str(&payload)?;
                let found = prepare(cx, job.clone()).await?;
                let work: JobWork = Box::new(move |cx| {
                    Box::pin(async move {
                        Ok(match handler(cx, job, found).await? {
                            Next::Done => None,
                            Next::Again(job, due) => Some((serde_json::to_string(&job)?, due)),
                        })
                    })
                });
                Ok(work)
            })
        });
        self.jobs.insert(J::KIND.to_owned(), run);
        self
    }

    /// Runs something again and again, `period` after it last ended; there is one such job in the database however many
    /// replicas there are.
    #[must_use]
    pub fn every<F, Fut>(self, name: &'static str, period: Duration, handler: F) -> Self
    where
        F: Fn(Write) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<()>> + Send + 'static,
    {
        self.every_after(name, period, |_| async { Ok(()) }, move |cx, ()| handler(cx))
    }

    /// [`Service::every`] with a part that runs before the transaction begins, for what lies outside: files, other
    /// services. It may run more than once for one run of the work.
    #[must_use]
    pub fn every_after<P, Prepare, PrepareFut, F, Fut>(
        mut self,
        name: &'static str,
        period: Duration,
        prepare: Prepare,
        handler: F,
    ) -> Self
    where
        P: Send + 'static,
        Prepare: Fn(Read) -> PrepareFut + Clone + Send + Sync + 'static,
        PrepareFut: Future<Output = Result<P>> + Send + 'static,
        F: Fn(Write, P) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<()>> + Send + 'static,
    {
        let run: JobFn = Arc::new(move |cx, payload| {
            let (prepare, handler) = (prepare.clone(), handler.clone());
            Box::pin(async move {
                let found = prepare(cx).await?;
                let work: JobWork = Box::new(move |cx| {
                    let due = cx.now.plus(period);
                    Box::pin(async move { handler(cx, found).await.map(|()| Some((payload, due))) })
                });
                Ok(work)
            })
        });
        self.jobs.insert(name.to_owned(), run);
        self.recurring.push(name.to_owned());
        self
    }

    /// Offers the present state of a noun as the event that tells of its changes, so that a new consumer can begin and
    /// one that fell too far behind can catch up. The function gives the nouns whose id is greater than the one named,
    /// by id: `limit` of them, and fewer only when there are no more.
    #[must_use]
    pub fn snapshot<E, F, Fut>(mut self, read: F) -> Self
    where
        E: Event,
        F: Fn(Read, Option<Uuid>, u16) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<Vec<E>>> + Send + 'static,
    {
        self.snapshots.insert(E::KIND, snapshot_of(read));
        self
    }

    /// Calls that are promised but not answered, and answered but not promised; both empty in a sound service.
    #[must_use]
    pub fn gaps(&self) -> (Vec<String>, Vec<String>) {
        let promised = |name: &str| self.contract.call(name).is_some();
        let unanswered = self.contract.calls.iter().map(|row| row.name.clone());
        (
            unanswered.filter(|name| !self.handlers.contains_key(name)).collect(),
            self.handlers.keys().filter(|name| !promised(name)).cloned().collect(),
        )
    }

    /// The services whose events this one reacts to.
    pub fn listens_to(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.reactions.keys().copied()
    }

    /// The calls to other services that this one declares, as (service, name).
    #[must_use]
    pub fn declared_calls(&self) -> &[(&'static str, &'static str)] {
        &self.calls
    }
}

/// Reads a call. An empty body is a call without fields.
pub(crate) fn decode<C: DeserializeOwned>(body: &Bytes) -> Result<C> {
    let text: &[u8] = if body.is_empty() { b"{}" } else { body };
    let mut reader = serde_json::Deserializer::from_slice(text);
    Ok(serde_path_to_error::deserialize(&mut reader).map_err(|error| unreadable(&error))?)
}
