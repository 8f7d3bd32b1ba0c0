//! Dossiers of work: the lists of years, what was opened, what lies where, and what became of each.

use db::{
    column::{day, flag, id, moment, number, short, table, text, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

use super::migrations::{Guard, guard, index};

/// Lists, entries, dossiers, papers, steps, ties.
#[derive(DeriveMigrationName)]
pub(crate) struct Dossiers;

#[async_trait::async_trait]
impl MigrationTrait for Dossiers {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for made in [list(), entry(), dossier(), paper(), step(), tie()] {
            manager.create_table(made).await?;
        }
        let work = || Table::alter().table(Alias::new("incoming_work")).to_owned();
        manager.alter_table(work().add_column(uuid("lead_unit_id").null()).take()).await?;
        manager.alter_table(work().add_column(moment("closed_at").null()).take()).await?;
        for (name, table, columns) in ONCE {
            manager.create_index(index(name, table, columns).unique().take()).await?;
        }
        for (name, table, columns) in INDEXES {
            manager.create_index(index(name, table, columns)).await?;
        }
        guard(manager, &GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

const ONCE: [(&str, &str, &[&str]); 3] = [
    ("dossier_list_year", "dossier_list", &["office_id", "year"]),
    ("dossier_entry_code", "dossier_entry", &["list_id", "code"]),
    ("dossier_paper_once", "dossier_paper", &["dossier_id", "document_id"]),
];

const INDEXES: [(&str, &str, &[&str]); 6] = [
    ("dossier_order", "dossier", &["office_id", "year", "id"]),
    ("dossier_entry_of", "dossier", &["office_id", "entry_id", "id"]),
    ("dossier_paper_document", "dossier_paper", &["office_id", "document_id"]),
    ("dossier_step_order", "dossier_step", &["office_id", "dossier_id", "id"]),
    ("dossier_tie_assignment", "dossier_tie", &["office_id", "assignment_id"]),
    ("incoming_work_closed", "incoming_work", &["office_id", "closed_at", "assignment_id"]),
];

fn list() -> TableCreateStatement {
    table("dossier_list")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(number("version"))
        .col(number("year"))
        .col(day("approved_on").null())
        .col(text("instrument").null())
        .take()
}

/// `retention` is in years; 0 is without end.
fn entry() -> TableCreateStatement {
    table("dossier_entry")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(uuid("list_id"))
        .col(text("heading"))
        .col(short("code"))
        .col(text("title"))
        .col(number("retention"))
        .col(uuid("keeper_id"))
        .col(text("keeper_name"))
        .take()
}

fn dossier() -> TableCreateStatement {
    table("dossier")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(number("version"))
        .col(number("year"))
        .col(short("state"))
        .col(uuid("entry_id").null())
        .col(short("code").null())
        .col(text("title"))
        .col(number("retention"))
        .col(uuid("keeper_id"))
        .col(text("keeper_name"))
        .col(uuid("offered_id").null())
        .col(text("offered_name").null())
        .col(text("reason").null())
        .col(moment("opened_at"))
        .col(moment("closed_at").null())
        .take()
}

fn paper() -> TableCreateStatement {
    table("dossier_paper")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(uuid("dossier_id"))
        .col(short("kind"))
        .col(uuid("document_id"))
        .col(moment("filed_at"))
        .col(flag("by_rule"))
        .col(number("ordinal").null())
        .col(number("first_page").null())
        .col(number("last_page").null())
        .take()
}

fn step() -> TableCreateStatement {
    table("dossier_step")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(uuid("dossier_id"))
        .col(moment("at"))
        .col(uuid("by_person").null())
        .col(short("act"))
        .col(text("said").null())
        .take()
}

fn tie() -> TableCreateStatement {
    table("dossier_tie")
        .col(uuid("office_id"))
        .col(uuid("dossier_id"))
        .col(uuid("assignment_id"))
        .primary_key(Index::create().col(Alias::new("dossier_id")).col(Alias::new("assignment_id")))
        .take()
}

const GUARDS: [Guard; 3] = [
    Guard {
        name: "dossier_fixed",
        table: "dossier",
        event: "UPDATE",
        when: "new.id <> old.id OR new.office_id <> old.office_id OR new.year <> old.year
            OR new.opened_at <> old.opened_at OR new.version <> old.version + 1",
        says: "what was opened stays what it was",
    },
    Guard { name: "dossier_stays", table: "dossier", event: "DELETE", when: "TRUE", says: "a dossier stays" },
    Guard {
        name: "dossier_step_fixed",
        table: "dossier_step",
        event: "UPDATE",
        when: "TRUE",
        says: "what became of a dossier stays written down",
    },
];
