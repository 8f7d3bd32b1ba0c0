//! Proposals and instructions; in whose name a line of history was written, and which step it was.

use db::{
    column::{day, flag, id, json, moment, number, short, table, text, uuid},
    migration::{in_transaction, raw},
};
use sea_orm_migration::prelude::*;

use super::migrations::{Guard, guard, index};

/// Proposals, instructions, both names in the history.
#[derive(DeriveMigrationName)]
pub(crate) struct Instructions;

#[async_trait::async_trait]
impl MigrationTrait for Instructions {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(proposal()).await?;
        manager.create_table(instruction()).await?;
        let mut change = Table::alter();
        change.table(Alias::new("incoming")).add_column(uuid("instruction_id").null());
        manager.alter_table(change.take()).await?;
        let mut change = Table::alter();
        change.table(Alias::new("history")).add_column(uuid("for_person").null());
        manager.alter_table(change.take()).await?;
        let mut change = Table::alter();
        change.table(Alias::new("history")).add_column(short("step").null());
        manager.alter_table(change.take()).await?;
        for (name, table, columns) in INDEXES {
            manager.create_index(index(name, table, columns)).await?;
        }
        raw(manager, ONE_AT_A_TIME, ONE_AT_A_TIME).await?;
        guard(manager, &GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

const INDEXES: [(&str, &str, &[&str]); 4] = [
    ("proposal_of", "proposal", &["office_id", "incoming_id", "id"]),
    ("proposal_put", "proposal", &["office_id", "state", "put_to", "id"]),
    ("instruction_of", "instruction", &["office_id", "incoming_id", "id"]),
    ("instruction_owed", "instruction", &["office_id", "state", "transcription", "id"]),
];

/// A document has one proposal that waits at most, and one instruction in force.
const ONE_AT_A_TIME: &str = "
    CREATE UNIQUE INDEX proposal_waiting ON proposal (office_id, incoming_id) WHERE state = 'waiting';
    CREATE UNIQUE INDEX instruction_in_force ON instruction (office_id, incoming_id) WHERE state = 'in_force';";

fn proposal() -> TableCreateStatement {
    table("proposal")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(number("version"))
        .col(uuid("incoming_id"))
        .col(json("routing"))
        .col(uuid("put_to"))
        .col(json("by_actor"))
        .col(moment("at"))
        .col(short("state"))
        .col(json("answered_by").null())
        .col(moment("answered_at").null())
        .col(text("reason").null())
        .take()
}

/// `transcription` and what follows it are empty for what was instructed here. The scan stands among the files.
fn instruction() -> TableCreateStatement {
    table("instruction")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(number("version"))
        .col(uuid("incoming_id"))
        .col(json("routing"))
        .col(json("by_actor"))
        .col(moment("at"))
        .col(uuid("proposal_id").null())
        .col(flag("as_proposed"))
        .col(short("state"))
        .col(short("transcription").null())
        .col(day("written").null())
        .col(json("transcribed_by").null())
        .col(json("answered_by").null())
        .col(moment("answered_at").null())
        .col(text("reason").null())
        .take()
}

/// What was proposed and instructed never changes: a proposal is answered once, an instruction loses its place or is
/// reversed once, and a transcription is confirmed or objected to, the objection last. Its scan stays with it unless the
/// line of its document was voided.
const GUARDS: [Guard; 5] = [
    Guard {
        name: "proposal_fixed",
        table: "proposal",
        event: "UPDATE",
        when: "new.id <> old.id OR new.office_id <> old.office_id OR new.incoming_id <> old.incoming_id
            OR CAST(new.routing AS TEXT) <> CAST(old.routing AS TEXT) OR new.put_to <> old.put_to
            OR CAST(new.by_actor AS TEXT) <> CAST(old.by_actor AS TEXT) OR new.at <> old.at
            OR new.version <> old.version + 1 OR old.state <> 'waiting' OR new.state = 'waiting'",
        says: "what was proposed never changes; it is answered once",
    },
    Guard {
        name: "proposal_stays",
        table: "proposal",
        event: "DELETE",
        when: "TRUE",
        says: "what was proposed never changes; it is answered once",
    },
    Guard {
        name: "instruction_fixed",
        table: "instruction",
        event: "UPDATE",
        when: "new.id <> old.id OR new.office_id <> old.office_id OR new.incoming_id <> old.incoming_id
            OR CAST(new.routing AS TEXT) <> CAST(old.routing AS TEXT)
            OR CAST(new.by_actor AS TEXT) <> CAST(old.by_actor AS TEXT) OR new.at <> old.at
            OR new.proposal_id IS DISTINCT FROM old.proposal_id OR new.as_proposed IS DISTINCT FROM old.as_proposed
            OR new.written IS DISTINCT FROM old.written
            OR CAST(new.transcribed_by AS TEXT) IS DISTINCT FROM CAST(old.transcribed_by AS TEXT)
            OR new.version <> old.version + 1
            OR (old.state <> 'in_force' AND new.state <> old.state)
            OR (old.transcription IS NULL AND new.transcription IS NOT NULL)
            OR (old.transcription IS NOT NULL AND new.transcription IS NULL)
            OR (old.transcription = 'confirmed' AND new.transcription = 'unconfirmed')
            OR (old.transcription = 'objected' AND new.transcription <> 'objected')
            OR (new.state = 'reversed' AND new.transcription IS DISTINCT FROM 'objected')",
        says: "an instruction never changes; another one takes its place",
    },
    Guard {
        name: "instruction_stays",
        table: "instruction",
        event: "DELETE",
        when: "TRUE",
        says: "an instruction never changes; another one takes its place",
    },
    Guard {
        name: "file_scanned",
        table: "file",
        event: "DELETE",
        when: "EXISTS (SELECT 1 FROM instruction i JOIN incoming d ON d.id = i.incoming_id
            WHERE i.id = old.owner_id AND d.state <> 'voided')",
        says: "the scan of an instruction stays with it",
    },
];
