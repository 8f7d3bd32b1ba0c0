//! A whole installation as processes, in both deployed profiles: standalone (`vanphong`, SQLite, in-process bus) and as
//! services (one process each, NATS, PostgreSQL). Everything can be killed and started again over what it left.

use std::{
    collections::BTreeMap,
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    process::{Command, ExitStatus},
    time::Duration,
};

use anyhow::{Context as _, Result};
use bus::{Bus, NatsSettings, Topology};
use db::{Db, DbSettings};
use identity::listing;
use schema_identity::{Bootstrap, UnitRow};
use service::ServiceKeys;
use tempfile::TempDir;
use testbed::{dir, nats, postgres, process};
use wire::Meta;

use crate::client::Client;

/// How long an installation may take to come up on a busy machine.
const UP: Duration = Duration::from_secs(300);
/// How long a process may take to finish what it is doing when it is told to stop.
const STOP: Duration = Duration::from_secs(60);

/// The services with a database, in the order in which they are started.
pub const SERVICES: [&str; 6] = ["identity", "documents", "programme", "notices", "forms", "search"];

/// A path of each of them.
const READY: [&str; 6] = ["me", "genres", "my-assignments", "notices", "form-layouts", "search"];

/// Which profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// One process: `vanphong up`.
    Standalone,
    /// One process with invented people and documents: `vanphong demo`.
    Demo,
    /// A process for each service, behind NATS, on PostgreSQL.
    Services,
}

/// What an installation is started with besides its profile.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// A PostgreSQL of its own, which the test may restart, instead of the one that the run shares.
    pub own_postgres: bool,
    /// Services that the test itself runs, each with the first segment of its paths.
    pub guests: BTreeMap<&'static str, &'static str>,
    /// Settings of every process, such as `VANPHONG__TELEMETRY__LEVEL`.
    pub settings: Vec<(&'static str, String)>,
}

/// A running installation. Dropped, every process of it is killed and its folder removed.
pub struct Installation {
    profile: Profile,
    wish: Wish,
    folder: TempDir,
    port: u16,
    /// Where the portal listens when it is a process of its own.
    pages: u16,
    broker: Option<nats::Server>,
    databases: BTreeMap<&'static str, postgres::Database>,
    books: Option<postgres::Server>,
    /// By the names of their logs.
    children: BTreeMap<String, process::Child>,
}

impl Installation {
    /// Starts an installation that holds the real units and nothing else.
    ///
    /// # Errors
    /// When something does not come up; the message holds what the processes printed.
    pub async fn start(profile: Profile) -> Result<Self> {
        Self::start_with(profile, Wish::default()).await
    }

    /// Starts an installation to one's wishes.
    ///
    /// # Errors
    /// As [`Installation::start`].
    pub async fn start_with(profile: Profile, wish: Wish) -> Result<Self> {
        let (folder, databases) = (dir::temp()?, BTreeMap::new());
        let (port, pages) = (free_port()?, free_port()?);
        let children = BTreeMap::new();
        let mut this = Self { profile, wish, folder, port, pages, broker: None, databases, books: None, children };
        if profile == Profile::Services {
            this.broker = Some(nats::Server::start().await?);
            if this.wish.own_postgres {
                this.books = Some(postgres::Server::start().await?);
            }
            for service in SERVICES {
                let database = match &this.books {
                    Some(books) => books.database().await?,
                    None => postgres::database().await?,
                };
                this.databases.insert(service, database);
            }
            this.write_public_keys()?;
            this.write_routes()?;
            this.prepare_broker().await?;
        }
        this.start_again().await?;
        Ok(this)
    }

    /// Starts every process over what is there, and waits until the door says that all is well.
    ///
    /// # Errors
    /// As [`Installation::start`].
    pub async fn start_again(&mut self) -> Result<()> {
        match self.profile {
            Profile::Standalone | Profile::Demo => {
                let mut command = program("vanphong")?;
                let data = self.folder.path().join("data");
                let what = if self.profile == Profile::Demo { "demo" } else { "up" };
                command.arg(what).arg("--data").arg(data).arg("--listen").arg(format!("127.0.0.1:{}", self.port));
                limits(&mut command);
                self.spawn("vanphong", command)?;
            }
            Profile::Services => {
                for name in SERVICES.into_iter().chain(["portal", "gateway"]) {
                    let command = self.service_command(name)?;
                    self.spawn(name, command)?;
                }
            }
        }
        let ready =
            process::until("the installation to be ready", UP, || async { self.is_ready().await.then_some(()) });
        ready.await.with_context(|| self.printed())
    }

    /// Kills every process of ours at once, as a power cut of the machine would. NATS and PostgreSQL go on.
    pub fn kill(&mut self) {
        self.children.values_mut().for_each(process::Child::kill);
        self.children.clear();
    }

