//! What the database was asked and how long it took, told to whoever measures.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant as Tick},
};

use sea_orm::DatabaseConnection;

use crate::Db;

/// One thing that the database did for us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// A statement was run.
    Statement {
        /// Its first word in capitals; `OTHER` when that is none of the four that read and change rows.
        operation: &'static str,
        /// Whether the database refused it.
        failed: bool,
        /// How long it took, without waiting for a connection.
        took: Duration,
    },
    /// A write has a connection, and a transaction on it.
    Begun {
        /// How long it waited for both.
        took: Duration,
    },
}

/// Who is told. It runs in the midst of transactions, so it must be quick.
pub type Observer = Arc<dyn Fn(Seen) + Send + Sync>;

/// The observer of a database, and how many writes wait to begin.
#[derive(Clone, Default)]
pub(crate) struct Watch {
    observer: Option<Observer>,
    waiting: Arc<AtomicU64>,
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("waiting", &self.waiting).finish_non_exhaustive()
    }
}

impl Watch {
    /// Notes that a write waits to begin; it does until what is given here is dropped.
    pub(crate) fn wait(&self) -> Waiting<'_> {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        Waiting { watch: self, began: Tick::now() }
    }

    /// How many writes wait to begin.
    pub(crate) fn waiting(&self) -> u64 {
        self.waiting.load(Ordering::Relaxed)
    }
}

/// A write that waits to begin, or has given up.
pub(crate) struct Waiting<'a> {
    watch: &'a Watch,
    began: Tick,
}

impl Waiting<'_> {
    pub(crate) fn begun(self) {
        if let Some(observer) = &self.watch.observer {
            observer(Seen::Begun { took: self.began.elapsed() });
        }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.watch.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Db {
    /// This database, telling `observer` what it is asked from now on.
    #[must_use]
    pub fn observed(mut self, observer: Observer) -> Self {
        let tell = |connection: &mut DatabaseConnection| {
            let observer = Arc::clone(&observer);
            connection.set_metric_callback(move |info| {
                let (operation, failed) = (operation(&info.statement.sql), info.failed);
                observer(Seen::Statement { operation, failed, took: info.elapsed });
            });
        };
        tell(&mut self.writer);
        tell(&mut self.reader);
        self.watch.observer = Some(observer);
        self
    }
}

fn operation(sql: &str) -> &'static str {
    const WORDS: [&str; 4] = ["SELECT", "INSERT", "UPDATE", "DELETE"];
    let begins = |word: &&str| sql.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word));
    WORDS.into_iter().find(begins).unwrap_or("OTHER")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_known_by_its_first_word() {
        let cases = [
            ("SELECT 1", "SELECT"),
            ("insert into a", "INSERT"),
            ("UPDATE a", "UPDATE"),
            ("DELETE FROM a", "DELETE"),
            ("WITH a AS (SELECT 1) UPDATE a", "OTHER"),
            ("", "OTHER"),
            ("đổi tên", "OTHER"),
        ];
        for (sql, word) in cases {
            assert_eq!(operation(sql), word, "{sql}");
        }
    }
}
