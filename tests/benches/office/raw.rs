//! Registering by the raw driver: the statements of the service in its order, with rows of the same size, in one
//! transaction with the same promise of durability, and nothing else: no HTTP, no token, no policy, no rows of the ORM.

use std::{str::FromStr as _, time::Duration};

use anyhow::{Context as _, Result};
use db::{Db, DbSettings};
use sqlx::{
    AssertSqlSafe, Database, PgPool, Postgres, Row as _, Sqlite, SqlitePool,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use wire::Day;

use crate::{
    rows::{Statement, Template, Value, id, text, today},
    statements::{NEXT, PLACE},
};

/// A database, as the raw driver sees it.
#[derive(Clone)]
pub(crate) enum Base {
    /// One writer and two readers, as the service has them.
    Sqlite(SqlitePool, SqlitePool),
    Postgres(PgPool),
}

impl Base {
    /// Opens what the service of these settings opens, with the same settings of durability: one writer on SQLite, eight
    /// connections on PostgreSQL.
    pub(crate) async fn open(settings: &DbSettings) -> Result<Self> {
        if settings.url.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(&settings.url)?
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(Duration::from_secs(60))
                .foreign_keys(true)
                .pragma("secure_delete", "ON");
            let pool = |size| SqlitePoolOptions::new().max_connections(size).acquire_timeout(Duration::from_secs(60));
            let writer = pool(1).connect_with(options.clone()).await?;
            return Ok(Self::Sqlite(writer, pool(2).connect_with(options.pragma("query_only", "ON")).await?));
        }
        let options = PgConnectOptions::from_str(&settings.url)?.options([("search_path", settings.schema.as_str())]);
        Ok(Self::Postgres(PgPoolOptions::new().max_connections(8).connect_with(options).await?))
    }

    /// A fresh database with the tables of documents and the register of the template.
    pub(crate) async fn fresh(settings: &DbSettings, template: &Template) -> Result<Self> {
        let db = Db::open(settings).await?;
        service::migrate(&documents::service(), &db).await?;
        db.close().await;
        let this = Self::open(settings).await?;
        let insert = "INSERT INTO register (id, office_id, version, kind, body_code, genre_key, period, first_day, last_day,
            opening, last, latest_day, state) VALUES ($1, $2, 1, 'incoming', '', '*', 'year', $3, NULL, 1, 0, NULL, 'open')";
        let values = vec![id(template.register), id(template.office), Value::Date(Some(Day::new(2026, 1, 1)?))];
        match &this {
            Self::Sqlite(pool, _) => drop(sqlite(&mut *pool.acquire().await?, (insert, values)).await?),
            Self::Postgres(pool) => drop(postgres(&mut *pool.acquire().await?, (insert, values)).await?),
        }
        Ok(this)
    }

    /// The first column of the first row as text.
    pub(crate) async fn text(&self, sql: &str) -> Result<String> {
        let sql = AssertSqlSafe(sql.to_owned());
        Ok(match self {
            Self::Sqlite(_, pool) => sqlx::query(sql).fetch_one(pool).await?.try_get(0)?,
            Self::Postgres(pool) => sqlx::query(sql).fetch_one(pool).await?.try_get(0)?,
        })
    }

    /// The first column of the first row as a number.
    pub(crate) async fn number(&self, sql: &str) -> Result<i64> {
        let sql = AssertSqlSafe(sql.to_owned());
        Ok(match self {
            Self::Sqlite(_, pool) => sqlx::query(sql).fetch_one(pool).await?.try_get(0)?,
            Self::Postgres(pool) => sqlx::query(sql).fetch_one(pool).await?.try_get(0)?,
        })
    }

    /// Runs statements.
    pub(crate) async fn run(&self, sql: &str) -> Result<()> {
        let sql = AssertSqlSafe(sql.to_owned());
        match self {
            Self::Sqlite(pool, _) => sqlx::raw_sql(sql).execute(pool).await.map(|_| ())?,
            Self::Postgres(pool) => sqlx::raw_sql(sql).execute(pool).await.map(|_| ())?,
        }
        Ok(())
    }

    /// Registers one document.
    pub(crate) async fn register(&self, template: &Template) -> Result<()> {
        match self {
            Self::Sqlite(writer, reader) => register_sqlite(writer, reader, template).await,
            Self::Postgres(pool) => register_postgres(pool, pool, template).await,
        }
    }
}

/// One registration and one statement for a database; the two differ in their types only.
macro_rules! driver {
    ($database:ident, $pool:ident, $statement:ident, $register:ident, $begin:literal, $numbered:literal) => {
        async fn $statement(
            connection: &mut <$database as Database>::Connection,
            (sql, values): Statement,
        ) -> Result<Vec<<$database as Database>::Row>> {
            let query = values.into_iter().fold(sqlx::query::<$database>(sql), |query, value| match value {
                Value::Number(value) => query.bind(value),
                Value::Text(value) => query.bind(value),
                Value::Id(value) => query.bind(value),
                Value::Date(value) => query.bind(value.map(|day| day.0)),
                Value::Flag(value) => query.bind(value),
                Value::Json(value) => query.bind(value),
            });
            Ok(query.fetch_all(connection).await?)
        }

        async fn $register(pool: &$pool, reader: &$pool, template: &Template) -> Result<()> {
            let place = template.next();
            let key = runtime::fresh_id().to_string();
            let (seen, before) = template.before(&key, place)?;
            $statement(&mut *reader.acquire().await?, seen).await?;
            let mut tx = pool.begin_with($begin).await?;
            for statement in before {
                $statement(&mut *tx, statement).await?;
            }
            let counted =
                $statement(&mut *tx, (NEXT, vec![today()?, today()?, id(template.register), text("open")])).await?;
            let number = counted.first().context("the register counts")?.try_get("last")?;
            let mut position = (Value::Number(None), Value::Number(None));
            if $numbered {
                let taken = $statement(&mut *tx, (PLACE, vec![Value::Number(Some(1))])).await?;
                let taken = taken.first().context("the publisher counts")?;
                position = (Value::Number(Some(taken.try_get("epoch")?)), Value::Number(Some(taken.try_get("seq")?)));
            }
            for statement in template.after(&key, place, number, position)? {
                $statement(&mut *tx, statement).await?;
            }
            Ok(tx.commit().await?)
        }
    };
}

driver!(Sqlite, SqlitePool, sqlite, register_sqlite, "BEGIN IMMEDIATE", true);
driver!(Postgres, PgPool, postgres, register_postgres, "BEGIN", false);
