//! An office as processes, on a real disk, in both deployed profiles.

use std::{
    collections::BTreeMap,
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, ensure};
use bus::Bus;
use db::{Db, DbSettings};
use identity::listing;
use schema_identity::{Bootstrap, Reach};
use service::ServiceKeys;
use tempfile::TempDir;
use testbed::process::{Child, until};
use tests::{
    client::Client,
    installation::{SERVICES, topology},
    staff::enrol,
};
use wire::Meta;

use crate::{
    AS,
    clerk::Clerk,
    servers::{Books, Broker},
};

/// How long an office may take to come up, and to load the official list of offices.
const UP: Duration = Duration::from_secs(300);
/// How often it is looked whether it is.
const LOOK: Duration = Duration::from_millis(50);
/// How long a process may take to stop in order.
const STOP: Duration = Duration::from_secs(60);

/// Which profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// One process, SQLite, the bus within the process.
    Standalone,
    /// The same with the invented people and documents of `vanphong demo`.
    Demo,
    /// A process for each service, PostgreSQL, NATS.
    Services,
}

/// A running office. End it with [`House::close`]; dropped, its processes are killed.
pub(crate) struct House {
    children: Vec<Child>,
    servers: Option<(Broker, Books)>,
    folder: TempDir,
    port: u16,
}

