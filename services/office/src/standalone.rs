//! Starting and stopping everything: the services over the in-process bus, and the HTTP door in front of them.

use std::{
    collections::BTreeMap,
    fs::{self, DirBuilder, Permissions},
    net::{Ipv4Addr, SocketAddr, TcpListener},
    os::unix::fs::{DirBuilderExt as _, PermissionsExt as _},
    path::Path,
    sync::Arc,
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use bus::{Bus, Topology};
use db::{Db, inbox};
use futures_util::future::try_join_all;
use gateway::Door;
use runtime::{
    Clock, Health, Life, State, fresh_id,
    settings::{Loaded, shown},
};
use service::{Configured, Keys, Platform, Running, Service, ServiceKeys};
use wire::{Call, Meta};

use crate::{Settings, control, deploy::rights, lock::FolderLock, services};

/// The name under which the office speaks for its operator.
pub(crate) const OFFICE: &str = "office";
/// The name under which the door speaks.
const GATEWAY: &str = "gateway";
/// How long running work may take to end after the wish to stop.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long the office waits for the answer to a call of its own; loading a part of the list takes longest.
const ANSWER: Duration = Duration::from_secs(60);
/// How long a token of the office is good.
const TOKEN_LIFE: Duration = Duration::from_secs(60);

/// What a start is given beside the settings.
#[derive(Clone, Debug)]
pub struct Start {
    /// The one clock.
    pub clock: Clock,
    /// Tasks and the wish to stop.
    pub life: Life,
    /// Whether the data were restored from a backup, so that every publisher begins a new epoch.
    pub restored: bool,
}

impl Default for Start {
    /// The system's clock, a fresh life, nothing restored.
    fn default() -> Self {
        Self { clock: Clock::system(), life: Life::new(), restored: false }
    }
}

/// A running office. End it with [`Standalone::stop`].
pub struct Standalone {
    settings: Settings,
    keys: ServiceKeys,
    platform: Platform,
    topology: Topology,
    running: BTreeMap<String, Running>,
    door: Option<Door>,
    pages: Option<portal::Open>,
    address: control::Address,
    _lock: FolderLock,
}

impl Standalone {
    /// Starts every service over the folder of the settings and opens the door.
    ///
    /// # Errors
    /// When another office has the folder ([`Held`](crate::lock::Held)), a file cannot be read or trusted, or the
    /// address cannot be listened on.
    pub async fn start(settings: &Settings, start: Start) -> Result<Self> {
        let mut office = Self::indoors(settings, start).await?;
        match office.open_door().await {
            Ok(_) => Ok(office),
            Err(error) => {
                office.stop().await;
                Err(error)
            }
        }
    }

    /// Starts every service and leaves the door shut: for commands, and for what must be there before clients come.
    ///
    /// # Errors
    /// As [`Standalone::start`], the address aside.
    pub async fn indoors(settings: &Settings, start: Start) -> Result<Self> {
        let data = &settings.data;
        for folder in [data.clone(), data.join("keys")] {
            private(&folder)?;
        }
        let lock = FolderLock::take(data).await?;
        let services = services();
        let topology = rights::topology(&services);
        let keys = ServiceKeys::in_folder(data.join("keys"));
        let names = topology.publishers.keys().map(String::as_str).chain([GATEWAY, OFFICE]);
        let public = names.map(|name| Ok((auth::service_issuer(name), keys.public(name)?)));
        let platform = Platform {
            bus: Bus::local(),
            clock: start.clock,
            life: start.life,
            health: Health::new(),
            blobs: blob::Store::folder(data.join("blobs")).context("cannot open the folder of files")?,
            keys: Arc::new(Keys::new(public.collect::<Result<Vec<_>>>()?)),
            key_folder: data.join("keys"),
            restored: start.restored,
        };
        platform.bus.prepare(&topology).await?;
        for service in &services {
            platform.health.set(&format!("{}.database", service.name()), State::Down("starting"));
        }
        let started =
            try_join_all(services.into_iter().map(|service| run(service, settings, &platform, &keys))).await?;
        let running = started.into_iter().map(|running| (running.name().to_owned(), running)).collect();
        let address = control::Address::default();
        control::listen(data, &platform, keys.signer(OFFICE)?, &address)?;
        Ok(Self {
            settings: settings.clone(),
            keys,
            platform,
            topology,
            running,
            door: None,
            pages: None,
            address,
            _lock: lock,
        })
    }

    /// Opens the door, and gives the address it listens at.
    ///
    /// # Errors
    /// When the address cannot be listened on, or its certificates cannot be used.
    pub async fn open_door(&mut self) -> Result<SocketAddr> {
        let mut settings = gateway::Settings { folder: self.settings.data.clone(), ..self.settings.gateway.clone() };
        refuse_taken(settings.listen)?;
        if settings.portal.is_none() {
            settings.portal = Some(self.open_pages(&settings.name).await?.to_string());
        }
        let door = gateway::start(&self.platform, self.keys.signer(GATEWAY)?, settings).await?;
        let address = door.address();
        let _ = self.address.set(door.origin().to_owned());
        self.door = Some(door);
        Ok(address)
    }

    /// Opens the pages behind the door, on a loopback port of the system's choice.
    async fn open_pages(&mut self, name: &str) -> Result<SocketAddr> {
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        // What is no service's: the folder, the door, logs, and the pages themselves.
        let services = &self.settings.services.0;
        let of_service = |key: &str| key.split('.').next().is_some_and(|section| services.contains_key(section));
        let mut shown = shown(&loaded(&self.settings));
        shown.retain(|row| !of_service(&row.key));
        let settings = portal::Settings { listen, name: name.to_owned(), shown, ..self.settings.portal.clone() };
        let Platform { bus, clock, life, .. } = &self.platform;
        let pages = portal::start(bus.clone(), clock.clone(), life, settings).await?;
        let address = pages.address();
        self.pages = Some(pages);
        Ok(address)
    }

    /// Where the door listens; nothing while it is shut.
    #[must_use]
    pub fn address(&self) -> Option<SocketAddr> {
        self.door.as_ref().map(Door::address)
    }

    /// What clients write before the path, such as `http://localhost:8080`; nothing while the door is shut.
    #[must_use]
    pub fn origin(&self) -> Option<&str> {
        self.door.as_ref().map(Door::origin)
    }

    /// What the services share.
    #[must_use]
    pub fn platform(&self) -> &Platform {
        &self.platform
    }

    /// The keys with which the services speak for themselves.
    #[must_use]
    pub fn keys(&self) -> &ServiceKeys {
        &self.keys
    }

    /// A running service.
    #[must_use]
    pub fn service(&self, name: &str) -> Option<&Running> {
        self.running.get(name)
    }

    /// Asks a service in the name of the office, as its operator; a change gets a fresh idempotency key.
    ///
    /// # Errors
    /// The fault that the service answered, or one of the bus.
    pub async fn ask<C: Call>(&self, call: &C) -> Result<C::Reply> {
        let token = self.keys.signer(OFFICE)?.sign_service(self.platform.clock.now(), TOKEN_LIFE);
        let meta = Meta { token: Some(token), key: Some(fresh_id().to_string()), ..Meta::default() };
        Ok(self.platform.bus.ask(&meta, call, ANSWER).await?)
    }

    /// Whether nothing was ever entered here.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn is_new(&self) -> Result<bool> {
        let identity = self.running.get(auth::IDENTITY_ISSUER).context("identity does not run")?;
        Ok(identity.db().head().await?.last.seq == 0)
    }

    /// Waits until every event that was told is applied by everyone who listens.
    ///
    /// # Errors
    /// When that takes longer than `within`.
    pub async fn settled(&self, within: Duration) -> Result<()> {
        let settling = async {
            while !self.is_settled().await? {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            Ok(())
        };
        let waited = tokio::time::timeout(within, settling).await;
        waited.unwrap_or_else(|_| anyhow::bail!("the services have not told each other everything within {within:?}"))
    }

    async fn is_settled(&self) -> Result<bool> {
        for (publisher, consumers) in &self.topology.publishers {
            let Some(publishing) = self.running.get(publisher) else { continue };
            let head = publishing.db().head().await?.last;
            for consumer in consumers {
                let Some(consuming) = self.running.get(consumer) else { continue };
                if inbox::position(consuming.db().reader(), publisher).await? != Some(head) {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// Shuts the door, lets running requests finish, stops every service, and gives the names of tasks that did not end
    /// in time.
    pub async fn stop(self) -> Vec<&'static str> {
        if let Some(door) = self.door {
            door.stop().await;
        }
        if let Some(pages) = self.pages {
            pages.stop().await;
        }
        let books: Vec<Db> = self.running.values().map(|running| running.db().clone()).collect();
        for (_, running) in self.running {
            running.stop().await;
        }
        let late = self.platform.life.stop_and_wait(PATIENCE).await;
        // Closed last, when nobody reads any more: SQLite then folds its log into the file.
        for book in books {
            book.close().await;
        }
        late
    }
}

/// The settings with where each came from.
fn loaded(settings: &Settings) -> Loaded<&Settings> {
    Loaded { value: settings, origins: settings.origins.clone() }
}

/// Starts one service over its file.
async fn run(service: Service, settings: &Settings, platform: &Platform, keys: &ServiceKeys) -> Result<Running> {
    let name = service.name().to_owned();
    let path = settings.data.join(format!("{name}.db"));
    let section = settings.services.0.get(&name).cloned();
    let own = format!("{name}.");
    let configured = Configured::of(section, &loaded(settings), |key| key.starts_with(&own));
    let started = async {
        let db = Db::open(&Db::file(&path)).await?;
        service::start(service, platform, keys, db, configured).await
    };
    started.await.with_context(|| format!("`{name}` does not start over `{}`", path.display()))
}

/// Refuses an address on which another program listens: said before the long work of a first start, not after it.
pub(crate) fn refuse_taken(listen: SocketAddr) -> Result<()> {
    let free = TcpListener::bind(listen).map(drop);
    free.with_context(|| {
        format!("cannot listen on `{listen}`: stop who does, or choose another address with `--listen`")
    })
}

/// Makes a folder that only its owner can enter; one that is there already is shut to others.
pub(crate) fn private(folder: &Path) -> Result<()> {
    let shown = folder.display();
    DirBuilder::new().recursive(true).mode(0o700).create(folder).with_context(|| format!("cannot make `{shown}`"))?;
    let mode = fs::metadata(folder).with_context(|| format!("cannot look at `{shown}`"))?.permissions().mode();
    if mode & 0o077 != 0 {
        let shut = fs::set_permissions(folder, Permissions::from_mode(0o700));
        ensure!(shut.is_ok(), "`{shown}` is open to others and not ours to shut: run `chmod 700 '{shown}'`");
    }
    Ok(())
}
