//! First tables: assignments, their history, and the copy of units.

use db::{
    column::{day, flag, id, json, moment, number, short, table, text, uuid},
    migration::{in_transaction, raw},
};
use sea_orm_migration::prelude::*;

/// First tables: assignments, their history, and the copy of units.
#[derive(DeriveMigrationName)]
pub(crate) struct Assignments;

#[async_trait::async_trait]
impl MigrationTrait for Assignments {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(assignment()).await?;
        manager.create_table(entry()).await?;
        manager.create_table(unit()).await?;
        for (name, columns) in INDEXES {
            let mut index = Index::create();
            index.name(name).table(Alias::new("assignment"));
            for column in columns {
                index.col(Alias::new(*column));
            }
            manager.create_index(index.take()).await?;
        }
        raw(manager, SQLITE_GUARDS, POSTGRES_GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

/// The office leads every index; the id ends those that carry a page's order.
const INDEXES: [(&str, &[&str]); 7] = [
    ("assignment_by_due", &["office_id", "due", "id"]),
    ("assignment_by_lead", &["office_id", "lead_unit_id", "due", "id"]),
    ("assignment_by_state", &["office_id", "state", "due", "id"]),
    ("assignment_by_handler", &["office_id", "handler_id", "due", "id"]),
    ("assignment_by_source", &["office_id", "source_id"]),
    ("assignment_owed", &["office_id", "owed", "lead_unit_id", "due", "id"]),
    ("assignment_waiting", &["office_id", "waiting"]),
];

fn assignment() -> TableCreateStatement {
    table("assignment")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(number("version"))
        .col(text("title"))
        .col(text("title_folded"))
        .col(text("expected_product"))
        .col(uuid("source_id").null())
        .col(uuid("lead_unit_id"))
        .col(uuid("lead_position_id").null())
        .col(uuid("handler_id").null())
        .col(uuid("parent_id").null())
        .col(moment("assigned_at"))
        .col(day("due"))
        .col(day("original_due"))
        .col(moment("done_at").null())
        .col(short("state"))
        .col(flag("owed"))
        .col(flag("waiting"))
        .col(json("parts"))
        .take()
}

fn entry() -> TableCreateStatement {
    table("assignment_entry")
        .col(uuid("assignment_id"))
        .col(number("version"))
        .col(uuid("office_id"))
        .col(short("act"))
        .col(uuid("by_person_id").null())
        .col(uuid("by_position_id").null())
        .col(moment("at"))
        .col(text("note").null())
        .col(short("state"))
        .col(uuid("lead_unit_id"))
        .col(day("due"))
        .primary_key(Index::create().col(Alias::new("assignment_id")).col(Alias::new("version")))
        .take()
}

fn unit() -> TableCreateStatement {
    table("unit").col(id("id")).col(uuid("office_id")).col(number("version")).col(json("spans")).take()
}

/// History is only added to; every change of an assignment has its entry; a due day moves only with an entry of an
/// approved extension or a pause.
const SQLITE_GUARDS: &str = "
CREATE TRIGGER entry_fixed BEFORE UPDATE ON assignment_entry
BEGIN SELECT RAISE(ABORT, 'history is only added to'); END;
CREATE TRIGGER entry_stays BEFORE DELETE ON assignment_entry
BEGIN SELECT RAISE(ABORT, 'history is only added to'); END;
CREATE TRIGGER assignment_stays BEFORE DELETE ON assignment
BEGIN SELECT RAISE(ABORT, 'assignments are withdrawn, not deleted'); END;
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

/// The same for PostgreSQL.
const POSTGRES_GUARDS: &str = "
CREATE FUNCTION entry_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history is only added to';
END $$;
CREATE TRIGGER entry_fixed BEFORE UPDATE OR DELETE ON assignment_entry FOR EACH ROW EXECUTE FUNCTION entry_guard();
CREATE FUNCTION assignment_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'assignments are withdrawn, not deleted';
    END IF;
    IF new.id <> old.id OR new.office_id <> old.office_id OR new.assigned_at <> old.assigned_at
       OR new.original_due <> old.original_due OR new.version <> old.version + 1 THEN
        RAISE EXCEPTION 'this of an assignment never changes';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM assignment_entry e
        WHERE e.assignment_id = new.id AND e.version = new.version AND e.state = new.state AND e.due = new.due
          AND e.lead_unit_id = new.lead_unit_id AND (new.due = old.due OR e.act IN ('approve_extension', 'pause'))) THEN
        RAISE EXCEPTION 'the history does not tell of this change';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER assignment_kept BEFORE UPDATE OR DELETE ON assignment
FOR EACH ROW EXECUTE FUNCTION assignment_guard();";
