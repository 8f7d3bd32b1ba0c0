//! What can go wrong with a database, sorted by what to do about it.

use std::fmt;

use sea_orm::DbErr;

/// Why a database was not opened.
#[derive(Debug)]
pub enum OpenError {
    /// It runs, but could lose what was acknowledged. The text names the setting and the remedy.
    Unsafe(String),
    /// It cannot be reached or read.
    Failed(DbErr),
    /// The address is neither `sqlite:` nor `postgres:`.
    Address(String),
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsafe(why) => write!(f, "unsafe database: {why}"),
            Self::Failed(_) => f.write_str("the database cannot be opened"),
            Self::Address(url) => {
                write!(
                    f,
                    "`{url}` is no database address: use `sqlite:///path/file.db` or `postgres://user@host/database`"
                )
            }
        }
    }
}

impl std::error::Error for OpenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Failed(source) => Some(source),
            Self::Unsafe(_) | Self::Address(_) => None,
        }
    }
}

impl From<DbErr> for OpenError {
    fn from(source: DbErr) -> Self {
        Self::Failed(source)
    }
}

impl From<sqlx::Error> for OpenError {
    fn from(source: sqlx::Error) -> Self {
        Self::Failed(DbErr::Conn(sea_orm::RuntimeErr::SqlxError(source.into())))
    }
}

/// The database's own code of an error: SQLSTATE on PostgreSQL, the extended result code on SQLite.
fn code(error: &DbErr) -> Option<String> {
    let (DbErr::Conn(source) | DbErr::Exec(source) | DbErr::Query(source)) = error else { return None };
    let sea_orm::RuntimeErr::SqlxError(source) = source else { return None };
    source.as_database_error()?.code().map(|code| code.into_owned())
}

/// Whether the same work may succeed when it is simply run again: serialization failure, deadlock, busy.
#[must_use]
pub fn is_retryable(error: &DbErr) -> bool {
    matches!(code(error).as_deref(), Some("40001" | "40P01" | "5" | "517" | "261"))
}

/// Whether the database was asked for too much at once, waited too long for a lock, or is going down: nobody's mistake,
/// and worth trying again a little later.
#[must_use]
pub fn is_contended(error: &DbErr) -> bool {
    is_retryable(error)
        || matches!(code(error).as_deref(), Some("55P03" | "57014" | "57P01" | "57P02" | "57P03" | "53300"))
}

/// Whether the connection broke under a statement, so that nobody knows whether it was done.
#[must_use]
pub fn is_disconnected(error: &DbErr) -> bool {
    let (DbErr::Conn(source) | DbErr::Exec(source) | DbErr::Query(source)) = error else { return false };
    let sea_orm::RuntimeErr::SqlxError(source) = source else { return false };
    // A value that cannot be read is no answer of the database either, but the connection is sound.
    matches!(
        source.as_ref(),
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed
    )
}

/// Whether the disk is full: writes are refused, reads go on.
#[must_use]
pub fn is_storage_full(error: &DbErr) -> bool {
    matches!(code(error).as_deref(), Some("53100" | "13"))
}

/// Whether storage itself failed (input/output error, damaged file, failed sync): the process must stop rather than
/// carry on with a state it cannot vouch for.
#[must_use]
pub fn is_storage_failure(error: &DbErr) -> bool {
    match code(error).as_deref() {
        Some("58030" | "XX001" | "XX002" | "11") => true,
        // SQLite packs the kind of input/output error above the low byte: SQLITE_IOERR is 10.
        Some(code) => code.parse::<u32>().is_ok_and(|code| code < 65_536 && code & 0xff == 10),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[test]
    fn a_broken_connection_is_not_a_value_that_cannot_be_read() {
        let query = |error: sqlx::Error| DbErr::Query(sea_orm::RuntimeErr::SqlxError(error.into()));
        let broken = query(sqlx::Error::Io(io::ErrorKind::ConnectionReset.into()));
        assert!(is_disconnected(&broken) && !is_contended(&broken));
        let unreadable = query(sqlx::Error::ColumnNotFound("seq".to_owned()));
        assert!(!is_disconnected(&unreadable), "trying again would never end");
    }
}