    /// Stops one process as an operator does, and tells how it ended.
    ///
    /// # Errors
    /// When there is none of this name, or it does not end.
    pub async fn stop(&mut self, name: &str) -> Result<ExitStatus> {
        let mut child = self.children.remove(name).with_context(|| format!("no `{name}` runs"))?;
        child.end("TERM", STOP).await
    }

    /// Starts one more process of a service, with `name` for its log, and waits until it serves.
    ///
    /// # Errors
    /// When it does not come up.
    pub async fn run(&mut self, service: &str, name: &str) -> Result<()> {
        let command = self.service_command(service)?;
        self.spawn(name, command)?;
        let child = self.children.get_mut(name).context("it was started just now")?;
        child.line("\"serving\"", UP).await.map(drop)
    }

    /// The broker of the profile of services.
    pub fn broker(&mut self) -> &mut nats::Server {
        self.broker.as_mut().expect("this profile has a broker")
    }

    /// The PostgreSQL that was wished for.
    pub fn books(&mut self) -> &mut postgres::Server {
        self.books.as_mut().expect("a PostgreSQL of its own was wished for")
    }

    /// Makes the streams and consumers, as `vanphong deploy prepare` does.
    ///
    /// # Errors
    /// When the broker does not answer or refuses.
    pub async fn prepare_broker(&self) -> Result<()> {
        self.bus("office").await?.prepare(&topology()).await
    }

    /// A client at the door, not signed in.
    #[must_use]
    pub fn door(&self) -> Client {
        Client::new(&format!("http://127.0.0.1:{}", self.port))
    }

    /// The first administrator's one-time code, of the office with this code.
    ///
    /// # Errors
    /// When identity refuses.
    pub async fn first_code(&self, office: &str) -> Result<String> {
        if self.profile != Profile::Services {
            let printed = process::until("the enrolment code", UP, || async { code_in(&self.printed()) });
            return printed.await.with_context(|| self.printed());
        }
        let bus = self.bus("office").await?;
        let call = Bootstrap {
            office: office.to_owned(),
            full_name: "Quản trị Thử Nghiệm".to_owned(),
            reach: schema_identity::Reach::Below,
        };
        let made = bus.ask(&self.as_office()?, &call, UP).await?;
        Ok(made.enrolment.code.0)
    }

    /// The accounts of the demo, as it wrote them down.
    ///
    /// # Errors
    /// When there are none.
    pub fn accounts(&self) -> Result<serde_json::Value> {
        let text = std::fs::read(self.folder.path().join("data").join("demo-accounts.json"))?;
        Ok(serde_json::from_slice(&text)?)
    }

    /// Loads the real units; the standalone profile does so by itself.
    ///
    /// # Errors
    /// When identity refuses.
    pub async fn load_units(&self) -> Result<()> {
        if self.profile != Profile::Services {
            return Ok(());
        }
        self.load(listing::read(listing::OFFICIAL).map_err(|errors| anyhow::anyhow!("{errors:?}"))?).await
    }

    /// Loads the first few of the real units, for stories that need no more than an office.
    ///
    /// # Errors
    /// When identity refuses.
    pub async fn load_few_units(&self) -> Result<()> {
        if self.profile != Profile::Services {
            return Ok(());
        }
        let mut rows = listing::read(listing::OFFICIAL).map_err(|errors| anyhow::anyhow!("{errors:?}"))?;
        rows.truncate(3);
        self.load(rows).await
    }

    async fn load(&self, rows: Vec<UnitRow>) -> Result<()> {
        let bus = self.bus("office").await?;
        for call in listing::calls(&rows, listing::OFFICIAL_SINCE) {
            let meta = Meta { key: Some(runtime::fresh_id().to_string()), ..self.as_office()? };
            bus.ask(&meta, &call, UP).await?;
        }
        Ok(())
    }

