//! In whose name a deputy acted, in the histories of assignments and of the calendar.

use db::{column::uuid, migration::in_transaction};
use sea_orm_migration::prelude::*;

/// Both names on every act.
#[derive(DeriveMigrationName)]
pub(crate) struct Deputies;

#[async_trait::async_trait]
impl MigrationTrait for Deputies {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["assignment_entry", "calendar_record"] {
            let mut change = Table::alter();
            change.table(Alias::new(table)).add_column(uuid("for_person_id").null());
            manager.alter_table(change.take()).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}
