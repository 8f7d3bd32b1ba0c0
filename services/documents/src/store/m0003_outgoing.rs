//! Outgoing documents, the versions of their text, and what they answer.

use db::{
    column::{day, flag, id, json, moment, number, short, table, text, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

use super::migrations::{Guard, guard, index};

/// Outgoing documents, drafts, replies.
#[derive(DeriveMigrationName)]
pub(crate) struct Outgoing;

#[async_trait::async_trait]
impl MigrationTrait for Outgoing {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(outgoing()).await?;
        manager.create_table(draft()).await?;
        manager.create_table(reply()).await?;
        for (name, table, columns) in INDEXES {
            manager.create_index(index(name, table, columns)).await?;
        }
        for (name, table, columns) in UNIQUE {
            manager.create_index(index(name, table, columns).unique().take()).await?;
        }
        guard(manager, &GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

const INDEXES: [(&str, &str, &[&str]); 4] = [
    ("outgoing_order", "outgoing", &["office_id", "id"]),
    ("outgoing_state", "outgoing", &["office_id", "state", "id"]),
    ("outgoing_genre", "outgoing", &["office_id", "genre", "id"]),
    ("outgoing_reply_to", "outgoing_reply", &["office_id", "incoming_id", "outgoing_id"]),
];

const UNIQUE: [(&str, &str, &[&str]); 2] = [
    ("outgoing_number", "outgoing", &["register_id", "number"]),
    ("draft_ordinal", "draft", &["outgoing_id", "ordinal"]),
];

fn outgoing() -> TableCreateStatement {
    table("outgoing")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(number("version"))
        .col(short("state"))
        .col(short("genre"))
        .col(short("genre_name"))
        .col(short("body_code"))
        .col(uuid("issuing_unit").null())
        .col(text("issuing_unit_name").null())
        .col(text("summary").null())
        .col(short("secrecy"))
        .col(short("urgency"))
        .col(flag("masked"))
        .col(uuid("draft_id").null())
        .col(number("draft_ordinal"))
        .col(json("recipients"))
        .col(uuid("register_id").null())
        .col(number("number").null())
        .col(text("symbol").null())
        .col(day("dated").null())
        .col(text("signatory").null())
        .col(number("copies").null())
        .col(moment("issued_at").null())
        .col(text("void_reason").null())
        .take()
}

fn draft() -> TableCreateStatement {
    table("draft")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(uuid("outgoing_id"))
        .col(number("ordinal"))
        .col(uuid("by_person"))
        .col(moment("at"))
        .col(text("note").null())
        .col(text("body"))
        .take()
}

fn reply() -> TableCreateStatement {
    let key = ["office_id", "outgoing_id", "incoming_id"];
    let mut primary = Index::create();
    for column in key {
        primary.col(Alias::new(column));
    }
    table("outgoing_reply")
        .col(uuid("office_id"))
        .col(uuid("outgoing_id"))
        .col(uuid("incoming_id"))
        .primary_key(&mut primary)
        .take()
}

/// A draft has no number and an issued document has one.
const MISNUMBERED: &str = "(new.state = 'draft' AND (new.number IS NOT NULL OR new.symbol IS NOT NULL))
    OR (new.state = 'issued' AND (new.number IS NULL OR new.symbol IS NULL OR new.register_id IS NULL))";

/// What was issued does not change; versions never do.
const GUARDS: [Guard; 9] = [
    Guard {
        name: "outgoing_fixed",
        table: "outgoing",
        event: "UPDATE",
        when: "new.id <> old.id OR new.office_id <> old.office_id OR new.version <> old.version + 1
            OR new.masked IS DISTINCT FROM old.masked OR old.state = 'voided'
            OR (old.state = 'issued' AND (new.state NOT IN ('issued', 'voided')
                OR new.number IS DISTINCT FROM old.number OR new.symbol IS DISTINCT FROM old.symbol
                OR new.register_id IS DISTINCT FROM old.register_id OR new.draft_id IS DISTINCT FROM old.draft_id
                OR new.draft_ordinal <> old.draft_ordinal OR new.genre <> old.genre OR new.genre_name <> old.genre_name
                OR new.body_code <> old.body_code OR new.summary IS DISTINCT FROM old.summary
                OR new.issuing_unit IS DISTINCT FROM old.issuing_unit
                OR new.issuing_unit_name IS DISTINCT FROM old.issuing_unit_name
                OR new.secrecy <> old.secrecy OR new.urgency <> old.urgency
                OR CAST(new.recipients AS TEXT) <> CAST(old.recipients AS TEXT)
                OR new.dated IS DISTINCT FROM old.dated OR new.signatory IS DISTINCT FROM old.signatory
                OR new.copies IS DISTINCT FROM old.copies OR new.issued_at IS DISTINCT FROM old.issued_at))",
        says: "an issued document does not change",
    },
    Guard {
        name: "outgoing_numbered_new",
        table: "outgoing",
        event: "INSERT",
        when: MISNUMBERED,
        says: "a document has its number when it is issued, and not before",
    },
    Guard {
        name: "outgoing_numbered",
        table: "outgoing",
        event: "UPDATE",
        when: MISNUMBERED,
        says: "a document has its number when it is issued, and not before",
    },
    Guard {
        name: "outgoing_stays",
        table: "outgoing",
        event: "DELETE",
        when: "TRUE",
        says: "an outgoing document is voided, not deleted",
    },
    Guard {
        name: "draft_new",
        table: "draft",
        event: "INSERT",
        when: "NOT EXISTS (SELECT 1 FROM outgoing o
            WHERE o.id = new.outgoing_id AND o.office_id = new.office_id AND o.state = 'draft' AND NOT o.masked)",
        says: "only a draft takes a further version of its text",
    },
    Guard { name: "draft_fixed", table: "draft", event: "UPDATE", when: "TRUE", says: "a version does not change" },
    Guard { name: "draft_stays", table: "draft", event: "DELETE", when: "TRUE", says: "a version is never deleted" },
    Guard {
        name: "outgoing_reply_fixed",
        table: "outgoing_reply",
        event: "UPDATE",
        when: "TRUE",
        says: "what a document answers does not change",
    },
    Guard {
        name: "outgoing_reply_stays",
        table: "outgoing_reply",
        event: "DELETE",
        when: "TRUE",
        says: "what a document answers does not change",
    },
];
