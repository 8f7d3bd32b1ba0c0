//! Terms that an office sets for what arrives without a day.

use db::{
    column::{day, id, moment, number, short, table, text, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

use super::migrations::{Guard, guard, index};

/// Own terms.
#[derive(DeriveMigrationName)]
pub(crate) struct Terms;

#[async_trait::async_trait]
impl MigrationTrait for Terms {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(term()).await?;
        manager.create_index(index("handling_term_from", "handling_term", &["office_id", "valid_from", "id"])).await?;
        guard(manager, &GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

fn term() -> TableCreateStatement {
    table("handling_term")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(number("days"))
        .col(short("unit"))
        .col(text("decision"))
        .col(day("valid_from"))
        .col(uuid("by_person"))
        .col(moment("at"))
        .take()
}

const GUARDS: [Guard; 2] = [
    Guard {
        name: "handling_term_fixed",
        table: "handling_term",
        event: "UPDATE",
        when: "TRUE",
        says: "a term that was set stays; a later one takes its place",
    },
    Guard {
        name: "handling_term_stays",
        table: "handling_term",
        event: "DELETE",
        when: "TRUE",
        says: "a term that was set stays; a later one takes its place",
    },
];
