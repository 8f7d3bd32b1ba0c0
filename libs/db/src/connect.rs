//! Opening a database, and refusing one that could lose what was acknowledged.

use std::{path::Path, str::FromStr, time::Duration};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode, SqlxPostgresConnector,
    SqlxSqliteConnector, TransactionOptions, TransactionTrait,
};
use sqlx::{
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{DbSettings, OpenError, seen::Watch, sql};

/// How long a statement waits for a lock or a connection before it gives up.
const PATIENCE: Duration = Duration::from_secs(10);

/// Which database is behind a [`Db`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// One file, one writer, two readers.
    Sqlite,
    /// A schema of a PostgreSQL database.
    Postgres,
}

/// A service's database.
#[derive(Clone, Debug)]
pub struct Db {
    pub(crate) writer: DatabaseConnection,
    pub(crate) reader: DatabaseConnection,
    backend: Backend,
    pub(crate) watch: Watch,
}

impl Db {
    /// Opens the database, creating the SQLite file or the PostgreSQL schema when it is not there.
    ///
    /// # Errors
    /// [`OpenError::Unsafe`] when acknowledged work could be lost with the settings found, naming the remedy.
    pub async fn open(settings: &DbSettings) -> Result<Self, OpenError> {
        let db = if settings.url.starts_with("sqlite:") {
            open_sqlite(&settings.url).await?
        } else if settings.url.starts_with("postgres:") || settings.url.starts_with("postgresql:") {
            open_postgres(settings).await?
        } else {
            return Err(OpenError::Address(settings.url.clone()));
        };
        db.refuse_unsafe().await?;
        Ok(db)
    }

    /// The settings of an SQLite database in a file.
    #[must_use]
    pub fn file(path: &Path) -> DbSettings {
        DbSettings { url: format!("sqlite://{}", path.display()), ..DbSettings::default() }
    }

    /// Begins the one kind of writing transaction there is: BEGIN IMMEDIATE on SQLite, where a deferred one would
    /// fail at once when another writer commits in between.
    ///
    /// # Errors
    /// When no connection is free in time or the database is away.
    pub async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let waiting = self.watch.wait();
        let immediate = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let tx = self.writer.begin_with_options(immediate).await?;
        waiting.begun();
        Ok(tx)
    }

    /// A connection for looking only.
    #[must_use]
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// The connection migrations run on.
    pub(crate) fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// Which database this is.
    #[must_use]
    pub fn backend(&self) -> Backend {
        self.backend
    }

    /// Whether the database answers.
    pub async fn answers(&self) -> bool {
        self.reader.execute_unprepared("SELECT 1").await.is_ok()
    }

    /// Closes every connection.
    pub async fn close(&self) {
        // Closing can only fail when the connections are gone already, which is what was wanted.
        let _ = self.reader.clone().close().await;
        let _ = self.writer.clone().close().await;
    }

    async fn refuse_unsafe(&self) -> Result<(), OpenError> {
        match self.backend {
            Backend::Sqlite => {
                let found: String = single(&self.writer, "SELECT sqlite_version() AS v").await?;
                refuse_old_sqlite(&found)?;
                let journal: String = single(&self.writer, "SELECT journal_mode AS v FROM pragma_journal_mode").await?;
                let synchronous: i64 = single(&self.writer, "SELECT synchronous AS v FROM pragma_synchronous").await?;
                if journal != "wal" || synchronous < 2 {
                    return Err(OpenError::Unsafe(format!(
                        "SQLite runs with journal_mode `{journal}` and synchronous `{synchronous}`; needed are `wal` and `2` (FULL); is the file on a file system without shared memory?"
                    )));
                }
            }
            Backend::Postgres => {
                for setting in ["fsync", "full_page_writes", "synchronous_commit"] {
                    let found: String =
                        single(&self.writer, &format!("SELECT current_setting('{setting}') AS v")).await?;
                    if found == "off" || (setting == "synchronous_commit" && found == "local") {
                        return Err(OpenError::Unsafe(format!(
                            "PostgreSQL runs with {setting} = `{found}`; set `{setting} = on` in postgresql.conf and reload"
                        )));
                    }
                }
            }
        }
        Ok(())
    }
}

