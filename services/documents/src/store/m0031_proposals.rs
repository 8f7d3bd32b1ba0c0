//! What is proposed for the forms that enter items of the queue.

use db::{
    column::{id, table, text, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

use super::migrations::index;

/// Proposals.
#[derive(DeriveMigrationName)]
pub(crate) struct IntakeProposals;

#[async_trait::async_trait]
impl MigrationTrait for IntakeProposals {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(proposal()).await?;
        manager.create_index(index("intake_proposal_office", "intake_proposal", &["office_id", "item_id"])).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

/// A row stands only while its item is official. Its words are sealed for it, so that no log of the database keeps them when
/// the item proves to be a citizen's.
fn proposal() -> TableCreateStatement {
    table("intake_proposal").col(id("item_id")).col(uuid("office_id")).col(text("sealed")).take()
}
