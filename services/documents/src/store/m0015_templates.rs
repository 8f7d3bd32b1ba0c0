//! Routings kept to be used again.

use db::{
    column::{id, json, moment, number, short, table, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

use super::migrations::index;

/// Templates of routings.
#[derive(DeriveMigrationName)]
pub(crate) struct Templates;

#[async_trait::async_trait]
impl MigrationTrait for Templates {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut template = table("routing_template");
        template
            .col(id("id"))
            .col(uuid("office_id"))
            .col(number("version"))
            .col(short("name"))
            .col(json("routing"))
            .col(uuid("saved_by"))
            .col(moment("saved_at"));
        manager.create_table(template).await?;
        manager.create_index(index("routing_template_of", "routing_template", &["office_id"])).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}
