//! Registers, their numbers, and the latches that make two writers of the same thing wait for each other.

use db::{
    column::{day, id, moment, number, short, table, text, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

use super::migrations::{Guard, guard, index};

/// Registers, their numbers, and latches.
#[derive(DeriveMigrationName)]
pub(crate) struct Registers;

#[async_trait::async_trait]
impl MigrationTrait for Registers {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(register()).await?;
        manager.create_table(entry()).await?;
        manager.create_table(latch()).await?;
        let series = ["office_id", "kind", "body_code", "genre_key", "first_day"];
        manager.create_index(index("register_series", "register", &series).unique().take()).await?;
        manager.create_index(index("register_order", "register", &["office_id", "id"])).await?;
        guard(manager, &GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

fn register() -> TableCreateStatement {
    table("register")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(number("version"))
        .col(short("kind"))
        .col(short("body_code"))
        .col(text("genre_key"))
        .col(short("period"))
        .col(day("first_day"))
        .col(day("last_day").null())
        .col(number("opening"))
        .col(number("last"))
        .col(day("latest_day").null())
        .col(short("state"))
        .take()
}

/// `sheet`, `holder` and `expires` belong to numbers held back.
fn entry() -> TableCreateStatement {
    let register = ForeignKey::create()
        .from(Alias::new("register_entry"), Alias::new("register_id"))
        .to(Alias::new("register"), Alias::new("id"))
        .take();
    table("register_entry")
        .col(uuid("register_id"))
        .col(number("number"))
        .col(uuid("office_id"))
        .col(short("state"))
        .col(short("kind"))
        .col(day("day"))
        .col(uuid("incoming_id").null())
        .col(uuid("outgoing_id").null())
        .col(text("note").null())
        .col(text("sheet").null())
        .col(text("holder").null())
        .col(day("expires").null())
        .col(moment("at"))
        .primary_key(Index::create().col(Alias::new("register_id")).col(Alias::new("number")))
        .foreign_key(&mut { register })
        .take()
}

fn latch() -> TableCreateStatement {
    table("latch")
        .col(uuid("office_id"))
        .col(text("name"))
        .primary_key(Index::create().col(Alias::new("office_id")).col(Alias::new("name")))
        .take()
}

/// A register counts by one; a number is entered when it is next, never changes and never goes.
const GUARDS: [Guard; 6] = [
    Guard {
        name: "register_fixed",
        table: "register",
        event: "UPDATE",
        when: "new.id <> old.id OR new.office_id <> old.office_id OR new.kind <> old.kind
            OR new.body_code <> old.body_code OR new.genre_key <> old.genre_key OR new.period <> old.period
            OR new.first_day <> old.first_day OR new.opening <> old.opening
            OR new.last NOT IN (old.last, old.last + 1)
            OR (old.state = 'closed' AND (new.state <> 'closed' OR new.last <> old.last))",
        says: "a register counts by one, and what it numbers never changes",
    },
    Guard {
        name: "register_starts",
        table: "register",
        event: "INSERT",
        when: "new.last <> new.opening - 1",
        says: "a register begins before its opening number",
    },
    Guard {
        name: "register_stays",
        table: "register",
        event: "DELETE",
        when: "TRUE",
        says: "a register is closed, not deleted",
    },
    Guard {
        name: "register_entry_next",
        table: "register_entry",
        event: "INSERT",
        when: "NOT EXISTS (SELECT 1 FROM register r
            WHERE r.id = new.register_id AND r.office_id = new.office_id AND r.last = new.number)",
        says: "a number is entered when its register has just counted to it",
    },
    Guard {
        name: "register_entry_fixed",
        table: "register_entry",
        event: "UPDATE",
        when: "new.register_id <> old.register_id OR new.number <> old.number OR new.office_id <> old.office_id
            OR old.state = 'voided'
            OR (old.state = 'registered' AND (new.state <> 'voided' OR new.kind <> old.kind OR new.day <> old.day
                OR new.incoming_id IS DISTINCT FROM old.incoming_id
                OR new.outgoing_id IS DISTINCT FROM old.outgoing_id))",
        says: "a number in a register never changes; it can only be voided",
    },
    Guard {
        name: "register_entry_stays",
        table: "register_entry",
        event: "DELETE",
        when: "TRUE",
        says: "a number in a register is never deleted",
    },
];
