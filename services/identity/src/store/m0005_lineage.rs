//! Steps from predecessors to successors, the dated reach that follows from them, and the acts upon units.

use db::{
    column::{day, id, short, table, uuid},
    migration::{in_transaction, raw},
};
use sea_orm_migration::prelude::*;

use super::migrations::index;

/// Steps and reach. A step that was told stays as it was told.
pub(super) struct Lineage;

impl MigrationName for Lineage {
    fn name(&self) -> &'static str {
        "m005_lineage"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Lineage {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut step = table("lineage");
        let key = ["noun", "predecessor_id", "successor_id"];
        step.col(short("noun"))
            .col(uuid("predecessor_id"))
            .col(uuid("successor_id"))
            .col(day("day"))
            .col(short("share"))
            .col(short("instrument"))
            .primary_key(key.iter().fold(&mut Index::create(), |index, name| index.col(Alias::new(*name))));
        manager.create_table(step).await?;
        index(manager, "lineage_successor", "lineage", &["noun", "successor_id"]).await?;
        let mut reach = table("office_reach");
        reach
            .col(uuid("ancestor_id"))
            .col(uuid("office_id"))
            .col(day("from_day"))
            .col(day("to_day").null())
            .primary_key(Index::create().col(Alias::new("ancestor_id")).col(Alias::new("office_id")));
        manager.create_table(reach).await?;
        index(manager, "office_reach_office", "office_reach", &["office_id"]).await?;
        let mut act = table("unit_act");
        act.col(id("id")).col(uuid("unit_id")).col(day("day")).col(short("kind")).col(short("instrument"));
        manager.create_table(act).await?;
        index(manager, "unit_act_unit", "unit_act", &["unit_id", "day"]).await?;
        raw(manager, STAYS_SQLITE, STAYS_POSTGRES).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

const STAYS_SQLITE: &str = "
    CREATE TRIGGER lineage_stays BEFORE UPDATE ON lineage
    BEGIN SELECT RAISE(ABORT, 'a step of lineage never changes'); END;
    CREATE TRIGGER lineage_remains BEFORE DELETE ON lineage
    BEGIN SELECT RAISE(ABORT, 'a step of lineage is never removed'); END";

const STAYS_POSTGRES: &str = "
    CREATE FUNCTION lineage_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'a step of lineage never changes and is never removed'; END $$;
    CREATE TRIGGER lineage_stays BEFORE UPDATE OR DELETE ON lineage
    FOR EACH ROW EXECUTE FUNCTION lineage_stays()";
