//! A service at work: its shared state, and starting and stopping it.

use std::{any::Any, sync::Arc};

use anyhow::Context as _;
use auth::{SealingKey, Signer};
use bus::{Endpoint, ServiceInfo, Serving};
use db::Db;
use runtime::{health::State, metrics::Database};
use sea_orm::DbErr;
use tokio::sync::{Notify, Semaphore};
use tokio_util::sync::CancellationToken;
use wire::{Call, Instant, SettingRow, call_subject};

use crate::{
    Beside, Platform, Service, ServiceKeys, authority::Authorities, builtin, consuming, door, issuing, measuring,
    proving::Proving, relaying, sealing, set_to::Configured, settings::Given, upkeep, working,
};

/// How many requests one service works on at once. More than this only queue for the same few connections.
const PLACES: usize = 256;

/// What everything in a running service shares.
pub(crate) struct Shared {
    pub(crate) service: Service,
    pub(crate) platform: Platform,
    pub(crate) db: Db,
    /// What the measures are told of the database.
    pub(crate) measures: Arc<Database>,
    pub(crate) signer: Signer,
    /// Identity's signing keys, newest first; empty in every other service.
    pub(crate) issuing: Vec<Signer>,
    /// Identity's key for secrets that rest in its database; absent in every other service.
    pub(crate) sealing: Option<SealingKey>,
    pub(crate) given: Given,
    /// What it and its process are set to, as it may be shown.
    pub(crate) rows: Vec<SettingRow>,
    pub(crate) instance: uuid::Uuid,
    /// Since when it has been at work.
    pub(crate) started: Instant,
    /// The last check of its audit log.
    pub(crate) proving: Proving,
    pub(crate) authorities: Authorities,
    /// A place for every request that may be worked on at once; the others wait for one.
    pub(crate) places: Semaphore,
    /// Places of their own for what services ask each other, so that a crowd at the door never keeps a service from
    /// learning what a person may do.
    pub(crate) inner_places: Semaphore,
    pub(crate) wake_relay: Notify,
    pub(crate) wake_worker: Notify,
    /// Set once no request runs any more: only then the relay and the sealer do their last round.
    pub(crate) quiet: CancellationToken,
}

/// A service that is being served.
pub struct Running {
    serving: Serving,
    shared: Arc<Shared>,
}

/// Starts a service: migrates, serves, relays, consumes, works, seals.
///
/// # Errors
/// When the service is not sound, its database cannot be brought up to date, or the bus refuses.
pub async fn start(
    service: Service,
    platform: &Platform,
    keys: &ServiceKeys,
    db: Db,
    configured: impl Into<Configured>,
) -> anyhow::Result<Running> {
    let (unanswered, unpromised) = service.gaps();
    anyhow::ensure!(
        unanswered.is_empty() && unpromised.is_empty(),
        "`{}` promises {unanswered:?} without answering, and answers {unpromised:?} without promising",
        service.name()
    );
    let configured = configured.into();
    let section = configured.section.clone();
    let given =
        service.section.read(section).with_context(|| format!("the settings of `[{}]` do not fit", service.name()))?;
    migrate(&service, &db).await?;
    if platform.restored {
        let head = db.head().await?;
        db.begin_epoch(head.last.epoch).await?;
    }
    let now = platform.clock.now();
    let issuing = if service.name() == auth::IDENTITY_ISSUER {
        issuing::load(&platform.key_folder.join("issuing"), now)?
    } else {
        Vec::new()
    };
    let sealing = if service.name() == auth::IDENTITY_ISSUER {
        Some(SealingKey::load_or_create(
            &platform.key_folder.join("issuing").join("sealing.pem"),
            issuing::fresh_seed(),
        )?)
    } else if service.seals() {
        let file = format!("{}-sealing.pem", service.name());
        Some(SealingKey::load_or_create(&platform.key_folder.join(file), issuing::fresh_seed())?)
    } else {
        None
    };
    let platform = &measuring::measured(platform);
    let (db, measures) = measuring::measured_book(db, service.name());
    let shared = Arc::new(Shared {
        signer: keys.signer(service.name())?,
        issuing,
        sealing,
        given,
        rows: configured.rows(service.name(), &service.section),
        db,
        measures,
        platform: platform.clone(),
        instance: runtime::clock::fresh_id(),
        started: now,
        proving: Proving::default(),
        authorities: Authorities::default(),
        places: Semaphore::new(PLACES),
        inner_places: Semaphore::new(PLACES),
        wake_relay: Notify::new(),
        wake_worker: Notify::new(),
        quiet: CancellationToken::new(),
        service,
    });
    let serving = platform.bus.serve(&info(&shared, now), endpoints(&shared)).await?;
    working::seed(&shared).await?;
    background(&shared);
    Ok(Running { serving, shared })
}

