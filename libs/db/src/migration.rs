//! Running migrations: the chassis' own tables, then the service's, each in its own transaction.

use sea_orm::{ConnectionTrait, DatabaseBackend};
use sea_orm_migration::{MigrationTrait, MigratorTraitSelf, SchemaManager, prelude::DbErr};

use crate::{Db, m0001_continuity::Continuity, m0002_events::Events, m0003_audit::AuditOffices, tables::Platform};

/// How a service gives its migrations: afresh each time, because running them uses them up.
pub type Migrations = fn() -> Vec<Box<dyn MigrationTrait>>;

struct Chain(Migrations);

impl MigratorTraitSelf for Chain {
    fn migrations(&self) -> Vec<Box<dyn MigrationTrait>> {
        let mut all: Vec<Box<dyn MigrationTrait>> =
            vec![Box::new(Platform), Box::new(Continuity), Box::new(Events), Box::new(AuditOffices)];
        all.extend((self.0)());
        all
    }
}

impl Db {
    /// Brings the tables up to date. When they are, nothing but a look is needed, so that a service can run under a
    /// role that may not change them.
    ///
    /// # Errors
    /// When a migration fails; it has then changed nothing.
    pub async fn migrate(&self, migrations: Migrations) -> Result<(), DbErr> {
        if self.pending_migrations(migrations).await? == 0 {
            return Ok(());
        }
        Chain(migrations).up(self.writer(), None).await
    }

    /// How many migrations wait to be run.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn pending_migrations(&self, migrations: Migrations) -> Result<usize, DbErr> {
        Ok(Chain(migrations).get_pending_migrations_read_only(self.writer()).await?.len())
    }
}

/// What every migration answers to `use_transaction`: SQLite would otherwise run it statement by statement and leave
/// half of it behind after a crash.
#[must_use]
pub const fn in_transaction() -> Option<bool> {
    Some(true)
}

/// Runs statements that the two databases spell differently, such as triggers.
///
/// # Errors
/// When a statement fails.
pub async fn raw(manager: &SchemaManager<'_>, sqlite: &str, postgres: &str) -> Result<(), DbErr> {
    let text = match manager.get_database_backend() {
        DatabaseBackend::Postgres => postgres,
        _ => sqlite,
    };
    manager.get_connection().execute_unprepared(text).await.map(|_| ())
}
