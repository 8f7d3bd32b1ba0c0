//! What documents do to others.

use db::{
    column::{id, short, table, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

use super::migrations::{Guard, guard, index};

/// Copies, replacements, amendments.
#[derive(DeriveMigrationName)]
pub(crate) struct Relations;

#[async_trait::async_trait]
impl MigrationTrait for Relations {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(relation()).await?;
        for (name, columns) in INDEXES {
            manager.create_index(index(name, "relation", columns)).await?;
        }
        guard(manager, &GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

const INDEXES: [(&str, &[&str]); 2] = [
    ("relation_outgoing", &["office_id", "outgoing_id", "document_id"]),
    ("relation_incoming", &["office_id", "incoming_id", "document_id"]),
];

fn relation() -> TableCreateStatement {
    table("relation")
        .col(id("document_id"))
        .col(uuid("office_id"))
        .col(short("kind"))
        .col(uuid("outgoing_id").null())
        .col(uuid("incoming_id").null())
        .take()
}

/// What a document does is a part of it from its beginning.
const GUARDS: [Guard; 3] = [
    Guard {
        name: "relation_to_one",
        table: "relation",
        event: "INSERT",
        when: "(new.outgoing_id IS NULL) = (new.incoming_id IS NULL) OR new.outgoing_id = new.document_id",
        says: "a document does something to one other document",
    },
    Guard {
        name: "relation_fixed",
        table: "relation",
        event: "UPDATE",
        when: "TRUE",
        says: "what a document does to another stays",
    },
    Guard {
        name: "relation_stays",
        table: "relation",
        event: "DELETE",
        when: "TRUE",
        says: "what a document does to another stays",
    },
];
