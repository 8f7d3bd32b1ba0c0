//! A fresh database in a real PostgreSQL, whose durable settings stay as they are in production.
//!
//! One server is shared: by a whole run of `./test`, which starts it and names it in `$VANPHONG_TEST_PG`, or else by
//! the tests of one process.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::process::Child;
use crate::{dir, program};

/// How long a start may take on a machine that is busy compiling.
const START: Duration = Duration::from_secs(60);
/// How long an immediate shutdown may take.
const STOP: Duration = Duration::from_secs(10);
/// PostgreSQL refuses to run as root; this is the user and group `nobody`.
const NOBODY: u32 = 65534;
/// What the names of test databases begin with.
const PREFIX: &str = "vanphong_test_";

/// A PostgreSQL of one's own, for tests that stop it. Others want a [`Database`]. Dropped, it is gone with its data.
pub struct Server {
    child: Child,
    folder: TempDir,
    port: u16,
    /// Whether it runs as another user, because this process is root's.
    unprivileged: bool,
    url: String,
}

/// A fresh database that is dropped with this value.
pub struct Database {
    name: String,
    url: String,
    admin: String,
}

impl Server {
    /// Makes and starts a server with a password of its own.
    ///
    /// # Errors
    /// When there is no program new enough, or it does not come up.
    pub async fn start() -> Result<Self> {
        let programs = program::postgres()?;
        let folder = dir::temp()?;
        let unprivileged = fs::metadata(folder.path())?.uid() == 0;
        if unprivileged {
            chown(folder.path(), Some(NOBODY), Some(NOBODY)).context("the data cannot be given to `nobody`")?;
        }
        let run = |program: &str| as_user(unprivileged, &programs.join(program));
        let password = password()?;
        make(run("initdb"), folder.path(), &password).await?;

        // The port is free now and may not be when the server asks for it.
        let mut attempts = 0;
        loop {
            let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
            let url = format!("postgres://postgres:{password}@127.0.0.1:{port}/postgres");
            let mut child = serve(run("postgres"), folder.path(), port)?;
            let up = child.until("connection", START, || async { PgConnection::connect(&url).await.ok() }).await;
            match up {
                Ok(connection) => {
                    connection.close().await?;
                    return Ok(Self { child, folder, port, unprivileged, url });
                }
                Err(_) if attempts < 3 && child.printed().contains("Address already in use") => attempts += 1,
                Err(error) => return Err(error),
            }
        }
    }

    /// Takes the server away as a power cut would (an immediate shutdown); the data and the port stay.
    ///
    /// # Errors
    /// When it does not end.
    pub async fn stop(&mut self) -> Result<()> {
        self.child.end("QUIT", STOP).await.map(drop)
    }

    /// Starts a stopped server on the same port over its data, which it recovers first.
    ///
    /// # Errors
    /// When it does not come up.
    pub async fn start_again(&mut self) -> Result<()> {
        let postgres = as_user(self.unprivileged, &program::postgres()?.join("postgres"));
        self.child = serve(postgres, self.folder.path(), self.port)?;
        let url = &self.url;
        let up = self.child.until("connection", START, || async { PgConnection::connect(url).await.ok() });
        Ok(up.await?.close().await?)
    }

    /// Where its superuser connects.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The number of its first process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The folder with its data.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A fresh database in this server.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn database(&self) -> Result<Database> {
        Database::create(&self.url).await
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // An immediate shutdown takes the server's own children along; what remains is killed with the child.
        let child = &mut self.child;
        let _ = blocking(async { child.end("QUIT", STOP).await.map(drop) });
    }
}

/// A fresh database in the server that this run or this process shares.
///
/// # Errors
/// When there is no server and none can be started.
pub async fn database() -> Result<Database> {
    Database::create(shared().await?).await
}

/// The address of the shared server, for its superuser.
async fn shared() -> Result<&'static str> {
    struct Shared {
        url: String,
        /// Never dropped, because it is a static: the guard over its process ends it with this one.
        _own: Option<Server>,
    }
    static SHARED: OnceCell<Shared> = OnceCell::const_new();
    let start = async || match std::env::var("VANPHONG_TEST_PG") {
        Ok(url) if !url.is_empty() => {
            sweep(&url).await?;
            Ok(Shared { url, _own: None })
        }
        _ => {
            let own = Server::start().await?;
            Ok::<_, anyhow::Error>(Shared { url: own.url.clone(), _own: Some(own) })
        }
    };
    Ok(&SHARED.get_or_try_init(start).await?.url)
}

