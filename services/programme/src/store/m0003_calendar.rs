//! The calendar of the week: entries with their history and what they keep busy, weeks, rooms and cars; and a copy of
//! positions.

use db::{
    column::{day, flag, id, json, moment, number, short, table, text, uuid},
    migration::{in_transaction, raw},
};
use sea_orm_migration::prelude::*;

/// The calendar of the week, and a copy of positions.
#[derive(DeriveMigrationName)]
pub(crate) struct Calendar;

#[async_trait::async_trait]
impl MigrationTrait for Calendar {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [entry(), record(), busy(), week(), resource(), latch(), sheet(), position()] {
            manager.create_table(table).await?;
        }
        for (table, name, columns) in INDEXES {
            let mut index = Index::create();
            index.name(name).table(Alias::new(table));
            for column in columns {
                index.col(Alias::new(*column));
            }
            manager.create_index(index.take()).await?;
        }
        raw(manager, SQLITE_GUARDS, POSTGRES_GUARDS).await?;
        // Identity told of positions before anybody listened here: it is read again from its snapshot.
        raw(manager, AFRESH, AFRESH).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

/// Without a place to go on from, a consumer begins with the snapshot.
const AFRESH: &str = "DELETE FROM consumed WHERE publisher = 'identity'";

const INDEXES: [(&str, &str, &[&str]); 3] = [
    ("calendar_entry", "calendar_entry_by_start", &["office_id", "starts", "id"]),
    ("calendar_busy", "calendar_busy_by_thing", &["office_id", "thing_id", "starts"]),
    ("calendar_resource", "calendar_resource_by_name", &["office_id", "kind", "name", "id"]),
];

fn entry() -> TableCreateStatement {
    table("calendar_entry")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(number("version"))
        .col(text("title"))
        .col(moment("starts"))
        .col(moment("ends"))
        .col(uuid("unit_id"))
        .col(moment("proposed_at"))
        .col(short("state"))
        .col(flag("announced"))
        .col(json("parts"))
        .take()
}

fn record() -> TableCreateStatement {
    table("calendar_record")
        .col(uuid("entry_id"))
        .col(number("version"))
        .col(uuid("office_id"))
        .col(short("act"))
        .col(uuid("by_person_id"))
        .col(uuid("by_position_id"))
        .col(moment("at"))
        .col(text("note").null())
        .col(short("state"))
        .col(moment("starts"))
        .col(moment("ends"))
        .col(json("confirmed"))
        .primary_key(Index::create().col(Alias::new("entry_id")).col(Alias::new("version")))
        .take()
}

fn busy() -> TableCreateStatement {
    table("calendar_busy")
        .col(uuid("entry_id"))
        .col(uuid("thing_id"))
        .col(uuid("office_id"))
        .col(moment("starts"))
        .col(moment("ends"))
        .primary_key(Index::create().col(Alias::new("entry_id")).col(Alias::new("thing_id")))
        .take()
}

fn week() -> TableCreateStatement {
    table("calendar_week")
        .col(uuid("office_id"))
        .col(day("week"))
        .col(moment("published_at"))
        .col(number("adjustment"))
        .col(moment("adjusted_at").null())
        .primary_key(Index::create().col(Alias::new("office_id")).col(Alias::new("week")))
        .take()
}

fn resource() -> TableCreateStatement {
    table("calendar_resource")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(number("version"))
        .col(short("kind"))
        .col(text("name"))
        .col(number("seats").null())
        .col(day("from_day"))
        .col(day("to_day").null())
        .take()
}

fn latch() -> TableCreateStatement {
    table("calendar_latch")
        .col(uuid("office_id"))
        .col(text("name"))
        .primary_key(Index::create().col(Alias::new("office_id")).col(Alias::new("name")))
        .take()
}

fn sheet() -> TableCreateStatement {
    table("calendar_sheet")
        .col(uuid("office_id"))
        .col(text("content"))
        .col(moment("seen_at"))
        .primary_key(Index::create().col(Alias::new("office_id")).col(Alias::new("content")))
        .take()
}

fn position() -> TableCreateStatement {
    table("position")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(number("version"))
        .col(text("title"))
        .col(day("from_day"))
        .col(day("to_day").null())
        .take()
}

/// History is only added to; every change of an entry has its record; only an approval approves, and what the office
/// knows of it does not forget. A published week is adjusted one by one.
const SQLITE_GUARDS: &str = "
CREATE TRIGGER calendar_record_fixed BEFORE UPDATE ON calendar_record
BEGIN SELECT RAISE(ABORT, 'history is only added to'); END;
CREATE TRIGGER calendar_record_stays BEFORE DELETE ON calendar_record
BEGIN SELECT RAISE(ABORT, 'history is only added to'); END;
CREATE TRIGGER calendar_entry_stays BEFORE DELETE ON calendar_entry
BEGIN SELECT RAISE(ABORT, 'calendar entries are cancelled, not deleted'); END;
CREATE TRIGGER calendar_entry_begins BEFORE INSERT ON calendar_entry
WHEN new.state <> 'proposed' OR new.announced OR new.version <> 1
BEGIN SELECT RAISE(ABORT, 'a calendar entry begins as a proposal'); END;
CREATE TRIGGER calendar_entry_kept BEFORE UPDATE ON calendar_entry
BEGIN SELECT CASE
  WHEN new.id <> old.id OR new.office_id <> old.office_id OR new.unit_id <> old.unit_id
    OR new.proposed_at <> old.proposed_at OR new.version <> old.version + 1 OR (old.announced AND NOT new.announced)
  THEN RAISE(ABORT, 'this of a calendar entry never changes')
  WHEN NOT EXISTS (SELECT 1 FROM calendar_record r
    WHERE r.entry_id = new.id AND r.version = new.version AND r.state = new.state AND r.starts = new.starts
      AND r.ends = new.ends AND (r.act = 'approve' OR (new.state <> 'approved' AND new.announced = old.announced)))
  THEN RAISE(ABORT, 'the history does not tell of this change')
END; END;
CREATE TRIGGER calendar_week_stays BEFORE DELETE ON calendar_week
BEGIN SELECT RAISE(ABORT, 'a published week stays'); END;
CREATE TRIGGER calendar_week_kept BEFORE UPDATE ON calendar_week
WHEN new.office_id <> old.office_id OR new.week <> old.week OR new.published_at <> old.published_at
  OR new.adjustment <> old.adjustment + 1
BEGIN SELECT RAISE(ABORT, 'a published week is only adjusted'); END;";

/// The same for PostgreSQL.
const POSTGRES_GUARDS: &str = "
CREATE TRIGGER calendar_record_fixed BEFORE UPDATE OR DELETE ON calendar_record
FOR EACH ROW EXECUTE FUNCTION entry_guard();
CREATE FUNCTION calendar_entry_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'calendar entries are cancelled, not deleted';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF new.state <> 'proposed' OR new.announced OR new.version <> 1 THEN
            RAISE EXCEPTION 'a calendar entry begins as a proposal';
        END IF;
        RETURN new;
    END IF;
    IF new.id <> old.id OR new.office_id <> old.office_id OR new.unit_id <> old.unit_id
       OR new.proposed_at <> old.proposed_at OR new.version <> old.version + 1
       OR (old.announced AND NOT new.announced) THEN
        RAISE EXCEPTION 'this of a calendar entry never changes';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM calendar_record r
        WHERE r.entry_id = new.id AND r.version = new.version AND r.state = new.state AND r.starts = new.starts
          AND r.ends = new.ends
          AND (r.act = 'approve' OR (new.state <> 'approved' AND new.announced = old.announced))) THEN
        RAISE EXCEPTION 'the history does not tell of this change';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER calendar_entry_kept BEFORE INSERT OR UPDATE OR DELETE ON calendar_entry
FOR EACH ROW EXECUTE FUNCTION calendar_entry_guard();
CREATE FUNCTION calendar_week_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a published week stays';
    END IF;
    IF new.office_id <> old.office_id OR new.week <> old.week OR new.published_at <> old.published_at
       OR new.adjustment <> old.adjustment + 1 THEN
        RAISE EXCEPTION 'a published week is only adjusted';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER calendar_week_kept BEFORE UPDATE OR DELETE ON calendar_week
FOR EACH ROW EXECUTE FUNCTION calendar_week_guard();";
