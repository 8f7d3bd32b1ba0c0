//! A broker and a PostgreSQL on a real disk, with the settings of production. The test bed keeps its servers in memory,
//! where a sync costs nothing: figures about commits need a disk.

use std::{
    fs,
    os::unix::fs::{MetadataExt as _, chown},
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use bus::{Bus, NatsSettings};
use db::DbSettings;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use testbed::process::{Child, until};
use tests::installation::SERVICES;

use crate::house::free_port;

/// How long a server may take to come up.
const START: Duration = Duration::from_secs(60);
/// PostgreSQL refuses to run as root; this is the user and group `nobody`.
const NOBODY: u32 = 65534;

/// A broker that syncs every message before it acknowledges.
pub(crate) struct Broker {
    _child: Child,
    port: u16,
    monitor: u16,
}

impl Broker {
    /// Starts one with its store in a folder.
    pub(crate) async fn start(folder: &Path) -> Result<Self> {
        let (port, monitor) = (free_port()?, free_port()?);
        let store = folder.join("nats");
        let settings = format!(
            "listen: \"127.0.0.1:{port}\"\nhttp: \"127.0.0.1:{monitor}\"\n\
             jetstream {{ store_dir: \"{}\", sync_interval: always }}\n",
            store.display()
        );
        let file = folder.join("nats.conf");
        fs::write(&file, settings)?;
        let mut command = Command::new(nats_server()?);
        command.arg("--config").arg(file);
        let child = Child::spawn(&mut command, &folder.join("nats.log"), Some(folder))?;
        let this = Self { _child: child, port, monitor };
        until("the broker", START, || async { Bus::nats(&this.settings(), "office").await.ok().map(drop) }).await?;
        Ok(this)
    }

    /// How to reach it.
    pub(crate) fn settings(&self) -> NatsSettings {
        let (urls, monitor) = (vec![self.url()], format!("http://127.0.0.1:{}", self.monitor));
        NatsSettings { urls, monitor, ..NatsSettings::default() }
    }

    /// Where clients connect.
    pub(crate) fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }
}

/// A PostgreSQL with one database for each service and one for the raw driver.
pub(crate) struct Books {
    _child: Child,
    address: String,
}

impl Books {
    /// Makes and starts one in a folder. Commits are stamped with their times, which `visible` reads.
    pub(crate) async fn start(folder: &Path) -> Result<Self> {
        let (data, port) = (folder.join("postgres"), free_port()?);
        fs::create_dir(&data)?;
        let unprivileged = fs::metadata(&data)?.uid() == 0;
        if unprivileged {
            chown(&data, Some(NOBODY), Some(NOBODY))?;
        }
        let programs = postgres_programs()?;
        let program = |name: &str| as_user(unprivileged, &programs.join(name), &data);
        let mut initdb = program("initdb");
        initdb.arg("-D").arg(data.join("data"));
        initdb.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--data-checksums"]);
        let made = initdb.output().context("`initdb` cannot be started")?;
        ensure!(made.status.success(), "`initdb` failed: {}", String::from_utf8_lossy(&made.stderr));
        let mut postgres = program("postgres");
        postgres.arg("-D").arg(data.join("data")).arg("-p").arg(port.to_string());
        for setting in ["listen_addresses=127.0.0.1", "unix_socket_directories=", "track_commit_timestamp=on"] {
            postgres.args(["-c", setting]);
        }
        let mut child = Child::spawn(&mut postgres, &folder.join("postgres.log"), Some(folder))?;
        let address = format!("postgres://postgres@127.0.0.1:{port}");
        let admin = format!("{address}/postgres");
        let mut connection =
            child.until("connection", START, || async { PgConnection::connect(&admin).await.ok() }).await?;
        for name in SERVICES.into_iter().chain(["raw"]) {
            sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut connection).await?;
        }
        connection.close().await?;
        Ok(Self { _child: child, address })
    }

    /// The database of a service, whose tables lie in a schema of its name; `raw` holds those of documents.
    pub(crate) fn database(&self, name: &str) -> DbSettings {
        let schema = if name == "raw" { "documents" } else { name };
        DbSettings { url: format!("{}/{name}", self.address), schema: schema.to_owned(), ..DbSettings::default() }
    }
}

/// `nats-server`: named by a variable, where `./test servers` puts it, or on the search path.
fn nats_server() -> Result<PathBuf> {
    let private = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/servers/nats-server");
    let named = std::env::var_os("VANPHONG_NATS_SERVER").map(PathBuf::from);
    let found = named.into_iter().chain([private]).chain(on_path("nats-server")).find(|program| program.is_file());
    found.context("no `nats-server` was found; run `./test servers`, or name one in $VANPHONG_NATS_SERVER")
}

/// The folder of `initdb` and `postgres`: named by a variable, on the search path, or where Debian keeps them.
fn postgres_programs() -> Result<PathBuf> {
    let named = std::env::var_os("VANPHONG_PG_BIN").map(PathBuf::from);
    let on_path = on_path("initdb").filter_map(|program| Some(program.parent()?.to_owned()));
    let mut packaged: Vec<PathBuf> =
        fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|e| e.path().join("bin")).collect();
    packaged.sort();
    let found = named.into_iter().chain(on_path).chain(packaged.into_iter().rev());
    found
        .into_iter()
        .find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
        .context("no PostgreSQL was found; install the package `postgresql`, or name its folder in $VANPHONG_PG_BIN")
}

fn on_path(program: &'static str) -> impl Iterator<Item = PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.into_iter().map(move |folder| folder.join(program))
}

fn as_user(unprivileged: bool, program: &Path, folder: &Path) -> Command {
    let mut command = Command::new(if unprivileged { Path::new("setpriv") } else { program });
    if unprivileged {
        command.args([format!("--reuid={NOBODY}"), format!("--regid={NOBODY}")]).arg("--clear-groups").arg("--");
        command.arg(program);
    }
    command.current_dir(folder);
    command
}