impl Database {
    /// Where its owner, the superuser, connects.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    async fn create(admin: &str) -> Result<Self> {
        let mut connection = connect(admin).await?;
        let fresh = "SELECT replace(gen_random_uuid()::text, '-', '')";
        let id: String = sqlx::query_scalar(fresh).fetch_one(&mut connection).await?;
        let name = format!("{PREFIX}{id}");
        sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut connection).await?;
        connection.close().await?;
        let (server, _) = admin.rsplit_once('/').context("$VANPHONG_TEST_PG names no database")?;
        Ok(Self { url: format!("{server}/{name}"), name, admin: admin.to_owned() })
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // What cannot be dropped now, because the server is away, is swept by a later run or gone with the server.
        let _ = blocking(drop_database(&self.admin, &self.name));
    }
}

async fn connect(url: &str) -> Result<PgConnection> {
    PgConnection::connect(url).await.context("the PostgreSQL for tests does not answer")
}

async fn drop_database(admin: &str, name: &str) -> Result<()> {
    let mut connection = connect(admin).await?;
    let order = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    sqlx::raw_sql(AssertSqlSafe(order)).execute(&mut connection).await?;
    Ok(connection.close().await?)
}

/// Drops the databases that tests killed more than a day ago have left. The server knows their age by its files.
async fn sweep(admin: &str) -> Result<()> {
    const FORGOTTEN: &str = "SELECT datname FROM pg_database WHERE starts_with(datname, $1) AND \
        (pg_stat_file('base/' || oid || '/PG_VERSION', true)).modification < now() - interval '1 day'";
    let mut connection = connect(admin).await?;
    let forgotten = sqlx::query(FORGOTTEN).bind(PREFIX).fetch_all(&mut connection).await?;
    connection.close().await?;
    for row in forgotten {
        drop_database(admin, row.try_get("datname")?).await?;
    }
    Ok(())
}

/// Runs something asynchronous to its end where nothing may be awaited, on a thread and runtime of its own.
fn blocking(work: impl Future<Output = Result<()>> + Send) -> Result<()> {
    let run = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async { tokio::time::timeout(STOP, work).await? })
    };
    std::thread::scope(|scope| scope.spawn(run).join()).unwrap_or_else(|_| bail!("the work panicked"))
}

fn as_user(unprivileged: bool, program: &Path) -> Command {
    if !unprivileged {
        return Command::new(program);
    }
    let (user, group) = (format!("--reuid={NOBODY}"), format!("--regid={NOBODY}"));
    let mut command = Command::new("setpriv");
    command.args([&user, &group, "--clear-groups", "--"]).arg(program);
    command
}

async fn make(mut initdb: Command, folder: &Path, password: &str) -> Result<()> {
    let secret = folder.join("password");
    fs::write(&secret, password)?;
    chown(&secret, Some(fs::metadata(folder)?.uid()), None)?;
    initdb.arg("--pgdata").arg(folder.join("data")).arg(format!("--pwfile={}", secret.display()));
    initdb.args(["--username=postgres", "--auth=scram-sha-256", "--encoding=UTF8", "--no-locale", "--data-checksums"]);
    initdb.current_dir(folder);
    let mut child = Child::spawn(&mut initdb, &folder.join("initdb.log"), Some(folder))?;
    let status = child.ended(START).await?;
    fs::remove_file(secret)?;
    if !status.success() {
        bail!("`initdb` ended with {status}:\n{}", child.printed());
    }
    Ok(())
}

fn serve(mut postgres: Command, folder: &Path, port: u16) -> Result<Child> {
    let setting = |name: &str, value: &str| ["-c".to_owned(), format!("{name}={value}")];
    postgres.arg("-D").arg(folder.join("data")).arg("-p").arg(port.to_string());
    postgres.args(setting("listen_addresses", "127.0.0.1")).args(setting("unix_socket_directories", ""));
    // Shared memory as files of the folder: nothing else is left of a server that is killed.
    postgres.args(setting("max_connections", "200")).args(setting("dynamic_shared_memory_type", "mmap"));
    postgres.current_dir(folder);
    Child::spawn(&mut postgres, &folder.join("log"), Some(folder))
}

/// A password nobody knows: on a shared machine the server is reachable by everyone who has an account there.
fn password() -> Result<String> {
    use std::io::Read;
    let mut bytes = [0_u8; 16];
    fs::File::open("/dev/urandom").and_then(|mut source| source.read_exact(&mut bytes)).context("no randomness")?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
