//! Opening acts and the papers that they bring; imported numbers below a register's opening number.

use db::{
    column::{day, flag, id, json, number, short, table, text, uuid},
    migration::{in_transaction, raw},
};
use sea_orm_migration::prelude::*;

use super::migrations::{Guard, guard, index, reguard};

/// Opening acts, their papers, imported numbers.
#[derive(DeriveMigrationName)]
pub(crate) struct Openings;

#[async_trait::async_trait]
impl MigrationTrait for Openings {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(act()).await?;
        manager.create_table(paper()).await?;
        manager.create_index(index("opening_act_order", "opening_act", &["office_id", "id"])).await?;
        let waiting = ["office_id", "act_id", "done", "row_number"];
        manager.create_index(index("opening_paper_order", "opening_paper", &waiting)).await?;
        raw(manager, SERIES, SERIES).await?;
        reguard(manager, &[ENTRY_NEXT]).await?;
        guard(manager, &GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

/// A register whose opening act was undone ends before it begins: its series may be opened again from the same day.
const SERIES: &str = "DROP INDEX register_series;
    CREATE UNIQUE INDEX register_series ON register (office_id, kind, body_code, genre_key, first_day)
        WHERE last_day IS NULL OR last_day >= first_day;";

fn act() -> TableCreateStatement {
    table("opening_act")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(number("version"))
        .col(day("day"))
        .col(text("instrument"))
        .col(text("signatory"))
        .col(uuid("signed_by").null())
        .col(json("registers"))
        .col(short("state"))
        .col(json("columns"))
        .col(number("papers"))
        .col(number("done"))
        .col(text("undo_reason").null())
        .take()
}

/// One row of the spreadsheet as it was checked, and the document made of it.
fn paper() -> TableCreateStatement {
    table("opening_paper")
        .col(uuid("act_id"))
        .col(number("row_number"))
        .col(uuid("office_id"))
        .col(uuid("register_id"))
        .col(number("number"))
        .col(json("document"))
        .col(uuid("incoming_id").null())
        .col(flag("done"))
        .primary_key(Index::create().col(Alias::new("act_id")).col(Alias::new("row_number")))
        .take()
}

/// As before, and: an imported number lies below the opening one.
const ENTRY_NEXT: Guard = Guard {
    name: "register_entry_next",
    table: "register_entry",
    event: "INSERT",
    when: "NOT EXISTS (SELECT 1 FROM register r WHERE r.id = new.register_id AND r.office_id = new.office_id
        AND ((new.state <> 'imported' AND r.last = new.number)
            OR (new.state = 'imported' AND new.number > 0 AND new.number < r.opening)))",
    says: "a number is entered when its register has just counted to it",
};

/// What was signed does not change once it is in force.
const GUARDS: [Guard; 3] = [
    Guard {
        name: "opening_act_fixed",
        table: "opening_act",
        event: "UPDATE",
        when: "new.id <> old.id OR new.office_id <> old.office_id OR new.day <> old.day
            OR new.instrument <> old.instrument OR new.signatory <> old.signatory
            OR new.signed_by IS DISTINCT FROM old.signed_by
            OR CAST(new.registers AS TEXT) <> CAST(old.registers AS TEXT)
            OR (old.state = 'draft' AND new.state NOT IN ('draft', 'applying', 'applied', 'undone'))
            OR (old.state = 'applying' AND new.state NOT IN ('applying', 'applied'))
            OR (old.state = 'applied' AND new.state NOT IN ('undoing', 'undone'))
            OR (old.state = 'undoing' AND new.state NOT IN ('undoing', 'undone'))
            OR old.state = 'undone'",
        says: "a signed opening act does not change",
    },
    Guard {
        name: "opening_act_stays",
        table: "opening_act",
        event: "DELETE",
        when: "TRUE",
        says: "a signed opening act does not change",
    },
    Guard {
        name: "opening_paper_stays",
        table: "opening_paper",
        event: "DELETE",
        when: "TRUE",
        says: "what an opening act brought stays",
    },
];