async fn single<T: sea_orm::TryGetable>(conn: &DatabaseConnection, query: &str) -> Result<T, DbErr> {
    let row = sql::row(conn, query, []).await?;
    row.ok_or_else(|| DbErr::RecordNotFound(query.to_owned()))?.get("v")
}

fn refuse_old_sqlite(found: &str) -> Result<(), OpenError> {
    if version(found) >= vec![3, 51, 3] {
        return Ok(());
    }
    Err(OpenError::Unsafe(format!(
        "SQLite {found} can lose committed writes when it resets its log; build with `libsqlite3-sys` 0.37.0 (SQLite \
         3.51.3) or newer"
    )))
}

fn version(text: &str) -> Vec<u32> {
    text.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}

async fn open_sqlite(url: &str) -> Result<Db, OpenError> {
    let options = SqliteConnectOptions::from_str(url)
        .map_err(|_| OpenError::Address(url.to_owned()))?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(PATIENCE)
        .foreign_keys(true)
        .pragma("trusted_schema", "OFF")
        .pragma("secure_delete", "ON");
    let pool = |connections: u32| {
        SqlitePoolOptions::new()
            .max_connections(connections)
            .min_connections(connections)
            .acquire_timeout(PATIENCE)
            .idle_timeout(None)
            .max_lifetime(None)
    };
    let writer = pool(1).connect_with(options.clone()).await?;
    let reader = pool(2).connect_with(options.pragma("query_only", "ON")).await?;
    Ok(Db {
        writer: SqlxSqliteConnector::from_sqlx_sqlite_pool(writer),
        reader: SqlxSqliteConnector::from_sqlx_sqlite_pool(reader),
        backend: Backend::Sqlite,
        watch: Watch::default(),
    })
}

async fn open_postgres(settings: &DbSettings) -> Result<Db, OpenError> {
    let schema = &settings.schema;
    if schema.is_empty() || !schema.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') {
        return Err(OpenError::Address(format!("schema {schema}")));
    }
    let options = PgConnectOptions::from_str(&settings.url)
        .map_err(|_| OpenError::Address("postgres: address that cannot be read".to_owned()))?
        .application_name(&format!("vanphong-{schema}"))
        .options([
            ("search_path", schema.as_str()),
            ("statement_timeout", "30s"),
            ("lock_timeout", "10s"),
            ("idle_in_transaction_session_timeout", "10s"),
        ]);
    let pool = PgPoolOptions::new()
        .max_connections(settings.connections.clamp(2, 8))
        .acquire_timeout(PATIENCE)
        .after_release(|connection, _| {
            // A `begin()` that was cancelled half-way leaves the connection inside an open transaction, and the next
            // borrower's writes would vanish with it. A rollback outside a transaction is only a warning.
            Box::pin(async move {
                use sqlx::Executor as _;
                connection.execute("ROLLBACK").await.map(|_| true).or(Ok(false))
            })
        })
        .connect_with(options)
        .await?;
    let connection = SqlxPostgresConnector::from_sqlx_postgres_pool(pool);
    let exists = sql::row(&connection, "SELECT 1 AS v FROM pg_namespace WHERE nspname = $1", [schema.as_str().into()]);
    if exists.await?.is_none() {
        connection.execute_unprepared(&format!("CREATE SCHEMA IF NOT EXISTS {schema}")).await?;
    }
    Ok(Db { writer: connection.clone(), reader: connection, backend: Backend::Postgres, watch: Watch::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_sqlite_that_can_lose_commits_is_refused_and_the_remedy_named() {
        for old in ["3.40.1", "3.51.2", "3.9.99", "no version"] {
            let refused = refuse_old_sqlite(old).unwrap_err().to_string();
            assert!(refused.contains("libsqlite3-sys"), "{refused}");
        }
        for new in ["3.51.3", "3.52.0", "4.0.0"] {
            refuse_old_sqlite(new).unwrap();
        }
    }
}
