//! The first tables: what can be found, and the count of its changes.

use db::{
    column::{id, number, short, table, text, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

/// Papers and the ledger of their changes.
#[derive(DeriveMigrationName)]
pub(crate) struct Papers;

#[async_trait::async_trait]
impl MigrationTrait for Papers {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(paper()).await?;
        manager.create_table(ledger()).await?;
        let mut by_change = Index::create();
        by_change.name("paper_by_change").table(Alias::new("paper")).col(Alias::new("change")).unique();
        manager.create_index(by_change.take()).await?;
        let mut by_kind = Index::create();
        by_kind.name("paper_by_kind").table(Alias::new("paper")).col(Alias::new("kind")).col(Alias::new("id"));
        manager.create_index(by_kind.take()).await?;
        let begun = "INSERT INTO ledger (id, change, asked) VALUES (1, 0, 0)";
        manager.get_connection().execute_unprepared(begun).await.map(|_| ())
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

fn paper() -> TableCreateStatement {
    table("paper")
        .col(id("id"))
        .col(short("kind"))
        .col(uuid("office_id"))
        .col(number("version"))
        .col(number("change"))
        .col(text("body").null())
        .take()
}

fn ledger() -> TableCreateStatement {
    table("ledger").col(number("id").primary_key()).col(number("change")).col(number("asked")).take()
}
