//! What was added to the chassis' own tables: which event a consumer stands at, and whose turn it is to relay.

use sea_orm_migration::prelude::*;

use crate::migration::{in_transaction, raw};

/// The second migration of every service. The event bears its own place: a version that does not know these columns may
/// work beside this one, and moves the place alone.
pub(crate) struct Continuity;

impl MigrationName for Continuity {
    fn name(&self) -> &'static str {
        "m0001_platform_continuity"
    }
}

const COLUMNS: &str = "
ALTER TABLE consumed ADD COLUMN event @uuid;
ALTER TABLE consumed ADD COLUMN event_epoch BIGINT;
ALTER TABLE consumed ADD COLUMN event_seq BIGINT;
ALTER TABLE publisher ADD COLUMN relay @uuid;
ALTER TABLE publisher ADD COLUMN relay_until BIGINT;";

#[async_trait::async_trait]
impl MigrationTrait for Continuity {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        raw(manager, &COLUMNS.replace("@uuid", "BLOB"), &COLUMNS.replace("@uuid", "UUID")).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}
