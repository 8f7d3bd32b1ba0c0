//! The copy of the days on which offices are shut, which are no working days there.

use db::{
    column::{day, flag, id, number, short, table, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

/// When offices are shut.
#[derive(DeriveMigrationName)]
pub(crate) struct Closures;

#[async_trait::async_trait]
impl MigrationTrait for Closures {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut closure = table("office_closure");
        closure
            .col(id("id"))
            .col(uuid("office_id"))
            .col(number("version"))
            .col(day("first_day"))
            .col(day("last_day"))
            .col(short("reason"))
            .col(short("instrument"))
            .col(day("known_on"))
            .col(flag("cancelled"));
        manager.create_table(closure).await?;
        let mut index = Index::create();
        index.name("office_closure_days").table(Alias::new("office_closure"));
        index.col(Alias::new("office_id")).col(Alias::new("last_day"));
        manager.create_index(index.take()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}
