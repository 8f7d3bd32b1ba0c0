//! Incoming documents and citizens' letters.

use db::{
    column::{day, flag, id, moment, number, short, table, text, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

use super::migrations::{Guard, guard, index};

/// Incoming documents and citizens' letters.
#[derive(DeriveMigrationName)]
pub(crate) struct Incoming;

#[async_trait::async_trait]
impl MigrationTrait for Incoming {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(incoming()).await?;
        manager.create_table(letter()).await?;
        for (name, columns) in INDEXES {
            manager.create_index(index(name, "incoming", columns)).await?;
        }
        for (name, table) in [("incoming_number", "incoming"), ("letter_number", "letter")] {
            manager.create_index(index(name, table, &["register_id", "number"]).unique().take()).await?;
        }
        guard(manager, &GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

/// The office leads every index; the id ends those that carry a page's order. The first serves lists of ids: without it
/// SQLite would rather walk through all rows of the office.
const INDEXES: [(&str, &[&str]); 6] = [
    ("incoming_id", &["office_id", "id"]),
    ("incoming_arrived", &["office_id", "arrived", "id"]),
    ("incoming_state", &["office_id", "state", "arrived", "id"]),
    ("incoming_disposition", &["office_id", "disposition", "arrived", "id"]),
    ("incoming_register", &["office_id", "register_id", "arrived", "id"]),
    ("incoming_likeness", &["office_id", "symbol_key", "document_day"]),
];

fn incoming() -> TableCreateStatement {
    table("incoming")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(number("version"))
        .col(uuid("register_id"))
        .col(number("number"))
        .col(day("arrived"))
        .col(moment("registered_at"))
        .col(short("state"))
        .col(text("void_reason").null())
        .col(short("secrecy"))
        .col(short("urgency"))
        .col(flag("masked"))
        .col(text("author_body").null())
        .col(uuid("author_unit").null())
        .col(text("symbol").null())
        .col(day("document_day").null())
        .col(text("genre_name").null())
        .col(text("summary").null())
        .col(number("pages").null())
        .col(text("note").null())
        .col(uuid("duplicate_of").null())
        .col(short("disposition").null())
        .col(day("due_stated").null())
        .col(day("due").null())
        .col(text("due_reason").null())
        .col(uuid("desk_unit").null())
        .col(text("desk_unit_name").null())
        .col(uuid("desk_position").null())
        .col(moment("desk_since").null())
        .col(text("author_key").null())
        .col(text("symbol_key").null())
        .col(text("search"))
        .take()
}

/// There is no column that could hold a word of the writer.
fn letter() -> TableCreateStatement {
    table("letter")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(number("version"))
        .col(uuid("register_id"))
        .col(number("number"))
        .col(day("arrived"))
        .col(moment("registered_at"))
        .col(number("sheets"))
        .col(number("envelopes"))
        .col(short("state"))
        .col(short("void_reason").null())
        .take()
}

/// The condition under which a masked line would say more than it may.
const DESCRIBED: &str = "new.masked AND (new.author_body IS NOT NULL OR new.author_unit IS NOT NULL
    OR new.symbol IS NOT NULL OR new.document_day IS NOT NULL OR new.genre_name IS NOT NULL OR new.summary IS NOT NULL
    OR new.note IS NOT NULL OR new.due_stated IS NOT NULL OR new.due IS NOT NULL OR new.disposition IS NOT NULL
    OR new.duplicate_of IS NOT NULL OR new.desk_unit IS NOT NULL OR new.search <> '')";

/// A line keeps its number and its mask; a masked one says nothing of the content.
const GUARDS: [Guard; 6] = [
    Guard {
        name: "incoming_fixed",
        table: "incoming",
        event: "UPDATE",
        when: "new.id <> old.id OR new.office_id <> old.office_id OR new.register_id <> old.register_id
            OR new.number <> old.number OR new.arrived <> old.arrived OR new.registered_at <> old.registered_at
            OR new.secrecy <> old.secrecy OR new.masked IS DISTINCT FROM old.masked
            OR new.version <> old.version + 1 OR old.state = 'voided'",
        says: "this of an incoming document never changes",
    },
    Guard {
        name: "incoming_stays",
        table: "incoming",
        event: "DELETE",
        when: "TRUE",
        says: "an incoming document is voided, not deleted",
    },
    Guard {
        name: "incoming_masked_new",
        table: "incoming",
        event: "INSERT",
        when: DESCRIBED,
        says: "a masked line describes nothing",
    },
    Guard {
        name: "incoming_masked",
        table: "incoming",
        event: "UPDATE",
        when: DESCRIBED,
        says: "a masked line describes nothing",
    },
    Guard {
        name: "letter_fixed",
        table: "letter",
        event: "UPDATE",
        when: "new.id <> old.id OR new.office_id <> old.office_id OR new.register_id <> old.register_id
            OR new.number <> old.number OR new.arrived <> old.arrived OR new.version <> old.version + 1
            OR old.state = 'voided'",
        says: "this of a letter never changes",
    },
    Guard {
        name: "letter_stays",
        table: "letter",
        event: "DELETE",
        when: "TRUE",
        says: "a letter is voided, not deleted",
    },
];
