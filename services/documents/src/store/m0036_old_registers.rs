//! Registers of past years: the spreadsheets that were brought in, and their lines.

use db::{
    column::{day, id, json, moment, number, short, table, text, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

use super::migrations::{Guard, guard, index};

/// Spreadsheets with old registers, lines of old registers.
#[derive(DeriveMigrationName)]
pub(crate) struct OldRegisters;

#[async_trait::async_trait]
impl MigrationTrait for OldRegisters {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(old_register()).await?;
        manager.create_table(old_paper()).await?;
        manager.create_index(index("old_register_order", "old_register", &["office_id", "id"])).await?;
        let key = ["office_id", "kind", "year", "series", "number_key"];
        manager.create_index(index("old_paper_key", "old_paper", &key).unique().take()).await?;
        manager.create_index(index("old_paper_order", "old_paper", &["office_id", "year", "id"])).await?;
        guard(manager, &GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

fn old_register() -> TableCreateStatement {
    table("old_register")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(number("version"))
        .col(short("kind"))
        .col(short("state"))
        .col(json("columns"))
        .col(number("row_count"))
        .col(number("done"))
        .col(number("added"))
        .col(number("known"))
        .col(number("failed"))
        .col(moment("brought_at"))
        .col(moment("begun_at").null())
        .col(moment("last_at").null())
        .take()
}

/// A line is known by office, kind, year, series and number: none is entered twice.
fn old_paper() -> TableCreateStatement {
    table("old_paper")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(short("kind"))
        .col(number("year"))
        .col(text("series"))
        .col(text("number_key"))
        .col(text("number"))
        .col(text("book"))
        .col(day("day").null())
        .col(json("particulars"))
        .col(text("search"))
        .col(uuid("register_id"))
        .col(number("row_number"))
        .take()
}

/// What stood in a book stays as it stood there.
const GUARDS: [Guard; 3] = [
    Guard {
        name: "old_register_stays",
        table: "old_register",
        event: "DELETE",
        when: "TRUE",
        says: "what was brought in stays written down",
    },
    Guard {
        name: "old_paper_fixed",
        table: "old_paper",
        event: "UPDATE",
        when: "TRUE",
        says: "a line of an old register does not change",
    },
    Guard {
        name: "old_paper_stays",
        table: "old_paper",
        event: "DELETE",
        when: "TRUE",
        says: "a line of an old register does not change",
    },
];
