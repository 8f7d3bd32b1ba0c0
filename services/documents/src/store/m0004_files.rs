//! Files: which document names which content, and which content nobody names.

use db::{
    column::{flag, id, moment, number, short, table, text, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

use super::migrations::{Guard, guard, index};

/// Files, and contents that no file names.
#[derive(DeriveMigrationName)]
pub(crate) struct Files;

#[async_trait::async_trait]
impl MigrationTrait for Files {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(file()).await?;
        manager.create_table(loose()).await?;
        manager.create_index(index("file_content", "file", &["office_id", "sha256"])).await?;
        manager.create_index(index("file_owner", "file", &["office_id", "owner_id", "sha256"]).unique().take()).await?;
        guard(manager, &GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

fn file() -> TableCreateStatement {
    table("file")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(short("owner_kind"))
        .col(uuid("owner_id"))
        .col(short("sha256"))
        .col(text("name"))
        .col(short("media_type"))
        .col(number("size"))
        .col(moment("at"))
        .take()
}

/// `condemned` once nobody may take the content up any more, because it is about to be removed.
fn loose() -> TableCreateStatement {
    table("loose_file")
        .col(uuid("office_id"))
        .col(short("sha256"))
        .col(moment("since"))
        .col(flag("condemned"))
        .primary_key(Index::create().col(Alias::new("office_id")).col(Alias::new("sha256")))
        .take()
}

/// A file is attached or taken off, never altered, and an issued document loses none.
const GUARDS: [Guard; 2] = [
    Guard { name: "file_fixed", table: "file", event: "UPDATE", when: "TRUE", says: "a file does not change" },
    Guard {
        name: "file_issued",
        table: "file",
        event: "DELETE",
        when: "EXISTS (SELECT 1 FROM outgoing o WHERE o.id = old.owner_id AND o.state <> 'draft')",
        says: "an issued document keeps its files",
    },
];