/// Brings the tables of a service up to date; when they are, the role it runs under need not own them.
///
/// # Errors
/// When the role may not change tables, or a migration fails; it has then changed nothing.
pub async fn migrate(service: &Service, db: &Db) -> anyhow::Result<()> {
    let behind = "the tables cannot be brought up to date: run the command `migrate` with the address of their owner";
    db.migrate(service.migrations).await.context(behind)
}

impl Running {
    /// Takes no new requests, lets the running ones finish and answer, and then lets the relay send what is left. The
    /// other background tasks stop with the process's life.
    pub async fn stop(self) {
        self.serving.stop().await;
        self.shared.quiet.cancel();
    }

    /// The service's database, for whoever inspects it.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.shared.db
    }

    /// The service's name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.shared.name()
    }

    /// The key with which the service signs for itself, its audit checkpoints among others.
    #[must_use]
    pub fn signer(&self) -> &Signer {
        &self.shared.signer
    }
}

fn info(shared: &Shared, now: Instant) -> ServiceInfo {
    ServiceInfo {
        name: shared.name().to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        description: format!("Văn phòng: {}", shared.name()),
        instance: shared.instance,
        started: now,
    }
}

fn endpoints(shared: &Arc<Shared>) -> Vec<Endpoint> {
    let own = shared.service.contract.calls.iter().map(|row| row.name.clone());
    own.chain(builtin::ALL.iter().map(|name| (*name).to_owned()))
        .map(|name| {
            let (shared, call) = (Arc::clone(shared), name.clone());
            Endpoint {
                subject: call_subject(shared.name(), &name),
                name,
                handler: Arc::new(move |request| Box::pin(door::answer(Arc::clone(&shared), call.clone(), request))),
            }
        })
        .collect()
}

fn background(shared: &Arc<Shared>) {
    let life = &shared.platform.life;
    life.spawn("relay", relaying::run(Arc::clone(shared)));
    life.spawn("worker", working::run(Arc::clone(shared)));
    life.spawn("sealer", sealing::run(Arc::clone(shared)));
    life.spawn("upkeep", upkeep::run(Arc::clone(shared)));
    for (name, run) in &shared.service.beside {
        life.spawn(name, run(Beside::of(shared)));
    }
    for publisher in shared.service.listens_to() {
        life.spawn("consumer", consuming::run(Arc::clone(shared), publisher));
    }
}

impl Shared {
    pub(crate) fn name(&self) -> &str {
        self.service.name()
    }

    pub(crate) fn settings<S: Any + Default + Send + Sync>(&self) -> Arc<S> {
        Arc::clone(&self.given).downcast::<S>().unwrap_or_default()
    }

    pub(crate) fn promises(&self, service: &str, kind: &str) -> bool {
        service == self.name() && self.service.contract.events.iter().any(|row| row.kind == kind)
    }

    pub(crate) fn must_declare<C: Call>(&self) -> anyhow::Result<()> {
        let declared = C::SERVICE == self.name() || self.service.calls.contains(&(C::SERVICE, C::NAME));
        anyhow::ensure!(
            declared,
            "`{}` calls `{}` of `{}` without declaring it: add `.calls::<…>()` to its table",
            self.name(),
            C::NAME,
            C::SERVICE
        );
        Ok(())
    }

    /// Logs an error of the database, and stops the process when storage itself failed.
    pub(crate) fn note_database_error(&self, doing: &'static str, error: &DbErr) {
        tracing::error!(service = self.name(), error = %error, kind = doing, "database error");
        if db::is_storage_failure(error) {
            self.platform.life.fatal("the database failed to read or write its files");
        }
        self.platform.health.set(&format!("{}.database", self.name()), State::Down("the database refuses"));
    }
}
