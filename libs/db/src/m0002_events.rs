//! What was taken from the outbox: nobody looks an event up by its id there, and every event that gets its number on
//! PostgreSQL is written into each index of the table once more.

use sea_orm_migration::prelude::*;

use crate::migration::{in_transaction, raw};

/// The third migration of every service. Ids are made at random, so that no rule rests on the index; SQLite, where an
/// event has its number from the beginning, keeps it.
pub(crate) struct Events;

impl MigrationName for Events {
    fn name(&self) -> &'static str {
        "m0002_platform_events"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Events {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        raw(manager, "", "ALTER TABLE outbox DROP CONSTRAINT outbox_event_key").await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}