    /// The database of a service, opened from outside for looking.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub async fn database(&self, service: &str) -> Result<Db> {
        let settings = match self.databases.get(service) {
            Some(database) => settings_of(database, service),
            None => Db::file(&self.folder.path().join("data").join(format!("{service}.db"))),
        };
        Ok(Db::open(&settings).await?)
    }

    /// What the processes have printed, for messages of failing tests.
    #[must_use]
    pub fn printed(&self) -> String {
        self.children.values().map(process::Child::printed).collect::<Vec<_>>().join("\n---\n")
    }

    /// Whether the door is open and every service behind it answers: nobody is signed in here, so 401 is an answer.
    async fn is_ready(&self) -> bool {
        let door = self.door();
        for path in READY.iter().map(|path| format!("/api/v1/{path}")).chain(["/readyz".to_owned()]) {
            match door.http().get(door.url(&path)).send().await {
                Ok(answer) if answer.status().is_success() || answer.status() == 401 => {}
                _ => return false,
            }
        }
        true
    }

    fn spawn(&mut self, name: &str, mut command: Command) -> Result<()> {
        let log = self.folder.path().join(format!("{name}.log"));
        command.envs(self.wish.settings.iter().map(|(name, value)| (name, value)));
        self.children.insert(name.to_owned(), process::Child::spawn(&mut command, &log, None)?);
        Ok(())
    }

    fn service_command(&self, name: &str) -> Result<Command> {
        let mut command = program(name)?;
        // The portal keeps nothing, and knows no such setting.
        if name != "portal" {
            command.env("VANPHONG__DATA", self.folder.path());
        }
        if let Some(broker) = &self.broker {
            command.env("VANPHONG__NATS__URLS", broker.url()).env("VANPHONG__NATS__MONITOR", broker.monitor_url());
        }
        if let Some(database) = self.databases.get(name) {
            command.env("VANPHONG__DATABASE__URL", database.url());
        }
        if name == "gateway" {
            limits(&mut command);
            command.env("VANPHONG__GATEWAY__LISTEN", format!("127.0.0.1:{}", self.port));
            command.env("VANPHONG__GATEWAY__ROUTES_FILE", self.folder.path().join("routes.toml"));
            command.env("VANPHONG__GATEWAY__PORTAL", format!("127.0.0.1:{}", self.pages));
        }
        if name == "portal" {
            command.env("VANPHONG__PORTAL__LISTEN", format!("127.0.0.1:{}", self.pages));
        }
        Ok(command)
    }

    /// What browsers write before the path.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// The folder of everything the processes keep, their logs among it.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The keys with which services sign.
    #[must_use]
    pub fn keys(&self) -> ServiceKeys {
        ServiceKeys::in_folder(self.folder.path().join("keys"))
    }

    fn write_public_keys(&self) -> Result<()> {
        let keys = self.keys();
        let names = SERVICES.into_iter().chain(["gateway", "office"]).chain(self.wish.guests.keys().copied());
        let public = names.map(|name| Ok((name, keys.public(name)?))).collect::<Result<BTreeMap<_, _>>>()?;
        std::fs::write(self.folder.path().join("keys").join("services.json"), serde_json::to_vec(&public)?)?;
        Ok(())
    }

    /// `deploy/routes.toml`, and the paths of the guests.
    fn write_routes(&self) -> Result<()> {
        let guests = self.wish.guests.iter().map(|(service, segment)| format!("{service} = [\"{segment}\"]\n"));
        let routes = include_str!("../deploy/routes.toml").to_owned() + &guests.collect::<String>();
        Ok(std::fs::write(self.folder.path().join("routes.toml"), routes)?)
    }

    /// A connection to the broker under this name.
    ///
    /// # Errors
    /// When there is no broker in this profile, or it does not answer.
    pub async fn bus(&self, name: &str) -> Result<Bus> {
        let broker = self.broker.as_ref().context("this profile has no broker")?;
        let settings =
            NatsSettings { urls: vec![broker.url()], monitor: broker.monitor_url(), ..NatsSettings::default() };
        Ok(Bus::nats(&settings, name).await?)
    }

    fn as_office(&self) -> Result<Meta> {
        let now = runtime::Clock::system().now();
        let token = self.keys().signer("office")?.sign_service(now, Duration::from_secs(60));
        Ok(Meta { token: Some(token), ..Meta::default() })
    }
}

/// The streams and consumers of the services there are.
#[must_use]
pub fn topology() -> Topology {
    let mut topology = Topology::default();
    for service in office::services() {
        topology.publishers.entry(service.name().to_owned()).or_default();
        for publisher in service.listens_to() {
            topology.publishers.entry(publisher.to_owned()).or_default().insert(service.name().to_owned());
        }
    }
    topology
}

fn settings_of(database: &postgres::Database, service: &str) -> DbSettings {
    DbSettings { url: database.url().to_owned(), schema: service.to_owned(), ..DbSettings::default() }
}

/// A program of this workspace, beside the test binary that runs.
fn program(name: &str) -> Result<Command> {
    let test = std::env::current_exe()?;
    let folder: PathBuf = test.ancestors().nth(2).map(Path::to_owned).context("a target folder")?;
    let program = folder.join(name);
    anyhow::ensure!(program.is_file(), "`{}` is not built: run `cargo build --workspace` first", program.display());
    Ok(Command::new(program))
}

/// A test's load is one account's, from one address.
fn limits(command: &mut Command) {
    for limit in ["ACCOUNT_PER_MINUTE", "ADDRESS_PER_MINUTE", "PAGES_PER_MINUTE", "SIGN_IN_PER_MINUTE"] {
        command.env(format!("VANPHONG__GATEWAY__LIMITS__{limit}"), "1000000");
    }
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// The enrolment code among the lines that `vanphong up` prints.
fn code_in(printed: &str) -> Option<String> {
    let line = printed.lines().find(|line| line.contains("--code "))?;
    line.split("--code ").nth(1)?.split_whitespace().next().map(str::to_owned)
}
