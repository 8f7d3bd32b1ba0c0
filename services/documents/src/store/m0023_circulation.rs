//! How far documents that arrived may go.

use db::{
    column::{day, flag, id, moment, short, table, text, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

use super::migrations::{Guard, guard, index};

/// Limits of circulation.
#[derive(DeriveMigrationName)]
pub(crate) struct Circulations;

#[async_trait::async_trait]
impl MigrationTrait for Circulations {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(circulation()).await?;
        for (name, columns) in INDEXES {
            manager.create_index(index(name, "circulation", columns)).await?;
        }
        guard(manager, &GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

const INDEXES: [(&str, &[&str]); 2] = [
    ("circulation_owed", &["office_id", "owed", "return_by", "incoming_id"]),
    ("circulation_sender", &["sender_id", "delivery_id"]),
];

fn circulation() -> TableCreateStatement {
    table("circulation")
        .col(id("incoming_id"))
        .col(uuid("office_id"))
        .col(uuid("sender_id").null())
        .col(uuid("delivery_id").null())
        .col(short("mark"))
        .col(day("return_by").null())
        .col(moment("given_back_at").null())
        .col(text("note").null())
        .col(flag("owed"))
        .take()
}

const GUARDS: [Guard; 2] = [
    Guard {
        name: "circulation_over",
        table: "circulation",
        event: "UPDATE",
        when: "new.incoming_id <> old.incoming_id OR new.office_id <> old.office_id OR old.given_back_at IS NOT NULL",
        says: "what went back stays so",
    },
    Guard {
        name: "circulation_stays",
        table: "circulation",
        event: "DELETE",
        when: "TRUE",
        says: "a limit of circulation stays",
    },
];
