//! The word of others upon drafts.

use db::{
    column::{day, id, moment, number, short, table, text, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

use super::migrations::{Guard, guard, index};

/// Opinions, appraisals, approvals.
#[derive(DeriveMigrationName)]
pub(crate) struct Reviews;

#[async_trait::async_trait]
impl MigrationTrait for Reviews {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(review()).await?;
        for (name, columns) in INDEXES {
            manager.create_index(index(name, "review", columns)).await?;
        }
        guard(manager, &GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

const INDEXES: [(&str, &[&str]); 2] = [
    ("review_document", &["office_id", "document_id", "id"]),
    ("review_waiting", &["office_id", "asked_person", "state", "id"]),
];

fn review() -> TableCreateStatement {
    table("review")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(uuid("document_id"))
        .col(text("summary").null())
        .col(number("version"))
        .col(short("kind"))
        .col(uuid("draft_id"))
        .col(number("ordinal"))
        .col(uuid("asked_person"))
        .col(uuid("asked_position"))
        .col(uuid("by_person"))
        .col(moment("at"))
        .col(day("due").null())
        .col(text("question").null())
        .col(short("state"))
        .col(text("words").null())
        .col(moment("answered_at").null())
        .col(short("settlement").null())
        .col(text("settled_words").null())
        .col(moment("settled_at").null())
        .take()
}

/// What somebody said stays as they said it.
const GUARDS: [Guard; 2] = [
    Guard {
        name: "review_fixed",
        table: "review",
        event: "UPDATE",
        when: "new.id <> old.id OR new.office_id <> old.office_id OR new.document_id <> old.document_id
            OR new.kind <> old.kind OR new.draft_id <> old.draft_id OR new.asked_person <> old.asked_person
            OR new.asked_position <> old.asked_position OR new.version <> old.version + 1
            OR (old.state <> 'waiting' AND (new.state <> old.state OR new.words IS DISTINCT FROM old.words))
            OR old.settlement IS NOT NULL",
        says: "what somebody said upon a draft stays",
    },
    Guard {
        name: "review_stays",
        table: "review",
        event: "DELETE",
        when: "TRUE",
        says: "what somebody said upon a draft stays",
    },
];
