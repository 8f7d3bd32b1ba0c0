//! How long state secrets are protected.

use db::{
    column::{day, flag, id, number, short, table, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

use super::migrations::{Guard, guard, index};

/// Terms of protection.
#[derive(DeriveMigrationName)]
pub(crate) struct Protections;

#[async_trait::async_trait]
impl MigrationTrait for Protections {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(protection()).await?;
        let columns = ["office_id", "until", "document_id"];
        manager.create_index(index("protection_until", "protection", &columns)).await?;
        guard(manager, &GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

fn protection() -> TableCreateStatement {
    table("protection")
        .col(id("document_id"))
        .col(uuid("office_id"))
        .col(flag("issued"))
        .col(number("number"))
        .col(short("secrecy"))
        .col(day("set_on"))
        .col(day("until"))
        .col(short("instrument"))
        .col(number("extensions"))
        .col(short("decision").null())
        .col(day("ended_on").null())
        .col(day("decide_by"))
        .take()
}

const GUARDS: [Guard; 2] = [
    Guard {
        name: "protection_over",
        table: "protection",
        event: "UPDATE",
        when: "new.document_id <> old.document_id OR new.office_id <> old.office_id OR new.secrecy <> old.secrecy
            OR new.number <> old.number OR old.ended_on IS NOT NULL",
        says: "a protection that ended stays so",
    },
    Guard { name: "protection_stays", table: "protection", event: "DELETE", when: "TRUE", says: "a protection stays" },
];