impl House {
    /// Starts an office with the official list of offices, somewhere in this folder.
    pub(crate) async fn open(profile: Profile, within: &Path) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("office-bench-").tempdir_in(within)?;
        open_to_all(folder.path())?;
        let mut this = Self { children: Vec::new(), servers: None, folder, port: free_port()? };
        match profile {
            Profile::Standalone | Profile::Demo => {
                let mut command = program("vanphong")?;
                unlimited(&mut command)
                    .arg(if profile == Profile::Demo { "demo" } else { "up" })
                    .arg("--data")
                    .arg(this.data())
                    .arg("--listen")
                    .arg(format!("127.0.0.1:{}", this.port));
                this.spawn("vanphong", command)?;
            }
            Profile::Services => {
                let broker = Broker::start(this.folder.path()).await?;
                this.servers = Some((broker, Books::start(this.folder.path()).await?));
                std::fs::create_dir(this.data())?;
                this.write_public_keys()?;
                this.bus("office").await?.prepare(&topology()).await?;
                for name in SERVICES.into_iter().chain(["gateway"]) {
                    this.spawn(name, this.service(name)?)?;
                }
            }
        }
        this.wait_until_ready().await.with_context(|| this.printed())?;
        Ok(this)
    }

    /// Stops every process in order.
    pub(crate) async fn close(mut self) -> Result<()> {
        for child in &mut self.children {
            child.end("TERM", STOP).await?;
        }
        Ok(())
    }

    /// Stops every process in order and gives the servers and the folder, to go on with by other means.
    pub(crate) async fn leave_servers(mut self) -> Result<(Broker, Books, TempDir)> {
        for child in &mut self.children {
            child.end("TERM", STOP).await?;
        }
        let (broker, books) = self.servers.take().context("this profile has no servers")?;
        Ok((broker, books, self.folder))
    }

    /// A person hired by the first administrator, who may register and assign.
    pub(crate) async fn clerk(&self) -> Result<Clerk> {
        let door = self.door();
        let admin = enrol(&door, &self.first_code().await?, "quan-tri").await;
        Clerk::hired(door, &admin).await
    }

    /// Where a service's rows are.
    pub(crate) fn database(&self, service: &str) -> DbSettings {
        match &self.servers {
            Some((_, books)) => books.database(service),
            None => Db::file(&self.data().join(format!("{service}.db"))),
        }
    }

    /// What browsers write before the path.
    pub(crate) fn origin(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// Stops the process of the standalone profile in order, and leaves what it kept.
    pub(crate) async fn stop(&mut self) -> Result<()> {
        for mut child in self.children.drain(..) {
            child.end("TERM", STOP).await?;
        }
        Ok(())
    }

    /// The broker and the PostgreSQL.
    pub(crate) fn servers(&self) -> Result<&(Broker, Books)> {
        self.servers.as_ref().context("this profile has no servers")
    }

    /// The folder of keys and files.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The process that answers clients in the standalone profile: the child of the one that keeps it alive.
    pub(crate) fn process(&self) -> Result<u32> {
        crate::machine::child_of(self.children.first().context("it runs")?.id())
    }

    /// The broker as a service sees it.
    pub(crate) async fn bus(&self, service: &str) -> Result<Bus> {
        Ok(Bus::nats(&self.servers()?.0.settings(), service).await?)
    }

    fn door(&self) -> Client {
        Client::new(&format!("http://127.0.0.1:{}", self.port))
    }

    /// A process that ends meanwhile is told at once: the office will not become ready.
    async fn wait_until_ready(&mut self) -> Result<()> {
        let started = Instant::now();
        while !self.is_ready().await {
            ensure!(!self.children.iter_mut().any(Child::has_ended), "a process of the office ended");
            ensure!(started.elapsed() < UP, "the office was not ready within {UP:?}");
            tokio::time::sleep(LOOK).await;
        }
        Ok(())
    }

    async fn is_ready(&self) -> bool {
        let door = self.door();
        for path in
            ["/readyz", "/api/v1/me", "/api/v1/genres", "/api/v1/my-assignments", "/api/v1/notices", "/api/v1/search"]
        {
            match door.http().get(door.url(path)).send().await {
                Ok(answer) if answer.status().is_success() || answer.status() == 401 => {}
                _ => return false,
            }
        }
        true
    }

    fn spawn(&mut self, name: &str, mut command: Command) -> Result<()> {
        let log = self.folder.path().join(format!("{name}.log"));
        self.children.push(Child::spawn(&mut command, &log, Some(self.folder.path()))?);
        Ok(())
    }

    fn service(&self, name: &str) -> Result<Command> {
        let (broker, books) = self.servers()?;
        let mut command = program(name)?;
        command.env("VANPHONG__DATA", self.data());
        command.env("VANPHONG__NATS__URLS", broker.url()).env("VANPHONG__NATS__MONITOR", broker.settings().monitor);
        match name {
            "gateway" => unlimited(&mut command).env("VANPHONG__GATEWAY__LISTEN", format!("127.0.0.1:{}", self.port)),
            _ => command.env("VANPHONG__DATABASE__URL", books.database(name).url),
        };
        Ok(command)
    }

    /// The keys with which its services sign.
    pub(crate) fn keys(&self) -> ServiceKeys {
        ServiceKeys::in_folder(self.data().join("keys"))
    }

    fn write_public_keys(&self) -> Result<()> {
        let keys = self.keys();
        let names = SERVICES.into_iter().chain(["gateway", "office"]);
        let public = names.map(|name| Ok((name, keys.public(name)?))).collect::<Result<BTreeMap<_, _>>>()?;
        Ok(std::fs::write(self.data().join("keys").join("services.json"), serde_json::to_vec(&public)?)?)
    }

    fn printed(&self) -> String {
        self.children.iter().map(Child::printed).collect::<Vec<_>>().join("\n---\n")
    }

    async fn first_code(&self) -> Result<String> {
        if self.servers.is_none() {
            let printed = until("the enrolment code", UP, || async { code_in(&self.printed()) });
            return printed.await.with_context(|| self.printed());
        }
        let bus = self.bus("office").await?;
        let rows = listing::read(listing::OFFICIAL).map_err(|errors| anyhow::anyhow!("{errors:?}"))?;
        for call in listing::calls(&rows, listing::OFFICIAL_SINCE) {
            bus.ask(&self.as_office()?, &call, UP).await?;
        }
        let full_name = "Quản trị Thử Nghiệm".to_owned();
        let call = Bootstrap { office: "TW".to_owned(), full_name, reach: Reach::Below };
        Ok(bus.ask(&self.as_office()?, &call, UP).await?.enrolment.code.0)
    }

    fn as_office(&self) -> Result<Meta> {
        let token = self.keys().signer("office")?.sign_service(runtime::Clock::system().now(), Duration::from_secs(60));
        Ok(Meta { token: Some(token), key: Some(runtime::fresh_id().to_string()), ..Meta::default() })
    }
}

/// A port that is free now.
pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// This program under another name.
fn program(name: &str) -> Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.env(AS, name).env("VANPHONG__TELEMETRY__LEVEL", "warn");
    Ok(command)
}

/// One account at one address makes all the load of a figure.
fn unlimited(command: &mut Command) -> &mut Command {
    for limit in ["ACCOUNT_PER_MINUTE", "ADDRESS_PER_MINUTE", "SIGN_IN_PER_MINUTE"] {
        command.env(format!("VANPHONG__GATEWAY__LIMITS__{limit}"), "10000000");
    }
    command
}

/// PostgreSQL runs as another user, which must find its way to its own folder.
fn open_to_all(folder: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    Ok(std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755))?)
}

/// The enrolment code among the lines that `vanphong up` prints.
fn code_in(printed: &str) -> Option<String> {
    let line = printed.lines().find(|line| line.contains("--code "))?;
    line.split("--code ").nth(1)?.split_whitespace().next().map(str::to_owned)
}
