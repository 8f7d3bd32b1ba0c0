//! A bench: services at work on one of the four pairs of bus and database, with real servers behind them.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use auth::Signer;
use bus::{Bus, NatsSettings, Topology};
use db::{Db, DbSettings, inbox, outbox};
use runtime::{clock::Clock, fresh_id, health::Health, life::Life};
use sea_orm::ConnectionTrait as _;
use service::{Keys, Platform, Running, Service, ServiceKeys};
use tempfile::TempDir;
use wire::{Contract, Envelope, Event, id::OfficeId};

use crate::{Person, dir, nats, people::People, postgres, process};

/// The services that may speak on a bench besides those it runs.
const SPEAKERS: [&str; 2] = ["gateway", "testbed"];
/// How long everything may take to come to rest on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Which bus and which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pair {
    /// The in-process bus and SQLite: the standalone profile.
    LocalSqlite,
    /// The in-process bus and PostgreSQL.
    LocalPostgres,
    /// NATS and SQLite.
    NatsSqlite,
    /// NATS and PostgreSQL: the compose profile.
    NatsPostgres,
}

impl Pair {
    /// All four.
    pub const ALL: [Self; 4] = [Self::LocalSqlite, Self::LocalPostgres, Self::NatsSqlite, Self::NatsPostgres];

    fn nats(self) -> bool {
        matches!(self, Self::NatsSqlite | Self::NatsPostgres)
    }

    fn postgres(self) -> bool {
        matches!(self, Self::LocalPostgres | Self::NatsPostgres)
    }
}

/// Services at work. End it with [`Bench::finish`], which checks that nothing was left undone.
pub struct Bench {
    pair: Pair,
    folder: TempDir,
    /// The broker, when the pair has one.
    pub broker: Option<nats::Server>,
    databases: BTreeMap<String, postgres::Database>,
    /// What the services share; its life, clock and bus are the test's to move.
    pub platform: Platform,
    keys: ServiceKeys,
    people: Option<People>,
    running: BTreeMap<String, Running>,
    topology: Topology,
}

impl Bench {
    /// Starts services on a pair. When identity is not among them it is played by the bench.
    ///
    /// # Errors
    /// When a server or service does not come up.
    pub async fn try_start(pair: Pair, services: Vec<Service>) -> Result<Self> {
        Self::try_start_by(Clock::system(), pair, services).await
    }

    /// [`Bench::try_start`] by another clock, which a test moves.
    ///
    /// # Errors
    /// When a server or service does not come up.
    pub async fn try_start_by(clock: Clock, pair: Pair, services: Vec<Service>) -> Result<Self> {
        let folder = dir::temp()?;
        let mut topology = Topology::default();
        for service in &services {
            topology.publishers.entry(service.name().to_owned()).or_default();
            for publisher in service.listens_to() {
                let consumers: &mut BTreeSet<String> = topology.publishers.entry(publisher.to_owned()).or_default();
                consumers.insert(service.name().to_owned());
            }
        }
        let broker = if pair.nats() { Some(nats::Server::start().await?) } else { None };
        let keys = ServiceKeys::in_folder(folder.path().join("keys"));
        let names = topology.publishers.keys().map(String::as_str).chain(SPEAKERS);
        let public =
            names.map(|name| Ok((auth::service_issuer(name), keys.public(name)?))).collect::<Result<Vec<_>>>()?;
        let platform = Platform {
            bus: bus_of(broker.as_ref()).await?,
            clock,
            life: Life::new(),
            health: Health::new(),
            blobs: blob::Store::folder(folder.path().join("blobs"))?,
            keys: Arc::new(Keys::new(public)),
            key_folder: folder.path().join("keys"),
            restored: false,
        };
        platform.bus.prepare(&topology).await?;
        let plays = !services.iter().any(|service| service.name() == auth::IDENTITY_ISSUER);
        let people = if plays { Some(People::start(&platform.bus, &platform.clock).await?) } else { None };
        let mut bench = Self {
            pair,
            folder,
            broker,
            databases: BTreeMap::new(),
            platform,
            keys,
            people,
            running: BTreeMap::new(),
            topology,
        };
        for service in services {
            bench.run(service).await?;
        }
        // A consumer that has not begun yet would take what a test does first from a snapshot.
        bench.try_settled().await?;
        Ok(bench)
    }

    /// [`Bench::try_start`], for tests: a bench that does not come up fails the test.
    pub async fn start(pair: Pair, services: Vec<Service>) -> Self {
        match Self::try_start(pair, services).await {
            Ok(bench) => bench,
            Err(error) => panic!("the bench did not come up: {error:#}"),
        }
    }

    /// Starts one more service, or the same one again over the database it had.
    ///
    /// # Errors
    /// When it does not come up.
    pub async fn run(&mut self, service: Service) -> Result<()> {
        self.run_with(service, None).await
    }

    /// The same with its section of the settings.
    ///
    /// # Errors
    /// When it does not come up.
    pub async fn run_with(&mut self, service: Service, section: Option<serde_json::Value>) -> Result<()> {
        let name = service.name().to_owned();
        let settings = self.database(&name).await?;
        let db = Db::open(&settings).await?;
        let running = service::start(service, &self.platform, &self.keys, db, section).await?;
        self.running.insert(name, running);
        Ok(())
    }

    /// Stops one service, as when its process is shut; [`Bench::run`] starts it over the database it had.
    pub async fn halt(&mut self, name: &str) {
        if let Some(running) = self.running.remove(name) {
            running.stop().await;
        }
    }

