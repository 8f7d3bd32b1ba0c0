//! The positions in which work was given and accepted, documents that gave work, and no typed word about petitions.

use db::{
    column::{flag, id, number, table, uuid},
    migration::{in_transaction, raw},
};
use sea_orm_migration::prelude::*;

/// The positions in which work was given and accepted, documents that gave work, and no typed word about petitions.
#[derive(DeriveMigrationName)]
pub(crate) struct Positions;

#[async_trait::async_trait]
impl MigrationTrait for Positions {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["handler_position_id", "giver_position_id"] {
            let mut change = Table::alter();
            change.table(Alias::new("assignment")).add_column(uuid(column).null());
            manager.alter_table(change.take()).await?;
        }
        manager.create_table(source()).await?;
        for (name, columns) in INDEXES {
            let mut index = Index::create();
            index.name(name).table(Alias::new("assignment"));
            for column in columns {
                index.col(Alias::new(*column));
            }
            manager.create_index(index.take()).await?;
        }
        raw(manager, SQLITE_FILL, POSTGRES_FILL).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

/// What is one's own is looked up by position too.
const INDEXES: [(&str, &[&str]); 2] = [
    ("assignment_by_handler_position", &["office_id", "handler_position_id", "owed", "due", "id"]),
    ("assignment_by_giver", &["office_id", "giver_position_id", "state", "due", "id"]),
];

fn source() -> TableCreateStatement {
    table("source_document").col(id("id")).col(uuid("office_id")).col(number("version")).col(flag("gone")).take()
}

/// The history tells in which position work was given and last accepted. The guards of the first tables step aside for
/// this, because it is no act upon an assignment; SQLite can only take them away and set the same up again.
const SQLITE_FILL: &str = "
DROP TRIGGER entry_fixed;
DROP TRIGGER assignment_kept;
UPDATE assignment SET
  giver_position_id = (SELECT e.by_position_id FROM assignment_entry e
    WHERE e.assignment_id = assignment.id AND e.version = 1),
  handler_position_id = CASE WHEN handler_id IS NULL THEN NULL ELSE (SELECT e.by_position_id FROM assignment_entry e
    WHERE e.assignment_id = assignment.id AND e.act = 'accept' ORDER BY e.version DESC LIMIT 1) END;
UPDATE assignment SET title = 'Giải quyết đơn thư', expected_product = 'Kết quả giải quyết đơn thư', title_folded = ''
  WHERE json_extract(parts, '$.source.kind') = 'petition';
UPDATE assignment_entry SET note = NULL WHERE assignment_id IN
  (SELECT id FROM assignment WHERE json_extract(parts, '$.source.kind') = 'petition');
CREATE TRIGGER entry_fixed BEFORE UPDATE ON assignment_entry
BEGIN SELECT RAISE(ABORT, 'history is only added to'); END;
CREATE TRIGGER assignment_kept BEFORE UPDATE ON assignment
BEGIN SELECT CASE
  WHEN new.id <> old.id OR new.office_id <> old.office_id OR new.assigned_at <> old.assigned_at
    OR new.original_due <> old.original_due OR new.version <> old.version + 1
  THEN RAISE(ABORT, 'this of an assignment never changes')
  WHEN NOT EXISTS (SELECT 1 FROM assignment_entry e
    WHERE e.assignment_id = new.id AND e.version = new.version AND e.state = new.state AND e.due = new.due
      AND e.lead_unit_id = new.lead_unit_id AND (new.due = old.due OR e.act IN ('approve_extension', 'pause')))
  THEN RAISE(ABORT, 'the history does not tell of this change')
END; END;";

/// The same for PostgreSQL, where the owner of the tables may put guards to sleep.
const POSTGRES_FILL: &str = "
ALTER TABLE assignment DISABLE TRIGGER assignment_kept;
ALTER TABLE assignment_entry DISABLE TRIGGER entry_fixed;
UPDATE assignment SET
  giver_position_id = (SELECT e.by_position_id FROM assignment_entry e
    WHERE e.assignment_id = assignment.id AND e.version = 1),
  handler_position_id = CASE WHEN handler_id IS NULL THEN NULL ELSE (SELECT e.by_position_id FROM assignment_entry e
    WHERE e.assignment_id = assignment.id AND e.act = 'accept' ORDER BY e.version DESC LIMIT 1) END;
UPDATE assignment SET title = 'Giải quyết đơn thư', expected_product = 'Kết quả giải quyết đơn thư', title_folded = ''
  WHERE parts -> 'source' ->> 'kind' = 'petition';
UPDATE assignment_entry SET note = NULL WHERE assignment_id IN
  (SELECT id FROM assignment WHERE parts -> 'source' ->> 'kind' = 'petition');
ALTER TABLE assignment ENABLE TRIGGER assignment_kept;
ALTER TABLE assignment_entry ENABLE TRIGGER entry_fixed;";
