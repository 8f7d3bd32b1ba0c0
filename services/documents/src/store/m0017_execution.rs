//! The way of issued documents to their digital signatures.

use db::{
    column::{id, json, number, short, table, text, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

use super::migrations::{Guard, guard, index, reguard};

/// Signing and sealing.
#[derive(DeriveMigrationName)]
pub(crate) struct Executions;

#[async_trait::async_trait]
impl MigrationTrait for Executions {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(execution()).await?;
        manager.create_index(index("execution_waiting", "execution", &["office_id", "state", "outgoing_id"])).await?;
        let state = Table::alter().table(Alias::new("outgoing")).add_column(short("execution").null()).take();
        manager.alter_table(state).await?;
        reguard(manager, &[FILES]).await?;
        let step = Table::alter().table(Alias::new("history")).add_column(short("execution").null()).take();
        manager.alter_table(step).await?;
        guard(manager, &GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

fn execution() -> TableCreateStatement {
    table("execution")
        .col(id("outgoing_id"))
        .col(uuid("office_id"))
        .col(number("version"))
        .col(short("state"))
        .col(text("symbol"))
        .col(text("summary").null())
        .col(uuid("signer"))
        .col(uuid("signer_position"))
        .col(uuid("file_id").null())
        .col(text("sha256").null())
        .col(number("pages").null())
        .col(short("trouble").null())
        .col(json("signed").null())
        .col(json("sealed").null())
        .take()
}

/// An issued document loses no file but that which a further signature has taken up.
const FILES: Guard = Guard {
    name: "file_issued",
    table: "file",
    event: "DELETE",
    when: "EXISTS (SELECT 1 FROM outgoing o WHERE o.id = old.owner_id AND o.state <> 'draft')
        AND NOT EXISTS (SELECT 1 FROM execution e JOIN file f ON f.id = e.file_id
            WHERE e.outgoing_id = old.owner_id AND f.id <> old.id AND f.name = old.name AND f.size >= old.size
            AND f.at >= old.at)",
    says: "an issued document keeps its files",
};

/// A signature once made stays, nobody else becomes the signer, and nothing goes back.
const GUARDS: [Guard; 2] = [
    Guard {
        name: "execution_fixed",
        table: "execution",
        event: "UPDATE",
        when: "new.outgoing_id <> old.outgoing_id OR new.office_id <> old.office_id OR new.version <> old.version + 1
            OR new.signer <> old.signer OR new.signer_position <> old.signer_position OR new.symbol <> old.symbol
            OR old.state IN ('by_hand', 'voided')
            OR (old.state = 'complete' AND new.state NOT IN ('complete', 'voided'))
            OR (old.state = 'to_seal' AND new.state IN ('laying_out', 'to_sign'))
            OR (old.state = 'to_sign' AND new.state IN ('laying_out', 'complete') AND new.signed IS NULL)
            OR (old.signed IS NOT NULL AND new.signed IS NULL) OR (old.sealed IS NOT NULL AND new.sealed IS NULL)
            OR (new.state = 'to_seal' AND new.signed IS NULL)",
        says: "what was signed stays signed",
    },
    Guard {
        name: "execution_stays",
        table: "execution",
        event: "DELETE",
        when: "TRUE",
        says: "the way of an issued document stays",
    },
];