    /// Where a service's database is; it is made on the first call.
    ///
    /// # Errors
    /// When PostgreSQL does not give one.
    pub async fn database(&mut self, name: &str) -> Result<DbSettings> {
        if !self.pair.postgres() {
            return Ok(Db::file(&self.folder.path().join(format!("{name}.db"))));
        }
        if !self.databases.contains_key(name) {
            self.databases.insert(name.to_owned(), postgres::database().await?);
        }
        let database = self.databases.get(name).context("a database that was just made")?;
        Ok(DbSettings { url: database.url().to_owned(), schema: name.replace('-', "_"), ..DbSettings::default() })
    }

    /// The broker's lists and consumers, as an administrator makes them.
    #[must_use]
    pub fn topology(&self) -> &Topology {
        &self.topology
    }

    /// A fresh office.
    #[must_use]
    pub fn office(&self) -> OfficeId {
        fresh_id().into()
    }

    /// A signed-in person who holds permissions in offices.
    ///
    /// # Panics
    /// When identity itself is on the bench: then people sign in with it.
    pub fn person(&self, grants: &[(OfficeId, &[&str])]) -> Person {
        match &self.people {
            Some(people) => people.person(grants),
            None => panic!("identity is on the bench: sign in with it"),
        }
    }

    /// The key with which a service of the bench, or `testbed`, speaks for itself.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn signer(&self, service: &str) -> Result<Signer> {
        self.keys.signer(service)
    }

    /// A running service.
    ///
    /// # Panics
    /// When it does not run.
    #[must_use]
    pub fn service(&self, name: &str) -> &Running {
        match self.running.get(name) {
            Some(running) => running,
            None => panic!("`{name}` does not run on this bench"),
        }
    }

    /// Changes a service's database behind its back, as somebody at the machine could.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn meddle(&self, name: &str, statements: &str) -> Result<()> {
        let tx = self.service(name).db().begin().await?;
        tx.execute_unprepared(statements).await?;
        Ok(tx.commit().await?)
    }

    /// Publishes an event in another service's name, as that service would: through a book of its own.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn publish<E: Event>(&mut self, event: &E) -> Result<()> {
        if !self.running.contains_key(E::SERVICE) {
            self.run(Service::new::<NoRefusal>(Contract::new(E::SERVICE, Vec::new()))).await?;
            // Whoever listens begins where the publisher stands when it is first asked.
            self.try_settled().await?;
        }
        let tx = self.service(E::SERVICE).db().begin().await?;
        let fresh = outbox::Fresh {
            id: fresh_id(),
            kind: E::KIND,
            aggregate: event.aggregate(),
            office: event.office().into(),
            at: self.platform.clock.now(),
            trace: runtime::trace::current(),
            body: serde_json::to_value(event)?,
        };
        outbox::emit(&tx, vec![fresh]).await?;
        Ok(tx.commit().await?)
    }

    /// Every event a service has published, in order.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn events(&self, name: &str) -> Result<Vec<Envelope>> {
        let db = self.service(name).db();
        process::until("the events to be numbered", PATIENCE, || async {
            db.number_events().await.ok()?;
            (db.unnumbered_events().await.ok()? == 0).then_some(())
        })
        .await?;
        Ok(db.events_after(0, outbox::READ_LIMIT).await?)
    }

    /// Waits until every event is numbered and applied by everyone who listens, or parked.
    ///
    /// # Errors
    /// When that takes too long.
    pub async fn try_settled(&self) -> Result<()> {
        process::until("everything to come to rest", PATIENCE, || async {
            for (publisher, consumers) in &self.topology.publishers {
                let Some(publishing) = self.running.get(publisher) else { continue };
                publishing.db().number_events().await.ok()?;
                if publishing.db().unnumbered_events().await.ok()? > 0 {
                    return None;
                }
                let head = publishing.db().head().await.ok()?.last;
                for consumer in consumers {
                    let Some(consuming) = self.running.get(consumer) else { continue };
                    let at = inbox::position(consuming.db().reader(), publisher).await.ok()??;
                    if at != head {
                        return None;
                    }
                }
            }
            Some(())
        })
        .await
    }

    /// [`Bench::try_settled`], for tests.
    pub async fn settled(&self) {
        if let Err(error) = self.try_settled().await {
            panic!("{error:#}");
        }
    }

    /// Ends a test: everything applied, nothing parked, every task stopped.
    pub async fn finish(mut self) {
        self.settled().await;
        if let Err(error) = self.check_and_stop().await {
            panic!("{error:#}");
        }
    }

    /// Stops everything without looking whether something is left, for tests that leave it on purpose.
    ///
    /// # Errors
    /// When a task does not stop.
    pub async fn stop(&mut self) -> Result<()> {
        for (_, running) in std::mem::take(&mut self.running) {
            running.stop().await;
        }
        let late = self.platform.life.stop_and_wait(Duration::from_secs(20)).await;
        ensure!(late.is_empty(), "tasks that did not stop: {late:?}");
        ensure!(self.platform.life.failure().is_none(), "the process failed: {:?}", self.platform.life.failure());
        Ok(())
    }

    async fn check_and_stop(&mut self) -> Result<()> {
        for (name, running) in &self.running {
            let parked = running.db().dead_letters(None, 5).await?;
            ensure!(parked.is_empty(), "`{name}` parked events: {parked:?}");
            ensure!(running.db().parked_jobs().await? == 0, "`{name}` parked jobs");
        }
        self.stop().await
    }
}

async fn bus_of(broker: Option<&nats::Server>) -> Result<Bus> {
    let Some(server) = broker else { return Ok(Bus::local()) };
    let settings = NatsSettings { urls: vec![server.url()], monitor: server.monitor_url(), ..NatsSettings::default() };
    Ok(Bus::nats(&settings, "testbed").await?)
}

wire::refusals! {
    /// A service that only tells has nothing to refuse.
    pub enum NoRefusal {
        /// Never given.
        Never => Conflict, "testbed.never", en "never", vi "không bao giờ";
    }
}
