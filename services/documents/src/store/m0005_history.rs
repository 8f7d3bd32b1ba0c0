//! What happened to documents: desks, read marks, history.

use db::{
    column::{id, json, moment, number, short, table, text, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

use super::migrations::{Guard, guard, index};

/// Desks, read marks, history.
#[derive(DeriveMigrationName)]
pub(crate) struct History;

#[async_trait::async_trait]
impl MigrationTrait for History {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(history()).await?;
        manager.create_table(passage()).await?;
        manager.create_table(read_mark()).await?;
        manager.create_index(index("history_order", "history", &["office_id", "document_id", "at", "id"])).await?;
        manager.create_index(index("history_origin", "history", &["office_id", "origin"]).unique().take()).await?;
        guard(manager, &GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

/// `origin` names the foreign fact that a line tells of, so that it is told once.
fn history() -> TableCreateStatement {
    table("history")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(uuid("document_id"))
        .col(moment("at"))
        .col(uuid("by_person").null())
        .col(short("act"))
        .col(json("particulars"))
        .col(short("origin").null())
        .take()
}

fn passage() -> TableCreateStatement {
    table("passage")
        .col(uuid("incoming_id"))
        .col(number("ordinal"))
        .col(uuid("office_id"))
        .col(uuid("unit"))
        .col(text("unit_name"))
        .col(uuid("position").null())
        .col(text("note").null())
        .col(moment("passed_at"))
        .col(moment("left_at").null())
        .primary_key(Index::create().col(Alias::new("incoming_id")).col(Alias::new("ordinal")))
        .take()
}

fn read_mark() -> TableCreateStatement {
    table("read_mark")
        .col(uuid("incoming_id"))
        .col(uuid("person_id"))
        .col(uuid("office_id"))
        .col(moment("at"))
        .primary_key(Index::create().col(Alias::new("incoming_id")).col(Alias::new("person_id")))
        .take()
}

/// History is only added to; a stay at a desk only ends.
const GUARDS: [Guard; 4] = [
    Guard { name: "history_fixed", table: "history", event: "UPDATE", when: "TRUE", says: "history is only added to" },
    Guard { name: "history_stays", table: "history", event: "DELETE", when: "TRUE", says: "history is only added to" },
    Guard {
        name: "passage_fixed",
        table: "passage",
        event: "UPDATE",
        when: "old.left_at IS NOT NULL OR new.incoming_id <> old.incoming_id OR new.ordinal <> old.ordinal
            OR new.unit <> old.unit OR new.passed_at <> old.passed_at OR new.left_at < old.passed_at",
        says: "a stay at a desk only ends",
    },
    Guard { name: "passage_stays", table: "passage", event: "DELETE", when: "TRUE", says: "a stay is never deleted" },
];
