//! How people want to see pages, kept with their accounts.

use db::{
    column::{flag, id, number, short, table, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

/// One row for each account that has said anything.
pub(super) struct Preferences;

impl MigrationName for Preferences {
    fn name(&self) -> &'static str {
        "m014_preferences"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Preferences {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut preference = table("preference");
        preference
            .col(id("account_id"))
            .col(short("language"))
            .col(number("text_size"))
            .col(flag("dense"))
            .col(flag("single_keys"))
            .col(uuid("appointment_id").null());
        manager.create_table(preference).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}
