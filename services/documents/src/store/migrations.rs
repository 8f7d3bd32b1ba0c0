//! The tables of documents, oldest change first. A migration that has run is never edited; the next one adds.

use sea_orm_migration::{MigrationTrait, prelude::*};

use super::{
    m0001_registers::Registers, m0002_incoming::Incoming, m0003_outgoing::Outgoing, m0004_files::Files,
    m0005_history::History, m0006_work::Works, m0007_removal::Removal, m0008_bodies::Bodies, m0009_blocks::Blocks,
    m0010_opening::Openings, m0011_instructions::Instructions, m0012_intake::Intake, m0013_searching::Searching,
    m0014_closures::Closures, m0015_templates::Templates, m0016_signatures::Signatures, m0017_execution::Executions,
    m0018_dispatch::Dispatches, m0019_reviews::Reviews, m0020_relations::Relations, m0021_books::Books,
    m0022_phrases::Phrases, m0023_circulation::Circulations, m0024_protection::Protections, m0025_terms::Terms,
    m0029_joint::Joint, m0030_postings::Postings, m0031_proposals::IntakeProposals, m0034_dossiers::Dossiers,
    m0036_old_registers::OldRegisters, m0038_mail::Mails,
};

/// Every migration, oldest first.
pub(crate) fn all() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(Registers),
        Box::new(Incoming),
        Box::new(Outgoing),
        Box::new(Files),
        Box::new(History),
        Box::new(Works),
        Box::new(Removal),
        Box::new(Bodies),
        Box::new(Blocks),
        Box::new(Openings),
        Box::new(Instructions),
        Box::new(Intake),
        Box::new(Searching),
        Box::new(Closures),
        Box::new(Templates),
        Box::new(Signatures),
        Box::new(Executions),
        Box::new(Dispatches),
        Box::new(Reviews),
        Box::new(Relations),
        Box::new(Books),
        Box::new(Phrases),
        Box::new(Circulations),
        Box::new(Protections),
        Box::new(Terms),
        Box::new(Joint),
        Box::new(Postings),
        Box::new(IntakeProposals),
        Box::new(Mails),
        Box::new(OldRegisters),
        Box::new(Dossiers),
    ]
}

/// What the database itself refuses: one condition, said to both databases.
pub(super) struct Guard {
    /// Its name.
    pub(super) name: &'static str,
    /// The table it watches.
    pub(super) table: &'static str,
    /// `INSERT`, `UPDATE` or `DELETE`.
    pub(super) event: &'static str,
    /// When it refuses, in terms of `old` and `new`; `TRUE` for always.
    pub(super) when: &'static str,
    /// What it says.
    pub(super) says: &'static str,
}

/// Sets guards up.
pub(super) async fn guard(manager: &SchemaManager<'_>, guards: &[Guard]) -> Result<(), DbErr> {
    for Guard { name, table, event, when, says } in guards {
        let sqlite = format!(
            "CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{says}'); END;"
        );
        let row = if *event == "DELETE" { "old" } else { "new" };
        let postgres = format!(
            "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
             BEGIN IF {when} THEN RAISE EXCEPTION '{says}'; END IF; RETURN {row}; END $$;
             CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();"
        );
        db::migration::raw(manager, &sqlite, &postgres).await?;
    }
    Ok(())
}

/// Sets guards that were set up before to other conditions.
pub(super) async fn reguard(manager: &SchemaManager<'_>, guards: &[Guard]) -> Result<(), DbErr> {
    unguard(manager, guards).await?;
    guard(manager, guards).await
}

/// Takes guards down, for a migration that sets them up again before it ends.
pub(super) async fn unguard(manager: &SchemaManager<'_>, guards: &[Guard]) -> Result<(), DbErr> {
    for Guard { name, table, .. } in guards {
        let sqlite = format!("DROP TRIGGER {name};");
        let postgres = format!("DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();");
        db::migration::raw(manager, &sqlite, &postgres).await?;
    }
    Ok(())
}

/// An index of a table over columns.
pub(super) fn index(name: &str, table: &str, columns: &[&str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(Alias::new(table));
    for column in columns {
        index.col(Alias::new(*column));
    }
    index.take()
}
