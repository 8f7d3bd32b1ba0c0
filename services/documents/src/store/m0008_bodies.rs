//! Issuing bodies with their seals, and the seal that an issued document bears.

use db::{
    column::{day, id, json, number, short, table, text, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

use super::migrations::{Guard, guard, index};

/// Issuing bodies, and the seal of an issued document.
#[derive(DeriveMigrationName)]
pub(crate) struct Bodies;

#[async_trait::async_trait]
impl MigrationTrait for Bodies {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(body()).await?;
        manager.create_index(index("issuing_body_code", "issuing_body", &["office_id", "code", "from_day"])).await?;
        let seal = Table::alter().table(Alias::new("outgoing")).add_column(json("seal").null()).take();
        manager.alter_table(seal).await?;
        guard(manager, &GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

fn body() -> TableCreateStatement {
    table("issuing_body")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(number("version"))
        .col(short("code"))
        .col(text("name"))
        .col(text("seal"))
        .col(uuid("custodian").null())
        .col(text("custodian_title"))
        .col(text("term").null())
        .col(day("from_day"))
        .col(day("to_day").null())
        .take()
}

/// A state of a body is ended and nothing else; the seal of an issued document stays what it is.
const GUARDS: [Guard; 3] = [
    Guard {
        name: "issuing_body_fixed",
        table: "issuing_body",
        event: "UPDATE",
        when: "new.id <> old.id OR new.office_id <> old.office_id OR new.version <> old.version + 1
            OR new.code <> old.code OR new.name <> old.name OR new.seal <> old.seal
            OR new.custodian IS DISTINCT FROM old.custodian OR new.custodian_title <> old.custodian_title
            OR new.term IS DISTINCT FROM old.term OR new.from_day <> old.from_day",
        says: "an issuing body is ended and recorded anew, never changed",
    },
    Guard {
        name: "issuing_body_stays",
        table: "issuing_body",
        event: "DELETE",
        when: "TRUE",
        says: "an issuing body is ended, not deleted",
    },
    Guard {
        name: "outgoing_seal_fixed",
        table: "outgoing",
        event: "UPDATE",
        when: "(old.state <> 'draft' AND CAST(new.seal AS TEXT) IS DISTINCT FROM CAST(old.seal AS TEXT))
            OR (new.state = 'draft' AND new.seal IS NOT NULL) OR (new.masked AND new.seal IS NOT NULL)",
        says: "the seal of an issued document does not change",
    },
];
