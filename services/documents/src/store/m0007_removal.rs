//! When a condemned content was removed from the store, so that it is refused no longer than it must be.

use db::{column::moment, migration::in_transaction};
use sea_orm_migration::prelude::*;

use super::migrations::index;

/// The moment of removal of condemned contents.
#[derive(DeriveMigrationName)]
pub(crate) struct Removal;

#[async_trait::async_trait]
impl MigrationTrait for Removal {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let removed = Table::alter().table(Alias::new("loose_file")).add_column(moment("removed_at").null()).take();
        manager.alter_table(removed).await?;
        manager.create_index(index("loose_file_condemned", "loose_file", &["office_id", "condemned"])).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}
