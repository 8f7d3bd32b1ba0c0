//! A real `nats-server` with JetStream, one for each test that wants one.

use std::fs;
use std::future::ready;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

use crate::process::Child;
use crate::{dir, program};

/// How long a start may take on a machine that is busy compiling.
const START: Duration = Duration::from_secs(30);

/// What a server is started with.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether every acknowledged message is synced to the disk first, as production demands. Off, services must
    /// refuse to start.
    pub sync_always: bool,
    /// More lines of the server's configuration: users, permissions, limits.
    pub more: String,
}

impl Default for Options {
    fn default() -> Self {
        Self { sync_always: true, more: String::new() }
    }
}

/// A running server, or one that was stopped to be started again. Dropped, it is gone with its store.
pub struct Server {
    child: Option<Child>,
    folder: TempDir,
    options: Options,
    ports: Ports,
}

/// Where the server listens; `-1` asks it to choose, which only the first start does.
struct Ports {
    client: i32,
    monitor: i32,
}

impl Server {
    /// Starts a server with the settings production demands.
    ///
    /// # Errors
    /// When there is no program new enough, or it does not come up.
    pub async fn start() -> Result<Self> {
        Self::start_with(Options::default()).await
    }

    /// Starts a server with other settings.
    ///
    /// # Errors
    /// As [`Server::start`].
    pub async fn start_with(options: Options) -> Result<Self> {
        let ports = Ports { client: -1, monitor: -1 };
        let mut server = Self { child: None, folder: dir::temp()?, options, ports };
        server.start_again().await?;
        Ok(server)
    }

    /// Where clients connect.
    #[must_use]
    pub fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.ports.client)
    }

    /// Where the monitoring pages (`/varz`, `/jsz`) are.
    #[must_use]
    pub fn monitor_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.ports.monitor)
    }

    /// The number of its process, while it runs.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }

    /// The folder of its streams.
    #[must_use]
    pub fn store(&self) -> PathBuf {
        self.folder.path().join("store")
    }

    /// Takes the server away as a power cut would; the store and the ports stay.
    pub fn stop(&mut self) {
        self.child = None;
    }

    /// Starts a stopped server on the same ports with what its store still holds.
    ///
    /// # Errors
    /// When it does not come up, or is running.
    pub async fn start_again(&mut self) -> Result<()> {
        ensure!(self.child.is_none(), "the NATS server is running; stop it first");
        let ports = self.folder.path().join("ports");
        let _ = fs::remove_dir_all(&ports);
        fs::create_dir(&ports)?;
        let configuration = self.folder.path().join("nats.conf");
        fs::write(&configuration, self.configuration())?;

        let mut command = Command::new(program::nats_server()?);
        command.arg("--config").arg(configuration).arg("--ports_file_dir").arg(&ports);
        let mut child = Child::spawn(&mut command, &self.folder.path().join("log"), Some(self.folder.path()))?;
        let file = ports.join(format!("nats-server_{}.ports", child.id()));
        self.ports = child.until("file of its ports", START, || ready(Ports::read(&file))).await?;
        self.child = Some(child);
        Ok(())
    }

    /// Loses everything a stopped server has stored.
    ///
    /// # Errors
    /// When the server is running or the folder cannot be removed.
    pub fn delete_store(&mut self) -> Result<()> {
        ensure!(self.child.is_none(), "the NATS server is running; stop it first");
        fs::remove_dir_all(self.store()).context("the store of the NATS server cannot be removed")
    }

    fn configuration(&self) -> String {
        let Ports { client, monitor } = self.ports;
        let sync = if self.options.sync_always { "sync_interval: always" } else { "" };
        let store = self.store();
        let (store, more) = (store.display(), &self.options.more);
        format!(
            "server_name: test\nlisten: \"127.0.0.1:{client}\"\nhttp: \"127.0.0.1:{monitor}\"\n\
             jetstream {{ store_dir: \"{store}\", {sync} }}\n{more}\n"
        )
    }
}

impl Ports {
    /// Reads the ports file; `None` while it is not there or still being written.
    fn read(file: &Path) -> Option<Self> {
        let listed: serde_json::Value = serde_json::from_slice(&fs::read(file).ok()?).ok()?;
        let port = |of: &str| listed.get(of)?.get(0)?.as_str()?.rsplit(':').next()?.parse().ok();
        Some(Self { client: port("nats")?, monitor: port("monitoring")? })
    }
}
