//! The copy of the days on which offices are shut, which are no working days there.

use db::{
    column::{day, flag, id, number, short, table, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

use super::migrations::index;

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
        manager.create_index(index("office_closure_days", "office_closure", &["office_id", "last_day"])).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}
