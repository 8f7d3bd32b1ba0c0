//! Bodies that issue a document together.

use db::{column::json, migration::in_transaction};
use sea_orm_migration::prelude::*;

/// Joint documents.
#[derive(DeriveMigrationName)]
pub(crate) struct Joint;

#[async_trait::async_trait]
impl MigrationTrait for Joint {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let bodies = Table::alter().table(Alias::new("outgoing")).add_column(json("together_with").null()).take();
        manager.alter_table(bodies).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}
