//! What stands in a database just now: connections in use, rows that wait in the chassis' tables, files.

use std::path::{Path, PathBuf};

use sea_orm::{DatabaseConnection, DbErr};
use wire::Instant;

use crate::{Backend, Db, sql};

/// How the connections of a pool are used just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool {
    /// `writer` and `reader` on SQLite; on PostgreSQL one, `both`.
    pub name: &'static str,
    /// Connections that work for somebody.
    pub used: u64,
    /// Connections that wait for work.
    pub idle: u64,
    /// The most that there may be.
    pub most: u64,
    /// Writes that wait to begin.
    pub pending: u64,
}

/// What waits or lies in the chassis' tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Events put aside because applying them failed.
    pub dead_letters: u64,
    /// Jobs whose time has come, those that are worked on among them.
    pub jobs_due: u64,
    /// When the time of the oldest of them came.
    pub jobs_due_since: Option<Instant>,
    /// Jobs put aside because they failed too often.
    pub jobs_parked: u64,
    /// Audit records without a place in the log.
    pub unsealed: u64,
    /// When the oldest of them was written.
    pub unsealed_since: Option<Instant>,
}

const STANDING: &str = "SELECT
    (SELECT COUNT(*) FROM dead_letter) AS dead_letters,
    (SELECT COUNT(*) FROM job WHERE parked IS NULL AND due <= $1) AS jobs_due,
    (SELECT MIN(due) FROM job WHERE parked IS NULL AND due <= $1) AS jobs_due_since,
    (SELECT COUNT(*) FROM job WHERE parked IS NOT NULL) AS jobs_parked,
    (SELECT COUNT(*) FROM audit WHERE place IS NULL) AS unsealed,
    (SELECT at FROM audit WHERE place IS NULL ORDER BY id LIMIT 1) AS unsealed_since";

impl Db {
    /// How the connections are used just now.
    #[must_use]
    pub fn pools(&self) -> Vec<Pool> {
        let pending = self.watch.waiting();
        match self.backend() {
            Backend::Sqlite => {
                let pool = |name, connection: &DatabaseConnection, pending| {
                    let pool = connection.get_sqlite_connection_pool();
                    used(name, pool.size(), pool.num_idle(), pool.options().get_max_connections(), pending)
                };
                vec![pool("writer", &self.writer, pending), pool("reader", &self.reader, 0)]
            }
            Backend::Postgres => {
                let pool = self.writer.get_postgres_connection_pool();
                vec![used("both", pool.size(), pool.num_idle(), pool.options().get_max_connections(), pending)]
            }
        }
    }

    /// What waits or lies in the chassis' tables at `now`. Every part but the parked jobs is read from an index that
    /// holds nothing else; still it is for looking now and then.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn standing(&self, now: Instant) -> Result<Standing, DbErr> {
        let row = sql::row(self.reader(), STANDING, [now.micros().into()]).await?;
        let row = row.ok_or_else(|| DbErr::RecordNotFound("what stands in the book".to_owned()))?;
        let count = |name| Ok::<_, DbErr>(u64::try_from(row.get::<i64>(name)?).unwrap_or(0));
        let since = |name| Ok::<_, DbErr>(row.get::<Option<i64>>(name)?.map(Instant::from_micros));
        Ok(Standing {
            dead_letters: count("dead_letters")?,
            jobs_due: count("jobs_due")?,
            jobs_due_since: since("jobs_due_since")?,
            jobs_parked: count("jobs_parked")?,
            unsealed: count("unsealed")?,
            unsealed_since: since("unsealed_since")?,
        })
    }

    /// The file of an SQLite database; its write-ahead log lies beside it, under the same name with `-wal`.
    #[must_use]
    pub fn path(&self) -> Option<PathBuf> {
        match self.backend() {
            Backend::Sqlite => {
                Some(self.writer.get_sqlite_connection_pool().connect_options().get_filename().to_owned())
            }
            Backend::Postgres => None,
        }
    }
}

/// The write-ahead log of an SQLite file.
#[must_use]
pub fn wal_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

fn used(name: &'static str, open: u32, idle: usize, most: u32, pending: u64) -> Pool {
    let (open, idle) = (u64::from(open), u64::try_from(idle).unwrap_or(u64::MAX));
    Pool { name, used: open.saturating_sub(idle), idle: idle.min(open), most: most.into(), pending }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pool_that_shrinks_while_it_is_looked_at_uses_no_fewer_than_none() {
        let pool = used("both", 1, 2, 8, 0);
        assert_eq!((pool.used, pool.idle), (0, 1));
    }
}
