//! What goes to addressees outside of the installation.

use db::{
    column::{day, id, json, moment, number, short, table, text, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

use super::migrations::{Guard, guard, index};

/// Sendings.
#[derive(DeriveMigrationName)]
pub(crate) struct Postings;

#[async_trait::async_trait]
impl MigrationTrait for Postings {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(posting()).await?;
        for (name, columns) in INDEXES {
            manager.create_index(index(name, "posting", columns)).await?;
        }
        guard(manager, &GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

const INDEXES: [(&str, &[&str]); 2] =
    [("posting_document", &["office_id", "document_id", "id"]), ("posting_day", &["office_id", "sent_on", "id"])];

fn posting() -> TableCreateStatement {
    table("posting")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(uuid("document_id"))
        .col(number("ordinal"))
        .col(json("recipients"))
        .col(short("way"))
        .col(day("sent_on"))
        .col(text("note").null())
        .col(uuid("by_person"))
        .col(moment("at"))
        .take()
}

const GUARDS: [Guard; 2] = [
    Guard {
        name: "posting_fixed",
        table: "posting",
        event: "UPDATE",
        when: "TRUE",
        says: "what was sent stays written down",
    },
    Guard {
        name: "posting_stays",
        table: "posting",
        event: "DELETE",
        when: "TRUE",
        says: "what was sent stays written down",
    },
];
