//! What is known of work on incoming documents, and the lists of what is due and nobody has.

use db::{
    column::{flag, id, number, short, table, uuid},
    migration::{in_transaction, raw},
};
use sea_orm_migration::prelude::*;

use super::migrations::{Guard, index, reguard};

/// Work from incoming documents, and their due lists.
#[derive(DeriveMigrationName)]
pub(crate) struct Works;

#[async_trait::async_trait]
impl MigrationTrait for Works {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(work()).await?;
        manager.create_index(index("incoming_work_of", "incoming_work", &["office_id", "incoming_id"])).await?;
        let assigned = Table::alter().table(Alias::new("incoming")).add_column(flag("assigned").default(false)).take();
        manager.alter_table(assigned).await?;
        reguard(manager, &GUARDS).await?;
        raw(manager, HEARD_SQLITE, HEARD_POSTGRES).await?;
        raw(manager, ASSIGNED, ASSIGNED).await?;
        for (name, columns) in INDEXES {
            manager.create_index(index(name, "incoming", columns)).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

const INDEXES: [(&str, &[&str]); 3] = [
    ("incoming_due", &["office_id", "disposition", "due", "id"]),
    ("incoming_unassigned", &["office_id", "disposition", "assigned", "due", "id"]),
    ("incoming_desk", &["office_id", "desk_unit", "arrived", "id"]),
];

/// `past` once the document was disposed of anew after the work was closed.
fn work() -> TableCreateStatement {
    table("incoming_work")
        .col(id("assignment_id"))
        .col(uuid("office_id"))
        .col(uuid("incoming_id"))
        .col(number("version"))
        .col(short("state"))
        .col(flag("past"))
        .take()
}

/// What was heard before there was this table stands in the history: the last line of each assignment, whose origin is
/// `assignment <id> <version>`.
const HEARD_SQLITE: &str = "INSERT INTO incoming_work (assignment_id, office_id, incoming_id, version, state, past)
    SELECT unhex(substr(origin, 12, 36), '-'), office_id, document_id, MAX(CAST(substr(origin, 49) AS INTEGER)),
        json_extract(particulars, '$.state'), FALSE
    FROM history WHERE act = 'assigned' AND origin LIKE 'assignment %' GROUP BY substr(origin, 12, 36)";
const HEARD_POSTGRES: &str = "INSERT INTO incoming_work (assignment_id, office_id, incoming_id, version, state, past)
    SELECT DISTINCT ON (substr(origin, 12, 36)) substr(origin, 12, 36)::uuid, office_id, document_id,
        substr(origin, 49)::bigint, CAST(particulars AS jsonb) ->> 'state', FALSE
    FROM history WHERE act = 'assigned' AND origin LIKE 'assignment %'
    ORDER BY substr(origin, 12, 36), substr(origin, 49)::bigint DESC";
const ASSIGNED: &str = "UPDATE incoming SET assigned = TRUE WHERE state <> 'voided' AND id IN (
    SELECT incoming_id FROM incoming_work WHERE state <> 'withdrawn')";

/// As it was, but that whether somebody has the document is no change of it, and that a voided line may be cleared of
/// what was typed of a citizen's letter.
const GUARDS: [Guard; 2] = [
    Guard {
        name: "incoming_fixed",
        table: "incoming",
        event: "UPDATE",
        when: "new.id <> old.id OR new.office_id <> old.office_id OR new.register_id <> old.register_id
            OR new.number <> old.number OR new.arrived <> old.arrived OR new.registered_at <> old.registered_at
            OR new.secrecy <> old.secrecy OR new.masked IS DISTINCT FROM old.masked
            OR NOT (new.version = old.version + 1
                OR (new.version = old.version AND new.assigned IS DISTINCT FROM old.assigned))
            OR (old.state = 'voided' AND NOT (new.state = 'voided' AND NOT old.masked
                AND old.author_body IS NOT NULL AND new.author_body IS NULL AND new.author_unit IS NULL
                AND new.symbol IS NULL AND new.document_day IS NULL AND new.genre_name IS NULL
                AND new.summary IS NULL AND new.note IS NULL AND new.duplicate_of IS NULL
                AND new.disposition IS NULL AND new.due_stated IS NULL AND new.due IS NULL
                AND new.due_reason IS NULL AND new.desk_unit IS NULL AND new.author_key IS NULL
                AND new.symbol_key IS NULL AND new.search = ''
                AND new.void_reason IS NOT DISTINCT FROM 'đơn, thư công dân vào nhầm sổ văn bản'))",
        says: "this of an incoming document never changes",
    },
    Guard {
        name: "register_entry_fixed",
        table: "register_entry",
        event: "UPDATE",
        when: "new.register_id <> old.register_id OR new.number <> old.number OR new.office_id <> old.office_id
            OR (old.state = 'voided' AND NOT (old.kind = 'incoming'
                AND new.note IS NOT DISTINCT FROM 'đơn, thư công dân vào nhầm sổ văn bản'))
            OR (old.state IN ('registered', 'voided') AND (new.state <> 'voided' OR new.kind <> old.kind
                OR new.day <> old.day OR new.incoming_id IS DISTINCT FROM old.incoming_id
                OR new.outgoing_id IS DISTINCT FROM old.outgoing_id))",
        says: "a number in a register never changes; it can only be voided",
    },
];
