//! The seal book; and the hand-over book, which reads the stays of papers by their moment.

use db::{
    column::{day, flag, id, moment, number, short, table, text, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

use super::migrations::{Guard, guard, index};

/// Uses of seals.
#[derive(DeriveMigrationName)]
pub(crate) struct Books;

#[async_trait::async_trait]
impl MigrationTrait for Books {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(imprint()).await?;
        manager.create_index(index("seal_imprint_of", "seal_imprint", &["office_id", "at", "id"])).await?;
        manager.create_index(index("passage_at", "passage", &["office_id", "passed_at", "incoming_id"])).await?;
        guard(manager, &GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

fn imprint() -> TableCreateStatement {
    table("seal_imprint")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(uuid("document_id"))
        .col(short("symbol"))
        .col(day("dated"))
        .col(text("summary").null())
        .col(text("body_name"))
        .col(text("seal"))
        .col(number("copies"))
        .col(flag("digital"))
        .col(uuid("by_person"))
        .col(moment("at"))
        .col(text("note").null())
        .take()
}

const GUARDS: [Guard; 2] = [
    Guard {
        name: "seal_imprint_fixed",
        table: "seal_imprint",
        event: "UPDATE",
        when: "TRUE",
        says: "a line of the seal book stays",
    },
    Guard {
        name: "seal_imprint_stays",
        table: "seal_imprint",
        event: "DELETE",
        when: "TRUE",
        says: "a line of the seal book stays",
    },
];
