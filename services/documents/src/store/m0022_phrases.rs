//! What the papers of an office say beyond the rules of form.

use db::{
    column::{day, id, json, moment, short, table, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

use super::migrations::{Guard, guard, index};

/// Templates of papers.
#[derive(DeriveMigrationName)]
pub(crate) struct Phrases;

#[async_trait::async_trait]
impl MigrationTrait for Phrases {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut template = table("paper_template");
        template
            .col(id("id"))
            .col(uuid("office_id"))
            .col(short("genre").null())
            .col(day("valid_from"))
            .col(json("says"))
            .col(uuid("saved_by"))
            .col(moment("saved_at"));
        manager.create_table(template).await?;
        manager.create_index(index("paper_template_of", "paper_template", &["office_id", "valid_from"])).await?;
        guard(manager, &GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

const GUARDS: [Guard; 2] = [
    Guard {
        name: "paper_template_fixed",
        table: "paper_template",
        event: "UPDATE",
        when: "TRUE",
        says: "a template of papers stays; a later one takes its place",
    },
    Guard {
        name: "paper_template_stays",
        table: "paper_template",
        event: "DELETE",
        when: "TRUE",
        says: "a template of papers stays; a later one takes its place",
    },
];
