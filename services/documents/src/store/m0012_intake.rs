//! The clerk's queue: batches and the items in them.

use db::{
    column::{id, json, moment, number, short, table, text, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

use super::migrations::{Guard, guard, index};

/// Batches and items.
#[derive(DeriveMigrationName)]
pub(crate) struct Intake;

#[async_trait::async_trait]
impl MigrationTrait for Intake {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(batch()).await?;
        manager.create_table(item()).await?;
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
    ("intake_batch_order", "intake_batch", &["office_id", "id"]),
    ("intake_item_order", "intake_item", &["office_id", "state", "id"]),
    ("intake_item_batch", "intake_item", &["office_id", "batch_id", "state", "id"]),
];

fn batch() -> TableCreateStatement {
    table("intake_batch").col(id("id")).col(uuid("office_id")).col(moment("at")).take()
}

/// `sealed` holds the key of the content and the name of the file, sealed for this row; it is empty once the content is
/// open or destroyed. The content stands among the files.
fn item() -> TableCreateStatement {
    table("intake_item")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(number("version"))
        .col(uuid("batch_id"))
        .col(short("state"))
        .col(short("source"))
        .col(moment("at"))
        .col(json("by_actor").null())
        .col(short("media_type").null())
        .col(number("size").null())
        .col(text("sealed").null())
        .col(uuid("incoming_id").null())
        .col(uuid("letter_id").null())
        .col(short("reason").null())
        .col(moment("handled_at").null())
        .take()
}

/// A key that is gone does not come back, and what is settled stays so.
const GUARDS: [Guard; 3] = [
    Guard {
        name: "intake_item_fixed",
        table: "intake_item",
        event: "UPDATE",
        when: "new.id <> old.id OR new.office_id <> old.office_id OR new.batch_id <> old.batch_id
            OR new.source <> old.source OR new.at <> old.at OR new.version <> old.version + 1
            OR old.state IN ('registered', 'citizen_letter', 'discarded') OR new.state = 'waiting'
            OR (new.sealed IS NOT NULL AND (old.sealed IS NULL OR new.sealed <> old.sealed))
            OR (new.sealed IS NOT NULL AND new.state <> 'set_aside')",
        says: "an item that is settled, and a key that was destroyed, stay so",
    },
    Guard {
        name: "intake_item_stays",
        table: "intake_item",
        event: "DELETE",
        when: "TRUE",
        says: "an item of the queue stays",
    },
    Guard {
        name: "intake_batch_stays",
        table: "intake_batch",
        event: "DELETE",
        when: "TRUE",
        says: "a batch of the queue stays",
    },
];
