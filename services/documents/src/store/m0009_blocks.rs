//! Numbers held back on paper: the blocks, and what was written on their sheets.

use db::{
    column::{day, id, moment, number, short, table, text, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

use super::migrations::{Guard, guard, index, reguard};

/// Blocks of numbers and paper entries.
#[derive(DeriveMigrationName)]
pub(crate) struct Blocks;

#[async_trait::async_trait]
impl MigrationTrait for Blocks {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(block()).await?;
        manager.create_table(paper()).await?;
        manager.create_index(index("number_block_order", "number_block", &["office_id", "id"])).await?;
        manager.create_index(index("number_block_expiry", "number_block", &["office_id", "expires", "id"])).await?;
        let sheet = ["register_id", "sheet"];
        manager.create_index(index("number_block_sheet", "number_block", &sheet).unique().take()).await?;
        manager.create_index(index("paper_entry_block", "paper_entry", &["office_id", "block_id", "number"])).await?;
        reguard(manager, &[ENTRY_FIXED]).await?;
        guard(manager, &GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

fn block() -> TableCreateStatement {
    table("number_block")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(number("version"))
        .col(uuid("register_id"))
        .col(number("first"))
        .col(number("last"))
        .col(short("sheet"))
        .col(uuid("holder"))
        .col(text("holder_name"))
        .col(uuid("reserved_by"))
        .col(moment("reserved_at"))
        .col(day("expires"))
        .col(text("void_reason").null())
        .take()
}

fn paper() -> TableCreateStatement {
    table("paper_entry")
        .col(uuid("register_id"))
        .col(number("number"))
        .col(uuid("office_id"))
        .col(uuid("block_id"))
        .col(moment("written_at"))
        .col(uuid("written_by"))
        .col(text("written_by_name"))
        .col(uuid("entered_by"))
        .col(moment("entered_at"))
        .primary_key(Index::create().col(Alias::new("register_id")).col(Alias::new("number")))
        .take()
}

/// As before, and: what is held back becomes registered by a bearer or voided with a reason, and its sheet stays.
const ENTRY_FIXED: Guard = Guard {
    name: "register_entry_fixed",
    table: "register_entry",
    event: "UPDATE",
    when: "new.register_id <> old.register_id OR new.number <> old.number OR new.office_id <> old.office_id
        OR new.sheet IS DISTINCT FROM old.sheet OR new.holder IS DISTINCT FROM old.holder
        OR new.expires IS DISTINCT FROM old.expires
        OR (old.state = 'voided' AND NOT (old.kind = 'incoming'
            AND new.note IS NOT DISTINCT FROM 'đơn, thư công dân vào nhầm sổ văn bản'))
        OR (old.state = 'reserved' AND new.state = 'registered'
            AND (new.incoming_id IS NULL) = (new.outgoing_id IS NULL))
        OR (old.state = 'reserved' AND new.state = 'voided'
            AND (new.note IS NULL OR new.incoming_id IS NOT NULL OR new.outgoing_id IS NOT NULL))
        OR (old.state = 'reserved' AND new.state NOT IN ('registered', 'voided'))
        OR (old.state <> 'reserved' AND (new.state <> 'voided' OR new.kind <> old.kind OR new.day <> old.day
            OR new.incoming_id IS DISTINCT FROM old.incoming_id
            OR new.outgoing_id IS DISTINCT FROM old.outgoing_id))",
    says: "a number in a register never changes; it can only be voided",
};

/// A number is held back on a sheet or borne by something; sheets and what was written on them stay.
const GUARDS: [Guard; 5] = [
    Guard {
        name: "register_entry_held",
        table: "register_entry",
        event: "INSERT",
        when: "(new.state = 'reserved' AND (new.sheet IS NULL OR new.holder IS NULL OR new.expires IS NULL
                OR new.incoming_id IS NOT NULL OR new.outgoing_id IS NOT NULL))
            OR (new.state <> 'reserved' AND (new.incoming_id IS NULL) = (new.outgoing_id IS NULL))",
        says: "a number in a register is held back on a sheet or borne by one document",
    },
    Guard {
        name: "number_block_fixed",
        table: "number_block",
        event: "UPDATE",
        when: "new.id <> old.id OR new.office_id <> old.office_id OR new.version <> old.version + 1
            OR new.register_id <> old.register_id OR new.first <> old.first OR new.last <> old.last
            OR new.sheet <> old.sheet OR new.holder <> old.holder OR new.holder_name <> old.holder_name
            OR new.reserved_by <> old.reserved_by OR new.reserved_at <> old.reserved_at OR new.expires <> old.expires
            OR (old.void_reason IS NOT NULL AND new.void_reason IS DISTINCT FROM old.void_reason)",
        says: "a sheet of reserved numbers does not change",
    },
    Guard {
        name: "number_block_stays",
        table: "number_block",
        event: "DELETE",
        when: "TRUE",
        says: "a sheet of reserved numbers does not change",
    },
    Guard {
        name: "paper_entry_fixed",
        table: "paper_entry",
        event: "UPDATE",
        when: "TRUE",
        says: "what was written on a sheet does not change",
    },
    Guard {
        name: "paper_entry_stays",
        table: "paper_entry",
        event: "DELETE",
        when: "TRUE",
        says: "what was written on a sheet does not change",
    },
];
