//! Dispatches to other offices, and a delivery for each of them.

use db::{
    column::{flag, id, json, moment, number, short, table, text, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

use super::migrations::{Guard, guard, index};

/// Dispatches and deliveries.
#[derive(DeriveMigrationName)]
pub(crate) struct Dispatches;

#[async_trait::async_trait]
impl MigrationTrait for Dispatches {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(dispatch()).await?;
        manager.create_table(delivery()).await?;
        for (name, table, columns) in INDEXES {
            manager.create_index(index(name, table, columns)).await?;
        }
        guard(manager, &GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

const INDEXES: [(&str, &str, &[&str]); 3] = [
    ("dispatch_document", "dispatch", &["office_id", "document_id", "id"]),
    ("delivery_queue", "delivery", &["office_id", "state", "id"]),
    ("delivery_dispatch", "delivery", &["sender_id", "dispatch_id", "state", "id"]),
];

fn dispatch() -> TableCreateStatement {
    table("dispatch")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(uuid("document_id"))
        .col(uuid("by_person"))
        .col(moment("at"))
        .col(number("total"))
        .col(text("circulation").null())
        .col(flag("no_paper"))
        .col(moment("recalled_at").null())
        .col(text("recall_reason").null())
        .take()
}

/// A delivery belongs to the office that gets it; `sender_id` is the office that sent, which sees where it stands.
fn delivery() -> TableCreateStatement {
    table("delivery")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(uuid("sender_id"))
        .col(uuid("dispatch_id"))
        .col(uuid("document_id"))
        .col(text("office_name"))
        .col(number("version"))
        .col(short("state"))
        .col(moment("delivered_at"))
        .col(moment("opened_at").null())
        .col(moment("settled_at").null())
        .col(uuid("incoming_id").null())
        .col(text("reason").null())
        .col(json("sent"))
        .take()
}

/// What was sent stays as it was sent, and what is settled stays settled.
const GUARDS: [Guard; 4] = [
    Guard {
        name: "delivery_fixed",
        table: "delivery",
        event: "UPDATE",
        when: "new.id <> old.id OR new.office_id <> old.office_id OR new.sender_id <> old.sender_id
            OR new.dispatch_id <> old.dispatch_id OR new.document_id <> old.document_id
            OR CAST(new.sent AS TEXT) <> CAST(old.sent AS TEXT) OR new.version <> old.version + 1
            OR old.state IN ('received', 'returned', 'recalled') OR new.state = 'delivered'",
        says: "a delivery that is settled stays so",
    },
    Guard { name: "delivery_stays", table: "delivery", event: "DELETE", when: "TRUE", says: "a delivery stays" },
    Guard {
        name: "dispatch_fixed",
        table: "dispatch",
        event: "UPDATE",
        when: "new.id <> old.id OR new.office_id <> old.office_id OR new.document_id <> old.document_id
            OR new.total <> old.total OR new.at <> old.at OR old.recalled_at IS NOT NULL",
        says: "a dispatch is recalled once and does not change otherwise",
    },
    Guard { name: "dispatch_stays", table: "dispatch", event: "DELETE", when: "TRUE", says: "a dispatch stays" },
];
