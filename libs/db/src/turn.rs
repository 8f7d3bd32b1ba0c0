//! Whose turn it is to relay, when several processes of one service work over one PostgreSQL schema.
//!
//! The turn is a lease by the database's own clock: a process that is killed loses it by saying nothing. It keeps two
//! processes from sending everything twice; what is sent twice all the same is recognised by its number.

use std::time::Duration;

use sea_orm::DbErr;
use uuid::Uuid;

use crate::{Backend, Db, sql};

/// The database's clock in microseconds.
const NOW: &str = "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)";

impl Db {
    /// Takes the turn, or keeps it, for as long as `lease`; false while another process has it. On SQLite there is one
    /// process, and it is always its turn.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn take_turn(&self, process: Uuid, lease: Duration) -> Result<bool, DbErr> {
        if self.backend() == Backend::Sqlite {
            return Ok(true);
        }
        let lease = i64::try_from(lease.as_micros()).unwrap_or(i64::MAX);
        let update = format!(
            "UPDATE publisher SET relay = $1, relay_until = {NOW} + $2
             WHERE relay = $1 OR relay IS NULL OR relay_until < {NOW}"
        );
        let tx = self.begin().await?;
        let ours = sql::run(&tx, &update, [process.into(), lease.into()]).await? == 1;
        tx.commit().await?;
        Ok(ours)
    }

    /// Gives the turn up, so that another process need not wait for the end of the lease.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn leave_turn(&self, process: Uuid) -> Result<(), DbErr> {
        if self.backend() == Backend::Sqlite {
            return Ok(());
        }
        let tx = self.begin().await?;
        sql::run(&tx, "UPDATE publisher SET relay = NULL WHERE relay = $1", [process.into()]).await?;
        tx.commit().await
    }
}
