//! First tables: notices, what they are about, who sits where, and how people want to be told.

use db::{
    column::{day, flag, id, json, moment, number, short, table, text, uuid},
    migration::{in_transaction, raw},
};
use sea_orm_migration::prelude::*;

/// First tables: notices, what they are about, who sits where, and how people want to be told.
#[derive(DeriveMigrationName)]
pub(crate) struct Notices;

#[async_trait::async_trait]
impl MigrationTrait for Notices {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [notice(), matter(), seat(), hold(), person(), preference(), mail()] {
            manager.create_table(table).await?;
        }
        for (name, table, columns) in INDEXES {
            let mut index = Index::create();
            index.name(name).table(Alias::new(table));
            for column in columns {
                index.col(Alias::new(*column));
            }
            if name == ONCE {
                index.unique();
            }
            manager.create_index(index.take()).await?;
        }
        raw(manager, SQLITE_GUARDS, POSTGRES_GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

/// A person is told once of one state of one noun for one reason.
const ONCE: &str = "notice_once";

/// The office leads every index but those of the jobs, which look over the whole installation.
const INDEXES: [(&str, &str, &[&str]); 11] = [
    ("notice_own", "notice", &["office_id", "person_id", "unread", "at", "id"]),
    (ONCE, "notice", &["office_id", "source_id", "person_id", "kind", "source_version"]),
    ("notice_settled", "notice", &["settled_at"]),
    ("matter_by_unit", "matter", &["office_id", "active", "unit_id"]),
    ("matter_by_position", "matter", &["office_id", "active", "position_id"]),
    ("matter_by_giver", "matter", &["office_id", "active", "giver_position_id"]),
    ("matter_to_look", "matter", &["active", "looked"]),
    ("seat_by_unit", "seat", &["office_id", "unit_id"]),
    ("hold_by_position", "hold", &["office_id", "position_id"]),
    ("preference_to_mail", "preference", &["next_mail"]),
    ("mail_to_send", "mail", &["state", "due"]),
];

fn notice() -> TableCreateStatement {
    table("notice")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(uuid("person_id"))
        .col(short("kind"))
        .col(short("source_kind"))
        .col(uuid("source_id"))
        .col(number("source_version"))
        .col(day("due").null())
        .col(moment("at"))
        .col(moment("read_at").null())
        .col(moment("settled_at").null())
        .col(flag("unread"))
        .col(flag("to_mail"))
        .take()
}

fn matter() -> TableCreateStatement {
    table("matter")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(short("kind"))
        .col(number("version"))
        .col(json("facts"))
        .col(flag("active"))
        .col(uuid("unit_id").null())
        .col(uuid("position_id").null())
        .col(uuid("giver_position_id").null())
        .col(day("looked").null())
        .take()
}

fn seat() -> TableCreateStatement {
    table("seat")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(uuid("unit_id"))
        .col(flag("head"))
        .col(day("from_day"))
        .col(day("to_day").null())
        .col(number("version"))
        .take()
}

fn hold() -> TableCreateStatement {
    table("hold")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(uuid("person_id"))
        .col(uuid("position_id"))
        .col(day("from_day"))
        .col(day("to_day").null())
        .col(number("version"))
        .take()
}

fn person() -> TableCreateStatement {
    table("person").col(id("id")).col(uuid("office_id")).col(flag("active")).col(number("version")).take()
}

fn preference() -> TableCreateStatement {
    table("preference")
        .col(uuid("office_id"))
        .col(uuid("person_id"))
        .col(number("version"))
        .col(text("address").null())
        .col(text("pending").null())
        .col(short("code_hash").null())
        .col(number("code_tries"))
        .col(moment("code_asked_at").null())
        .col(number("bundle_minutes"))
        .col(json("kinds"))
        .col(moment("next_mail").null())
        .primary_key(Index::create().col(Alias::new("office_id")).col(Alias::new("person_id")))
        .take()
}

fn mail() -> TableCreateStatement {
    table("mail")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(uuid("person_id"))
        .col(text("address"))
        .col(json("content"))
        .col(short("state"))
        .col(number("attempts"))
        .col(moment("due"))
        .col(text("error").null())
        .take()
}

/// Whose a notice is and what it is about never changes, and what was read stays read.
const SQLITE_GUARDS: &str = "
CREATE TRIGGER notice_kept BEFORE UPDATE ON notice
BEGIN SELECT CASE
  WHEN new.id <> old.id OR new.office_id <> old.office_id OR new.person_id <> old.person_id OR new.kind <> old.kind
    OR new.source_kind <> old.source_kind OR new.source_id <> old.source_id
    OR new.source_version <> old.source_version
  THEN RAISE(ABORT, 'this of a notice never changes')
  WHEN old.read_at IS NOT NULL AND new.read_at IS NOT old.read_at
  THEN RAISE(ABORT, 'what was read stays read')
END; END;";

/// The same for PostgreSQL.
const POSTGRES_GUARDS: &str = "
CREATE FUNCTION notice_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF new.id <> old.id OR new.office_id <> old.office_id OR new.person_id <> old.person_id OR new.kind <> old.kind
       OR new.source_kind <> old.source_kind OR new.source_id <> old.source_id
       OR new.source_version <> old.source_version THEN
        RAISE EXCEPTION 'this of a notice never changes';
    END IF;
    IF old.read_at IS NOT NULL AND new.read_at IS DISTINCT FROM old.read_at THEN
        RAISE EXCEPTION 'what was read stays read';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER notice_kept BEFORE UPDATE ON notice FOR EACH ROW EXECUTE FUNCTION notice_guard();";
