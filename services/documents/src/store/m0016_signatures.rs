//! What was found of digital signatures in the files of documents that arrived.

use db::{
    column::{id, json, moment, short, table, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

use super::migrations::{Guard, guard};

/// Checks of signatures.
#[derive(DeriveMigrationName)]
pub(crate) struct Signatures;

#[async_trait::async_trait]
impl MigrationTrait for Signatures {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut check = table("signature_check");
        check
            .col(id("file_id"))
            .col(uuid("office_id"))
            .col(short("state"))
            .col(moment("checked_at").null())
            .col(json("report").null());
        manager.create_table(check).await?;
        guard(manager, &GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

/// What was found when the file came is a record.
const GUARDS: [Guard; 1] = [Guard {
    name: "signature_check_fixed",
    table: "signature_check",
    event: "UPDATE",
    when: "old.state <> 'waiting' OR new.file_id <> old.file_id OR new.office_id <> old.office_id",
    says: "what a check found does not change",
}];
